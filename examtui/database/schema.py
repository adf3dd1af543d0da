"""The schema's version: upgrades under a lock after a backup, and the check that it is what the models say."""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from peewee import Database

from examtui.clock import utc_now
from examtui.database.connection import is_postgresql
from examtui.database.triggers import (
    INDEX_TABLES,
    POSTGRESQL_FUNCTIONS,
    install_triggers,
    missing_objects,
    own_index_names,
)
from examtui.errors import HomeError

HISTORY_TABLE = "schema_migration"
BACKUPS = "backups"
"""In a home: the folder of the copies made before each upgrade."""
_POSTGRESQL_LOCK = 0x6578616D
_MIGRATION = re.compile(r"\d{4}_\w+\.py")


def known_migrations() -> list[str]:
    """The names of the migrations that this program brings, in order."""
    folder = files("examtui.database").joinpath("migrations")
    return sorted(entry.name.removesuffix(".py") for entry in folder.iterdir() if _MIGRATION.fullmatch(entry.name))


def pending_migrations(database: Database) -> list[str]:
    """Return what ``upgrade`` would apply; empty when the database is of this program's version.

    Raises:
        HomeError: the database was made by a newer program.
    """
    applied: set[str] = set()
    if database.table_exists(HISTORY_TABLE):
        applied = {row[0] for row in database.execute_sql(f"SELECT name FROM {HISTORY_TABLE}").fetchall()}
    known = known_migrations()
    if applied - set(known):
        raise HomeError(
            "La base de données vient d'une version plus récente d'examtui : "
            "installez cette version, ou une plus récente."
        )
    return [name for name in known if name not in applied]


def upgrade(database: Database, home: Path) -> list[str]:
    """Bring the schema to this program's version; several programs may call it at once.

    An existing SQLite file is first copied to ``home/backups``. Returns the names of the applied migrations.

    Raises:
        HomeError: the database was made by a newer program.
    """
    if not pending_migrations(database):
        return []
    with _upgrade_lock(database, home):
        if not pending_migrations(database):
            return []
        _backup(database, home)
        return _apply(database)


def _apply(database: Database) -> list[str]:
    from playhouse.migrations import Runner

    if not is_postgresql(database):
        database.execute_sql("PRAGMA journal_mode = WAL")
    directory = str(files("examtui.database").joinpath("migrations"))
    with database.atomic():
        applied: list[str] = Runner(database, directory, table_name=HISTORY_TABLE).up()
        install_triggers(database)
    return applied


def schema_differences(database: Database, models: list[Any]) -> list[str]:
    """Return, a line each, where the database differs from ``models``, or lacks a trigger; empty when it is sound."""
    from playhouse.schema_diff import diff_models

    own_indexes = own_index_names(database)
    lines = str(diff_models(database, models)).splitlines()
    lines = [line for line in lines if not any(name in line for name in own_indexes)]
    return lines + [f"missing {name}" for name in missing_objects(database)]


def server_objects(database: Database, tables: Iterable[str]) -> frozenset[str]:
    """Name what a server already has of ``tables`` and of what an upgrade adds to them; a SQLite file has nothing.

    Each name is what ``DROP`` takes.
    """
    if not is_postgresql(database):
        return frozenset()
    known = {*tables, HISTORY_TABLE, *(name for names in INDEX_TABLES.values() for name in names)}
    functions = database.execute_sql(
        "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND proname = ANY(%s)",
        (list(POSTGRESQL_FUNCTIONS),),
    )
    present = {f'TABLE "{name}"' for name in known & set(database.get_tables())}
    return frozenset(present | {f"FUNCTION {row[0]}" for row in functions.fetchall()})


def drop_added(database: Any, tables: Iterable[str], there: frozenset[str]) -> None:
    """Drop, in one transaction, what a server has of ``tables`` that was not ``there`` when ``server_objects`` told."""
    with database.atomic():
        for name in sorted(server_objects(database, tables) - there, reverse=True):
            database.execute_sql(f"DROP {name} CASCADE")


@contextmanager
def _upgrade_lock(database: Database, home: Path) -> Iterator[None]:
    if is_postgresql(database):
        database.execute_sql("SELECT pg_advisory_lock(%s)", (_POSTGRESQL_LOCK,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (_POSTGRESQL_LOCK,))
        return
    descriptor = os.open(home / "upgrade.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _backup(database: Database, home: Path) -> None:
    if is_postgresql(database) or not database.get_tables():
        return
    folder = home / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"avant-mise-a-jour-{utc_now():%Y%m%d-%H%M%S}.db"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(descriptor)
    copy = sqlite3.connect(target)
    try:
        connection: sqlite3.Connection = database.connection()
        connection.backup(copy)
    finally:
        copy.close()
