"""``examtui import``: files of pupils, candidates, épreuves, places; their templates; the reports that stay."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from examtui.cli.ask import confirm
from examtui.cli.files import given_file
from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, say_json, say_table, warn
from examtui.cli.params import overwrite_option
from examtui.errors import ExamtuiError
from examtui.imports.kinds import KINDS

if TYPE_CHECKING:
    from examtui.imports.changes import ChangeView
    from examtui.imports.engine import Preview
    from examtui.imports.problems import Problem


_SHOWN = 20
_COUNT_NAMES = (
    ("created", "nouveaux"),
    ("changed", "modifiés"),
    ("unchanged", "inchangés"),
    ("gone", "sortis"),
    ("passed_over", "écartés"),
)


class _ErrorsFile:
    """Where ``--errors`` writes what an import has to say: at the preview, and again for what applying it said.

    Making it raises ``InvalidInput`` where another file has that name, so that nothing is imported then.
    """

    def __init__(self, path: Path, overwrite: bool) -> None:
        from examtui.exchange.atomic import check_free

        check_free(path, overwrite=overwrite)
        self._path = path
        self._overwrite = overwrite

    def write(self, problems: Iterable[Problem]) -> None:
        """Write the file; a later call takes the place of an earlier one.

        Raises:
            InvalidInput: another file has that name, and is not to be replaced.
            Unavailable: it cannot be written.
        """
        from examtui.enrolment.imports import problems_file
        from examtui.exchange.atomic import whole_file

        with whole_file(self._path, overwrite=self._overwrite) as stream:
            stream.write(problems_file(problems))
        self._overwrite = True


@group("import")
def import_() -> None:
    """Importe un fichier : contrôle complet, aperçu, puis confirmation."""


def _add_command(kind: str) -> None:
    known = KINDS[kind]
    options: list[Callable[[Any], Any]] = [
        click.argument("path", metavar="FICHIER", type=click.Path(path_type=Path)),
        click.option("--dry-run", is_flag=True, help="Contrôler et montrer l'aperçu, sans rien changer."),
        click.option("--yes", is_flag=True, help="Importer sans demander de confirmation."),
        click.option("--json", "as_json", is_flag=True, help="Écrire du JSON."),
        click.option(
            "--errors", metavar="CSV", type=click.Path(path_type=Path), help="Écrire erreurs et avertissements ici."
        ),
        overwrite_option,
    ]
    if known.needs_school:
        options.insert(1, click.option("--school", metavar="UAI", help="Établissement dont ce sont les élèves."))

    def command(
        invocation: Invocation,
        path: Path,
        dry_run: bool,
        yes: bool,
        as_json: bool,
        errors: Path | None,
        overwrite: bool,
        school: str | None = None,
    ) -> int | None:
        output = _ErrorsFile(invocation.file(errors), overwrite) if errors is not None else None
        return _import(invocation, kind, path, school, dry_run=dry_run, yes=yes, as_json=as_json, errors=output)

    command.__doc__ = f"Importe {known.title}.\n\nFICHIER : son nom, ou «-» pour ce qui arrive sur l'entrée standard."
    decorated: Any = pass_invocation(command)
    for option in reversed(options):
        decorated = option(decorated)
    import_.command(kind)(decorated)


for _kind in KINDS:
    _add_command(_kind)


@import_.command("template")
@click.argument("name", metavar="NOM", type=click.Choice(list(KINDS)))
@click.option("--output", metavar="FICHIER", type=click.Path(path_type=Path), help="Écrire ici, et non à l'écran.")
@overwrite_option
@pass_invocation
def template(invocation: Invocation, name: str, output: Path | None, overwrite: bool) -> None:
    """Écrit un modèle de fichier pour un tableur."""
    from examtui.enrolment.imports import template_of

    content = template_of(name).encode()
    if output is None:
        click.echo(content.removeprefix(b"\xef\xbb\xbf") if sys.stdout.isatty() else content, nl=False)
        return
    from examtui.exchange.atomic import whole_file

    output = invocation.file(output)
    with whole_file(output, overwrite=overwrite) as stream:
        stream.write(content)
    warn(f"Le modèle est dans «{output}».")


@import_.command("reports")
@click.argument("number", metavar="[N°]", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
def reports(invocation: Invocation, number: int | None, as_json: bool) -> None:
    """Liste les imports, ou un compte rendu."""
    from examtui.clock import local
    from examtui.enrolment.imports import list_reports, show_report

    actor = invocation.actor()
    if number is None:
        found = list_reports(actor)
        if as_json:
            say_json([_report_data(report) for report in found])
            return
        say_table(
            ("N°", "Date", "Compte", "Import", "Fichier", "Lignes", *(label.capitalize() for _, label in _COUNT_NAMES)),
            [
                (
                    report.id,
                    f"{local(report.at):%d/%m/%Y %H:%M}",
                    report.login,
                    report.title.removeprefix("des "),
                    report.file_name,
                    report.counts.total,
                    *(getattr(report.counts, name) for name, _ in _COUNT_NAMES),
                )
                for report in found
            ],
        )
        return
    full = show_report(actor, number)
    if as_json:
        say_json({**_report_data(full.report), "messages": [_problem_data(message) for message in full.messages]})
        return
    report = full.report
    say(f"Import n° {report.id} {report.title}, le {local(report.at):%d/%m/%Y à %H:%M} par {report.login}")
    say(f"Fichier  {report.file_name} (SHA-256 {report.sha256})")
    if report.place:
        say(f"Pour     {report.place}")
    say(report.counts.sentence)
    for message in full.messages:
        say(f"  {message.severity.value} : {message.sentence}")


def _import(
    invocation: Invocation,
    kind: str,
    path: Path,
    school: str | None,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    errors: _ErrorsFile | None,
) -> int | None:
    from examtui.enrolment import imports
    from examtui.imports.problems import ImportRefused, Severity

    actor = invocation.actor()
    asks = not (dry_run or yes)
    if asks and as_json:
        raise click.UsageError("Avec «--json», ajoutez «--yes» pour importer, ou «--dry-run» pour voir l'aperçu.")
    if asks and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ExamtuiError(
            "Sans terminal, l'import ne peut pas être confirmé : ajoutez «--yes» pour importer, ou «--dry-run» pour "
            "voir seulement l'aperçu."
        )
    with given_file(invocation, path) as given:
        file = imports.read_file(actor, given, kind)
    shown = imports.preview(actor, file, school)
    if errors is not None:
        errors.write(shown.problems)
    if shown.errors:
        return _refuse(shown, as_json)
    if asks or (dry_run and not as_json):
        _show(shown)
    if dry_run or not shown.counts.touched:
        if as_json:
            say_json(_preview_data(shown))
        elif dry_run:
            say("Rien n'a été changé : c'était un essai.")
        else:
            say("Il n'y a rien à importer : la base est déjà à jour.")
        return None
    if asks and not confirm("Appliquer ?", default=False):
        say("Rien n'a été changé.")
        return None
    try:
        done = imports.apply(actor, file, school, shown.digest if asks else None)
    except ImportRefused as refused:
        if errors is not None:
            errors.write(refused.problems)
        if as_json:
            say_json(
                {
                    "kind": kind,
                    "file": file.name,
                    "error": str(refused),
                    "error_count": refused.count,
                    "problems": [_problem_data(problem) for problem in refused.problems],
                }
            )
        else:
            _tell_errors(refused.problems)
        raise
    if errors is not None:
        errors.write(done.messages)
    if as_json:
        say_json({**_report_data(done.report), "messages": [_problem_data(message) for message in done.messages]})
        return None
    for message in done.messages if yes else ():
        if message.severity is Severity.WARNING:
            warn(f"Avertissement : {message.sentence}")
    say(f"Importé : {done.report.counts.sentence}. Compte rendu n° {done.report.id}.")
    return None


def _refuse(shown: Preview, as_json: bool) -> int:
    if as_json:
        say_json(_preview_data(shown))
    else:
        _tell_errors([problem for problem in shown.problems if problem.severity.value == "erreur"])
    several = "une erreur" if shown.errors == 1 else f"{shown.errors} erreurs"
    warn(f"Le fichier contient {several} : rien n'a été importé. Corrigez le fichier, puis recommencez.")
    return 1


def _tell_errors(problems: Iterable[Problem]) -> None:
    for problem in problems:
        warn(problem.sentence)


def _show(shown: Preview) -> None:
    say(f"Fichier  {shown.file_name}")
    if shown.school:
        say(f"Pour     {shown.school}")
    say(shown.counts.sentence)
    for change in shown.changes[:_SHOWN]:
        say(f"  {_change_line(change)}")
    more = shown.counts.touched - min(len(shown.changes), _SHOWN)
    if more > 0:
        say(f"  … et {more} autres.")
    for problem in shown.problems[:_SHOWN]:
        say(f"{problem.severity.value.capitalize()} : {problem.sentence}")
    if len(shown.problems) > _SHOWN:
        say(f"… et {len(shown.problems) - _SHOWN} autres messages (--errors FICHIER.csv les écrit tous).")


def _change_line(change: ChangeView) -> str:
    fields = ", ".join(f"{name} : «{before}» → «{after}»" for name, before, after in change.fields)
    return f"{change.outcome}  {change.subject}" + (f"  {fields}" if fields else "")


def _problem_data(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "line": problem.line,
        "subject": problem.subject,
        "field": problem.field,
        "reason": problem.reason,
        "cure": problem.cure,
    }


def _preview_data(shown: Preview) -> dict[str, Any]:
    return {
        "kind": shown.kind,
        "file": shown.file_name,
        "school": shown.school,
        **shown.counts.as_dict(),
        "error_count": shown.errors,
        "warning_count": shown.warnings,
        "problems": [_problem_data(problem) for problem in shown.problems],
        "changes": [
            {"outcome": change.outcome, "subject": change.subject, "line": change.line, "fields": change.fields}
            for change in shown.changes
        ],
    }


def _report_data(report: Any) -> dict[str, Any]:
    return {
        "report": report.id,
        "kind": report.kind,
        "file": report.file_name,
        "sha256": report.sha256,
        "at": report.at,
        "login": report.login,
        "place": report.place,
        **report.counts.as_dict(),
    }
