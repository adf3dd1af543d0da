"""The list of all candidates, in alphabetical order, with jumps to any place in it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from examtui.model.base import database
from examtui.search.clauses import Clause, mark
from examtui.search.found import FIRST
from examtui.search.memory import Memory
from examtui.search.rows import COLUMNS, Row, rows_of

_STEP = 1024
_kept = Memory(2)


@dataclass(frozen=True)
class Everybody:
    """All candidates. The rank of each 1024th is kept until the data changes, so that no jump counts further."""

    def count(self, _most: int) -> tuple[int, bool]:
        """How many there are: that takes no time."""
        return self.total(), True

    def total(self) -> int:
        """How many there are, counted once: PostgreSQL reads an index whole for that."""
        return _kept.get("count", lambda: int(self._one("SELECT count(*) FROM candidate")))

    def after(self, rank: int, limit: int) -> list[Row]:
        """The first ones after ``rank``."""
        return self._rows(">", rank, f"LIMIT {limit}")

    def before(self, rank: int, limit: int) -> list[Row]:
        """The last ones before ``rank``, in order."""
        return self._rows("<", rank, f"DESC LIMIT {limit}")[::-1]

    def at(self, position: int, limit: int) -> list[Row]:
        """Those from ``position`` (0: the first) on."""
        anchors = self._anchors()
        step = min(position // _STEP, len(anchors) - 1)
        return self._rows(">", anchors[step], f"LIMIT {limit} OFFSET {position - step * _STEP}")

    def position(self, rank: int) -> int:
        """How many stand before ``rank``."""
        anchors = self._anchors()
        step = max(0, bisect_left(anchors, rank) - 1)
        between = f"SELECT count(*) FROM candidate WHERE rank > {mark()} AND rank < {mark()}"
        return step * _STEP + int(self._one(between, anchors[step], rank))

    def _anchors(self) -> Sequence[int]:
        return _kept.get(self, self._read_anchors)

    @staticmethod
    def _read_anchors() -> Sequence[int]:
        sql = f"SELECT rank FROM candidate WHERE rank > {mark()} ORDER BY rank LIMIT 1 OFFSET {_STEP - 1}"
        anchors = [FIRST]
        while row := database.execute_sql(sql, (anchors[-1],)).fetchone():
            anchors.append(row[0])
        return anchors

    @staticmethod
    def _rows(comparison: str, rank: int, ending: str) -> list[Row]:
        sql = (
            f'SELECT {COLUMNS} FROM candidate AS "t1" WHERE "t1".rank {comparison} {mark()} ORDER BY "t1".rank {ending}'
        )
        return rows_of(Clause(sql, (rank,)))

    @staticmethod
    def _one(sql: str, *values: int) -> Any:
        return database.execute_sql(sql, values).fetchone()[0]
