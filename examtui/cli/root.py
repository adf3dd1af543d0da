"""The root command: ``examtui`` itself."""

import sys

import click

from examtui import __version__
from examtui.cli.frame import Invocation, LazyGroup, pass_invocation
from examtui.errors import Unavailable

PROGRAM = "examtui"
COMPLETION_VARIABLE = "_EXAMTUI_COMPLETE"


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
    return open_screens(invocation) if context.invoked_subcommand is None else None


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
