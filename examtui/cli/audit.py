"""``examtui audit``: reading and verifying the audit log."""

from datetime import date
from typing import Any

import click

from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, say_json, warn
from examtui.cli.params import DAY

_DATA = ("number", "at", "login", "action", "subject_type", "subject_id", "payload")


@group("audit")
def audit() -> None:
    """Journal : qui a fait quoi, et quand."""


@audit.command("list")
@click.option("--login", default="", metavar="COMPTE", help="Seulement ce que ce compte a fait.")
@click.option("--action", default="", metavar="DÉBUT", help="Seulement les actions qui commencent ainsi (users.).")
@click.option("--subject", default="", metavar="TYPE[:N°]", help="Seulement ce sujet (candidate:12).")
@click.option("--since", type=DAY, metavar="JJ/MM/AAAA", help="À partir de ce jour.")
@click.option("--until", type=DAY, metavar="JJ/MM/AAAA", help="Jusqu'à ce jour compris.")
@click.option("--before", type=click.IntRange(1), metavar="N°", help="Seulement les entrées d'avant ce numéro.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, metavar="N", help="Combien d'entrées."
)
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
def list_(
    invocation: Invocation,
    login: str,
    action: str,
    subject: str,
    since: date | None,
    until: date | None,
    before: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """Liste les entrées du journal, la plus récente d'abord."""
    from examtui.administration.journal import Filter, list_entries

    subject_type, number = _subject(subject)
    wanted = Filter(login, action, subject_type, number, since, until)
    entries = list_entries(invocation.actor(), wanted, below=before, limit=limit)
    if as_json:
        say_json([{name: getattr(entry, name) for name in _DATA} for entry in entries])
        return
    for entry in entries:
        _show(entry)
    if len(entries) == limit:
        warn(f"La suite : --before {entries[-1].number}")


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
@click.pass_context
def verify(context: click.Context, invocation: Invocation, as_json: bool) -> None:
    """Vérifie que personne n'a touché au journal.

    Sort avec le code 1 si une entrée a été changée, ôtée ou ajoutée hors du programme.
    """
    from examtui.administration.journal import verify_log

    found = verify_log(invocation.actor())
    if as_json:
        say_json({"sound": found.sound, "entries": found.entries, "faults": found.faults})
    elif found.sound:
        say(f"Le journal est intact : {found.entries} entrée{'s' if found.entries > 1 else ''}.")
    else:
        for fault in found.faults:
            warn(fault)
    if not found.sound:
        context.exit(1)


def _show(entry: Any) -> None:
    from examtui.clock import local

    say(f"{entry.number}  {local(entry.at):%d/%m/%Y %H:%M:%S}  {entry.login}  {entry.label}  {entry.subject}".rstrip())
    for name, change in entry.changes():
        say(f"    {name} : {change}")


def _subject(text: str) -> tuple[str, int | None]:
    kind, _, number = text.partition(":")
    if number and not (number.isascii() and number.isdecimal()):
        raise click.BadParameter(f"«{text}» : après «:», donnez un numéro.", param_hint="--subject")
    return kind, int(number) if number else None
