"""Searching candidates: as one types, by text and criteria, page by page (PRODUCT.md §1)."""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import schools_within
from examtui.model import Candidate, School, Student
from examtui.search.condition import Condition
from examtui.search.memory import Memory
from examtui.search.query import CandidateQuery, Count
from examtui.search.rows import PAGE, Row
from examtui.search.spelling import Suggestion, near_spellings
from examtui.selection import compile_text

_conditions = Memory()


@dataclass(frozen=True)
class Search:
    """What is searched: ``text`` as typed, ``where`` criteria in their text form.

    ``pupils`` keeps the present pupils of the actor's own schools (the list Élèves), ``division`` one class of them.
    """

    text: str = ""
    where: str = ""
    pupils: bool = False
    division: str = ""


@dataclass(frozen=True)
class Page:
    """A page of candidates in alphabetical order; ``count`` tells of all that were found, up to 1000."""

    rows: tuple[Row, ...]
    count: Count


@use_case("candidates.search", Permission.READ_CANDIDATES)
def search(
    actor: Actor, wanted: Search, *, after: int | None = None, before: int | None = None, limit: int = PAGE
) -> Page:
    """Return the first page of what ``wanted`` finds in the actor's scope, or the one after or before a row's rank.

    Raises:
        InvalidInput: the criteria are wrong.
    """
    query = _query(actor, wanted)
    return Page(tuple(query.page(after=after, before=before, limit=limit)), query.count())


@use_case("candidates.at", Permission.READ_CANDIDATES)
def search_at(actor: Actor, wanted: Search, position: int, *, limit: int = PAGE) -> tuple[Row, ...]:
    """Return the rows from ``position`` on (0: the first), for jumps in long lists."""
    return tuple(_query(actor, wanted).at(position, limit))


@use_case("candidates.position", Permission.READ_CANDIDATES)
def search_position(actor: Actor, wanted: Search, *, rank: int | None = None, start: str = "") -> int:
    """Return the position of the row of ``rank``, or of the first name that begins with ``start`` or comes after it."""
    query = _query(actor, wanted)
    return query.position_of_name(start) if rank is None else query.position(rank)


@use_case("candidates.count", Permission.READ_CANDIDATES)
def count(actor: Actor, wanted: Search) -> int:
    """Return exactly how many candidates ``wanted`` finds in the actor's scope; this may take a second.

    Raises:
        InvalidInput: the criteria are wrong.
    """
    return _query(actor, wanted).total()


@use_case("candidates.suggest", Permission.READ_CANDIDATES)
def suggest(actor: Actor, wanted: Search) -> tuple[Suggestion, ...]:
    """Return near spellings that find somebody in the actor's scope; to be asked when ``wanted`` finds nobody."""
    conditions = _conditions_of(actor, wanted)
    return tuple(near_spellings(wanted.text, actor.scope(Permission.READ_CANDIDATES), conditions))


@use_case("candidates.divisions", Permission.READ_CANDIDATES)
def divisions(actor: Actor) -> tuple[str, ...]:
    """Return the classes of the pupils of the actor's own schools."""
    schools = School.select(School.id).where(schools_within(actor.scope(Permission.READ_CANDIDATES)))
    own = Student.left_on.is_null() & Student.school.in_(schools)
    rows: Any = Student.select(Student.division).where(own, Student.division != "").distinct().tuples()
    return tuple(sorted(row[0] for row in rows))


def _query(actor: Actor, wanted: Search) -> CandidateQuery:
    return CandidateQuery(wanted.text, actor.scope(Permission.READ_CANDIDATES), _conditions_of(actor, wanted))


def _conditions_of(actor: Actor, wanted: Search) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.pupils or wanted.division:
        scope = actor.scope(Permission.READ_CANDIDATES)
        key = (scope, wanted.division)
        conditions.append(_conditions.get(key, lambda: _pupils(scope, wanted.division)))
    if wanted.where.strip():
        asked = ("criteria", actor.scope(Permission.READ_CANDIDATES), wanted.where)
        compiled = _conditions.get(asked, lambda: compile_text(wanted.where, actor))
        if compiled is not None:
            conditions.append(compiled)
    return conditions


def _pupils(scope: Scope, division: str) -> Condition:
    present = _present_pupils(scope, division)
    predicate: Any = fn.EXISTS(Student.select(Student.id).where(Student.candidate == Candidate.id, present))
    narrow = division or not (scope.everything or scope.academies)
    return Condition(predicate, Student.select(Student.candidate.alias("id")).where(present) if narrow else None)


def _present_pupils(scope: Scope, division: str) -> Any:
    present = Student.left_on.is_null()
    if division:
        present &= Student.division == division
    if not scope.everything and not scope.academies:
        present &= Student.school.in_(list(scope.schools))
    return present
