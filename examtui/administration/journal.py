"""Reading the audit log: who did what, when, before and after; and verifying that nobody tampered with it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from examtui import audit, clock
from examtui.access import Actor, Permission, use_case
from examtui.access.permissions import ROLE_LABELS
from examtui.audit import Verification
from examtui.audit.labels import action_label
from examtui.audit.told import Told, tell
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
    """An entry: ``at`` in UTC; ``payload`` holds ``before`` and ``after`` and details, None where it is missing.

    ``told`` is the entry in French: its record by name, its values as people read them.
    """

    number: int
    at: datetime
    login: str
    action: str
    subject_type: str
    subject_id: int | None
    payload: dict[str, Any] | None
    told: Told

    @property
    def label(self) -> str:
        """The action in French."""
        return action_label(self.action)

    @property
    def subject(self) -> str:
        """The record that it is about, in French; empty for none."""
        return self.told.subject

    def changes(self) -> list[tuple[str, str]]:
        """What changed, in French: a field, and its value, or its values before and after; then the other details."""
        if self.payload is None:
            return [("contenu", "purgé")]
        before, after = self.payload.get("before") or {}, self.payload.get("after") or {}
        lines = []
        for change in self.told.changes:
            old, new = _shown(change.name, change.before), _shown(change.name, change.after)
            if change.name not in after:
                new = "(ôté)"
            lines.append((change.label, f"{old} → {new}" if change.name in before else new))
        return lines + [(detail.label, _shown(detail.name, detail.after)) for detail in self.told.details]


_NOTHING = "(vide)"


def _shown(name: str, value: str) -> str:
    """A value of the field ``name`` as people read it."""
    if name in ("role", "roles"):
        value = ", ".join(ROLE_LABELS[Role(part)] if part in set(Role) else part for part in value.split(", "))
    return value or _NOTHING


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
    lines = _lines(query)
    return lines if above is None else lines[::-1]


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


def _lines(rows: Iterable[Any]) -> list[EntryLine]:
    held = [(row, _payload(row)) for row in rows]
    told = tell([(row.subject_type, row.subject_id, payload) for row, payload in held])
    return [
        EntryLine(row.id, row.at, row.login, row.action, row.subject_type, row.subject_id, payload, in_french)
        for (row, payload), in_french in zip(held, told, strict=True)
    ]


def _payload(row: Any) -> dict[str, Any] | None:
    payload = getattr(row, "payload", None)
    return json.loads(payload.body) if payload is not None and payload.body is not None else None
