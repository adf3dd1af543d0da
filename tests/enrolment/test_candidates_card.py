from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from support.factory import Factory

from examtui import audit
from examtui.access import Actor
from examtui.enrolment import candidates_corrections as corrections
from examtui.enrolment import history
from examtui.enrolment.candidates_card import card, card_by_number
from examtui.enrolment.candidates_corrections import Contacts, checked_contacts
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound
from examtui.home import Home
from examtui.model import (
    AuditEntry,
    Candidate,
    DecisionGroup,
    EpreuveRegistration,
    ImportReport,
    Registration,
    School,
)

NUMBER = "01843006787"


@pytest.fixture
def mine(any_home: Home, make: Factory, frozen_clock: datetime) -> School:
    """My school, with one pupil who has all that a card shows."""
    school = make.school("LPO BELLEVUE")
    report = ImportReport.create(
        kind="students", file_name="eleves.xml", sha256="0" * 64, at=datetime(2021, 1, 4, 9, 0), login="mc"
    )
    pupil = make.candidate(
        school=school,
        division="3B",
        number=NUMBER,
        ine="123456789AB",
        guardian_emails="a@exemple.fr, b@exemple.fr",
        created_by=report,
    )
    epreuve, other = make.epreuve(), make.epreuve("C006", "LVA")
    registration = make.registration(pupil, epreuve, other)
    make.assignment(
        registration,
        epreuve,
        make.centre(school),
        date=date(2021, 3, 15),
        start_time=time(8),
        end_time=time(12),
        room=make.room(school),
        commission=make.commission(school),
    )
    return school


def _pupil() -> Candidate:
    return Candidate.get(Candidate.number == NUMBER)


def test_a_card_shows_everything(mine: School, actor: Callable[..., Actor]) -> None:
    shown = card_by_number(actor("school"), " 1843006787 ")
    assert shown == card(actor("school"), _pupil().id)
    assert (shown.family_name, shown.number, shown.school_uai) == ("ROSE BONBON", NUMBER, mine.uai)
    assert shown.guardian_emails == ("a@exemple.fr", "b@exemple.fr")
    assert shown.enrolment is not None
    assert shown.enrolment.division == "3B"
    assert shown.created_by == "eleves.xml, importé le 04/01/2021 par mc"
    (registration,) = shown.registrations
    assert (registration.title, registration.session) == ("001 Version 03", "470, BCG, 2021 ,BGT 2021")
    first, second = registration.epreuves
    assert (first.code, first.position) == ("C001C", "Inscrit")
    assert first.assignment is not None
    assert (first.assignment.centre, first.assignment.room, first.assignment.commission) == (
        "LPO BELLEVUE",
        "205",
        "3GHG",
    )
    assert (first.assignment.date, first.assignment.start_time) == (date(2021, 3, 15), time(8))
    assert second.assignment is None
    assert (shown.corrects_contacts, shown.corrects_status) == (True, False)


def test_a_stranger_is_answered_as_if_there_were_none(mine: School, make: Factory, actor: Callable[..., Actor]) -> None:
    stranger = actor("school", school=make.school("AUTRE"))
    with pytest.raises(NotFound) as of_another:
        card(stranger, _pupil().id)
    with pytest.raises(NotFound) as absent:
        card(stranger, 10**9)
    with pytest.raises(NotFound) as by_number:
        card_by_number(stranger, NUMBER)
    assert str(of_another.value) == str(absent.value) == str(by_number.value)
    with pytest.raises(NotFound) as correction:
        corrections.correct_contacts(stranger, _pupil().id, 1, Contacts())
    assert str(correction.value) == str(absent.value)


def test_a_number_that_is_none(mine: School, actor: Callable[..., Actor]) -> None:
    with pytest.raises(InvalidInput):
        card_by_number(actor("school"), "ROSE")


def test_the_school_corrects_contacts_and_the_card_tells_it(mine: School, actor: Callable[..., Actor]) -> None:
    school = actor("school", login="secretariat")
    contacts = Contacts(
        email="ludivine@exemple.fr",
        guardian_emails="p@exemple.fr; m@exemple.fr p@exemple.fr",
        phone="05 61 00 00 00",
        mobile="+33 6 12 34 56 78",
        address="1 rue Haute\nBât. B",
        postcode="31 000",
        town="Toulouse",
        extra_time="1/3",
        accommodations="Lecteur",
    )
    corrections.correct_contacts(school, _pupil().id, 1, contacts)
    shown = card(school, _pupil().id)
    assert (shown.email, shown.guardian_emails) == ("ludivine@exemple.fr", ("p@exemple.fr", "m@exemple.fr"))
    assert (shown.postcode, shown.extra_time, shown.accommodations) == ("31000", 33, "Lecteur")
    assert shown.revision == 2
    (line,) = shown.history
    assert (line.login, line.action) == ("secretariat", "candidates.correct_contacts")
    assert ("temps majoré", "0", "33") in line.changes
    assert not audit.verify().faults


def test_saving_what_is_there_changes_nothing(mine: School, actor: Callable[..., Actor]) -> None:
    corrections.correct_contacts(actor("school"), _pupil().id, 1, Contacts(guardian_emails="a@exemple.fr b@exemple.fr"))
    assert AuditEntry.select().count() == 0
    assert _pupil().revision == 1


def test_what_is_not_typed_stays_even_where_a_form_would_refuse_it(mine: School, actor: Callable[..., Actor]) -> None:
    Candidate.update(phone="inconnu", address="12 rue A\nBât B", country="Maroc").where(
        Candidate.id == _pupil().id
    ).execute()
    corrections.correct_contacts(actor("school"), _pupil().id, 1, Contacts(postcode="10 000 MA"))
    pupil = _pupil()
    assert (pupil.phone, pupil.address, pupil.postcode) == ("inconnu", "12 rue A\nBât B", "10 000 MA")


def test_two_at_once_notice_each_other(mine: School, actor: Callable[..., Actor]) -> None:
    corrections.correct_contacts(actor("school", login="anne"), _pupil().id, 1, Contacts(town="Blagnac"))
    with pytest.raises(Conflict) as conflict:
        corrections.correct_contacts(actor("school", login="paul"), _pupil().id, 1, Contacts(town="Toulouse"))
    assert "anne" in str(conflict.value)
    assert "commune" in str(conflict.value)
    assert _pupil().town == "Blagnac"


def test_a_candidate_who_only_sits_the_exam_here_is_not_corrected_here(
    mine: School, make: Factory, actor: Callable[..., Actor]
) -> None:
    guest = make.candidate("INVITÉ", school=make.school("AUTRE"))
    epreuve = make.epreuve("PHI1", "Philosophie")
    make.assignment(make.registration(guest, epreuve), epreuve, School.get_by_id(mine.id).centres.get())
    school = actor("school", school=mine)
    assert not card(school, guest.id).corrects_contacts
    with pytest.raises(Forbidden, match="autre établissement"):
        corrections.correct_contacts(school, guest.id, 1, Contacts())


@pytest.mark.parametrize(
    ("contacts", "field"),
    [
        (Contacts(email="pas une adresse"), "email"),
        (Contacts(email="a@b"), "email"),
        (Contacts(guardian_emails="a@exemple.fr; b@"), "guardian_emails"),
        (Contacts(extra_time="101"), "extra_time"),
        (Contacts(extra_time="-1"), "extra_time"),
        (Contacts(extra_time="beaucoup"), "extra_time"),
        (Contacts(phone="05"), "phone"),
        (Contacts(mobile="n'a pas"), "mobile"),
        (Contacts(postcode="310"), "postcode"),
        (Contacts(town="Tou\x1b[2Jlouse"), "town"),
        (Contacts(address="x" * 5000), "address"),
    ],
)
def test_wrong_contacts_are_refused_by_field(contacts: Contacts, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_contacts(contacts)
    assert refused.value.field == field
    assert str(refused.value)[0].isupper() or str(refused.value)[0] == "«"


@pytest.mark.parametrize(
    ("typed", "kept"), [("", 0), ("0", 0), ("33", 33), ("33 %", 33), ("0,33", 33), ("1/3", 33), ("100", 100)]
)
def test_extra_time(typed: str, kept: int) -> None:
    assert checked_contacts(Contacts(extra_time=typed))["extra_time"] == kept


def test_foreign_postcodes_are_not_five_digits() -> None:
    assert checked_contacts(Contacts(postcode="SW1A 1AA", country="Royaume-Uni"))["postcode"] == "SW1A 1AA"


def test_the_manager_corrects_status(mine: School, make: Factory, actor: Callable[..., Actor]) -> None:
    manager, pupil = actor("manager", login="dec"), _pupil()
    registration = pupil.registrations.get()
    group = DecisionGroup.create(exam_session=registration.exam_session_id, label="Jury 1")
    foreign = DecisionGroup.create(exam_session=make.session("DNB", "DNB", name="DNB 2021"), label="Jury 2")
    corrections.correct_red_list(manager, pupil.id, 1, True)
    corrections.correct_registration(
        manager, registration.id, 1, fraud_suspected=True, replacement=False, decision_group_id=group.id
    )
    held = registration.epreuves.order_by(EpreuveRegistration.id).first()
    corrections.correct_position(manager, held.id, 2, "Dispensé")
    shown = card(manager, pupil.id)
    (candidature,) = shown.registrations
    assert shown.red_list
    assert (candidature.fraud_suspected, candidature.decision_group, candidature.revision) == (True, "Jury 1", 3)
    assert candidature.epreuves[0].position == "Dispensé"
    assert [line.action.rpartition("_")[2] for line in shown.history] == ["position", "registration", "list"]
    assert ("position épreuve", "Inscrit", "Dispensé") in shown.history[0].changes
    with pytest.raises(NotFound):
        corrections.correct_registration(
            manager, registration.id, 3, fraud_suspected=True, replacement=False, decision_group_id=foreign.id
        )
    with pytest.raises(Conflict):
        corrections.correct_position(manager, held.id, 2, "Inscrit")
    with pytest.raises(InvalidInput):
        corrections.correct_position(manager, held.id, 3, "Absent")
    assert Registration.get_by_id(registration.id).revision == 3


def test_only_the_manager_corrects_status(mine: School, make: Factory, actor: Callable[..., Actor]) -> None:
    pupil = _pupil()
    for role in ("school", "head", "admin", "coordinator"):
        with pytest.raises(Forbidden):
            corrections.correct_red_list(actor(role), pupil.id, 1, True)
    elsewhere = actor("manager", academy=make.academy("11", "Montpellier"))
    with pytest.raises(NotFound):
        corrections.correct_red_list(elsewhere, pupil.id, 1, True)
    with pytest.raises(NotFound):
        corrections.correct_position(elsewhere, EpreuveRegistration.get().id, 1, "Dispensé")
    with pytest.raises(NotFound):
        corrections.correct_position(actor("manager"), 10**9, 1, "Dispensé")


def test_the_history_is_bounded_and_newest_first(
    mine: School, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_MOST_HISTORY", 2)
    school = actor("school")
    for revision, town in enumerate(("A", "B", "C"), 1):
        corrections.correct_contacts(school, _pupil().id, revision, Contacts(town=town))
    assert [line.changes[-1][2] for line in card(school, _pupil().id).history] == ["C", "B"]
