"""A candidate made by hand: found at once, corrected here, and never one that a file gave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support.factory import Factory

from examtui.access import Actor
from examtui.enrolment.candidates import Search, search
from examtui.enrolment.candidates_by_hand import IdentityValues, correct_identity, create_candidate
from examtui.enrolment.candidates_card import card
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unconfirmed
from examtui.home import Home
from examtui.model import Candidate, School, Student

LEA = IdentityValues("D'ARTAGNAN", "Léa", date(2003, 3, 12), ine="123456789ab", number="1843006787")


@pytest.fixture
def school(any_home: Home, make: Factory) -> School:
    school = make.school("LPO BELLEVUE")
    make.candidate("ABADIE", "Zoé", school=school)
    make.candidate("ZOLA", "Émile", school=school)
    return school


@pytest.fixture
def manager(school: School, actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


def _names(actor: Actor, text: str = "") -> list[str]:
    return [row.family_name for row in search(actor, Search(text)).rows]


def test_a_new_candidate_is_found_in_its_place(school: School, manager: Actor, actor: Callable[..., Actor]) -> None:
    made = create_candidate(manager, replace(LEA, school_id=school.id))
    assert _names(manager) == ["ABADIE", "D'ARTAGNAN", "ZOLA"]
    assert _names(manager, "dartag") == _names(manager, "6787") == _names(manager, "89ab") == ["D'ARTAGNAN"]
    assert _names(actor("school"), "lea") == ["D'ARTAGNAN"]
    shown = card(manager, made)
    assert (shown.number, shown.ine, shown.corrects_identity) == ("01843006787", "123456789AB", True)
    assert not card(actor("school"), made).corrects_identity


def test_its_identity_is_corrected(school: School, manager: Actor) -> None:
    made = create_candidate(manager, LEA)
    assert card(manager, made).school_id is None
    correct_identity(manager, made, 1, replace(LEA, family_name="ZZYX", number="", school_id=school.id))
    assert _names(manager) == ["ABADIE", "ZOLA", "ZZYX"]
    assert _names(manager, "dartag") == _names(manager, "6787") == []
    assert card(manager, made).school_id == school.id
    with pytest.raises(Conflict):
        correct_identity(manager, made, 1, LEA)


def test_an_imported_identity_is_left_to_its_file(school: School, manager: Actor) -> None:
    zola = Candidate.get(Candidate.family_name == "ZOLA")
    with pytest.raises(Forbidden, match="vient d'un fichier importé"):
        correct_identity(manager, zola.id, 1, LEA)
    made = create_candidate(manager, LEA)
    Student.create(candidate=made, school=school)
    assert not card(manager, made).corrects_identity
    with pytest.raises(Forbidden):
        correct_identity(manager, made, 1, LEA)


def test_a_namesake_born_on_the_same_day_is_asked_about(manager: Actor) -> None:
    create_candidate(manager, LEA)
    again = replace(LEA, family_name="d artagnan", first_names="Lea Marie", ine="", number="")
    with pytest.raises(Unconfirmed, match=r"12/03/2003, est déjà là \(candidat individuel\)"):
        create_candidate(manager, again)
    create_candidate(manager, again, confirmed=True)
    create_candidate(manager, replace(again, birth_date=date(2003, 3, 13)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"family_name": " "}, "family_name"),
        ({"first_names": "\x1b[2J"}, "first_names"),
        ({"birth_date": None}, "birth_date"),
        ({"birth_date": date(2999, 1, 1)}, "birth_date"),
        ({"sex": "X"}, "sex"),
        ({"ine": "12"}, "ine"),
        ({"number": "12"}, "number"),
        ({"family_name": "A" * 300}, "family_name"),
    ],
)
def test_what_is_wrong_is_named(manager: Actor, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        create_candidate(manager, replace(LEA, **change))
    assert raised.value.field == field
    assert Candidate.select().count() == 2


def test_numbers_are_nobody_elses(school: School, manager: Actor) -> None:
    create_candidate(manager, replace(LEA, school_id=school.id))
    other = replace(LEA, family_name="AUTRE", school_id=school.id)
    for values, field in ((other, "number"), (replace(other, number=""), "ine")):
        with pytest.raises(InvalidInput, match="porte déjà") as raised:
            create_candidate(manager, values)
        assert raised.value.field == field


def test_a_school_of_another_academy_is_absent(manager: Actor, make: Factory) -> None:
    away = make.school("LYCEE LOINTAIN", "0350024L", academy=make.academy("14", "Rennes"))
    with pytest.raises(NotFound):
        create_candidate(manager, replace(LEA, school_id=away.id))
