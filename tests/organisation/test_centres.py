import pytest
from support.factory import Factory
from support.world import World

from examtui.access.delegated import reason_not_delegated
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.model import AuditEntry, Centre, Delegation
from examtui.model.exams import Nature
from examtui.model.places import CentreFunction
from examtui.organisation import centres, delegations


def test_a_school_serves_once_in_each_function(world: World) -> None:
    for function in CentreFunction:
        centres.create_centre(world.manager, world.school.id, function.value)
    with pytest.raises(InvalidInput, match="déjà"):
        centres.create_centre(world.manager, world.school.id, "épreuves")
    with pytest.raises(InvalidInput, match="«numérisation», «épreuves», «déroulement»"):
        centres.create_centre(world.manager, world.school.id, "cantine")
    assert len(centres.list_centres(world.staff)) == 3
    assert centres.list_centres(world.stranger) == []


def test_autonomy_is_given_and_taken(world: World) -> None:
    made = centres.create_centre(world.manager, world.school.id, "épreuves", autonomous=True)
    taken = centres.correct_centre(world.manager, made.id, made.revision, autonomous=False)
    assert (made.autonomous, taken.autonomous, taken.revision) == (True, False, 2)
    with pytest.raises(Conflict):
        centres.correct_centre(world.manager, made.id, made.revision, autonomous=True)
    scanning = centres.create_centre(world.manager, world.school.id, "numérisation")
    with pytest.raises(InvalidInput):
        centres.correct_centre(world.manager, scanning.id, 1, autonomous=True)


def test_strangers_and_those_who_may_not(world: World, make: Factory) -> None:
    centre = make.centre(world.school)
    for actor in (world.stranger, world.other_manager):
        with pytest.raises(NotFound):
            centres.list_centres(actor, world.school.id)
    with pytest.raises(NotFound):
        centres.create_centre(world.other_manager, world.school.id, "déroulement")
    with pytest.raises(NotFound):
        centres.delete_centre(world.other_manager, centre.id, 1)
    for actor in (world.staff, world.admin):
        with pytest.raises(Forbidden):
            centres.correct_centre(actor, centre.id, 1, autonomous=True)


def test_a_centre_in_use_stays(world: World, make: Factory) -> None:
    centre, epreuve = make.centre(world.school), make.epreuve()
    make.assignment(make.registration(make.candidate(school=world.school), epreuve), epreuve, centre)
    make.delegation(centre, epreuve)
    with pytest.raises(Unavailable, match="1 affectation et 1 délégation"):
        centres.delete_centre(world.manager, centre.id, 1)
    unused = make.centre(world.neighbour)
    centres.delete_centre(world.manager, unused.id, 1)
    assert [row.id for row in Centre.select()] == [centre.id]


def test_a_centre_has_what_was_delegated_and_an_autonomous_one_all(both: World, make: Factory) -> None:
    given, other = make.epreuve("C001C"), make.epreuve("C009", "Partie littér")
    fixed = make.epreuve("PHI1", "Philosophie", nature=Nature.PONCTUELLE, organisable=False)
    make.epreuve("T011", "Physique-chimie pratique", nature=Nature.ECE)
    centre = make.centre(both.school)
    assert delegations.change_delegations(both.manager, centre.id, given=[given.id]) == (1, 0)
    assert delegations.change_delegations(both.manager, centre.id, given=[given.id, given.id]) == (0, 0)

    held = {view.epreuve_id: view for view in delegations.list_delegations(both.staff, centre.id)}
    assert set(held) == {given.id, other.id, fixed.id}
    assert [held[row.id].held for row in (given, other, fixed)] == [True, False, False]
    assert "gestion autonome" in (held[other.id].reason or "")
    assert "pas organisable" in (held[fixed.id].reason or "")

    centres.correct_centre(both.manager, centre.id, 1, autonomous=True)
    held = {view.epreuve_id: view for view in delegations.list_delegations(both.staff, centre.id)}
    assert [held[row.id].held for row in (given, other, fixed)] == [True, True, False]
    assert [held[row.id].granted for row in (given, other, fixed)] == [True, False, False]
    row = Centre.get_by_id(centre.id)
    assert reason_not_delegated(row, other) is None
    assert reason_not_delegated(row, fixed) is not None


def test_delegations_are_taken_back(both: World, make: Factory) -> None:
    epreuves = [make.epreuve("C001C").id, make.epreuve("C009", "x").id]
    pair = [make.centre(both.school).id, make.centre(both.neighbour).id]
    for centre in pair:
        assert delegations.change_delegations(both.manager, centre, given=epreuves) == (2, 0)
    assert delegations.change_delegations(both.manager, pair[0], withdrawn=epreuves) == (0, 2)
    assert delegations.change_delegations(both.manager, pair[0], withdrawn=epreuves) == (0, 0)
    held = {view.id: view.delegations for view in centres.list_centres(both.manager)}
    assert held == {pair[0]: 0, pair[1]: 2}


def test_what_is_given_and_taken_together_is_all_done_or_not_at_all(world: World, make: Factory) -> None:
    centre, held = make.centre(world.school), make.epreuve("C001C")
    fixed = make.epreuve("PHI1", "Philosophie", organisable=False)
    make.delegation(centre, held)
    with pytest.raises(InvalidInput):
        delegations.change_delegations(world.manager, centre.id, given=[fixed.id], withdrawn=[held.id])
    with pytest.raises(NotFound):
        delegations.change_delegations(world.manager, centre.id, withdrawn=[held.id, 9999])
    assert [row.epreuve_id for row in Delegation.select()] == [held.id]
    assert AuditEntry.select().count() == 0


def test_what_cannot_be_delegated(world: World, make: Factory) -> None:
    centre = make.centre(world.school)
    fixed = make.epreuve("PHI1", "Philosophie", organisable=False)
    practical = make.epreuve("T011", "Physique-chimie pratique", nature=Nature.ECE)
    with pytest.raises(InvalidInput, match="pas organisable"):
        delegations.change_delegations(world.manager, centre.id, given=[fixed.id])
    with pytest.raises(InvalidInput, match="«déroulement»"):
        delegations.change_delegations(world.manager, centre.id, given=[practical.id])
    with pytest.raises(NotFound):
        delegations.change_delegations(world.other_manager, centre.id, given=[practical.id])
    with pytest.raises(NotFound):
        delegations.change_delegations(world.manager, centre.id, given=[999])
    with pytest.raises(NotFound):
        delegations.list_delegations(world.stranger, centre.id)
    for actor in (world.staff, world.admin):
        with pytest.raises(Forbidden):
            delegations.change_delegations(actor, centre.id, withdrawn=[fixed.id])
