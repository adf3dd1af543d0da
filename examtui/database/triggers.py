"""What the schema needs beyond tables: the text index of candidates and the guards of the audit log.

A SQLite table that a migration rebuilds loses its triggers silently; so all of it is made by one idempotent
``install_triggers``, at the end of every upgrade, and ``missing_objects`` compares for ``db check``.

The text index of SQLite is a contentless FTS5 table whose rowid is the candidate's alphabetical rank, so that rows come
out sorted and a LIMIT stops early. A contentless table forgets a row only when told its old words: triggers do it.

That of PostgreSQL is the table ``candidate_start``: under each start, which is one to three letters of a word or the
word itself (40 letters of it, since an index holds no more than 2700 bytes), the ranks in order. Starts are sorted by
bytes, so that the words that begin so stand together whatever the server's language is.
"""

import re
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

INDEX_TABLES = {"candidate": ("candidate_start",)}
"""PostgreSQL's tables that stand beside those of the models."""

SHORT_STARTS = (1, 2, 3)
LONGEST_START = 40

_STARTS = (
    'CREATE TABLE IF NOT EXISTS candidate_start (start text COLLATE "C" NOT NULL, rank bigint NOT NULL, '
    "PRIMARY KEY (start, rank))"
)
_BULK_SETTING = "examtui.indexed_in_bulk"
POSTGRESQL_FUNCTIONS = {
    "audit_refuse": (
        "audit_refuse() RETURNS trigger LANGUAGE plpgsql",
        "BEGIN RAISE EXCEPTION 'audit log is append only'; END",
    ),
    "starts_of": (
        "starts_of(words text) RETURNS SETOF text LANGUAGE sql IMMUTABLE",
        "SELECT DISTINCT left(word, letters) FROM unnest(string_to_array(words, ' ')) AS word, "
        f"unnest(ARRAY[{', '.join(map(str, (*SHORT_STARTS, LONGEST_START)))}]) AS letters",
    ),
    "candidate_index_starts": (
        "candidate_index_starts() RETURNS trigger LANGUAGE plpgsql",
        "BEGIN "
        "IF TG_OP <> 'INSERT' THEN "
        "DELETE FROM candidate_start WHERE rank = old.rank AND start = ANY(ARRAY(SELECT starts_of(old.words))); "
        "END IF; "
        "IF TG_OP <> 'DELETE' THEN "
        "INSERT INTO candidate_start (start, rank) SELECT starts_of(new.words), new.rank; "
        "END IF; "
        "RETURN NULL; END",
    ),
}
"""By its name, the head and the body of each function that the triggers call."""
# The server's language may sort letters in an order in which the same start is not together; bytes do not.
_POSTGRESQL_INDEXES = {
    name: f"CREATE INDEX IF NOT EXISTS {name} ON candidate ({column} text_pattern_ops, rank) WHERE {column} IS NOT NULL"
    for name, column in (
        ("candidate_number_start", "number"),
        ("candidate_number_end", "number_reversed"),
        ("candidate_ine_start", "ine"),
        ("candidate_ine_end", "ine_reversed"),
    )
}


_POSTGRESQL_TRIGGERS = {
    **{
        f"{table}_kept": (
            f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
        for table in ("audit_entry", "audit_payload")
    },
    "candidate_indexed": (
        "CREATE OR REPLACE TRIGGER candidate_indexed AFTER INSERT ON candidate FOR EACH ROW "
        f"WHEN (current_setting('{_BULK_SETTING}', true) IS DISTINCT FROM 'on') "
        "EXECUTE FUNCTION candidate_index_starts()"
    ),
    "candidate_unindexed": (
        "CREATE OR REPLACE TRIGGER candidate_unindexed AFTER DELETE ON candidate FOR EACH ROW "
        "EXECUTE FUNCTION candidate_index_starts()"
    ),
    "candidate_reindexed": (
        "CREATE OR REPLACE TRIGGER candidate_reindexed AFTER UPDATE OF rank, words ON candidate FOR EACH ROW "
        "WHEN (old.rank <> new.rank OR old.words <> new.words) EXECUTE FUNCTION candidate_index_starts()"
    ),
}


def install_triggers(database: Database) -> None:
    """Make the text index and the audit guards; running it again changes nothing.

    The text index of a database that already holds candidates is filled when it has to be made anew.
    """
    if is_postgresql(database):
        _install_on_postgresql(database)
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


def _install_on_postgresql(database: Database) -> None:
    is_new = not database.table_exists("candidate_start")
    database.execute_sql(_STARTS)
    for head, body in POSTGRESQL_FUNCTIONS.values():
        database.execute_sql(f"CREATE OR REPLACE FUNCTION {head} AS $${body}$$")
    if is_new:
        _index_starts(database, after_id=0)
    for sql in (*_POSTGRESQL_INDEXES.values(), *_POSTGRESQL_TRIGGERS.values()):
        database.execute_sql(sql)


def _index_starts(database: Any, after_id: int) -> None:
    database.execute_sql(
        "INSERT INTO candidate_start (start, rank) SELECT s.start, candidate.rank "
        "FROM candidate CROSS JOIN LATERAL starts_of(words) AS s (start) WHERE candidate.id > %s "
        'ORDER BY s.start COLLATE "C", candidate.rank',
        (after_id,),
    )


@contextmanager
def indexed_in_bulk(database: Any) -> Iterator[None]:
    """Put the candidates that the block inserts into the text index at its end, all at once.

    The trigger makes FTS5 flush after every row: 100 000 rows take 2 s through it, and 0.2 s this way. To be used in a
    transaction that an error of the block rolls back, which gives the trigger back too; the rows get greater ids than
    those that are there, and nobody else inserts meanwhile.
    """
    last = database.execute_sql("SELECT coalesce(max(id), 0) FROM candidate").fetchone()[0]
    if is_postgresql(database):
        database.execute_sql(f"SELECT set_config('{_BULK_SETTING}', 'on', true)")
        yield
        _index_starts(database, last)
        database.execute_sql(f"SELECT set_config('{_BULK_SETTING}', '', true)")
        return
    name = "candidate_indexed"
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
        return _missing_on_postgresql(database)
    held = dict(database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    missing = [name for name, sql in _SQLITE_TRIGGERS.items() if held.get(name) != sql]
    if "candidate_index" not in _sqlite_names(database, "table"):
        missing.append("candidate_index")
    return missing


_INDEXES_OF_CANDIDATES = (
    "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = to_regclass('candidate') AND indisvalid"
)
_TRIGGERS_THAT_FIRE = (
    "SELECT tgname, tgrelid::regclass::text, tgfoid::regproc::text, tgtype::int, tgqual IS NOT NULL FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
    "AND tgrelid IN (to_regclass('candidate'), to_regclass('audit_entry'), to_regclass('audit_payload'))"
)
_FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
_TRIGGER_SHAPE = re.compile(r"TRIGGER \w+ (?P<when>.+?) ON (?P<table>\w+) .*FUNCTION (?P<function>\w+)\(")
_TRIGGER_BITS = {"FOR EACH ROW": 1, "BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def _facts(sql: str) -> tuple[str, str, int, bool]:
    """What the server's catalogue says of a trigger made by ``sql``: table, function, ``tgtype``, if it has a WHEN."""
    shape = _TRIGGER_SHAPE.search(sql)
    if shape is None:
        raise ValueError(sql)
    said = shape["when"] + (" FOR EACH ROW" if "FOR EACH ROW" in sql else "")
    kind = sum(bit for word, bit in _TRIGGER_BITS.items() if word in said)
    return shape["table"], shape["function"], kind, "WHEN (" in sql


def _missing_on_postgresql(database: Database) -> list[str]:
    indexes = {row[0] for row in database.execute_sql(_INDEXES_OF_CANDIDATES).fetchall()}
    triggers = {name: tuple(facts) for name, *facts in database.execute_sql(_TRIGGERS_THAT_FIRE).fetchall()}
    bodies = dict(database.execute_sql(_FUNCTIONS).fetchall())
    missing = [] if database.table_exists("candidate_start") else ["candidate_start"]
    missing += [name for name in _POSTGRESQL_INDEXES if name not in indexes]
    missing += [name for name, sql in _POSTGRESQL_TRIGGERS.items() if triggers.get(name) != _facts(sql)]
    return missing + [name for name, (_, body) in POSTGRESQL_FUNCTIONS.items() if bodies.get(name) != body]


def _sqlite_names(database: Database, kind: str) -> set[str]:
    rows = database.execute_sql("SELECT name FROM sqlite_master WHERE type = ?", (kind,)).fetchall()
    return {row[0] for row in rows}
