"""Importing Peewee with no more database drivers than the settings ask for."""

import sys
from pathlib import Path

from examtui.errors import SettingsError
from examtui.settings.store import load

_SERVER_DRIVER = "psycopg"


def import_peewee(home: Path) -> None:
    """Import Peewee, without PostgreSQL's driver where the home's data are in SQLite.

    Peewee imports psycopg wherever it is installed, which takes longer than all the rest of the start (130 ms). It must
    come before any module of the model. A process that did so cannot open a PostgreSQL database afterwards.
    """
    if "peewee" in sys.modules or _SERVER_DRIVER in sys.modules:
        return
    try:
        url = load(home).get("database.url")
    except SettingsError:
        return
    if not url.startswith("sqlite:"):
        return
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    modules[_SERVER_DRIVER] = None
    try:
        import peewee  # noqa: F401
    finally:
        del modules[_SERVER_DRIVER]
