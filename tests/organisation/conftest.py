import pytest
from support.factory import Factory
from support.world import World, small_world

from examtui.home import Home


@pytest.fixture
def world(any_home: Home, make: Factory) -> World:
    return small_world(make)
