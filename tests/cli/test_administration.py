"""``init``, ``users``, ``config``, ``audit``, ``db`` as they are typed."""

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from examtui.access.login import system_login
from examtui.cli.run import run
from examtui.model.base import database

INIT = ["init", "--academy", "Toulouse", "--school", "0310038Y", "--school-name", "LPO BELLEVUE"]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """``cli("users", "list")`` runs a command on a fresh installation and returns code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--home", str(tmp_path / "home")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    assert call(*INIT)[0] == 0
    return call


def test_init_says_what_was_made_and_what_is_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*INIT, "--home", str(tmp_path / "home")]) == 0
    out = capsys.readouterr().out
    for words in ("Administrateur", "Gestionnaire DEC · Académie de Toulouse", "users revoke", "import students"):
        assert words in out
    assert run([*INIT, "--home", str(tmp_path / "home")]) == 1
    assert "contient déjà" in capsys.readouterr().err


def test_init_of_an_administrator_only_says_to_add_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*INIT, "--admin-only", "--home", str(tmp_path / "home")]) == 0
    out = capsys.readouterr().out
    assert "examtui users add" in out
    assert "Gestionnaire" not in out


def test_init_without_a_terminal_names_the_option_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "--academy", "16", "--home", str(tmp_path / "home")]) == 2
    assert "«--school»" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_init_asks_until_the_answer_is_right(tmp_path: Path) -> None:
    code = "import sys; from examtui.cli.run import run; sys.exit(run(sys.argv[1:]))"
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", code, "init", "--home", str(tmp_path / "home")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
    )
    os.close(theirs)
    os.write(ours, "Atlantide\ntoulouse\n0310038X\n0310038Y\nLPO BELLEVUE\nClaire Martin\n\npeut-être\nn\n".encode())
    shown = b""
    deadline = time.monotonic() + 60
    while program.poll() is None and time.monotonic() < deadline:
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
    assert program.wait(timeout=60) == 0, shown.decode()
    os.close(ours)
    text = shown.decode()
    for words in ("«Atlantide» n'existe pas", "écrivez «0310038Y»", "Répondez «o»", "examtui users add"):
        assert words in text


def test_users_from_adding_to_disabling(cli: Callable[..., tuple[int, str, str]]) -> None:
    assert cli("users", "add", "lea", "--name", "Léa [bold]Ngô")[0] == 0
    assert cli("users", "grant", "lea", "school", "--school", "0310038y")[1].startswith("lea : Établissement")
    code, out, _ = cli("users", "list", "--json")
    assert code == 0
    users = {user["login"]: user for user in json.loads(out)}
    assert users["lea"]["grants"] == [{"role": "school", "place": "0310038Y"}]
    assert [grant["role"] for grant in users[system_login()]["grants"]] == ["admin", "manager", "head"]
    assert "Léa [bold]Ngô" in cli("users", "list")[1]
    assert cli("users", "revoke", "lea", "school", "--school", "0310038Y")[1] == "lea : aucun rôle.\n"
    assert cli("users", "disable", "lea")[1] == "lea (désactivé) : aucun rôle.\n"
    assert cli("users", "enable", "lea")[0] == 0
    code, out, err = cli("users", "disable", system_login())
    assert (code, out) == (1, "")
    assert "dernier administrateur" in err
    assert cli("users", "grant", "lea", "school", "--school", "0310038Y", "--academy", "16")[0] == 2


def test_a_user_without_the_right_is_refused(cli: Callable[..., tuple[int, str, str]]) -> None:
    cli("users", "add", "lea")
    for command in (["users", "list"], ["config", "show"], ["audit", "list"], ["audit", "verify"]):
        code, out, err = cli(*command, "--as", "lea")
        assert (code, out) == (1, ""), command
        assert "Vous n'avez pas le droit" in err
    assert cli("users", "list", "--as", "inconnu")[0] == 1


def test_settings_are_shown_and_changed(cli: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    assert cli("config", "path")[1].strip() == str(tmp_path / "home" / "examtui.toml")
    assert cli("config", "set", "display.mouse", "oui")[1] == "display.mouse = true\n"
    assert json.loads(cli("config", "show", "--json")[1])["display.mouse"] is True
    assert cli("config", "show", "display.mouse")[1].startswith("display.mouse = true\n")
    assert cli("config", "show", "rien")[0] == 1
    code, _, err = cli("config", "set", "display.theme", "rose")
    assert code == 1
    assert "display.theme" in err
    (tmp_path / "home" / "examtui.toml").write_text("[display]\nmouse = 3\n")
    code, out, err = cli("config", "show")
    assert (code, out) == (1, "")
    assert "«display.mouse», ligne 2" in err
    assert cli("config", "path")[0] == 0


def test_the_log_is_listed_filtered_and_verified(cli: Callable[..., tuple[int, str, str]]) -> None:
    cli("users", "add", "lea")
    assert [entry["action"] for entry in json.loads(cli("audit", "list", "--json")[1])] == ["users.add", "setup.init"]
    code, out, err = cli("audit", "list", "--limit", "1")
    assert code == 0
    assert "Ajout d'un compte  compte lea" in out
    assert "    nom : (vide)" in out
    assert "--before 2" in err
    assert cli("audit", "list", "--subject", "user:x")[0] == 2
    assert cli("audit", "list", "--until", "01/01/2000")[1] == ""
    assert len(json.loads(cli("audit", "list", "--since", "2000-01-31", "--json")[1])) == 2
    code, _, err = cli("audit", "list", "--since", "31/02/2020")
    assert code == 2
    assert "écrivez JJ/MM/AAAA" in err
    assert json.loads(cli("audit", "list", "--json")[1])[0]["at"].endswith("Z")
    assert cli("audit", "verify")[:2] == (0, "Le journal est intact : 2 entrées.\n")


def test_a_cut_log_is_told_and_exits_1(cli: Callable[..., tuple[int, str, str]]) -> None:
    with database.connection_context():
        database.execute_sql("UPDATE audit_head SET count = 5")
    code, out, err = cli("audit", "verify")
    assert (code, out) == (1, "")
    assert "La fin du journal" in err
    code, out, _ = cli("audit", "verify", "--json")
    assert code == 1
    assert json.loads(out)["sound"] is False


def test_the_database_is_checked_without_any_role(cli: Callable[..., tuple[int, str, str]]) -> None:
    assert cli("db", "check", "--as", "inconnu")[:2] == (0, "La base est saine.\n")
    assert "déjà à la version" in cli("db", "upgrade")[1]
    with database.connection_context():
        database.execute_sql("DROP TRIGGER audit_entry_kept")
    code, out, err = cli("db", "check")
    assert (code, out) == (1, "")
    assert "audit_entry_kept" in err


def test_without_a_home_the_sentence_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["users", "list"], ["db", "check"], ["config", "show"]):
        assert run([*command, "--home", str(tmp_path / "rien")]) == 1
        assert "examtui init" in capsys.readouterr().err


def test_a_file_that_is_no_database_is_told(cli: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "home" / "examtui.db").write_bytes(b"ceci n'est pas une base" * 100)
    code, _, err = cli("users", "list")
    assert code == 1
    assert "ne s'ouvre pas" in err
    assert "imprévue" not in err
