"""The criteria screen: the tree line by line, the same as text, and how many candidates it selects."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input

from examtui.access import Permission
from examtui.enrolment.candidates import Search, count
from examtui.errors import ExamtuiError, InvalidInput
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.selection.pick import ValuesScreen, ask_criterion
from examtui.screens.selection.saved import SelectionsScreen, save_criteria
from examtui.screens.widgets.fields import FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.selection import edit
from examtui.selection.catalogue import type_of
from examtui.selection.edit import Path
from examtui.selection.lexer import MAX_LENGTH, CriteriaSyntax
from examtui.selection.parser import parse
from examtui.selection.printer import describe, to_text
from examtui.selection.saved import SelectionView
from examtui.selection.tree import Criterion, Defaults, Node, Not

_PAUSE_SECONDS = 0.25
_MOST_UNDONE = 100


class CriteriaScreen(BaseScreen):
    """Compose criteria; gives their text form, empty for all candidates, or None where the user went back.

    ``criteria`` is the text form to begin with, else what is changeable of ``defaults``; the fixed ones are shown and
    count, and are no part of what is given.
    """

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open", label="appliquer", help="Appliquer les critères et revenir."),
        Offer("new", label="ajouter", help="Ajouter un critère après la ligne, ou dans son groupe."),
        Offer(
            "save", label="garder", help="Enregistrer la sélection sous un nom.", permission=Permission.SAVE_SELECTIONS
        ),
        Offer("connective"),
        Offer("negate"),
        Offer("delete", label="enlever", help="Enlever la ligne, et le groupe qu'elle ouvre ; u la remet."),
        Offer("correct", help="Changer les valeurs du critère."),
        Offer("tick", help="Cocher la ligne, pour la mettre entre parenthèses avec d'autres."),
        Offer("group"),
        Offer("undo"),
        Offer("search", label="texte", help="Aller au texte des critères."),
        Offer("selections", permission=Permission.SAVE_SELECTIONS),
    )
    HELP = (
        "Dire quels candidats sont concernés. Sans critère, ce sont tous ceux que vous pouvez voir. "
        "Le champ du haut et la liste disent la même chose : changez l'un, l'autre suit."
    )
    RULES: ClassVar[tuple[str, ...]] = (
        "ET : tous les critères à la fois. OU : un au moins. NON : ceux pour qui ce n'est pas vrai.",
        "Ensemble sous ET, des critères d'épreuve parlent de la même épreuve : épreuve:C001C et salle:205.",
        "Le texte s'écrit classe:3B et (salle:205 ou salle:206) ; plusieurs valeurs : classe:3A,3B.",
        "Une ligne «fixe» vient de l'activité : elle compte, et ne se change pas.",
    )

    def __init__(
        self, path: tuple[str, ...] = (), criteria: str | None = None, defaults: Defaults | None = None
    ) -> None:
        super().__init__((*path, "Critères de sélection"))
        self._defaults = defaults or Defaults()
        self.tree_now: Node | None = None
        self._first = to_text(self._defaults.changeable) if criteria is None else criteria
        self._undo: list[Node | None] = []
        self._typing = False
        self._problem = ""
        self._refused = ""
        self._mistake = 0
        self._timer: Timer | None = None
        self._saved_name = ""

    def body(self) -> ComposeResult:
        """Compose text, problem and tree."""
        with Horizontal(classes="line"):
            yield PlainText(" Critères ", classes="field-label")
            yield LineInput(self._first, id="criteria", max_length=MAX_LENGTH)
            yield PlainText("", id="count")
        yield PlainText("", id="problem")
        yield VirtualTable([Column("", 5), Column("Candidats concernés", 30, flex=1)], tickable=True, id="tree")

    def on_mount(self) -> None:
        """Read what there is to begin with."""
        super().on_mount()
        self.table.empty = "Tous les candidats que vous pouvez voir : n ajoute un critère."
        self._take_text(self._first, keep=False)
        self.set_focus(self.table)

    @property
    def table(self) -> VirtualTable:
        """The lines of the tree."""
        return self.query_one("#tree", VirtualTable)

    @property
    def field(self) -> LineInput:
        """The text form."""
        return self.query_one("#criteria", LineInput)

    # Both forms

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read the text while it is typed."""
        event.stop()
        if not self._is_text_of_tree(event.value):
            self._take_text(event.value, keep=not self._typing)
            self._typing = True

    def _is_text_of_tree(self, text: str) -> bool:
        return not self._problem and text.strip() == to_text(self.tree_now)

    def _take_text(self, text: str, *, keep: bool) -> None:
        try:
            tree = parse(text)
        except CriteriaSyntax as error:
            self._tell_problem(str(error))
            self._mistake = error.position
            self.query_one("#count", PlainText).show("")
            return
        self._take_tree(tree, keep=keep)

    def _change(self, tree: Node | None, at: Path | None = None) -> None:
        """Take a tree that was changed line by line, and write its text."""
        try:
            text = to_text(tree)
            parse(text)
        except InvalidInput as error:
            self.tell_error(error)
            return
        self._typing = False
        self._take_tree(tree, keep=True, at=at)
        self.field.value = text

    def _take_tree(self, tree: Node | None, *, keep: bool, at: Path | None = None) -> None:
        if keep and tree != self.tree_now:
            self._undo = [*self._undo[-_MOST_UNDONE:], self.tree_now]
        self.tree_now = tree
        self._tell_problem("")
        self.table.ticks.clear()
        self._draw(at)
        self._count_soon()
        self.show_keys()

    def _draw(self, at: Path | None = None) -> None:
        rows = [
            Row(0, f"fixe {place}", ("fixe", describe(criterion)))
            for place, criterion in enumerate(self._defaults.fixed)
        ]
        lines = edit.lines_of(self.tree_now)
        for line in lines:
            word = line.word or ("ET" if rows and not line.depth and line is lines[0] and self._defaults.fixed else "")
            indent = "      " * line.depth
            inner = f"{word:<4}" if line.depth else ""
            rows.append(Row(0, line.path, ("" if line.depth else word, f"{indent}{inner}{line.text}"), line))
        here = self.table.row
        wanted = at if at is not None else here.id if here is not None else None
        place = next((place for place, row in enumerate(rows) if row.id == wanted), None)
        self.table.show(ListSource(rows, name_column=1))
        if place:
            self.table.action_move(place)

    def _tell_problem(self, text: str) -> None:
        self._problem = text
        problem = self.query_one("#problem", PlainText)
        problem.display = bool(text)
        problem.show((" ! ", "bold $error"), text)

    # The count

    def _count_soon(self) -> None:
        self._refused = ""
        self.query_one("#count", PlainText).show("  … ")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE_SECONDS, self._count)

    def _count(self) -> None:
        where = to_text(self._defaults.whole(self.tree_now))
        self.call(
            count, self.actor, Search(where=where), then=self._show_count, failed=self._show_refusal, group="count"
        )

    def _show_count(self, found: int) -> None:
        if not self._problem:
            number = f"{found:,}".replace(",", "\u202f")
            text = "aucun candidat" if not found else f"{number} candidat{'s' if found > 1 else ''}"
            self.query_one("#count", PlainText).show(f"  {text} ")

    def _show_refusal(self, error: ExamtuiError) -> None:
        self._refused = str(error)
        self.query_one("#count", PlainText).show("")
        if not self._problem:
            self._tell_problem(self._refused)
            self._problem = ""

    # Lines

    @property
    def _line(self) -> edit.Line | None:
        row = self.table.row if self.is_mounted else None
        return row.record if row is not None else None

    @property
    def _criterion(self) -> Criterion | None:
        node = self._line.node if self._line is not None else None
        while isinstance(node, Not):
            node = node.child
        return node if isinstance(node, Criterion) else None

    def available(self, action: str) -> bool:
        """Offer what the line allows."""
        if not self.is_mounted:
            return True
        if action == "correct":
            return self._criterion is not None
        if action in ("delete", "negate", "tick", "group"):
            return self._line is not None
        if action == "connective":
            return self._line is not None and not isinstance(self.tree_now, Criterion)
        if action == "undo":
            return bool(self._undo)
        return True

    def on_virtual_table_moved(self) -> None:
        """What can be done depends on the line."""
        self.show_keys()

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the text."""
        self.action_search()

    def on_field_left(self, event: FieldLeft) -> None:
        """↓ goes from the text to the lines."""
        if event.step > 0:
            self.set_focus(self.table)

    def on_input_submitted(self) -> None:
        """Apply what is typed."""
        self.action_open()

    # Actions

    def action_search(self) -> None:
        """Go to the text."""
        self.set_focus(self.field)

    def action_open(self) -> None:
        """Give the criteria to whoever asked, unless they cannot be read."""
        if self._problem or self._refused:
            self.set_focus(self.field)
            if self._problem:
                self.field.cursor_position = self._mistake
            return
        self.dismiss(to_text(self.tree_now))

    def action_new(self) -> None:
        """Add a criterion after the line."""
        path = self._line.path if self._line is not None else ()

        def chosen(criterion: Criterion) -> None:
            self._change(*edit.add(self.tree_now, path, criterion))

        ask_criterion(self, chosen)

    def action_correct(self) -> None:
        """Change the values of the criterion."""
        line, held = self._line, self._criterion
        if line is None or held is None:
            return

        def answered(criterion: Criterion | None) -> None:
            if criterion is not None:
                path, node = line.path, line.node
                while isinstance(node, Not):
                    path, node = (*path, 0), node.child
                self._change(edit.put(self.tree_now, path, criterion), line.path)

        self.app.push_screen(ValuesScreen(self.path, type_of(held), held), answered)

    def action_delete(self) -> None:
        """Take the line away."""
        if self._line is not None:
            self._change(edit.put(self.tree_now, self._line.path, None))

    def action_negate(self) -> None:
        """Deny the line, or no longer."""
        if self._line is not None and self.tree_now is not None:
            self._change(edit.negate(self.tree_now, self._line.path), self._line.path)

    def action_connective(self) -> None:
        """Exchange ET and OU."""
        line = self._line
        if line is not None:
            self._try(lambda tree: (edit.switch(tree, line.path), line.path))

    def action_tick(self) -> None:
        """Tick the line."""
        if self._line is not None:
            self.table.tick()

    def action_group(self) -> None:
        """Put the ticked lines into parentheses; with none ticked, take those of the line away."""
        ticked: list[Any] = [path for path in self.table.ticks.ids if isinstance(path, tuple)]
        line = self._line
        if ticked:
            self._try(lambda tree: edit.join(tree, ticked))
        elif line is not None:
            self._try(lambda tree: (edit.ungroup(tree, line.path), line.path))

    def _try(self, change: Any) -> None:
        if self.tree_now is None:
            return
        try:
            tree, path = change(self.tree_now)
        except InvalidInput as error:
            self.tell_error(error)
        else:
            self._change(tree, path)

    def action_undo(self) -> None:
        """Go back to the tree before the last change."""
        if self._undo:
            tree = self._undo.pop()
            self._take_tree(tree, keep=False)
            self.field.value = to_text(tree)
            self._typing = False
            self.show_keys()

    def action_selections(self) -> None:
        """Use a saved selection instead."""

        def chosen(view: SelectionView | None) -> None:
            if view is not None:
                self._saved_name = view.name if view.mine else ""
                self._typing = False
                self.field.value = view.criteria
                self._take_text(view.criteria, keep=True)

        self.app.push_screen(SelectionsScreen((*self.path, "Sélections"), chooses=True), chosen)

    def action_save(self) -> None:
        """Save under a name."""
        if self._problem:
            self.tell_error(self._problem)
            return
        save_criteria(self, to_text(self.tree_now), self._saved_name)

    def unsaved(self) -> str:
        """Say that criteria were changed and not applied."""
        changed = self.field.value.strip() != self._first.strip()
        return "Vos critères ne sont pas appliqués." if changed else ""

    def action_back(self) -> None:
        """Go back without applying; ask first if something was changed."""
        if self.unsaved():
            self.confirm(
                f"{self.unsaved()} Les abandonner ?",
                lambda: self.dismiss(None),
                yes="Abandonner",
                no="Continuer",
            )
        else:
            self.dismiss(None)
