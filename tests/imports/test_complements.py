from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model import AuditEntry, Candidate, DecisionGroup, Registration

HEADER = (
    "N° Candidat ou INE*;Mail;Mails des responsables;Liste rouge (O/N);Temps majoré (%);Aménagements;"
    "Groupe de décision;Session de remplacement (O/N)\n"
)


def prepared(make: Factory) -> World:
    """One candidate of the school with a candidature, one of the neighbour, one of another academy."""
    world = small_world(make)
    for number, ine, school in (
        ("00000000001", "123456789AA", world.school),
        ("00000000002", "123456789AB", world.neighbour),
        ("00000000003", "123456789AC", world.elsewhere),
    ):
        make.registration(make.candidate(school=school, number=number, ine=ine))
    return world


@pytest.fixture
def world(home: Home, make: Factory) -> World:
    return prepared(make)


@pytest.fixture
def both(any_home: Home, make: Factory) -> World:
    """The same on SQLite and on PostgreSQL."""
    return prepared(make)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.mark.parametrize("extra", ["33%", "33 %", "0,33", "33", "1/3"])
def test_a_school_fills_what_is_its_own(world: World, files: Files, extra: str) -> None:
    text = HEADER + f'123456789AA;l.rose@exemple.fr;"claire@exemple.fr;nils@exemple.fr";;{extra};Secrétaire;;\n'
    assert files.recognised(text) == "complements"
    assert files.apply(world.staff, "complements", text).changed == 1
    row = Candidate.get(Candidate.ine == "123456789AA")
    assert (row.email, row.guardian_emails) == ("l.rose@exemple.fr", "claire@exemple.fr, nils@exemple.fr")
    assert (row.extra_time, row.accommodations, row.red_list) == (33, "Secrétaire", False)
    assert AuditEntry.select().where(AuditEntry.subject_type == "candidate").count() == 1


def test_what_is_the_managers_is_refused_to_a_school_on_each_line(world: World, files: Files, make: Factory) -> None:
    make.candidate(school=world.school, number="00000000009")
    text = HEADER + "00000000001;;;O;;;;\n00000000009;;;N;;;;\n"
    errors = files.errors(world.staff, "complements", text)
    assert [("réservée au gestionnaire DEC" in error, error[:7]) for error in errors] == [
        (True, "ligne 2"),
        (True, "ligne 3"),
    ]
    (error,) = files.errors(world.staff, "complements", HEADER + "00000000001;;;;;;Jury 1;\n")
    assert "réservée" in error


def test_strangers_are_as_those_who_are_not_there(world: World, files: Files) -> None:
    line = "{};a@exemple.fr;;;;;;\n"
    for actor, stranger in (
        (world.staff, "00000000002"),
        (world.staff, "123456789AB"),
        (world.manager, "00000000003"),
        (world.stranger, "00000000001"),
    ):
        (error,) = files.errors(actor, "complements", HEADER + line.format(stranger))
        (absent,) = files.errors(actor, "complements", HEADER + line.format("99999999999"))
        assert error.replace(stranger, "X") == absent.replace("99999999999", "X")


def test_the_manager_sets_red_list_group_and_replacement(both: World, files: Files) -> None:
    text = HEADER + "00000000001;;;O;;;Jury 1;O\n123456789AB;;;;;;jury 1;\n"
    assert files.apply(both.manager, "complements", text).changed == 2
    assert DecisionGroup.select().count() == 1
    rows = {row.candidate.number: row for row in Registration.select()}
    assert rows["00000000001"].decision_group.label == "Jury 1"
    assert rows["00000000002"].decision_group_id == rows["00000000001"].decision_group_id
    assert [rows[number].replacement for number in sorted(rows)] == [True, False, False]
    assert Candidate.get(Candidate.number == "00000000001").red_list
    assert files.preview(both.manager, "complements", text).counts.unchanged == 2


def test_columns_that_are_not_there_are_not_blanks(world: World, files: Files) -> None:
    Candidate.update(email="x@exemple.fr", accommodations="Secrétaire").execute()
    short = "N° Candidat ou INE;Temps majoré (%);Mail\n00000000001;33;\n"
    (warning,) = files.warnings(world.staff, "complements", short)
    assert "Mail" in warning
    files.apply(world.staff, "complements", short)
    row = Candidate.get(Candidate.number == "00000000001")
    assert (row.email, row.accommodations, row.extra_time) == ("x@exemple.fr", "Secrétaire", 33)


def test_every_error_names_its_line(world: World, files: Files, make: Factory) -> None:
    lines = [
        "X;;;;;;;\n",
        "00000000001;a@;;;;;;\n",
        "123456789AA;;;P;;;;\n",
        "00000000001;;;;120;;;\n",
        ";a@b.fr;;;;;;\n",
    ]
    lines += ["00000000001;;;;;;;\n", "123456789AA;;;;;;;\n"]
    errors = files.errors(world.manager, "complements", HEADER + "".join(lines))
    assert [int(error.split()[1].rstrip(",")) for error in errors] == [2, 3, 4, 5, 6, 8]


def test_one_ine_in_two_schools_needs_the_number(world: World, files: Files, make: Factory) -> None:
    make.candidate(school=world.neighbour, ine="123456789AA")
    (error,) = files.errors(world.manager, "complements", HEADER + "123456789AA;;;;33;;;\n")
    assert "donnez le numéro" in error
    assert files.errors(world.staff, "complements", HEADER + "123456789AA;;;;33;;;\n") == []


def test_two_candidatures_of_a_year_are_not_guessed(world: World, files: Files, make: Factory) -> None:
    candidate = Candidate.get(Candidate.number == "00000000001")
    old = make.speciality(make.session(year=2020, name="BGT 2020"))
    make.registration(candidate, speciality=old)
    files.apply(world.manager, "complements", HEADER + "00000000001;;;;;;Jury 1;\n")
    assert Registration.get(Registration.decision_group.is_null(False)).exam_session.year == 2021
    make.registration(candidate, number="002")
    (error,) = files.errors(world.manager, "complements", HEADER + "00000000001;;;;;;Jury 2;\n")
    assert "sur sa fiche" in error


def test_the_template_can_be_read(world: World, files: Files) -> None:
    template = importer_for("complements").template()
    assert files.recognised(template) == "complements"
    (error,) = files.errors(world.manager, "complements", template)
    assert "01843006787" in error
