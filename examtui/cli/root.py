"""The root command: ``examtui`` itself."""

import click

from examtui import __version__
from examtui.cli.frame import LazyGroup

PROGRAM = "examtui"
COMPLETION_VARIABLE = "_EXAMTUI_COMPLETE"


@click.group(
    PROGRAM,
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", prog_name=PROGRAM, help="Affiche la version.")
@click.pass_context
def root(context: click.Context) -> None:
    """Le bureau des examens dans un terminal."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
