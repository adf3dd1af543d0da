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
    "completion": Entry("examtui.cli.completion:completion", "Complétion des commandes pour bash, zsh ou fish."),
}
"""In the order in which they are listed: the order in which a new user needs them."""
