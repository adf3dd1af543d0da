"""The engine: read a file, check it whole, plan what would change, and apply the plan in one transaction.

An importer says how a kind of file is recognised, read and planned; everything else (limits, encodings, collecting
errors, preview, transaction, report, audit) is done here once for all. Reading touches no database. The plan is made
from the database as it stands: once for the preview, and again inside the transaction that applies it, so that two
people at once are safe: if the second plan is not the one that was confirmed, nothing is written.

``examtui/imports/kinds.py`` is the table of importers. A new one is a ``TableImporter`` (``tables.py``) with its
columns and a ``plan``; ``students/`` is an importer written for speed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from examtui.access import Actor, Permission, Scope
from examtui.clock import today, utc_now
from examtui.database.bulk import refresh_statistics
from examtui.database.connection import is_postgresql
from examtui.errors import Conflict
from examtui.imports.changes import ChangeView, Counts
from examtui.imports.problems import FileRefused, ImportRefused, Problem, Problems, Severity
from examtui.imports.source import Source
from examtui.model import ALL_MODELS, Base, ImportMessage, ImportReport, School
from examtui.model.base import database

R = TypeVar("R")
SAMPLE_SIZE = 200
_MANY_ROWS = 1000
Progress = Callable[[str, int, int], None]
"""Told how the work goes on: what is being done (French), how many rows are done, of how many (0: not known)."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Context:
    """For whom and for which place a plan is made; ``school`` is set for imports into one school."""

    login: str
    scope: Scope
    school: School | None = None
    progress: Progress = no_progress
    today: date = field(default_factory=today)
    at: datetime = field(default_factory=utc_now)

    @property
    def academy_id(self) -> int | None:
        """The academy that the import is for: the school's, else the only one of the scope."""
        if self.school is not None:
            return int(self.school.academy_id)
        return next(iter(self.scope.academies)) if len(self.scope.academies) == 1 else None

    @property
    def school_id(self) -> int | None:
        """The school that the import is for: the given one, else the only one of a scope without academies."""
        if self.school is not None:
            return int(self.school.id)
        alone = len(self.scope.schools) == 1 and not self.scope.academies and not self.scope.everything
        return next(iter(self.scope.schools)) if alone else None


class Plan(Protocol):
    """What an import would do; ``Changes`` is the one for most importers."""

    @property
    def counts(self) -> Counts:
        """Rows of the file by what becomes of them."""

    def sample(self, most: int) -> tuple[ChangeView, ...]:
        """Return the first ``most`` changes, for the preview."""

    def digest(self) -> str:
        """Return a digest that is the same exactly when the plan would do the same."""

    def write(self, report: ImportReport, context: Context, action: str) -> None:
        """Write the changes and their audit entries, in the caller's transaction."""


class Importer(ABC, Generic[R]):
    """A kind of file: how it is recognised, read, and turned into a plan. ``R`` is what reading yields."""

    kind: ClassVar[str]
    """The name in commands and reports: ``epreuves``."""
    title: ClassVar[str]
    """French, for sentences, with its article: «des épreuves»."""
    permission: ClassVar[Permission]
    """What the user must hold."""
    needs_school: ClassVar[bool] = False
    """Whether the user names the school that the file is for."""
    tables: ClassVar[tuple[type[Base], ...]]
    """The tables that the plan writes: PostgreSQL locks them, as SQLite locks all."""

    @abstractmethod
    def recognises(self, source: Source) -> bool:
        """Tell from its content whether ``source`` is a file of this kind."""

    @abstractmethod
    def read(self, source: Source, problems: Problems, progress: Progress) -> R:
        """Read all rows, adding what is wrong with them to ``problems``; no database.

        Raises:
            FileRefused: the file as a whole cannot be read.
        """

    @abstractmethod
    def total(self, rows: R) -> int:
        """Return the number of rows (pupils, candidates…) that ``read`` found in the file."""

    @abstractmethod
    def plan(self, rows: R, context: Context, problems: Problems) -> Plan:
        """Compare the rows with the database, adding to ``problems`` what it does not allow."""

    @abstractmethod
    def template(self) -> str:
        """Return an empty file with an example line, as ``examtui import template`` writes it (without BOM)."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: its rows, and what reading had to say. ``source`` is freed of its content."""

    importer: Importer[Any]
    name: str
    sha256: str
    rows: Any
    total: int
    problems: Problems


@dataclass(frozen=True)
class Preview:
    """What applying a file would do; ``digest`` names the plan that the user saw."""

    kind: str
    title: str
    file_name: str
    school: str
    counts: Counts
    problems: tuple[Problem, ...]
    errors: int
    warnings: int
    changes: tuple[ChangeView, ...]
    digest: str

    @property
    def can_apply(self) -> bool:
        """Tell whether there is no error, and something to do."""
        return self.errors == 0 and self.counts.touched > 0


def read(importer: Importer[Any], source: Source, progress: Progress = no_progress) -> ReadFile:
    """Read ``source`` with ``importer``.

    Raises:
        FileRefused: the file as a whole cannot be read, or holds no row.
    """
    problems = Problems()
    rows = importer.read(source, problems, progress)
    total = importer.total(rows)
    if total == 0 and not problems.has_errors:
        raise FileRefused(f"Le fichier «{source.name}» ne contient aucune ligne à importer. Vérifiez-le.")
    return ReadFile(importer, source.name, source.sha256, rows, total, problems)


def preview(file: ReadFile, context: Context) -> Preview:
    """Return what applying ``file`` would do now; nothing is written."""
    plan, problems = _planned(file, context)
    failed = problems.has_errors
    return Preview(
        kind=file.importer.kind,
        title=file.importer.title,
        file_name=file.name,
        school=f"{context.school.name} ({context.school.uai})" if context.school else "",
        counts=plan.counts if plan and not failed else Counts(total=file.total),
        problems=problems.told(),
        errors=problems.counts[Severity.ERROR],
        warnings=problems.counts[Severity.WARNING],
        changes=plan.sample(SAMPLE_SIZE) if plan and not failed else (),
        digest=_digest(plan, context) if plan and not failed else "",
    )


def apply(file: ReadFile, context: Context, action: str, confirmed: str | None = None) -> ImportReport:
    """Plan again, and write, in the caller's transaction; ``confirmed`` is the digest of the preview, if there was one.

    Raises:
        ImportRefused: the file holds errors.
        Conflict: the plan is no longer the one that was confirmed.
    """
    _lock(file.importer.tables)
    plan, problems = _planned(file, context)
    if plan is None or problems.has_errors:
        raise ImportRefused(problems)
    if confirmed is not None and _digest(plan, context) != confirmed:
        raise Conflict("Les données ont changé depuis l'aperçu : rien n'a été importé. Relisez l'aperçu et confirmez.")
    report = ImportReport.create(
        kind=file.importer.kind,
        file_name=file.name,
        sha256=file.sha256,
        at=context.at,
        login=context.login,
        academy_id=context.academy_id,
        school_id=context.school_id,
        **plan.counts.as_dict(),
    )
    _keep_messages(report, problems)
    context.progress("Enregistrement", 0, plan.counts.touched)
    plan.write(report, context, action)
    if plan.counts.touched >= _MANY_ROWS:
        refresh_statistics(file.importer.tables)
    return report


def context_for(actor: Actor, importer: Importer[Any], school: School | None, progress: Progress) -> Context:
    """Return the context of an import by ``actor``."""
    return Context(actor.login, actor.scope(importer.permission), school, progress)


def _planned(file: ReadFile, context: Context) -> tuple[Plan | None, Problems]:
    problems = file.problems.copy()
    context.progress("Comparaison avec la base", 0, file.total)
    plan = file.importer.plan(file.rows, context, problems)
    return plan, problems


def _digest(plan: Plan, context: Context) -> str:
    return f"{context.school_id or ''} {plan.digest()}"


def _lock(tables: tuple[type[Base], ...]) -> None:
    if is_postgresql(database):
        for model in sorted(tables, key=ALL_MODELS.index):
            database.execute_sql(f'LOCK TABLE "{model._meta.table_name}" IN SHARE ROW EXCLUSIVE MODE')


def _keep_messages(report: ImportReport, problems: Problems) -> None:
    rows = [
        {
            "report": report.id,
            "severity": problem.severity.value,
            "line": problem.line,
            "subject": problem.subject[:255],
            "field": problem.field[:255],
            "reason": problem.reason,
            "cure": problem.cure,
        }
        for problem in problems.told()
    ]
    for start in range(0, len(rows), 100):
        ImportMessage.insert_many(rows[start : start + 100]).execute()
