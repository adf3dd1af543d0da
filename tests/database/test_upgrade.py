"""Upgrades of the schema: once, by whoever comes first, after a backup, and never backwards."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from examtui import home as homes
from examtui.database import schema
from examtui.database.bulk import execute_many, insert_rows
from examtui.database.connection import make_database
from examtui.database.schema import known_migrations, pending_migrations, schema_differences, upgrade
from examtui.database.triggers import install_triggers, missing_objects
from examtui.errors import HomeError, SettingsError
from examtui.home import Home
from examtui.model import ALL_MODELS, Academy, Candidate, School
from examtui.model.base import database

_NEXT = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE academy ADD COLUMN motto VARCHAR(255)")
"""

_BROKEN = """
def up(migrator, db):
    db.execute_sql("ALTER TABLE academy ADD COLUMN motto VARCHAR(255)")
    db.execute_sql("ALTER TABLE nowhere ADD COLUMN x INTEGER")
"""

_OPENER = """
import sys
from pathlib import Path
from examtui import home
print("ready", flush=True)
sys.stdin.readline()
print(home.open_home(Path(sys.argv[1])).applied)
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give the program one migration more."""

    def bring(script: str) -> None:
        real = Path(str(schema.files("examtui.database"))) / "migrations"
        shutil.copytree(real, tmp_path / "program" / "migrations")
        (tmp_path / "program" / "migrations" / "9999_next.py").write_text(script)
        monkeypatch.setattr(schema, "files", lambda package: tmp_path / "program")

    return bring


def test_migrations_give_what_the_models_say(any_home: Home) -> None:
    assert schema_differences(database, list(ALL_MODELS)) == []
    assert pending_migrations(database) == []


def test_a_difference_is_told(any_home: Home) -> None:
    database.execute_sql("ALTER TABLE school ADD COLUMN motto VARCHAR(255)")
    assert any("motto" in line for line in schema_differences(database, list(ALL_MODELS)))


def test_upgrading_again_does_nothing(any_home: Home) -> None:
    assert upgrade(any_home.database, any_home.path) == []
    assert not (any_home.path / "backups").exists()


def test_a_newer_database_is_refused(any_home: Home) -> None:
    database.execute_sql(f"UPDATE {schema.HISTORY_TABLE} SET name = '9999_future'")
    with pytest.raises(HomeError, match="version plus récente d'examtui : installez"):
        upgrade(any_home.database, any_home.path)
    database.close()
    with pytest.raises(HomeError, match="version plus récente"):
        homes.open_home(any_home.path)
    database.connect()


def test_an_upgrade_makes_a_private_backup_first(home: Home, next_version: Callable, frozen_clock: datetime) -> None:
    Academy.create(code="16", name="Toulouse")
    next_version(_NEXT)
    assert upgrade(home.database, home.path) == ["9999_next"]
    database.execute_sql("SELECT motto FROM academy")
    (backup,) = (home.path / "backups").iterdir()
    assert backup.name == "avant-mise-a-jour-20210203-110000.db"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT name FROM academy").fetchall() == [("Toulouse",)]
    assert "motto" not in {row[1] for row in copy.execute("PRAGMA table_info(academy)")}
    copy.close()


def test_an_upgrade_that_fails_changes_nothing(any_home: Home, next_version: Callable) -> None:
    next_version(_BROKEN)
    with pytest.raises(Exception, match="nowhere"):
        upgrade(any_home.database, any_home.path)
    assert "motto" not in {column.name for column in database.get_columns("academy")}
    assert pending_migrations(database) == ["9999_next"]
    assert missing_objects(database) == []


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_four_programs_that_start_at_once_upgrade_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "home"
    path.mkdir(mode=0o700)
    (path / homes.AUDIT_KEY_FILE).write_bytes(b"x" * 32)
    if kind == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        (path / "examtui.toml").write_text(f'[database]\nurl = "{url}"\n')
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _OPENER, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    told = [program.communicate("go\n") for program in programs]
    assert [error for _, error in told if error] == []
    applied = [line for line, _ in told if line.strip() != "()"]
    assert len(applied) == 1
    assert known_migrations()[0] in applied[0]
    homes.open_home(path)
    with homes.connected():
        assert schema_differences(database, list(ALL_MODELS)) == []


def test_lost_triggers_are_missed_and_made_again(any_home: Home) -> None:
    install_triggers(database)
    assert missing_objects(database) == []
    postgresql = isinstance(any_home.database, type(make_database("postgresql:///x", any_home.path)))
    database.execute_sql("DROP TRIGGER audit_entry_kept" + (" ON audit_entry" if postgresql else ""))
    database.execute_sql("DROP INDEX candidate_ine_start" if postgresql else "DROP TRIGGER candidate_reindexed")
    assert len(missing_objects(database)) == 2
    install_triggers(database)
    assert missing_objects(database) == []


def test_a_lost_text_index_is_filled_again(home: Home, make) -> None:
    candidate = make.candidate("D'ARTAGNAN", "Jean-Pierre")
    database.execute_sql("DROP TABLE candidate_index")
    assert missing_objects(database) == ["candidate_index"]
    install_triggers(database)
    found = database.execute_sql("SELECT rowid FROM candidate_index WHERE candidate_index MATCH 'dartagnan'").fetchall()
    assert found == [(candidate.rank,)]


def test_the_text_index_follows_every_write(home: Home, make) -> None:
    def found(word: str) -> list[int]:
        rows = database.execute_sql(
            "SELECT rowid FROM candidate_index WHERE candidate_index MATCH ?", (f"{word}*",)
        ).fetchall()
        return [row[0] for row in rows]

    candidate = make.candidate("ŁUKASIEWICZ", "Paweł")
    assert found("lukas") == [candidate.rank]
    Candidate.update(words="kowalski pawel", rank=5).where(Candidate.id == candidate.id).execute()
    assert (found("lukas"), found("kowal")) == ([], [5])
    Candidate.delete().where(Candidate.id == candidate.id).execute()
    assert found("kowal") == []


@pytest.mark.parametrize("url", ["", "mysql://x/y", "sqlite:", "sqlite:/", "examtui.db"])
def test_a_wrong_url_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"database\.url"):
        make_database(url, tmp_path)


def test_bulk_rows_get_the_models_defaults(any_home: Home) -> None:
    academy = Academy.create(code="16", name="Toulouse")
    insert_rows(School, ["uai", "name", "academy_id"], [("0310038Y", "LPO BELLEVUE", academy.id)])
    school = School.get()
    assert (school.town, school.revision) == ("", 1)


def test_bulk_errors_have_peewees_names(any_home: Home) -> None:
    from peewee import IntegrityError

    with pytest.raises(IntegrityError), database.atomic():
        insert_rows(Academy, ["code", "name"], [("16", "Toulouse"), ("16", "Toulouse")])
    with pytest.raises(IntegrityError), database.atomic():
        execute_many(database, "INSERT INTO academy (code, name) VALUES (?, ?)", [("16", None)])
    assert Academy.select().count() == 0


_ONLY_UPDATES = (
    "CREATE OR REPLACE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("missing", "sabotage"),
    [
        ("audit_entry_kept", ["ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_kept"]),
        ("audit_entry_kept", [_ONLY_UPDATES]),
        (
            "audit_entry_kept",
            ["DROP TRIGGER audit_entry_kept ON audit_entry", _ONLY_UPDATES.replace("ON audit_entry", "ON school")],
        ),
        (
            "candidate_indexed",
            [
                "CREATE OR REPLACE TRIGGER candidate_indexed AFTER INSERT ON candidate FOR EACH ROW "
                "EXECUTE FUNCTION candidate_index_starts()"
            ],
        ),
        (
            "candidate_number_start",
            [
                "CREATE SCHEMA other",
                "CREATE TABLE other.candidate (number text)",
                "DROP INDEX candidate_number_start",
                "CREATE INDEX candidate_number_start ON other.candidate (number)",
            ],
        ),
        (
            "audit_refuse",
            ["CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"],
        ),
    ],
)
def test_guards_that_were_undone_on_a_server_are_told(postgresql_home: Home, missing: str, sabotage: list[str]) -> None:
    assert missing_objects(postgresql_home.database) == []
    for sql in sabotage:
        postgresql_home.database.execute_sql(sql)
    assert missing_objects(postgresql_home.database) == [missing]
