"""Writing the audit log.

Each entry's mac is an HMAC, with the home's key, over the previous entry's mac and this entry's fields, among them the
digest of its payload: so the legal purge may remove a payload and leave the chain whole. The one row of ``audit_head``
holds the count and the last mac; it is locked last in the transaction, which keeps the chain whole under concurrency
(without it PostgreSQL broke 328 of 400 links in a trial) and shows a cut tail.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from examtui import home
from examtui.clock import utc_now
from examtui.database.bulk import execute_many
from examtui.database.connection import is_postgresql
from examtui.model import AuditHead
from examtui.model.base import database

HEAD_ID = 1
FIRST_MAC = "0" * 64


class Change(NamedTuple):
    """One change to log: the record and what changed; ``payload`` holds ``before`` and ``after`` if there are any."""

    subject_type: str
    subject_id: int | None
    payload: Mapping[str, Any]


def record(
    login: str,
    action: str,
    subject_type: str = "",
    subject_id: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **details: Any,
) -> None:
    """Log one change, in the caller's transaction, as its last act.

    ``action`` is the name of the use case, ``subject_type`` the snake-case name of the model. Of ``before`` and
    ``after`` only the fields that differ are kept where both are given.
    """
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        before = {name: before.get(name) for name in changed}
        after = {name: after[name] for name in changed}
    payload: dict[str, Any] = dict(details)
    if before is not None:
        payload["before"] = before
    if after is not None:
        payload["after"] = after
    record_many(login, action, [Change(subject_type, subject_id, payload)])


def record_many(login: str, action: str, changes: Iterable[Change]) -> None:
    """Log many changes of one action, in the caller's transaction, as its last act; none leaves the log as it is."""
    changes = iter(changes)
    first = next(changes, None)
    if first is None:
        return
    head = _locked_head()
    at = utc_now()
    key = home.current().audit_key
    count, mac = head
    entries, payloads = [], []
    for change in chain([first], changes):
        body = json.dumps(change.payload, ensure_ascii=False, sort_keys=True, default=_plain)
        digest = hashlib.sha256(body.encode()).hexdigest()
        count += 1
        mac = entry_mac(key, mac, count, at, login, action, change.subject_type, change.subject_id, digest)
        entries.append((count, at, login, action, change.subject_type, change.subject_id, digest, mac))
        payloads.append((count, body))
    execute_many(
        database,
        "INSERT INTO audit_entry (id, at, login, action, subject_type, subject_id, digest, mac) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entries,
    )
    execute_many(database, "INSERT INTO audit_payload (entry_id, body) VALUES (?, ?)", payloads)
    AuditHead.update(count=count, mac=mac).where(AuditHead.id == HEAD_ID).execute()


def entry_mac(
    key: bytes,
    previous: str,
    number: int,
    at: datetime,
    login: str,
    action: str,
    subject_type: str,
    subject_id: int | None,
    digest: str,
) -> str:
    """The mac of entry ``number``, chained to ``previous``."""
    fields = [previous, str(number), at.isoformat(), login, action, subject_type, str(subject_id), digest]
    message = json.dumps(fields, ensure_ascii=False).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _locked_head() -> tuple[int, str]:
    head = _read_head()
    if head is None:
        AuditHead.insert(id=HEAD_ID, count=0, mac=FIRST_MAC).on_conflict_ignore().execute()
        head = _read_head()
    return head.count, head.mac


def _read_head() -> Any:
    query = AuditHead.select().where(AuditHead.id == HEAD_ID)
    return (query.for_update() if is_postgresql(database) else query).first()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value)} in an audit payload")
