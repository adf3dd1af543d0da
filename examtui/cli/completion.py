"""``examtui completion``: the scripts that complete commands and options in a shell."""

import click
from click.shell_completion import get_completion_class

from examtui.cli.frame import command
from examtui.cli.root import COMPLETION_VARIABLE, PROGRAM, root


@command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
def completion(shell: str) -> None:
    """Complétion des commandes pour bash, zsh ou fish.

    Pour bash, ajoutez à ~/.bashrc la ligne : eval "$(examtui completion bash)"

    Pour zsh, ajoutez à ~/.zshrc la ligne : eval "$(examtui completion zsh)"

    Pour fish : examtui completion fish > ~/.config/fish/completions/examtui.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise RuntimeError(f"Click completes no {shell}")
    click.echo(found(root, {}, PROGRAM, COMPLETION_VARIABLE).source())
