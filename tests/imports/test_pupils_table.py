from datetime import date

import pytest
from support.pupils import HEADER, ine, row, table

from examtui.imports.problems import FileRefused, Severity
from examtui.model import Candidate, Student


def test_a_row_is_read_whole(own) -> None:
    own.apply(table(row(1, first="Zoé", second="Anne", third="Lou", family="O'Connor--ŁĘ", usage="NULL", sex="2")))
    candidate, student = Candidate.get(), Student.get()
    assert (candidate.family_name, candidate.usage_name, candidate.first_names) == (
        "O'Connor--ŁĘ",
        "NULL",
        "Zoé Anne Lou",
    )
    assert (candidate.sex, candidate.birth_date, candidate.birth_commune) == ("F", date(2006, 3, 12), "Toulouse")
    assert (student.division, student.mef, student.status) == ("1G3", "20110019110", "ST")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman"])
@pytest.mark.parametrize("mark", [";", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_separators_and_line_ends(own, encoding: str, mark: str, end: str) -> None:
    text = table(row(1, first="Zoé", family="ÉTÉ"), row(2, first="Noël"), end=end).replace(";", mark)
    own.apply(text.encode(encoding))
    assert sorted(candidate.first_names for candidate in Candidate.select()) == ["Noël", "Zoé"]


def test_columns_are_found_by_name_in_any_order(own) -> None:
    turned = table(row(1), row(2)).splitlines()
    text = "\n".join(";".join(reversed(line.split(";"))) for line in turned).replace(
        "Nom de famille*", "NOM DE FAMILLE"
    )
    assert own.preview(text).counts.created == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ine": ""}, "Identifiant unique"),
        ({"ine": "123"}, "Identifiant unique"),
        ({"first": " "}, "Premier prénom"),
        ({"family": ""}, "Nom de famille"),
        ({"sex": "X"}, "Code sexe"),
        ({"birth": "2006/03/12"}, "Date de naissance (jj/mm/aaaa)"),
        ({"commune_code": ""}, "Code commune naissance"),
        ({"country": "99352", "commune": ""}, "Libellé commune naissance"),
        ({"department": "Ain"}, "Code département naissance"),
        ({"country": "FR"}, "Code pays naissance"),
        ({"status": "XX"}, "Statut"),
        ({"mef": ""}, "Code MEF"),
        ({"division": ""}, "Division"),
        ({"family": "a\x1b[2J"}, "Nom de famille"),
        ({"family": "a\x00"}, "Nom de famille"),
        ({"family": "x" * 300}, "Nom de famille"),
    ],
)
def test_every_error_is_told_with_its_line(own, changes: dict[str, str], field: str) -> None:
    problems = own.problems(table(row(1), row(2, **changes), row(3)))
    assert [(problem.line, problem.field) for problem in problems] == [(3, field)]
    assert problems[0].reason
    assert problems[0].cure


def test_all_errors_are_told_at_once_and_counted_beyond_those_kept(own) -> None:
    assert len(own.problems(table(row(1, first="", family="", sex="")))) == 3
    assert own.told(table(row(1), row(2), row(1)))[0] == (4, "Identifiant unique", "cet INE est déjà à la ligne 2")
    preview = own.preview(table(*(row(number, sex="?") for number in range(10_500))))
    assert preview.errors == 10_500
    assert len([problem for problem in preview.problems if problem.severity is Severity.ERROR]) == 10_001
    assert preview.problems[-1].sentence == "Et 500 autres erreurs."


def test_a_file_cut_in_half_is_an_error(own) -> None:
    whole = table(row(1), row(2), row(3))
    for place in range(len(table(row(1))) + 1, len(whole) - 2):
        cut = whole[:place]
        last = cut.rsplit("\n", 1)[1]
        if last and last.count(";") < 14:
            assert own.problems(cut), cut[-40:]


def test_missing_columns_are_named(own) -> None:
    with pytest.raises(FileRefused, match="«Division»"):
        own.preview(table(row(1), header=HEADER.replace("Division*", "Classe")))


def test_blank_lines_and_unknown_columns_are_no_errors(own) -> None:
    text = table(row(1) + ";x", "", ";" * 15, row(2) + ";", header=HEADER + ";Chien")
    preview = own.preview(text)
    assert (preview.errors, preview.counts.created) == (0, 2)
    assert [problem.field for problem in preview.problems] == ["Chien"]
    assert "16 cellules" in own.told(table(row(1) + ";x"))[0][2]


def test_hostile_names_are_kept_as_text(own) -> None:
    names = ["[bold]X[/]", "=cmd|' /C calc'!A0", "../../etc", "Nguyễn Đức", "YILMAZ İ", "WIŚNIEWSKI", "DROP TABLE"]
    own.apply(table(*(row(number, family=name) for number, name in enumerate(names))))
    assert sorted(candidate.family_name for candidate in Candidate.select()) == sorted(names)
    assert ine(0) in {candidate.ine for candidate in Candidate.select()}
