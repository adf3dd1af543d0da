"""What every test may use.

- ``home``: a fresh home on SQLite, bound to the models and connected, removed from the program's mind afterwards.
- ``any_home``: the same on SQLite and on a real PostgreSQL server (marker ``postgresql``; skipped where there is none).
- ``new_home(url=None)``: makes more homes in the test's folder; ``postgresql_url``: the URL of an empty database.
- ``make``: the factory of records (``support/factory.py``); ``actor("manager")`` an actor of that role.
- ``frozen_clock``: the clock stands at noon, 3 February 2021, in Paris.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from support.factory import Factory
from support.postgresql import NoServer, Server, database_name, running_server

from examtui import clock
from examtui import home as homes
from examtui.access import Actor
from examtui.home import Home
from examtui.model.base import database


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each core: tests of screens and of processes wait more than they work."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees, or leaves, a home: neither this account's, nor another test's."""
    monkeypatch.setenv("EXAMTUI_HOME", str(tmp_path / "no-home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    _forget_home()


def _forget_home() -> None:
    homes.forget()
    database.initialize(None)


@pytest.fixture(scope="session")
def _template_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "home"
    homes.create(path)
    _forget_home()
    return path


@pytest.fixture
def home(tmp_path: Path, _template_home: Path) -> Iterator[Home]:
    """A fresh home on SQLite; this thread is connected."""
    shutil.copytree(_template_home, tmp_path / "home")
    opened = homes.open_home(tmp_path / "home")
    opened.database.connect()
    yield opened
    opened.database.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """The PostgreSQL server of the session."""
    try:
        with running_server() as server:
            yield server
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """The URL of an empty database on a real PostgreSQL server."""
    url = postgresql_server.new_database()
    yield url
    _forget_home()
    postgresql_server.drop(url)


@pytest.fixture(scope="session")
def _postgresql_template(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    url = postgresql_server.new_database()
    path = tmp_path_factory.mktemp("template-postgresql") / "home"
    homes.create(path, url)
    _forget_home()
    yield path, url
    postgresql_server.drop(url)


@pytest.fixture
def postgresql_home(
    tmp_path: Path, postgresql_server: Server, _postgresql_template: tuple[Path, str]
) -> Iterator[Home]:
    """A fresh home on PostgreSQL; this thread is connected."""
    template, template_url = _postgresql_template
    url = postgresql_server.new_database(template=database_name(template_url))
    path = tmp_path / "home-postgresql"
    shutil.copytree(template, path)
    settings = path / "examtui.toml"
    settings.write_text(settings.read_text().replace(template_url, url))
    opened = homes.open_home(path)
    opened.database.connect()
    yield opened
    opened.database.close()
    postgresql_server.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_home(request: pytest.FixtureRequest) -> Home:
    """A fresh home, on SQLite and then on PostgreSQL; this thread is connected."""
    return request.getfixturevalue("home" if request.param == "sqlite" else "postgresql_home")


@pytest.fixture
def new_home(tmp_path: Path) -> Callable[..., Home]:
    """``new_home("name", url=None)`` makes an empty home in the test's folder, and opens it (not connected)."""

    def create(name: str = "new-home", url: str | None = None) -> Home:
        return homes.create(tmp_path / name, url)

    return create


@pytest.fixture
def make() -> Factory:
    """The factory of records; a home must be open and connected."""
    return Factory()


@pytest.fixture
def actor(make: Factory) -> Callable[..., Actor]:
    """``actor("manager", academy=…)``: an actor of that role, who holds it for the first place there is by default."""
    return make.actor


@pytest.fixture
def frozen_clock() -> Iterator[datetime]:
    """The clock stands still at noon, on 3 February 2021, in Paris."""
    moment = datetime(2021, 2, 3, 12, 0, tzinfo=clock.PARIS)
    with clock.frozen(moment):
        yield moment
