"""The services «convocation» and «signature», which the administrator opens to schools (seed 002, section 2)."""

from collections.abc import Collection
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


@use_case("services.change", Permission.OPEN_SERVICES, writes=True)
def change_service(
    actor: Actor, service: str, *, opened: Collection[int] = (), closed: Collection[int] = ()
) -> tuple[int, int]:
    """Open a service to some schools and close it to others; return to how many it was opened, and closed, anew.

    Raises:
        InvalidInput: there is no such service.
        NotFound: there is no such school.
    """
    wanted = Service(inputs.chosen(service, list(Service), "service", "le service"))
    scope = actor.scope(Permission.OPEN_SERVICES)
    rows = {row.school_id: row.id for row in ServiceOpening.select().where(ServiceOpening.service == wanted.value)}
    added = [school_id for school_id in _schools(scope, opened) if school_id not in rows]
    removed = [school_id for school_id in _schools(scope, closed) if school_id in rows]
    for part in chunked(added, _ROWS_AT_ONCE):
        ServiceOpening.insert_many([{"service": wanted.value, "school": school_id} for school_id in part]).execute()
    for part in chunked(removed, _ROWS_AT_ONCE):
        ServiceOpening.delete().where(ServiceOpening.id.in_([rows[school_id] for school_id in part])).execute()
    entries = [
        *(_change(wanted, school_id, opens=True) for school_id in added),
        *(_change(wanted, school_id, opens=False) for school_id in removed),
    ]
    if entries:
        record_many(actor.login, "services.change", entries)
    return len(added), len(removed)


def _schools(scope: Scope, school_ids: Collection[int]) -> list[int]:
    return [school_within(scope, school_id).id for school_id in sorted(set(school_ids))]


def _change(service: Service, school_id: int, *, opens: bool) -> Change:
    return Change("school", school_id, {"service": service, "before": {"open": not opens}, "after": {"open": opens}})
