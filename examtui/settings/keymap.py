"""Actions and the keys that do them: the table of both, and the changes that a user's ``keymap`` makes.

It stands among the settings, below the screens, so that a wrong keymap is refused wherever settings are
read or changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from examtui.settings.keynames import MOVING, display, known_key, types_a_character


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
    Action("decision_groups", ("d",), "groupes", "Afficher les groupes de décision."),
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

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}
_RESERVED = MOVING | {"ctrl+c"}


def wrong_entries(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with entries of ``keymap``, by action: each the end of a French sentence that names it.

    Of two actions that want one key the later entry is the wrong one.
    """
    wrong: dict[str, str] = {}
    held = {action.name: action.keys for action in ACTIONS}
    for name, text in keymap.items():
        fault = _fault(name, text)
        if fault is None:
            held[name] = _keys(text)
        else:
            wrong[name] = fault
    changed = [name for name in keymap if name not in wrong]
    for place, name in enumerate(changed):
        others = [other for other in held if other != name and other not in changed[place + 1 :]]
        taken = {key: other for other in others for key in held[other]}
        clash = next((key for key in held[name] if key in taken), None)
        if clash is not None:
            label = BY_NAME[taken[clash]].label
            wrong[name] = f"la touche «{display(clash)}» sert déjà à «{label}» : choisissez-en une autre"
    return wrong


def _fault(name: str, text: str) -> str | None:
    if name not in BY_NAME:
        return "aucune action ne porte ce nom ; les noms sont dans «touches.md»"
    parts = _parts(text)
    if not parts:
        return "indiquez une touche, par exemple «e» ou «ctrl+w»"
    for part in parts:
        key = known_key(part)
        if key is None:
            return f"«{part}» n'est pas une touche : écrivez par exemple «e», «f2» ou «ctrl+w»"
        if key in _RESERVED:
            return f"la touche «{display(key)}» a toujours le même effet : choisissez-en une autre"
    return None


def _parts(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _keys(text: str) -> tuple[str, ...]:
    return tuple(known_key(part) or part for part in _parts(text))


class Keys:
    """The keys in force: those of the table, with the user's changes, which the settings have checked."""

    def __init__(self, keymap: Mapping[str, str] | None = None) -> None:
        changed = {name: _keys(text) for name, text in (keymap or {}).items()}
        self._keys = {action.name: changed.get(action.name, action.keys) for action in ACTIONS}

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
