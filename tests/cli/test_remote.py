"""What a person may ask for over SSH, behind the forced command that names them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.pupils import eleve, siecle

from examtui.cli.root import SSH_COMMAND
from examtui.cli.run import run

Remote = Callable[..., tuple[int, str, str]]


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """``remote("candidates search")``: what «lea», of the school, is answered."""
    home = str(tmp_path / "home")
    for arguments in (
        ("init", "--academy", "Toulouse", "--school", "0310038Y", "--school-name", "LPO BELLEVUE"),
        ("users", "add", "lea"),
        ("users", "grant", "lea", "school", "--school", "0310038Y"),
    ):
        assert run([*arguments, "--home", home]) == 0

    def ask(asked: str, sent: bytes = b"", forced: tuple[str, ...] = ("--as", "lea")) -> tuple[int, str, str]:
        monkeypatch.setenv(SSH_COMMAND, asked)
        command = [sys.executable, "-m", "examtui", "--home", home, *forced]
        told = subprocess.run(command, input=sent, capture_output=True, check=False)
        return told.returncode, told.stdout.decode(), told.stderr.decode()

    return ask


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "depots" / "lea"
    path.mkdir(parents=True, mode=0o700)
    return path


def test_a_file_comes_in_and_a_list_goes_out(remote: Remote) -> None:
    code, out, err = remote("import students - --dry-run", siecle([eleve(1)]))
    assert (code, err) == (0, "")
    assert "1 nouveau" in out
    code, out, err = remote("examtui import students - --yes --json", siecle([eleve(1)]))
    assert (code, err) == (0, "")
    assert (json.loads(out)["login"], json.loads(out)["created"]) == ("lea", 1)
    code, out, err = remote("candidates search --csv")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 2


def test_files_that_are_named_are_those_of_ones_own_folder(remote: Remote, folder: Path, tmp_path: Path) -> None:
    (folder / "la base.xml").write_bytes(siecle([eleve(1)]))
    assert remote("import students 'la base.xml' --yes --errors messages.csv")[0] == 0
    assert remote("candidates search --output liste.csv")[0] == 0
    assert remote("import template students --output modele.csv")[0] == 0
    assert {path.name for path in folder.iterdir()} == {"la base.xml", "liste.csv", "messages.csv", "modele.csv"}


@pytest.mark.parametrize("path", ["/etc/passwd", "../../examtui.toml", "../autre/liste.csv", "~/.bashrc", "/dev/stdin"])
def test_nothing_else_of_the_server_is_read_or_written(remote: Remote, tmp_path: Path, path: str) -> None:
    (tmp_path / "home" / "depots" / "autre").mkdir(parents=True)
    for asked in (
        f"import students {path} --dry-run",
        f"candidates search --output {path}",
        f"import template students --output {path}",
        f"import students - --dry-run --errors {path} --overwrite",
    ):
        code, out, err = remote(asked, siecle([eleve(1)]))
        assert (code, out) == (1, ""), asked
        assert "compte système partagé" in err or "n'existe pas" in err or "n'a pas été écrit" in err
    assert not (tmp_path / "home" / "examtui.toml").exists()
    assert not list((tmp_path / "home" / "depots" / "autre").iterdir())


@pytest.mark.parametrize(
    "asked",
    [
        "users list",
        "config",
        "audit list",
        "init",
        "demo",
        "db check",
        "bash",
        "sh -c id",
        "scp -t .",
        "'",
        "completion bash",
    ],
)
def test_other_commands_are_refused(remote: Remote, asked: str) -> None:
    code, out, err = remote(asked)
    assert (code, out) == (1, "")
    assert "seules les commandes «import» et «candidates» sont permises" in err


@pytest.mark.parametrize("option", ["--as {owner}", "--as=autre", "--home /tmp", "--home=/tmp"])
@pytest.mark.parametrize("asked", ["candidates {} search", "candidates search {}", "{} candidates search"])
def test_neither_identity_nor_data_can_be_chosen(remote: Remote, asked: str, option: str) -> None:
    code, out, err = remote(asked.format(option.format(owner="root")))
    assert code in (1, 2)
    assert out == ""
    assert "ne se donne pas par SSH" in err or "seules les commandes" in err


def test_no_shell_reads_what_was_asked(remote: Remote, tmp_path: Path) -> None:
    remote(f"candidates search x; touch {tmp_path}/trace")
    remote(f"candidates search $(touch {tmp_path}/trace)")
    assert not (tmp_path / "trace").exists()


def test_without_a_forced_identity_the_variable_means_nothing(remote: Remote) -> None:
    code, _, err = remote("candidates search --csv", forced=())
    assert code == 1
    assert "Les écrans demandent un terminal" in err
    assert remote("users list", forced=("--as", "lea", "candidates", "search", "--count"))[1] == "0\n"


def test_without_anything_asked_for_the_screens_open(remote: Remote) -> None:
    assert "Les écrans demandent un terminal" in remote("examtui")[2]
    assert "Les écrans demandent un terminal" in remote(" ")[2]
