"""Candidatures, their épreuves and groupes de décision, by hand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.factory import Factory

from examtui.access import Actor
from examtui.enrolment import candidatures, decision_groups
from examtui.enrolment.candidates_card import card
from examtui.enrolment.candidatures import CandidatureValues
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.home import Home
from examtui.model import Candidate, DecisionGroup, EpreuveRegistration, Registration


@pytest.fixture
def pupil(any_home: Home, make: Factory) -> Candidate:
    """A pupil without candidature."""
    return make.candidate(school=make.school("LPO BELLEVUE"), division="3B")


@pytest.fixture
def manager(pupil: Candidate, actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


def test_a_candidature_is_added_corrected_and_deleted(pupil: Candidate, manager: Actor, make: Factory) -> None:
    speciality = make.speciality()
    values = CandidatureValues(speciality.id, pupil.school_id, "1 version 3", "3B", "SCOLAIRE")
    made = candidatures.create_candidature(manager, pupil.id, values)
    (shown,) = card(manager, pupil.id).registrations
    assert (shown.id, shown.title, shown.division, shown.category) == (made, "001 Version 03", "3B", "SCOLAIRE")
    assert shown.session == "470, BCG, 2021 ,BGT 2021"
    candidatures.correct_candidature(manager, made, shown.revision, replace(values, division="3A", school_id=None))
    (shown,) = card(manager, pupil.id).registrations
    assert (shown.division, shown.school_id, shown.revision) == ("3A", None, 2)
    with pytest.raises(Conflict):
        candidatures.correct_candidature(manager, made, 1, values)
    candidatures.delete_candidature(manager, made, 2)
    assert not Registration.select().exists()


def test_a_number_stands_once_in_a_session(pupil: Candidate, manager: Actor, make: Factory) -> None:
    make.registration(pupil, speciality=make.speciality())
    other = make.speciality(make.session("CFG", "CFG", 2021, "JUIN 2021"), "CFG", "")
    with pytest.raises(InvalidInput, match="déjà une candidature n° 001") as raised:
        candidatures.create_candidature(manager, pupil.id, CandidatureValues(make.speciality().id, number="1"))
    assert raised.value.field == "number"
    candidatures.create_candidature(manager, pupil.id, CandidatureValues(other.id))
    candidatures.create_candidature(manager, pupil.id, CandidatureValues(make.speciality().id, number="002"))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"number": "x"}, "number"), ({"number": ""}, "number"), ({"state": " "}, "state"), ({"division": "\x1b"}, None)],
)
def test_what_is_wrong_is_named(
    pupil: Candidate, manager: Actor, make: Factory, change: dict[str, str], field: str | None
) -> None:
    values = replace(CandidatureValues(make.speciality().id), **change)
    with pytest.raises(InvalidInput) as raised:
        candidatures.create_candidature(manager, pupil.id, values)
    assert raised.value.field == (field or next(iter(change)))


def test_a_school_of_another_academy_is_absent(pupil: Candidate, manager: Actor, make: Factory) -> None:
    stranger = make.school("LYCEE LOINTAIN", "0350024L", academy=make.academy("14", "Rennes"))
    for school in (stranger.id, 999_999):
        with pytest.raises(NotFound, match="Cet établissement n'existe pas"):
            candidatures.create_candidature(manager, pupil.id, CandidatureValues(make.speciality().id, school))


def test_session_and_speciality_stay_with_what_is_held(pupil: Candidate, manager: Actor, make: Factory) -> None:
    epreuve = make.epreuve()
    row = make.registration(pupil, epreuve)
    same_session = make.speciality(code="STMG", label="")
    other_session = make.speciality(make.session("CFG", "CFG", 2021, "JUIN 2021"), "CFG", "")
    for speciality, words in ((same_session, "a des épreuves"), (other_session, "ne change pas de session")):
        with pytest.raises(InvalidInput, match=words):
            candidatures.correct_candidature(manager, row.id, 1, CandidatureValues(speciality.id))
    with pytest.raises(Unavailable, match="1 inscription"):
        candidatures.delete_candidature(manager, row.id, 1)


def test_epreuves_are_added_and_removed(pupil: Candidate, manager: Actor, make: Factory) -> None:
    held, free = make.epreuve(), make.epreuve("C006", "LVA")
    elsewhere = make.epreuve("X", "Autre", speciality=make.speciality(code="STMG", label=""))
    row = make.registration(pupil, held)
    assert candidatures.list_free_epreuves(manager, row.id) == [(free.id, "C006, LVA")]
    candidatures.add_epreuve(manager, row.id, 1, free.id, "Dispensé")
    first = EpreuveRegistration.get(EpreuveRegistration.epreuve == held)
    with pytest.raises(Conflict, match="entre-temps"):
        candidatures.remove_epreuve(manager, first.id, 1)
    with pytest.raises(InvalidInput, match="déjà inscrit"):
        candidatures.add_epreuve(manager, row.id, 2, free.id)
    with pytest.raises(NotFound, match="pas de la spécialité"):
        candidatures.add_epreuve(manager, row.id, 2, elsewhere.id)
    added = EpreuveRegistration.get(EpreuveRegistration.epreuve == free)
    assert added.position == "Dispensé"
    candidatures.remove_epreuve(manager, added.id, 2)
    assert EpreuveRegistration.select().count() == 1


def test_an_epreuve_that_is_assigned_is_kept(pupil: Candidate, manager: Actor, make: Factory) -> None:
    epreuve = make.epreuve()
    row = make.registration(pupil, epreuve)
    make.assignment(row, epreuve, make.centre(pupil.school))
    with pytest.raises(Unavailable, match="Retirez d'abord son affectation"):
        candidatures.remove_epreuve(manager, EpreuveRegistration.get().id, 1)


def test_a_school_changes_no_candidature(pupil: Candidate, actor: Callable[..., Actor], make: Factory) -> None:
    row = make.registration(pupil, make.epreuve())
    with pytest.raises(Forbidden):
        candidatures.delete_candidature(actor("school"), row.id, 1)


def test_decision_groups(pupil: Candidate, manager: Actor, make: Factory) -> None:
    session = make.session()
    made = decision_groups.create_decision_group(manager, session.id, " JURY 01 ")
    with pytest.raises(InvalidInput, match="existe déjà"):
        decision_groups.create_decision_group(manager, session.id, "jury 01")
    decision_groups.correct_decision_group(manager, made, "JURY 01", "JURY 02")
    with pytest.raises(Conflict, match="JURY 02"):
        decision_groups.correct_decision_group(manager, made, "JURY 01", "JURY 03")
    make.registration(pupil, make.epreuve(), decision_group=DecisionGroup.get_by_id(made))
    with pytest.raises(Unavailable, match="1 candidature"):
        decision_groups.delete_decision_group(manager, made, "JURY 02")
    Registration.update(decision_group=None).execute()
    with pytest.raises(Conflict):
        decision_groups.delete_decision_group(manager, made, "JURY 01")
    decision_groups.delete_decision_group(manager, made, "JURY 02")
    assert decision_groups.list_decision_groups(manager, session.id) == []
