"""The root command: ``examtui`` itself."""

import os
import shlex
import sys

import click

from examtui import __version__
from examtui.cli.frame import Invocation, LazyGroup, pass_invocation
from examtui.errors import Forbidden, Unavailable

PROGRAM = "examtui"
COMPLETION_VARIABLE = "_EXAMTUI_COMPLETE"
SSH_COMMAND = "SSH_ORIGINAL_COMMAND"
"""Where ``sshd`` leaves what the person asked for, when the key forces another command."""
REMOTE_COMMANDS = ("import", "candidates")
"""What may be asked for so: that which brings files in and lists out."""


@click.group(
    PROGRAM,
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", prog_name=PROGRAM, help="Affiche la version.")
@pass_invocation
@click.pass_context
def root(context: click.Context, invocation: Invocation) -> int | None:
    """Le bureau des examens dans un terminal.

    Sans commande, ouvre les écrans.
    """
    if context.invoked_subcommand is not None:
        return None
    asked = os.environ.get(SSH_COMMAND, "") if invocation.as_login is not None and not invocation.is_remote else ""
    return run_remote(invocation, asked) if asked.strip() else open_screens(invocation)


def run_remote(invocation: Invocation, asked: str) -> int | None:
    """Run what was asked for over SSH, as whom the forced command names, and return the exit code.

    No shell reads ``asked``. Neither data folder nor identity can be chosen in it, nor a file outside of the person's
    own folder.

    Raises:
        Forbidden: it is no command for that.
    """
    try:
        words = shlex.split(asked)
    except ValueError:
        words = [""]
    if words[:1] == [PROGRAM]:
        words = words[1:]
    if not words:
        return open_screens(invocation)
    if words[0] not in REMOTE_COMMANDS:
        listed = " et ".join(f"«{name}»" for name in REMOTE_COMMANDS)
        raise Forbidden(f"Par SSH, seules les commandes {listed} sont permises ; sans commande, les écrans s'ouvrent.")
    invocation.is_remote = True
    with root.make_context(PROGRAM, words, obj=invocation) as context:
        result = root.invoke(context)
    return result if isinstance(result, int) else None


def open_screens(invocation: Invocation) -> int:
    """Open the screens for whoever acts, and return the exit code.

    Raises:
        HomeError: there is no home, or it cannot be opened.
        Forbidden: the user is unknown or disabled.
        Unavailable: there is no terminal to show anything on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Unavailable("Les écrans demandent un terminal. Ici, donnez une commande : «examtui --help» les montre.")
    actor = invocation.actor()
    invocation.close()
    from examtui.screens.app import run_app

    return run_app(actor)
