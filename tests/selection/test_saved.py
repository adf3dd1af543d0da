"""Saved selections: whose they are, who sees them, what the log keeps."""

import pytest

from examtui.access import actor_for
from examtui.errors import Forbidden, InvalidInput, NotFound
from examtui.model import AuditEntry, Grant, SavedSelection, School, User
from examtui.selection.lexer import CriteriaSyntax
from examtui.selection.saved import (
    NameTaken,
    correct_selection,
    delete_selection,
    list_selections,
    readers_of,
    save_selection,
)


@pytest.fixture
def people(any_home, make):
    here, there = make.school(), make.school("LYC VILLEFICTIVE", academy=make.academy("14", "Rennes"))
    return {
        "here": make.actor("school", school=here, login="ici"),
        "head": make.actor("head", school=here, login="proviseur"),
        "there": make.actor("school", school=there, login="ailleurs"),
        "manager": make.actor("manager", academy=here.academy, login="dec"),
        "admin": make.actor("admin", login="admin"),
        "coordinator": make.actor("coordinator", academy=here.academy, login="coord"),
    }


def test_saves_the_text_form_and_reads_it_again(people):
    view = save_selection(people["here"], "  Les   3B ", "CLASSE:3b et NON rouge")
    assert (view.name, view.criteria, view.shared, view.mine) == ("Les 3B", "classe:3b et non liste_rouge", False, True)
    assert view in list_selections(people["here"])
    assert list_selections(people["here"]) == [view]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\0b", "a\x1b[2J"])
def test_refuses_names(people, name):
    with pytest.raises(InvalidInput) as caught:
        save_selection(people["here"], name, "")
    assert caught.value.field == "name"


def test_refuses_criteria_that_cannot_be_read(people):
    with pytest.raises(CriteriaSyntax):
        save_selection(people["here"], "Faux", "clase:3B")
    assert not SavedSelection.select().exists()


def test_asks_before_it_overwrites(people):
    first = save_selection(people["here"], "Les 3B", "classe:3B")
    with pytest.raises(NameTaken, match="«Les 3B»"):
        save_selection(people["here"], "les 3b", "classe:3A")
    assert {view.id: view.criteria for view in list_selections(people["here"])}[first.id] == "classe:3B"
    second = save_selection(people["here"], "les 3b", "classe:3A", shared=True, overwrite=True)
    assert (second.id, second.criteria, second.shared) == (first.id, "classe:3A", True)
    assert save_selection(people["head"], "Les 3B", "").id != first.id


@pytest.mark.parametrize(
    ("owner", "readers", "said"),
    [
        ("here", {"head", "manager", "admin"}, "ceux qui voient tous les candidats de LPO BELLEVUE"),
        ("manager", {"colleague", "admin"}, "ceux qui voient tous les candidats de l'académie de Toulouse,"),
        ("admin", {"second admin"}, "les administrateurs"),
        ("both", {"admin"}, " et de LYC VILLEFICTIVE ("),
    ],
)
def test_shares_with_those_who_see_all_that_the_owner_sees(people, make, owner, readers, said):
    """A manager's criteria may name pupils of any school of the academy: no school reads them."""
    here, there = School.get(School.name != "LYC VILLEFICTIVE"), School.get(School.name == "LYC VILLEFICTIVE")
    people["colleague"] = make.actor("manager", academy=here.academy)
    people["second admin"] = make.actor("admin")
    both = make.user("deux", "school", school=here)
    Grant.create(user=both, role="school", school=there)
    people["both"] = actor_for("deux")
    if owner in ("here", "manager"):
        readers = {*readers, "second admin"}
    if owner == "here":
        readers = {*readers, "colleague", "both"}
    if owner == "both":
        readers = {*readers, "second admin"}
    save_selection(people[owner], "Partagée", "nom:dupont", shared=True)
    save_selection(people[owner], "À moi", "mail")
    assert said in readers_of(people[owner])
    for who in people.keys() - {owner, "coordinator"}:
        assert [view.name for view in list_selections(people[who])] == (["Partagée"] if who in readers else []), who
        assert not any(view.mine for view in list_selections(people[who])), who


def test_what_a_disabled_owner_shared_stays(people):
    shared = save_selection(people["here"], "Partagée", "rouge", shared=True)
    save_selection(people["here"], "À moi", "mail")
    User.update(disabled=True).where(User.login == "ici").execute()
    assert [view.id for view in list_selections(people["head"])] == [shared.id]
    assert list_selections(people["there"]) == []


def test_shares_no_more_once_the_owner_has_no_place(people):
    save_selection(people["here"], "Partagée", "rouge", shared=True)
    Grant.delete().where(Grant.user == people["here"].user_id).execute()
    for who in ("head", "manager", "admin"):
        assert list_selections(people[who]) == []


def test_somebody_elses_answers_as_absent(people):
    shared = save_selection(people["here"], "Partagée", "rouge", shared=True)
    answers = set()
    for selection_id in (shared.id, shared.id + 1000):
        with pytest.raises(NotFound) as corrected:
            correct_selection(people["head"], selection_id, "Volée", shared=False)
        with pytest.raises(NotFound) as deleted:
            delete_selection(people["head"], selection_id)
        answers |= {str(corrected.value), str(deleted.value)}
    assert len(answers) == 1
    assert shared in list_selections(people["here"])


def test_renames_and_deletes(people):
    view = save_selection(people["here"], "Une", "rouge")
    save_selection(people["here"], "Deux", "mail")
    with pytest.raises(NameTaken):
        correct_selection(people["here"], view.id, "deux", shared=False)
    renamed = correct_selection(people["here"], view.id, "une", shared=True)
    assert (renamed.name, renamed.shared, renamed.criteria) == ("une", True, "liste_rouge")
    delete_selection(people["here"], view.id)
    assert [one.name for one in list_selections(people["here"])] == ["Deux"]


def test_every_change_is_in_the_log(people):
    view = save_selection(people["here"], "Une", "rouge")
    save_selection(people["here"], "Une", "mail", overwrite=True)
    correct_selection(people["here"], view.id, "Deux", shared=True)
    delete_selection(people["here"], view.id)
    entries = AuditEntry.select().where(AuditEntry.subject_type == "saved_selection").order_by(AuditEntry.id)
    assert [(entry.action, entry.subject_id, entry.login) for entry in entries] == [
        ("selections.save", view.id, "ici"),
        ("selections.save", view.id, "ici"),
        ("selections.correct", view.id, "ici"),
        ("selections.delete", view.id, "ici"),
    ]


def test_needs_the_permission(people):
    with pytest.raises(Forbidden):
        save_selection(people["coordinator"], "Une", "")
    with pytest.raises(Forbidden):
        list_selections(people["coordinator"])
