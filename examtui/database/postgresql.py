"""A PostgreSQL server and its connections, which are kept from one use to the next.

A connection takes ten milliseconds to open, and its first queries as long again, more than a search; so those that a
thread gives back are kept. Peewee's pool asks a kept one whether it is still good, in a tenth of a millisecond, and
replaces what the server has closed meanwhile (it was restarted).
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from peewee import Database
from playhouse.pool import PooledPostgresqlDatabase

from examtui.errors import SettingsError

_WAIT_SECONDS = 10
_LOST_AFTER_SECONDS = 30


def make_postgresql(url: str) -> Database:
    """Return the closed database at ``postgresql://user:password@host:port/name?options`` (libpq's options).

    Raises:
        SettingsError: the URL has no name of a database, or a port that is no number.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise SettingsError(
            "Réglage «database.url» : il manque le nom de la base, "
            "par exemple «postgresql://utilisateur@serveur/examtui»."
        )
    try:
        port = parts.port
    except ValueError:
        raise SettingsError("Réglage «database.url» : le port du serveur est un nombre, par exemple «:5432».") from None
    options: dict[str, Any] = {
        "connect_timeout": _WAIT_SECONDS,
        "tcp_user_timeout": _LOST_AFTER_SECONDS * 1000,
        **dict(parse_qsl(parts.query)),
    }
    given = {"host": parts.hostname, "user": parts.username, "password": parts.password}
    options.update({key: unquote(value) for key, value in given.items() if value})
    if port:
        options["port"] = port
    database: Database = PooledPostgresqlDatabase(name, prefer_psycopg3=True, max_connections=None, **options)
    return database
