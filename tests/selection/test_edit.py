"""Changing a tree line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.errors import InvalidInput
from examtui.selection import edit
from examtui.selection.parser import parse
from examtui.selection.printer import to_text
from examtui.selection.tree import Criterion

TEXT = "classe:3B et non (salle:205 ou salle:206) et liste_rouge"
NEW = Criterion("fraude", ("oui",))


def test_lines_of_a_tree():
    lines = edit.lines_of(parse(TEXT))
    assert [(line.path, line.depth, line.word, line.text) for line in lines] == [
        ((0,), 0, "", "Division de classe : 3B"),
        ((1,), 0, "ET", "NON un de ces critères au moins :"),
        ((1, 0, 0), 1, "", "Salle : 205"),
        ((1, 0, 1), 1, "OU", "Salle : 206"),
        ((2,), 0, "ET", "Liste rouge : oui"),
    ]
    assert edit.lines_of(None) == []
    assert [line.text for line in edit.lines_of(parse("non rouge"))] == ["NON Liste rouge : oui"]


@pytest.mark.parametrize(
    ("text", "path", "result", "where"),
    [
        ("", (), "fraude", ()),
        ("rouge", (), "liste_rouge et fraude", (1,)),
        ("non rouge", (), "non liste_rouge et fraude", (1,)),
        ("rouge ou mail", (0,), "liste_rouge ou fraude ou mail", (1,)),
        (TEXT, (1,), "classe:3B et non (salle:205 ou salle:206 ou fraude) et liste_rouge", (1, 0, 2)),
        (TEXT, (1, 0, 0), "classe:3B et non (salle:205 ou fraude ou salle:206) et liste_rouge", (1, 0, 1)),
        ("non (rouge ou mail)", (), "non (liste_rouge ou mail) et fraude", (1,)),
    ],
)
def test_adds_after_the_line_or_into_its_group(text, path, result, where):
    tree, place = edit.add(parse(text), path, NEW)
    assert to_text(tree) == result
    assert place == where
    assert edit.node_at(tree, place) == NEW


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ((0,), "non (salle:205 ou salle:206) et liste_rouge"),
        ((1,), "classe:3B et liste_rouge"),
        ((1, 0, 0), "classe:3B et non salle:206 et liste_rouge"),
    ],
)
def test_takes_a_line_away(path, result):
    assert to_text(edit.put(parse(TEXT), path, None)) == result


def test_takes_the_last_line_away():
    assert edit.put(parse("rouge"), (), None) is None
    assert edit.put(parse("non rouge"), (), None) is None


def test_denies_and_affirms():
    tree = parse("rouge et mail")
    denied = edit.negate(tree, (1,))
    assert to_text(denied) == "liste_rouge et non mail"
    assert edit.negate(denied, (1,)) == tree


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ((0,), "classe:3B ou non (salle:205 ou salle:206) ou liste_rouge"),
        ((1,), "classe:3B et non (salle:205 et salle:206) et liste_rouge"),
        ((1, 0, 1), "classe:3B et non (salle:205 et salle:206) et liste_rouge"),
    ],
)
def test_exchanges_et_and_ou(path, result):
    assert to_text(edit.switch(parse(TEXT), path)) == result


def test_one_criterion_has_neither_et_nor_ou():
    with pytest.raises(InvalidInput, match="qu'un critère"):
        edit.switch(parse("non rouge"), ())


def test_parentheses_around_ticked_lines_and_away_again():
    tree = parse("classe:3B et salle:205 et mail et salle:206")
    joined, path = edit.join(tree, [(3,), (1,)])
    assert to_text(joined) == "classe:3B et (salle:205 ou salle:206) et mail"
    assert path == (1,)
    assert to_text(edit.ungroup(joined, path)) == "classe:3B et salle:205 et salle:206 et mail"


@pytest.mark.parametrize("paths", [[], [(0,)], [(0,), (1, 0, 0)], [(0,), (1,), (2,)]])
def test_refuses_parentheses_that_say_nothing(paths):
    with pytest.raises(InvalidInput):
        edit.join(parse(TEXT), paths)


@pytest.mark.parametrize("path", [(0,), (1,), (1, 0, 0)])
def test_refuses_to_dissolve_what_is_no_plain_group(path):
    with pytest.raises(InvalidInput):
        edit.ungroup(parse(TEXT), path)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=25))
def test_any_sequence_of_changes_gives_a_tree_that_prints_and_reads(steps):
    tree = parse(TEXT)
    for action, line in steps:
        lines = edit.lines_of(tree)
        if not lines:
            break
        path = lines[line % len(lines)].path
        try:
            if action == 0:
                tree, _ = edit.add(tree, path, NEW)
            elif action == 1:
                tree = edit.put(tree, path, None)
            elif action == 2:
                tree = edit.negate(tree, path)
            elif action == 3:
                tree = edit.switch(tree, path)
            elif action == 4:
                tree, _ = edit.join(tree, [path, lines[(line + 1) % len(lines)].path])
            else:
                tree = edit.ungroup(tree, path)
        except InvalidInput:
            continue
    assert parse(to_text(tree)) == tree or tree is None
