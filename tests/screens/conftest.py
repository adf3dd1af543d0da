"""What tests of screens may use: ``open_app(role)`` runs the application; see also ``support/screens.py``."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from support.screens import settle
from textual.pilot import Pilot

from examtui.access import Actor
from examtui.home import Home
from examtui.screens.app import ExamtuiApp

OpenApp = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def open_app(home: Home, actor: Callable[..., Actor]) -> OpenApp:
    """``async with open_app("manager", size=(80, 24)) as pilot``: the home screen is up and its counts have come."""

    @asynccontextmanager
    async def run(
        who: str | Actor = "manager", size: tuple[int, int] = (80, 24), **options: Any
    ) -> AsyncIterator[Pilot[None]]:
        app = ExamtuiApp(actor(who) if isinstance(who, str) else who, **options)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot
        assert app.bug is None

    return run
