"""A new installation is made whole, or not at all."""

from pathlib import Path
from typing import Any

import pytest

from examtui import home as homes
from examtui.access import actor_for
from examtui.access.login import identify, system_login
from examtui.administration.places import academy_code
from examtui.administration.setup import Setup, initialise
from examtui.administration.users import add_user
from examtui.database.connection import make_database
from examtui.errors import Forbidden, HomeError, InvalidInput, SettingsError
from examtui.model import AuditEntry, School
from examtui.model.identity import Role

SETUP = Setup("Toulouse", "0310038y", "LPO BELLEVUE", "Claire Martin", "c@example.fr")


def test_the_system_login_becomes_administrator_manager_and_head(tmp_path: Path) -> None:
    home = initialise(tmp_path / "a" / "b", SETUP)
    with homes.connected():
        actor = actor_for(system_login())
        assert [grant.role for grant in actor.grants] == [Role.ADMIN, Role.MANAGER, Role.HEAD]
        assert School.get().uai == "0310038Y"
        assert AuditEntry.get().action == "setup.init"
    assert home.path.stat().st_mode & 0o777 == 0o700
    assert {entry.stat().st_mode & 0o777 for entry in home.path.iterdir()} == {0o600}


def test_one_may_be_administrator_only(tmp_path: Path) -> None:
    initialise(tmp_path / "home", Setup("16", "0310038Y", "LPO", small=False))
    with homes.connected():
        assert [grant.role for grant in actor_for(system_login()).grants] == [Role.ADMIN]


@pytest.mark.parametrize(
    ("setup", "field"),
    [
        (Setup("Atlantide", "0310038Y", "LPO"), "academy"),
        (Setup("16", "0310038X", "LPO"), "uai"),
        (Setup("16", "031", "LPO"), "uai"),
        (Setup("16", "0310038Y", " "), "school_name"),
        (Setup("16", "0310038Y", "LPO", email="x"), "email"),
    ],
)
def test_a_wrong_answer_makes_nothing(tmp_path: Path, setup: Setup, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        initialise(tmp_path / "home", setup)
    assert caught.value.field == field
    assert not (tmp_path / "home").exists()


def test_the_right_letter_of_a_uai_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="«0310038Y»"):
        initialise(tmp_path / "home", Setup("16", "0310038X", "LPO"))


@pytest.mark.parametrize("url", ["mysql://h/b", "postgresql://127.0.0.1:1/rien?connect_timeout=1", 'sqlite:"]'])
def test_a_database_that_does_not_open_leaves_nothing(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "home"
    if url.startswith("sqlite"):
        initialise(folder, Setup("16", "0310038Y", "LPO", database_url=url))
        assert (folder / '"]').is_file()
        return
    with pytest.raises((SettingsError, HomeError)):
        initialise(folder, Setup("16", "0310038Y", "LPO", database_url=url))
    assert not folder.exists()


def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_details: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("examtui.administration.setup.record", broken)
    (tmp_path / "kept").mkdir()
    for name in ("home", "kept"):
        with pytest.raises(OSError, match="No space"):
            initialise(tmp_path / name, SETUP)
    assert not (tmp_path / "home").exists()
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_failure_takes_a_database_that_it_made_elsewhere_and_leaves_one_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "ailleurs.db"
    setup = Setup("16", "0310038Y", "LPO", database_url=f"sqlite:{elsewhere}")
    initialise(tmp_path / "one", setup)
    with pytest.raises(HomeError, match="contient déjà"):
        initialise(tmp_path / "two", setup)
    assert elsewhere.is_file()
    elsewhere.unlink()

    def broken(*_arguments: object, **_details: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("examtui.administration.setup.record", broken)
    with pytest.raises(OSError, match="No space"):
        initialise(tmp_path / "three", setup)
    assert not elsewhere.exists()
    assert not (tmp_path / "three").exists()


def _objects(url: str) -> tuple[list[str], list[str]]:
    server = make_database(url, Path("/"))
    with server.connection_context():
        functions = server.execute_sql(
            "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        ).fetchall()
        return sorted(server.get_tables()), sorted(row[0] for row in functions)


@pytest.mark.postgresql
def test_a_failure_leaves_nothing_on_the_server_but_what_was_there(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_details: object) -> None:
        raise OSError(28, "No space left on device")

    server = make_database(postgresql_url, tmp_path)
    with server.connection_context():
        server.execute_sql("CREATE TABLE letters (text text)")
    before = _objects(postgresql_url)
    setup = Setup("16", "0310038Y", "LPO", database_url=postgresql_url)
    with monkeypatch.context() as patch:
        patch.setattr("examtui.administration.setup.record", broken)
        with pytest.raises(OSError, match="No space"):
            initialise(tmp_path / "home", setup)
    assert _objects(postgresql_url) == before == (["letters"], [])
    assert not (tmp_path / "home").exists()
    initialise(tmp_path / "home", setup)


@pytest.mark.postgresql
def test_another_homes_database_is_refused_before_it_is_upgraded(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = Setup("16", "0310038Y", "LPO", database_url=postgresql_url)
    initialise(tmp_path / "one", setup)
    homes.forget()
    before = _objects(postgresql_url)

    def upgraded(*_arguments: object) -> list[str]:
        raise AssertionError

    monkeypatch.setattr(homes, "upgrade", upgraded)
    with pytest.raises(HomeError, match="contient déjà"):
        initialise(tmp_path / "two", setup)
    assert _objects(postgresql_url) == before
    assert not (tmp_path / "two").exists()


def test_copies_of_the_database_do_not_hide_what_went_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_details: object) -> None:
        (tmp_path / "home" / "backups").mkdir()
        (tmp_path / "home" / "backups" / "avant.db").touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("examtui.administration.setup.record", broken)
    with pytest.raises(OSError, match="No space"):
        initialise(tmp_path / "home", SETUP)
    assert not (tmp_path / "home").exists()


def test_of_two_who_make_a_home_in_one_folder_the_second_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    initialise(tmp_path / "home", SETUP)
    monkeypatch.setattr(homes, "exists", lambda path: False)
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(()))
    with pytest.raises(HomeError, match="déjà ce nom"):
        initialise(tmp_path / "home", SETUP)
    monkeypatch.undo()
    assert {"audit.key", "examtui.db"} <= {entry.name for entry in (tmp_path / "home").iterdir()}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "lettre.txt").write_text("x")
    mode = tmp_path.stat().st_mode
    with pytest.raises(HomeError, match="n'est pas vide"):
        initialise(tmp_path, SETUP)
    assert tmp_path.stat().st_mode == mode
    initialise(tmp_path / "home", SETUP)
    with pytest.raises(HomeError, match="contient déjà"):
        initialise(tmp_path / "home", SETUP)


@pytest.mark.parametrize("name", ["lettre.txt", "lettre.txt/home"])
def test_a_file_in_the_way_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "lettre.txt").write_text("x")
    with pytest.raises(HomeError):
        initialise(tmp_path / name, SETUP)
    assert (tmp_path / "lettre.txt").read_text() == "x"


@pytest.mark.postgresql
def test_a_filled_database_is_not_taken_over(tmp_path: Path, postgresql_url: str) -> None:
    first = Setup("16", "0310038Y", "LPO", database_url=postgresql_url)
    initialise(tmp_path / "one", first)
    with pytest.raises(HomeError, match="contient déjà"):
        initialise(tmp_path / "two", first)
    assert not (tmp_path / "two").exists()
    homes.open_home(tmp_path / "one")
    with homes.connected():
        assert School.select().count() == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("16", "16"),
        ("1", "01"),
        (" toulouse ", "16"),
        ("Académie de Nancy-Metz", "12"),
        ("orleans tours", "18"),
        ("AIX MARSEILLE", "02"),
        ("académie de la Réunion", "28"),
    ],
)
def test_an_academy_is_named_by_code_or_name(text: str, code: str) -> None:
    assert academy_code(text) == code


@pytest.mark.parametrize("text", ["", "05", "de", "Toul", "\x1b[2J"])
def test_an_unknown_academy_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        academy_code(text)


def test_the_owner_who_is_nobody_is_told_to_say_who_acts(home: homes.Home, make: Any) -> None:
    make.user("lea")
    with pytest.raises(Forbidden, match="«--as COMPTE»"):
        identify(home, None)
    assert identify(home, "lea").login == "lea"
    make.user(system_login())
    assert identify(home, None).login == system_login()


def test_the_owner_of_the_data_may_speak_for_anyone_and_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = initialise(tmp_path / "home", SETUP)
    with homes.connected():
        add_user(actor_for(system_login()), "lea.petit")
        monkeypatch.setenv("USER", "lea.petit")
        monkeypatch.setenv("LOGNAME", "lea.petit")
        assert identify(home, None).login == system_login()
        assert identify(home, "lea.petit").login == "lea.petit"
        monkeypatch.setattr(homes.Home, "is_owned", lambda self: False)
        assert identify(home, system_login()).login == system_login()
        with pytest.raises(Forbidden, match="réservée"):
            identify(home, "lea.petit")
