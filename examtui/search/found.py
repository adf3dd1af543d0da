"""Candidates found of whom all ranks are known."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from examtui.search.rows import Row, rows_at

FIRST = -(1 << 62)
"""Before all ranks."""


@dataclass(frozen=True)
class Found:
    """The ranks of all candidates found."""

    ranks: Sequence[int]

    def settled(self) -> "Found":
        """Itself: nothing is left to find."""
        return self

    def count(self, most: int) -> tuple[int, bool]:
        """How many there are, at most ``most``, and whether that is all."""
        return min(len(self.ranks), most), len(self.ranks) <= most

    def total(self) -> int:
        """How many there are."""
        return len(self.ranks)

    def after(self, rank: int, limit: int) -> list[Row]:
        """The first ones after ``rank``."""
        start = bisect_right(self.ranks, rank)
        return rows_at(self.ranks[start : start + limit])

    def before(self, rank: int, limit: int) -> list[Row]:
        """The last ones before ``rank``, in order."""
        end = bisect_left(self.ranks, rank)
        return rows_at(self.ranks[max(0, end - limit) : end])

    def at(self, position: int, limit: int) -> list[Row]:
        """Those from ``position`` (0: the first) on."""
        return rows_at(self.ranks[position : position + limit])

    def position(self, rank: int) -> int:
        """How many stand before ``rank``."""
        return bisect_left(self.ranks, rank)
