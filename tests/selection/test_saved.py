"""Saved selections: whose they are, who sees them, what the log keeps."""

import pytest

from examtui.errors import Forbidden, InvalidInput, NotFound
from examtui.model import AuditEntry, SavedSelection, User
from examtui.selection.lexer import CriteriaSyntax
from examtui.selection.saved import (
    NameTaken,
    correct_selection,
    delete_selection,
    list_selections,
    read_selection,
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
    assert read_selection(people["here"], view.id) == view
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
    assert read_selection(people["here"], first.id).criteria == "classe:3B"
    second = save_selection(people["here"], "les 3b", "classe:3A", shared=True, overwrite=True)
    assert (second.id, second.criteria, second.shared) == (first.id, "classe:3A", True)
    assert save_selection(people["head"], "Les 3B", "").id != first.id


def test_shares_with_those_who_have_a_place_in_common(people):
    shared = save_selection(people["here"], "Partagée", "rouge", shared=True)
    save_selection(people["here"], "À moi", "mail")
    for who, sees in {"head": True, "manager": True, "admin": True, "there": False}.items():
        assert [view.name for view in list_selections(people[who])] == (["Partagée"] if sees else [])
        if sees:
            view = read_selection(people[who], shared.id)
            assert (view.mine, view.owner) == (False, "Ici")
        else:
            with pytest.raises(NotFound):
                read_selection(people[who], shared.id)


def test_shares_no_more_once_the_owner_is_gone(people):
    save_selection(people["here"], "Partagée", "rouge", shared=True)
    User.update(disabled=True).where(User.login == "ici").execute()
    assert list_selections(people["head"]) == []


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
    assert read_selection(people["here"], shared.id) == shared


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
