"""Affectations by hand: where and when a candidature sits an épreuve (PRODUCT.md §3).

The manager gives centre, day, hours, room and commission. A school, in its own centre, gives room and commission of the
épreuves that it assigns itself: those delegated to it, or all organisable ones where it is in «gestion autonome».
The two halves of one épreuve (HLP) are sat together: what is given to one is given to the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from peewee import JOIN

from examtui import inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.delegated import reason_not_delegated
from examtui.access.lookup import school_within, schools_within
from examtui.audit import record_many
from examtui.audit.changes import snapshot, subject_type
from examtui.audit.log import Change
from examtui.database.connection import is_postgresql
from examtui.enrolment.candidates_access import correctable, may_correct, readable
from examtui.enrolment.candidatures_access import ABSENT
from examtui.errors import Conflict, Forbidden, NotFound, Unavailable, Unconfirmed
from examtui.model import (
    Assignment,
    Candidate,
    Centre,
    Commission,
    Epreuve,
    EpreuveRegistration,
    Registration,
    Room,
    School,
)
from examtui.model.base import Base, database
from examtui.model.exams import Nature
from examtui.rules.epreuves import centre_function, schedule_faults
from examtui.rules.sittings import Sitting, clash, period_fault, position_fault
from examtui.search.fold import fold

_MANAGES, _ROOMS = Permission.MANAGE_CANDIDATURES, Permission.ASSIGN_ROOMS


@dataclass(frozen=True)
class AssignmentValues:
    """Where and when: the centre's wall clock; ``commission`` is its name, of one that is there or of a new one."""

    centre_id: int
    day: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    room_id: int | None = None
    commission: str = ""


Seen = Sequence[AssignmentValues | None]
"""The assignments as the person saw them: of the épreuve, then of its other half if the candidature holds it."""


@dataclass(frozen=True)
class CentreView:
    """A centre with what can be chosen in it: (id, name) of rooms, and names of commissions."""

    id: int
    title: str
    rooms: tuple[tuple[int, str], ...]
    commissions: tuple[str, ...]


@dataclass(frozen=True)
class AssignmentSheet:
    """What a form of an assignment starts with.

    ``seen`` goes back with what is typed; ``values`` are those held, else the épreuve's own dates and hours (with the
    centre of the candidate's school, if it is one); ``together`` is the title of the other half, empty if there is
    none. ``manages`` tells that centre, day and hours can be given too. ``centres`` is empty where none fits.
    """

    epreuve: str
    together: str
    function: str
    seen: tuple[AssignmentValues | None, ...]
    values: AssignmentValues
    centres: tuple[CentreView, ...]
    manages: bool


@dataclass(frozen=True)
class _Half:
    """An épreuve of a candidature, with its assignment if there is one."""

    held: EpreuveRegistration
    epreuve: Epreuve
    assignment: Any

    @property
    def values(self) -> AssignmentValues | None:
        row = self.assignment
        if row is None:
            return None
        commission = row.commission.name if row.commission_id else ""
        return AssignmentValues(row.centre_id, row.date, row.start_time, row.end_time, row.room_id, commission)


@dataclass(frozen=True)
class _Place:
    """What is chosen within a school: a room, and the name of a commission."""

    school: School
    room_id: int | None
    commission: str


@use_case("assignments.sheet", _ROOMS)
def read_sheet(actor: Actor, epreuve_registration_id: int) -> AssignmentSheet:
    """Return what there is to choose for the assignment of an épreuve of a candidature.

    Raises:
        NotFound: there is no such inscription in the actor's scope.
        Forbidden: it is sat in another centre than the actor's.
        Unavailable: the épreuve is not delegated to the actor's centre; the sentence says why.
    """
    candidate, halves = _halves(actor, epreuve_registration_id)
    manages = may_correct(actor, _MANAGES, candidate)
    first = halves[0]
    function = centre_function(Nature(first.epreuve.nature))
    where: Any = Centre.function == function.value
    if not manages:
        where = Centre.id == _own(actor, candidate, first).id
    centres = _centres(actor.scope(_ROOMS), where)
    epreuve = first.epreuve
    values = first.values
    if values is None:
        near = next((view.id for view, school in centres if school == candidate.school_id), None)
        anywhere = centres[0][0].id if centres else 0
        values = AssignmentValues(near or anywhere, epreuve.start_date, epreuve.start_time, epreuve.end_time)
    return AssignmentSheet(
        epreuve.title,
        halves[1].epreuve.title if len(halves) > 1 else "",
        function.value,
        tuple(half.values for half in halves),
        values,
        tuple(view for view, _ in centres),
        manages,
    )


@use_case("assignments.give", _MANAGES, writes=True)
def give(
    actor: Actor, epreuve_registration_id: int, seen: Seen, values: AssignmentValues, *, confirmed: bool = False
) -> None:
    """Assign a candidate for an épreuve, or correct the assignment ``seen``; a commission that is new is made.

    Raises:
        NotFound: there is no such inscription, or no such centre, in the actor's places.
        InvalidInput: a value is wrong: hours, a room that the centre does not have, a centre of another function.
        Unconfirmed: it is unusual (two places at once, another day than the épreuve's…), and not ``confirmed``.
        Conflict: somebody else saved first.
    """
    candidate, halves = _managed(actor, epreuve_registration_id)
    _refuse_stale(halves, seen)
    school = _fitting_school(actor.scope(_MANAGES), halves[0].epreuve, values.centre_id)
    faults = schedule_faults(values.day, None, values.start_time, values.end_time)
    for field, fault in faults:
        inputs.refuse(fault.sentence, "day" if field == "start_date" else field)
    doubts = [] if confirmed else _doubts(candidate, halves, values)
    when = {"date": values.day, "start_time": values.start_time, "end_time": values.end_time}
    chosen = _Place(school, values.room_id, values.commission)
    _save(actor, "assignments.give", halves, {"centre": values.centre_id, **when}, chosen, doubts, confirmed=confirmed)


@use_case("assignments.place", _ROOMS, writes=True)
def place(
    actor: Actor,
    epreuve_registration_id: int,
    seen: Seen,
    room_id: int | None,
    commission: str,
    *,
    confirmed: bool = False,
) -> None:
    """Give the assignment ``seen`` a room and a commission of its centre; a commission that is new is made.

    Raises:
        NotFound: there is no such inscription in the actor's scope.
        Forbidden: it is sat in another centre than the actor's.
        Unavailable: there is no assignment yet, or the épreuve is not delegated to the actor's centre.
        InvalidInput: the centre does not have that room.
        Unconfirmed: the commission is new, and this is not ``confirmed``.
        Conflict: somebody else saved first.
    """
    candidate, halves = _halves(actor, epreuve_registration_id, writes=True)
    centre = _own(actor, candidate, halves[0])
    _refuse_stale(halves, seen)
    chosen = _Place(centre.school, room_id, commission)
    here = [half for half in halves if half.assignment is not None and half.assignment.centre_id == centre.id]
    _save(actor, "assignments.place", here, {}, chosen, [], confirmed=confirmed)


@use_case("assignments.remove", _MANAGES, writes=True)
def remove(actor: Actor, epreuve_registration_id: int, seen: Seen) -> None:
    """Take the assignment ``seen`` away; the candidate stays inscribed for the épreuve.

    Raises:
        NotFound: there is no such inscription in the actor's places.
        Unavailable: there is no assignment.
        Conflict: somebody else saved first.
    """
    _, halves = _managed(actor, epreuve_registration_id)
    if halves[0].assignment is None:
        raise _not_assigned(halves[0].epreuve)
    _refuse_stale(halves, seen)
    held = [half.assignment for half in halves if half.assignment is not None]
    Assignment.delete().where(Assignment.id.in_([row.id for row in held])).execute()
    removed = [_change(row, {"before": snapshot(row)}) for row in held]
    record_many(actor.login, "assignments.remove", removed)


def _managed(actor: Actor, epreuve_registration_id: int) -> tuple[Candidate, list[_Half]]:
    candidate, halves = _halves(actor, epreuve_registration_id, writes=True)
    return correctable(actor, _MANAGES, candidate.id), halves


def _halves(actor: Actor, epreuve_registration_id: int, *, writes: bool = False) -> tuple[Candidate, list[_Half]]:
    """Return whose inscription it is, and the épreuve with its other half, if the candidature holds that too.

    One who ``writes`` is alone with the candidature until the end of the transaction.
    """
    locks = writes and is_postgresql(database)
    held: EpreuveRegistration | None = EpreuveRegistration.get_or_none(
        EpreuveRegistration.id == epreuve_registration_id
    )
    query: Any = Registration.select().where(Registration.id == (held.registration_id if held else 0))
    registration = (query.for_update() if locks else query).first()
    if held is None or registration is None:
        raise NotFound(ABSENT)
    try:
        candidate = readable(actor, Candidate.id == registration.candidate_id)
    except NotFound:
        raise NotFound(ABSENT) from None
    rows = [held]
    twin = Epreuve.get_by_id(held.epreuve_id).twin_id
    if twin is not None:
        other = EpreuveRegistration.select()
        rows.extend(other.where(EpreuveRegistration.registration == registration, EpreuveRegistration.epreuve == twin))
    query = (
        Assignment.select(Assignment, Commission)
        .join(Commission, JOIN.LEFT_OUTER)
        .where(Assignment.registration == registration)
    )
    assignments = {row.epreuve_id: row for row in (query.for_update(of=Assignment) if locks else query)}
    return candidate, [_Half(row, Epreuve.get_by_id(row.epreuve_id), assignments.get(row.epreuve_id)) for row in rows]


def _own(actor: Actor, candidate: Candidate, half: _Half) -> Centre:
    """Return the centre of an assignment if the actor gives rooms there."""
    if half.assignment is None:
        raise _not_assigned(half.epreuve)
    query = Centre.select(Centre, School).join(School).where(Centre.id == half.assignment.centre_id)
    centre: Centre = query.get()
    if may_correct(actor, _MANAGES, candidate):
        return centre
    if centre.school_id not in actor.scope(_ROOMS).schools:
        raise Forbidden(
            f"L'épreuve {half.epreuve.title} se passe dans un autre centre que le vôtre : "
            "ce centre, ou le gestionnaire DEC, donne la salle et la commission."
        )
    reason = reason_not_delegated(centre, half.epreuve)
    if reason is not None:
        raise Unavailable(reason)
    return centre


def _not_assigned(epreuve: Epreuve) -> Unavailable:
    return Unavailable(
        f"Le candidat n'est pas encore affecté pour l'épreuve {epreuve.title} : "
        "le gestionnaire DEC lui donne d'abord un centre."
    )


def _centres(scope: Scope, where: Any) -> list[tuple[CentreView, int]]:
    """Return centres with the school of each, by name."""
    rows: list[Any] = list(Centre.select(Centre, School).join(School).where(where, schools_within(scope)))
    schools = School.select(School.id).join(Centre).where(where, schools_within(scope))
    rooms: dict[int, list[tuple[int, str]]] = {}
    for room in Room.select().where(Room.school.in_(schools)):
        rooms.setdefault(room.school_id, []).append((int(room.id), room.name))
    commissions: dict[int, list[str]] = {}
    for commission in Commission.select().where(Commission.school.in_(schools)):
        commissions.setdefault(commission.school_id, []).append(commission.name)
    views = [
        (
            CentreView(
                row.id,
                f"{row.school.name} ({row.school.uai})",
                tuple(sorted(rooms.get(row.school_id, ()), key=lambda room: fold(room[1]))),
                tuple(sorted(commissions.get(row.school_id, ()), key=fold)),
            ),
            int(row.school_id),
        )
        for row in rows
    ]
    return sorted(views, key=lambda pair: fold(pair[0].title))


def _fitting_school(scope: Scope, epreuve: Epreuve, centre_id: int) -> School:
    centre = Centre.get_or_none(Centre.id == centre_id)
    if centre is None:
        raise NotFound("Ce centre n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")
    school = school_within(scope, centre.school_id)
    function = centre_function(Nature(epreuve.nature))
    if centre.function != function:
        inputs.refuse(
            f"{school.name} est ici centre de fonction «{centre.function}», et cette épreuve se passe dans un centre "
            f"de fonction «{function}» : choisissez-en un de la liste.",
            "centre_id",
        )
    return school


def _doubts(candidate: Candidate, halves: Sequence[_Half], values: AssignmentValues) -> list[str]:
    """Say what is unusual, as an import warns of it."""
    epreuve = halves[0].epreuve
    faults = [
        position_fault(epreuve.title, halves[0].held.position),
        period_fault(epreuve.title, epreuve.start_date, epreuve.end_date, values.day),
    ]
    if values.day is not None and values.start_time is not None:
        planned = Sitting(epreuve.title, values.day, values.start_time, values.end_time)
        own = {half.assignment.id for half in halves if half.assignment is not None}
        others: Iterable[Any] = (
            Assignment.select(Assignment, Epreuve)
            .join(Epreuve)
            .switch(Assignment)
            .join(Registration)
            .where(Registration.candidate == candidate, Assignment.date == values.day)
            .order_by(Assignment.start_time, Assignment.id)
        )
        for row in others:
            if row.id not in own and row.start_time is not None:
                sitting = Sitting(row.epreuve.title, row.date, row.start_time, row.end_time)
                faults.append(clash(sitting, planned) if planned.overlaps(sitting) else None)
    return [fault.sentence for fault in faults if fault is not None]


def _save(
    actor: Actor,
    action: str,
    halves: Sequence[_Half],
    values: dict[str, Any],
    chosen: _Place,
    doubts: list[str],
    *,
    confirmed: bool,
) -> None:
    school = chosen.school
    name = inputs.text(chosen.commission, "commission", "le nom de la commission")
    rooms = Room.select().where(Room.id == chosen.room_id, Room.school == school)
    if chosen.room_id is not None and not rooms.exists():
        inputs.refuse(f"Cette salle n'est pas de {school.name} : choisissez-en une de la liste.", "room_id")
    there = Commission.select().where(Commission.school == school)
    commission = next((row for row in there if name and row.name.casefold() == name.casefold()), None)
    if name and commission is None and not confirmed:
        doubts.append(f"La commission «{name}» n'existe pas encore dans {school.name} : elle sera créée.")
    if doubts:
        raise Unconfirmed(" ".join(doubts))
    made = []
    if name and commission is None:
        commission = Commission.create(school=school, name=name)
        made.append(Change(subject_type(Commission), commission.id, {"after": snapshot(commission)}))
    after = {**values, "room": chosen.room_id, "commission": commission.id if commission is not None else None}
    done = [change for half in halves if (change := _write(half, after)) is not None]
    if done:
        record_many(actor.login, action, [*made, *done])


def _write(half: _Half, after: dict[str, Any]) -> Change | None:
    if half.assignment is None:
        row = Assignment.create(registration=half.held.registration_id, epreuve=half.epreuve.id, **after)
        return _change(row, {"after": snapshot(row)})
    before = snapshot(half.assignment)
    if all(before[name] == value for name, value in after.items()):
        return None
    Assignment.update(**after).where(Assignment.id == half.assignment.id).execute()
    return _change(half.assignment, {"before": before, "after": {**before, **after}})


def _change(row: Base, payload: dict[str, Any]) -> Change:
    return Change(subject_type(Assignment), int(row.id), payload)


def _refuse_stale(halves: Sequence[_Half], seen: Seen) -> None:
    if tuple(half.values for half in halves) != tuple(seen):
        raise Conflict(
            "Quelqu'un d'autre a modifié cette affectation entre-temps : rien n'a été enregistré. "
            "Relisez la fiche, puis refaites votre correction."
        )
