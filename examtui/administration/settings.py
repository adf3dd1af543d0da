"""Reading and changing the settings, with an entry in the audit log for each change."""

from dataclasses import dataclass
from typing import Any

from examtui import home as homes
from examtui.access import Actor, Permission, use_case
from examtui.audit import record
from examtui.settings.keys import KEYS, Key, key_for
from examtui.settings.store import Settings, check, load, set_value, typed


@dataclass(frozen=True)
class SettingLine:
    """A setting as it stands: its key, its value (secrets hidden), and whether the file gives it."""

    key: Key
    value: Any
    given: bool


@dataclass(frozen=True)
class SettingsView:
    """All settings, and the names in the file that the program does not know."""

    lines: tuple[SettingLine, ...]
    unknown: tuple[str, ...]


@use_case("settings.show", Permission.READ_SETTINGS)
def show_settings(_actor: Actor) -> SettingsView:
    """Return every setting as the file gives it now.

    Raises:
        SettingsError: the file is wrong; the sentence names the key and the line.
    """
    settings = load(homes.current().path)
    lines = [SettingLine(key, key.shown(settings.get(key.name)), settings.is_given(key.name)) for key in KEYS]
    return SettingsView(tuple(lines), tuple(settings.unknown()))


@use_case("settings.set", Permission.MANAGE_SETTINGS, writes=True)
def change_setting(actor: Actor, name: str, text: str) -> Any:
    """Give the setting ``name`` (dotted) what was typed for it, and return the value as it is kept.

    Programs that run already go on with the former value until they are started again.

    Raises:
        InvalidInput: there is no such setting, or the value is wrong for it.
        SettingsError: the file as it stands is wrong, or it cannot be written.
    """
    value = typed(name, text)
    home = homes.current()
    settings = load(home.path)
    check(name, value, settings)
    before = _value(settings, name)
    key = key_for(name)
    shown = key.shown if key is not None and key.name == name else str
    record(
        actor.login,
        "settings.set",
        "setting",
        before={name: None if before is None else shown(before)},
        after={name: shown(value)},
    )
    set_value(home.path, name, value)
    return value


def _value(settings: Settings, name: str) -> Any:
    key = key_for(name)
    if key is None or key.name == name:
        return settings.get(name)
    return settings.get(key.name).get(name.partition(".")[2])
