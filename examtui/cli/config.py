"""``examtui config``: the settings."""

from typing import Any

import click

from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, say_json, warn


@group("config")
def config() -> None:
    """Réglages."""


@config.command("show")
@click.argument("name", metavar="[NOM]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
def show(invocation: Invocation, name: str | None, as_json: bool) -> None:
    """Montre les réglages, ou celui nommé NOM."""
    from examtui.administration.settings import show_settings
    from examtui.errors import NotFound

    view = show_settings(invocation.actor())
    lines = [line for line in view.lines if name in (None, line.key.name)]
    if not lines:
        raise NotFound(f"Le réglage «{name}» n'existe pas : «examtui config show» les montre tous.")
    if as_json:
        say_json({line.key.name: line.value for line in lines})
        return
    for line in lines:
        say(f"{line.key.name} = {written(line.value)}{'' if line.given else '   (par défaut)'}")
        say(f"    {line.key.meaning}")
    if name is None and view.unknown:
        warn(f"Réglages inconnus du programme, gardés sans effet : {', '.join(view.unknown)}.")


@config.command("set")
@click.argument("name", metavar="NOM")
@click.argument("value", metavar="VALEUR")
@pass_invocation
def set_(invocation: Invocation, name: str, value: str) -> None:
    """Change le réglage NOM.

    Pour un oui ou non, VALEUR est «oui» ou «non». Une touche se change par le nom de son action : «keymap.save».
    """
    from examtui.administration.settings import change_setting
    from examtui.settings.keys import key_for

    kept = change_setting(invocation.actor(), name, value)
    key = key_for(name)
    shown = key.shown(kept) if key is not None and key.name == name else kept
    say(f"{name} = {written(shown)}")


@config.command("path")
@pass_invocation
def path(invocation: Invocation) -> None:
    """Montre le chemin du fichier des réglages."""
    from examtui.settings.store import FILE_NAME

    say(str(invocation.path() / FILE_NAME))


def written(value: Any) -> str:
    """A value as the settings file writes it, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {written(part)}" for name, part in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)
