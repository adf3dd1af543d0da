"""A screen that is a form: fields, checks where they are, Ctrl+S saves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input

from examtui.errors import Conflict, ExamtuiError, InvalidInput
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.widgets.fields import Field, FieldLeft, FormRow, Kind, label_width
from examtui.screens.widgets.lines import PlainText

Submit = Callable[[dict[str, Any]], Any]


class Form(VerticalScroll, can_focus=False):
    """Fields one under the other. ``values()`` reads them all; errors show beside the field they belong to."""

    DEFAULT_CSS = """
    Form { height: 1fr; width: 1fr; scrollbar-size: 1 1; }
    """

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._initial = dict(values)

    def compose(self) -> ComposeResult:
        """Compose a row for each field."""
        for field in self._fields:
            yield FormRow(field, self._initial.get(field.name))

    def on_mount(self) -> None:
        """Align the labels and enter the first field."""
        width = label_width(self._fields)
        for label in self.query(".label"):
            label.styles.width = width
        self.focus_field()

    @property
    def rows(self) -> list[FormRow]:
        """The rows, in order."""
        return list(self.query(FormRow).results())

    @property
    def dirty(self) -> bool:
        """Tell whether anything was typed."""
        return any(row.dirty for row in self.rows)

    def values(self) -> dict[str, Any] | None:
        """Read all fields; None when some are wrong: each says so, and the first has the focus."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for row in self.rows:
            if row.field.kind is Kind.SHOWN:
                continue
            try:
                values[row.field.name] = row.value()
                row.note()
            except InvalidInput as error:
                row.note(str(error))
                wrong.append(row.field.name)
        if wrong:
            self.focus_field(wrong[0])
            return None
        return values

    def show_error(self, error: InvalidInput) -> bool:
        """Show an error at its field; False where no field of the form is meant."""
        for row in self.rows:
            if row.field.name == error.field:
                row.note(str(error))
                self.focus_field(row.field.name)
                return True
        return False

    def focus_field(self, name: str | None = None) -> None:
        """Enter a field, the first that can be filled by default."""
        for row in self.rows:
            if row.editor.focusable and name in (None, row.field.name):
                self.screen.set_focus(row.editor)
                return

    def step(self, step: int) -> bool:
        """Go to the field before (-1) or after (1); False where there is none."""
        editors = [row.editor for row in self.rows if row.editor.focusable]
        focused = self.screen.focused
        if focused not in editors:
            return False
        place = editors.index(focused) + step
        if not 0 <= place < len(editors):
            return False
        self.screen.set_focus(editors[place])
        return True

    def on_field_left(self, event: FieldLeft) -> None:
        """Go to the field before or after."""
        self.step(event.step)


class FormScreen(BaseScreen):
    """A form over the screen before.

    ``submit(values)`` is called in a thread and calls the use case; its result closes the form and goes to whoever
    pushed it (``push_screen(form, callback)``). An ``InvalidInput`` shows at its field.
    """

    OFFERS: ClassVar[tuple[Offer, ...]] = (Offer("save"),)
    HELP = "Remplissez les champs, puis enregistrez. Rien n'est écrit avant."
    RULES: ClassVar[tuple[str, ...]] = (
        "Un champ marqué * est à remplir. Entrée passe au champ suivant.",
        "Une date se tape 15/03, 15/03/2027, lun (lundi prochain), +7 (dans sept jours) ou auj.",
        "Une heure se tape 8h, 8h30 ou 14:00.",
        "Dans un choix, ← → changent la valeur, Entrée montre la liste.",
    )

    def __init__(
        self,
        path: tuple[str, ...],
        fields: Sequence[Field],
        submit: Submit,
        values: Mapping[str, Any] | None = None,
        intro: str = "",
    ) -> None:
        super().__init__(path)
        self._form = Form(fields, values or {})
        self._submit = submit
        self._intro = intro
        self._saving = False

    @property
    def form(self) -> Form:
        """The form itself."""
        return self._form

    def body(self) -> ComposeResult:
        """Compose the introduction and the form."""
        if self._intro:
            yield PlainText(f" {self._intro}\n")
        yield self._form

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field; after the last one, say how to save."""
        event.stop()
        if not self._form.step(1):
            self.tell("C'était le dernier champ : Ctrl+S enregistre.")

    def unsaved(self) -> str:
        """Say that something typed is not saved."""
        return "Votre saisie n'est pas enregistrée." if self._form.dirty else ""

    def action_save(self) -> None:
        """Check and save; a second Ctrl+S while saving does nothing."""
        if self._saving:
            return
        values = self._form.values()
        if values is None:
            self.tell_error("Corrigez les champs marqués «!», puis enregistrez.")
            return
        self._saving = True
        self.tell("Enregistrement…")
        self.call(self._submit, values, then=self._saved, failed=self._refused)

    def _saved(self, result: Any) -> None:
        self.dismiss(True if result is None else result)

    def _refused(self, error: ExamtuiError) -> None:
        self._saving = False
        if isinstance(error, InvalidInput) and self._form.show_error(error):
            self.tell_error("Corrigez les champs marqués «!», puis enregistrez.")
        elif isinstance(error, Conflict):
            self.tell_error(f"{error} Votre saisie est encore là.")
        else:
            self.tell_error(error)

    def action_back(self) -> None:
        """Go back, unless it is being saved; ask first if something was typed."""
        if self._saving:
            self.tell("L'enregistrement est en cours : attendez un instant.")
        elif self._form.dirty:
            self.confirm(
                "Votre saisie n'est pas enregistrée. L'abandonner ?",
                lambda: self.dismiss(None),
                yes="Abandonner",
                no="Continuer la saisie",
            )
        else:
            self.dismiss(None)
