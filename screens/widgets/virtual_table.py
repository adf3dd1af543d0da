"""A table over any number of rows: it holds a window of pages around what is seen, and asks for the next by key.

Widgets that lay out every cell take seconds at 100 000 rows; this one draws the lines that are seen, holds at most
``MOST_ROWS``, and fetches in a thread while the cursor goes on.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from examtui.errors import ExamtuiError
from examtui.plaintext import plain
from examtui.screens.widgets.lines import fit, tell_now
from examtui.screens.widgets.rows import GAP, Column, Row, RowSource, Ticks, column_widths

PAGE = 120
MOST_ROWS = 8 * PAGE
_MARK = "▸"


class VirtualTable(ScrollView, can_focus=True):
    """The table. ``show(source)`` gives it rows; ``row`` is the one under the cursor; ``ticks`` those ticked.

    ↑ on the first row calls ``on_virtual_table_left_top`` of an ancestor: the user wants what is above the table.
    """

    BINDINGS: ClassVar = [
        ("up", "move(-1)", ""),
        ("down", "move(1)", ""),
        ("pageup", "page(-1)", ""),
        ("pagedown", "page(1)", ""),
        ("home", "first", ""),
        ("end", "last", ""),
    ]
    DEFAULT_CSS = """
    VirtualTable { height: 1fr; width: 1fr; overflow: hidden hidden; }
    """

    class Moved(Message):
        """The cursor is on another row, or on none."""

        def __init__(self, table: "VirtualTable", row: Row | None) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> "VirtualTable":
            """The table, for ``@on`` selectors."""
            return self.table

    class Ticked(Message):
        """A tick was set or taken away."""

    def __init__(
        self, columns: Sequence[Column], *, tickable: bool = False, empty: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._widths: list[int] = []
        self._source: RowSource | None = None
        self._rows: list[Row] = []
        self._top = 0
        self._cursor = 0
        self._at_start = self._at_end = True
        self._fetching = ""
        self._owed = 0
        self._jump: str | None = None
        self._announced: Any = None
        self.tickable = tickable
        self.ticks = Ticks()
        self.empty = empty

    # What the screen asks

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    @property
    def visible_rows(self) -> list[Row]:
        """The rows that are seen."""
        return self._rows[self._top : self._top + self._height]

    @property
    def jumping(self) -> str | None:
        """The letters typed so far to jump to a name, None when not jumping."""
        return self._jump

    def show(
        self, source: RowSource | None, *, at: Any | None = None, first: tuple[Sequence[Row], int] | None = None
    ) -> None:
        """Show the rows of ``source`` from the first, or around the row of key ``at``; what is seen stays meanwhile.

        ``first`` gives the first page, and the limit it was asked with, where the caller has it already.
        """
        self._source = source
        self._owed = 0
        self._jump = None
        self._fetching = ""
        if first is not None:
            self._arrive("first", list(first[0]), first[1])
        elif source is None:
            self._replace([], at_start=True, at_end=True)
        elif at is None:
            self._ask("first", source.after, None)
        else:
            line = self._cursor - self._top
            self._ask("around", _around, source, at)
            if source.immediate:
                self._top = self._cursor - line
                self._scroll_to_cursor()
                self._place_cursor()

    def reload(self) -> None:
        """Ask for the rows again, and stay where the cursor is."""
        row = self.row
        self.show(self._source, at=row.key if row is not None else None)

    def refresh_ticks(self) -> None:
        """Draw again after ``ticks`` was changed from outside."""
        self.refresh()
        self.post_message(self.Ticked())

    # Keys

    def action_move(self, step: int) -> None:
        """Move by rows."""
        if step < 0 and self._cursor == 0 and self._at_start:
            tell_now(self, "on_virtual_table_left_top")
        self._move(step)

    def action_page(self, direction: int) -> None:
        """Move by pages."""
        self._move(direction * max(1, self._height - 1))

    def action_first(self) -> None:
        """Go to the first row."""
        if self._at_start or self._source is None:
            self._go(0)
        else:
            self._ask("first", self._source.after, None)

    def action_last(self) -> None:
        """Go to the last row."""
        if self._at_end or self._source is None:
            self._go(len(self._rows) - 1)
        else:
            self._ask("last", self._source.before, None)

    def tick(self) -> None:
        """Tick or untick the row, and go to the next."""
        if self.row is not None and self.tickable:
            shifts = not self.ticks
            self.ticks.flip(self.row.id)
            if shifts or not self.ticks:
                self.refresh()
            else:
                self._refresh_row(self._cursor)
            self.post_message(self.Ticked())
            self._move(1)

    def tick_all(self) -> None:
        """Tick all rows, or none if all are."""
        if self.tickable:
            self.ticks.flip_all()
            self.refresh_ticks()

    def start_jump(self) -> None:
        """Take the letters that follow as the beginning of a name to go to; Enter, Esc or an arrow ends it."""
        self._jump = ""
        self.refresh_line(0)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take letters while jumping."""
        del key
        return self._jump is not None and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type the name to jump to."""
        if self._jump is None:
            return
        if event.is_printable and event.character:
            self._jump += event.character
        elif event.key == "backspace":
            self._jump = self._jump[:-1]
        else:
            self._jump = None
            self.refresh_line(0)
            if event.key in ("escape", "enter"):
                event.stop()
                event.prevent_default()
            return
        event.stop()
        event.prevent_default()
        self.refresh_line(0)
        if self._jump and self._source is not None:
            self._ask("seek", self._source.seek, self._jump)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse."""
        if event.y > 0:
            self._go(self._top + event.y - 1)

    def on_focus(self) -> None:
        """Draw the marker, and put the real cursor there."""
        self._place_cursor()
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        """End a jump."""
        self._jump = None
        self._refresh_row(self._cursor)

    def on_resize(self) -> None:
        """Fit columns and rows into the new room."""
        self._widths = []
        self._scroll_to_cursor()
        self.refresh()
        self._prefetch()
        self.call_after_refresh(self._place_cursor)

    # Rows

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _ask(self, purpose: str, fetch: Any, *args: Any) -> None:
        if self._source is None:
            return
        source = self._source
        self._fetching = purpose
        limit = max(PAGE, 2 * self._height)

        def arrived(rows: Sequence[Row]) -> None:
            if source is self._source:
                self._arrive(purpose, list(rows), limit)

        if source.immediate:
            arrived(fetch(*args, limit))
        else:
            screen: Any = self.screen
            screen.call(fetch, *args, limit, then=arrived, failed=self._failed, group=f"table {id(self)}")

    def _failed(self, error: ExamtuiError) -> None:
        self._fetching = ""
        screen: Any = self.screen
        screen.tell_error(error)

    def _arrive(self, purpose: str, rows: list[Row], limit: int) -> None:
        self._fetching = ""
        more = len(rows) >= limit
        if purpose == "first":
            self._replace(rows, at_start=True, at_end=not more)
        elif purpose == "last":
            self._replace(rows, at_start=not more, at_end=True, cursor=len(rows) - 1)
        elif purpose == "around":
            self._replace(rows, at_start=False, at_end=False)
        elif purpose == "seek":
            if rows:
                self._replace(rows, at_start=False, at_end=not more)
        elif purpose == "after":
            self._rows += rows
            self._at_end = not more
            if (extra := len(self._rows) - MOST_ROWS) > 0:
                extra = min(extra, self._top)
                del self._rows[:extra]
                self._shift(-extra)
                self._at_start = False
            self._pay()
        elif purpose == "before":
            self._rows[:0] = rows
            self._at_start = not more
            self._shift(len(rows))
            if len(self._rows) > MOST_ROWS:
                keep = max(MOST_ROWS, self._top + self._height + 1)
                self._at_end = self._at_end and len(self._rows) <= keep
                del self._rows[keep:]
            self._pay()
        self._prefetch()

    def _replace(self, rows: list[Row], *, at_start: bool, at_end: bool, cursor: int = 0) -> None:
        self._rows = rows
        self._at_start, self._at_end = at_start, at_end
        self._cursor = max(0, cursor)
        self._top = 0
        self._scroll_to_cursor()
        self.refresh()
        self._place_cursor()
        self._announce()

    def _shift(self, count: int) -> None:
        self._cursor += count
        self._top += count

    def _pay(self) -> None:
        """Do the steps that were asked for while the page was under way."""
        owed, self._owed = self._owed, 0
        if owed:
            self._move(owed)
        else:
            self.refresh()

    def _move(self, step: int) -> None:
        target = self._cursor + self._owed + step
        last = len(self._rows) - 1
        if target > last and not self._at_end:
            self._owed = min(target - last, MOST_ROWS)
        elif target < 0 and not self._at_start:
            self._owed = max(target, -MOST_ROWS)
        else:
            self._owed = 0
        self._go(target)
        self._prefetch()

    def _go(self, target: int) -> None:
        old_cursor, old_top = self._cursor, self._top
        self._cursor = max(0, min(target, len(self._rows) - 1))
        self._scroll_to_cursor()
        if self._top != old_top:
            self.refresh()
        elif self._cursor != old_cursor:
            self._refresh_row(old_cursor)
            self._refresh_row(self._cursor)
        self._place_cursor()
        self._announce()

    def _scroll_to_cursor(self) -> None:
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + self._height:
            self._top = self._cursor - self._height + 1
        self._top = max(0, min(self._top, max(0, len(self._rows) - self._height)))

    def _prefetch(self) -> None:
        if self._fetching or self._source is None or not self._rows:
            return
        margin = 2 * self._height
        if not self._at_end and self._cursor + margin >= len(self._rows):
            self._ask("after", self._source.after, self._rows[-1].key)
        elif not self._at_start and self._cursor < margin:
            self._ask("before", self._source.before, self._rows[0].key)

    def _announce(self) -> None:
        row = self.row
        if row is not self._announced:
            self._announced = row
            self.post_message(self.Moved(self, row))

    # Drawing

    def _place_cursor(self) -> None:
        if self.has_focus and self.is_attached:
            x, y = self.content_region.offset
            self.app.cursor_position = Offset(x, y + 1 + self._cursor - self._top)

    def _refresh_row(self, place: int) -> None:
        y = place - self._top + 1
        if 0 < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line: titles, then rows."""
        width = self.size.width
        room = width - self._prefix_width
        if not self._widths:
            self._widths = column_widths(self._columns, width - 2 - (4 if self.tickable else 0))
        base = self.rich_style
        if y == 0:
            return self._draw(width, self._titles(room), base + Style(underline=True))
        place = self._top + y - 1
        if place >= len(self._rows):
            text = f"  {self.empty}" if y == 1 and not self._rows and not self._fetching else ""
            return self._draw(width, text, base)
        row = self._rows[place]
        here = place == self._cursor
        mark = _MARK if here and (self.has_focus or not self.screen.focused) else "·" if here else " "
        tick = ("[x] " if row.id in self.ticks else "[ ] ") if self.ticks else ""
        style = base + Style(bold=True) if here and self.has_focus else base
        return self._draw(width, f"{mark} {tick}{self._cells(row.cells)}", style)

    @property
    def _prefix_width(self) -> int:
        return 6 if self.ticks else 2

    def _titles(self, room: int) -> str:
        if self._jump is not None:
            return f"  Aller à : {plain(self._jump)}_"
        del room
        return " " * self._prefix_width + self._cells(tuple(column.title for column in self._columns))

    def _cells(self, cells: tuple[str, ...]) -> str:
        return (" " * GAP).join(
            fit(plain(cell), width, right=column.right)
            for cell, column, width in zip(cells, self._columns, self._widths, strict=False)
            if width
        )

    def _draw(self, width: int, text: str, style: Style) -> Strip:
        return Strip([Segment(fit(text, width), style)], width)


def _around(source: RowSource, key: Any, limit: int) -> list[Row]:
    before = list(source.before(key, limit // 2))
    rows = [*before, *source.after(before[-1].key if before else None, limit)]
    place = next((place for place, row in enumerate(rows) if row.key == key), len(before))
    return rows[place:] or rows[-1:]
