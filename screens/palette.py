"""The palette: every activity, and every action of the screen it was called from, by their French names."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from examtui.screens.actions import Offer
from examtui.screens.activities import visible
from examtui.screens.base import BaseScreen
from examtui.screens.widgets.fields import FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.search.fold import fold
from examtui.settings.keymap import BY_NAME

_NOT_HERE = {"palette", "back", "repaint"}


class Palette(BaseScreen):
    """Gives what to do, as a function to call once the palette is closed; None for nothing."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (Offer("open", label="choisir"), Offer("search", shown=False))
    HELP = "Tapez quelques lettres du nom d'une activité ou d'une action, puis Entrée."

    def __init__(self, caller: BaseScreen) -> None:
        super().__init__(("Activités et actions",))
        self._caller = caller
        self._choices: list[tuple[Row, Callable[[], object]]] = []

    def body(self) -> ComposeResult:
        """Compose field and list."""
        with Horizontal(id="filter-line"):
            yield PlainText(" : ", classes="field-label")
            yield LineInput(id="filter")
        yield VirtualTable(
            [Column("Nom", 34, flex=1, most=50), Column("Touche", 8), Column("À quoi cela sert", 30, flex=3, rank=1)],
            empty="Aucune activité ni action de ce nom.",
        )

    def on_mount(self) -> None:
        """Gather the choices, and enter the field."""
        self._choices = [*self._actions(), *self._activities()]
        self._filter("")
        self.set_focus(self.query_one(LineInput))

    def _activities(self) -> list[tuple[Row, Callable[[], object]]]:
        return [
            (
                Row(0, f"activity {activity.name}", (" > ".join(activity.breadcrumb), "", activity.help)),
                lambda name=activity.name: self.examtui.open_activity(name),  # type: ignore[misc]
            )
            for activity in visible(self.actor)
        ]

    def _actions(self) -> list[tuple[Row, Callable[[], object]]]:
        choices: list[tuple[Row, Callable[[], object]]] = []
        for offer in self._caller.offers():
            if offer.action in _NOT_HERE:
                continue
            action = BY_NAME[offer.action]
            label = (offer.label or action.label).capitalize()
            cells = (label, self.examtui.keys.shown(offer.action), offer.help or action.help)
            choices.append((Row(0, f"action {offer.action}", cells), self._doing(offer.action)))
        return choices

    def _doing(self, action: str) -> Callable[[], object]:
        caller = self._caller
        return lambda: caller.run_worker(caller.run_action(f"screen.{action}"), exit_on_error=True)

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        rows = [
            row
            for row, _ in self._choices
            if all(word in fold(f"{row.cells[0]} {row.cells[2]}" if len(word) > 2 else row.cells[0]) for word in words)
        ]
        best = fold(text).strip()
        rows.sort(key=lambda row: not (best and fold(row.cells[0].rpartition(" > ")[2]).startswith(best)))
        self.query_one(VirtualTable).show(ListSource(rows))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._filter(event.value)

    def on_input_submitted(self) -> None:
        """Do what the marked row says."""
        self.action_open()

    def on_field_left(self, event: FieldLeft) -> None:
        """Move in the list without leaving the field."""
        self.query_one(VirtualTable).action_move(event.step)

    def action_search(self) -> None:
        """Go back to the field."""
        self.set_focus(self.query_one(LineInput))

    def action_open(self) -> None:
        """Close, and do what the marked row says."""
        row = self.query_one(VirtualTable).row
        if row is not None:
            self.dismiss(next(do for known, do in self._choices if known.id == row.id))

    def action_palette(self) -> None:
        """Go back: the key that opened the palette closes it."""
        self.dismiss(None)
