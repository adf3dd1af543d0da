"""A real PostgreSQL server for the tests: the one that EXAMTUI_TEST_POSTGRESQL names, or a private throw-away one."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")
_RUN = secrets.token_hex(4)
_numbers = count(1)


class NoServer(Exception):
    """There is no PostgreSQL to test with; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running server; ``url`` names a database of it to which one can connect to make others."""

    url: str

    def new_database(self, template: str | None = None) -> str:
        """Make a database, a copy of ``template`` if one is named, and return its URL."""
        name = f"examtui_test_{_RUN}_{next(_numbers)}"
        copied = f' TEMPLATE "{template}"' if template else ""
        self.execute(f'CREATE DATABASE "{name}"{copied}')
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Drop the database at ``url``, whoever is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{database_name(url)}" WITH (FORCE)')

    def execute(self, sql: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql)


def database_name(url: str) -> str:
    """The name of the database in ``url``."""
    return urlsplit(url).path.lstrip("/")


@contextmanager
def running_server() -> Iterator[Server]:
    """Give the server to test with, and stop it afterwards if it was started here.

    Raises:
        NoServer: none is named, and the machine has no ``initdb`` and ``pg_ctl``.
    """
    named = os.environ.get("EXAMTUI_TEST_POSTGRESQL")
    if named:
        yield Server(named)
        return
    programs = _programs()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="examtui-pg-"))
    if account is not None:
        os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", data, *arguments],
            user=account,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )

    options = " ".join(["-c listen_addresses=", f"-k {folder}", *(f"-c {option}" for option in _FAST)])
    try:
        run("initdb", "--no-sync", "--auth=trust", "--username=examtui", "--encoding=UTF8", "--locale=C")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(f"postgresql://examtui@/postgres?host={quote(str(folder), safe='')}")
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer("no PostgreSQL: set EXAMTUI_TEST_POSTGRESQL, or install a server (initdb and pg_ctl)")


def _account() -> str | None:
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServer("no PostgreSQL: it refuses to run as root, and there is no account «postgres» or «nobody»")
