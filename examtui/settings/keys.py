"""The table of settings: every key with its type, default, meaning and check."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Key:
    """A setting: dotted ``name``, Python type of its value, default, the French sentence that documents it.

    ``check`` returns a French sentence when a value of the right type is wrong, else None.
    """

    name: str
    kind: type
    default: Any
    meaning: str
    check: Callable[[Any], str | None] | None = None


KEYS: tuple[Key, ...] = (
    Key("database.url", str, "sqlite:examtui.db", "Où sont les données : «sqlite:FICHIER» ou «postgresql://…»."),
)
