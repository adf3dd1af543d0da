"""The home: the folder that holds settings, database, audit key and backups of one installation.

``EXAMTUI_HOME`` or ``--home`` names it; by default it is the platform's data folder. It is 0700 and its files 0600,
since it holds the personal data of pupils.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import Database, OperationalError

from examtui.database.connection import bind, is_postgresql, make_database
from examtui.database.schema import upgrade
from examtui.errors import HomeError
from examtui.model.base import database
from examtui.settings.store import FILE_NAME, Settings, load

AUDIT_KEY_FILE = "audit.key"
_AUDIT_KEY_BYTES = 32


@dataclass(frozen=True)
class Home:
    """An opened home: its folder, its settings and its database (closed until a connection is asked for)."""

    path: Path
    settings: Settings
    database: Database

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain, made with the home."""
        return (self.path / AUDIT_KEY_FILE).read_bytes()

    def is_owned(self) -> bool:
        """Tell whether the running account owns the data, and so may speak for any user (``--as``)."""
        return self.path.stat().st_uid == os.getuid()


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
        HomeError: there is one already, or the folder cannot be made.
    """
    if exists(path):
        raise HomeError(f"Le dossier «{path}» contient déjà des données d'examtui : rien n'a été changé.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        if database_url is not None:
            _write_private(path / FILE_NAME, f'[database]\nurl = "{database_url}"\n'.encode())
        _write_private(path / AUDIT_KEY_FILE, secrets.token_bytes(_AUDIT_KEY_BYTES))
    except OSError as error:
        raise HomeError(f"Le dossier «{path}» ne peut pas être créé : {error.strerror}.") from error
    return open_home(path)


def open_home(path: Path) -> Home:
    """Open the home at ``path``: load its settings, bind the models to its database, upgrade the schema if need be.

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
        home = Home(path, load(path), make_database(load(path).get("database.url"), path))
        if not is_postgresql(home.database):
            _make_private_file(Path(home.database.database))
        bind(database, home.database)
        with connected():
            upgrade(home.database, path)
    except PermissionError as error:
        raise HomeError(f"Le dossier «{path}» appartient à un autre compte : vous ne pouvez pas le lire.") from error
    except OperationalError as error:
        raise HomeError(f"La base de données ne s'ouvre pas ({error}). Vérifiez le réglage «database.url».") from error
    _current = home
    return home


@contextmanager
def connected() -> Iterator[None]:
    """Hold a connection of this thread for the length of the block; inside another such block, share its connection."""
    if not database.is_closed():
        yield
        return
    with database.connection_context():
        yield


def _make_private_file(path: Path) -> None:
    if not path.exists():
        _write_private(path, b"")


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
