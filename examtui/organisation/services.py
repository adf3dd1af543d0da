"""The services «convocation» and «signature», which the administrator opens to schools (seed 002, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import chunked

from examtui import inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import school_within, schools_within
from examtui.audit import record_many
from examtui.audit.log import Change
from examtui.model import School, ServiceOpening
from examtui.model.places import Service
from examtui.search.fold import fold

_ROWS_AT_ONCE = 200


@dataclass(frozen=True)
class SchoolServices:
    """A school and the services that are open to it."""

    school_id: int
    school_title: str
    services: frozenset[Service]


@use_case("services.list", Permission.READ_PLACES)
def list_services(actor: Actor) -> list[SchoolServices]:
    """Return the actor's schools by name, each with the services open to it."""
    where = schools_within(actor.scope(Permission.READ_PLACES))
    held: dict[int, set[Service]] = {}
    for row in ServiceOpening.select(ServiceOpening, School).join(School).where(where):
        held.setdefault(row.school_id, set()).add(Service(row.service))
    rows = sorted(School.select().where(where), key=lambda row: (fold(row.name), row.uai))
    return [SchoolServices(row.id, f"{row.name} ({row.uai})", frozenset(held.get(row.id, ()))) for row in rows]


@use_case("services.open", Permission.OPEN_SERVICES, writes=True)
def open_service(actor: Actor, service: str, school_ids: Sequence[int] | None = None) -> int:
    """Open a service to these schools, to all with None; return to how many it was not open before.

    Raises:
        InvalidInput: there is no such service.
        NotFound: there is no such school.
    """
    wanted = Service(inputs.chosen(service, list(Service), "service", "le service"))
    scope = actor.scope(Permission.OPEN_SERVICES)
    held = {row.school_id for row in ServiceOpening.select().where(ServiceOpening.service == wanted.value)}
    opened = [school_id for school_id in _schools(scope, school_ids) if school_id not in held]
    for part in chunked(opened, _ROWS_AT_ONCE):
        ServiceOpening.insert_many([{"service": wanted.value, "school": school_id} for school_id in part]).execute()
    if opened:
        record_many(actor.login, "services.open", [_change(wanted, school_id, opens=True) for school_id in opened])
    return len(opened)


@use_case("services.close", Permission.OPEN_SERVICES, writes=True)
def close_service(actor: Actor, service: str, school_ids: Sequence[int] | None = None) -> int:
    """Close a service to these schools, to all with None; return to how many it was open before.

    Raises:
        InvalidInput: there is no such service.
        NotFound: there is no such school.
    """
    wanted = Service(inputs.chosen(service, list(Service), "service", "le service"))
    schools = set(_schools(actor.scope(Permission.OPEN_SERVICES), school_ids))
    rows = ServiceOpening.select().where(ServiceOpening.service == wanted.value)
    closed = {row.id: row.school_id for row in rows if row.school_id in schools}
    for part in chunked(closed, _ROWS_AT_ONCE):
        ServiceOpening.delete().where(ServiceOpening.id.in_(part)).execute()
    if closed:
        entries = [_change(wanted, school_id, opens=False) for school_id in closed.values()]
        record_many(actor.login, "services.close", entries)
    return len(closed)


def _schools(scope: Scope, school_ids: Sequence[int] | None) -> list[int]:
    if school_ids is None:
        return [row.id for row in School.select(School.id).where(schools_within(scope)).order_by(School.id)]
    return list(dict.fromkeys(school_within(scope, school_id).id for school_id in school_ids))


def _change(service: Service, school_id: int, *, opens: bool) -> Change:
    return Change("school", school_id, {"service": service.value, "before": not opens, "after": opens})
