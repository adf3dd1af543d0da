"""The imports that were made, each with its report; ``i`` imports a file."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.clock import local
from examtui.enrolment import imports
from examtui.enrolment.imports import FullReport, ReportView
from examtui.imports.problems import Problem
from examtui.screens.actions import Offer
from examtui.screens.imports.files import FileScreen
from examtui.screens.imports.lines import Line, LinesScreen, problem_line
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.rows import Column


class ImportsScreen(RecordsScreen[ReportView]):
    """The imports of the actor's places, the latest first."""

    OFFERS: ClassVar = (
        Offer("import_file", help="Choisir un fichier, voir ce qu'il changerait, puis l'importer."),
        Offer("open", label="compte rendu", help="Afficher le compte rendu de l'import."),
    )
    COLUMNS: ClassVar = (
        Column("Date", 16),
        Column("Import", 10, flex=1, most=30),
        Column("Fichier", 12, flex=2, most=50),
        Column("Nouv.", 7, right=True),
        Column("Modif.", 7, right=True),
        Column("Sortis", 6, right=True, rank=1),
        Column("Écartés", 7, right=True, rank=2),
        Column("Compte", 8, flex=1, most=20, rank=3),
    )
    HELP = "Les fichiers déjà importés et leur compte rendu. La touche i importe un fichier."
    RULES: ClassVar = (
        "Le fichier est d'abord contrôlé en entier : toutes ses erreurs sont montrées, et rien n'est changé.",
        "Puis l'aperçu montre ce qui serait nouveau, modifié ou sorti ; rien n'est écrit avant votre accord.",
        "La base élèves (SIECLE) est la liste entière de l'établissement : qui n'y est plus est noté sorti. "
        "Les autres fichiers ne sortent personne.",
        "Une cellule vide n'efface jamais une valeur.",
    )
    EMPTY = "Aucun import pour l'instant : tapez i pour importer un fichier."

    def __init__(self, path: tuple[str, ...] = (), *, begin: str = "") -> None:
        super().__init__(path)
        self._begin = bool(begin)

    def on_mount(self) -> None:
        """List the reports; where an import is to begin (``begin``), choose a file at once."""
        super().on_mount()
        if self._begin:
            self.action_import_file()

    def load(self) -> Sequence[ReportView]:
        """List the reports."""
        return imports.list_reports(self.actor)

    def identity(self, record: ReportView) -> int:
        """The report's number."""
        return record.id

    def cells(self, record: ReportView) -> tuple[str, ...]:
        """Date, kind, file, counts, login."""
        counts = record.counts
        return (
            f"{local(record.at):%d/%m/%Y %H:%M}",
            record.title.removeprefix("des ").removeprefix("de la "),
            record.file_name,
            str(counts.created),
            str(counts.changed),
            str(counts.gone),
            str(counts.passed_over),
            record.login,
        )

    def opened(self, record: ReportView) -> None:
        """Show the report."""
        self.call(imports.show_report, self.actor, record.id, then=self._show, group="show")

    def _show(self, full: FullReport) -> None:
        self.app.push_screen(ReportScreen((*self.path, f"Compte rendu n° {full.report.id}"), full))

    def action_import_file(self) -> None:
        """Choose a file."""
        self.app.push_screen(FileScreen((*self.path, "Importer un fichier")), self._imported)

    def available(self, action: str) -> bool:
        """Importing is for who may import something."""
        if action == "import_file":
            return bool(imports.importable_kinds(self.actor))
        return super().available(action)

    def _imported(self, full: Any) -> None:
        self.reload()
        if isinstance(full, FullReport):
            self._show(full)


class ReportScreen(LinesScreen):
    """The report of an import that was applied."""

    HELP = "Ce que l'import a fait, et ce qu'il avait à dire. Entrée montre une ligne en entier."
    EMPTY = "Rien à signaler."

    def __init__(self, path: tuple[str, ...], full: FullReport) -> None:
        super().__init__(path)
        self._full = full

    def head(self) -> list[str]:
        """File, place, when and by whom, counts."""
        report = self._full.report
        return [
            f"{report.file_name}, le {local(report.at):%d/%m/%Y à %H:%M} par {report.login}",
            report.place,
            report.counts.sentence,
        ]

    def lines(self) -> list[Line]:
        """The messages."""
        return [problem_line(problem) for problem in self._full.messages]

    def problems(self) -> Sequence[Problem]:
        """The messages, to export."""
        return self._full.messages
