"""``candidates search`` and ``candidates show`` as they are typed."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.factory import Factory

from examtui.access.login import system_login
from examtui.cli.run import run
from examtui.enrolment import candidates_export
from examtui.home import Home
from examtui.model.base import database


@pytest.fixture
def cli(home: Home, make: Factory, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """``cli("candidates", …)`` runs a command as the manager of an academy with four candidates."""
    make.user(system_login(), "manager", academy=make.academy())
    school = make.school()
    pupil = make.candidate("ROSE BONBON", "Ludivine", school=school, division="3B", number="01843006787")
    epreuve = make.epreuve()
    make.assignment(make.registration(pupil, epreuve), epreuve, make.centre(school), room=make.room(school))
    make.candidate("WIŚNIEWSKI", "Łukasz", school=school, red_list=True)
    make.candidate("=cmd|' /C calc'!A0", "[bold]\x1b[2J", number="01843006788")
    make.candidate("名字", "二")
    database.close()

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["candidates", *arguments, "--home", str(home.path)])
        captured = capfdbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return call


def test_search_prints_an_aligned_table(cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = cli("search", "ros", "LUD")
    header, line = out.splitlines()
    assert (code, err) == (0, "")
    assert header.startswith("N° candidat  Nom")
    assert line.split() == ["01843006787", "ROSE", "BONBON", "Ludivine", "12/03/2006", "3B", "BCG", "Inscrit"]
    assert header.index("Prénoms") == line.index("Ludivine")


def test_nothing_from_data_reaches_the_terminal_as_an_order(cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = cli("search")
    assert code == 0
    assert "\x1b" not in out
    assert "[bold]" in out
    assert len(out.splitlines()) == 5


def test_criteria_count_and_limit(cli: Callable[..., tuple[int, str, str]]) -> None:
    assert cli("search", "--where", "liste_rouge:oui", "--count") == (0, "1\n", "")
    assert cli("search", "--count", "--json") == (0, '{\n  "count": 4\n}\n', "")
    assert len(cli("search", "--limit", "2")[1].splitlines()) == 3
    assert cli("search", "--limit", "0")[0] == 2
    code, out, err = cli("search", "--where", "couleur:bleu")
    assert (code, out) == (1, "")
    assert "couleur" in err


def test_all_pages_are_printed(cli: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_export, "_PAGE", 2)
    assert len(json.loads(cli("search", "--json")[1])) == 4
    assert len(json.loads(cli("search", "--json", "--limit", "3")[1])) == 3


def test_json_holds_data_only(cli: Callable[..., tuple[int, str, str]]) -> None:
    (row,) = json.loads(cli("search", "wisn", "--json")[1])
    assert (row["family_name"], row["number"], row["birth_date"]) == ("WIŚNIEWSKI", None, "2006-03-12")
    code, out, err = cli("search", "introuvable", "--json")
    assert (code, json.loads(out)) == (0, [])
    assert "Aucun candidat" in err


def test_csv_is_harmless_to_a_spreadsheet(cli: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    _, out, _ = cli("search", "--csv")
    assert out.startswith("\ufeffN° candidat;Nom;")
    assert out.count("\r\n") == 5
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), delimiter=";"))
    (hostile,) = [row for row in rows if "calc" in row[1]]
    assert hostile[1].startswith("'=cmd")
    target = tmp_path / "candidats.csv"
    assert cli("search", "--output", str(target)) == (0, "", "")
    assert target.read_bytes().decode() == out
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".cand")] == []
    assert cli("search", "--csv", "--json")[0] == 2
    assert cli("search", "--output", str(tmp_path / "absent" / "x.csv"))[0] == 1


def test_near_spellings_on_stderr(cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = cli("search", "wisnievsky")
    assert (code, out) == (0, "")
    assert "Aucun candidat ne correspond." in err
    assert "«wisniewski» (1 candidat)" in err


def test_show_a_card(cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = cli("show", "01843006787")
    assert code == 0
    for words in ("ROSE BONBON", "12/03/2006", "Candidature 001 Version 03", "C001C", "205", "3B"):
        assert words in out
    shown = json.loads(cli("show", "01843006787", "--json")[1])
    assert shown["registrations"][0]["epreuves"][0]["assignment"]["room"] == "205"
    code, out, err = cli("show", "01999999999")
    assert (code, out) == (1, "")
    assert "n'existe pas" in err
    assert cli("show", "ROSE")[0] == 1
    assert "\x1b" not in cli("show", "01843006788")[1]
