"""Finding candidates by text and criteria, page by page, in alphabetical order (PRODUCT.md §1).

Rows are drawn from the text index, or from the order itself, and tested one by one (``stream``): where many are meant a
page is soon full. Else, and wherever a school's scope leaves few, those whom scope and criteria leave are found by the
criteria's indexes and kept (``universe``): for a moment's wait, the exact count, any place in the list, and all that is
typed after that.
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
from examtui.search.universe import MOST_RANKS, Universe, read_universe, size_of

MOST_COUNTED = 1000
MOST_CANDIDATES = 10_000
"""As many as are matched in memory: some megabytes of words."""

_MOST_BY_NUMBER = 10_000

_sides = Memory()
_universes = Memory(4)


@dataclass(frozen=True)
class Count:
    """How many candidates were found: ``value`` of them, or at least so many where it is not ``exact``."""

    value: int
    exact: bool

    @property
    def label(self) -> str:
        """The count in French, with its noun: «2 candidats», «plus de 1000 candidats»."""
        return self.of("candidat")

    def of(self, noun: str) -> str:
        """The count in French of a masculine ``noun`` given in the singular: «2 élèves», «aucun élève»."""
        named = f"{noun}s" if self.value > 1 else noun
        if not self.exact:
            prefix = "plus de" if self.value >= MOST_COUNTED else "au moins"
            return f"{prefix} {self.value} {named}"
        if not self.value:
            return f"aucun {noun}"
        return f"{self.value:,} {named}".replace(",", " ")


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
        universe = self._universe(self._restrictions())
        if universe is None or len(universe.ranks) > MOST_CANDIDATES:
            return None
        return list(dict.fromkeys(word for words, _, _ in universe.details for word in words.split()))

    @cached_property
    def _found(self) -> Found | Stream | Everybody:
        sides = self._restrictions()
        if not sides and not self.terms:
            return Everybody()
        tests = [side.predicate for side in sides]
        return self._kept(sides, at_once=True) or self._by_number(tests, _MOST_BY_NUMBER) or self._drawn(sides, tests)

    def _kept(self, sides: Sequence[Side], *, at_once: bool = False) -> Found | Stream | None:
        """Where scope and criteria leave a fifth of a million or less: look among these."""
        universe = self._universe(sides, at_once=at_once)
        if universe is None:
            return None
        if not self.terms or len(universe.ranks) <= MOST_CANDIDATES:
            return universe.matching(self.terms)
        if self.terms.number:
            return None
        return Stream(Sifted(ranks_of(self.terms), _name(sides), universe.members))

    @staticmethod
    def _universe(sides: Sequence[Side], *, at_once: bool = False) -> Universe | None:
        """Read whom ``sides`` leave, by the one that selects the fewest; ``at_once``: only if that takes no time."""
        drivers = [side for side in sides if side.ids is not None]
        few = [side for side in drivers if side.few]
        if not drivers:
            return None
        if at_once and not few:
            kept: Universe | None = _universes.peek(_name(sides))
            return kept

        def read() -> Universe | None:
            chosen = (few or drivers)[0] if few or len(drivers) == 1 else min(drivers, key=_size)
            others = [side.predicate for side in sides if side is not chosen]
            return None if chosen.ids is None else read_universe(chosen.ids, others)

        return _universes.get(_name(sides), read)

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

    def _drawn(self, sides: Sequence[Side], tests: Sequence[Clause]) -> Found | Stream:
        """Draw a page in the order, if it soon is full; else take the time to find everybody by the criteria."""

        def whole() -> Found | Stream | None:
            return self._kept(sides) or self._by_number(tests, MOST_RANKS)

        each = [number_predicate(self.terms), *tests] if self.terms.number else tests
        drawn = Stream(source_of(self.terms, each), whole)
        return drawn if drawn.shows_a_page() else whole() or drawn

    def _restrictions(self) -> list[Side]:
        scope = self._scope
        side = _sides.get(scope, lambda: scope_side(scope))
        return [*([side] if side else []), *map(condition_side, self._conditions)]


def _name(sides: Sequence[Side]) -> tuple[Clause, ...]:
    return tuple(side.predicate for side in sides)


def _size(side: Side) -> int:
    return 0 if side.ids is None else size_of(side.ids, MOST_CANDIDATES)
