"""Where a person's files are read from and written to, when several people share one system account."""

import os
from pathlib import Path
from urllib.parse import quote

from examtui import home
from examtui.access.actor import Actor
from examtui.access.login import system_login
from examtui.errors import Forbidden, Unavailable
from examtui.files import reason

FOLDERS = "depots"
"""In the home: a folder for each person who works through an account that is not their own."""


def is_confined(actor: Actor) -> bool:
    """Tell whether the actor works through somebody else's system account, as behind a forced SSH command.

    That account reads the whole server, and owns the data: a person who borrows it sees one folder of it. Who looks
    at a demonstration plays its accounts at their own machine, unless they came over SSH.
    """
    if actor.login == system_login():
        return False
    return not home.current().is_demonstration() or "SSH_CONNECTION" in os.environ


def folder_for(actor: Actor) -> Path:
    """Return where the actor's files are, made if need be: the person's own folder, or one (0700) in the home.

    Raises:
        Unavailable: it cannot be made.
    """
    if not is_confined(actor):
        return Path.home()
    folder = home.current().path / FOLDERS / quote(actor.login, safe="@+ ").replace(".", "%2E", actor.login[:1] == ".")
    try:
        for part in (folder.parent, folder):
            part.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"Votre dossier «{folder}» ne peut pas être créé ({reason(error)}).") from error
    return folder


def first_folder(actor: Actor) -> Path:
    """Return the folder in which to look for a file first: where the program was started, or the actor's own.

    Raises:
        Unavailable: it cannot be made, or is gone.
    """
    try:
        return folder_for(actor) if is_confined(actor) else Path.cwd()
    except OSError as error:
        raise Unavailable(
            f"Le dossier courant ne peut pas être lu ({reason(error)}) : placez-vous ailleurs."
        ) from error


def within(actor: Actor, path: Path) -> Path:
    """Return ``path``, resolved, if the actor may read or write there; a confined actor's names are of its folder.

    Raises:
        Forbidden: the actor is confined to its folder, and ``path`` lies outside, be it by a link.
    """
    if not is_confined(actor):
        return path
    folder = folder_for(actor)
    real = Path(os.path.realpath(folder / path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise Forbidden(
            f"Vous travaillez par un compte système partagé : seuls les fichiers du dossier «{folder}» sont à vous. "
            "Demandez à l'administrateur d'y déposer le vôtre."
        )
    return real
