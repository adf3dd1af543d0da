"""The settings, one line each."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.administration.settings import SettingLine, change_setting, show_settings
from examtui.errors import InvalidInput
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column
from examtui.settings.keymap import ACTIONS
from examtui.settings.keynames import display
from examtui.settings.keys import Key


class SettingsScreen(RecordsScreen[SettingLine]):
    """Every setting with its value; Enter changes it."""

    OFFERS: ClassVar = (Offer("open", label="changer"), Offer("search", label="filtrer"), Offer("jump", shown=False))
    HELP = "Les réglages de cette installation."
    RULES: ClassVar = (
        "Un changement vaut à la prochaine ouverture d'examtui.",
        "Changer «database.url» ne déplace pas les données : voyez le guide d'exploitation.",
        "«examtui config path» dit où est le fichier des réglages.",
    )
    COLUMNS: ClassVar = (
        Column("Réglage", 21),
        Column("Valeur", 18, flex=1, most=44),
        Column("Ce qu'il règle", 30, flex=2),
    )
    CHANGES = Permission.MANAGE_SETTINGS

    def load(self) -> Sequence[SettingLine]:
        """Read the file."""
        return show_settings(self.actor).lines

    def identity(self, record: SettingLine) -> Any:
        """The key's name."""
        return record.key.name

    def cells(self, record: SettingLine) -> tuple[str, ...]:
        """Show name, value and meaning."""
        return (record.key.name, _shown(record.value), record.key.meaning)

    def save_record(self, record: SettingLine, values: dict[str, Any]) -> Any:
        """Change the setting, or the key of one action."""
        name, value = record.key.name, values["value"]
        if record.key.kind is dict:
            name = f"{name}.{values['action']}"
        try:
            change_setting(self.actor, name, _typed(value))
        except InvalidInput as error:
            fault = str(error).removeprefix(f"Réglage «{name}» : ")
            raise InvalidInput(fault[:1].upper() + fault[1:], "value") from error
        return record.key.name

    def available(self, action: str) -> bool:
        """Changing is what Enter does."""
        return action != "correct" and super().available(action)

    def opened(self, record: SettingLine) -> None:
        """Show the form of the setting, with what it is for."""
        form = FormScreen(
            (*self.path, record.key.name),
            _fields(record.key),
            lambda values: self.save_record(record, values),
            {"value": "" if record.key.kind is dict else record.value},
            intro=record.key.meaning,
        )
        self.app.push_screen(form, self._changed)

    def _changed(self, result: Any) -> None:
        super()._changed(result)
        if result is not None:
            self.tell("C'est enregistré, et vaudra à la prochaine ouverture d'examtui.")


def _fields(key: Key) -> tuple[Field, ...]:
    if key.kind is bool:
        return (Field("value", "Valeur", Kind.YES_NO),)
    if key.kind is int:
        return (Field("value", "Valeur", Kind.INTEGER, required=True),)
    if key.choices:
        return (Field("value", "Valeur", Kind.CHOICE, choices=tuple((choice, choice) for choice in key.choices)),)
    if key.kind is dict:
        actions = tuple(
            (action.name, f"{action.label} ({' ou '.join(display(part) for part in action.keys)})")
            for action in ACTIONS
        )
        return (
            Field("action", "Action", Kind.CHOICE, choices=actions),
            Field("value", "Touches", required=True, hint="par exemple : e, ou ctrl+w"),
        )
    return (Field("value", "Valeur", required=True),)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{name} : {part}" for name, part in value.items()) or "aucune"
    return str(value)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)
