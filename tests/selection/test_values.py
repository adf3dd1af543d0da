"""The values proposed for a criterion, within the scope."""

import pytest

from examtui.errors import InvalidInput
from examtui.model import DecisionGroup, Registration
from examtui.selection.catalogue import CATALOGUE, Kind
from examtui.selection.values import propose


def _values(actor, name, typed=""):
    return [proposal.value for proposal in propose(actor, name, typed)]


def test_proposes_what_the_base_holds(crowd, make):
    admin = make.actor("admin")
    assert _values(admin, "classe") == ["3A", "3B", "TG1", "aucune"]
    assert _values(admin, "état") == ["Démissionnaire", "Inscrit"]
    assert _values(admin, "catégorie") == ["Individuel", "Scolaire", "aucune"]
    assert _values(admin, "épreuve", "his geo") == ["C001C"]
    assert _values(admin, "salle", "20") == ["205", "206"]
    assert _values(admin, "position") == ["Bénéfice", "Dispensé", "Inscrit"]
    assert _values(admin, "liste_rouge") == ["oui", "non"]
    assert _values(admin, "nom") == []
    assert _values(admin, "numéro") == ["aucun"]
    assert propose(admin, "spécialité", "bacca")[0].label == "BACCALAUREAT GENERAL"


def test_proposes_a_code_of_several_specialities_with_each(crowd, make):
    make.epreuve("C001C", "Histoire", speciality=make.speciality(code="STMG", label=""))
    assert _values(make.actor("admin"), "épreuve", "C001C") == ["BCG/C001C", "STMG/C001C"]


def test_a_school_is_proposed_its_own(crowd, make):
    stranger = make.actor("school", school=crowd.there)
    assert _values(stranger, "classe") == ["3A", "aucune"]
    assert _values(stranger, "salle") == ["aucune"]
    assert _values(stranger, "commission") == ["aucune"]
    assert _values(stranger, "établissement") == [crowd.there.uai, "aucun"]


def test_what_is_proposed_is_understood(crowd, make, selected):
    admin = make.actor("admin")
    for entry in CATALOGUE:
        if entry.kind in (Kind.CHOICE, Kind.YES_NO):
            for value in _values(admin, entry.name):
                selected(f'{entry.name}:"{value}"')


def test_refuses_an_unknown_criterion(crowd, make):
    with pytest.raises(InvalidInput, match="voulez-vous dire «classe»"):
        propose(make.actor("admin"), "clase")


@pytest.mark.parametrize("role", ["manager", "school"])
def test_states_categories_and_juries_are_those_of_whom_one_sees(crowd, make, role):
    rennes = make.academy("14", "Rennes")
    school = make.school("LYC LOINTAIN", academy=rennes)
    jury = DecisionGroup.create(exam_session=make.session(), label="JURY DE TOULOUSE")
    Registration.update(decision_group=jury).where(Registration.category == "Individuel").execute()
    stranger = make.actor(role, academy=rennes) if role == "manager" else make.actor(role, school=school)
    for name in ("état", "catégorie", "groupe"):
        assert [value for value in _values(stranger, name) if value not in ("aucun", "aucune")] == []
    own = DecisionGroup.create(exam_session=make.session(), label="JURY DE RENNES")
    candidate = make.candidate("BRETON", school=school, academy=rennes)
    make.registration(candidate, speciality=make.speciality(), state="Absent", category="Privé", decision_group=own)
    assert _values(stranger, "état") == ["Absent"]
    assert _values(stranger, "catégorie") == ["Privé", "aucune"]
    assert _values(stranger, "groupe") == ["JURY DE RENNES", "aucun"]
    assert "Absent" in _values(make.actor("admin"), "état")
    assert "JURY DE TOULOUSE" in _values(make.actor("manager", academy=crowd.here.academy), "groupe")
