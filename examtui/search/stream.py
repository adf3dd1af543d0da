"""Searching where very many candidates can be meant: ranks are drawn in alphabetical order, no more than are shown.

On SQLite the text index gives them in that order. On PostgreSQL, and where no word is typed, the order itself is walked
and each row tested; words that few names hold do not come here on PostgreSQL (see ``query``).
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from examtui.database.connection import is_postgresql
from examtui.model.base import database
from examtui.search.clauses import Clause, both, mark, words_predicate
from examtui.search.found import Found
from examtui.search.memory import Memory
from examtui.search.rows import Row, rows_at
from examtui.search.terms import Terms, fts_expression

_HEAD = 1001
_MOST_TESTED = 10_000
_DRAWN_AT_ONCE = 2000
_kept = Memory(4)


class Source(Hashable, Protocol):
    """Where ranks are drawn from, in order; hashable, since what was drawn is kept."""

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Return at most ``most`` ranks, fewer if they are too rare to find at once, and whether that is all."""

    def every(self) -> Sequence[int]:
        """Return all ranks."""


class Cursor(Protocol):
    """A cursor of the database's driver."""

    def fetchall(self) -> list[tuple[int]]:
        """All rows."""

    def fetchmany(self, size: int) -> list[tuple[int]]:
        """The next rows."""


@dataclass(frozen=True)
class Stream:
    """The candidates found, drawn from ``source`` as they are asked for."""

    source: Source

    def count(self, most: int) -> tuple[int, bool]:
        """How many there are, at most ``most`` (1000), and whether that is all."""
        ranks, complete = self._head
        return min(len(ranks), most), complete and len(ranks) <= most

    def total(self) -> int:
        """How many there are, however long it takes."""
        ranks, complete = self._head
        return len(ranks) if complete else self._all.total()

    def after(self, rank: int, limit: int) -> list[Row]:
        """The first ones after ``rank``."""
        ranks, complete = self._head
        start = bisect_right(ranks, rank)
        if complete or start + limit <= len(ranks):
            return rows_at(ranks[start : start + limit])
        if isinstance(self.source, Tested):
            return rows_at(self.source.near(rank, limit, backward=False))
        return self._all.after(rank, limit)

    def before(self, rank: int, limit: int) -> list[Row]:
        """The last ones before ``rank``, in order."""
        ranks, complete = self._head
        if complete or (ranks and rank <= ranks[-1]):
            end = bisect_left(ranks, rank)
            return rows_at(ranks[max(0, end - limit) : end])
        if isinstance(self.source, Tested):
            return rows_at(self.source.near(rank, limit, backward=True))
        return self._all.before(rank, limit)

    def at(self, position: int, limit: int) -> list[Row]:
        """Those from ``position`` (0: the first) on."""
        ranks, complete = self._head
        if complete or position + limit <= len(ranks):
            return rows_at(ranks[position : position + limit])
        return self._all.at(position, limit)

    def position(self, rank: int) -> int:
        """How many stand before ``rank``."""
        ranks, complete = self._head
        if complete or (ranks and rank <= ranks[-1]):
            return bisect_left(ranks, rank)
        return self._all.position(rank)

    @cached_property
    def _head(self) -> tuple[Sequence[int], bool]:
        """The first ranks, and whether that is all; all of them where they are at hand."""
        kept: Found | None = _kept.peek(self.source)
        return self.source.first(_HEAD) if kept is None else (kept.ranks, True)

    @cached_property
    def _all(self) -> Found:
        return _kept.get(self.source, lambda: Found(self.source.every()))


@dataclass(frozen=True)
class Indexed:
    """SQLite: the candidates that the expression ``match`` finds in the text index."""

    match: str

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Draw from the index, which stops early."""
        ranks = [row[0] for row in self.draw(f" LIMIT {most}").fetchall()]
        return ranks, len(ranks) < most

    def every(self) -> Sequence[int]:
        """Draw all: a few hundred thousand take some hundredths of a second."""
        return array("q", [row[0] for row in self.draw().fetchall()])

    def draw(self, limit: str = "") -> Cursor:
        """Run the search in the index."""
        cursor: Cursor = database.execute_sql(
            f"SELECT rowid FROM candidate_index WHERE candidate_index MATCH ? ORDER BY rowid{limit}", (self.match,)
        )
        return cursor


@dataclass(frozen=True, eq=False)
class Sifted:
    """SQLite: those of ``indexed`` that are among ``ranks``."""

    indexed: Indexed
    ranks: frozenset[int]

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Draw until there are enough."""
        found: list[int] = []
        for rank in self._draw():
            found.append(rank)
            if len(found) == most:
                return found, False
        return found, True

    def every(self) -> Sequence[int]:
        """Draw all."""
        return array("q", self._draw())

    def _draw(self) -> Iterator[int]:
        cursor = self.indexed.draw()
        while drawn := cursor.fetchmany(_DRAWN_AT_ONCE):
            for (rank,) in drawn:
                if rank in self.ranks:
                    yield rank


@dataclass(frozen=True)
class Tested:
    """The candidates of whom ``tests`` are true, in the text index (SQLite, ``match``) or in the whole order."""

    match: str
    tests: tuple[Clause, ...]

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Make 10 000 tests at most, and far fewer where most are true."""
        found: list[int] = []
        tested, cursor = 0, self._draw()
        while len(found) < most and (drawn := [row[0] for row in cursor.fetchmany(most)]):
            found += self._true_of(drawn)
            tested += len(drawn)
        return found[:most], tested < _MOST_TESTED and len(found) < most

    def _draw(self) -> Cursor:
        if self.match:
            return Indexed(self.match).draw(f" LIMIT {_MOST_TESTED}")
        cursor: Cursor = database.execute_sql(f"SELECT rank FROM candidate ORDER BY rank LIMIT {_MOST_TESTED}")
        return cursor

    def _true_of(self, ranks: list[int]) -> list[int]:
        tests = both(self.tests)
        if not ranks:
            return []
        marks = ", ".join([mark()] * len(ranks))
        sql = f'SELECT "t1".rank FROM candidate AS "t1" WHERE "t1".rank IN ({marks}) AND {tests.sql} ORDER BY "t1".rank'
        return [row[0] for row in database.execute_sql(sql, (*ranks, *tests.values)).fetchall()]

    def every(self) -> Sequence[int]:
        """Make all tests: this may take seconds."""
        return array("q", self._ranks("", 0))

    def near(self, rank: int, limit: int, *, backward: bool) -> Sequence[int]:
        """Return the ranks next to ``rank``: to test its neighbours costs less than to draw every one."""
        if backward:
            return self._ranks("<", rank, f" DESC LIMIT {limit}")[::-1]
        return self._ranks(">", rank, f" LIMIT {limit}")

    def _ranks(self, comparison: str, rank: int, ending: str = "") -> list[int]:
        tests = both(self.tests)
        column, source, values = '"t1".rank', f'candidate AS "t1" WHERE {tests.sql}', tests.values
        if self.match:
            column = "candidate_index.rowid"
            source = (
                'candidate_index CROSS JOIN candidate AS "t1" '
                f'WHERE candidate_index MATCH ? AND "t1".rank = candidate_index.rowid AND {tests.sql}'
            )
            values = (self.match, *values)
        if comparison:
            source += f" AND {column} {comparison} {mark()}"
            values = (*values, rank)
        rows = database.execute_sql(f"SELECT {column} FROM {source} ORDER BY {column}{ending}", values).fetchall()
        return [row[0] for row in rows]


def source_of(terms: Terms, tests: Sequence[Clause]) -> Source:
    """Return the source of candidates whose words hold what was typed and of whom ``tests`` are true."""
    if is_postgresql(database):
        return Tested("", (words_predicate(terms), *tests) if terms.words else tuple(tests))
    match = fts_expression(terms)
    if match and not tests:
        return Indexed(match)
    return Tested(match, tuple(tests))
