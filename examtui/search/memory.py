"""What searches remember between two keystrokes, forgotten as soon as the data changed.

Every change leaves an audit entry in its transaction, so the head of the audit log is a version of the whole database
that costs microseconds to read; the last ids and SQLite's own counter add what a test or a bulk load wrote without one.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from examtui import home
from examtui.database.connection import is_postgresql
from examtui.model.base import database

T = TypeVar("T")

_VERSION = (
    "SELECT (SELECT mac FROM audit_head), (SELECT max(id) FROM candidate), (SELECT max(id) FROM registration), "
    "(SELECT max(id) FROM assignment)"
)
_MOST_ENTRIES = 12


def version() -> tuple[Any, ...]:
    """Return a value that differs after any change of the database."""
    written = 0 if is_postgresql(database) else database.connection().total_changes
    return (str(home.current().path), written, *database.execute_sql(_VERSION).fetchone())


class Memory:
    """A few results by key, each good for the version of the database in which it was made; shared by threads."""

    def __init__(self, most: int = _MOST_ENTRIES) -> None:
        self._most = most
        self._entries: OrderedDict[Hashable, tuple[tuple[Any, ...], Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gave for ``key``, calling it when the data changed since, or when it never was."""
        now = version()
        held = self._held(key, now)
        if held is not None:
            value: T = held[1]
            return value
        value = make()
        with self._lock:
            self._entries[key] = (now, value)
            self._entries.move_to_end(key)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
        return value

    def peek(self, key: Hashable) -> Any:
        """Return what is held for ``key``, or None."""
        held = self._held(key, version()) if key in self._entries else None
        return None if held is None else held[1]

    def _held(self, key: Hashable, now: tuple[Any, ...]) -> tuple[tuple[Any, ...], Any] | None:
        with self._lock:
            held = self._entries.get(key)
            if held is None or held[0] != now:
                return None
            self._entries.move_to_end(key)
            return held
