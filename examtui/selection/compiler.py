"""From a criteria tree to a condition on candidates.

What a tree means:

- A criterion holds for a candidate when one of its rows (a candidature, an épreuve of it) satisfies it.
- Criteria that stand together in an ET group hold of one and the same row: ``état:Inscrit et spécialité:BCG`` asks for
  one candidature that is both, ``épreuve:C001C et salle:205`` for the one assignment, and an épreuve belongs to the
  candidature that the group speaks of. So does an OU in parentheses, where it speaks of other criteria of the same row
  alone: ``épreuve:C001C et (salle:205 ou salle:206)``.
- The same choice named twice in an ET group asks for a row each: ``épreuve:C001C et épreuve:C002A`` finds who has both.
- Parentheses within parentheses (an ET inside an ET) and NON look at rows of their own; NON means that there is none.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from peewee import JOIN, SQL, Join, Select, fn

from examtui.access import Actor, Permission
from examtui.errors import InvalidInput
from examtui.model import Assignment, Candidate, EpreuveRegistration, Registration
from examtui.search.condition import Condition
from examtui.selection.answers import Answer, answer
from examtui.selection.catalogue import Kind, Level, type_of
from examtui.selection.fields import FIELDS, Line, all_of, any_of, opposite, together
from examtui.selection.parser import parse, within_limits
from examtui.selection.tree import Connective, Criterion, Group, Node, Not, Operator, criteria_of

_MOST_ROWS = 24
_PROBE = 2000
_ROW_LEVELS = (Level.REGISTRATION, Level.EPREUVE)


def compile_text(text: str, actor: Actor) -> Condition | None:
    """Return the condition that a text form describes, None for all candidates; see ``compile_tree``."""
    return compile_tree(parse(text), actor)


def compile_tree(tree: Node | None, actor: Actor) -> Condition | None:
    """Return the condition of ``tree`` on candidates, None for no tree; a connection must be open.

    It does not hold the actor's scope, which every search adds by itself. Names of sessions, rooms… are looked up here,
    as the scope lets the actor know them: keep the condition while criteria, scope and data stay the same.

    Raises:
        InvalidInput: the tree is too large, or names a session, a speciality, an épreuve, a school or a centre that
            does not exist.
    """
    if tree is None:
        return None
    within_limits(tree)
    scope = actor.scope(Permission.READ_CANDIDATES)
    compiler = _Compiler({criterion: answer(criterion, scope) for criterion in criteria_of(tree)})
    return Condition(compiler.predicate(tree, Candidate), compiler.ids(tree))


class _Compiler:
    """One compilation: the tree's criteria with what their values mean."""

    def __init__(self, answers: dict[Criterion, Answer]) -> None:
        self.answers = answers

    def predicate(self, node: Node, candidate: Any) -> Any:
        """The condition on a row of candidates."""
        if isinstance(node, Not):
            if isinstance(node.child, Not):
                return self.predicate(node.child.child, candidate)
            return opposite(self.predicate(node.child, candidate))
        if isinstance(node, Group) and node.connective is Connective.OR:
            return any_of([self.predicate(child, candidate) for child in node.children])
        children = node.children if isinstance(node, Group) else (node,)
        return self._all(children, candidate)

    def _all(self, children: tuple[Node, ...], candidate: Any) -> Any:
        rows = _rows(children)
        conditions = [
            self._leaf(child, candidate) if isinstance(child, Criterion) else self.predicate(child, candidate)
            for child in children
            if child not in rows[Level.REGISTRATION] and child not in rows[Level.EPREUVE]
        ]
        conditions += self._registrations(rows, candidate)
        return all_of(conditions)

    def _leaf(self, criterion: Criterion, row: Any) -> Any:
        return FIELDS[criterion.name].where(replace(self.answers[criterion], checking=True), row)

    def _registrations(self, rows: dict[Level, list[Node]], candidate: Any) -> Iterator[Any]:
        if not rows[Level.REGISTRATION] and not rows[Level.EPREUVE]:
            return
        for ones in _one_row_each(rows[Level.REGISTRATION]):
            row = Registration.alias()
            yield fn.EXISTS(
                row.select(SQL("1")).where(
                    row.candidate_id == candidate.id,
                    *[self._on_row(one, row) for one in ones],
                    *self._lines(rows[Level.EPREUVE], row),
                )
            )

    def _lines(self, nodes: list[Node], registration: Any) -> Iterator[Any]:
        if not nodes:
            return
        for ones in _one_row_each(nodes):
            parts = self._parts(ones)
            query: Any
            line: Line
            held, assigned = EpreuveRegistration.alias(), Assignment.alias()
            if parts == {"assignment"}:
                query = assigned.select(SQL("1")).where(assigned.registration_id == registration.id)
                line = Line(None, assigned)
            else:
                query = held.select(SQL("1")).where(held.registration_id == registration.id)
                line = Line(held, None)
                if "assignment" in parts:
                    line = Line(held, assigned)
                    same = (assigned.registration_id == held.registration_id) & (assigned.epreuve_id == held.epreuve_id)
                    query = query.join(assigned, JOIN.LEFT_OUTER, on=same)
            yield fn.EXISTS(query.where(*[self._on_row(one, line) for one in ones]))

    def _parts(self, nodes: tuple[Node, ...]) -> set[str]:
        """The tables that conditions on a line need: an assignment that is lacking shows beside the registration."""
        parts: set[str] = set()
        for node in nodes:
            for criterion in criteria_of(node):
                needs = FIELDS[criterion.name].needs
                parts |= {needs} if needs else set()
                if needs == "assignment" and self.answers[criterion].lacking:
                    parts.add("registration")
        return parts

    def _on_row(self, node: Node, row: Any) -> Any:
        if isinstance(node, Criterion):
            return self._leaf(node, row)
        if isinstance(node, Not):
            raise TypeError("a negation has no row of its own")
        conditions = [self._on_row(child, row) for child in node.children]
        return any_of(conditions) if node.connective is Connective.OR else all_of(conditions)

    def ids(self, node: Node) -> Any:
        """The candidate ids that ``node`` selects, from the side of the index that finds the fewest."""
        if isinstance(node, Criterion):
            return self._driver(node)
        if isinstance(node, Not):
            return None
        if node.connective is Connective.OR:
            return _union([self.ids(child) for child in node.children])
        drivers = [driver for driver in map(self._driver, node.children) if driver is not None]
        if not drivers:
            return None
        found, row = _smallest(drivers).alias("driver"), Candidate.alias()
        source = Join(found, row, JOIN.CROSS)
        return row.select(row.id.alias("id")).from_(source).where(row.id == found.c.id, self.predicate(node, row))

    def _driver(self, node: Node) -> Any:
        """All the candidate ids that ``node`` selects, and perhaps more."""
        if isinstance(node, Criterion):
            driver = FIELDS[node.name].driver
            return None if driver is None else driver(self.answers[node])
        if isinstance(node, Not):
            return None
        drivers = [self._driver(child) for child in node.children]
        if node.connective is Connective.OR:
            return _union(drivers)
        drivers = [driver for driver in drivers if driver is not None]
        return _smallest(drivers) if drivers else None


def _union(queries: list[Any]) -> Any:
    # Each is wrapped: SQLite takes no compound inside a compound.
    if any(query is None for query in queries):
        return None
    wrapped = []
    for query in queries:
        inner = query.alias("part")
        wrapped.append(Select((inner,), (inner.c.id,)).bind(Candidate._meta.database))
    return together(wrapped)


def _smallest(queries: list[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return min(queries, key=_size)


def _size(query: Any) -> int:
    found = query.limit(_PROBE).alias("found")
    return int(Select((found,), (fn.COUNT(SQL("*")),)).bind(Candidate._meta.database).scalar())


def _rows(children: tuple[Node, ...]) -> dict[Level, list[Node]]:
    """Tell which children of an ET group speak of its one candidature, and of the one épreuve of it."""
    rows: dict[Level, list[Node]] = {level: [] for level in _ROW_LEVELS}
    named: set[str] = set()
    for child in children:
        if isinstance(child, Criterion) and type_of(child).level in rows:
            rows[type_of(child).level].append(child)
            named.add(child.name)
    for child in children:
        if isinstance(child, Group) and child.connective is Connective.OR:
            level, names = _level_of(child), {criterion.name for criterion in criteria_of(child)}
            if level in rows and not names & named:
                rows[level].append(child)
                named |= names
    return rows


def _level_of(node: Node) -> Level | None:
    """The one level that all of ``node`` is about; None for several, and for a negation."""
    if isinstance(node, Criterion):
        return type_of(node).level
    if isinstance(node, Not):
        return None
    levels = {_level_of(child) for child in node.children}
    return levels.pop() if len(levels) == 1 else None


def _one_row_each(nodes: list[Node]) -> Iterator[tuple[Node, ...]]:
    """Give the conditions that each row has to meet: a choice that is named twice is met by a row each."""
    by_name: dict[str, list[Node]] = {}
    for place, node in enumerate(nodes):
        is_choice = isinstance(node, Criterion) and type_of(node).kind is Kind.CHOICE and node.operator is Operator.IS
        by_name.setdefault(node.name if is_choice else str(place), []).append(node)  # type: ignore[union-attr]
    rows = 1
    for ones in by_name.values():
        rows *= len(ones)
    if rows > _MOST_ROWS:
        raise InvalidInput(
            "Trop de critères répétés dans un même groupe ET : écrivez leurs valeurs ensemble («épreuve:C001C,C002A») "
            "ou séparez-les par OU.",
            "criteria",
        )
    yield from product(*by_name.values())
