"""Reading and writing the settings file of a home."""

import copy
import fcntl
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from examtui.errors import InvalidInput, SettingsError
from examtui.files import reason, replace_private
from examtui.settings.keys import KEYS, Key, key_for
from examtui.settings.lines import lines_of, value_at, with_value

FILE_NAME = "examtui.toml"
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


class Settings:
    """The settings of a home: the file's values over the defaults."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path = path
        self._values = values

    def get(self, name: str) -> Any:
        """Return the value of the dotted key ``name``, its default when the file does not give it."""
        value = value_at(self._values, name)
        if value is not None:
            return value
        return next(key.default for key in KEYS if key.name == name)

    def is_given(self, name: str) -> bool:
        """Tell whether the file gives ``name``, be it the default's value."""
        return value_at(self._values, name) is not None

    def unknown(self) -> list[str]:
        """The dotted names in the file that the program does not know; they are kept, and have no effect."""
        return [name for name in _leaves(self._values) if key_for(name) is None]


def load(home: Path) -> Settings:
    """Read ``examtui.toml`` in ``home``; a missing file gives the defaults.

    Raises:
        SettingsError: the file is not TOML, or a value is wrong; the sentence names the key and the line.
    """
    path = home / FILE_NAME
    text = _read(path)
    values = _parse(text, path)
    for table in sorted({key.name.partition(".")[0] for key in KEYS if "." in key.name}):
        if not isinstance(values.get(table, {}), dict):
            raise SettingsError(
                f"Réglage «{table}», ligne {_line(text, table)} de «{path}» : une table «[{table}]» est attendue."
            )
    for key in KEYS:
        value = value_at(values, key.name)
        fault = None if value is None else key.fault(value)
        if fault is not None:
            name, sentence = fault
            raise SettingsError(f"Réglage «{name}», ligne {_line(text, name)} de «{path}» : {sentence}.")
    return Settings(path, values)


def set_value(home: Path, name: str, value: Any) -> Settings:
    """Set the dotted key ``name`` in the file of ``home``, keep everything else of it, and return the new settings.

    Raises:
        InvalidInput: there is no such setting, or the value is wrong for it.
        SettingsError: the file as it stands is wrong, or it cannot be written.
    """
    path = home / FILE_NAME
    with _locked(home):
        check(name, value, load(home))
        text = _read(path)
        values = _parse(text, path)
        expected = copy.deepcopy(values)
        table = expected
        *parents, last = name.split(".")
        for parent in parents:
            table = table.setdefault(parent, {})
        table[last] = value
        try:
            replace_private(path, with_value(text, name, value, expected).encode())
        except OSError as error:
            raise SettingsError(f"Les réglages n'ont pas pu être écrits dans «{path}» : {reason(error)}.") from error
    return Settings(path, expected)


def check(name: str, value: Any, settings: Settings) -> None:
    """Check a value for the dotted key ``name``, an entry of a table together with the others in ``settings``.

    Raises:
        InvalidInput: there is no such setting, or the value is wrong for it.
    """
    key = _known(name)
    if name != key.name:
        entry = name.partition(".")[2]
        value = {**{other: part for other, part in settings.get(key.name).items() if other != entry}, entry: value}
    fault = key.fault(value)
    if fault is not None:
        raise InvalidInput(f"Réglage «{fault[0]}» : {fault[1]}.", name)


def typed(name: str, text: str) -> Any:
    """Return what was typed for the dotted key ``name`` as a value of its type, which ``check`` has still to look at.

    Raises:
        InvalidInput: there is no such setting, or its type has no such value.
    """
    key = _known(name)
    value: Any = text
    if key.kind is bool:
        value = {"oui": True, "true": True, "non": False, "false": False}.get(text.strip().casefold())
        if value is None:
            raise InvalidInput(f"Réglage «{name}» : répondez «oui» ou «non».", name)
    elif key.kind is int:
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", text):
            raise InvalidInput(f"Réglage «{name}» : un nombre entier est attendu, par exemple {key.default}.", name)
        value = int(text)
    elif name == key.name and key.kind is dict:
        raise InvalidInput(f"Réglage «{name}» : nommez une entrée de cette table, par exemple «{name}.save».", name)
    return value


def _known(name: str) -> Key:
    key = key_for(name)
    if key is None:
        names = ", ".join(known.name for known in KEYS)
        raise InvalidInput(f"Le réglage «{name}» n'existe pas. Les réglages sont : {names}.", name)
    return key


def _line(text: str, name: str) -> int:
    place = lines_of(text, name)
    return place[0] if place else 1


def _leaves(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict) and value and key_for(f"{prefix}{name}") is None:
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"Ligne {line} de «{path}» : enregistrez ce fichier en UTF-8.") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        lines = text.removesuffix("\n").split("\n")
        line = int(found[1]) if found and found[1] else len(lines)
        statement = lines[line - 1].strip()
        raise SettingsError(
            f"Ligne {line} de «{path}» : «{statement}» ne suit pas la forme des réglages (TOML) : "
            'écrivez «nom = "texte"», «nom = 12» ou «nom = true», sous le titre «[table]».'
        ) from error


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    descriptor = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
