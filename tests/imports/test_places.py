from pathlib import Path

import pytest
from support.factory import Factory
from support.importing import Files
from support.world import World, small_world

from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model import Centre, Room, School

CENTRES = "UAI*;Nom*;Adresse;Code postal;Commune;Académie;Mail;Chef d'établissement;Fonctions\n"
ROOMS = "UAI*;Salle*;Capacité*;Accessible (O/N)\n"
JOLIMONT = "0311323V;LYCEE JOLIMONT;44 chemin Cassaing;31079;Toulouse;{academy};ce@exemple.fr;M. O'Connor;{functions}\n"


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


@pytest.mark.parametrize("academy", ["", "16", "Toulouse", "TOULOUSE", "Académie de Toulouse"])
def test_a_school_is_made_with_its_functions(world: World, files: Files, academy: str) -> None:
    text = CENTRES + JOLIMONT.format(academy=academy, functions='"numérisation, Épreuves et centre de déroulement"')
    assert files.recognised(text) == "centres"
    assert files.apply(world.manager, "centres", text).created == 1
    school = School.get(School.uai == "0311323V")
    assert (school.name, school.postcode, school.academy_id) == ("LYCEE JOLIMONT", "31079", world.academy.id)
    assert {row.function for row in school.centres} == {"numérisation", "épreuves", "déroulement"}
    assert files.preview(world.manager, "centres", text).counts.unchanged == 1


def test_functions_are_added_and_never_taken(both: World, files: Files, make: Factory) -> None:
    make.centre(both.school)
    text = CENTRES + "0310038Y;LPO BELLEVUE TOULOUSE CEDEX 4;;;;;;;numérisation\n"
    assert files.apply(both.manager, "centres", text).changed == 1
    assert sorted(row.function for row in Centre.select()) == ["numérisation", "épreuves"]
    assert School.get_by_id(both.school.id).town == "Toulouse"


def test_what_is_wrong_with_schools(world: World, files: Files) -> None:
    text = (
        CENTRES
        + JOLIMONT.format(academy="Rennes", functions="")
        + "0310038A;X;;;;;;;\n"
        + "0310038Y;X;;310;;;;;cantine\n"
        + f"{world.elsewhere.uai};X;;;;;;;\n"
        + f"{world.neighbour.uai};X;;;;;;;\n{world.neighbour.uai};X;;;;;;;\n"
        + ";X;;;;;;;\n"
    )
    errors = files.errors(world.manager, "centres", text)
    for error, told in zip(
        errors,
        (
            "n'est pas la vôtre",
            "0310038Y",
            "code postal",
            "fonction de centre",
            "ne peut pas",
            "répète la ligne 6",
            "manque",
        ),
        strict=True,
    ):
        assert told in error


def test_a_postcode_without_its_zero_is_mended_with_a_warning(world: World, files: Files) -> None:
    text = CENTRES + JOLIMONT.format(academy="", functions="").replace("31079", "9100")
    assert any("09100" in warning for warning in files.warnings(world.manager, "centres", text))
    files.apply(world.manager, "centres", text)
    assert School.get(School.uai == "0311323V").postcode == "09100"


def test_rooms_are_made_and_changed(both: World, files: Files, make: Factory) -> None:
    make.room(both.school, "Amphi", 100, accessible=True)
    text = ROOMS + "0310038Y;205;30;O\n0310038Y;AMPHI;200;\n"
    assert files.recognised(text) == "rooms"
    report = files.apply(both.manager, "rooms", text)
    assert (report.created, report.changed) == (1, 1)
    assert {(row.name, row.capacity, row.accessible) for row in Room.select()} == {
        ("205", 30, True),
        ("Amphi", 200, True),
    }


def test_what_is_wrong_with_rooms(world: World, files: Files) -> None:
    text = (
        ROOMS
        + f"{world.elsewhere.uai};1;30;\n0310038Y;2;0;\n0310038Y;3;30;P\n"
        + "0310038Y;4;30;\n0310038Y;4;31;\n0311323V;5;3;\n"
    )
    errors = files.errors(world.manager, "rooms", text)
    for error, told in zip(
        sorted(errors),
        ("pas enregistré", "nombre entier", "ni «N»", "répète la ligne 5", "pas enregistré"),
        strict=True,
    ):
        assert told in error
    absent, stranger = (error for error in errors if "pas enregistré" in error)
    assert absent.replace(world.elsewhere.uai, "X")[8:] == stranger.replace("0311323V", "X")[8:]


@pytest.mark.parametrize("kind", ["centres", "rooms"])
def test_the_template_can_be_imported(world: World, files: Files, kind: str) -> None:
    template = importer_for(kind).template()
    assert files.recognised(template) == kind
    preview = files.preview(world.manager, kind, template)
    assert preview.problems == ()
    assert preview.can_apply
