"""What a table shows: rows, where they come from by page, columns, and which rows are ticked."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rich.cells import cell_len

GAP = 2


@dataclass(frozen=True)
class Row:
    """A line: ``key`` is its place in the order (pages are asked by it), ``id`` what is ticked and opened."""

    key: Any
    id: Hashable
    cells: tuple[str, ...]
    record: Any = None


class RowSource(Protocol):
    """Where rows come from, by key and never by number, so that any page of a million costs the same.

    The methods run in a thread that holds a connection, unless ``immediate``: then the rows are in memory.
    """

    immediate: bool

    def after(self, key: Any | None, limit: int) -> Sequence[Row]:
        """Return the rows that follow ``key`` in order; the first ones for None."""
        ...

    def before(self, key: Any | None, limit: int) -> Sequence[Row]:
        """Return the rows that precede ``key``, in order; the last ones for None."""
        ...

    def seek(self, prefix: str, limit: int) -> Sequence[Row]:
        """Return the rows from the first whose name begins with ``prefix``, or would follow it."""
        ...


class ListSource:
    """Rows in memory, in the order given; ``seek`` looks at the folded text of column ``name_column``."""

    immediate = True

    def __init__(self, rows: Sequence[Row], name_column: int = 0) -> None:
        self.rows = [Row(place, row.id, row.cells, row.record) for place, row in enumerate(rows)]
        self._name_column = name_column

    def after(self, key: Any | None, limit: int) -> Sequence[Row]:
        """Return the rows that follow."""
        start = 0 if key is None else key + 1
        return self.rows[start : start + limit]

    def before(self, key: Any | None, limit: int) -> Sequence[Row]:
        """Return the rows that precede."""
        end = len(self.rows) if key is None else key
        return self.rows[max(0, end - limit) : end]

    def seek(self, prefix: str, limit: int) -> Sequence[Row]:
        """Return the rows from the first that begins with ``prefix``."""
        from examtui.search.fold import fold

        wanted = fold(prefix)
        for place, row in enumerate(self.rows):
            if fold(row.cells[self._name_column]).startswith(wanted):
                return self.rows[place : place + limit]
        return []


@dataclass(frozen=True)
class Column:
    """A column: ``width`` in cells at least, ``flex`` its share of the room left up to ``most``.

    Where there is no room for all, the columns of the highest ``rank`` go first; rank 0 always stays.
    """

    title: str
    width: int
    flex: int = 0
    most: int = 1000
    rank: int = 0
    right: bool = False


def column_widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of each column in ``room`` cells, 0 for those that do not fit."""
    shown = [True] * len(columns)

    def used() -> int:
        widths = [_least(column) for column, on in zip(columns, shown, strict=True) if on]
        return sum(widths) + GAP * max(0, len(widths) - 1)

    while used() > room:
        ranks = [(column.rank, place) for place, column in enumerate(columns) if shown[place] and column.rank > 0]
        if not ranks:
            break
        shown[max(ranks)[1]] = False
    widths = [_least(column) if on else 0 for column, on in zip(columns, shown, strict=True)]
    left = room - used()
    while left > 0:
        growing = [
            place
            for place, column in enumerate(columns)
            if shown[place] and column.flex and widths[place] < column.most
        ]
        if not growing:
            break
        for place in growing:
            step = min(left, columns[place].flex, columns[place].most - widths[place])
            widths[place] += step
            left -= step
    return widths


def _least(column: Column) -> int:
    return max(column.width, cell_len(column.title))


@dataclass
class Ticks:
    """Which rows are ticked: some, or all but some. It does not grow with the list."""

    all: bool = False
    ids: set[Hashable] = field(default_factory=set)

    def __contains__(self, identity: Hashable) -> bool:
        return (identity in self.ids) != self.all

    def __bool__(self) -> bool:
        return self.all or bool(self.ids)

    def flip(self, identity: Hashable) -> None:
        """Tick the row, or untick it."""
        self.ids ^= {identity}

    def flip_all(self) -> None:
        """Tick all rows; if all are ticked, none."""
        self.all = not (self.all and not self.ids)
        self.ids = set()

    def clear(self) -> None:
        """Tick nothing."""
        self.all = False
        self.ids = set()

    def count(self, total: int) -> int:
        """Return how many of ``total`` rows are ticked."""
        return total - len(self.ids) if self.all else len(self.ids)
