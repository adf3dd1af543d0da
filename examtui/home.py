"""The home: the folder that holds settings, database, audit key and backups of one installation.

``EXAMTUI_HOME`` or ``--home`` names it; by default it is the platform's data folder. It is 0700 and its files 0600,
since it holds the personal data of pupils.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from peewee import Database, DatabaseError, ImproperlyConfigured, InterfaceError, OperationalError

from examtui.database.connection import bind, is_postgresql, make_database, reason_of
from examtui.database.postgresql_errors import refusal
from examtui.database.refusals import unavailable
from examtui.database.schema import BACKUPS, drop_added, server_objects, upgrade
from examtui.errors import ExamtuiError, HomeError, InvalidInput, SettingsError
from examtui.files import create_private, reason
from examtui.model.base import database
from examtui.settings.store import FILE_NAME, Settings, load, set_value

AUDIT_KEY_FILE = "audit.key"
DEMO_FILE = "demo.json"
"""Stands in the home of a demonstration, and says what was made."""
_AUDIT_KEY_BYTES = 32


@dataclass(frozen=True)
class Home:
    """An opened home: its folder, its settings and its database (closed until a connection is asked for).

    ``applied`` names the migrations that opening it applied.
    """

    path: Path
    settings: Settings
    database: Database
    applied: tuple[str, ...] = ()

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain, made with the home."""
        return (self.path / AUDIT_KEY_FILE).read_bytes()

    def is_owned(self) -> bool:
        """Tell whether the running account owns the data, and so may speak for any user (``--as``)."""
        return self.path.stat().st_uid == os.getuid()

    def is_demonstration(self) -> bool:
        """Tell whether this home holds a fictional academy, and nobody's data."""
        return (self.path / DEMO_FILE).is_file()


_current: Home | None = None


def default_path() -> Path:
    """Where the home is when nothing names it: ``EXAMTUI_HOME``, else the platform's data folder."""
    named = os.environ.get("EXAMTUI_HOME")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("examtui", appauthor=False))


def current() -> Home:
    """Return the home that ``create`` or ``open_home`` made current.

    Raises:
        HomeError: none is open.
    """
    if _current is None:
        raise HomeError("Aucun dossier de données n'est ouvert.")
    return _current


def exists(path: Path) -> bool:
    """Tell whether ``path`` holds a home (its audit key is there; the rest may be on a server)."""
    return (path / AUDIT_KEY_FILE).is_file()


def create(path: Path, database_url: str | None = None) -> Home:
    """Make a home at ``path`` with an empty database, and open it.

    Raises:
        HomeError: the folder holds something already, or cannot be made, or the database holds data of examtui.
        SettingsError: ``database_url`` is of no known form.
    """
    with new_home(path, database_url) as home:
        return home


@contextmanager
def new_home(path: Path, database_url: str | None = None) -> Iterator[Home]:
    """Make a home at ``path`` for the block to fill, the thread connected; if the block fails, nothing of it stays.

    Raises:
        HomeError: the folder holds something already, or cannot be made, or the database holds data of examtui.
        SettingsError: ``database_url`` is of no known form.
    """
    was_there = _claim(path)
    outside: Path | None = None
    there: frozenset[str] | None = None

    def look(found: Database) -> None:
        nonlocal there
        _refuse_filled_database(path)
        there = server_objects(found, _tables())

    try:
        outside = _configure(path, database_url)
        home = open_home(path, look)
        with connected():
            yield home
    except BaseException:
        if there is not None:
            _take_back(there)
        forget()
        _empty(path, remove=not was_there)
        if outside is not None:
            outside.unlink(missing_ok=True)
        raise


def _claim(path: Path) -> bool:
    """Make the folder of a new home, or take an empty one, with the audit key in it; tell whether it was there before.

    The key is the claim: of two programs that make a home in one folder, one gets it.
    """
    try:
        if exists(path):
            raise HomeError(f"Le dossier «{path}» contient déjà des données d'examtui : rien n'a été changé.")
        was_there = path.exists()
        if was_there and any(path.iterdir()):
            raise HomeError(f"Le dossier «{path}» n'est pas vide : choisissez-en un autre, qui n'existe pas encore.")
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
        create_private(path / AUDIT_KEY_FILE, secrets.token_bytes(_AUDIT_KEY_BYTES))
    except OSError as error:
        raise HomeError(f"Le dossier «{path}» ne peut pas être créé : {reason(error)}.") from error
    return was_there


def _configure(path: Path, database_url: str | None) -> Path | None:
    """Write the settings of a new home; return the SQLite file that opening it will make outside of it, if any."""
    if database_url is None:
        return None
    try:
        set_value(path, "database.url", database_url)
    except InvalidInput as error:
        raise SettingsError(str(error)) from error
    made = make_database(database_url, path)
    if is_postgresql(made):
        return None
    file = Path(made.database)
    return file if file.parent != path and not file.exists() else None


def _refuse_filled_database(path: Path) -> None:
    """Refuse a database that another home made: its audit log is chained with a key that is not ours."""
    from examtui.model import AuditHead, User

    models: tuple[Any, ...] = (User, AuditHead)
    if any(model.table_exists() and model.select().exists() for model in models):
        raise HomeError(
            "Cette base contient déjà des données d'examtui, d'un autre dossier : donnez une base vide, "
            f"ou copiez dans «{path}» les fichiers «{AUDIT_KEY_FILE}» et «{FILE_NAME}» de ce dossier."
        )


def _tables() -> list[str]:
    from examtui.model import ALL_MODELS

    return [model._meta.table_name for model in ALL_MODELS]


def _take_back(there: frozenset[str]) -> None:
    """Drop what making a home added to a server; what went wrong before is what the person is told."""
    with suppress(ExamtuiError, DatabaseError, InterfaceError), connected():
        drop_added(database, _tables(), there)


def forget() -> None:
    """Close the database, with the connections that are kept, and forget the current home."""
    global _current
    if database.obj is not None:
        if is_postgresql(database):
            database.close_all()
        else:
            database.close()
    _current = None


def _empty(path: Path, *, remove: bool) -> None:
    """Take away what making a home put into ``path``, which was empty."""
    for entry in path.iterdir():
        if entry.is_file():
            entry.unlink()
        elif entry.name == BACKUPS:
            shutil.rmtree(entry, ignore_errors=True)
    if remove:
        with suppress(OSError):
            path.rmdir()


def open_home(path: Path, look: Callable[[Database], None] | None = None) -> Home:
    """Open the home at ``path``: load its settings, bind the models to its database, upgrade the schema if need be.

    ``look`` is called with the database before anything is changed in it.

    Raises:
        HomeError: there is none, it cannot be read, or its database is of a newer program.
        SettingsError: the settings file is wrong.
    """
    global _current
    try:
        if not exists(path):
            raise HomeError(
                f"Aucune donnée d'examtui dans «{path}» : lancez «examtui init» pour commencer, "
                "ou «examtui demo» pour essayer."
            )
        settings = load(path)
        home = Home(path, settings, make_database(settings.get("database.url"), path))
        if not is_postgresql(home.database):
            _make_private_file(Path(home.database.database))
        bind(database, home.database)
        with database.connection_context():
            if look is not None:
                look(home.database)
            home = replace(home, applied=tuple(upgrade(home.database, path)))
    except PermissionError as error:
        raise HomeError(f"Le dossier «{path}» appartient à un autre compte : vous ne pouvez pas le lire.") from error
    except OSError as error:
        raise HomeError(f"Le dossier «{path}» ne s'ouvre pas : {reason(error)}.") from error
    except ImproperlyConfigured as error:
        raise HomeError(
            "La base est sur un serveur PostgreSQL et son pilote n'est pas installé : "
            "lancez «pip install 'examtui[postgresql]'»."
        ) from error
    except (DatabaseError, InterfaceError) as error:
        detail = reason_of(error)
        if "full" in detail or "disk I/O" in detail:
            raise HomeError("Le disque est plein, ou ne répond pas : libérez de la place, puis recommencez.") from error
        if not os.access(path, os.W_OK):
            raise HomeError(
                f"Le dossier «{path}» n'est pas accessible en écriture : examtui en a besoin même pour consulter. "
                "Prévenez l'administrateur."
            ) from error
        told = refusal(detail) or f"La base de données ne s'ouvre pas ({detail})."
        checked = "" if "database.url" in told else " Vérifiez le réglage «database.url»."
        raise HomeError(told + checked) from error
    _current = home
    return home


@contextmanager
def connected() -> Iterator[None]:
    """Hold a connection of this thread for the length of the block; inside another such block, share its connection.

    Raises:
        Unavailable: the database does not answer.
    """
    if not database.is_closed():
        yield
        return
    try:
        database.connect()
    except (OperationalError, InterfaceError) as error:
        raise unavailable(error) from error
    try:
        yield
    finally:
        database.close()


def _make_private_file(path: Path) -> None:
    if not path.exists():
        create_private(path, b"")
