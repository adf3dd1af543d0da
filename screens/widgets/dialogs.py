"""Small windows over a screen: a question, a choice in a list."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from examtui.screens.widgets.fields import FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.search.fold import fold

_BOX = """
%s { align: center middle; }
%s > Vertical {
    width: 90%%; max-width: 76; height: auto; border: solid $foreground; background: $background; padding: 0 1;
}
"""


class Answers(Widget, can_focus=True):
    """Answers side by side; the first is the safe one, and is chosen when the window opens."""

    BINDINGS: ClassVar = [("left,up", "turn(-1)", ""), ("right,down,tab", "turn(1)", ""), ("enter", "choose", "")]
    DEFAULT_CSS = """
    Answers { height: 1; width: 1fr; margin: 1 0 0 0; }
    """

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self._labels = list(labels)
        self._place = 0

    @property
    def place(self) -> int:
        """The number of the answer chosen."""
        return self._place

    def render(self) -> Content:
        """Draw the answers, the chosen one marked."""
        pieces: list[str | tuple[str, str]] = []
        for place, label in enumerate(self._labels):
            here = place == self._place
            pieces += [(f"{'▸' if here else ' '}[ {label} ]", "bold" if here else ""), "   "]
        return Content.assemble(*pieces)

    def action_turn(self, step: int) -> None:
        """Go to another answer."""
        self._place = (self._place + step) % len(self._labels)
        self.refresh()
        self._place_cursor()

    def action_choose(self) -> None:
        """Give the answer."""
        self.screen.dismiss(self._place)

    def on_focus(self) -> None:
        """Put the real cursor on the answer."""
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        x, y = self.content_region.offset
        before = sum(len(label) + 8 for label in self._labels[: self._place])
        self.app.cursor_position = type(self.content_region.offset)(x + before + 3, y)


class ConfirmDialog(ModalScreen[bool]):
    """A question before a dangerous act; «Annuler» has the focus. Gives True only for the other answer."""

    CSS = _BOX % ("ConfirmDialog", "ConfirmDialog")
    BINDINGS: ClassVar = [("escape,q,ctrl+r,n", "refuse", ""), ("o", "agree", "")]

    def __init__(self, question: str, *, yes: str, no: str = "Annuler") -> None:
        super().__init__()
        self._question = question
        self._answers = (no, yes)

    def compose(self) -> ComposeResult:
        """Compose question and answers."""
        with Vertical():
            yield PlainText(self._question)
            yield Answers(self._answers)

    def on_mount(self) -> None:
        """Give the answers the focus."""
        self.set_focus(self.query_one(Answers))

    def dismiss(self, result: Any = None) -> Any:
        """Close with True for the act, False otherwise."""
        return super().dismiss(bool(result))

    def action_refuse(self) -> None:
        """Do nothing."""
        self.dismiss(0)

    def action_agree(self) -> None:
        """Go to the answer that acts; Enter gives it."""
        self.query_one(Answers).action_turn(1)


class ChoiceDialog(ModalScreen[int]):
    """A list to choose from, with a filter as soon as one types; gives the number of the choice, or None."""

    CSS = _BOX % ("ChoiceDialog", "ChoiceDialog") + "ChoiceDialog VirtualTable { height: 15; }"
    BINDINGS: ClassVar = [
        ("escape,ctrl+r", "cancel", ""),
        ("enter", "choose", ""),
        ("slash", "filter", ""),
        ("q", "cancel", ""),
    ]

    def __init__(self, title: str, labels: Sequence[str], place: int = 0) -> None:
        super().__init__()
        self._title = title
        self._labels = list(labels)
        self._place = place

    def compose(self) -> ComposeResult:
        """Compose filter and list."""
        with Vertical():
            yield LineInput(id="filter")
            yield VirtualTable([Column(self._title or "Choix", 20, flex=1)], empty="Rien ne correspond.")
            yield PlainText("Entrée choisir   / filtrer   Esc annuler")

    def on_mount(self) -> None:
        """Show all choices, the present one marked."""
        table = self.query_one(VirtualTable)
        self._fill("")
        self.set_focus(table)

    def _fill(self, text: str) -> None:
        words = fold(text).split()
        rows = [
            Row(place, place, (label,))
            for place, label in enumerate(self._labels)
            if all(word in fold(label) for word in words)
        ]
        self.query_one(VirtualTable).show(ListSource(rows), at=None if text else self._place)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Choose the row marked."""
        self.action_choose()

    def on_field_left(self, event: FieldLeft) -> None:
        """Go from the filter to the list."""
        if event.step > 0:
            self.set_focus(self.query_one(VirtualTable))

    def on_virtual_table_left_top(self) -> None:
        """Go up to the filter."""
        self.action_filter()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one(LineInput))

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_choose(self) -> None:
        """Give the choice."""
        row = self.query_one(VirtualTable).row
        if row is not None:
            self.dismiss(int(str(row.id)))
