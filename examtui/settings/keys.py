"""The table of settings: every key with its type, default, meaning and check. ``docs/reglages.md`` is made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Key:
    """A setting: dotted ``name``, Python type of its value, default, the French sentence that documents it.

    ``check`` returns what a value of the right type must be instead, in French («doit …»), when it is wrong, else None.
    ``choices`` are the only values that a text may have. ``shown`` hides what is secret in a value. A ``dict`` is a
    table of texts, in which ``wrong_entries`` finds those that are wrong, each with the end of a sentence.
    """

    name: str
    kind: type
    default: Any
    meaning: str
    check: Callable[[Any], str | None] | None = None
    choices: tuple[str, ...] = ()
    shown: Callable[[Any], Any] = lambda value: value
    wrong_entries: Callable[[Any], dict[str, str]] = lambda _table: {}

    def fault(self, value: Any) -> tuple[str, str] | None:
        """Return what is wrong with ``value``; None if nothing.

        That is the dotted name (for a table that of the entry), and the end of a French sentence that names it.
        """
        if type(value) is not self.kind:
            return self.name, f"{_KINDS[self.kind]} est attendu, par exemple {example(self)}"
        if self.choices and value not in self.choices:
            return self.name, f"choisissez {' ou '.join(f'«{choice}»' for choice in self.choices)}"
        if isinstance(value, dict):
            return self._entry_fault(value)
        fault = self.check(value) if self.check else None
        return None if fault is None else (self.name, fault)

    def _entry_fault(self, table: dict[str, Any]) -> tuple[str, str] | None:
        for entry, part in table.items():
            if type(part) is not str:
                return f"{self.name}.{entry}", "un texte entre guillemets est attendu"
        wrong = self.wrong_entries(table) if table else {}
        return next(((f"{self.name}.{entry}", fault) for entry, fault in wrong.items()), None)


_KINDS = {str: "un texte entre guillemets", int: "un nombre entier", bool: "true ou false", dict: "une table"}


def example(key: Key) -> str:
    """A value of the key as the settings file writes it."""
    if key.kind is bool:
        return "true" if key.default else "false"
    if key.kind is dict:
        return f"[{key.name}]"
    return f'"{key.default}"' if key.kind is str else str(key.default)


def _between(lowest: int, highest: int, unit: str) -> Callable[[int], str | None]:
    def check(value: int) -> str | None:
        return None if lowest <= value <= highest else f"donnez un nombre de {lowest} à {highest} {unit}"

    return check


def _check_url(value: str) -> str | None:
    cure = "écrivez «sqlite:examtui.db» ou «postgresql://utilisateur@serveur/base»"
    try:
        parts = urlsplit(value)
        named = (parts.path or parts.netloc).strip("/")
        parts.port  # noqa: B018  (raises where it is no number)
    except ValueError:
        return cure
    return None if parts.scheme in ("sqlite", "postgresql", "postgres") and named else cure


def _wrong_keys(table: dict[str, str]) -> dict[str, str]:
    from examtui.settings.keymap import wrong_entries

    return wrong_entries(table)


def without_password(url: str) -> str:
    """Return a database's URL with its password hidden, for whoever reads the settings or the log."""
    parts = urlsplit(url)
    if not parts.password:
        return url
    account, _, server = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{account.partition(':')[0]}:•••@{server}"))


KEYS: tuple[Key, ...] = (
    Key(
        "database.url",
        str,
        "sqlite:examtui.db",
        "Où sont les données : «sqlite:FICHIER» (dans le dossier des données) ou "
        "«postgresql://utilisateur@serveur/base». Changer ce réglage ne déplace pas les données.",
        _check_url,
        shown=without_password,
    ),
    Key(
        "imports.max_size_mib",
        int,
        20,
        "Taille maximale d'un fichier à importer, une fois décompressé, en Mio ; les CSV ont leur limite.",
        _between(1, 4096, "Mio"),
    ),
    Key(
        "imports.max_table_mib",
        int,
        50,
        "Taille maximale d'un tableau CSV à importer, en Mio : les inscriptions d'une académie en font 40.",
        _between(1, 4096, "Mio"),
    ),
    Key(
        "display.theme",
        str,
        "sombre",
        "Couleurs des écrans : «sombre» pour un terminal à fond noir, «clair» pour un fond blanc.",
        choices=("sombre", "clair"),
    ),
    Key(
        "display.ascii",
        bool,
        False,
        "N'afficher que des caractères ASCII, pour un terminal qui ne connaît pas les accents.",
    ),
    Key("display.mouse", bool, False, "Accepter la souris (le terminal ne peut alors plus sélectionner de texte)."),
    Key(
        "keymap",
        dict,
        {},
        "Touches changées : le nom de l'action, puis ses touches. Les noms sont dans «touches.md».",
        wrong_entries=_wrong_keys,
    ),
)
BY_NAME: dict[str, Key] = {key.name: key for key in KEYS}


def key_for(name: str) -> Key | None:
    """Return the key that ``name`` belongs to: its own, or the table that it is an entry of (``keymap.save``)."""
    if name in BY_NAME:
        return BY_NAME[name]
    table, dot, entry = name.partition(".")
    found = BY_NAME.get(table)
    return found if dot and entry and found is not None and found.kind is dict else None
