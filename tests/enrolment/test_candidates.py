from collections.abc import Callable

import pytest
from support.factory import Factory

from examtui.access import Actor, actor_for
from examtui.enrolment import candidates
from examtui.enrolment.candidates import Search
from examtui.errors import Forbidden, InvalidInput
from examtui.home import Home
from examtui.model import Grant, School, Student
from examtui.model.identity import Role


@pytest.fixture
def schools(any_home: Home, make: Factory) -> tuple[School, School]:
    """Two schools of Toulouse; DURAND of the second sits the exam in the first, MARTEL left, LOPEZ is an individual."""
    mine, other = make.school("UN"), make.school("DEUX")
    epreuve = make.epreuve()
    make.candidate("MARTIN", school=mine, division="3A")
    make.candidate("MARTINEZ", school=mine, division="3B", red_list=True)
    left = make.candidate("MARTEL", school=mine, division="3B")
    Student.update(left_on="2021-01-15").where(Student.candidate == left).execute()
    guest = make.candidate("DURAND", school=other, division="3B")
    make.assignment(make.registration(guest, epreuve), epreuve, make.centre(mine))
    make.candidate("LEROY", school=other, division="3A")
    make.candidate("LOPEZ")
    return mine, other


def _found(actor: Actor, wanted: Search) -> list[str]:
    page = candidates.search(actor, wanted)
    assert page.count.value == candidates.count(actor, wanted) == len(page.rows)
    return [row.family_name for row in page.rows]


def test_each_role_finds_its_own(schools: tuple[School, School], actor: Callable[..., Actor], make: Factory) -> None:
    everybody = ["DURAND", "LEROY", "LOPEZ", "MARTEL", "MARTIN", "MARTINEZ"]
    assert _found(actor("school", school=schools[0]), Search()) == ["DURAND", "MARTEL", "MARTIN", "MARTINEZ"]
    assert _found(actor("head", school=schools[1]), Search()) == ["DURAND", "LEROY"]
    assert _found(actor("manager"), Search()) == everybody
    assert _found(actor("admin"), Search()) == everybody
    assert _found(actor("manager", academy=make.academy("11", "Montpellier")), Search()) == []
    with pytest.raises(Forbidden):
        candidates.search(actor("coordinator"), Search())


def test_criteria_and_text_hold_together(schools: tuple[School, School], actor: Callable[..., Actor]) -> None:
    school = actor("school", school=schools[0])
    assert _found(school, Search("mart", "liste_rouge:oui")) == ["MARTINEZ"]
    assert _found(school, Search("mart", "non liste_rouge:oui")) == ["MARTEL", "MARTIN"]
    assert _found(school, Search("", "liste_rouge:oui")) == ["MARTINEZ"]
    with pytest.raises(InvalidInput):
        candidates.search(school, Search("", "liste_rouge:"))


def test_pupils_are_the_present_ones_of_ones_own_school(
    schools: tuple[School, School], actor: Callable[..., Actor]
) -> None:
    school = actor("school", school=schools[0])
    assert _found(school, Search(pupils=True)) == ["MARTIN", "MARTINEZ"]
    assert _found(school, Search(division="3B")) == ["MARTINEZ"]
    assert _found(school, Search("dur", pupils=True)) == []
    assert candidates.divisions(school) == ("3A", "3B")
    assert _found(actor("manager"), Search(pupils=True)) == ["DURAND", "LEROY", "MARTIN", "MARTINEZ"]
    assert _found(actor("manager"), Search(division="3B")) == ["DURAND", "MARTINEZ"]


def test_pages_and_jumps(schools: tuple[School, School], actor: Callable[..., Actor]) -> None:
    manager, wanted = actor("manager"), Search()
    rows = candidates.search(manager, wanted).rows
    assert candidates.search(manager, wanted, after=rows[1].rank, limit=2).rows == rows[2:4]
    assert candidates.search(manager, wanted, before=rows[4].rank, limit=2).rows == rows[2:4]
    assert candidates.search_at(manager, wanted, 4) == rows[4:]
    assert candidates.search_position(manager, wanted, rank=rows[3].rank) == 3
    assert candidates.search_position(manager, wanted, start="l") == 1


def test_suggestions_keep_to_the_scope(schools: tuple[School, School], actor: Callable[..., Actor]) -> None:
    assert [s.text for s in candidates.suggest(actor("manager"), Search("lopes"))] == ["lopez"]
    assert candidates.suggest(actor("school", school=schools[0]), Search("lopes")) == ()


def test_criteria_are_looked_up_again_for_another_scope(
    schools: tuple[School, School], actor: Callable[..., Actor]
) -> None:
    """A place that the user knew as the administrator is unknown to it as a school."""
    here, there = schools
    wanted = Search(where=f"établissement:{here.uai}")
    admin = actor("admin")
    candidates.search(admin, wanted)
    Grant.update(role=Role.SCHOOL, school=there).where(Grant.user == admin.user_id).execute()
    with pytest.raises(InvalidInput, match="Aucun établissement"):
        candidates.search(actor_for(admin.login), wanted)
