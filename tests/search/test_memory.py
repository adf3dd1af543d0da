"""What is remembered is forgotten after the changes that searches see, and after no other."""

import pytest

from examtui.audit import record
from examtui.audit.labels import SUBJECT_LABELS
from examtui.home import Home, connected
from examtui.model import AuditEntry, AuditHead
from examtui.model.base import database
from examtui.search.memory import _NEVER_SOUGHT, Memory, version


def _write(subject: str) -> None:
    """Log a change as another program does: on a connection of its own."""
    database.close()
    with connected(), database.atomic():
        record("secretariat", "test", subject, 1)
    database.connect()


@pytest.mark.parametrize("subject", sorted(SUBJECT_LABELS))
def test_only_what_searches_see_is_forgotten(any_home: Home, subject: str) -> None:
    _write("candidate")
    before = version()
    _write(subject)
    assert (version() == before) == (subject in _NEVER_SOUGHT)
    _write("user")
    _write("candidate")
    assert version() != before


def test_a_log_that_is_another_one_forgets(any_home: Home) -> None:
    _write("candidate")
    before = version()
    AuditHead.update(count=AuditHead.count + 1, mac="f" * 64).execute()
    assert version() != before
    AuditHead.update(count=AuditHead.count + 1, mac="e" * 64).execute()
    assert AuditEntry.select().count() == 1
    assert version() != before


def test_what_is_kept_is_made_once(any_home: Home) -> None:
    _write("candidate")
    memory = Memory(2)
    made: list[str] = []

    def ask(key: str) -> str:
        return memory.get(key, lambda: made.append(key) or key)

    assert [ask("a"), ask("a"), ask("b")] == ["a", "a", "b"]
    assert made == ["a", "b"]
    _write("user")
    assert (ask("a"), made) == ("a", ["a", "b"])
    _write("registration")
    assert memory.peek("a") is None
    assert (ask("a"), made) == ("a", ["a", "b", "a"])
    ask("b")
    ask("c")
    assert memory.peek("a") is None
