"""What a screen offers of the table of actions (``examtui.settings.keymap``): one key and one meaning everywhere.

A screen names the actions that it offers (``Offer``); bindings, the line of keys, the help, the palette and the printed
sheet of keys (``docs/touches.md``) all come from there. A user's ``keymap`` in the settings changes the keys by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from examtui.access.permissions import Permission
from examtui.settings.keymap import ACTIONS, BY_NAME
from examtui.settings.keynames import display


@dataclass(frozen=True)
class Offer:
    """An action as one screen offers it: its own words where the common ones say too little.

    Without ``permission`` everybody who sees the screen may do it; ``shown`` is false for what only the help lists.
    """

    action: str
    label: str = ""
    help: str = ""
    permission: Permission | None = None
    shown: bool = True


COMMON: tuple[Offer, ...] = (
    Offer("help"),
    Offer("palette", shown=False),
    Offer("back"),
    Offer("repaint", shown=False),
    Offer("leave", shown=False),
)
"""What every screen offers."""

MOVES: tuple[tuple[str, str], ...] = (
    ("↑ ↓", "Ligne ou champ précédent, suivant."),
    ("← →", "Valeur précédente, suivante dans un choix ; caractère précédent, suivant dans un texte."),
    ("PgPréc PgSuiv", "Page précédente, suivante."),
    ("Début Fin", "Première, dernière ligne."),
    ("Tab Maj+Tab", "Champ ou liste suivant, précédent."),
)
"""The keys of ``settings.keynames.MOVING``, as the help lists them."""


def bindings(offers: Iterable[Offer]) -> list[tuple[str, str, str]]:
    """Return (keys, action, label) of offers, as Textual's bindings are made of."""
    return [
        (",".join(BY_NAME[offer.action].keys), offer.action, offer.label or BY_NAME[offer.action].label)
        for offer in offers
    ]


def sheet() -> str:
    """Return the sheet of keys, as Markdown: ``docs/touches.md`` is this text."""
    lines = [
        "# Touches d'examtui",
        "",
        "Une touche a partout le même sens. Dans un champ de texte, les lettres s'écrivent : ↓ ou Tab en sort.",
        "",
        "| Touche | Action | Nom dans `keymap` |",
        "|---|---|---|",
    ]
    lines += [
        f"| {' ou '.join(f'`{display(key)}`' for key in action.keys)} | {action.help} | `{action.name}` |"
        for action in ACTIONS
    ]
    lines += ["", "## Se déplacer", "", "| Touche | Effet |", "|---|---|"]
    lines += [f"| {' '.join(f'`{key}`' for key in keys.split())} | {what} |" for keys, what in MOVES]
    lines += [
        "",
        "## Changer une touche",
        "",
        "Dans les réglages, la table `keymap` donne à une action d'autres touches, par son nom :",
        "",
        "```toml",
        "[keymap]",
        'export = "e"',
        'save = "ctrl+s ctrl+w"',
        "```",
        "",
        "Une action ou une touche inconnue, ou une touche déjà prise par une autre action, est refusée : le message",
        "dit laquelle, et à quelle ligne du fichier. Une touche s'écrit `e`, `f2`, `ctrl+w`, `alt+x` ou `?` ;",
        "un blanc en sépare plusieurs.",
    ]
    return "\n".join(lines) + "\n"
