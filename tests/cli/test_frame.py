"""The frame of the command line: French, exit codes, nothing heavy loaded, nothing that data can break."""

import ast
import subprocess
import sys
from pathlib import Path

import click
import pytest

from examtui.cli import french
from examtui.cli.frame import Invocation, command, group, pass_invocation
from examtui.cli.root import root
from examtui.cli.run import run
from examtui.cli.table import COMMANDS
from examtui.errors import NotFound

HEAVY = (
    "peewee",
    "textual",
    "reportlab",
    "psycopg",
    "rapidfuzz",
    "PIL",
    "defusedxml",
    "python_calamine",
    "platformdirs",
)


def run_python(code: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, **options)  # type: ignore[call-overload]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["nope"], ["completion", "bash"]])
def test_start_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom examtui.cli.run import run\nrun(sys.argv[1:])\n"
        f"loaded = sorted(set({HEAVY!r}) & set(sys.modules))\nassert not loaded, loaded"
    )
    done = run_python(code, *arguments)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_table_holds_each_commands_own_short_help(name: str) -> None:
    loaded = root.get_command(click.Context(root), name)
    assert loaded is not None
    assert loaded.name == name
    assert loaded.get_short_help_str(limit=200) == COMMANDS[name].help


def every_command(parent: click.Command, context: click.Context) -> list[click.Command]:
    found = [parent]
    if isinstance(parent, click.Group):
        for name in parent.list_commands(context):
            child = parent.get_command(context, name)
            assert child is not None
            found += every_command(child, click.Context(child, info_name=name, parent=context))
    return found


def test_every_command_and_option_is_documented_and_takes_home_and_as() -> None:
    for found in every_command(root, click.Context(root, info_name="examtui")):
        options = [parameter for parameter in found.params if isinstance(parameter, click.Option)]
        assert found.help, found.name
        assert {"--home", "--as"} <= {name for option in options for name in option.opts}, found.name
        assert [option.name for option in options if not option.help] == [], found.name


def clicks_messages() -> set[str]:
    folder = Path(click.__file__).parent
    messages: set[str] = set()
    for name in french._MODULES:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                messages |= {part.value for part in node.args if isinstance(part, ast.Constant)}
    return messages


PROGRAMMERS_MESSAGES = {
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Invalid start character for option ({option})",
    "Choice({choices})",
    "Unknown color {colour!r}",
}


def test_every_message_of_click_that_a_user_can_meet_is_in_french() -> None:
    messages = clicks_messages()
    assert len(messages) > 50
    assert sorted(message for message in messages - PROGRAMMERS_MESSAGES if message not in french._WORDS) == []


def test_help_is_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert "Usage : examtui" in out
    assert "Affiche cette aide." in out
    assert "Commandes :" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nope"], "La commande «nope» n'existe pas."),
        (["--nope"], "L'option «--nope» n'existe pas."),
        (["completion", "csh"], "«csh» n'est pas parmi"),
        (["completion"], "Il manque l'argument"),
        (["completion", "bash", "zsh"], "Argument en trop : zsh"),
        (["completion", "bash", "--home"], "L'option «--home» demande une valeur."),
    ],
)
def test_wrong_usage_is_told_in_french(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err


def test_an_argument_cannot_order_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["x\x1b[2J\u202e\udce9"]) == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\u202e" not in err


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> list[Invocation]:
    """A command ``trial say`` and ``trial fail`` in the root, and the invocations that it saw."""
    seen: list[Invocation] = []

    @group("trial")
    def trial() -> None:
        """Essai."""

    @trial.command("say")
    @pass_invocation
    def say(invocation: Invocation) -> None:
        """Dire."""
        seen.append(invocation)

    @command("fail")
    @click.argument("how")
    def fail(how: str) -> None:
        """Échouer."""
        if how == "error":
            raise NotFound("Ce candidat\x1b[2J n'existe pas.")
        if how == "interrupt":
            raise KeyboardInterrupt
        raise ZeroDivisionError(how)

    trial.add_command(fail)
    original = root.get_command
    monkeypatch.setattr(root, "get_command", lambda ctx, name: trial if name == "trial" else original(ctx, name))
    return seen


@pytest.mark.parametrize(
    "arguments",
    [
        ["--home", "/a", "--as", "lea", "trial", "say"],
        ["trial", "--home", "/a", "--as", "lea", "say"],
        ["trial", "say", "--home", "/a", "--as", "lea"],
        ["--home", "/b", "--as", "max", "trial", "say", "--home", "/a", "--as", "lea"],
    ],
)
def test_home_and_as_stand_before_or_after_the_command(trial: list[Invocation], arguments: list[str]) -> None:
    assert run(arguments) == 0
    assert (trial[0].path(), trial[0].as_login) == (Path("/a"), "lea")


def test_an_error_is_one_sentence(trial: list[Invocation], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trial", "fail", "error"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Ce candidat[2J n'existe pas.\n"


def test_an_interruption_is_told(trial: list[Invocation], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trial", "fail", "interrupt"]) == 130
    assert "Interrompu." in capsys.readouterr().err


def test_a_bug_goes_to_the_log_and_no_traceback_to_the_user(
    trial: list[Invocation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trial", "fail", "boom", "--home", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert str(tmp_path / "examtui.log") in err
    log = tmp_path / "examtui.log"
    assert "ZeroDivisionError: boom" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_bug_is_told_where_no_log_can_be_written(
    trial: list[Invocation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["trial", "fail", "boom", "--home", str(tmp_path / "absent")]) == 1
    assert "n'a pas pu être écrit" in capsys.readouterr().err


def test_without_a_terminal_the_screens_do_not_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "terminal" in captured.err


def test_a_reader_that_leaves_ends_the_program_quietly() -> None:
    code = (
        "import sys\nfrom examtui.cli import run as module\nimport click\n"
        "@click.command('x')\ndef lines():\n    for n in range(100000): click.echo('ligne')\n"
        "module.root.get_command = lambda ctx, name: lines\nsys.exit(module.run(['x']))"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    assert program.wait(timeout=30) == 141
    assert program.stderr.read() == b""
    program.stderr.close()


@pytest.mark.parametrize("encoding", ["ascii", "iso8859-1", "utf-8"])
def test_any_encoding_of_the_terminal_can_show_anything(encoding: str) -> None:
    code = (
        "from examtui.cli.run import _make_streams_safe\n"
        "from examtui.cli.output import say, say_json\n"
        "_make_streams_safe()\n"
        "say('Œuvre \\udce9 Łódź')\n"
        "say_json({'nom': 'Œuvre \\udce9 Łódź'})"
    )
    done = run_python(code, env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"}, cwd=Path.cwd(), errors="replace")
    assert done.returncode == 0, done.stderr
    assert "uvre" in done.stdout
