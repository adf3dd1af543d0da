"""What the candidates of a scope have, so that criteria and the values proposed for them tell of nothing else.

A school is few candidates: what they have is read. An academy is many: each value is tried, until one of them has it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL

from examtui.access import Scope
from examtui.model import Assignment, Candidate, DecisionGroup, Registration
from examtui.model.base import database
from examtui.search.clauses import Side, scope_side


def is_seen(scope: Scope, column: Any, values: Sequence[Any]) -> bool:
    """Tell whether a candidate within ``scope`` has one of ``values`` in ``column``.

    The column is one of candidates, of their candidatures or of assignments.
    """
    side = scope_side(scope)
    query = _people(column).select(SQL("1")).where(column.in_(list(values)))
    return bool((query if side is None else query.where(_within(side))).exists())


def values_seen(scope: Scope, column: Any, held: Iterable[str]) -> list[str]:
    """Return those of ``held``, the values of a column of candidatures, that candidates within ``scope`` have."""
    side = scope_side(scope)
    if side is None:
        return list(held)
    if side.few:
        return [row[0] for row in _people(column).select(column).where(_within(side)).distinct().tuples()]
    return [value for value in held if is_seen(scope, column, [value])]


def groups_seen(scope: Scope) -> set[int]:
    """Return the ids of the groupes de décision that candidates within ``scope`` are in."""
    side = scope_side(scope)
    query: Any = DecisionGroup.select(DecisionGroup.id).tuples()
    if side is not None and side.few:
        column = Registration.decision_group
        query = _people(column).select(column).where(_within(side), column.is_null(False)).distinct().tuples()
    elif side is not None:
        query = database.execute_sql(
            'SELECT g.id FROM decision_group AS g WHERE EXISTS (SELECT 1 FROM registration AS r JOIN candidate AS "t1" '
            f'ON "t1".id = r.candidate_id WHERE r.decision_group_id = g.id AND {side.predicate.sql})',
            side.predicate.values,
        ).fetchall()
    return {row[0] for row in query}


def _people(column: Any) -> Any:
    """Candidates first, so that Peewee names them ``t1`` as the pieces of SQL do."""
    query: Any = Candidate.select()
    if column.model is not Candidate:
        query = query.join(Registration)
    if column.model is Assignment:
        query = query.join(Assignment)
    return query


def _within(side: Side) -> Any:
    if side.ids is None:
        return SQL(side.predicate.sql, side.predicate.values)
    return SQL(f'"t1".id IN ({side.ids.sql})', side.ids.values)
