"""Rooms and commissions of a school by hand; the school, its head and the manager keep them."""

from dataclasses import dataclass

from examtui import inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import found, holders, school_within, schools_within
from examtui.audit import changes
from examtui.errors import Unavailable
from examtui.model import Assignment, Commission, Room, School
from examtui.model.places import LARGEST_CAPACITY
from examtui.rules.usage import Use, deletion_refusal
from examtui.search.fold import fold

_AFFECTED = ("affectation", "affectations")
_CURE = "Affectez ces candidats ailleurs, puis recommencez."


@dataclass(frozen=True)
class RoomValues:
    """What is typed for a room: name, seats, and whether a wheelchair gets there."""

    name: str
    capacity: int
    accessible: bool = False


@dataclass(frozen=True)
class RoomView:
    """A room of a school, and how many assignments hold it."""

    id: int
    school_id: int
    values: RoomValues
    assignments: int
    revision: int


@dataclass(frozen=True)
class CommissionView:
    """A commission of a school, and how many assignments hold it."""

    id: int
    school_id: int
    name: str
    assignments: int
    revision: int


@use_case("rooms.list", Permission.READ_PLACES)
def list_rooms(actor: Actor, school_id: int) -> list[RoomView]:
    """Return the rooms of a school, by name.

    Raises:
        NotFound: there is no such school in the actor's places.
    """
    school = school_within(actor.scope(Permission.READ_PLACES), school_id)
    views = [_room_view(row) for row in Room.select().where(Room.school == school)]
    return sorted(views, key=lambda view: fold(view.values.name))


@use_case("rooms.create", Permission.MANAGE_ROOMS, writes=True)
def create_room(actor: Actor, school_id: int, values: RoomValues) -> RoomView:
    """Make a room in a school.

    Raises:
        NotFound: there is no such school in the actor's places.
        InvalidInput: a value is wrong, or the name is taken in the school.
    """
    school = school_within(actor.scope(Permission.MANAGE_ROOMS), school_id)
    checked = _checked_room(school, values, None)
    return _room_view(changes.create(actor.login, "rooms.create", Room, {"school": school.id, **vars(checked)}))


@use_case("rooms.correct", Permission.MANAGE_ROOMS, writes=True)
def correct_room(actor: Actor, room_id: int, revision: int, values: RoomValues) -> RoomView:
    """Correct a room seen at ``revision``.

    Raises:
        NotFound: there is none in the actor's places.
        InvalidInput: a value is wrong, or the name is taken in the school.
        Conflict: somebody else saved first.
    """
    row = _room(actor.scope(Permission.MANAGE_ROOMS), room_id)
    checked = _checked_room(row.school, values, row.id)
    changes.correct(actor.login, "rooms.correct", row, revision, vars(checked))
    return _room_view(Room.get_by_id(room_id))


@use_case("rooms.delete", Permission.MANAGE_ROOMS, writes=True)
def delete_room(actor: Actor, room_id: int, revision: int) -> None:
    """Delete a room that no candidate is assigned to.

    Raises:
        NotFound: there is none in the actor's places.
        Unavailable: candidates are assigned to it.
        Conflict: somebody else saved first.
    """
    row = _room(actor.scope(Permission.MANAGE_ROOMS), room_id)
    uses = (Use(holders(Assignment.room, row), *_AFFECTED),)
    if refusal := deletion_refusal(f"La salle {row.name}", uses, _CURE):
        raise Unavailable(refusal)
    changes.delete(actor.login, "rooms.delete", row, revision)


@use_case("commissions.list", Permission.READ_PLACES)
def list_commissions(actor: Actor, school_id: int) -> list[CommissionView]:
    """Return the commissions of a school, by name.

    Raises:
        NotFound: there is no such school in the actor's places.
    """
    school = school_within(actor.scope(Permission.READ_PLACES), school_id)
    views = [_commission_view(row) for row in Commission.select().where(Commission.school == school)]
    return sorted(views, key=lambda view: fold(view.name))


@use_case("commissions.create", Permission.MANAGE_ROOMS, writes=True)
def create_commission(actor: Actor, school_id: int, name: str) -> CommissionView:
    """Make a commission in a school.

    Raises:
        NotFound: there is no such school in the actor's places.
        InvalidInput: the name is wrong or taken in the school.
    """
    school = school_within(actor.scope(Permission.MANAGE_ROOMS), school_id)
    values = {"school": school.id, "name": _checked_commission(school, name, None)}
    return _commission_view(changes.create(actor.login, "commissions.create", Commission, values))


@use_case("commissions.correct", Permission.MANAGE_ROOMS, writes=True)
def correct_commission(actor: Actor, commission_id: int, revision: int, name: str) -> CommissionView:
    """Rename a commission seen at ``revision``.

    Raises:
        NotFound: there is none in the actor's places.
        InvalidInput: the name is wrong or taken in the school.
        Conflict: somebody else saved first.
    """
    row = _commission(actor.scope(Permission.MANAGE_ROOMS), commission_id)
    values = {"name": _checked_commission(row.school, name, row.id)}
    changes.correct(actor.login, "commissions.correct", row, revision, values)
    return _commission_view(Commission.get_by_id(commission_id))


@use_case("commissions.delete", Permission.MANAGE_ROOMS, writes=True)
def delete_commission(actor: Actor, commission_id: int, revision: int) -> None:
    """Delete a commission that no candidate is assigned to.

    Raises:
        NotFound: there is none in the actor's places.
        Unavailable: candidates are assigned to it.
        Conflict: somebody else saved first.
    """
    row = _commission(actor.scope(Permission.MANAGE_ROOMS), commission_id)
    uses = (Use(holders(Assignment.commission, row), *_AFFECTED),)
    if refusal := deletion_refusal(f"La commission {row.name}", uses, _CURE):
        raise Unavailable(refusal)
    changes.delete(actor.login, "commissions.delete", row, revision)


def _room(scope: Scope, room_id: int) -> Room:
    query = Room.select(Room, School).join(School).where(Room.id == room_id, schools_within(scope))
    return found(query, "Cette salle n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")


def _commission(scope: Scope, commission_id: int) -> Commission:
    query = Commission.select(Commission, School).join(School)
    query = query.where(Commission.id == commission_id, schools_within(scope))
    return found(query, "Cette commission n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")


def _checked_room(school: School, values: RoomValues, but: int | None) -> RoomValues:
    name = inputs.required(values.name, "name", "le nom de la salle")
    inputs.between(values.capacity, 1, LARGEST_CAPACITY, "capacity", "la capacité", "places")
    for row in Room.select(Room.id, Room.name).where(Room.school == school):
        if row.id != but and row.name.casefold() == name.casefold():
            inputs.refuse(f"La salle «{row.name}» existe déjà dans cet établissement.", "name")
    return RoomValues(name, values.capacity, values.accessible)


def _checked_commission(school: School, name: str, but: int | None) -> str:
    name = inputs.required(name, "name", "le nom de la commission")
    for row in Commission.select(Commission.id, Commission.name).where(Commission.school == school):
        if row.id != but and row.name.casefold() == name.casefold():
            inputs.refuse(f"La commission «{row.name}» existe déjà dans cet établissement.", "name")
    return name


def _room_view(row: Room) -> RoomView:
    values = RoomValues(row.name, row.capacity, row.accessible)
    return RoomView(row.id, row.school_id, values, holders(Assignment.room, row), row.revision)


def _commission_view(row: Commission) -> CommissionView:
    return CommissionView(row.id, row.school_id, row.name, holders(Assignment.commission, row), row.revision)
