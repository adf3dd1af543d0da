import pytest
from support.factory import Factory
from support.world import World

from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.model import Room
from examtui.organisation import rooms
from examtui.organisation.rooms import RoomValues


def test_a_school_keeps_its_rooms(both: World, make: Factory) -> None:
    head = make.actor("head", school=both.school)
    made = rooms.create_room(both.staff, both.school.id, RoomValues(" 205 ", 30))
    rooms.create_room(head, both.school.id, RoomValues("Amphi É", 200, accessible=True))
    rooms.create_room(both.manager, both.school.id, RoomValues("Bât. A", 12))
    assert [view.values.name for view in rooms.list_rooms(both.staff, both.school.id)] == ["205", "Amphi É", "Bât. A"]
    changed = rooms.correct_room(both.staff, made.id, made.revision, RoomValues("206", 28, accessible=True))
    assert (changed.values, changed.revision) == (RoomValues("206", 28, accessible=True), 2)
    with pytest.raises(Conflict):
        rooms.delete_room(both.staff, made.id, made.revision)
    rooms.delete_room(both.staff, made.id, changed.revision)
    assert Room.select().count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (RoomValues("", 30), "name"),
        (RoomValues("a\x1b[2J", 30), "name"),
        (RoomValues("205", 0), "capacity"),
        (RoomValues("205", -3), "capacity"),
        (RoomValues("205", 10_000), "capacity"),
        (RoomValues("AMPHI", 30), "name"),
    ],
)
def test_wrong_values_name_their_field(world: World, make: Factory, values: RoomValues, field: str) -> None:
    make.room(world.school, "Amphi")
    with pytest.raises(InvalidInput) as caught:
        rooms.create_room(world.staff, world.school.id, values)
    assert caught.value.field == field


def test_the_same_name_in_another_school_is_another_room(world: World, make: Factory) -> None:
    make.room(world.neighbour, "205")
    assert rooms.create_room(world.staff, world.school.id, RoomValues("205", 30)).values.name == "205"


def test_strangers_and_those_who_may_not(world: World, make: Factory) -> None:
    room, commission = make.room(world.school), make.commission(world.school)
    for actor in (world.stranger, world.other_manager):
        for attempt in (
            lambda who: rooms.list_rooms(who, world.school.id),
            lambda who: rooms.create_room(who, world.school.id, RoomValues("9", 1)),
            lambda who: rooms.correct_room(who, room.id, 1, RoomValues("9", 1)),
            lambda who: rooms.delete_room(who, room.id, 1),
            lambda who: rooms.list_commissions(who, world.school.id),
            lambda who: rooms.create_commission(who, world.school.id, "9"),
            lambda who: rooms.correct_commission(who, commission.id, 1, "9"),
            lambda who: rooms.delete_commission(who, commission.id, 1),
        ):
            with pytest.raises(NotFound):
                attempt(actor)
    with pytest.raises(Forbidden):
        rooms.create_room(world.admin, world.school.id, RoomValues("9", 1))
    assert Room.get_by_id(room.id).name == "205"


def test_what_candidates_are_assigned_to_stays(both: World, make: Factory) -> None:
    room, commission, epreuve = make.room(both.school), make.commission(both.school), make.epreuve()
    registration = make.registration(make.candidate(school=both.school), epreuve)
    make.assignment(registration, epreuve, make.centre(both.school), room=room, commission=commission)
    with pytest.raises(Unavailable, match=r"La salle 205 sert encore \(1 affectation\)"):
        rooms.delete_room(both.staff, room.id, 1)
    with pytest.raises(Unavailable, match=r"La commission 3GHG sert encore"):
        rooms.delete_commission(both.staff, commission.id, 1)
    assert rooms.list_rooms(both.staff, both.school.id)[0].assignments == 1


def test_commissions(world: World) -> None:
    made = rooms.create_commission(world.staff, world.school.id, "3GHG")
    with pytest.raises(InvalidInput, match="existe déjà"):
        rooms.create_commission(world.staff, world.school.id, "3ghg")
    renamed = rooms.correct_commission(world.staff, made.id, made.revision, "TGPCECE")
    with pytest.raises(Conflict):
        rooms.correct_commission(world.staff, made.id, made.revision, "x")
    assert [view.name for view in rooms.list_commissions(world.manager, world.school.id)] == ["TGPCECE"]
    rooms.delete_commission(world.staff, made.id, renamed.revision)
    assert rooms.list_commissions(world.manager, world.school.id) == []
