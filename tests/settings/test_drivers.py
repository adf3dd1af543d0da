"""A start on SQLite does not load PostgreSQL's driver; one on PostgreSQL does."""

import subprocess
import sys
from pathlib import Path

import pytest

from examtui.home import Home

_PROGRAM = """
import sys
from pathlib import Path
from examtui.settings.drivers import import_peewee
import_peewee(Path(sys.argv[1]))
import peewee
print("psycopg" in sys.modules, peewee.psycopg is not None)
"""


@pytest.mark.parametrize(
    ("settings", "loaded"),
    [("", "False False"), ('[database]\nurl = "postgresql://somebody@somewhere/examtui"\n', "True True")],
)
def test_only_the_driver_that_the_settings_ask_for(home: Home, settings: str, loaded: str) -> None:
    pytest.importorskip("psycopg")
    (home.path / "examtui.toml").write_text(settings)
    program = [sys.executable, "-c", _PROGRAM, str(home.path)]
    result = subprocess.run(program, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert result.stdout.split() == loaded.split()
