"""``examtui demo``: a fictional academy to look around in."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from examtui.cli.frame import Invocation, command, pass_invocation
from examtui.cli.output import say, say_table

if TYPE_CHECKING:
    from examtui.access import Actor
    from examtui.demo.home import Prepared

MOST_CANDIDATES = 5_000_000

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("secretariat", 'candidates search "mar lou"'),
    ("secretariat", "candidates search --where 'épreuve:C001C et sans_salle' --count"),
    ("gestionnaire", "candidates search --limit 5 --csv"),
    ("administratrice", "users list"),
    ("administratrice", "audit verify"),
    ("administratrice", "db check"),
)
"""Commands to try, as whom; a test runs each of them."""


@command("demo")
@click.option("--candidates", type=click.IntRange(1, MOST_CANDIDATES), metavar="N", help="Nombre de candidats (2000).")
@click.option("--seed", type=int, metavar="N", help="La même graine donne les mêmes données (1).")
@click.option("--reset", is_flag=True, help="Refait la démonstration, sans ce que vous y avez changé.")
@click.option("--no-tui", is_flag=True, help="Prépare les données et dit comment les essayer, sans ouvrir les écrans.")
@pass_invocation
def demo(invocation: Invocation, candidates: int | None, seed: int | None, reset: bool, no_tui: bool) -> int:
    """Une académie fictive pour essayer.

    Ses données sont dans un dossier à part : les vôtres ne sont pas touchées. Relancée, la démonstration se rouvre
    comme vous l'avez laissée.
    """
    from examtui.demo.home import default_path, prepare

    path = Path(invocation.home_named).expanduser() if invocation.home_named is not None else default_path()
    prepared = prepare(path, candidates, seed, anew=reset, progress=_progress)
    if prepared.is_new and sys.stderr.isatty():
        click.echo(err=True)
    if no_tui or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _describe(prepared)
        return 0
    actor = _actor(invocation.as_login or _chosen_login())
    from examtui.screens.app import run_app

    return run_app(actor)


def _progress(written: int) -> None:
    if sys.stderr.isatty():
        from examtui.imports.problems import plural

        click.echo(f"\r  {plural(written, 'candidat')}… ", nl=False, err=True)


def _actor(login: str) -> "Actor":
    from examtui.access.login import identify
    from examtui.home import connected, current

    with connected():
        return identify(current(), login)


def _chosen_login() -> str:
    """Ask as whom one wants to look around."""
    lines = list(_accounts())
    say("Vous voulez regarder en tant que :")
    for number, (_, name, label) in enumerate(lines, 1):
        say(f"  {number}  {label}, {name}")
    choice = click.prompt("Numéro", type=click.IntRange(1, len(lines)), default=1)
    return lines[choice - 1][0]


def _accounts() -> Iterator[tuple[str, str, str]]:
    """Login, name, and the French label of the first grant of each account of the demonstration that is still there."""
    from examtui.demo.staff import ACCOUNTS
    from examtui.errors import Forbidden

    for account in ACCOUNTS:
        try:
            actor = _actor(account.login)
        except Forbidden:
            continue
        if actor.grants:
            yield actor.login, actor.name, actor.grants[0].label


def _describe(prepared: "Prepared") -> None:
    from examtui.imports.problems import plural

    figures = prepared.figures
    state = "prête" if prepared.is_new else "telle que vous l'avez laissée,"
    say(f"Académie fictive {state} dans «{prepared.path}»")
    say(f"  graine {prepared.seed}, {plural(prepared.candidates, 'candidat')} au départ")
    say(
        f"  {plural(figures.schools, 'établissement')}, {plural(figures.centres, 'centre')}, "
        f"{plural(figures.rooms, 'salle')}, {plural(figures.epreuves, 'épreuve')}"
    )
    say(
        f"  {plural(figures.candidates, 'candidat')}, {plural(figures.registrations, 'candidature')}, "
        f"{plural(figures.epreuve_registrations, 'inscription aux épreuves', 'inscriptions aux épreuves')}, "
        f"{plural(figures.assignments, 'affectation')}"
    )
    say()
    say("Comptes")
    say_table(("Compte", "Nom", "Rôle"), _accounts())
    say()
    say("À essayer")
    say(f"  {_line(prepared, None, '')}")
    for login, arguments in EXAMPLES:
        say(f"  {_line(prepared, login, arguments)}")


def _line(prepared: "Prepared", login: str | None, arguments: str) -> str:
    place = f"--home {shlex.quote(str(prepared.path))}"
    return f"examtui {arguments} {place} --as {login}" if login else f"examtui demo {place}"
