"""The table of commands: where each one stands, and its short help.

It is what ``examtui --help`` and the shell's completion read, so that neither loads a command's module. A test holds
the short help against the command's own.
"""

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: ``module:attribute`` of its Click command, and the line that the list of commands shows."""

    target: str
    help: str


COMMANDS: dict[str, Entry] = {
    "demo": Entry("examtui.cli.demo:demo", "Une académie fictive pour essayer."),
    "init": Entry(
        "examtui.cli.init:init", "Crée un dossier de données vide, avec votre académie et votre établissement."
    ),
    "import": Entry("examtui.cli.import_:import_", "Importe un fichier : contrôle complet, aperçu, puis confirmation."),
    "candidates": Entry("examtui.cli.candidates:candidates", "Candidats : recherche et fiches."),
    "users": Entry("examtui.cli.users:users", "Comptes des utilisateurs et leurs rôles."),
    "config": Entry("examtui.cli.config:config", "Réglages."),
    "audit": Entry("examtui.cli.audit:audit", "Journal : qui a fait quoi, et quand."),
    "db": Entry("examtui.cli.db:db", "Base de données : contrôle et mise à jour."),
    "completion": Entry("examtui.cli.completion:completion", "Complétion des commandes pour bash, zsh ou fish."),
}
"""In the order in which they are listed: the order in which a new user needs them."""
