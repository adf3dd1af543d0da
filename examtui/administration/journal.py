"""Reading the audit log: who did what, when, before and after; and verifying that nobody tampered with it."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from examtui import audit, clock
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found
from examtui.audit import Verification
from examtui.model import AuditEntry, AuditPayload

PAGE = 100


@dataclass(frozen=True)
class Filter:
    """What entries to read: each part given must hold; ``action`` is a beginning («users.»), days are Paris days."""

    login: str = ""
    action: str = ""
    subject_type: str = ""
    subject_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class EntryLine:
    """An entry: ``at`` in UTC; ``payload`` holds ``before`` and ``after`` and details, None where it is missing."""

    number: int
    at: datetime
    login: str
    action: str
    subject_type: str
    subject_id: int | None
    payload: dict[str, Any] | None


@use_case("audit.list", Permission.READ_AUDIT)
def list_entries(
    _actor: Actor, wanted: Filter = Filter(), *, below: int | None = None, limit: int = PAGE
) -> list[EntryLine]:
    """Return at most ``limit`` entries, the newest first; ``below`` is the last number of the page before."""
    query = _rows().order_by(AuditEntry.id.desc()).limit(limit)
    if below is not None:
        query = query.where(AuditEntry.id < below)
    for condition in _conditions(wanted):
        query = query.where(condition)
    return [_line(row) for row in query]


@use_case("audit.read", Permission.READ_AUDIT)
def read_entry(_actor: Actor, number: int) -> EntryLine:
    """Return one entry.

    Raises:
        NotFound: there is none of that number.
    """
    return _line(found(_rows().where(AuditEntry.id == number), f"Il n'y a pas d'entrée n° {number} dans le journal."))


@use_case("audit.verify", Permission.READ_AUDIT)
def verify_log(_actor: Actor) -> Verification:
    """Read the whole log and tell whether its chain is whole."""
    return audit.verify()


def _rows() -> Any:
    return AuditEntry.select(AuditEntry, AuditPayload.body).left_outer_join(
        AuditPayload, on=(AuditPayload.entry == AuditEntry.id), attr="payload"
    )


def _conditions(wanted: Filter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.login:
        conditions.append(AuditEntry.login == wanted.login)
    if wanted.action:
        conditions.append(AuditEntry.action.startswith(wanted.action))
    if wanted.subject_type:
        conditions.append(AuditEntry.subject_type == wanted.subject_type)
    if wanted.subject_id is not None:
        conditions.append(AuditEntry.subject_id == wanted.subject_id)
    if wanted.since is not None:
        conditions.append(AuditEntry.at >= _midnight(wanted.since))
    if wanted.until is not None:
        conditions.append(AuditEntry.at < _midnight(wanted.until + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return clock.utc(datetime.combine(day, time()))


def _line(row: Any) -> EntryLine:
    payload = getattr(row, "payload", None)
    body = json.loads(payload.body) if payload is not None and payload.body is not None else None
    return EntryLine(row.id, row.at, row.login, row.action, row.subject_type, row.subject_id, body)
