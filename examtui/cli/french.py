"""Click's own words in French.

Click looks its messages up through ``gettext``, which follows the environment's language; examtui speaks French
whatever it is. ``install`` gives the modules of Click this table instead. A test reads Click's source and fails when a
message that a user can meet is not here.
"""

from importlib import import_module

_WORDS: dict[str, str] = {
    "Aborted!": "Interrompu.",
    "deprecated": "obsolète",
    "Missing command.": "Il manque une commande.",
    "required": "obligatoire",
    "Options": "Options ",
    "Positional arguments": "Arguments ",
    "Commands": "Commandes ",
    "Usage:": "Usage :",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "La commande «{name}» est obsolète.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "«{name}» est obsolète.{extra_message}"
    ),
    "Got unexpected extra argument ({args})": "Argument en trop : {args}",
    "Got unexpected extra arguments ({args})": "Arguments en trop : {args}",
    "env var: {var}": "variable d'environnement : {var}",
    "default: {default}": "par défaut : {default}",
    "(dynamic)": "(calculé)",
    "Value must be an iterable.": "Il faut plusieurs valeurs.",
    "Takes {nargs} values but 1 was given.": "Il faut {nargs} valeurs, une seule est donnée.",
    "Takes {nargs} values but {len} were given.": "Il faut {nargs} valeurs, {len} sont données.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire l'un de : {possibilities} ?",
    "Missing argument": "Il manque l'argument",
    "Missing option": "Il manque l'option",
    "Missing parameter": "Il manque le paramètre",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque le paramètre {param_name}",
    "unknown error": "erreur inconnue",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "Could not open file {filename!r}: {message}": "Le fichier «{filename}» ne s'ouvre pas : {message}",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "«{command} {option}» montre l'aide.",
    "No such option {name!r}.": "L'option «{name}» n'existe pas.",
    "No such command {name!r}.": "La commande «{name}» n'existe pas.",
    "Option {name!r} does not take a value.": "L'option «{name}» ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L'option «{name}» demande une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L'option «{name}» demande {nargs} valeurs.",
    "Argument {name!r} takes {nargs} values.": "L'argument «{name}» demande {nargs} valeurs.",
    "Choose from:\n\t{choices}": "Au choix :\n\t{choices}",
    "{value!r} is not {choice}.": "«{value}» n'est pas {choice}.",
    "{value!r} is not one of {choices}.": "«{value}» n'est pas parmi {choices}.",
    "{value!r} does not match the format {format}.": "«{value}» ne suit pas la forme {format}.",
    "{value!r} does not match the formats {formats}.": "«{value}» ne suit aucune des formes {formats}.",
    "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "«{value}» n'est ni oui ni non. Valeurs admises : {states}"
    ),
    "{len_type} values are required, but {len_value} was given.": (
        "Il faut {len_type} valeurs, {len_value} est donnée."
    ),
    "{len_type} values are required, but {len_value} were given.": (
        "Il faut {len_type} valeurs, {len_value} sont données."
    ),
    "{value!r} is not a valid {number_type}.": "«{value}» n'est pas un nombre admis.",
    "{value!r} is not a valid UUID.": "«{value}» n'est pas un UUID.",
    "file": "Le fichier",
    "directory": "Le dossier",
    "path": "Le chemin",
    "{name} {filename!r} does not exist.": "{name} «{filename}» n'existe pas.",
    "{name} {filename!r} is a file.": "{name} «{filename}» est un fichier.",
    "{name} {filename!r} is a directory.": "{name} «{filename}» est un dossier.",
    "{name} {filename!r} is not readable.": "{name} «{filename}» ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "{name} «{filename}» ne peut pas être modifié.",
    "{name} {filename!r} is not executable.": "{name} «{filename}» ne peut pas être exécuté.",
    "Do you want to continue?": "Continuer ?",
    "Confirm the action without prompting.": "Confirme sans demander.",
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "Show the version and exit.": "Affiche la version.",
    "Show this message and exit.": "Affiche cette aide.",
    "Press any key to continue...": "Appuyez sur une touche pour continuer…",
    "Repeat for confirmation": "Répétez pour confirmer",
    "Error: The two entered values do not match.": "Erreur : les deux valeurs diffèrent.",
    "Error: invalid input": "Erreur : saisie refusée",
}

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def translate(message: str) -> str:
    """Return the French of one of Click's messages, itself when the table does not know it."""
    return _WORDS.get(message, message)


def translate_plural(singular: str, plural: str, number: int) -> str:
    """The same where Click counts; French counts nought and one as singular."""
    return translate(plural if number > 1 else singular)


def install() -> None:
    """Make Click speak French; doing it again changes nothing."""
    for name in _MODULES:
        module = import_module(f"click.{name}")
        if hasattr(module, "_"):
            setattr(module, "_", translate)  # noqa: B010
        if hasattr(module, "ngettext"):
            setattr(module, "ngettext", translate_plural)  # noqa: B010
