"""What the schema needs beyond tables: the text index of candidates and the guards of the audit log.

A SQLite table that a migration rebuilds loses its triggers silently; so all of it is made by one idempotent
``install_triggers``, at the end of every upgrade, and ``missing_objects`` compares for ``db check``.

The text index of SQLite is a contentless FTS5 table whose rowid is the candidate's alphabetical rank, so that rows come
out sorted and a LIMIT stops early. A contentless table forgets a row only when told its old words: triggers do it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database

from examtui.database.connection import is_postgresql

_FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS candidate_index USING fts5("
    "words, content='', detail=none, columnsize=0, prefix='1 2 3 4', tokenize='ascii')"
)

_SQLITE_TRIGGERS = {
    "candidate_indexed": (
        "CREATE TRIGGER candidate_indexed AFTER INSERT ON candidate BEGIN "
        "INSERT INTO candidate_index(rowid, words) VALUES (new.rank, new.words); END"
    ),
    "candidate_unindexed": (
        "CREATE TRIGGER candidate_unindexed AFTER DELETE ON candidate BEGIN "
        "INSERT INTO candidate_index(candidate_index, rowid, words) VALUES ('delete', old.rank, old.words); END"
    ),
    "candidate_reindexed": (
        "CREATE TRIGGER candidate_reindexed AFTER UPDATE OF rank, words ON candidate "
        "WHEN old.rank IS NOT new.rank OR old.words IS NOT new.words BEGIN "
        "INSERT INTO candidate_index(candidate_index, rowid, words) VALUES ('delete', old.rank, old.words); "
        "INSERT INTO candidate_index(rowid, words) VALUES (new.rank, new.words); END"
    ),
    "audit_entry_kept": (
        "CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry BEGIN "
        "SELECT RAISE(ABORT, 'audit log is append only'); END"
    ),
    "audit_entry_undeletable": (
        "CREATE TRIGGER audit_entry_undeletable BEFORE DELETE ON audit_entry BEGIN "
        "SELECT RAISE(ABORT, 'audit log is append only'); END"
    ),
    "audit_payload_kept": (
        "CREATE TRIGGER audit_payload_kept BEFORE UPDATE ON audit_payload BEGIN "
        "SELECT RAISE(ABORT, 'audit log is append only'); END"
    ),
    "audit_payload_undeletable": (
        "CREATE TRIGGER audit_payload_undeletable BEFORE DELETE ON audit_payload BEGIN "
        "SELECT RAISE(ABORT, 'audit log is append only'); END"
    ),
}

_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit log is append only'; END $$"
)
_POSTGRESQL_INDEXES = {
    "candidate_words_index": (
        "CREATE INDEX IF NOT EXISTS candidate_words_index ON candidate "
        "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
    ),
    "candidate_number_start": (
        "CREATE INDEX IF NOT EXISTS candidate_number_start ON candidate (number text_pattern_ops)"
    ),
    "candidate_number_end": (
        "CREATE INDEX IF NOT EXISTS candidate_number_end ON candidate (number_reversed text_pattern_ops)"
    ),
    "candidate_ine_start": "CREATE INDEX IF NOT EXISTS candidate_ine_start ON candidate (ine text_pattern_ops)",
    "candidate_ine_end": ("CREATE INDEX IF NOT EXISTS candidate_ine_end ON candidate (ine_reversed text_pattern_ops)"),
}


def _postgresql_triggers() -> dict[str, str]:
    return {
        f"{table}_kept": (
            f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
        for table in ("audit_entry", "audit_payload")
    }


def install_triggers(database: Database) -> None:
    """Make the text index and the audit guards; running it again changes nothing.

    The text index of a database that already holds candidates is filled when it has to be made anew.
    """
    if is_postgresql(database):
        database.execute_sql(_POSTGRESQL_FUNCTION)
        for sql in (*_POSTGRESQL_INDEXES.values(), *_postgresql_triggers().values()):
            database.execute_sql(sql)
        return
    is_new = "candidate_index" not in _sqlite_names(database, "table")
    database.execute_sql(_FTS)
    if is_new:
        database.execute_sql(
            "INSERT INTO candidate_index(rowid, words) SELECT rank, words FROM candidate ORDER BY rank"
        )
    for name, sql in _SQLITE_TRIGGERS.items():
        database.execute_sql(f"DROP TRIGGER IF EXISTS {name}")
        database.execute_sql(sql)


@contextmanager
def indexed_in_bulk(database: Any) -> Iterator[None]:
    """Put the candidates that the block inserts into the text index at its end, all at once.

    The trigger makes FTS5 flush after every row: 100 000 rows take 2 s through it, and 0.2 s this way. To be used in a
    transaction that an error of the block rolls back, which gives the trigger back too; the rows get greater ids than
    those that are there.
    """
    if is_postgresql(database):
        yield
        return
    name = "candidate_indexed"
    last = database.execute_sql("SELECT coalesce(max(id), 0) FROM candidate").fetchone()[0]
    database.execute_sql(f"DROP TRIGGER {name}")
    yield
    database.execute_sql(
        "INSERT INTO candidate_index(rowid, words) SELECT rank, words FROM candidate WHERE id > ? ORDER BY rank",
        (last,),
    )
    database.execute_sql(_SQLITE_TRIGGERS[name])


def own_index_names(database: Database) -> list[str]:
    """The indexes that are made here and that no model declares."""
    return list(_POSTGRESQL_INDEXES) if is_postgresql(database) else []


def missing_objects(database: Database) -> list[str]:
    """Return the names of the objects of ``install_triggers`` that the database lacks or holds in another form."""
    if is_postgresql(database):
        indexes = {row[0] for row in database.execute_sql("SELECT indexname FROM pg_indexes").fetchall()}
        triggers = {row[0] for row in database.execute_sql("SELECT tgname FROM pg_trigger").fetchall()}
        expected = [name for name in _POSTGRESQL_INDEXES if name not in indexes]
        return expected + [name for name in _postgresql_triggers() if name not in triggers]
    held = dict(database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    missing = [name for name, sql in _SQLITE_TRIGGERS.items() if held.get(name) != sql]
    if "candidate_index" not in _sqlite_names(database, "table"):
        missing.append("candidate_index")
    return missing


def _sqlite_names(database: Database, kind: str) -> set[str]:
    rows = database.execute_sql("SELECT name FROM sqlite_master WHERE type = ?", (kind,)).fetchall()
    return {row[0] for row in rows}
