"""Pieces of SQL that a search is put together from: conditions on ``candidate AS "t1"`` and selects of candidate ids.

They are written in SQL rather than built by Peewee at each keystroke, which would cost more than running them. The
alias is the one that Peewee gives to the table of a query, so that compiled criteria fit in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from examtui.access import Scope
from examtui.database.connection import is_postgresql
from examtui.model import Academy, Centre
from examtui.model.base import database
from examtui.search.condition import Condition
from examtui.search.fold import reverse_of
from examtui.search.terms import Terms, upper_bound


@dataclass(frozen=True)
class Clause:
    """A piece of SQL with the values of its placeholders."""

    sql: str
    values: tuple[Any, ...] = ()


NEVER = Clause("1 = 0")


def mark() -> str:
    """The placeholder of the database's driver."""
    return "%s" if is_postgresql(database) else "?"


def both(clauses: Sequence[Clause]) -> Clause:
    """Return the conjunction of ``clauses``; of none, a condition that is always true."""
    if not clauses:
        return Clause("1 = 1")
    return Clause(" AND ".join(clause.sql for clause in clauses), tuple(v for clause in clauses for v in clause.values))


@dataclass(frozen=True)
class Side:
    """A restriction in both forms: a condition on ``t1``, and a select of the ids it is true of, where there is one.

    ``few`` says that the ids are known to be few: a school's candidates.
    """

    predicate: Clause
    ids: Clause | None = None
    few: bool = False


def scope_side(scope: Scope) -> Side | None:
    """Return what ``scope`` restricts candidates to; None where it covers all of them.

    A school's candidates are its own pupils and those assigned to one of its centres (PRODUCT.md, roles).
    """
    if scope.everything:
        return None
    if scope.academies and not Academy.select(Academy.id).where(Academy.id.not_in(list(scope.academies))).exists():
        return None
    predicates: list[Clause] = []
    if scope.academies:
        predicates.append(_among('"t1".academy_id', scope.academies))
    if not scope.schools:
        return Side(predicates[0]) if predicates else Side(NEVER)
    own = _among('"t1".school_id', scope.schools)
    predicates.append(own)
    ids = [Clause(f'SELECT "t1".id FROM candidate AS "t1" WHERE {own.sql}', own.values)]
    centres: Any = Centre.select(Centre.id).where(Centre.school.in_(list(scope.schools))).tuples()
    assigned = _among("a.centre_id", [row[0] for row in centres])
    if assigned is not NEVER:
        join = "FROM assignment AS a JOIN registration AS r ON r.id = a.registration_id WHERE"
        predicates.append(
            Clause(f'EXISTS (SELECT 1 {join} r.candidate_id = "t1".id AND {assigned.sql})', assigned.values)
        )
        ids.append(Clause(f"SELECT r.candidate_id {join} {assigned.sql}", assigned.values))
    predicate = Clause(
        f"({' OR '.join(clause.sql for clause in predicates)})",
        tuple(v for clause in predicates for v in clause.values),
    )
    if scope.academies:
        return Side(predicate)
    return Side(
        predicate,
        Clause(" UNION ".join(clause.sql for clause in ids), tuple(v for clause in ids for v in clause.values)),
        few=True,
    )


def condition_side(condition: Condition) -> Side:
    """Return compiled criteria as SQL."""
    ids = condition.ids_sql
    return Side(Clause(*condition.predicate_sql), None if ids is None else Clause(*ids))


def ranks_given(ranks: Sequence[int]) -> Clause:
    """Return the condition that a candidate stands at one of ``ranks``."""
    if is_postgresql(database):
        return Clause('"t1".rank = ANY(%s)', (list(ranks),))
    return Clause(f'"t1".rank IN ({", ".join("?" * len(ranks))})', tuple(ranks))


def words_predicate(terms: Terms) -> Clause:
    """Return the condition that the folded words hold the beginnings typed, for rows that come from elsewhere."""
    clauses = []
    for parts in terms.words:
        all_parts = [_has(part) for part in parts]
        if len(parts) == 1:
            clauses += all_parts
        else:
            inner, joined = both(all_parts), _has("".join(parts))
            clauses.append(Clause(f"(({inner.sql}) OR {joined.sql})", inner.values + joined.values))
    return both(clauses)


def number_predicate(terms: Terms) -> Clause:
    """Return the condition that the number typed starts or ends the candidate number or the INE."""
    clauses = _numbered(terms)
    return Clause(
        f"({' OR '.join(clause.sql for clause in clauses)})", tuple(v for clause in clauses for v in clause.values)
    )


def number_ranks(terms: Terms) -> Clause:
    """Return the select of the ranks that ``number_predicate`` is true of, some perhaps twice.

    On SQLite each part reads an index that holds the ranks too, and no row.
    """
    clauses = _numbered(terms)
    return Clause(
        " UNION ALL ".join(f'SELECT "t1".rank FROM candidate AS "t1" WHERE {clause.sql}' for clause in clauses),
        tuple(v for clause in clauses for v in clause.values),
    )


def _numbered(terms: Terms) -> list[Clause]:
    starts: list[tuple[str, str]] = []
    if terms.may_be_number():
        starts += [("number", terms.number), ("number_reversed", str(reverse_of(terms.number)))]
    start, end = terms.may_be_ine()
    if start:
        starts.append(("ine", terms.number))
    if end:
        starts.append(("ine_reversed", str(reverse_of(terms.number))))
    return [_starts(column, value) for column, value in starts]


def _starts(column: str, start: str) -> Clause:
    if is_postgresql(database):
        return Clause(f'"t1".{column} LIKE %s', (f"{start}%",))
    return Clause(f'("t1".{column} >= ? AND "t1".{column} < ?)', (start, upper_bound(start)))


def _has(start: str) -> Clause:
    function = "strpos" if is_postgresql(database) else "instr"
    return Clause(f"{function}(' ' || \"t1\".words, {mark()}) > 0", (f" {start}",))


def _among(column: str, values: Sequence[int] | frozenset[int]) -> Clause:
    if not values:
        return NEVER
    return Clause(f"{column} IN ({', '.join([mark()] * len(values))})", tuple(sorted(values)))
