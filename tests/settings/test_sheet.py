"""``docs/reglages.md`` is made from the table of settings."""

from pathlib import Path

from examtui.settings.keys import KEYS
from examtui.settings.sheet import sheet

PAGE = Path(__file__).parents[2] / "docs" / "reglages.md"


def test_the_page_of_settings_is_the_table() -> None:
    assert PAGE.read_text("utf-8") == sheet(), "python -m examtui.settings.sheet > docs/reglages.md"


def test_every_setting_is_on_it() -> None:
    assert all(f"## `{key.name}`" in sheet() and key.meaning in sheet() for key in KEYS)
