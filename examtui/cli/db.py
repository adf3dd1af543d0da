"""``examtui db``: the state and the version of the database.

These two commands ask for no role: they serve when nobody can get in any more, to whoever may open the data folder.
"""

import click

from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, warn


@group("db")
def db() -> None:
    """Base de données : contrôle et mise à jour."""


@db.command("check")
@pass_invocation
@click.pass_context
def check(context: click.Context, invocation: Invocation) -> None:
    """Contrôle la base : fichier, liens, schéma, index de recherche.

    Sort avec le code 1 si quelque chose ne va pas.
    """
    from examtui.administration.checks import MOST_FAULTS, check_database

    faults = check_database(invocation.home())
    for fault in faults:
        warn(fault)
    if len(faults) == MOST_FAULTS:
        warn(f"Seules les {MOST_FAULTS} premières anomalies sont montrées.")
    if faults:
        context.exit(1)
    say("La base est saine.")


@db.command("upgrade")
@pass_invocation
def upgrade(invocation: Invocation) -> None:
    """Met le schéma de la base à la version du programme.

    Ouvrir les données le fait déjà, après une copie de la base SQLite dans le dossier «backups».
    """
    applied = invocation.home().applied
    if not applied:
        say("La base est déjà à la version du programme.")
    for name in applied:
        say(f"Étape appliquée : {name}")
