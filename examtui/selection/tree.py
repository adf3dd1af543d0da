"""The criteria tree: what a selection of candidates is made of (PRODUCT.md §2).

No tree at all (``None``) means all candidates of the user's scope. A tree is plain data: it is checked against the
catalogue where it is read (``examtui.selection.parser``), and turned into a query in ``examtui.selection.compiler``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Connective(StrEnum):
    """How the children of a group hold together; the value is the word that users type."""

    AND = "et"
    OR = "ou"


class Operator(StrEnum):
    """How a criterion compares; ``IS`` takes several values, one of which must hold, ``BETWEEN`` both its bounds."""

    IS = ":"
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    BETWEEN = ".."


@dataclass(frozen=True)
class Criterion:
    """A leaf: ``name`` is a keyword of the catalogue, ``values`` are in the form that the catalogue normalised."""

    name: str
    values: tuple[str, ...]
    operator: Operator = Operator.IS


@dataclass(frozen=True)
class Not:
    """What ``child`` does not hold for."""

    child: "Node"


@dataclass(frozen=True)
class Group:
    """At least two nodes under one connective; ``group`` builds one from any number of nodes."""

    connective: Connective
    children: tuple["Node", ...]

    def __post_init__(self) -> None:
        if len(self.children) < 2:
            raise ValueError("a group has at least two children")


Node: TypeAlias = Criterion | Not | Group


@dataclass(frozen=True)
class Defaults:
    """The criteria that an activity sets: ``fixed`` are shown and cannot be changed, ``changeable`` can.

    Source: seed 001, section 4, «Onglet Critères de sélection».
    """

    fixed: tuple[Criterion, ...] = ()
    changeable: Node | None = None

    def whole(self, tree: Node | None) -> Node | None:
        """Return the tree to compile for what the user made of the changeable part.

        The fixed criteria join its outermost ET, so that they hold of the same candidature as the user's own.
        """
        return group(Connective.AND, (*self.fixed, *parts(tree, Connective.AND)))


def group(connective: Connective, children: tuple[Node, ...]) -> Node | None:
    """Return ``children`` under ``connective``: nothing for none, the only one for one."""
    if not children:
        return None
    return children[0] if len(children) == 1 else Group(connective, children)


def parts(tree: Node | None, connective: Connective) -> tuple[Node, ...]:
    """Return the nodes that ``tree`` puts together under ``connective``; itself alone when it is of another kind."""
    if tree is None:
        return ()
    if isinstance(tree, Group) and tree.connective is connective:
        return tree.children
    return (tree,)


def criteria_of(tree: Node | None) -> Iterator[Criterion]:
    """Walk through all criteria of ``tree``, from left to right."""
    if isinstance(tree, Criterion):
        yield tree
    elif isinstance(tree, Not):
        yield from criteria_of(tree.child)
    elif isinstance(tree, Group):
        for child in tree.children:
            yield from criteria_of(child)


def depth_of(tree: Node | None) -> int:
    """Return how many nodes stand inside one another at most; 0 for no tree."""
    if tree is None:
        return 0
    if isinstance(tree, Criterion):
        return 1
    children = (tree.child,) if isinstance(tree, Not) else tree.children
    return 1 + max(depth_of(child) for child in children)
