"""The base of the access matrix, made once for each module and copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.factory import Factory
from support.matrix import Ids, make_base

from examtui import audit
from examtui import home as homes
from examtui.clock import utc_now
from examtui.home import Home
from examtui.model import Grant, User
from examtui.model.base import database


@pytest.fixture(scope="module")
def _base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    path = tmp_path_factory.mktemp("matrix") / "home"
    homes.create(path)
    with homes.connected():
        ids = make_base(Factory(), path)
        with database.atomic():
            audit.record("admin", "base.made")
        disabled = User.create(login="disabled", created_at=utc_now(), disabled=True)
        for grant in Grant.select().join(User).where(User.login << ["school", "manager", "coordinator", "admin"]):
            Grant.create(user=disabled, role=grant.role, school=grant.school_id, academy=grant.academy_id)
    homes._current = None
    database.initialize(None)
    return path, ids


@pytest.fixture
def ids(_base: tuple[Path, Ids], tmp_path: Path) -> Iterator[Ids]:
    path, ids = _base
    shutil.copytree(path, tmp_path / "home")
    home: Home = homes.open_home(tmp_path / "home")
    home.database.connect()
    (tmp_path / "files").mkdir()
    yield replace(ids, folder=tmp_path / "files")
    home.database.close()
