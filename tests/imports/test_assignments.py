from datetime import date, time
from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model import Assignment, Commission, Epreuve, EpreuveRegistration
from examtui.model.exams import Nature
from examtui.model.places import CentreFunction

HEADER = (
    "N° Candidat*;Session*;Spécialité;Code épreuve*;UAI centre*;Date;Heure de début;Heure de fin;Salle;Commission\n"
)
LINE = "00000000001;BGT 2021;BCG;C001C;0310038Y;15/03/2021;08:00;10:00;205;3GHG\n"


def prepared(make: Factory) -> World:
    """A candidate registered to C001C and C004A; the school is centre d'épreuves and has room 205."""
    world = small_world(make)
    epreuves = (
        make.epreuve(start_date=date(2021, 3, 15), end_date=date(2021, 3, 19)),
        make.epreuve("C004A", "Enseignement scien. 1ère éval"),
    )
    make.registration(make.candidate(school=world.school, number="00000000001"), *epreuves)
    make.centre(world.school)
    make.room(world.school)
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


def test_a_candidate_is_assigned_and_the_commission_made(both: World, files: Files) -> None:
    text = HEADER + LINE
    assert files.recognised(text) == "assignments"
    assert files.apply(both.manager, "assignments", text).created == 1
    row = Assignment.get()
    assert (row.date, row.start_time, row.end_time) == (date(2021, 3, 15), time(8), time(10))
    assert (row.centre.school_id, row.room.name, row.commission.name) == (both.school.id, "205", "3GHG")
    assert files.preview(both.manager, "assignments", text).counts.unchanged == 1
    moved = text.replace("08:00;10:00", "13:30;15h30").replace("205;3GHG", ";")
    assert files.apply(both.manager, "assignments", moved).changed == 1
    row = Assignment.get()
    assert (row.start_time, row.end_time, row.room.name) == (time(13, 30), time(15, 30), "205")
    assert Commission.select().count() == 1


def test_another_centre_takes_away_the_room_of_the_former(world: World, files: Files, make: Factory) -> None:
    files.apply(world.manager, "assignments", HEADER + LINE)
    make.centre(world.neighbour)
    text = HEADER + LINE.replace("0310038Y", world.neighbour.uai).replace("205;3GHG", ";")
    (change,) = files.preview(world.manager, "assignments", text).changes
    assert ("Centre", "0310038Y", world.neighbour.uai) in change.fields
    assert ("Salle", "205", "") in change.fields
    files.apply(world.manager, "assignments", text)
    assert (Assignment.get().room_id, Assignment.get().commission_id) == (None, None)


def test_every_error_names_its_line_and_cure(world: World, files: Files, make: Factory) -> None:
    make.epreuve("C009", "Partie littér")
    lines = [
        LINE.replace("00000000001", "00000000009"),
        LINE.replace("C001C", "C999"),
        LINE.replace("C001C", "C009"),
        LINE.replace("0310038Y", world.elsewhere.uai),
        LINE.replace("0310038Y", world.neighbour.uai),
        LINE.replace(";205;", ";999;").replace("C001C", "C004A"),
        LINE.replace("08:00;10:00", "10:00;08:00"),
        LINE.replace("15/03/2021", "32/03/2021"),
        LINE.replace("08:00", ""),
    ]
    for line, told in zip(
        lines,
        (
            "n'est pas enregistré",
            "n'a pas d'épreuve",
            "n'est pas inscrit à l'épreuve",
            "n'est pas enregistré dans votre académie",
            "n'est pas centre de fonction «épreuves»",
            "la salle «999» n'existe pas",
            "sans avoir commencé avant",
            "n'existe pas",
            "sans heure de début",
        ),
        strict=True,
    ):
        (error,) = files.errors(world.manager, "assignments", HEADER + line)
        assert error.startswith("ligne 2")
        assert told in error
    errors = files.errors(world.manager, "assignments", HEADER + LINE + LINE)
    assert ["déjà à la ligne 2" in error for error in errors] == [True]


def test_an_ece_needs_a_centre_de_deroulement(world: World, files: Files, make: Factory) -> None:
    practical = make.epreuve("T011", "Physique-chimie pratique", nature=Nature.ECE)
    make.registration(make.candidate(school=world.school, number="00000000005"), practical)
    text = HEADER + LINE.replace("C001C", "T011").replace("00000000001", "00000000005")
    (error,) = files.errors(world.manager, "assignments", text)
    assert "«déroulement»" in error
    centre = make.centre(world.school, CentreFunction.SITTING)
    files.apply(world.manager, "assignments", text)
    assert Assignment.get().centre_id == centre.id


def test_two_places_at_once_are_told(world: World, files: Files) -> None:
    other = LINE.replace("C001C", "C004A").replace("08:00;10:00", "09:30;11:00")
    (warning,) = files.warnings(world.manager, "assignments", HEADER + LINE + other)
    assert warning.startswith("ligne 3")
    assert "à deux endroits à la fois" in warning
    files.apply(world.manager, "assignments", HEADER + LINE)
    (warning,) = files.warnings(world.manager, "assignments", HEADER + other)
    assert "C001C" in warning
    after = other.replace("09:30;11:00", "10:00;11:00")
    assert files.warnings(world.manager, "assignments", HEADER + LINE + after) == []
    tomorrow = other.replace("15/03/2021", "16/03/2021")
    assert files.warnings(world.manager, "assignments", HEADER + LINE + tomorrow) == []


def test_two_candidates_may_sit_at_the_same_hour(world: World, files: Files, make: Factory) -> None:
    make.registration(make.candidate(school=world.school, number="00000000006"), Epreuve.get(Epreuve.code == "C001C"))
    text = HEADER + LINE + LINE.replace("00000000001", "00000000006")
    assert files.warnings(world.manager, "assignments", text) == []


def test_a_date_outside_and_a_position_that_sits_nothing_are_told(world: World, files: Files) -> None:
    EpreuveRegistration.update(position="Bénéfice").execute()
    text = HEADER + LINE.replace("15/03/2021", "22/03/2021")
    warnings = files.warnings(world.manager, "assignments", text)
    assert any("du 15/03/2021 au 19/03/2021" in warning for warning in warnings)
    assert any("«Bénéfice»" in warning for warning in warnings)


def test_both_halves_of_an_epreuve_are_sat_together(world: World, files: Files, make: Factory) -> None:
    letters, philosophy = make.epreuve("C009", "Partie littér"), make.epreuve("C009", "partie philo")
    make.registration(make.candidate(school=world.school, number="00000000007"), letters, philosophy)
    text = HEADER + LINE.replace("C001C", "C009").replace("00000000001", "00000000007")
    (error,) = files.errors(world.manager, "assignments", text)
    assert "2 épreuves" in error
    for one, other in ((letters, philosophy), (philosophy, letters)):
        one.twin = other
        one.save()
    assert files.warnings(world.manager, "assignments", text) == []
    assert files.apply(world.manager, "assignments", text).total == 1
    assert {row.epreuve_id for row in Assignment.select()} == {letters.id, philosophy.id}


def test_the_template_can_be_read(world: World, files: Files) -> None:
    template = importer_for("assignments").template()
    assert files.recognised(template) == "assignments"
    (error,) = files.errors(world.manager, "assignments", template)
    assert "01843006787" in error
