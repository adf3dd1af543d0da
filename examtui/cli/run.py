"""Running a command line: French messages, exit codes, and no traceback.

0 done; 1 an error, told in one sentence; 2 wrong usage; 130 interrupted; 141 the reader of our output left.
"""

import os
import sys
from pathlib import Path

import click

from examtui.cli import french
from examtui.cli.frame import Invocation
from examtui.cli.output import clean
from examtui.cli.root import COMPLETION_VARIABLE, PROGRAM, root
from examtui.errors import ExamtuiError
from examtui.files import LOG_FILE

DONE, FAILED, MISUSED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


def run(arguments: list[str]) -> int:
    """Run ``examtui`` with ``arguments`` and return the exit code."""
    french.install()
    _make_streams_safe()
    invocation = Invocation()
    try:
        code = _run(arguments, invocation)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    return code


def _run(arguments: list[str], invocation: Invocation) -> int:
    try:
        try:
            return _invoke(arguments, invocation)
        finally:
            invocation.close()
    except BrokenPipeError:
        raise
    except ExamtuiError as error:
        _tell(str(error))
        return FAILED
    except click.UsageError as error:
        _tell_usage(error)
        return MISUSED
    except click.ClickException as error:
        _tell(error.format_message())
        return FAILED
    except (click.Abort, KeyboardInterrupt, EOFError):
        _tell("\nInterrompu.")
        return INTERRUPTED
    except Exception as error:
        _tell(_report_bug(error, invocation))
        return FAILED


def _invoke(arguments: list[str], invocation: Invocation) -> int:
    """Run the command without Click's own ``main``, which would end the program on a closed pipe.

    A command that returns a number leaves with it.
    """
    asked_by_shell = os.environ.get(COMPLETION_VARIABLE)
    if asked_by_shell:
        from click.shell_completion import shell_complete

        return shell_complete(root, {}, PROGRAM, COMPLETION_VARIABLE, asked_by_shell)
    try:
        with root.make_context(PROGRAM, list(arguments), obj=invocation) as context:
            result = root.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    return result if isinstance(result, int) else DONE


def _tell(message: str) -> None:
    click.echo(clean(message, tabs=True), err=True)


def _tell_usage(error: click.UsageError) -> None:
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"«{error.ctx.command_path} --help» montre l'aide.", err=True)
    _tell(f"Erreur : {error.format_message()}")


def _report_bug(error: Exception, invocation: Invocation) -> str:
    """Write the traceback to the home's log and return the sentence for the user."""
    from traceback import format_exception

    from examtui.clock import utc_now

    sentence = f"Le programme a rencontré une erreur imprévue ({type(error).__name__})."
    try:
        path: Path = invocation.path() / LOG_FILE
        text = f"{utc_now().isoformat()}Z\n{''.join(format_exception(error))}\n"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError:
        return f"{sentence} Le détail n'a pas pu être écrit dans le dossier des données."
    return f"{sentence} Le détail est dans «{path}» : transmettez-le à l'administrateur."


def _make_streams_safe() -> None:
    """Let a character that the terminal's encoding lacks show as «?» instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _drop_output() -> None:
    """Send what is still buffered nowhere, else the interpreter complains about the closed pipe when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
