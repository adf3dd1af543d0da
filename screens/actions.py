"""The registry of actions: one key and one meaning for each, the same on every screen.

A screen names the actions that it offers (``Offer``); bindings, the line of keys, the help, the palette and the printed
sheet of keys (``docs/touches.md``) all come from here. A user's ``keymap`` in the settings changes the keys by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from examtui.access.permissions import Permission


@dataclass(frozen=True)
class Action:
    """Something that a key does: ``keys`` in Textual's names, the first is the one shown; a screen's method
    ``action_<name>`` does it.

    ``label`` is the word of the line of keys, ``help`` the sentence of the help and of the sheet of keys.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    help: str


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


ACTIONS: tuple[Action, ...] = (
    Action("open", ("enter",), "ouvrir", "Ouvrir la ligne où vous êtes."),
    Action("search", ("slash",), "chercher", "Aller au champ de recherche ou de filtre."),
    Action("new", ("n",), "nouveau", "Ajouter un enregistrement."),
    Action("correct", ("m",), "modifier", "Modifier ce qui est affiché."),
    Action("delete", ("s",), "supprimer", "Supprimer, après confirmation."),
    Action("criteria", ("c",), "critères", "Choisir les critères de sélection."),
    Action("connective", ("o",), "et/ou", "Changer ET en OU, ou OU en ET."),
    Action("negate", ("exclamation_mark",), "non", "Mettre NON devant la ligne, ou l'enlever."),
    Action("group", ("p",), "parenthèses", "Mettre entre parenthèses les lignes cochées, ou enlever les parenthèses."),
    Action("selections", ("l",), "sélections", "Reprendre une sélection enregistrée."),
    Action("undo", ("u", "ctrl+z"), "annuler", "Annuler le dernier changement."),
    Action("tick", ("space",), "cocher", "Cocher ou décocher la ligne."),
    Action("tick_all", ("asterisk",), "tout cocher", "Cocher toutes les lignes, ou les décocher toutes."),
    Action("export", ("x",), "exporter", "Exporter la liste dans un fichier CSV."),
    Action("import_file", ("i",), "importer", "Importer un fichier."),
    Action("history", ("j",), "historique", "Afficher l'historique : qui a fait quoi, et quand."),
    Action("switch", ("b",), "désactiver", "Désactiver, ou réactiver."),
    Action("verify", ("k",), "contrôler", "Contrôler que rien n'a été touché hors du programme."),
    Action("jump", ("g",), "aller à", "Aller aux noms qui commencent par les lettres que vous tapez."),
    Action("save", ("ctrl+s",), "enregistrer", "Enregistrer la saisie."),
    Action("help", ("question_mark", "f1"), "aide", "Afficher l'aide de l'écran."),
    Action("palette", ("colon", "ctrl+p"), "activité", "Chercher une activité ou une action par son nom."),
    Action("back", ("escape", "q", "ctrl+r"), "retour", "Revenir à l'écran précédent ; à l'accueil, quitter."),
    Action("repaint", ("ctrl+l",), "redessiner", "Redessiner l'écran."),
    Action("leave", ("ctrl+q",), "quitter", "Quitter examtui."),
)
"""Every action of every screen. A letter stands here once, so that it cannot mean two things."""

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
"""The keys that only move: they belong to lists and fields, and cannot be changed."""

_DISPLAY = {
    "enter": "Entrée",
    "slash": "/",
    "space": "Espace",
    "asterisk": "*",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "tab": "Tab",
    "delete": "Suppr",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
_CHARACTERS = {display: key for key, display in _DISPLAY.items() if len(display) == 1}
BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}


def display(key: str) -> str:
    """Name a key as French keyboards do: ``Ctrl+S``, ``Entrée``, ``?``."""
    modifiers, _, last = key.rpartition("+")
    if modifiers:
        names = {"ctrl": "Ctrl", "shift": "Maj"}
        prefix = "+".join(names.get(part, part.capitalize()) for part in modifiers.split("+"))
        return f"{prefix}+{display(last) if len(last) > 1 else last.upper()}"
    return _DISPLAY.get(key) or (key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def types_a_character(key: str) -> bool:
    """Tell whether a text field takes the key as a character, so that it cannot act while one has the focus."""
    return len(key) == 1 or key == "space" or len(_DISPLAY.get(key, "")) == 1


class Keys:
    """The keys in force: those of the registry, with the user's changes."""

    def __init__(self, keymap: Mapping[str, str] | None = None) -> None:
        self._keys = {action.name: action.keys for action in ACTIONS}
        self.problems: list[str] = []
        for name, keys in (keymap or {}).items():
            self._change(name, keys)

    def of(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action, in Textual's names."""
        return self._keys[action]

    def shown(self, action: str, *, typing: bool = False) -> str:
        """Return the key of an action as the line of keys names it; empty if none works while ``typing`` in a field."""
        usable = [key for key in self._keys[action] if not (typing and types_a_character(key))]
        return display(usable[0]) if usable else ""

    def changes(self) -> dict[str, str]:
        """Return what differs from the registry, in the form of ``App.set_keymap``."""
        return {name: ",".join(keys) for name, keys in self._keys.items() if keys != BY_NAME[name].keys}

    def _change(self, name: str, text: str) -> None:
        if name not in BY_NAME:
            self.problems.append(f"Réglage «keymap» : l'action «{name}» n'existe pas. Voyez docs/touches.md.")
            return
        keys = tuple(_key(part) for part in str(text).replace(",", " ").split())
        if not keys:
            self.problems.append(f"Réglage «keymap» : indiquez une touche pour «{name}».")
            return
        for other, taken in self._keys.items():
            clash = next((key for key in keys if other != name and key in taken), None)
            if clash is not None:
                self.problems.append(
                    f"Réglage «keymap» : la touche «{display(clash)}» de «{name}» sert déjà à «{other}»."
                )
                return
        self._keys[name] = keys


def _key(text: str) -> str:
    modifiers, _, last = text.rpartition("+") if len(text) > 1 else ("", "", text)
    last = _CHARACTERS.get(last, last)
    return f"{modifiers.lower()}+{last.lower()}" if modifiers else last


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
        "Une touche déjà prise par une autre action est refusée, avec un message à l'ouverture.",
    ]
    return "\n".join(lines) + "\n"
