"""Searching where few candidates can be meant: a school's, or those of selective criteria.

They are read once with their folded words, in alphabetical order, and kept until the data changes; then a keystroke, a
page or a jump is a walk through memory.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from examtui.model.base import database
from examtui.search.clauses import Clause, both
from examtui.search.found import Found
from examtui.search.terms import Terms

MOST_RANKS = 200_000


@dataclass(frozen=True)
class Universe:
    """The candidates that can be meant, in alphabetical order: their ranks, words, numbers and INE."""

    ranks: tuple[int, ...]
    details: tuple[tuple[str, str | None, str | None], ...]

    def matching(self, terms: Terms) -> "Found":
        """Return those that the text means."""
        if not terms:
            return Found(self.ranks)
        matches = terms.filter()
        return Found(
            tuple(
                rank
                for rank, (words, number, ine) in zip(self.ranks, self.details, strict=True)
                if matches(words, number, ine)
            )
        )


def read_universe(ids: Clause, predicates: Sequence[Clause], most: int) -> Universe | None:
    """Read the candidates whom ``ids`` selects and of whom ``predicates`` are true; None if ids are over ``most``."""
    if _selects_over(ids, most):
        return None
    restriction = both(predicates)
    rows = database.execute_sql(
        f'WITH s (id) AS ({ids.sql}) SELECT DISTINCT "t1".rank, \' \' || "t1".words, "t1".number, "t1".ine '
        f'FROM s CROSS JOIN candidate AS "t1" WHERE "t1".id = s.id AND {restriction.sql}',
        ids.values + restriction.values,
    ).fetchall()
    rows.sort()
    return Universe(tuple(row[0] for row in rows), tuple(row[1:] for row in rows))


def read_ranks(ids: Clause, predicates: Sequence[Clause]) -> Sequence[int] | None:
    """Read the ranks alone, in order, of the candidates that ``read_universe`` finds too many; None above 200 000."""
    if _selects_over(ids, MOST_RANKS):
        return None
    restriction = both(predicates)
    rows = database.execute_sql(
        f'WITH s (id) AS ({ids.sql}) SELECT DISTINCT "t1".rank '
        f'FROM s CROSS JOIN candidate AS "t1" WHERE "t1".id = s.id AND {restriction.sql}',
        ids.values + restriction.values,
    ).fetchall()
    return array("q", sorted(row[0] for row in rows))


def _selects_over(ids: Clause, most: int) -> bool:
    counted = f"SELECT count(*) FROM (SELECT * FROM ({ids.sql}) AS s0 LIMIT {most + 1}) AS s"
    return int(database.execute_sql(counted, ids.values).fetchone()[0]) > most
