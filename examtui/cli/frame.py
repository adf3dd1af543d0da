"""What every command is made with: the lazy group, the options that all take, and what a command is handed.

A command's module reads::

    @group("users")
    def users() -> None:
        '''Utilisateurs et droits.'''

    @users.command("list")
    @click.option("--json", "as_json", is_flag=True, help="…")
    @pass_invocation
    def list_users(invocation: Invocation, as_json: bool) -> None:
        '''Liste des utilisateurs.'''
        for user in use_case(invocation.actor()): …

``group`` and ``command`` add ``--home`` and ``--as``, before or after the subcommand's name, the last one winning.
This module is loaded by ``examtui --help``: nothing heavy at its top.
"""

from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from examtui.cli.table import COMMANDS

if TYPE_CHECKING:
    from examtui.access.actor import Actor
    from examtui.home import Home

P = ParamSpec("P")
R = TypeVar("R")


class Invocation:
    """What the user named (data folder, identity), opened when a command first asks for it."""

    def __init__(self) -> None:
        self.home_named: str | None = None
        self.as_login: str | None = None
        self.is_remote = False
        """The command came over SSH to a forced command: data folder, identity and files are not its to choose."""
        self._home: Home | None = None
        self._actor: Actor | None = None
        self._resources = ExitStack()

    def path(self) -> Path:
        """The data folder: ``--home``, else ``EXAMTUI_HOME``, else the platform's."""
        if self.home_named is not None:
            return Path(self.home_named).expanduser()
        from examtui.home import default_path

        return default_path()

    def home(self) -> "Home":
        """Open the home and hold a connection until the command ends.

        Raises:
            HomeError: there is none, it cannot be read, or its database is of a newer program.
            SettingsError: the settings file is wrong.
        """
        if self._home is None:
            from examtui.settings.drivers import import_peewee

            import_peewee(self.path())
            from examtui.home import connected, open_home

            self._home = open_home(self.path())
            self._resources.enter_context(connected())
        return self._home

    def actor(self) -> "Actor":
        """Open the home and tell who acts: ``--as``, else the system's login.

        Raises:
            Forbidden: no such user, it is disabled, or ``--as`` is not this account's to use.
        """
        if self._actor is None:
            home = self.home()
            from examtui.access.login import identify

            self._actor = identify(home, self.as_login)
        return self._actor

    def file(self, named: Path) -> Path:
        """Return the path of a file that the command names: over SSH, one of the actor's own folder.

        Raises:
            Forbidden: over SSH, it lies elsewhere.
        """
        if not self.is_remote:
            return named
        from examtui.access.folders import within

        return within(self.actor(), named)

    def close(self) -> None:
        """Give the connection back."""
        self._resources.close()


def _keep(attribute: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        invocation = context.ensure_object(Invocation)
        if value is None:
            return
        if invocation.is_remote:
            raise click.UsageError(f"l'option «{parameter.opts[0]}» ne se donne pas par SSH : retirez-la.", context)
        setattr(invocation, attribute, value)

    return keep


def _common_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--home"],
            metavar="DOSSIER",
            type=click.Path(file_okay=False),
            expose_value=False,
            callback=_keep("home_named"),
            help="Dossier des données (sinon EXAMTUI_HOME, sinon le dossier habituel).",
        ),
        click.Option(
            ["--as"],
            metavar="COMPTE",
            expose_value=False,
            callback=_keep("as_login"),
            help="Agir au nom de ce compte (réservé au propriétaire des données).",
        ),
    ]


class Command(click.Command):
    """A command that takes ``--home`` and ``--as``, listed after its own options."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params = [*self.params, *_common_options()]


class Group(click.Group):
    """A group whose commands all take ``--home`` and ``--as``; called alone, it shows its help."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "COMMANDE [ARGUMENTS]…", **attributes})
        self.params = [*self.params, *_common_options()]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of the source, which is the order of use."""
        return list(self.commands)


class LazyGroup(Group):
    """The root: it lists the table of commands, and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the table, in its order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command named, if the table has it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
        loaded: click.Command = getattr(import_module(module), attribute)
        return loaded

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table alone."""
        with formatter.section("Commandes "):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete the names of commands from the table alone."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=entry.help) for name, entry in COMMANDS.items() if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a top-level command of the table."""
    return click.command(name, cls=Command, **attributes)


def group(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Make a function a top-level group of the table; its commands are made by the group's own ``command``."""
    return click.group(name, cls=Group, **attributes)


def pass_invocation(function: Callable[Concatenate[Invocation, P], R]) -> Callable[P, R]:
    """Hand the ``Invocation`` to a command as its first argument."""
    return click.make_pass_decorator(Invocation, ensure=True)(function)
