"""A list where each line is ticked or not, and Ctrl+S saves what changed."""

from collections.abc import Collection, Hashable
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal

from examtui.screens.actions import Offer
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Ticks
from examtui.screens.widgets.virtual_table import VirtualTable

R = TypeVar("R")


class _Boxes(Ticks):
    """Ticks whose boxes are drawn even where none is ticked."""

    def __bool__(self) -> bool:
        return True


class TicksScreen(RecordsScreen[R], Generic[R]):
    """A records screen whose lines are ticked.

    A subclass gives ``COLUMNS``, ``load``, ``identity`` and ``cells`` of its records, ``ticked(record)``: what stands
    in the base, ``save(added, removed)``: the one use case that changes it (called in a thread, with identities),
    ``CHANGES``, ``TICKED`` (the word for one and for several ticked lines), ``intro()`` and ``done()``. Who may not
    change sees the ticks, and no key for them.
    """

    OFFERS: ClassVar = (
        Offer("tick"),
        Offer("tick_all", help="Cocher toutes les lignes affichées ; si elles le sont déjà, les décocher toutes."),
        Offer("save", help="Enregistrer les cases qui ont changé."),
    )
    TICKED: ClassVar[tuple[str, str]] = ("cochée", "cochées")

    DEFAULT_CSS = """
    TicksScreen .intro { padding: 0 1; }
    """

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__(path)
        self._before: frozenset[Hashable] = frozenset()
        self._saving = False

    # What a subclass gives

    def ticked(self, record: R) -> bool:
        """Tell whether the record's box is ticked in the base."""
        raise NotImplementedError

    def save(self, added: Collection[Any], removed: Collection[Any]) -> object:
        """Write what was ticked and what was taken away."""
        raise NotImplementedError

    def intro(self) -> str:
        """Say over the list what a tick means here."""
        return ""

    # The screen

    def body(self) -> ComposeResult:
        """Compose introduction, filter and list."""
        if intro := self.intro():
            yield PlainText(intro, classes="intro")
        with Horizontal(id="filter-line"):
            yield PlainText(" Filtre ", classes="field-label")
            yield LineInput(id="filter")
            yield PlainText("", id="count")
        table = VirtualTable(self.COLUMNS, tickable=True, empty="Lecture…", id="list")
        table.ticks = _Boxes()
        yield table

    def _read(self, records: Any, select: Any) -> None:
        self._before = frozenset(self.identity(record) for record in records if self.ticked(record))
        self.table.ticks.clear()
        self.table.ticks.ids.update(self._before)
        super()._read(records, select)

    def _filter(self, select: Any = None) -> None:
        super()._filter(select)
        self._count()

    def _count(self) -> None:
        number = len(self.table.ticks.ids)
        words = self.TICKED[number > 1]
        self.query_one("#count", PlainText).show(f"{number} {words} sur {len(self.records)} ")

    def available(self, action: str) -> bool:
        """Offer ticking to those who may change."""
        if action in ("tick", "tick_all", "save"):
            return self.CHANGES is None or self.actor.can(self.CHANGES)
        return super().available(action)

    def on_virtual_table_ticked(self) -> None:
        """Count."""
        self._count()

    def unsaved(self) -> str:
        """Say that ticks are not saved."""
        return "Vos cases cochées ne sont pas enregistrées." if self.table.ticks.ids != self._before else ""

    # Actions

    def action_tick(self) -> None:
        """Tick the line, or untick it."""
        self.table.tick()

    def action_tick_all(self) -> None:
        """Tick the lines that the filter shows; if all are, untick them."""
        ids = self.table.ticks.ids
        shown = {self.identity(record) for record in self.matching()}
        if shown <= ids:
            ids -= shown
        else:
            ids |= shown
        self.table.refresh_ticks()

    def action_save(self) -> None:
        """Save what changed."""
        now = frozenset(self.table.ticks.ids)
        added, removed = now - self._before, self._before - now
        if self._saving:
            return
        if not added and not removed:
            self.tell("Rien n'a changé : il n'y a rien à enregistrer.")
            return
        self._saving = True
        self.tell("Enregistrement…")
        self.call(self.save, added, removed, then=lambda _: self._saved(added, removed), failed=self._refused)

    def _saved(self, added: Collection[Any], removed: Collection[Any]) -> None:
        self._saving = False
        self.reload()
        self.tell(self.done(len(added), len(removed)))

    def done(self, added: int, removed: int) -> str:
        """Say what was written."""
        del added, removed
        return "C'est enregistré."

    def _refused(self, error: Any) -> None:
        self._saving = False
        self.tell_error(error)

    def action_back(self) -> None:
        """Go back; ask first if ticks are not saved."""
        if lost := self.unsaved():
            self.confirm(
                f"{lost} Les abandonner ?",
                lambda: self.dismiss(None),
                yes="Abandonner",
                no="Continuer",
            )
        else:
            super().action_back()
