"""Searching where very many candidates can be meant: ranks are drawn in alphabetical order, no more than are shown.

The text index gives them in that order. Where no word is typed, the order itself is walked. Each row is tested, where
there is something to test.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from examtui.database.connection import is_postgresql
from examtui.model.base import database
from examtui.search.clauses import Clause, mark, ranks_given
from examtui.search.found import Found
from examtui.search.memory import Memory
from examtui.search.rows import PAGE, Row, rows_at
from examtui.search.terms import Terms
from examtui.search.text_index import EVERYONE, Ranks, ranks_of

_HEAD = 1001
_TESTED_AT_ONCE = 1000
_TESTED_FOR_A_PAGE = 2000
_MOST_TESTED = 10_000
_DRAWN_AT_ONCE = 2000
_kept = Memory(4)


class Source(Hashable, Protocol):
    """Where ranks are drawn from, in order; hashable, since what was drawn is kept."""

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Return at most ``most`` ranks, fewer if they are too rare to find at once, and whether that is all."""

    def every(self) -> Sequence[int]:
        """Return all ranks."""


@dataclass(frozen=True)
class Stream:
    """The candidates found, drawn from ``source`` as they are asked for.

    ``whole`` finds all of them by a better way than ``source``, where there is one.
    """

    source: Source
    whole: "Callable[[], Found | Stream | None]" = field(default=lambda: None, compare=False)

    def shows_a_page(self) -> bool:
        """Whether drawing gave a page, or everybody."""
        ranks, complete = self._head
        return complete or len(ranks) >= PAGE

    def settled(self) -> Found:
        """All of them, however long it takes."""
        ranks, complete = self._head
        return Found(ranks) if complete else self._all

    def count(self, most: int) -> tuple[int, bool]:
        """How many there are, at most ``most`` (1000), and whether that is all."""
        ranks, complete = self._head
        return min(len(ranks), most), complete and len(ranks) <= most

    def total(self) -> int:
        """How many there are, however long it takes."""
        return self.settled().total()

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
        return _kept.get(self.source, self._find_all)

    def _find_all(self) -> Found:
        better = self.whole()
        return Found(self.source.every()) if better is None else better.settled()


@dataclass(frozen=True)
class Indexed:
    """The candidates that the text index gives."""

    ranks: Ranks

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Draw from the index, which stops early."""
        ranks = self.ranks.read(ending=f" LIMIT {most}")
        return ranks, len(ranks) < most

    def every(self) -> Sequence[int]:
        """Draw all: a few hundred thousand take some hundredths of a second."""
        return array("q", self.ranks.read())


@dataclass(frozen=True)
class Sifted:
    """Those whom the text index gives that are among ``kept``, which ``name`` tells from other sets."""

    ranks: Ranks
    name: Hashable
    kept: frozenset[int] = field(compare=False)

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
        for drawn in self.ranks.batches(_DRAWN_AT_ONCE):
            for rank in drawn:
                if rank in self.kept:
                    yield rank


@dataclass(frozen=True)
class Listed:
    """Those of ``ranks``, which ``name`` tells from other lists, of whom ``tests`` are true."""

    name: Hashable
    tests: tuple[Clause, ...]
    ranks: Sequence[int] = field(compare=False)

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Test until there are enough."""
        return _first_true(self._batches(), self.tests, most)

    def every(self) -> Sequence[int]:
        """Test all."""
        return array("q", [rank for batch in self._batches() for rank in _true_of(batch, self.tests)])

    def _batches(self) -> Iterator[Sequence[int]]:
        for start in range(0, len(self.ranks), _TESTED_AT_ONCE):
            yield self.ranks[start : start + _TESTED_AT_ONCE]


@dataclass(frozen=True)
class Tested:
    """The candidates of whom ``tests`` are true, among those of ``ranks``."""

    ranks: Ranks
    tests: tuple[Clause, ...]

    def first(self, most: int) -> tuple[Sequence[int], bool]:
        """Make 10 000 tests, far fewer where many are true, and twice as many for the second half of a page."""
        return _first_true(self.ranks.batches(_TESTED_AT_ONCE), self.tests, most)

    def every(self) -> Sequence[int]:
        """Make all tests: this may take seconds."""
        return array("q", self.ranks.with_candidates().read(self.tests))

    def near(self, rank: int, limit: int, *, backward: bool) -> Sequence[int]:
        """Return the ranks next to ``rank``: to test its neighbours costs less than to draw every one."""
        if is_postgresql(database):
            return self._near_in_batches(rank, limit, backward=backward)
        beside = self.ranks.with_candidates()
        comparison, order = ("<", " DESC") if backward else (">", "")
        tests = [*self.tests, Clause(f"{beside.rank} {comparison} {mark()}", (rank,))]
        found = beside.read(tests, f"{order} LIMIT {limit}")
        return found[::-1] if backward else found

    def _near_in_batches(self, rank: int, limit: int, *, backward: bool) -> Sequence[int]:
        """PostgreSQL would rather join and sort all that is meant than follow the order."""
        found: list[int] = []
        for drawn in self.ranks.neighbours(rank, limit, backward=backward):
            true = _true_of(drawn, self.tests)
            found = [*true, *found] if backward else [*found, *true]
            if len(found) >= limit:
                break
        return found[-limit:] if backward else found[:limit]


def source_of(terms: Terms, tests: Sequence[Clause]) -> Source:
    """Return the source of candidates whose words hold what was typed and of whom ``tests`` are true."""
    ranks = ranks_of(terms)
    if terms.words and not tests:
        return Indexed(ranks)
    return Tested(ranks, tuple(tests))


def _first_true(batches: Iterable[Sequence[int]], tests: Sequence[Clause], most: int) -> tuple[Sequence[int], bool]:
    """Return the first ranks of whom ``tests`` are true, and whether that is all.

    They are ``most``, unless these are far: then a page is enough. It is given up where it would take too long to fill.
    """
    found: list[int] = []
    tested = 0
    for batch in batches:
        found += _true_of(batch, tests)
        tested += len(batch)
        is_enough = len(found) >= PAGE and tested >= _TESTED_FOR_A_PAGE
        most_tested = _MOST_TESTED if len(found) < PAGE // 2 else 2 * _MOST_TESTED
        if len(found) >= most or is_enough or tested >= most_tested:
            return found[:most], False
    return found, True


def _true_of(ranks: Sequence[int], tests: Sequence[Clause]) -> list[int]:
    select = EVERYONE.select([ranks_given(ranks), *tests])
    return [row[0] for row in database.execute_sql(select.sql, select.values).fetchall()]
