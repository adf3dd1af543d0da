"""Verifying the audit chain."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from examtui import home
from examtui.audit.log import FIRST_MAC, HEAD_ID, entry_mac
from examtui.database.connection import is_postgresql
from examtui.model import AuditEntry, AuditHead, AuditPayload
from examtui.model.base import database


@dataclass(frozen=True)
class Verification:
    """What the verification found: entries read, and a French sentence for each fault (at most 20)."""

    entries: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Tell whether nothing was tampered with."""
        return not self.faults


_MOST_FAULTS = 20
_PAGE = 2000


def verify() -> Verification:
    """Read the whole log, as it is at one moment, and check numbers, chain, payloads and tail.

    Others may go on writing meanwhile; what they add is not looked at.
    """
    with _snapshot():
        return _verify()


def _snapshot() -> Any:
    if is_postgresql(database):
        return database.atomic(isolation_level="REPEATABLE READ")
    return database.atomic("DEFERRED")


def _verify() -> Verification:
    key = home.current().audit_key
    mac, number = FIRST_MAC, 0
    faults: list[str] = []
    for entry in _entries():
        number += 1
        if entry.id != number:
            faults.append(f"Il manque l'entrée n° {number} : la suivante porte le n° {entry.id}.")
            number = entry.id
        fields = (entry.at, entry.login, entry.action, entry.subject_type, entry.subject_id, entry.digest)
        expected = entry_mac(key, mac, number, *fields)
        if not hmac.compare_digest(expected, entry.mac):
            faults.append(f"L'entrée n° {entry.id} a été modifiée, ou celle qui la précède.")
        mac = entry.mac
        payload = getattr(entry, "payload", None)
        body = payload.body if payload is not None else None
        if body is None:
            faults.append(f"Le contenu de l'entrée n° {entry.id} a été supprimé.")
        elif hashlib.sha256(body.encode()).hexdigest() != entry.digest:
            faults.append(f"Le contenu de l'entrée n° {entry.id} a été modifié.")
        if len(faults) >= _MOST_FAULTS:
            break
    head = AuditHead.get_or_none(AuditHead.id == HEAD_ID)
    if len(faults) < _MOST_FAULTS and (number, mac) != ((head.count, head.mac) if head else (0, FIRST_MAC)):
        faults.append("La fin du journal a été coupée, ou des entrées ont été ajoutées hors du programme.")
    return Verification(number, tuple(faults))


def _entries() -> Iterator[Any]:
    """All entries with their payloads, a page at a time: the log grows for years."""
    query = AuditEntry.select(AuditEntry, AuditPayload.body).left_outer_join(
        AuditPayload, on=(AuditPayload.entry == AuditEntry.id), attr="payload"
    )
    page = list(query.order_by(AuditEntry.id).limit(_PAGE))
    while page:
        yield from page
        page = list(query.where(AuditEntry.id > page[-1].id).order_by(AuditEntry.id).limit(_PAGE))
