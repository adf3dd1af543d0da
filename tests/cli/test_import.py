"""``examtui import`` as it is typed."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.pupils import eleve, row, siecle, table

from examtui.cli.run import run
from examtui.imports.kinds import KINDS, importer_for

Cli = Callable[..., tuple[int, str, str]]
INIT = ["init", "--academy", "Toulouse", "--school", "0310038Y", "--school-name", "LPO BELLEVUE"]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--home", str(tmp_path / "home")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    assert call(*INIT)[0] == 0
    return call


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "eleves.xml"
    path.write_bytes(siecle([eleve(1), eleve(2, DATE_SORTIE="01/10/2020")]))
    return str(path)


def test_a_trial_changes_nothing(cli: Cli, good: str) -> None:
    code, out, err = cli("import", "students", good, "--school", "0310038Y", "--dry-run")
    assert (code, err) == (0, "")
    assert "2 lignes lues : 1 nouveau, 1 écarté" in out
    assert "Rien n'a été changé" in out
    assert json.loads(cli("import", "reports", "--json")[1]) == []


def test_without_a_terminal_yes_is_needed(cli: Cli, good: str) -> None:
    code, out, err = cli("import", "students", good)
    assert (code, out) == (1, "")
    assert "--yes" in err


def test_an_import_leaves_a_report(cli: Cli, good: str) -> None:
    code, out, err = cli("import", "students", good, "--yes")
    assert (code, err) == (0, "")
    assert "Compte rendu n° 1" in out
    (report,) = json.loads(cli("import", "reports", "--json")[1])
    assert (report["kind"], report["created"], report["passed_over"]) == ("students", 1, 1)
    assert "élève sorti de l'établissement" in cli("import", "reports", "1")[1]
    assert cli("import", "reports", "99")[0] == 1


def test_every_error_is_told_on_a_line_of_its_own(cli: Cli, tmp_path: Path) -> None:
    path, errors = tmp_path / "x.csv", tmp_path / "erreurs.csv"
    path.write_text(table(row(1, sex="?"), row(2, family="\x1b[2J=1"), row(3)), "utf-8")
    code, out, err = cli("import", "students", str(path), "--yes", "--errors", str(errors))
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 3
    assert "ligne 2" in err.splitlines()[0]
    assert "\x1b" not in err
    assert len(errors.read_text("utf-8-sig").splitlines()) == 3
    code, _, err = cli("import", "students", str(path), "--yes", "--errors", str(errors))
    assert (code, "existe déjà" in err) == (1, True)


def test_json_asks_nothing(cli: Cli, good: str) -> None:
    code, out, err = cli("import", "students", good, "--json")
    assert (code, out) == (2, "")
    assert "--dry-run" in err


def test_a_file_that_changes_nothing_leaves_no_report(cli: Cli, good: str) -> None:
    assert cli("import", "students", good, "--yes")[0] == 0
    code, out, _ = cli("import", "students", good, "--yes")
    assert (code, "déjà à jour" in out) == (0, True)
    code, out, _ = cli("import", "students", good, "--yes", "--json")
    assert (code, json.loads(out)["unchanged"]) == (0, 1)
    assert [report["report"] for report in json.loads(cli("import", "reports", "--json")[1])] == [1]


def test_errors_as_json(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(table(row(1, sex="?")), "utf-8")
    for option in ("--yes", "--dry-run"):
        code, out, _ = cli("import", "students", str(path), option, "--json")
        assert code == 1
        assert [problem["field"] for problem in json.loads(out)["problems"]] == ["Code sexe"]


def test_a_template_opens_in_a_spreadsheet(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "modele.csv"
    assert cli("import", "template", "students", "--output", str(target))[0] == 0
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfIdentifiant unique*;")
    assert content.count(b"\r\n") == 2
    assert cli("import", "template", "chats")[0] == 2


@pytest.mark.parametrize(("answer", "imported"), [(b"o\n", True), (b"\n", False)])
def test_on_a_terminal_it_asks(cli: Cli, good: str, tmp_path: Path, answer: bytes, imported: bool) -> None:
    code = "import sys; from examtui.cli.run import run; sys.exit(run(sys.argv[1:]))"
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    done = subprocess.run(
        [sys.executable, "-c", code, "import", "students", good, "--home", str(tmp_path / "home")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    told = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "Appliquer ? [o/N]" in told
    assert bool(json.loads(cli("import", "reports", "--json")[1])) is imported


def test_files_are_replaced_only_where_that_is_asked_for(cli: Cli, good: str, tmp_path: Path) -> None:
    target = tmp_path / "liste.csv"
    target.write_text("avant")
    for arguments in (
        ("import", "template", "students", "--output", str(target)),
        ("import", "students", good, "--yes", "--errors", str(target)),
        ("candidates", "search", "--output", str(target)),
    ):
        code, out, err = cli(*arguments)
        assert (code, out) == (1, "")
        assert "«liste.csv» existe déjà" in err
        assert target.read_text() == "avant"
    assert json.loads(cli("import", "reports", "--json")[1]) == []
    for arguments in (
        ("import", "template", "students", "--output", str(target), "--overwrite"),
        ("import", "students", good, "--yes", "--errors", str(target), "--overwrite"),
        ("candidates", "search", "--output", str(target), "--overwrite"),
    ):
        assert cli(*arguments)[0] == 0
    assert "Nom" in target.read_text("utf-8-sig")


def test_a_file_may_come_on_the_standard_input(cli: Cli, good: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "examtui", "import", "students", "-", "--home", str(tmp_path / "home")]
    with Path(good).open("rb") as sent:
        told = subprocess.run([*command, "--yes"], stdin=sent, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
    (report,) = json.loads(cli("import", "reports", "--json")[1])
    assert (report["file"], report["created"]) == ("entrée-standard", 1)
    told = subprocess.run([*command, "--yes"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert "est vide" in told.stderr


def test_the_table_of_kinds_says_what_the_importers_are() -> None:
    importers = {kind: importer_for(kind) for kind in KINDS}
    assert {kind: (known.title, known.needs_school) for kind, known in KINDS.items()} == {
        kind: (importer.title, importer.needs_school) for kind, importer in importers.items()
    }


def test_the_help_of_imports_loads_neither_importers_nor_a_database() -> None:
    script = (
        "import sys\nfrom examtui.cli.run import run\nassert run(['import', 'students', '--help']) == 0\n"
        "print([n for n in sys.modules if n.partition('.')[0] in ('peewee', 'psycopg') or 'importer' in n])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"
