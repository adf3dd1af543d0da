"""Reading the settings file."""

import tomllib
from pathlib import Path
from typing import Any

from examtui.settings.keys import KEYS

FILE_NAME = "examtui.toml"


class Settings:
    """The settings of a home: the file's values over the defaults."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path = path
        self._values = values

    def get(self, name: str) -> Any:
        """Return the value of the dotted key ``name``, its default when the file does not give it."""
        value: Any = self._values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            return value
        return next(key.default for key in KEYS if key.name == name)


def load(home: Path) -> Settings:
    """Read ``examtui.toml`` in ``home``; a missing file gives the defaults."""
    path = home / FILE_NAME
    values = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return Settings(path, values)
