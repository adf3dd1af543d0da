"""Searching where few candidates can be meant: a school's, or those of selective criteria.

Their ranks are read once, in alphabetical order, and kept until the data changes. Where they are some thousands, their
folded words are too, and a keystroke is a walk through memory; more of them sift what the text index gives.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from examtui.model.base import database
from examtui.search.clauses import Clause, both, ranks_given
from examtui.search.found import Found
from examtui.search.terms import Terms

MOST_RANKS = 200_000
_READ_AT_ONCE = 2000
Details = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Universe:
    """The candidates that can be meant, as their ranks in order."""

    ranks: Sequence[int]

    @cached_property
    def details(self) -> Sequence[Details]:
        """The words of each, with a blank before each word, its number and its INE."""
        return list(self._read())

    @cached_property
    def members(self) -> frozenset[int]:
        """The ranks, to tell who is among them."""
        return frozenset(self.ranks)

    def matching(self, terms: Terms) -> Found:
        """Return those that the text means."""
        if not terms:
            return Found(self.ranks)
        matches = terms.filter()
        return Found([rank for rank, details in zip(self.ranks, self.details, strict=True) if matches(*details)])

    def _read(self) -> Iterator[Details]:
        for start in range(0, len(self.ranks), _READ_AT_ONCE):
            given = ranks_given(self.ranks[start : start + _READ_AT_ONCE])
            sql = 'SELECT \' \' || "t1".words, "t1".number, "t1".ine FROM candidate AS "t1" '
            yield from database.execute_sql(f'{sql} WHERE {given.sql} ORDER BY "t1".rank', given.values).fetchall()


def read_universe(ids: Clause, predicates: Sequence[Clause]) -> Universe | None:
    """Read the candidates whom ``ids`` selects and of whom ``predicates`` are true; None if they are over 200 000."""
    restriction = both(predicates)
    rows = database.execute_sql(
        f'WITH s (id) AS ({ids.sql}) SELECT DISTINCT "t1".rank FROM s CROSS JOIN candidate AS "t1" '
        f'WHERE "t1".id = s.id AND {restriction.sql} LIMIT {MOST_RANKS + 1}',
        ids.values + restriction.values,
    ).fetchall()
    return None if len(rows) > MOST_RANKS else Universe(array("q", sorted(row[0] for row in rows)))


def size_of(ids: Clause, most: int) -> int:
    """Return how many ids are selected, up to ``most``, repeated ones each time."""
    counted = f"SELECT count(*) FROM (SELECT * FROM ({ids.sql}) AS s0 LIMIT {most}) AS s"
    return int(database.execute_sql(counted, ids.values).fetchone()[0])
