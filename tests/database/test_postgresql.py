"""PostgreSQL: the address of a server, connections that are kept and replaced, and what is said when it refuses."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from support.factory import Factory
from support.postgresql import Server
from support.pupils import row, table

from examtui import home as homes
from examtui.access import Actor
from examtui.administration import users
from examtui.database.connection import make_database
from examtui.database.postgresql import make_postgresql
from examtui.database.postgresql_errors import refusal
from examtui.enrolment import candidates, imports
from examtui.enrolment.candidates import Search
from examtui.errors import ExamtuiError, HomeError, SettingsError, Unavailable
from examtui.home import Home
from examtui.imports import engine
from examtui.model import User
from examtui.model.base import database


def _backend() -> int:
    return int(database.execute_sql("SELECT pg_backend_pid()").fetchone()[0])


def _end_connections(url: str) -> None:
    """What a restarted server does to those who are connected."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_an_address_is_read_whole() -> None:
    made = make_postgresql("postgresql://jean%40dec:s%C3%A9cr%2Fet@Serveur:5433/ex%C3%A9?sslmode=require")
    assert made.database == "exé"
    given = {name: made.connect_params[name] for name in ("host", "user", "password", "port", "sslmode")}
    assert given == {
        "host": "serveur",
        "user": "jean@dec",
        "password": "séc" + "r/et",
        "port": 5433,
        "sslmode": "require",
    }
    assert made.connect_params["connect_timeout"] == 10
    assert make_postgresql("postgresql:///b?host=/run&connect_timeout=3").connect_params["connect_timeout"] == "3"


@pytest.mark.parametrize(
    ("url", "told"),
    [("postgresql://dec@serveur", "nom de la base"), ("postgresql://dec@serveur:cinq/base", "port du serveur")],
)
def test_an_address_that_is_wrong_is_told(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        make_database(url, tmp_path)


@pytest.mark.postgresql
def test_a_connection_is_kept(postgresql_home: Home) -> None:
    first = _backend()
    postgresql_home.database.close()
    with homes.connected():
        assert _backend() == first


@pytest.mark.postgresql
def test_a_kept_connection_that_broke_is_replaced(postgresql_home: Home) -> None:
    url = str(postgresql_home.settings.get("database.url"))
    first = _backend()
    postgresql_home.database.close()
    _end_connections(url)
    with homes.connected():
        assert _backend() != first


@pytest.mark.postgresql
@pytest.mark.parametrize("writes", [False, True])
def test_a_server_lost_in_the_middle_is_told_and_works_again(
    postgresql_home: Home, actor: Callable[..., Actor], writes: bool
) -> None:
    url = str(postgresql_home.settings.get("database.url"))
    admin = actor("admin")

    def act() -> object:
        return users.add_user(admin, "c.martin", "Claire Martin") if writes else candidates.search(admin, Search("m"))

    _end_connections(url)
    for _ in range(2):
        with pytest.raises(Unavailable, match="PostgreSQL ne répond pas : vérifiez qu'il est démarré"):
            act()
    postgresql_home.database.close()
    with homes.connected():
        act()
        assert User.select().where(User.login == "c.martin").count() == writes


@pytest.mark.postgresql
def test_a_connection_that_breaks_in_a_transaction_is_told(
    postgresql_home: Home, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = str(postgresql_home.settings.get("database.url"))
    admin = actor("admin")
    real = postgresql_home.database.commit

    def commit() -> object:
        _end_connections(url)
        return real()

    monkeypatch.setattr(postgresql_home.database, "commit", commit)
    with pytest.raises(Unavailable, match="PostgreSQL ne répond pas"):
        users.add_user(admin, "c.martin", "Claire Martin")
    monkeypatch.undo()
    postgresql_home.database.close()
    with homes.connected():
        assert not User.select().where(User.login == "c.martin").exists()


@pytest.mark.postgresql
def test_a_server_that_stopped_is_no_bug_of_ours(postgresql_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    postgresql_home.database.close_all()
    monkeypatch.setitem(postgresql_home.database.connect_params, "host", "/nowhere")
    with pytest.raises(Unavailable, match="PostgreSQL ne répond pas"), homes.connected():
        pass
    monkeypatch.undo()
    with homes.connected():
        assert _backend()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("name", "told"),
    [("user", "compte «personne»"), ("database", "La base «perdue» n'existe pas"), ("option", "option que PostgreSQL")],
)
def test_what_a_real_server_refuses(
    postgresql_server: Server, new_home: Callable[..., Home], name: str, told: str
) -> None:
    parts = urlsplit(postgresql_server.url)
    changed = {
        "user": parts._replace(netloc=f"personne@{parts.netloc.rpartition('@')[2]}"),
        "database": parts._replace(path="/perdue"),
        "option": parts._replace(query=f"{parts.query}&bidule=1"),
    }[name]
    with pytest.raises(HomeError, match=told):
        new_home("refused", urlunsplit(changed))


def test_a_missing_driver_is_told_with_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['psycopg'] = sys.modules['psycopg2'] = None\n"
        "from examtui.cli.run import run; sys.exit(run(sys.argv[1:]))"
    )
    command = ["--home", str(tmp_path / "home"), "init", "--academy", "Toulouse", "--school", "0310038Y"]
    command += ["--school-name", "LPO", "--database-url", "postgresql://dec@localhost/dec"]
    done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "lancez «pip install 'examtui[postgresql]'»" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ('FATAL:  password authentication failed for user "dec"', "compte ou son mot de passe"),
        ("FATAL:  authentification par mot de passe échouée pour l'utilisateur « dec »", "compte ou son mot de passe"),
        ("fe_sendauth: no password supplied", "demande un mot de passe"),
        ("FATAL:  la base de données « notes » n'existe pas", "La base «notes» n'existe pas"),
        ("FATAL:  le rôle « dec » n'existe pas", "le compte «dec»"),
        ('no pg_hba.conf entry for host "10.0.0.1"', "pg_hba.conf"),
        ("failed to resolve host 'serveur'", "nom du serveur"),
        ("FATAL:  sorry, too many clients already", "Toutes les connexions"),
        ("permission denied for schema public", "créer des tables"),
        ("connection timeout expired", "ne répond pas"),
        ("FATAL:  the database system is starting up", "ne répond pas"),
        ("FATAL:  le système de base de données est en cours d'arrêt", "ne répond pas"),
    ],
)
def test_refusals_in_either_language(reason: str, told: str) -> None:
    assert told in (refusal(reason) or "")


def test_an_unknown_refusal_is_not_made_up() -> None:
    assert refusal("file is not a database") is None


@pytest.mark.postgresql
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 300])
def test_text_that_the_server_refuses_is_an_error_and_no_crash(
    postgresql_home: Home, actor: Callable[..., Actor], text: str
) -> None:
    with pytest.raises(ExamtuiError):
        users.add_user(actor("admin"), "c.martin", f"Claire {text}")
    assert candidates.search(actor("admin"), Search(text)).rows == ()
    with suppress(ExamtuiError):
        assert candidates.search(actor("admin"), Search("", f'nom:"{text}"')).rows == ()
    assert users.list_users(actor("admin"))


@pytest.mark.postgresql
def test_the_planner_knows_what_a_great_import_wrote(
    postgresql_home: Home, make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(name: str) -> int:
        return int(database.execute_sql("SELECT reltuples FROM pg_class WHERE relname = %s", (name,)).fetchone()[0])

    monkeypatch.setattr(engine, "_MANY_ROWS", 3)
    path = tmp_path / "eleves.csv"
    path.write_text(table(*[row(number, first=name) for number, name in enumerate(("Zoé", "Léa", "Paul"))]))
    school = make.school()
    actor = make.actor("school", school=school)
    assert known("candidate") <= 0
    imports.apply(actor, imports.read_file(actor, path, "students"), school.uai)
    assert (known("candidate"), known("student")) == (3, 3)
    assert known("candidate_start") > 10
