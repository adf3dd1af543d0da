import pytest
from support.factory import Factory
from support.world import World, small_world

from examtui.home import Home


@pytest.fixture
def world(home: Home, make: Factory) -> World:
    """Two academies with their staff, on SQLite."""
    return small_world(make)


@pytest.fixture
def both(any_home: Home, make: Factory) -> World:
    """The same on SQLite and on PostgreSQL."""
    return small_world(make)
