"""Finding candidates by text and criteria, page by page, in alphabetical order (PRODUCT.md §1).

Two ways, chosen by what is selective. Where a school's scope, the criteria or a number leave at most some thousands of
candidates, these are read whole and kept (``universe``). Else rows are drawn from the text index, or from the order
itself, and tested one by one (``stream``): so many are meant that a page is soon full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from examtui.access import Scope
from examtui.model.base import database
from examtui.search.clauses import (
    Clause,
    Side,
    condition_side,
    number_predicate,
    number_ranks,
    scope_side,
    words_predicate,
)
from examtui.search.condition import Condition
from examtui.search.fold import words_of
from examtui.search.found import FIRST, Found
from examtui.search.memory import Memory
from examtui.search.order import Everybody
from examtui.search.ranks import rank_up_to
from examtui.search.rows import PAGE, Row
from examtui.search.stream import Listed, Sifted, Stream, source_of
from examtui.search.terms import parse
from examtui.search.text_index import ranks_of
from examtui.search.universe import MOST_RANKS, Universe, read_ranks, read_universe

MOST_COUNTED = 1000
MOST_CANDIDATES = 20_000
"""As many as are read whole: some megabytes of words."""

_MOST_BY_NUMBER = 10_000

_sides = Memory()
_universes = Memory(6)
_sieves = Memory(2)


@dataclass(frozen=True)
class Count:
    """How many candidates were found: ``value`` of them, or at least so many where it is not ``exact``."""

    value: int
    exact: bool

    @property
    def label(self) -> str:
        """The count in French, with its noun: «2 candidats», «plus de 1000 candidats»."""
        if not self.exact:
            prefix = "plus de" if self.value >= MOST_COUNTED else "au moins"
            return f"{prefix} {self.value} candidat{'s' if self.value > 1 else ''}"
        if not self.value:
            return "aucun candidat"
        return f"{self.value:,} candidat{'s' if self.value > 1 else ''}".replace(",", " ")


class CandidateQuery:
    """The candidates of ``scope`` whom ``text`` means and of whom all ``conditions`` are true; for one use at once.

    A page is keyed by the rank of the row that it follows or precedes; positions count from 0.
    """

    def __init__(self, text: str, scope: Scope, conditions: Sequence[Condition] = ()) -> None:
        self.terms = parse(text)
        self._scope = scope
        self._conditions = tuple(conditions)

    def page(self, *, after: int | None = None, before: int | None = None, limit: int = PAGE) -> list[Row]:
        """Return the rows after a rank, or before one, or the first ones."""
        if before is not None:
            return self._found.before(before, limit)
        return self._found.after(FIRST if after is None else after, limit)

    def at(self, position: int, limit: int = PAGE) -> list[Row]:
        """Return the rows from ``position`` on."""
        return self._found.at(max(0, position), limit)

    def position(self, rank: int) -> int:
        """Return how many of the candidates found stand before ``rank``."""
        return self._found.position(rank)

    def position_of_name(self, start: str) -> int:
        """Return the position of the first candidate found whose name begins with ``start`` or comes after it."""
        return self._found.position(rank_up_to(" ".join(words_of(start))) + 1)

    def count(self) -> Count:
        """Return how many were found, up to 1000: fast enough for each keystroke."""
        return Count(*self._found.count(MOST_COUNTED))

    def total(self) -> int:
        """Return how many were found, exactly: to be asked when there is time."""
        return self._found.total()

    def few_words(self) -> list[str] | None:
        """Return the words of the names that scope and conditions leave, where these are few; None where many."""
        universe = self._few(self._restrictions())
        if universe is None:
            return None
        return list(dict.fromkeys(word for words, _, _ in universe.details for word in words.split()))

    @cached_property
    def _found(self) -> Found | Stream | Everybody:
        sides = self._restrictions()
        if not sides and not self.terms:
            return Everybody()
        tests = [side.predicate for side in sides]
        return (
            self._among_few(sides, at_once=True)
            or self._among_some(sides, at_once=True)
            or self._by_number(tests, _MOST_BY_NUMBER)
            or self._drawn(sides, tests)
        )

    def _among_few(self, sides: Sequence[Side], *, at_once: bool = False) -> Found | None:
        """Where scope or criteria leave some thousands: look at these; ``at_once`` if that takes no time."""
        universe = self._few(sides, at_once=at_once)
        return None if universe is None else universe.matching(self.terms)

    def _few(self, sides: Sequence[Side], *, at_once: bool = False) -> Universe | None:
        for side in sides:
            if side.ids is not None:
                others = [other.predicate for other in sides if other is not side]
                universe = self._universe(side.ids, others, only_kept=at_once and not side.few)
                if universe is not None:
                    return universe
        return None

    def _by_number(self, tests: Sequence[Clause], most: int) -> Found | Stream | None:
        """Where the number leaves at most ``most``: look at these."""
        if not self.terms.number:
            return None
        select = number_ranks(self.terms)
        rows = database.execute_sql(f"{select.sql} LIMIT {most + 1}", select.values).fetchall()
        if len(rows) > most:
            return None
        ranks = sorted({row[0] for row in rows})
        if self.terms.words:
            tests = [words_predicate(self.terms), *tests]
        return Stream(Listed(select, tuple(tests), ranks)) if tests else Found(ranks)

    def _among_some(self, sides: Sequence[Side], *, at_once: bool = False) -> Found | Stream | None:
        """Where criteria leave a tenth or less of many: keep their ranks, and sift what the text index gives."""
        if self.terms.number:
            return None
        for side in sides:
            if side.ids is not None:
                name = (side.ids, tuple(other.predicate for other in sides if other is not side))
                kept = _sieve(*name, only_kept=at_once)
                if kept is not None:
                    found, ranks = kept
                    return Stream(Sifted(ranks_of(self.terms), name, ranks)) if self.terms.words else found
        return None

    def _drawn(self, sides: Sequence[Side], tests: Sequence[Clause]) -> Found | Stream:
        """Draw a page in the order, if it soon is full; else take the time to find everybody by the criteria."""

        def whole() -> Found | Stream | None:
            return self._among_few(sides) or self._among_some(sides) or self._by_number(tests, MOST_RANKS)

        each = [number_predicate(self.terms), *tests] if self.terms.number else tests
        drawn = Stream(source_of(self.terms, each), whole)
        return drawn if drawn.shows_a_page() else whole() or drawn

    @staticmethod
    def _universe(ids: Clause, tests: Sequence[Clause], *, only_kept: bool = False) -> Universe | None:
        key, most = (ids, tuple(tests)), MOST_CANDIDATES
        if only_kept:
            kept: Universe | None = _universes.peek(key)
            return kept
        return _universes.get(key, lambda: read_universe(ids, tests, most))

    def _restrictions(self) -> list[Side]:
        scope = self._scope
        side = _sides.get(scope, lambda: scope_side(scope))
        return [*([side] if side else []), *map(condition_side, self._conditions)]


def _sieve(ids: Clause, tests: tuple[Clause, ...], *, only_kept: bool = False) -> tuple[Found, frozenset[int]] | None:
    def read() -> tuple[Found, frozenset[int]] | None:
        ranks = read_ranks(ids, tests)
        return None if ranks is None else (Found(ranks), frozenset(ranks))

    if only_kept:
        kept: tuple[Found, frozenset[int]] | None = _sieves.peek((ids, tests))
        return kept
    return _sieves.get((ids, tests), read)
