"""The home: private, made whole or not at all, and found again."""

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.factory import Factory

from examtui import home as homes
from examtui.errors import HomeError
from examtui.home import Home
from examtui.model import Academy
from examtui.model.base import database


@pytest.fixture
def careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def test_everything_is_private_whatever_the_umask(careless_umask: None, new_home: Callable[..., Home]) -> None:
    home = new_home()
    with homes.connected(), database.atomic():
        Academy.create(code="16", name="Toulouse")
        modes = _modes(home.path)
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700
    assert {"audit.key", "examtui.db", "examtui.db-wal", "examtui.db-shm"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_each_home_has_a_key_of_its_own(new_home: Callable[..., Home]) -> None:
    one, other = new_home("one").audit_key, new_home("other").audit_key
    assert len(one) == len(other) == 32
    assert one != other


def test_a_home_is_made_once(new_home: Callable[..., Home]) -> None:
    home = new_home()
    key = home.audit_key
    with pytest.raises(HomeError, match="rien n'a été changé"):
        homes.create(home.path)
    assert home.audit_key == key


def test_a_home_is_not_made_in_somebody_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("cher Monsieur")
    with pytest.raises(HomeError, match="pas vide"):
        homes.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_what_fails_to_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), homes.new_home(tmp_path / "home"):
        Academy.create(code="16", name="Toulouse")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(HomeError):
        homes.current()


def test_no_home_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="examtui init"):
        homes.open_home(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_told(new_home: Callable[..., Home]) -> None:
    home = new_home()
    for name in ("examtui.db-wal", "examtui.db-shm"):
        (home.path / name).unlink(missing_ok=True)
    (home.path / "examtui.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(HomeError, match=r"La base de données ne s'ouvre pas"):
        homes.open_home(home.path)


def test_the_home_is_named_by_the_environment_else_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMTUI_HOME", "~/examens")
    assert homes.default_path() == Path.home() / "examens"
    monkeypatch.delenv("EXAMTUI_HOME")
    assert homes.default_path().name == "examtui"


def test_a_thread_gives_its_connection_back(any_home: Home) -> None:
    closed: list[bool] = []

    def work() -> None:
        with homes.connected():
            Academy.create(code="16", name="Toulouse")
            with homes.connected():
                assert Academy.select().count() == 1
            assert not database.is_closed()
        closed.append(database.is_closed())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert closed == [True]
    assert Academy.get().name == "Toulouse"


def test_references_are_kept(any_home: Home, make: Factory) -> None:
    from peewee import IntegrityError

    school = make.school()
    with pytest.raises(IntegrityError), database.atomic():
        Academy.delete().where(Academy.id == school.academy_id).execute()
    assert Academy.select().count() == 1


@pytest.mark.postgresql
def test_a_server_that_is_away_is_told(new_home: Callable[..., Home], tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"database\.url"):
        new_home("away", f"postgresql://examtui@/nothing?host={tmp_path}")
    assert not (tmp_path / "away").exists()
