"""The page of all settings, ``docs/reglages.md``: ``python -m examtui.settings.sheet > docs/reglages.md`` makes it."""

from examtui.settings.keys import KEYS, Key, example

_KINDS = {str: "texte", int: "nombre entier", bool: "`true` ou `false`", dict: "table"}

_HEAD = """\
# Réglages d'examtui

Les réglages sont dans le fichier `examtui.toml` du dossier des données. `examtui config path` dit où il est,
`examtui config show` montre les réglages en vigueur, `examtui config set NOM VALEUR` en change un ; l'écran
*Administration > Réglages* fait de même. Seul un administrateur les lit et les change, et chaque changement est au
journal.

Un réglage absent du fichier a sa valeur par défaut. Une valeur fausse est refusée à l'ouverture, avec son nom et
sa ligne. Un nom que le programme ne connaît pas est gardé, sans effet. examtui ne change que la ligne du réglage :
les autres lignes et leurs commentaires restent (un commentaire en bout de cette ligne est perdu, et un fichier
écrit de façon inhabituelle, par exemple avec des tables en ligne, peut être réécrit sans ses commentaires). Un
programme déjà ouvert garde les réglages qu'il a lus.
"""


def sheet() -> str:
    """Return the page, as Markdown."""
    return "\n".join([_HEAD, *(_section(key) for key in KEYS)])


def _section(key: Key) -> str:
    kind = f"{_KINDS[key.kind]} parmi {', '.join(f'`{choice}`' for choice in key.choices)}"
    default = "vide" if key.kind is dict else f"`{example(key)}`"
    return (
        f"## `{key.name}`\n\n{key.meaning}\n\n"
        f"- Valeur : {kind if key.choices else _KINDS[key.kind]}\n- Par défaut : {default}\n"
    )


if __name__ == "__main__":
    print(sheet(), end="")
