"""Fields of a form: data that describe them, and one-line widgets to fill them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from examtui.clock import today
from examtui.errors import InvalidInput
from examtui.plaintext import plain
from examtui.screens.typed import read_date, read_decimal, read_integer, read_time, show_date, show_decimal, show_time
from examtui.screens.widgets.lines import clip, tell_now


class Kind(Enum):
    """What a field holds: its value's Python type is in brackets."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int, or None when empty
    DECIMAL = "decimal"  # Decimal, or None when empty
    DATE = "date"  # date, or None when empty
    TIME = "time"  # time, or None when empty
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # the value of one of the choices
    SHOWN = "shown"  # text that cannot be changed


_SHORT = {Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.YES_NO}
_SHORT_LENGTH = 16


@dataclass(frozen=True)
class Field:
    """A field: ``name`` as in the model (errors name it), ``label`` as the user reads it, ``hint`` a few words beside.

    ``choices`` are (value, label) pairs; ``check`` raises ``InvalidInput`` for a value that a rule refuses; ``past``
    says that dates without a year are past ones; ``least`` and ``most`` bound whole numbers.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    choices: Sequence[tuple[Any, str]] = ()
    required: bool = False
    hint: str = ""
    past: bool = False
    least: int = 0
    most: int = 1_000_000
    max_length: int = 255
    check: Callable[[Any], object] | None = None


@dataclass(frozen=True)
class FieldLeft:
    """↑ or ↓ in a field: go to the one before (-1) or after (1). ``on_field_left`` of an ancestor is called with it."""

    step: int


class LineInput(Input):
    """A one-line text field: letters are text, ↑ and ↓ leave it."""

    BINDINGS: ClassVar = [("up", "leave(-1)", ""), ("down", "leave(1)", "")]

    def __init__(
        self, value: str = "", *, id: str | None = None, max_length: int = 255, password: bool = False
    ) -> None:
        super().__init__(
            value=plain(value), id=id, compact=True, select_on_focus=False, max_length=max_length, password=password
        )
        self.cursor_blink = False

    def action_leave(self, step: int) -> None:
        """Tell the form or the screen that the user goes on."""
        tell_now(self, "on_field_left", FieldLeft(step))

    def on_resize(self) -> None:
        """Keep the real cursor in the field when it moves on the screen."""
        if self.has_focus:
            self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        if self.is_attached and self.has_focus:
            offset = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
            self.app.cursor_position = self.content_region.offset + Offset(offset, 0)

    def watch_selection(self) -> None:
        """Put the real cursor on the character where typing goes on."""
        if self.has_focus:
            self.call_after_refresh(self._show_cursor)

    def on_focus(self) -> None:
        """Put the real cursor in the field."""
        self.call_after_refresh(self._show_cursor)


class ChoiceField(Widget, can_focus=True):
    """One of several values: ← → change it, Enter or Space shows the list, letters go to the next that begins so."""

    BINDINGS: ClassVar = [
        ("left", "turn(-1)", ""),
        ("right", "turn(1)", ""),
        ("enter,space", "list", ""),
        ("up", "leave(-1)", ""),
        ("down", "leave(1)", ""),
    ]
    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; }
    """

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, field: "ChoiceField") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "ChoiceField":
            """The field, for ``@on`` selectors."""
            return self.field

    def __init__(
        self, choices: Sequence[tuple[Any, str]], value: Any = None, *, label: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.choices = list(choices)
        self.label = label
        self._place = next((place for place, (known, _) in enumerate(self.choices) if known == value), 0)

    @property
    def value(self) -> Any:
        """The value chosen; None where there is nothing to choose."""
        return self.choices[self._place][0] if self.choices else None

    @value.setter
    def value(self, value: Any) -> None:
        place = next((place for place, (known, _) in enumerate(self.choices) if known == value), self._place)
        self._set(place)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; the value stays if it is one of them, else it is the first."""
        value, self.choices = self.value, list(choices)
        self._place = next((place for place, (known, _) in enumerate(self.choices) if known == value), 0)
        self.refresh()

    def _set(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.refresh()
            self.post_message(self.Changed(self))

    def render(self) -> Content:
        """Draw the value."""
        text = plain(self.choices[self._place][1]) if self.choices else "(aucun choix)"
        return Content.styled(f"{clip(text, self.size.width - 2)} ▾", "bold" if self.has_focus else "")

    def action_turn(self, step: int) -> None:
        """Take the next value, or the one before."""
        if self.choices:
            self._set((self._place + step) % len(self.choices))

    def action_list(self) -> None:
        """Show all values in a list."""
        from examtui.screens.widgets.dialogs import ChoiceDialog

        def chosen(place: int | None) -> None:
            if place is not None:
                self._set(place)

        if self.choices:
            self.app.push_screen(ChoiceDialog(self.label, [label for _, label in self.choices], self._place), chosen)

    def action_leave(self, step: int) -> None:
        """Go to another field."""
        tell_now(self, "on_field_left", FieldLeft(step))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take letters."""
        del key
        return character is not None and character.isalnum()

    def on_key(self, event: events.Key) -> None:
        """Go to the next value that begins with the letter."""
        from examtui.search.fold import fold

        if event.character is None or not event.character.isalnum():
            return
        event.stop()
        wanted = fold(event.character)
        for step in range(1, len(self.choices) + 1):
            place = (self._place + step) % len(self.choices)
            if fold(plain(self.choices[place][1])).startswith(wanted):
                self._set(place)
                return

    def on_focus(self) -> None:
        """Put the real cursor on the value."""
        self.app.cursor_position = self.content_region.offset
        self.refresh()

    def on_blur(self) -> None:
        """Draw the value without focus."""
        self.refresh()


class YesNoField(ChoiceField):
    """Yes or no: Space ticks, ``o`` and ``n`` answer."""

    BINDINGS: ClassVar = [("enter,space", "turn(1)", "")]

    def __init__(self, value: bool = False, *, id: str | None = None) -> None:
        super().__init__([(True, "oui"), (False, "non")], value, id=id)

    def render(self) -> Content:
        """Draw the box and the word."""
        return Content.styled("[x] oui" if self.value else "[ ] non", "bold" if self.has_focus else "")


class FormRow(Widget):
    """A field with its label on the left, and hint or error on the right, or under it where there is no room."""

    DEFAULT_CSS = """
    FormRow { layout: horizontal; height: auto; width: 1fr; }
    FormRow > .label { width: 26; height: 1; padding: 0 1; }
    FormRow > LineInput, FormRow > ChoiceField { width: 1fr; max-width: 60; }
    FormRow > .short { max-width: 18; }
    FormRow > .note { width: 1fr; height: auto; padding: 0 1; }
    """

    def __init__(self, field: Field, value: Any) -> None:
        super().__init__()
        self.field = field
        self._first = value
        self._editor = _editor(field, value)
        self._editor.set_class(field.kind in _SHORT or field.max_length <= _SHORT_LENGTH, "short")

    def compose(self) -> ComposeResult:
        """Compose label, editor and note."""
        from examtui.screens.widgets.lines import PlainText

        yield PlainText(self.field.label + (" *" if self.field.required else ""), classes="label")
        yield self._editor
        note = PlainText(self.field.hint, classes="note")
        note.display = bool(self.field.hint)
        yield note

    @property
    def editor(self) -> Widget:
        """The widget that takes the focus."""
        return self._editor

    @property
    def dirty(self) -> bool:
        """Tell whether something else stands there than at first."""
        if isinstance(self._editor, LineInput):
            return self._editor.value.strip() != plain(_shown(self.field, self._first)).strip()
        return isinstance(self._editor, ChoiceField) and self._editor.value != _first_choice(self._editor, self._first)

    def value(self) -> Any:
        """Return the field's value.

        Raises:
            InvalidInput: what was typed is not one; ``field`` names the field.
        """
        try:
            value = self._read()
            if self.field.required and value in ("", None):
                raise InvalidInput("À remplir.")
            if self.field.check is not None and value not in ("", None):
                self.field.check(value)
        except InvalidInput as error:
            raise InvalidInput(str(error), self.field.name) from None
        return value

    def _read(self) -> Any:
        if isinstance(self._editor, ChoiceField):
            return self._editor.value
        if not isinstance(self._editor, LineInput):
            return self._first
        text = plain(self._editor.value).strip()
        if self.field.kind is Kind.TEXT:
            return text
        if not text:
            return None
        if self.field.kind is Kind.DATE:
            return read_date(text, today(), past=self.field.past)
        if self.field.kind is Kind.DECIMAL:
            return read_decimal(text)
        return (
            read_time(text) if self.field.kind is Kind.TIME else read_integer(text, self.field.least, self.field.most)
        )

    def set_value(self, value: Any) -> None:
        """Put a value into the field."""
        if isinstance(self._editor, ChoiceField):
            self._editor.value = value
        elif isinstance(self._editor, LineInput):
            self._editor.value = plain(_shown(self.field, value))

    def note(self, error: str = "") -> None:
        """Show an error beside the field; an empty one brings the hint back."""
        from examtui.screens.widgets.lines import PlainText

        note = self.query_one(".note", PlainText)
        note.display = bool(error or self.field.hint)
        if error:
            note.show(("! ", "bold $error"), (error, "bold"))
        else:
            note.show(self.field.hint)

    def on_descendant_blur(self) -> None:
        """Write dates and hours out in full, or say at once what is wrong."""
        if not isinstance(self._editor, LineInput):
            return
        if not self._editor.value.strip():
            self.note()
            return
        try:
            value = self.value()
        except InvalidInput as error:
            self.note(str(error))
            return
        self.note()
        if self.field.kind in (Kind.DATE, Kind.TIME):
            self._editor.value = _shown(self.field, value)


def _editor(field: Field, value: Any) -> Widget:
    from examtui.screens.widgets.lines import PlainText

    if field.kind is Kind.SHOWN:
        return PlainText(plain(value))
    if field.kind is Kind.CHOICE:
        return ChoiceField(field.choices, value, label=field.label)
    if field.kind is Kind.YES_NO:
        return YesNoField(bool(value))
    return LineInput(_shown(field, value), max_length=field.max_length)


def _first_choice(editor: ChoiceField, value: Any) -> Any:
    known = [choice for choice, _ in editor.choices]
    if isinstance(editor, YesNoField):
        return bool(value)
    return value if value in known else next(iter(known), None)


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, date) and field.kind is Kind.DATE:
        return show_date(value)
    if isinstance(value, time):
        return show_time(value)
    if isinstance(value, Decimal):
        return show_decimal(value)
    return "" if value is None else str(value)


def text_of(field: Field, value: Any) -> str:
    """Return the value as somebody reads it who does not change it: words for a choice, ``oui`` or ``non``."""
    if field.kind is Kind.YES_NO:
        return "oui" if value else "non"
    if field.kind is Kind.CHOICE:
        return next((label for known, label in field.choices if known == value), "")
    return _shown(field, value)


def label_width(fields: Sequence[Field]) -> int:
    """Return the width that the labels of ``fields`` need."""
    return max((cell_len(field.label) + (2 if field.required else 0) for field in fields), default=10) + 2
