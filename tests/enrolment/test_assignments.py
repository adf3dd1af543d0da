"""Affectations by hand: the manager's, and the room and commission that a school gives in its own centre."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from support.factory import Factory

from examtui import texts
from examtui.access import Actor
from examtui.enrolment import assignments
from examtui.enrolment.assignments import AssignmentValues
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable, Unconfirmed
from examtui.home import Home
from examtui.model import Assignment, AuditEntry, Centre, Commission, Epreuve, EpreuveRegistration, School
from examtui.model.places import CentreFunction

DAY = date(2021, 2, 1)


@pytest.fixture
def school(any_home: Home, make: Factory) -> School:
    """A school with centre, room and commission, and a pupil of it who is inscribed for C001C."""
    school = make.school("LPO BELLEVUE")
    make.centre(school)
    make.room(school)
    make.commission(school)
    epreuve = make.epreuve(start_date=DAY, start_time=time(8), end_time=time(10))
    make.registration(make.candidate(school=school, division="3B"), epreuve)
    return school


@pytest.fixture
def manager(school: School, actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


def _held() -> int:
    return int(EpreuveRegistration.get().id)


def _assign(manager: Actor, **values: Any) -> AssignmentValues:
    sheet = assignments.read_sheet(manager, _held())
    given = replace(sheet.values, **values)
    assignments.give(manager, _held(), sheet.seen, given)
    return given


def test_the_form_starts_with_the_school_and_the_hours_of_the_epreuve(school: School, manager: Actor) -> None:
    sheet = assignments.read_sheet(manager, _held())
    assert sheet.values == AssignmentValues(Centre.get().id, DAY, time(8), time(10))
    assert (sheet.seen, sheet.manages, sheet.function) == ((None,), True, "épreuves")
    (centre,) = sheet.centres
    assert ([name for _, name in centre.rooms], centre.commissions) == (["205"], ("3GHG",))


def test_an_assignment_is_given_corrected_and_taken_away(school: School, manager: Actor) -> None:
    room = school.rooms.get().id
    given = _assign(manager, room_id=room, commission="3ghg")
    sheet = assignments.read_sheet(manager, _held())
    assert sheet.values == replace(given, commission="3GHG")
    assert Commission.select().count() == 1
    assignments.give(manager, _held(), sheet.seen, replace(sheet.values, room_id=None))
    with pytest.raises(Conflict, match="Quelqu'un d'autre"):
        assignments.give(manager, _held(), sheet.seen, given)
    with pytest.raises(Conflict):
        assignments.remove(manager, _held(), sheet.seen)
    assignments.remove(manager, _held(), assignments.read_sheet(manager, _held()).seen)
    assert not Assignment.select().exists()
    with pytest.raises(Unavailable, match="pas encore affecté"):
        assignments.remove(manager, _held(), [None])


def test_nothing_new_leaves_nothing_in_the_log(school: School, manager: Actor) -> None:
    given = _assign(manager)
    before = AuditEntry.select().count()
    assignments.give(manager, _held(), assignments.read_sheet(manager, _held()).seen, given)
    assert AuditEntry.select().count() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [({"end_time": time(7)}, "end_time"), ({"start_time": None}, "start_time"), ({"day": date(21, 1, 1)}, "day")],
)
def test_hours_follow_one_another(manager: Actor, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        _assign(manager, **values)
    assert raised.value.field == field


def test_the_room_is_one_of_the_centre(manager: Actor, make: Factory) -> None:
    stranger = make.room(make.school("CLG AUTRE"), "12")
    for room in (stranger.id, 999_999):
        with pytest.raises(InvalidInput, match="n'est pas de LPO BELLEVUE") as raised:
            _assign(manager, room_id=room)
        assert raised.value.field == "room_id"


def test_the_centre_has_the_function_of_the_epreuve(manager: Actor, make: Factory) -> None:
    scanning = make.centre(make.school("CLG AUTRE"), CentreFunction.SCANNING)
    with pytest.raises(InvalidInput, match="de fonction «épreuves»"):
        _assign(manager, centre_id=scanning.id)
    away = make.school("LYCEE LOINTAIN", "0350024L", academy=make.academy("14", "Rennes"))
    with pytest.raises(NotFound):
        _assign(manager, centre_id=make.centre(away).id)


def test_what_is_unusual_is_asked_about(manager: Actor, make: Factory) -> None:
    other = make.epreuve("C006", "LVA")
    registration = EpreuveRegistration.get().registration
    make.assignment(registration, other, Centre.get(), date=DAY, start_time=time(9), end_time=time(11))
    with pytest.raises(Unconfirmed, match=r"deux endroits à la fois : C006, LVA \(01/02/2021, 09:00 à 11:00\)"):
        _assign(manager)
    Assignment.delete().execute()
    with pytest.raises(Unconfirmed, match="est prévue le 01/02/2021"):
        _assign(manager, day=date(2021, 2, 2))
    EpreuveRegistration.update(position="Dispensé").execute()
    with pytest.raises(Unconfirmed, match="il ne sera pas convoqué"):
        _assign(manager)
    sheet = assignments.read_sheet(manager, _held())
    with pytest.raises(Unconfirmed, match="«NOUV» n'existe pas encore"):
        assignments.give(manager, _held(), sheet.seen, replace(sheet.values, day=None, commission="NOUV"))
    assert not Assignment.select().exists()
    values = replace(sheet.values, commission="NOUV")
    assignments.give(manager, _held(), sheet.seen, values, confirmed=True)
    assert Assignment.get().commission.name == "NOUV"


def test_both_halves_are_assigned_together(manager: Actor, make: Factory) -> None:
    one = EpreuveRegistration.get().epreuve
    other = make.epreuve("C009", "partie philo", twin=one)
    Epreuve.update(twin=other).where(Epreuve.id == one.id).execute()
    registration = EpreuveRegistration.get().registration
    EpreuveRegistration.create(registration=registration, epreuve=other)
    sheet = assignments.read_sheet(manager, _held())
    assert sheet.together == "C009, partie philo"
    assignments.give(manager, _held(), sheet.seen, sheet.values)
    rows = list(Assignment.select().order_by(Assignment.epreuve))
    assert [(row.epreuve_id, row.date) for row in rows] == [(one.id, DAY), (other.id, DAY)]
    assignments.remove(manager, _held(), assignments.read_sheet(manager, _held()).seen)
    assert not Assignment.select().exists()


def test_a_school_gives_rooms_where_the_epreuve_is_delegated(
    school: School, manager: Actor, actor: Callable[..., Actor], make: Factory
) -> None:
    secretary = actor("school")
    with pytest.raises(Unavailable, match="pas encore affecté"):
        assignments.read_sheet(secretary, _held())
    _assign(manager)
    with pytest.raises(Unavailable) as raised:
        assignments.read_sheet(secretary, _held())
    assert texts.NOT_DELEGATED in str(raised.value)
    make.delegation(Centre.get(), Epreuve.get())
    sheet = assignments.read_sheet(secretary, _held())
    assert not sheet.manages
    room = school.rooms.get().id
    assignments.place(secretary, _held(), sheet.seen, room, "3GHG")
    row = Assignment.get()
    assert (row.room_id, row.commission.name, row.date, row.start_time) == (room, "3GHG", DAY, time(8))
    with pytest.raises(Conflict):
        assignments.place(secretary, _held(), sheet.seen, None, "")
    with pytest.raises(Forbidden):
        assignments.give(secretary, _held(), sheet.seen, sheet.values)


def test_a_centre_in_gestion_autonome_gives_rooms_of_organisable_epreuves(
    school: School, manager: Actor, actor: Callable[..., Actor]
) -> None:
    _assign(manager)
    Centre.update(autonomous=True).execute()
    secretary = actor("school")
    assert assignments.read_sheet(secretary, _held()).values.day == DAY
    Epreuve.update(organisable=False).execute()
    with pytest.raises(Unavailable, match="pas organisable"):
        assignments.read_sheet(secretary, _held())


def test_a_school_gives_no_rooms_elsewhere(manager: Actor, actor: Callable[..., Actor], make: Factory) -> None:
    host = make.school("CLG AUTRE")
    _assign(manager, centre_id=make.centre(host, autonomous=True).id)
    with pytest.raises(Forbidden, match="un autre centre que le vôtre"):
        assignments.read_sheet(actor("school"), _held())
    assert not assignments.read_sheet(actor("school", school=host), _held()).manages
    with pytest.raises(NotFound, match="Cette candidature n'existe pas"):
        assignments.read_sheet(actor("school", school=make.school("TROISIEME")), _held())
