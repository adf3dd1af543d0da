"""Writing a tree: as text that reads back as the same tree, and as words for lists and headings."""

from examtui.selection.catalogue import NO, YES, Kind, type_of
from examtui.selection.lexer import is_plain
from examtui.selection.tree import Criterion, Node, Not, Operator


def to_text(tree: Node | None) -> str:
    """Return the text form of ``tree``; empty for no tree. ``parser.parse`` gives the same tree back.

    Raises:
        InvalidInput: a criterion that the catalogue does not know.
    """
    return "" if tree is None else _written(tree, outermost=True)


def describe(criterion: Criterion) -> str:
    """Return ``criterion`` in words, for a line of the tree: «Salle : 205 ou 206».

    Raises:
        InvalidInput: a criterion that the catalogue does not know.
    """
    entry = type_of(criterion)
    values = criterion.values
    if criterion.operator is Operator.BETWEEN:
        return f"{entry.label} : de {values[0]} à {values[1]}"
    if criterion.operator is not Operator.IS:
        return f"{entry.label} {_SIGNS[criterion.operator]} {values[0]}"
    return f"{entry.label} : {' ou '.join(values)}"


_SIGNS = {Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤", Operator.MORE: ">", Operator.LESS: "<"}
OPERATOR_LABELS = {
    Operator.IS: "est",
    Operator.AT_LEAST: "au moins, ou à partir du",
    Operator.AT_MOST: "au plus, ou jusqu'au",
    Operator.MORE: "plus de, ou après le",
    Operator.LESS: "moins de, ou avant le",
    Operator.BETWEEN: "entre deux bornes",
}


def criterion_text(criterion: Criterion) -> str:
    """Return the text form of one criterion: ``salle:205,206``.

    Raises:
        InvalidInput: the catalogue does not know it.
    """
    entry = type_of(criterion)
    if entry.kind is Kind.YES_NO and criterion.values == (YES,):
        return entry.name
    if criterion.operator is Operator.BETWEEN:
        return f"{entry.name}:{'..'.join(criterion.values)}"
    sign = ":" if criterion.operator is Operator.IS else criterion.operator.value
    return f"{entry.name}{sign}{','.join(_quoted(value) for value in criterion.values)}"


def _written(node: Node, *, outermost: bool = False) -> str:
    if isinstance(node, Criterion):
        return criterion_text(node)
    if isinstance(node, Not):
        return f"non {_written(node.child)}"
    text = f" {node.connective.value} ".join(_written(child) for child in node.children)
    return text if outermost else f"({text})"


def _quoted(value: str) -> str:
    if value == NO or is_plain(value):
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'
