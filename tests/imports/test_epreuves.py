from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.imports.problems import ImportRefused
from examtui.model import AuditEntry, Epreuve, Exam, ExamSession, Speciality

HEADER = (
    "Session*;Examen*;Spécialité*;Libellé spécialité;Code épreuve*;Libellé épreuve*;Nature*;Forme*;Discipline;"
    "Coefficient;Barème;Durée (min);Date de début;Date de fin;Heure de début;Heure de fin;"
    "Organisable (O/N);Épreuve liée\n"
)
HISTORY = (
    "BGT 2021;470 BCG;BCG;BACCALAUREAT GENERAL;C001C;Histoire-géographie 3ème éval;EC;écrit;HISTOIRE GEOGRAPHIE;"
    "2,5;20;120;15/03/2021;19/03/2021;08:00;10:00;O;\n"
)
LETTERS = "BGT 2021;470 BCG;BCG;;C009;Humanités, littérature philo Partie littér;EC;écrit;;;20;;;;;;O;{twin}\n"
PHILOSOPHY = "BGT 2021;470 BCG;BCG;;C009;Humanités, littérature philo partie philo;EC;écrit;;;20;;;;;;O;{twin}\n"


@pytest.fixture
def world(home: Home, make: Factory) -> World:
    return small_world(make)


@pytest.fixture
def both(any_home: Home, make: Factory) -> World:
    """The same on SQLite and on PostgreSQL."""
    return small_world(make)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_exams_sessions_and_specialities_are_made_on_the_way(both: World, files: Files) -> None:
    text = HEADER + HISTORY + "CFG 2021;CFG;CFG;;ORAL;Oral;ponctuelle;oral;;;160;;;;;;N;\n" + LETTERS.format(twin="")
    assert files.recognised(text) == "epreuves"
    report = files.apply(both.manager, "epreuves", text)
    assert (report.total, report.created) == (3, 3)
    assert sorted(row.title for row in ExamSession.select()) == ["470, BCG, 2021 ,BGT 2021", "CFG, CFG, 2021 ,CFG 2021"]
    assert {row.title for row in Speciality.select()} == {"BCG - BACCALAUREAT GENERAL", "CFG"}
    row = Epreuve.get(Epreuve.code == "C001C")
    assert (row.nature, row.form, row.coefficient, row.scale, row.duration) == ("EC", "écrit", Decimal("2.5"), 20, 120)
    assert (row.start_date, row.end_time, row.organisable) == (date(2021, 3, 15), time(10), True)
    again = files.preview(both.manager, "epreuves", text)
    assert (again.counts.unchanged, again.counts.touched, again.can_apply) == (3, 0, False)


def test_a_blank_keeps_what_is_held_and_says_so(world: World, files: Files) -> None:
    files.apply(world.manager, "epreuves", HEADER + HISTORY)
    changed = HISTORY.replace("HISTOIRE GEOGRAPHIE;2,5", ";3")
    preview = files.preview(world.manager, "epreuves", HEADER + changed)
    assert preview.counts.changed == 1
    assert preview.changes[0].fields == (("Coefficient", "2,5", "3"),)
    assert any("elle est gardée" in problem.reason for problem in preview.problems)
    files.apply(world.manager, "epreuves", HEADER + changed)
    row = Epreuve.get()
    assert (row.discipline, row.coefficient, row.revision) == ("HISTOIRE GEOGRAPHIE", 3, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C009", ""),
        ("", "C009"),
        ("C009", "C009"),
        ("humanités, littérature philo partie PHILO", ""),
        ("C009, Humanités, littérature philo partie philo", "C009"),
    ],
)
def test_twins_are_twins_of_one_another(world: World, files: Files, one: str, other: str) -> None:
    text = HEADER + LETTERS.format(twin=f'"{one}"') + PHILOSOPHY.format(twin=other)
    files.apply(world.manager, "epreuves", text)
    letters, philosophy = Epreuve.select().order_by(Epreuve.id)
    assert (letters.twin_id, philosophy.twin_id) == (philosophy.id, letters.id)
    assert files.preview(world.manager, "epreuves", text).counts.unchanged == 2


def test_a_twin_that_stands_in_the_base_is_found(both: World, files: Files) -> None:
    files.apply(both.manager, "epreuves", HEADER + LETTERS.format(twin=""))
    files.apply(both.manager, "epreuves", HEADER + PHILOSOPHY.format(twin="C009"))
    letters, philosophy = Epreuve.select().order_by(Epreuve.id)
    assert (letters.twin_id, philosophy.twin_id) == (philosophy.id, letters.id)


def test_what_cannot_be_a_twin(world: World, files: Files) -> None:
    third = LETTERS.replace("Partie littér", "troisième").format(twin="C009")
    errors = files.errors(
        world.manager, "epreuves", HEADER + LETTERS.format(twin="") + PHILOSOPHY.format(twin="") + third
    )
    assert len(errors) == 1
    assert "plusieurs épreuves" in errors[0]
    own = "Humanités, littérature philo Partie littér"
    assert "elle-même" in files.errors(world.manager, "epreuves", HEADER + LETTERS.format(twin=own))[0]
    for absent in ("C010", "C009"):
        assert "n'est pas une autre" in files.errors(world.manager, "epreuves", HEADER + LETTERS.format(twin=absent))[0]


def test_every_error_is_told_at_once_with_its_line_and_cure(world: World, files: Files) -> None:
    lines = [
        HISTORY.replace("EC;écrit", "E4C;dessin"),
        HISTORY.replace("19/03/2021", "14/03/2021").replace("C001C", "C1"),
        HISTORY.replace("BGT 2021", "BGT").replace("C001C", "C2"),
        HISTORY.replace("08:00;10:00", "10:00;08:00").replace("C001C", "C3"),
        HISTORY.replace("C001C", ""),
        HISTORY.replace("C001C", "C4"),
        HISTORY.replace("C001C", "c4"),
        HISTORY.replace("O;\n", "O;;;trop\n"),
    ]
    errors = files.errors(world.manager, "epreuves", HEADER + "".join(lines))
    assert [error.split(",")[0].split(" :")[0] for error in errors] == [
        "ligne 2",
        "ligne 2",
        "ligne 3",
        "ligne 4",
        "ligne 5",
        "ligne 6",
        "ligne 8",
        "ligne 9",
    ]
    with pytest.raises(ImportRefused):
        files.apply(world.manager, "epreuves", HEADER + "".join(lines))
    assert Exam.select().count() == 0
    assert AuditEntry.select().count() == 0


def test_an_exam_is_known_by_code_or_name_and_never_renamed(world: World, files: Files, make: Factory) -> None:
    make.session()
    for exam in ("470 BCG", "470", "bcg", "470, BCG", "470 - BCG"):
        files.apply(world.manager, "epreuves", HEADER + HISTORY.replace("470 BCG", exam))
    assert Exam.select().count() == 1
    assert (
        "déjà enregistré" in files.errors(world.manager, "epreuves", HEADER + HISTORY.replace("470 BCG", "470 CAP"))[0]
    )


def test_the_same_label_in_two_exams_is_two_sessions(world: World, files: Files) -> None:
    rows = [HISTORY.replace("BGT 2021;470 BCG", f"EA 2021;{exam}") for exam in ("43A EA-BTN", "47A EA-BCG")]
    files.apply(world.manager, "epreuves", HEADER + "".join(rows))
    assert sorted(row.title for row in ExamSession.select()) == [
        "43A, EA-BTN, 2021 ,EA 2021",
        "47A, EA-BCG, 2021 ,EA 2021",
    ]


@pytest.mark.parametrize(
    "label", ["[bold]x[/]", "=cmd|' /C calc'!A0", "../../etc", "O'Connor--", "NULL", "Łódź", "x" * 255]
)
def test_odd_labels_are_kept_as_they_are(world: World, files: Files, label: str) -> None:
    files.apply(world.manager, "epreuves", HEADER + HISTORY.replace("Histoire-géographie 3ème éval", label))
    assert Epreuve.get().label == label


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_what_a_spreadsheet_saves(world: World, files: Files, encoding: str) -> None:
    report = files.apply(world.manager, "epreuves", (HEADER + HISTORY).replace("\n", "\r\n").encode(encoding))
    assert report.created == 1
    assert Epreuve.get().label == "Histoire-géographie 3ème éval"


def test_columns_in_any_order(world: World, files: Files) -> None:
    lines = [line.split(";")[::-1] for line in (HEADER.strip(), HISTORY.strip())]
    files.apply(world.manager, "epreuves", "\n".join(";".join(line) for line in lines) + "\n")
    assert Epreuve.get().title == "C001C, Histoire-géographie 3ème éval"


def test_the_template_can_be_imported(world: World, files: Files) -> None:
    template = importer_for("epreuves").template()
    assert files.recognised(template) == "epreuves"
    preview = files.preview(world.manager, "epreuves", template)
    assert (preview.problems, preview.counts.created) == ((), 1)
