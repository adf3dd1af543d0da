from dataclasses import replace
from typing import Any

import pytest
from support.factory import Factory
from support.world import World

from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.model import AuditEntry, School, ServiceOpening
from examtui.organisation import centres, schools, services
from examtui.organisation.schools import SchoolValues

JOLIMONT = SchoolValues(
    "0311323V", "LYCEE JOLIMONT", "44 chemin Cassaing\nBP 22", "31079", "Toulouse", "ce@exemple.fr", "Mme D'Artagnan"
)


def test_a_school_comes_back_as_it_was_typed(both: World) -> None:
    typed = replace(JOLIMONT, uai=" 031 1323 v", postcode="31 079")
    made = schools.create_school(both.manager, both.academy.id, typed)
    assert made.values == JOLIMONT
    assert made.title == "LYCEE JOLIMONT (0311323V)"
    assert schools.read_school(both.admin, made.id) == made


def test_each_reads_its_own(both: World) -> None:
    assert [view.id for view in schools.list_schools(both.staff)] == [both.school.id]
    assert [view.id for view in schools.list_schools(both.manager)] == [both.school.id, both.neighbour.id]
    assert len(schools.list_schools(both.admin)) == 3
    assert [view.name for view in schools.list_academies(both.staff)] == ["Toulouse"]
    for actor in (both.stranger, both.other_manager):
        with pytest.raises(NotFound) as hidden:
            schools.read_school(actor, both.school.id)
        with pytest.raises(NotFound) as absent:
            schools.read_school(actor, 9999)
        assert str(hidden.value) == str(absent.value)


@pytest.mark.parametrize("text", ["emile", "ZOLA lyc", "émile zola", "É"])
def test_a_school_is_found_by_the_beginnings_of_its_words(world: World, text: str) -> None:
    assert [view.id for view in schools.list_schools(world.admin, text)] == [world.neighbour.id]


def test_found_by_uai_and_town(world: World) -> None:
    assert [view.id for view in schools.list_schools(world.manager, "0310038")] == [world.school.id]
    assert [view.id for view in schools.list_schools(world.manager, "toul")] == [world.school.id]
    assert schools.list_schools(world.manager, "chateaubriand") == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"uai": ""}, "uai"),
        ({"uai": "0311323A"}, "uai"),
        ({"uai": "0310038Y"}, "uai"),
        ({"name": " "}, "name"),
        ({"name": "Lycée\u202eX"}, "name"),
        ({"postcode": "3107"}, "postcode"),
        ({"email": "ce@"}, "email"),
    ],
)
def test_wrong_values_name_their_field(world: World, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        schools.create_school(world.manager, world.academy.id, replace(JOLIMONT, **wrong))
    assert caught.value.field == field
    assert School.select().count() == 3


def test_a_wrong_letter_is_told_with_the_right_one(world: World) -> None:
    with pytest.raises(InvalidInput, match="0311323V"):
        schools.create_school(world.manager, world.academy.id, replace(JOLIMONT, uai="0311323A"))


def test_a_manager_touches_its_academy_alone(world: World) -> None:
    values = replace(JOLIMONT, uai="0310038Y")
    with pytest.raises(NotFound):
        schools.create_school(world.other_manager, world.academy.id, JOLIMONT)
    with pytest.raises(NotFound):
        schools.correct_school(world.other_manager, world.school.id, 1, values)
    with pytest.raises(NotFound):
        schools.delete_school(world.other_manager, world.neighbour.id, 1)
    for actor in (world.staff, world.admin):
        with pytest.raises(Forbidden):
            schools.correct_school(actor, world.school.id, 1, values)
    assert AuditEntry.select().count() == 0


def test_correcting_with_an_old_revision_is_refused(world: World) -> None:
    values = replace(JOLIMONT, uai="0310038Y")
    assert schools.correct_school(world.manager, world.school.id, 1, values).revision == 2
    with pytest.raises(Conflict):
        schools.correct_school(world.manager, world.school.id, 1, replace(values, name="x"))


def test_a_school_in_use_stays_and_an_unused_one_goes(both: World, make: Factory) -> None:
    make.candidate(school=both.school, division="3B")
    make.room(both.school)
    centres.create_centre(both.manager, both.school.id, "épreuves")
    with pytest.raises(Unavailable, match="1 élève, 1 centre, 1 salle et 1 droit d'utilisateur"):
        schools.delete_school(both.manager, both.school.id, 1)
    made = schools.create_school(both.manager, both.academy.id, JOLIMONT)
    services.change_service(both.admin, "convocation", opened=[made.id])
    schools.delete_school(both.manager, made.id, made.revision)
    assert ServiceOpening.select().count() == 0
    assert School.get_or_none(School.uai == "0311323V") is None
