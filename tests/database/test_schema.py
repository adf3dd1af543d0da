"""The schema: made by the migrations, equal to the models, upgraded once by whoever comes first."""

from examtui.database.schema import schema_differences
from examtui.home import Home
from examtui.model import ALL_MODELS
from examtui.model.base import database


def test_migrations_give_what_the_models_say(any_home: Home) -> None:
    assert schema_differences(database, list(ALL_MODELS)) == []
