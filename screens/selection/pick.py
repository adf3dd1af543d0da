"""Choosing a criterion by its name, then its values."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from examtui.clock import today
from examtui.errors import InvalidInput
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.typed import read_date
from examtui.screens.widgets.fields import ChoiceField, FieldLeft, LineInput
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable
from examtui.search.fold import fold
from examtui.selection.catalogue import CATALOGUE, CriterionType, Kind
from examtui.selection.checks import checked
from examtui.selection.printer import OPERATOR_LABELS
from examtui.selection.tree import Criterion, Operator
from examtui.selection.values import Proposal, propose

_VALUE_LENGTH = 400


class CriterionScreen(BaseScreen):
    """The catalogue, filtered by what one types; gives the criterion chosen."""

    OFFERS: ClassVar = (Offer("open", label="choisir", help="Choisir le critère."), Offer("search", shown=False))
    HELP = "Tapez quelques lettres du critère, puis Entrée. La seconde colonne dit ce qu'il prend."
    RULES: ClassVar = ("Le mot de la dernière colonne est celui du texte des critères : classe:3B.",)

    def body(self) -> ComposeResult:
        """Compose filter and catalogue."""
        with Horizontal(classes="line"):
            yield PlainText(" Critère ", classes="field-label")
            yield LineInput(id="filter")
        columns = [Column("Critère", 26), Column("Ce qu'il prend", 20, flex=1), Column("Mot", 13, rank=1)]
        yield VirtualTable(columns, empty="Aucun critère ne porte ce nom.", id="list")

    def on_mount(self) -> None:
        """Show the whole catalogue."""
        self._fill("")
        self.set_focus(self.query_one("#filter", LineInput))

    @property
    def table(self) -> VirtualTable:
        """The criteria."""
        return self.query_one("#list", VirtualTable)

    def _fill(self, text: str) -> None:
        words = fold(text).split()
        found = [
            entry
            for entry in CATALOGUE
            if all(word in fold(" ".join((entry.label, entry.name, *entry.aliases, entry.help))) for word in words)
        ]
        found.sort(key=lambda entry: not _is_named(entry, words))
        self.table.show(
            ListSource([Row(0, entry.name, (entry.label, entry.help, entry.name), entry) for entry in found])
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        event.stop()
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Choose the first."""
        self.action_open()

    def on_field_left(self, event: FieldLeft) -> None:
        """↓ goes to the list."""
        if event.step > 0:
            self.set_focus(self.table)

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the filter."""
        self.action_search()

    def on_virtual_table_moved(self) -> None:
        """There may be nothing to choose."""
        self.show_keys()

    def action_search(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one("#filter", LineInput))

    def action_open(self) -> None:
        """Give the criterion."""
        if self.table.row is not None:
            self.dismiss(self.table.row.record)


def _is_named(entry: CriterionType, words: list[str]) -> bool:
    named = fold(" ".join((entry.label, entry.name, *entry.aliases)))
    return all(word in named for word in words)


class ValuesScreen(BaseScreen):
    """How a criterion compares, and with what; gives the criterion."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open", label="valider", help="Prendre les valeurs cochées, sinon celle de la ligne ou du champ."),
        Offer("tick", help="Cocher plusieurs valeurs : une seule suffit alors."),
        Offer("search", label="valeur", help="Aller au champ de la valeur.", shown=False),
    )
    HELP = "Choisir ce que le critère demande. Tapez quelques lettres de la valeur, ou descendez dans la liste."
    RULES: ClassVar = (
        "Plusieurs valeurs cochées : le critère est rempli dès que l'une d'elles convient.",
        "Une valeur qui finit par * suffit par son début : 3* prend toutes les classes qui commencent par 3.",
    )

    def __init__(self, path: tuple[str, ...], entry: CriterionType, held: Criterion | None = None) -> None:
        super().__init__((*path, entry.label))
        self.entry = entry
        self._held = held
        self._proposals: list[Proposal] = []

    @property
    def table(self) -> VirtualTable:
        """The values proposed."""
        return self.query_one("#list", VirtualTable)

    def body(self) -> ComposeResult:
        """Compose comparison, fields and proposals."""
        held, entry = self._held, self.entry
        typed = list(held.values) if held is not None and entry.kind not in (Kind.CHOICE, Kind.YES_NO) else []
        yield PlainText(f" {entry.help}\n")
        if len(entry.operators) > 1:
            with Horizontal(classes="line"):
                yield PlainText(" Comparer ", classes="field-label")
                yield ChoiceField(
                    [(operator, OPERATOR_LABELS[operator]) for operator in entry.operators],
                    held.operator if held else Operator.IS,
                    label="Comparer",
                    id="operator",
                )
        is_range = held is not None and held.operator is Operator.BETWEEN
        with Horizontal(classes="line", id="value-line"):
            yield PlainText(" Valeur   ", classes="field-label")
            yield LineInput(typed[0] if is_range else ", ".join(typed), id="value", max_length=_VALUE_LENGTH)
        with Horizontal(classes="line", id="last-line"):
            yield PlainText(" jusqu'à  ", classes="field-label")
            yield LineInput(typed[1] if is_range else "", id="last", max_length=_VALUE_LENGTH)
        columns = [Column("Valeur", 24, flex=1, most=40), Column("", 20, flex=2)]
        yield VirtualTable(columns, tickable=entry.kind is Kind.CHOICE, empty="Lecture…", id="list")

    def on_mount(self) -> None:
        """Ask for the values to propose."""
        self.query_one("#value-line").display = self.entry.kind is not Kind.YES_NO
        self._show_last()
        if self._held is not None and self.entry.kind is Kind.CHOICE:
            self.table.ticks.ids.update(self._held.values)
        self.set_focus(self.table if self.entry.kind is Kind.YES_NO else self.query_one("#value", LineInput))
        self.call(propose, self.actor, self.entry.name, then=self._read, group="values")

    def _read(self, proposals: list[Proposal]) -> None:
        known = {proposal.value for proposal in proposals}
        others = [value for value in self._held.values if value not in known] if self._held is not None else []
        if self.entry.kind is Kind.CHOICE:
            proposals = [*map(Proposal, others), *proposals]
        self._proposals = proposals
        self.table.display = bool(proposals)
        self._fill()

    def _fill(self) -> None:
        words = fold(self.query_one("#value", LineInput).value).split() if self.entry.kind is Kind.CHOICE else []
        rows = [
            Row(0, proposal.value, (proposal.value, proposal.label))
            for proposal in self._proposals
            if all(word in fold(f"{proposal.value} {proposal.label}") for word in words)
        ]
        self.table.empty = "Aucune valeur connue ne correspond : Entrée prend ce que vous avez tapé."
        held = self._held.values[0] if self._held is not None and not words else None
        place = next((place for place, row in enumerate(rows) if row.id == held), None)
        self.table.show(ListSource(rows))
        if place:
            self.table.action_move(place)

    def _show_last(self) -> None:
        self.query_one("#last-line").display = self._operator() is Operator.BETWEEN

    def _operator(self) -> Operator:
        for field in self.query("#operator").results(ChoiceField):
            return Operator(field.value)
        return Operator.IS

    def on_choice_field_changed(self) -> None:
        """A range takes two values."""
        self._show_last()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter the proposals while typing."""
        event.stop()
        if event.input.id == "value":
            self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the second value of a range, else take what is there."""
        if event.input.id == "value" and self._operator() is Operator.BETWEEN:
            self.set_focus(self.query_one("#last", LineInput))
        else:
            self.action_open()

    def on_field_left(self, event: FieldLeft) -> None:
        """↑ and ↓ go from field to field, and down to the proposals."""
        lines = [line for line in self.query(".line") if line.display]
        fields = [field for line in lines for field in line.query("ChoiceField, LineInput")]
        if self.focused not in fields:
            return
        place = fields.index(self.focused) + event.step
        if place >= len(fields) and self.table.display:
            self.set_focus(self.table)
        elif 0 <= place < len(fields):
            self.set_focus(fields[place])

    def on_virtual_table_left_top(self) -> None:
        """↑ on the first line goes to the field."""
        self.action_search()

    def on_virtual_table_ticked(self) -> None:
        """Say how many are ticked."""
        count = len(self.table.ticks.ids)
        self.tell(f"{count} valeurs cochées." if count > 1 else "1 valeur cochée." if count else "")

    def on_virtual_table_moved(self) -> None:
        """What can be done depends on the row."""
        self.show_keys()

    def available(self, action: str) -> bool:
        """Tick only where several values make sense."""
        if action == "tick":
            return self.entry.kind is Kind.CHOICE and self.is_mounted and self.table.row is not None
        if action == "search":
            return self.entry.kind is not Kind.YES_NO
        return True

    def action_search(self) -> None:
        """Go to the field."""
        if self.entry.kind is not Kind.YES_NO:
            self.set_focus(self.query_one("#value", LineInput))

    def action_tick(self) -> None:
        """Tick the value."""
        self.table.tick()

    def action_open(self) -> None:
        """Check and give the criterion."""
        try:
            self.dismiss(checked(Criterion(self.entry.name, self._values(), self._operator())))
        except InvalidInput as error:
            self.tell_error(error)

    def _values(self) -> tuple[str, ...]:
        typed = self.query_one("#value", LineInput).value.strip()
        row = self.table.row if self.table.display else None
        if self.entry.kind is Kind.CHOICE:
            ticked = [proposal.value for proposal in self._proposals if proposal.value in self.table.ticks.ids]
            if ticked:
                return tuple(ticked)
            if typed and (row is None or (typed.endswith("*") and not self.table.has_focus)):
                return (typed,)
            return (str(row.id),) if row is not None else ()
        if self.table.has_focus and row is not None:
            return (str(row.id),)
        if self.entry.kind is Kind.YES_NO:
            return ()
        if self._operator() is Operator.BETWEEN:
            return (self._dated(typed), self._dated(self.query_one("#last", LineInput).value.strip()))
        if self.entry.kind is Kind.TEXT:
            return (typed,)
        return tuple(self._dated(part.strip()) for part in typed.split(","))

    def _dated(self, typed: str) -> str:
        """Understand dates as every form does: ``15/03``, ``lun``, ``+7``."""
        if self.entry.kind is not Kind.DATE or not typed or fold(typed) in ("aucune", "aucun", "*"):
            return typed
        return f"{read_date(typed, today()):%d/%m/%Y}"


def ask_criterion(screen: BaseScreen, then: Callable[[Criterion], object]) -> None:
    """Let the user choose a criterion, then its values."""

    def named(entry: CriterionType | None) -> None:
        if entry is not None:
            screen.app.push_screen(ValuesScreen(screen.path, entry), answered)

    def answered(criterion: Any) -> None:
        if criterion is not None:
            then(criterion)

    screen.app.push_screen(CriterionScreen((*screen.path, "Ajouter un critère")), named)
