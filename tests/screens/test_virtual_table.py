"""The table over rows by page: a million of them, held in memory by hundreds."""

import threading
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.screens import settle, shown

from examtui.errors import Unavailable
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.widgets.rows import GAP, Column, ListSource, Row, Ticks, column_widths
from examtui.screens.widgets.virtual_table import MOST_ROWS, VirtualTable

MILLION = 1_000_000


def _row(number: int) -> Row:
    return Row(number * 10, number, (f"{number:07}", f"NOM {number}"))


class Million:
    """A million rows, keyed by ten times their number, fetched in threads."""

    immediate = False

    def __init__(self, size: int = MILLION) -> None:
        self.size = size
        self.fetched = 0
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def _rows(self, start: int, end: int) -> Sequence[Row]:
        assert threading.current_thread() is not threading.main_thread()
        self.gate.wait(5)
        if self.error:
            raise self.error
        rows = [_row(number) for number in range(max(0, start), min(end, self.size))]
        self.fetched += len(rows)
        return rows

    def after(self, key: Any, limit: int) -> Sequence[Row]:
        start = 0 if key is None else key // 10 + 1
        return self._rows(start, start + limit)

    def before(self, key: Any, limit: int) -> Sequence[Row]:
        end = self.size if key is None else key // 10
        return self._rows(end - limit, end)

    def seek(self, prefix: str, limit: int) -> Sequence[Row]:
        start = int(prefix.ljust(7, "0"))
        return self._rows(start, start + limit)


class TableScreen(BaseScreen):
    OFFERS: ClassVar = (Offer("jump"), Offer("tick"), Offer("tick_all"))

    def body(self):
        yield VirtualTable(
            [Column("N°", 7), Column("Nom", 12, flex=1, most=20), Column("Plus", 30, rank=1)],
            tickable=True,
            empty="Rien.",
        )

    def on_mount(self):
        self.table.focus()

    @property
    def table(self):
        return self.query_one(VirtualTable)

    def action_jump(self):
        self.table.start_jump()

    def action_tick(self):
        self.table.tick()

    def action_tick_all(self):
        self.table.tick_all()


@pytest.fixture
def open_table(open_app):
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def run(source, size=(80, 24)):
        async with open_app(size=size) as pilot:
            screen = TableScreen(("Essai",))
            pilot.app.push_screen(screen)
            await settle(pilot)
            screen.table.show(source)
            await settle(pilot)
            yield pilot, screen.table

    return run


async def test_a_million_rows_from_end_to_end(open_table):
    source = Million()
    async with open_table(source) as (pilot, table):
        assert table.row.id == 0
        assert shown(pilot)[3].startswith("▸ 0000000  NOM 0")
        await pilot.press("end")
        await settle(pilot)
        assert table.row.id == MILLION - 1
        assert shown(pilot)[-3].startswith("▸ 0999999")
        await pilot.press("pageup", "up")
        await settle(pilot)
        height = len(table.visible_rows)
        assert table.row.id == MILLION - 1 - (height - 1) - 1
        await pilot.press("home", "down")
        await settle(pilot)
        assert table.row.id == 1
        assert source.fetched < 2000


async def test_holding_a_key_loses_no_step_and_holds_few_rows(open_table):
    async with open_table(Million()) as (pilot, table):
        for _ in range(8):
            await pilot.press(*["pagedown"] * 10)
            await settle(pilot)
            assert len(table._rows) <= MOST_ROWS + 120
        page = len(table.visible_rows) - 1
        assert table.row.id == 80 * page
        for _ in range(8):
            await pilot.press(*["pageup"] * 10)
            await settle(pilot)
        assert table.row.id == 0
        assert len(table._rows) <= MOST_ROWS + 120


async def test_the_cursor_goes_on_while_a_page_is_under_way(open_table):
    source = Million()
    async with open_table(source) as (pilot, table):
        source.gate.clear()
        last = len(table._rows) - 1
        await pilot.press(*["pagedown"] * 12)
        await pilot.pause()
        assert table.row.id == last, "stands on the last row that is there"
        source.gate.set()
        await settle(pilot)
        assert table.row.id == 12 * (len(table.visible_rows) - 1)


async def test_the_real_cursor_is_on_the_row(open_table):
    async with open_table(Million()) as (pilot, table):
        await pilot.press("down", "down")
        await pilot.pause()
        assert pilot.app.cursor_position == (0, 5)
        assert shown(pilot)[5].startswith("▸ 0000002")
        await pilot.press(*["pagedown"] * 3)
        await settle(pilot)
        assert shown(pilot)[pilot.app.cursor_position.y].startswith(f"▸ {table.row.id:07}")


async def test_jump_to_the_letters_typed(open_table):
    async with open_table(Million()) as (pilot, table):
        await pilot.press("g", *"05")
        await settle(pilot)
        assert "Aller à : 05_" in shown(pilot)[2]
        assert table.row.id == 500_000
        await pilot.press("enter", "up")
        await settle(pilot)
        assert table.row.id == 499_999
        assert "Aller" not in shown(pilot)[2]


async def test_ticks(open_table):
    async with open_table(Million()) as (pilot, table):
        assert "[" not in shown(pilot)[3]
        await pilot.press("space", "down", "space")
        assert [line[:14].strip() for line in shown(pilot)[3:7]] == [
            "[x] 0000000",
            "[ ] 0000001",
            "[x] 0000002",
            "▸ [ ] 0000003",
        ]
        assert table.ticks.count(MILLION) == 2
        await pilot.press("asterisk", "space")
        assert table.ticks.count(MILLION) == MILLION - 1
        assert 3 not in table.ticks
        assert 777_777 in table.ticks
        await pilot.press("asterisk", "asterisk")
        assert not table.ticks


async def test_an_error_is_told_and_the_rows_stay(open_table):
    source = Million()
    async with open_table(source) as (pilot, table):
        source.error = Unavailable("La base est occupée.")
        await pilot.press("end")
        await settle(pilot)
        assert pilot.app.screen.message == "! La base est occupée."
        assert table.row.id == 0
        source.error = None
        await pilot.press("end")
        await settle(pilot)
        assert table.row.id == MILLION - 1


async def test_more_room_shows_more(open_table):
    async with open_table(Million(), size=(40, 10)) as (pilot, table):
        assert "Plus" not in shown(pilot)[2]
        assert len(table.visible_rows) == 5
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "Plus" in shown(pilot)[2]
        assert len(table.visible_rows) == 35


async def test_no_rows_say_so(open_table):
    async with open_table(Million(size=0)) as (pilot, table):
        assert table.row is None
        assert shown(pilot)[3] == "  Rien."
        await pilot.press("down", "up", "end", "space", "pagedown")
        await settle(pilot)
        assert table.row is None


async def test_rows_in_memory_and_staying_on_one(open_table):
    source = ListSource([Row(0, name, (name, "")) for name in ("Ana", "Émile", "Zoé")])
    async with open_table(source) as (pilot, table):
        table.show(source, at=1)
        assert table.row.id == "Émile"
        await pilot.press("down")
        assert table.row.id == "Zoé"
        await pilot.press("g", "e")
        assert table.row.id == "Émile"
        await pilot.press("escape", "up")
        assert table.row.id == "Ana"


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8),
    st.integers(1, 200),
)
def test_columns_fill_the_room_or_go(shapes, room):
    columns = [Column("T", width, flex=flex, rank=rank) for width, flex, rank in shapes]
    widths = column_widths(columns, room)
    kept = [width for width in widths if width]
    used = sum(kept) + GAP * max(0, len(kept) - 1)
    always = [width for width, _, rank in shapes if rank == 0]
    if sum(always) + GAP * max(0, len(always) - 1) <= room:
        assert used <= room
    assert all(width for width, column in zip(widths, columns, strict=True) if column.rank == 0)


def test_ticks_do_not_grow_with_the_list():
    ticks = Ticks()
    ticks.flip_all()
    ticks.flip(5)
    assert ticks.count(100) == 99
    ticks.flip_all()
    assert ticks.count(100) == 100
    ticks.flip_all()
    assert ticks.count(100) == 0
