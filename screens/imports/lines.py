"""A screen that shows what an import has to say, a line each, and exports it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult

from examtui.access.folders import folder_for
from examtui.enrolment import imports
from examtui.imports.changes import ChangeView
from examtui.imports.problems import Problem
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.export import ExportForm
from examtui.screens.widgets.lines import PlainText
from examtui.screens.widgets.rows import Column, ListSource, Row
from examtui.screens.widgets.virtual_table import VirtualTable

_EXPORT_NAME = "messages-import.csv"

_COLUMNS = (
    Column("", 13),
    Column("Ligne", 6, right=True),
    Column("Élève ou fiche", 16, flex=1, most=60),
    Column("Détail", 20, flex=2),
)
"""The columns, in the order of the fields of ``Line``; one that is empty on every line gives its room to the others."""


class Line(NamedTuple):
    """A line: what it is (erreur, nouveau…), the line in the file, whom it is about, the rest, and all of it."""

    what: str
    number: str
    subject: str
    text: str
    whole: str


def problem_line(problem: Problem) -> Line:
    """A problem as a line."""
    text = f"{problem.field} : {problem.reason}" if problem.field else problem.reason
    number = "" if problem.line is None else str(problem.line)
    return Line(problem.severity.value, number, problem.subject, text, problem.sentence)


def change_line(change: ChangeView) -> Line:
    """A change as a line."""
    text = ", ".join(f"{name} «{before}» → «{after}»" for name, before, after in change.fields)
    whole = f"{change.outcome} : {change.subject}" + (f" : {text}" if text else "")
    return Line(change.outcome, "" if change.line is None else str(change.line), change.subject, text, whole)


class LinesScreen(BaseScreen):
    """A few lines of facts, then a list. A subclass gives ``head``, ``lines`` and ``problems``."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open", label="ligne entière", help="Afficher la ligne en entier."),
        Offer("export", help="Écrire les erreurs et les avertissements dans un fichier CSV, pour un tableur."),
    )
    EMPTY: ClassVar[str] = "Rien."
    AUTO_FOCUS = "VirtualTable"

    def head(self) -> list[str]:
        """Return the lines above the list; empty ones are left out."""
        raise NotImplementedError

    def lines(self) -> list[Line]:
        """Return the list."""
        raise NotImplementedError

    def problems(self) -> Sequence[Problem]:
        """Return what exporting writes."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Compose facts and list."""
        yield PlainText("\n".join(f" {line}" for line in self.head() if line), id="head")
        self._told = self.lines()
        self._filled = [place for place, _ in enumerate(_COLUMNS) if any(line[place] for line in self._told)]
        columns = [_COLUMNS[place] for place in self._filled] or [_COLUMNS[-1]]
        yield VirtualTable(columns, empty=self.EMPTY, id="list")

    def on_mount(self) -> None:
        """Fill the list."""
        super().on_mount()
        rows = [
            Row(number, number, tuple(line[place] for place in self._filled), line)
            for number, line in enumerate(self._told)
        ]
        self.query_one(VirtualTable).show(ListSource(rows))

    def available(self, action: str) -> bool:
        """Exporting needs something to export."""
        return bool(self.problems()) if action == "export" else True

    def action_open(self) -> None:
        """Show the whole line."""
        row = self.query_one(VirtualTable).row
        if row is not None and isinstance(row.record, Line):
            self.tell(row.record.whole)

    def action_export(self) -> None:
        """Ask for a name."""
        self.call(folder_for, self.actor, then=self._ask_export)

    def _ask_export(self, folder: Path) -> None:
        actor, problems = self.actor, self.problems()

        def submit(typed: dict[str, Any]) -> str:
            return f"Le fichier est écrit : {imports.export_messages(actor, problems, **typed)}"

        self.app.push_screen(ExportForm(self.path, submit, _EXPORT_NAME, "Les messages", folder), self.tell_exported)

    def tell_exported(self, told: str | None) -> None:
        """Say where the file is, once it is written."""
        if told is not None:
            self.tell(told)
