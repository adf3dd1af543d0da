"""What searches remember between two keystrokes, forgotten as soon as the data changed.

Every change leaves an audit entry in its transaction, so the head of the audit log is a version of the whole database
that costs microseconds to read. Entries about what no search looks at (accounts, settings, saved selections…) leave
what is remembered as it is. The last ids and SQLite's own counter add what a test or a bulk load wrote without one.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from examtui import home
from examtui.database.connection import is_postgresql
from examtui.model.base import database
from examtui.search.clauses import mark

T = TypeVar("T")

_VERSION = (
    "SELECT (SELECT count FROM audit_head), (SELECT mac FROM audit_head), (SELECT max(id) FROM candidate), "
    "(SELECT max(id) FROM registration), (SELECT max(id) FROM assignment)"
)
_NEVER_SOUGHT = ("delegation", "saved_selection", "service_opening", "service_window", "setting", "user")
"""The subjects of audit entries that change nobody's place in a search. Scopes are part of what is remembered."""

_MOST_ENTRIES = 12
Head = tuple[int | None, str | None]


def version() -> tuple[Any, ...]:
    """Return a value that differs after any change of what searches look at."""
    written = 0 if is_postgresql(database) else database.connection().total_changes
    count, mac, *last_ids = database.execute_sql(_VERSION).fetchone()
    path = str(home.current().path)
    return (path, written, *_heads.last_that_mattered(path, (count, mac)), *last_ids)


class _Heads:
    """By home, the head of the audit log that was seen last, and the last one after a change that searches see."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Head, Head]] = {}
        self._lock = Lock()

    def last_that_mattered(self, path: str, head: Head) -> Head:
        with self._lock:
            seen, mattered = self._seen.get(path, (None, head))
        if seen is not None and seen != head and not self._only_adds_unsought(seen, head):
            mattered = head
        with self._lock:
            self._seen[path] = (head, mattered)
        return mattered

    @staticmethod
    def _only_adds_unsought(seen: Head, head: Head) -> bool:
        """Whether the log holds both, and between them nothing but what no search looks at."""
        if seen[0] is None or head[0] is None or seen[0] >= head[0]:
            return False
        at = f"SELECT mac FROM audit_entry WHERE id = {mark()}"
        sql = (
            f"SELECT ({at}), ({at}), EXISTS (SELECT 1 FROM audit_entry WHERE id > {mark()} "
            f"AND subject_type NOT IN ({', '.join([mark()] * len(_NEVER_SOUGHT))}))"
        )
        first, last, others = database.execute_sql(sql, (seen[0], head[0], seen[0], *_NEVER_SOUGHT)).fetchone()
        return (first, last) == (seen[1], head[1]) and not others


_heads = _Heads()


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
