"""Opening SQLite or PostgreSQL so that both behave alike for the models.

SQLite: write transactions begin IMMEDIATE (with the deferred BEGIN, twenty processes gave 290 lock errors; with
IMMEDIATE none), write-ahead log, foreign keys on. A thread that works on the database does so inside
``database.connection_context()``; the event loop never holds a connection.
"""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from peewee import Database, PostgresqlDatabase, SqliteDatabase

from examtui.errors import SettingsError

BUSY_TIMEOUT_SECONDS = 10
PAGE_CACHE_KIB = 16 * 1024


# Peewee writes moments so; rows that go round it (``bulk``) would meet the adapter that Python is taking away.
sqlite3.register_adapter(datetime, lambda moment: moment.isoformat(sep=" "))


def make_database(url: str, home: Path) -> Database:
    """Return the closed database that ``url`` names.

    ``sqlite:NAME`` is a file in ``home`` (or an absolute path), ``postgresql://user@host:port/name?options`` a server.

    Raises:
        SettingsError: the URL is of neither form.
        peewee.ImproperlyConfigured: the driver of PostgreSQL is not installed, when it connects.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path or parts.netloc)
        if not name.strip("/"):
            raise SettingsError("Réglage «database.url» : donnez un nom de fichier, par exemple «sqlite:examtui.db».")
        return _sqlite(home / name)
    if parts.scheme in ("postgresql", "postgres"):
        from examtui.database.postgresql import make_postgresql

        return make_postgresql(url)
    raise SettingsError(
        "Réglage «database.url» : écrivez «sqlite:examtui.db» ou «postgresql://utilisateur@serveur/base»."
    )


def _sqlite(path: Path) -> Database:
    return SqliteDatabase(
        str(path),
        pragmas={
            "foreign_keys": 1,
            "synchronous": 1,
            "cache_size": -PAGE_CACHE_KIB,
            "temp_store": 2,
        },
        timeout=BUSY_TIMEOUT_SECONDS,
        lock_type="IMMEDIATE",
    )


def is_postgresql(database: Any) -> bool:
    """Tell whether ``database`` (or the proxy that stands for it) is a PostgreSQL server."""
    return isinstance(getattr(database, "obj", None) or database, PostgresqlDatabase)


def reason_of(error: BaseException) -> str:
    """Return the database's own words for a refusal, on one line.

    On a full disk SQLite rolls back on its own, and Peewee's rollback then fails over it: the first words count.
    """
    while "cannot rollback" in str(error) and error.__context__ is not None:
        error = error.__context__
    return str(error).partition("\n")[0]


def bind(proxy: Any, real: Database) -> None:
    """Make ``proxy`` stand for ``real``."""
    proxy.initialize(real)
