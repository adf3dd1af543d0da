"""The text index as SQL: the ranks of the candidates whose words begin as what was typed, in alphabetical order.

SQLite has FTS5. PostgreSQL has the table ``candidate_start``: for each candidate the first letters of its words and the
words themselves, with its rank, so that the ranks stand in order under each start and a LIMIT stops early there too
(``database/triggers.py``). A GIN index gives no order: it reads every row that is meant before the first is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from examtui.database.connection import is_postgresql
from examtui.database.triggers import LONGEST_START, SHORT_STARTS
from examtui.model.base import database
from examtui.search.clauses import Clause, both, words_predicate
from examtui.search.found import FIRST
from examtui.search.terms import Terms, fts_expression

_AFTER_ALL = "\U0010ffff"
"""No word holds it, so that a start followed by it is after all words that begin so."""


@dataclass(frozen=True)
class Ranks:
    """A select of ranks: ``rank`` names their column in ``source``, a FROM clause, where ``condition`` is true."""

    rank: str
    source: Clause
    condition: Clause | None = None

    def select(self, tests: Sequence[Clause] = (), ending: str = "") -> Clause:
        """Return the select in order, with ``tests`` of its rows."""
        where = both([*([self.condition] if self.condition else []), *tests])
        sql = f"SELECT {self.rank} FROM {self.source.sql} WHERE {where.sql} ORDER BY {self.rank}{ending}"
        return Clause(sql, self.source.values + where.values)

    def with_candidates(self) -> "Ranks":
        """Return the same with the candidates' rows, as ``t1``, beside the ranks."""
        if self.source == EVERYONE.source:
            return self
        joined = Clause(f'{self.source.sql} CROSS JOIN candidate AS "t1"', self.source.values)
        beside = [Clause(f'"t1".rank = {self.rank}')]
        return Ranks(self.rank, joined, both([*([self.condition] if self.condition else []), *beside]))

    def read(self, tests: Sequence[Clause] = (), ending: str = "") -> list[int]:
        """Run the select."""
        select = self.select(tests, ending)
        return [row[0] for row in database.execute_sql(select.sql, select.values).fetchall()]

    def batches(self, size: int, most: int | None = None) -> Iterator[list[int]]:
        """Draw at most ``most`` ranks, some at a time, in order; the caller may stop."""
        if is_postgresql(database):
            # The driver fetches whatever is selected before it gives the first row.
            yield from self.neighbours(FIRST, size, most)
            return
        select = self.select(ending="" if most is None else f" LIMIT {most}")
        cursor = database.execute_sql(select.sql, select.values)
        while drawn := cursor.fetchmany(size):
            yield [row[0] for row in drawn]

    def neighbours(
        self, rank: int, size: int, most: int | None = None, *, backward: bool = False
    ) -> Iterator[list[int]]:
        """Draw from ``rank`` on, or back, in batches that double."""
        comparison, order = ("<", " DESC") if backward else (">", "")
        drawn_so_far = 0
        while most is None or drawn_so_far < most:
            wanted = size if most is None else min(size, most - drawn_so_far)
            drawn = self.read([Clause(f"{self.rank} {comparison} %s", (rank,))], f"{order} LIMIT {wanted}")
            if drawn:
                yield drawn
            if len(drawn) < wanted:
                return
            rank = drawn[-1]
            drawn_so_far += wanted
            size *= 2


EVERYONE = Ranks('"t1".rank', Clause('candidate AS "t1"'))
"""All candidates."""


def ranks_of(terms: Terms) -> Ranks:
    """Return the ranks that the text index gives for the words of ``terms``, or those of everybody without words."""
    if not terms.words:
        return EVERYONE
    if not is_postgresql(database):
        match = Clause("candidate_index MATCH ?", (fts_expression(terms),))
        return Ranks("candidate_index.rowid", Clause("candidate_index"), match)
    found = _all_of([parts[0] for parts in terms.words if len(parts) == 1], [p for p in terms.words if len(p) > 1])
    return Ranks("found.rank", Clause(f"({found.sql}) AS found", found.values), _beyond_the_index(terms))


def _all_of(starts: Sequence[str], compounds: Sequence[Sequence[str]] = ()) -> Clause:
    """Return the select of the ranks that stand under all ``starts`` and ``compounds``.

    Those under two short starts, each in order, are merged, and a LIMIT stops that early. What needs a sort is made
    whole: PostgreSQL cannot tell how many it is, and would join it row by row.
    """
    short = [_starting(start) for start in starts if len(start) in SHORT_STARTS]
    whole = [_starting(start) for start in starts if len(start) not in SHORT_STARTS] + [_either(c) for c in compounds]
    sources = [Clause(" INTERSECT ".join(f"({w.sql})" for w in whole), _values(whole)), *short] if whole else short
    if len(sources) == 1:
        return sources[0]
    joined = f"({sources[0].sql}) AS w0"
    for place, source in enumerate(sources[1:], 1):
        joined += f" JOIN ({source.sql}) AS w{place} ON w{place}.rank = w0.rank"
    return Clause(f"SELECT w0.rank FROM {joined}", _values(sources))


def _either(parts: Sequence[str]) -> Clause:
    """Return the select of the ranks that stand under all ``parts`` of a word, or under them joined."""
    ways = [_all_of(parts), _starting("".join(parts))]
    return Clause(" UNION ".join(f"({way.sql})" for way in ways), _values(ways))


def _starting(start: str) -> Clause:
    if len(start) in SHORT_STARTS:
        return Clause("SELECT rank FROM candidate_start WHERE start = %s", (start,))
    start = start[:LONGEST_START]
    return Clause(
        "SELECT DISTINCT rank FROM candidate_start WHERE start >= %s AND start < %s", (start, start + _AFTER_ALL)
    )


def ranks_of_word(word: str, *, is_start: bool) -> Clause:
    """Return the select of the ranks, on PostgreSQL, of candidates with a word or with one that it begins.

    Of a word as short or as long as the starts that are held, more are found: the caller tests them.
    """
    if is_start:
        return _starting(word)
    return Clause("SELECT rank FROM candidate_start WHERE start = %s", (word[:LONGEST_START],))


def _values(clauses: Sequence[Clause]) -> tuple[Any, ...]:
    return tuple(value for clause in clauses for value in clause.values)


def _beyond_the_index(terms: Terms) -> Clause | None:
    """Return the test of words longer than the index holds."""
    if all(len("".join(parts)) <= LONGEST_START for parts in terms.words):
        return None
    held = words_predicate(terms)
    return Clause(f'EXISTS (SELECT 1 FROM candidate AS "t1" WHERE "t1".rank = found.rank AND {held.sql})', held.values)
