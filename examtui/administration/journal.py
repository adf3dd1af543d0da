"""Reading the audit log: who did what, when, before and after; and verifying that nobody tampered with it."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from examtui import audit, clock
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found
from examtui.access.permissions import ROLE_LABELS
from examtui.audit import Verification
from examtui.audit.labels import action_label, field_label, subject_label
from examtui.model import AuditEntry, AuditPayload
from examtui.model.identity import Role

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

    @property
    def label(self) -> str:
        """The action in French."""
        return action_label(self.action)

    @property
    def subject(self) -> str:
        """The record that it is about, in French; empty for none."""
        number = f" {self.subject_id}" if self.subject_id is not None else ""
        return f"{subject_label(self.subject_type)}{number}" if self.subject_type else ""

    def changes(self) -> list[tuple[str, str]]:
        """What changed, in French: a field, and its value, or its values before and after; then the other details."""
        if self.payload is None:
            return [("contenu", "purgé")]
        before, after = self.payload.get("before") or {}, self.payload.get("after") or {}
        lines = []
        for name in {**before, **after}:
            if name not in after:
                change = f"{_shown(name, before[name])} → (ôté)"
            elif name not in before:
                change = _shown(name, after[name])
            else:
                change = f"{_shown(name, before[name])} → {_shown(name, after[name])}"
            lines.append((field_label(name), change))
        details = [(name, value) for name, value in self.payload.items() if name not in ("before", "after")]
        return lines + [(field_label(name), _shown(name, value)) for name, value in details]


def _shown(name: str, value: Any) -> str:
    """A value of the field ``name`` as people read it."""
    if value is None or value == "" or value == []:
        return "(vide)"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(_shown(name, part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{field_label(inner)} {_shown(inner, part)}" for inner, part in value.items())
    if name in ("role", "roles") and value in set(Role):
        return ROLE_LABELS[Role(value)]
    return str(value)


@use_case("audit.list", Permission.READ_AUDIT)
def list_entries(
    _actor: Actor,
    wanted: Filter = Filter(),
    *,
    below: int | None = None,
    above: int | None = None,
    limit: int = PAGE,
) -> list[EntryLine]:
    """Return at most ``limit`` entries, the newest first.

    ``below`` is the last number of the page before; ``above`` asks for the page that ends before that number instead.
    """
    order = AuditEntry.id.desc() if above is None else AuditEntry.id.asc()
    query = _rows().order_by(order).limit(limit)
    if below is not None:
        query = query.where(AuditEntry.id < below)
    if above is not None:
        query = query.where(AuditEntry.id > above)
    for condition in _conditions(wanted):
        query = query.where(condition)
    lines = [_line(row) for row in query]
    return lines if above is None else lines[::-1]


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
