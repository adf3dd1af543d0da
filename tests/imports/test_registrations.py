from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model import EpreuveRegistration

HEADER = "N° Candidat*;N° Inscription;Session*;Spécialité*;Code épreuve*;Libellé épreuve;Position\n"
LINE = "{number};;BGT 2021;BCG;C001C;;{position}\n"


def prepared(make: Factory) -> World:
    """Two candidates with a candidature in BCG: n° 1 of the school, n° 2 of another academy."""
    world = small_world(make)
    make.epreuve()
    for number, school in (("00000000001", world.school), ("00000000002", world.elsewhere)):
        make.registration(make.candidate(school=school, number=number))
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


def test_a_registration_is_made_then_changed_then_the_same(both: World, files: Files) -> None:
    text = HEADER + LINE.format(number="00000000001", position="")
    assert files.recognised(text) == "registrations"
    assert files.apply(both.manager, "registrations", text).created == 1
    assert EpreuveRegistration.get().position == "Inscrit"
    exempt = HEADER + LINE.format(number="00000000001", position="dispensé")
    assert files.apply(both.manager, "registrations", exempt).changed == 1
    assert EpreuveRegistration.get().position == "Dispensé"
    assert files.preview(both.manager, "registrations", exempt).counts.unchanged == 1
    blank = files.preview(both.manager, "registrations", text)
    assert (blank.counts.unchanged, blank.warnings) == (1, 1)


def test_a_candidate_of_another_academy_is_as_one_that_is_not_there(world: World, files: Files) -> None:
    (stranger,) = files.errors(world.manager, "registrations", HEADER + LINE.format(number="00000000002", position=""))
    (absent,) = files.errors(world.manager, "registrations", HEADER + LINE.format(number="00000000003", position=""))
    assert stranger.replace("00000000002", "X") == absent.replace("00000000003", "X")


def test_every_error_names_its_line_and_cure(world: World, files: Files, make: Factory) -> None:
    make.speciality(code="STMG")
    lines = [
        "1;;BGT 2021;BCG;C001C;;\n",
        "00000000001;;BGT 1999;BCG;C001C;;\n",
        "00000000001;;BGT 2021;STMG;C001C;;\n",
        "00000000001;;BGT 2021;BCG;C999;;\n",
        "00000000001;;BGT 2021;BCG;C001C;Autre;\n",
        "00000000001;002;BGT 2021;BCG;C001C;;\n",
        "00000000001;;BGT 2021;BCG;C001C;;Présent\n",
        LINE.format(number="00000000001", position=""),
        LINE.format(number="00000000001", position="Inscrit"),
    ]
    errors = files.errors(world.manager, "registrations", HEADER + "".join(lines))
    assert [int(error.split()[1].rstrip(",")) for error in errors] == [2, 3, 4, 5, 6, 7, 8, 10]
    assert all(" : " in error for error in errors)


def test_a_code_that_names_several_needs_its_label(world: World, files: Files, make: Factory) -> None:
    letters = make.epreuve("C009", "Humanités, littérature philo Partie littér")
    make.epreuve("C009", "Humanités, littérature philo partie philo")
    several = "00000000001;;BGT 2021;BCG;C009;;\n"
    (error,) = files.errors(world.manager, "registrations", HEADER + several)
    assert "2 épreuves" in error
    told = several.replace("C009;", 'C009;"Humanités, littérature philo PARTIE littér"')
    files.apply(world.manager, "registrations", HEADER + told)
    assert EpreuveRegistration.get().epreuve_id == letters.id


def test_two_candidatures_need_the_number(world: World, files: Files, make: Factory) -> None:
    candidate = make.candidate(school=world.school, number="00000000004")
    for number in ("001", "002"):
        make.registration(candidate, number=number)
    line = LINE.format(number="00000000004", position="")
    (error,) = files.errors(world.manager, "registrations", HEADER + line)
    assert "n° d'inscription" in error
    files.apply(world.manager, "registrations", HEADER + line.replace(";;BGT", ";002 Version 03;BGT"))
    assert EpreuveRegistration.get().registration.number == "002"


def test_the_template_can_be_read(world: World, files: Files) -> None:
    template = importer_for("registrations").template()
    assert files.recognised(template) == "registrations"
    (error,) = files.errors(world.manager, "registrations", template)
    assert "01843006787" in error
