from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from support.factory import Factory

from examtui.access import Actor
from examtui.enrolment import epreuves
from examtui.enrolment.epreuves import EpreuveValues, EpreuveView
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.home import Home
from examtui.model import Epreuve

HISTORY = EpreuveValues(
    code="C001C",
    label="Histoire-géographie 3ème éval",
    nature="EC",
    discipline="HISTOIRE GEOGRAPHIE",
    coefficient=Decimal("2.50"),
    scale=Decimal("20.00"),
    duration=120,
    start_date=date(2021, 3, 15),
    end_date=date(2021, 3, 19),
    start_time=time(8),
    end_time=time(10),
    organisable=True,
)


@pytest.fixture
def manager(home: Home, actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


def _seen(who: Actor, epreuve_id: int) -> EpreuveView:
    return next(view for view in epreuves.list_epreuves(who) if view.id == epreuve_id)


def _link(manager: Actor, epreuve_id: int, revision: int, twin_id: int | None) -> EpreuveView:
    values = _seen(manager, epreuve_id).values
    return epreuves.correct_epreuve(manager, epreuve_id, revision, values, twin_id=twin_id)


def test_an_epreuve_comes_back_as_it_was_typed(any_home: Home, actor: Callable[..., Actor], make: Factory) -> None:
    manager = actor("manager")
    made = epreuves.create_epreuve(manager, make.speciality().id, HISTORY)
    assert made.values == HISTORY
    assert made.title == "C001C, Histoire-géographie 3ème éval"
    assert made.session_title == "470, BCG, 2021 ,BGT 2021"
    assert _seen(actor("school"), made.id) == made
    assert epreuves.list_epreuves(manager, session_id=made.session_id) == [made]
    assert epreuves.list_epreuves(manager, speciality_id=made.speciality_id + 1) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"),
        ({"label": "x" * 300}, "label"),
        ({"label": "\u202egauche"}, "label"),
        ({"nature": "E3C"}, "nature"),
        ({"form": "dessin"}, "form"),
        ({"marking_mode": "Autre"}, "marking_mode"),
        ({"coefficient": Decimal(-1)}, "coefficient"),
        ({"scale": Decimal(0)}, "scale"),
        ({"duration": 0}, "duration"),
        ({"start_date": date(2021, 3, 20)}, "end_date"),
        ({"start_date": None}, "start_date"),
        ({"end_time": time(8)}, "end_time"),
        ({"start_time": None}, "start_time"),
    ],
)
def test_wrong_values_name_their_field(manager: Actor, make: Factory, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        epreuves.create_epreuve(manager, make.speciality().id, replace(HISTORY, **wrong))
    assert caught.value.field == field
    assert str(caught.value)[0].isupper()
    assert Epreuve.select().count() == 0


def test_code_and_label_name_it_together(manager: Actor, make: Factory) -> None:
    speciality = make.speciality().id
    letters = replace(HISTORY, code="C009", label="Humanités, littérature philo Partie littér")
    epreuves.create_epreuve(manager, speciality, letters)
    epreuves.create_epreuve(manager, speciality, replace(letters, label="Humanités, littérature philo partie philo"))
    with pytest.raises(InvalidInput, match="existe déjà"):
        epreuves.create_epreuve(manager, speciality, replace(letters, label=letters.label.upper()))


def test_a_correction_on_what_somebody_else_saved_is_refused(manager: Actor, make: Factory) -> None:
    made = epreuves.create_epreuve(manager, make.speciality().id, HISTORY)
    second = epreuves.correct_epreuve(manager, made.id, made.revision, replace(HISTORY, duration=90))
    assert (second.values.duration, second.revision) == (90, made.revision + 1)
    with pytest.raises(Conflict):
        epreuves.correct_epreuve(manager, made.id, made.revision, replace(HISTORY, duration=60))
    assert _seen(manager, made.id) == second


def test_twins_are_twins_of_one_another(manager: Actor, make: Factory) -> None:
    letters, philosophy, other = (make.epreuve("C009", label) for label in ("littér", "philo", "autre"))
    linked = _link(manager, letters.id, 1, philosophy.id)
    assert linked.twin_title == "C009, philo"
    assert _seen(manager, philosophy.id).twin_id == letters.id
    with pytest.raises(InvalidInput, match="déjà liée"):
        _link(manager, other.id, 1, philosophy.id)
    moved = _link(manager, letters.id, linked.revision, other.id)
    assert moved.twin_id == other.id
    assert _seen(manager, philosophy.id).twin_id is None
    _link(manager, letters.id, moved.revision, None)
    assert [row.twin_id for row in Epreuve.select()] == [None, None, None]


def test_who_cannot_be_twins(manager: Actor, make: Factory) -> None:
    row = make.epreuve("C009", "littér")
    elsewhere = make.epreuve("C009", "philo", speciality=make.speciality(make.session("47A", "EA-BCG", name="EA 2021")))
    for twin, reason in ((row.id, "elle-même"), (elsewhere.id, "même session")):
        with pytest.raises(InvalidInput, match=reason):
            _link(manager, row.id, 1, twin)
    with pytest.raises(NotFound):
        epreuves.correct_epreuve(manager, row.id, 1, _seen(manager, row.id).values, twin_id=99)


def test_an_epreuve_in_use_stays(manager: Actor, make: Factory) -> None:
    row = make.epreuve()
    school = make.school()
    registration = make.registration(make.candidate(school=school), row)
    centre = make.centre(school)
    make.assignment(registration, row, centre)
    make.delegation(centre, row)
    with pytest.raises(Unavailable, match="1 inscription, 1 affectation et 1 délégation"):
        epreuves.delete_epreuve(manager, row.id, 1)
    unused = make.epreuve("C002")
    epreuves.delete_epreuve(manager, unused.id, 1)
    assert [row.code for row in Epreuve.select()] == ["C001C"]


def test_what_does_not_exist(manager: Actor) -> None:
    for attempt in (
        lambda: epreuves.create_epreuve(manager, 99, HISTORY),
        lambda: epreuves.correct_epreuve(manager, 99, 1, HISTORY),
        lambda: epreuves.delete_epreuve(manager, 99, 1),
    ):
        with pytest.raises(NotFound):
            attempt()


@pytest.mark.parametrize("role", ["school", "head", "coordinator", "admin"])
def test_only_the_manager_writes(home: Home, actor: Callable[..., Actor], make: Factory, role: str) -> None:
    made = make.epreuve()
    who = actor(role)
    with pytest.raises(Forbidden):
        epreuves.correct_epreuve(who, made.id, 1, HISTORY)
    with pytest.raises(Forbidden):
        epreuves.delete_epreuve(who, made.id, 1)


def test_a_form_saves_the_other_half_with_the_rest_or_nothing(manager: Actor, make: Factory) -> None:
    letters = make.epreuve("C009", "littér")
    made = epreuves.create_epreuve(manager, letters.speciality_id, HISTORY, twin_id=letters.id)
    assert _seen(manager, letters.id).twin_id == made.id
    kept = epreuves.correct_epreuve(manager, made.id, made.revision, replace(HISTORY, label="autre"))
    assert kept.twin_id == letters.id
    elsewhere = make.epreuve("C009", "philo", speciality=make.speciality(make.session("47A", "EA-BCG", name="EA 2021")))
    with pytest.raises(InvalidInput, match="même session"):
        epreuves.correct_epreuve(manager, made.id, kept.revision, HISTORY, twin_id=elsewhere.id)
    assert _seen(manager, made.id) == kept
    alone = epreuves.correct_epreuve(manager, made.id, kept.revision, HISTORY, twin_id=None)
    assert alone.twin_id is None
    assert alone.values == HISTORY
    assert _seen(manager, letters.id).twin_id is None
