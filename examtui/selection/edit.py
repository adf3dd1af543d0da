"""Changing a tree line by line, as the criteria screen does: pure functions, each gives the new tree.

A line is named by its path: the places of the children to go through from the root; a negation's child is at place 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from examtui.errors import InvalidInput
from examtui.selection.printer import describe
from examtui.selection.tree import Connective, Criterion, Group, Node, Not, group

Path: TypeAlias = tuple[int, ...]
_HEADINGS = {Connective.AND: "tous ces critères à la fois :", Connective.OR: "un de ces critères au moins :"}


@dataclass(frozen=True)
class Line:
    """A line of the tree as it is shown: ``word`` is ET, OU or nothing, ``text`` what the node asks for."""

    path: Path
    depth: int
    word: str
    text: str
    node: Node


def lines_of(tree: Node | None) -> list[Line]:
    """Return the lines of ``tree`` from top to bottom; an outermost group has none of its own."""
    if tree is None:
        return []
    if isinstance(tree, Group):
        return list(_children(tree, (), 0))
    return list(_lines(tree, (), 0, ""))


def _children(node: Group, path: Path, depth: int) -> Iterator[Line]:
    for place, child in enumerate(node.children):
        yield from _lines(child, (*path, place), depth, node.connective.value.upper() if place else "")


def _lines(node: Node, path: Path, depth: int, word: str) -> Iterator[Line]:
    prefix, inner, inner_path = "", node, path
    while isinstance(inner, Not):
        prefix, inner, inner_path = prefix + "NON ", inner.child, (*inner_path, 0)
    if isinstance(inner, Criterion):
        yield Line(path, depth, word, prefix + describe(inner), node)
        return
    assert isinstance(inner, Group)  # noqa: S101 - what is left of a node
    yield Line(path, depth, word, prefix + _HEADINGS[inner.connective], node)
    yield from _children(inner, inner_path, depth + 1)


def node_at(tree: Node | None, path: Path) -> Node | None:
    """Return the node at ``path``; None where there is none."""
    node = tree
    for place in path:
        if isinstance(node, Not):
            node = node.child
        elif isinstance(node, Group) and place < len(node.children):
            node = node.children[place]
        else:
            return None
    return node


def put(tree: Node | None, path: Path, node: Node | None) -> Node | None:
    """Return ``tree`` with ``node`` at ``path``; None takes away what stands there, and groups of one dissolve."""
    if not path or tree is None:
        return node
    if isinstance(tree, Not):
        child = put(tree.child, path[1:], node)
        return None if child is None else Not(child)
    if isinstance(tree, Criterion):
        return tree
    child = put(tree.children[path[0]], path[1:], node)
    middle = () if child is None else (child,)
    return group(tree.connective, (*tree.children[: path[0]], *middle, *tree.children[path[0] + 1 :]))


def add(tree: Node | None, path: Path, node: Node) -> tuple[Node, Path]:
    """Return ``tree`` with ``node`` after the line at ``path``, or into the group of that line; and where it is now."""
    if tree is None:
        return node, ()
    place, held = _through_negations(tree, path)
    if isinstance(held, Group) and path:
        new: Node = Group(held.connective, (*held.children, node))
        return _sure(put(tree, place, new)), (*place, len(held.children))
    parent_path, parent = _parent_group(tree, path)
    if parent is None:
        if isinstance(tree, Group):
            return Group(tree.connective, (*tree.children, node)), (len(tree.children),)
        return Group(Connective.AND, (tree, node)), (1,)
    at = path[len(parent_path)] + 1
    new = Group(parent.connective, (*parent.children[:at], node, *parent.children[at:]))
    return _sure(put(tree, parent_path, new)), (*parent_path, at)


def negate(tree: Node, path: Path) -> Node:
    """Return ``tree`` with the line at ``path`` denied, or no longer denied."""
    node = _sure(node_at(tree, path))
    return _sure(put(tree, path, node.child if isinstance(node, Not) else Not(node)))


def switch(tree: Node, path: Path) -> Node:
    """Return ``tree`` with ET and OU exchanged in the group that the line heads, or else in the one it stands in.

    Raises:
        InvalidInput: there is no group.
    """
    place, held = _through_negations(tree, path)
    if not isinstance(held, Group) or not path:
        place, held = _parent_group(tree, path)
    if held is None:
        raise InvalidInput("Il n'y a qu'un critère : ajoutez-en un autre pour choisir entre ET et OU.")
    other = Connective.OR if held.connective is Connective.AND else Connective.AND
    return _sure(put(tree, place, Group(other, held.children)))


def join(tree: Node, paths: Sequence[Path]) -> tuple[Node, Path]:
    """Return ``tree`` with the lines at ``paths`` put into a group of their own, and where that group is.

    Raises:
        InvalidInput: they are not several lines of one group, or are all of it.
    """
    places = sorted(set(paths))
    parents = {_parent_group(tree, path)[0] for path in places}
    parent_path, parent = _parent_group(tree, places[0]) if places else ((), None)
    if len(places) < 2 or len(parents) != 1 or parent is None:
        raise InvalidInput("Cochez par Espace au moins deux lignes d'un même groupe, puis groupez-les.")
    if len(places) == len(parent.children):
        raise InvalidInput("Ces lignes sont déjà un groupe : changez-y ET en OU, ou n'en cochez qu'une partie.")
    ticked = [path[len(parent_path)] for path in places]
    other = Connective.OR if parent.connective is Connective.AND else Connective.AND
    joined = Group(other, tuple(parent.children[place] for place in ticked))
    left = [
        joined if place == ticked[0] else child
        for place, child in enumerate(parent.children)
        if place == ticked[0] or place not in ticked
    ]
    return _sure(put(tree, parent_path, Group(parent.connective, tuple(left)))), (*parent_path, ticked[0])


def ungroup(tree: Node, path: Path) -> Node:
    """Return ``tree`` with the children of the group at ``path`` in its place.

    Raises:
        InvalidInput: the line heads no group, or a denied one.
    """
    held = node_at(tree, path)
    parent_path, parent = _parent_group(tree, path)
    if not isinstance(held, Group) or parent is None:
        raise InvalidInput("Placez-vous sur la première ligne d'un groupe, sans NON, pour le dissoudre.")
    at = path[len(parent_path)]
    children = (*parent.children[:at], *held.children, *parent.children[at + 1 :])
    return _sure(put(tree, parent_path, Group(parent.connective, children)))


def _through_negations(tree: Node, path: Path) -> tuple[Path, Node | None]:
    node = node_at(tree, path)
    while isinstance(node, Not):
        node, path = node.child, (*path, 0)
    return path, node


def _parent_group(tree: Node, path: Path) -> tuple[Path, Group | None]:
    for length in range(len(path) - 1, -1, -1):
        node = node_at(tree, path[:length])
        if isinstance(node, Group):
            return path[:length], node
    return (), None


def _sure(node: Node | None) -> Node:
    if node is None:
        raise LookupError("no such line")
    return node
