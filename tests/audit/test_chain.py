"""The audit chain: nothing in it can be changed through the database, and what is changed behind its back shows."""

import importlib
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from peewee import DatabaseError

from examtui import audit
from examtui.audit.log import Change, entry_mac
from examtui.database.connection import is_postgresql
from examtui.home import Home
from examtui.model import AuditEntry, AuditHead, AuditPayload
from examtui.model.base import database

verify_module = importlib.import_module("examtui.audit.verify")


@pytest.fixture
def log(any_home: Home) -> Home:
    """A log of five entries."""
    for number in range(1, 6):
        with database.atomic():
            audit.record(
                "lea", "rooms.change", "room", number, before={"capacity": 30}, after={"capacity": 30 + number}
            )
    return any_home


def _without_guards() -> None:
    for table in ("audit_entry", "audit_payload"):
        if is_postgresql(database):
            database.execute_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        else:
            database.execute_sql(f"DROP TRIGGER {table}_kept")
            database.execute_sql(f"DROP TRIGGER {table}_undeletable")
    if not is_postgresql(database):
        database.execute_sql("PRAGMA foreign_keys = OFF")


def test_a_log_that_nobody_touched_is_sound(log: Home) -> None:
    found = audit.verify()
    assert (found.entries, found.faults, found.sound) == (5, (), True)


def test_an_empty_log_is_sound(any_home: Home) -> None:
    assert audit.verify().sound


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET login = 'max' WHERE id = 3",
        "UPDATE audit_entry SET login = 'max' WHERE id = 99",
        "DELETE FROM audit_entry WHERE id = 5",
        "UPDATE audit_payload SET body = '{}' WHERE entry_id = 3",
        "DELETE FROM audit_payload WHERE entry_id = 3",
        "DELETE FROM audit_payload",
    ],
)
def test_the_database_refuses_changes(log: Home, sql: str) -> None:
    if "99" in sql and not is_postgresql(database):
        pytest.skip("SQLite's triggers speak for rows")
    with pytest.raises(DatabaseError, match="append only"):
        database.execute_sql(sql)
    assert audit.verify().sound


def test_the_database_refuses_to_empty_the_log(postgresql_home: Home) -> None:
    for table in ("audit_entry, audit_payload", "audit_payload"):
        with pytest.raises(DatabaseError, match="append only"):
            database.execute_sql(f"TRUNCATE {table}")


def _edit(**values: object) -> Callable[[], object]:
    return lambda: AuditEntry.update(**values).where(AuditEntry.id == 3).execute()


def _delete(*numbers: int) -> Callable[[], object]:
    def delete() -> None:
        AuditPayload.delete().where(AuditPayload.entry.in_(numbers)).execute()
        AuditEntry.delete().where(AuditEntry.id.in_(numbers)).execute()

    return delete


def _forge(key: bytes) -> Callable[[], object]:
    def forge() -> None:
        last = AuditEntry.get_by_id(5)
        fields = (6, last.at, "max", "rooms.change", "room", 1, last.digest)
        AuditEntry.insert(
            id=6,
            at=last.at,
            login="max",
            action="rooms.change",
            subject_type="room",
            subject_id=1,
            digest=last.digest,
            mac=entry_mac(key, last.mac, *fields),
        ).execute()
        AuditPayload.insert(entry=6, body=AuditPayload.get_by_id(5).body).execute()

    return forge


def _forge_with_head() -> None:
    _forge(b"a guessed key")()
    AuditHead.update(count=6, mac=AuditEntry.get_by_id(6).mac).execute()


def _renumber() -> None:
    _delete(3)()
    for number in (4, 5):
        entry = AuditEntry.get_by_id(number)
        body = AuditPayload.get_by_id(number).body
        _delete(number)()
        AuditEntry.insert(**{**entry.__data__, "id": number - 1}).execute()
        AuditPayload.insert(entry=number - 1, body=body).execute()
    AuditHead.update(count=4).execute()


TAMPERINGS: dict[str, Callable[[], object]] = {
    "login": _edit(login="max"),
    "action": _edit(action="rooms.delete"),
    "moment": _edit(at=datetime(2020, 1, 1)),
    "subject type": _edit(subject_type="school"),
    "subject": _edit(subject_id=None),
    "digest": _edit(digest="0" * 64),
    "mac": _edit(mac="0" * 64),
    "payload": lambda: AuditPayload.update(body="{}").where(AuditPayload.entry == 3).execute(),
    "payload removed": lambda: AuditPayload.delete().where(AuditPayload.entry == 3).execute(),
    "first entry removed": _delete(1),
    "middle entry removed": _delete(3),
    "removed and renumbered": _renumber,
    "tail cut": _delete(4, 5),
    "all removed": _delete(1, 2, 3, 4, 5),
    "head removed": lambda: AuditHead.delete().execute(),
    "tail cut with its head": lambda: (_delete(5)(), AuditHead.update(count=4).execute()),
    "forged without the key": lambda: _forge(b"a guessed key")(),
    "forged with its head": _forge_with_head,
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_every_tampering_shows(log: Home, tampering: Callable[[], object]) -> None:
    _without_guards()
    assert audit.verify().sound
    tampering()
    found = audit.verify()
    assert not found.sound
    assert all(fault.endswith(".") for fault in found.faults)


def test_an_entry_added_with_the_key_but_outside_the_program_shows(log: Home) -> None:
    _forge(log.audit_key)()
    (fault,) = audit.verify().faults
    assert "hors du programme" in fault


def test_a_long_log_is_read_to_its_end(any_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "_PAGE", 7)
    with database.atomic():
        audit.record_many("lea", "import.students", [Change("candidate", number, {}) for number in range(30)])
    assert (audit.verify().entries, audit.verify().sound) == (30, True)
    _without_guards()
    AuditPayload.update(body="[]").where(AuditPayload.entry == 29).execute()
    assert len(audit.verify().faults) == 1


def test_faults_are_told_twenty_at_most(any_home: Home) -> None:
    with database.atomic():
        audit.record_many("lea", "import.students", [Change("candidate", number, {}) for number in range(60)])
    _without_guards()
    AuditEntry.update(login="max").execute()
    assert len(audit.verify().faults) == 20


def test_an_entry_lives_and_dies_with_its_transaction(any_home: Home) -> None:
    with pytest.raises(RuntimeError), database.atomic():
        audit.record("lea", "rooms.change")
        raise RuntimeError
    assert (AuditEntry.select().count(), audit.verify().sound) == (0, True)


@pytest.mark.parametrize(
    "text", ["Łódź Ễ O'Connor--", "\x1b[2J[bold]", "a\x00b", "\u202e\u2028", "x" * 100_000, '"; DROP TABLE', "😀"]
)
def test_any_text_can_be_logged(any_home: Home, text: str) -> None:
    with database.atomic():
        audit.record("lea", "candidates.correct", "candidate", 1, before={"name": ""}, after={"name": text})
    assert json.loads(AuditPayload.get().body)["after"] == {"name": text}
    assert audit.verify().sound


def test_only_what_differs_is_kept(any_home: Home) -> None:
    with database.atomic():
        audit.record("lea", "rooms.change", "room", 1, before={"a": 1, "b": 2}, after={"a": 1, "b": 3}, why="x")
    assert json.loads(AuditPayload.get().body) == {"before": {"b": 2}, "after": {"b": 3}, "why": "x"}
