"""Importing files (PRODUCT.md §1): read, preview, apply, and the reports that stay.

``read_file`` once; ``preview`` what it would do; ``apply`` it, naming the preview that the user confirmed. Each kind of
file has its own pair of use cases, ``import.KIND.preview`` and ``import.KIND``, with the permission that its importer
asks for (PRODUCT.md, table of roles).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from examtui import home
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.folders import folder_for
from examtui.access.lookup import found, schools_within
from examtui.access.usecases import REGISTRY
from examtui.errors import InvalidInput
from examtui.exchange.atomic import csv_name, whole_file
from examtui.exchange.tables import csv_file
from examtui.identifiers import tidy
from examtui.imports import engine
from examtui.imports.changes import Counts
from examtui.imports.engine import Importer, Preview, Progress, ReadFile, no_progress
from examtui.imports.fields import echo
from examtui.imports.kinds import KINDS, importer_for
from examtui.imports.problems import Problem, Severity
from examtui.imports.recognise import check_kind, recognise
from examtui.imports.source import read_source
from examtui.model import Academy, ImportMessage, ImportReport, School

_MOST_REPORTS = 500


@dataclass(frozen=True)
class ReportView:
    """The report of an import that was applied; ``at`` is UTC, ``title`` the kind in French, ``place`` for whom."""

    id: int
    kind: str
    title: str
    file_name: str
    sha256: str
    at: datetime
    login: str
    place: str
    counts: Counts


@dataclass(frozen=True)
class FullReport:
    """A report with what the import had to say."""

    report: ReportView
    messages: tuple[Problem, ...]


@dataclass(frozen=True)
class KindView:
    """A kind of file that the actor may import."""

    kind: str
    title: str
    needs_school: bool


def importable_kinds(actor: Actor) -> list[KindView]:
    """Return the kinds of file that the actor may import, in the order of the table of importers."""
    importers = [importer_for(kind) for kind in KINDS]
    return [
        KindView(importer.kind, importer.title, importer.needs_school)
        for importer in importers
        if actor.can(importer.permission)
    ]


def template_of(kind: str) -> str:
    """Return an empty file of that kind with an example line, for a spreadsheet: BOM, ``;``, CRLF.

    Raises:
        InvalidInput: there is no such kind.
    """
    return "\ufeff" + importer_for(kind).template()


def problems_file(problems: Iterable[Problem]) -> bytes:
    """Return problems as a CSV file, for a spreadsheet."""
    heading = ("Gravité", "Ligne", "Élève ou fiche", "Donnée", "Motif", "Que faire")
    return csv_file(
        heading,
        (
            (problem.severity.value, problem.line, problem.subject, problem.field, problem.reason, problem.cure)
            for problem in problems
        ),
    )


@use_case("import.export_messages", Permission.READ_IMPORTS)
def export_messages(actor: Actor, problems: Iterable[Problem], name: str, *, overwrite: bool = False) -> Path:
    """Write what an import had to say to the CSV file ``name`` in the actor's folder, and return its path.

    Raises:
        InvalidInput: ``name`` is no file name, or is taken and not to be overwritten.
        Unavailable: the file cannot be written.
    """
    path = folder_for(actor) / csv_name(name)
    with whole_file(path, overwrite=overwrite) as stream:
        stream.write(problems_file(problems))
    return path


@use_case("import.schools", Permission.IMPORT_STUDENTS)
def schools_to_import_for(actor: Actor) -> list[tuple[str, str]]:
    """Return UAI and name of the schools into which the actor may import pupils, by name."""
    query = School.select().where(schools_within(actor.scope(Permission.IMPORT_STUDENTS))).order_by(School.name)
    return [(school.uai, f"{school.name} ({school.uai})") for school in query]


def read_file(actor: Actor, path: Path, kind: str | None = None, progress: Progress = no_progress) -> ReadFile:
    """Read the file at ``path``; without ``kind`` it is recognised by its content.

    No use case: no database is asked, and which permission it takes is known once the file is.

    Raises:
        Forbidden: the actor may not import such files.
        FileRefused: it cannot be read, or is of another kind.
        InvalidInput: there is no such kind.
    """
    importer = importer_for(kind) if kind is not None else None
    if importer is not None:
        actor.require(importer.permission)
    progress("Lecture du fichier", 0, 0)
    settings = home.current().settings
    source = read_source(path, settings.get("imports.max_size_mib"), settings.get("imports.max_table_mib"))
    if importer is None:
        importer = recognise(source)
        actor.require(importer.permission)
    else:
        check_kind(importer, source)
    return engine.read(importer, source, progress)


def preview(actor: Actor, file: ReadFile, uai: str | None = None, progress: Progress = no_progress) -> Preview:
    """Return what applying ``file`` would do; ``uai`` names the school, where the kind needs one.

    Raises:
        Forbidden: the actor may not import such files.
        NotFound: there is no such school in the actor's scope.
        InvalidInput: the school is not given, and the actor has several.
    """
    shown: Preview = REGISTRY[f"import.{file.importer.kind}.preview"].function(actor, file, uai, progress)
    return shown


def apply(
    actor: Actor,
    file: ReadFile,
    uai: str | None = None,
    confirmed: str | None = None,
    progress: Progress = no_progress,
) -> FullReport:
    """Apply ``file`` in one transaction; ``confirmed`` is the digest of the preview that the user confirmed.

    Raises:
        Forbidden, NotFound, InvalidInput: as ``preview``.
        ImportRefused: the file holds errors; it tells them.
        Conflict: the data changed since the preview.
        Unavailable: the database is busy or full.
    """
    done: FullReport = REGISTRY[f"import.{file.importer.kind}"].function(actor, file, uai, confirmed, progress)
    return done


@use_case("import.list", Permission.READ_IMPORTS)
def list_reports(actor: Actor, most: int = _MOST_REPORTS) -> list[ReportView]:
    """Return the latest reports of imports for the actor's places, and of its own, latest first."""
    query = _reports_within(actor).order_by(ImportReport.id.desc()).limit(most)
    return [_view(report) for report in query]


@use_case("import.show", Permission.READ_IMPORTS)
def show_report(actor: Actor, report_id: int) -> FullReport:
    """Return a report with its messages.

    Raises:
        NotFound: there is none in the actor's places.
    """
    query = _reports_within(actor).where(ImportReport.id == report_id)
    return _full(found(query, f"Le compte rendu d'import n° {report_id} n'existe pas : relisez la liste."))


def _reports_within(actor: Actor) -> Any:
    scope = actor.scope(Permission.READ_IMPORTS)
    query: Any = ImportReport.select()
    if scope.everything:
        return query
    schools = School.select(School.id).where(schools_within(scope))
    return query.where(
        ((ImportReport.login == actor.login) & ImportReport.academy_id.is_null() & ImportReport.school_id.is_null())
        | ImportReport.academy_id.in_(list(scope.academies))
        | ImportReport.school_id.in_(schools)
    )


def _full(report: ImportReport) -> FullReport:
    rows = ImportMessage.select().where(ImportMessage.report == report).order_by(ImportMessage.id)
    messages = tuple(
        Problem(Severity(row.severity), row.line, row.subject, row.field, row.reason, row.cure) for row in rows
    )
    return FullReport(_view(report), messages)


def _view(report: ImportReport) -> ReportView:
    return ReportView(
        id=report.id,
        kind=report.kind,
        title=importer_for(report.kind).title if report.kind in KINDS else report.kind,
        file_name=report.file_name,
        sha256=report.sha256,
        at=report.at,
        login=report.login,
        place=_place(report),
        counts=Counts(report.total, report.created, report.changed, report.unchanged, report.gone, report.passed_over),
    )


def _place(report: ImportReport) -> str:
    if report.school_id is not None:
        school = School.get_or_none(School.id == report.school_id)
        return f"{school.name} ({school.uai})" if school else ""
    academy = Academy.get_or_none(Academy.id == report.academy_id)
    return f"Académie de {academy.name}" if academy else ""


def _school_for(scope: Scope, importer: Importer[Any], uai: str | None) -> School | None:
    if not importer.needs_school:
        return None
    query = School.select().where(schools_within(scope))
    if uai is None:
        schools = list(query.limit(2))
        if len(schools) == 1:
            return schools[0]
        raise InvalidInput("Dites pour quel établissement est ce fichier : donnez son UAI («--school UAI»).", "school")
    wanted = tidy(uai)
    sentence = f"L'établissement «{echo(wanted)}» n'existe pas, ou n'est pas dans votre périmètre : vérifiez l'UAI."
    return found(query.where(School.uai == wanted), sentence)


def _register(kind: str, importer: Importer[Any]) -> None:
    def is_its_own(file: ReadFile) -> None:
        if file.importer.kind != kind:
            raise RuntimeError(f"a file of {file.importer.kind} was given to the import of {kind}")

    def preview_file(actor: Actor, file: ReadFile, uai: str | None, progress: Progress) -> Preview:
        is_its_own(file)
        school = _school_for(actor.scope(importer.permission), importer, uai)
        return engine.preview(file, engine.context_for(actor, importer, school, progress))

    def apply_file(
        actor: Actor, file: ReadFile, uai: str | None, confirmed: str | None, progress: Progress
    ) -> FullReport:
        is_its_own(file)
        school = _school_for(actor.scope(importer.permission), importer, uai)
        context = engine.context_for(actor, importer, school, progress)
        return _full(engine.apply(file, context, f"import.{kind}", confirmed))

    functions: tuple[tuple[str, Callable[..., Any], bool], ...] = (
        (f"import.{kind}.preview", preview_file, False),
        (f"import.{kind}", apply_file, True),
    )
    for name, function, writes in functions:
        use_case(name, importer.permission, writes=writes)(function)


for _kind in KINDS:
    _register(_kind, importer_for(_kind))
