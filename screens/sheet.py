"""A record that one only reads: the fields of its form as lines of text."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from examtui.screens.base import BaseScreen
from examtui.screens.widgets.fields import Field, label_width, text_of
from examtui.screens.widgets.lines import PlainText

_NOTHING = "–"


class SheetScreen(BaseScreen):
    """What the form shows to those who may change the record, for those who may not."""

    DEFAULT_CSS = """
    SheetScreen #sheet { height: 1fr; scrollbar-size: 1 1; }
    SheetScreen #sheet Horizontal { height: auto; width: 1fr; }
    SheetScreen .label { padding: 0 1; }
    SheetScreen .value { width: 1fr; }
    """
    HELP = "Cette fiche se lit : votre rôle ne permet pas de la modifier."
    RULES: ClassVar = ("Si quelque chose est faux, adressez-vous au gestionnaire DEC, qui peut corriger la fiche.",)

    def __init__(self, path: tuple[str, ...], fields: Sequence[Field], values: Mapping[str, Any]) -> None:
        super().__init__(path)
        self._fields = tuple(fields)
        self._values = dict(values)

    def body(self) -> ComposeResult:
        """Compose a line for each field; it scrolls."""
        width = label_width(self._fields)
        with VerticalScroll(can_focus=True, id="sheet"):
            for field in self._fields:
                with Horizontal():
                    label = PlainText(field.label, classes="label")
                    label.styles.width = width
                    yield label
                    yield PlainText((text_of(field, self._values.get(field.name)) or _NOTHING, "bold"), classes="value")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#sheet").focus()
