"""What the values of a criterion stand for in the database: ids of sessions, rooms…, or the spellings that it holds.

Small tables are read whole and compared without accents and case, so that the queries themselves ask by id.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from examtui.access import Scope
from examtui.errors import InvalidInput
from examtui.model import (
    Assignment,
    Candidate,
    Centre,
    Commission,
    DecisionGroup,
    Epreuve,
    Exam,
    ExamSession,
    Registration,
    Room,
    School,
    Speciality,
)
from examtui.model.candidates import Position
from examtui.model.exams import MarkingMode
from examtui.search.fold import fold
from examtui.selection.catalogue import shown, type_of
from examtui.selection.seen import is_seen
from examtui.selection.tree import Criterion

_MOST_SPELLINGS = 500


class _Named(NamedTuple):
    """A row that has a name; ``known`` says that everybody may know it, or that it lies within the scope."""

    id: int
    names: tuple[str, ...]
    known: bool = True


@dataclass(frozen=True)
class Answer:
    """A criterion with what its values mean.

    ``ids`` are the rows that they name, or ``rows`` selects these; ``spellings`` are texts that the column may hold,
    ``starts`` those that it may begin with; ``lacking`` asks for the rows without the thing, ``any_value`` («*») for
    those with any. ``checking`` says that the row is at hand already, and is not to be found by the criterion.
    """

    criterion: Criterion
    ids: tuple[int, ...] = ()
    rows: Any = None
    spellings: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    lacking: bool = False
    any_value: bool = False
    checking: bool = False


def answer(criterion: Criterion, scope: Scope) -> Answer:
    """Look up what ``criterion`` names, for somebody who sees the candidates within ``scope``.

    A school or a centre is known to those within whose scope it lies, or one of whose candidates comes from there or
    sits there; to others it does not exist.

    Raises:
        InvalidInput: it names a session, a speciality, an épreuve, a school or a centre that does not exist.
    """
    entry = type_of(criterion)
    lacking = bool(entry.none) and entry.none in criterion.values
    any_value = "*" in criterion.values
    values = [value for value in criterion.values if value not in ("*", entry.none)]
    if entry.name in _ROWS:
        return Answer(criterion, _ids(entry.name, values, scope), lacking=lacking, any_value=any_value)
    if entry.name in _NAMES:
        return Answer(criterion, rows=_named(_NAMES[entry.name], values), lacking=lacking, any_value=any_value)
    if entry.name in _COLUMNS:
        return Answer(criterion, spellings=_among(values, _COLUMNS[entry.name]()), lacking=lacking, any_value=any_value)
    whole = [value for value in values if not value.endswith("*")]
    starts = [value.rstrip("*") for value in values if value.endswith("*")]
    return Answer(criterion, spellings=_cased(whole), starts=_cased(starts), lacking=lacking, any_value=any_value)


def distinct_values(column: Any) -> list[str]:
    """Return the values that an indexed text column holds, by one step of the index for each."""
    held: list[str] = []
    last = ""
    while len(held) < _MOST_SPELLINGS:
        row: Any = column.model.select(column).where(column > last).order_by(column).limit(1).tuples().first()
        if row is None:
            break
        last = row[0]
        held.append(last)
    return held


def matching(value: str) -> Callable[[str], bool]:
    """Return the test whether a name is what the user typed: without accents and case, and up to a final ``*``."""
    wanted = _plain(value)
    start = wanted[:-1]
    if wanted.endswith("*"):
        return lambda name: _plain(name).startswith(start)
    return lambda name: _plain(name) == wanted


@lru_cache(1 << 14)
def _plain(name: str) -> str:
    return " ".join(fold(name).split())


def _cased(values: Iterable[str]) -> tuple[str, ...]:
    """The spellings of a column that is too large to read: as typed, in capitals, and as a word."""
    return tuple(dict.fromkeys(form for value in values for form in (value, value.upper(), value.capitalize())))


def _among(values: list[str], held: Iterable[str]) -> tuple[str, ...]:
    tests = [matching(value) for value in values]
    return tuple(name for name in held if any(test(name) for test in tests))


def _named(column: Any, values: list[str]) -> Any:
    """Select the rows of a table in which few names stand for many: the rooms «205» of thousands of schools."""
    held = (row[0] for row in column.model.select(column).distinct().tuples()) if values else ()
    names = _among(values, held)
    return column.model.select(column.model.id).where(column.in_(names)) if names else None


def _ids(name: str, values: list[str], scope: Scope) -> tuple[int, ...]:
    if not values:
        return ()
    rows = list(_ROWS[name](scope))
    found: dict[int, None] = {}
    for value in values:
        is_meant = matching(value)
        meant = [row for row in rows if any(held and is_meant(held) for held in row.names)]
        ids = [row.id for row in meant]
        if not any(row.known for row in meant) and not (ids and is_seen(scope, _HELD_BY_CANDIDATES[name], ids)):
            raise InvalidInput(_missing(name, value, rows), "criteria")
        found.update(dict.fromkeys(ids))
    return tuple(found)


def _missing(name: str, value: str, rows: list[_Named]) -> str:
    from difflib import get_close_matches

    spelt = {fold(held): held for row in rows if row.known for held in row.names if held}
    near = get_close_matches(fold(value), list(spelt), n=1, cutoff=0.6)
    hint = f"voulez-vous dire «{shown(spelt[near[0]])}» ?" if near else "vérifiez son code ou son libellé."
    return f"{_TOLD_MISSING[name]} «{shown(value)}» : {hint}"


_TOLD_MISSING = {
    "session": "Aucune session ne s'appelle",
    "examen": "Aucun examen ne s'appelle",
    "spécialité": "Aucune spécialité ne s'appelle",
    "épreuve": "Aucune épreuve ne s'appelle",
    "établissement": "Aucun établissement ne s'appelle",
    "centre": "Aucun centre ne s'appelle",
}


def _sessions(_scope: Scope) -> Iterable[_Named]:
    for row in ExamSession.select(ExamSession, Exam).join(Exam):
        yield _Named(row.id, (row.label, str(row.year), row.title))


def _exams(_scope: Scope) -> Iterable[_Named]:
    for row in Exam.select():
        yield _Named(row.id, (row.code, row.label, f"{row.code} {row.label}"))


def _specialities(_scope: Scope) -> Iterable[_Named]:
    for row in Speciality.select():
        yield _Named(row.id, (row.code, row.label, row.title))


def _epreuves(_scope: Scope) -> Iterable[_Named]:
    rows: Any = Epreuve.select(Epreuve.id, Epreuve.code, Epreuve.label, Speciality.code).join(Speciality).tuples()
    for id_, code, label, speciality in rows:
        yield _Named(id_, (code, f"{speciality}/{code}", label, f"{code}, {label}"))


def _schools(scope: Scope) -> Iterable[_Named]:
    rows: Any = School.select(School.id, School.academy, School.uai, School.name).tuples()
    for id_, academy, uai, name in rows:
        yield _Named(id_, (uai, name), _covers(scope, id_, academy))


def _centres(scope: Scope) -> Iterable[_Named]:
    columns = (Centre.id, School.id, School.academy, School.uai, School.name)
    rows: Any = Centre.select(*columns).join(School).tuples()
    for id_, school, academy, uai, name in rows:
        yield _Named(id_, (uai, name), _covers(scope, school, academy))


def _covers(scope: Scope, school: int, academy: int) -> bool:
    return scope.everything or school in scope.schools or academy in scope.academies


_ROWS: dict[str, Callable[[Scope], Iterable[_Named]]] = {
    "session": _sessions,
    "examen": _exams,
    "spécialité": _specialities,
    "épreuve": _epreuves,
    "établissement": _schools,
    "centre": _centres,
}
_HELD_BY_CANDIDATES: dict[str, Any] = {"établissement": Candidate.school, "centre": Assignment.centre}
_NAMES: dict[str, Any] = {"salle": Room.name, "commission": Commission.name, "groupe": DecisionGroup.label}
_COLUMNS: dict[str, Callable[[], Iterable[str]]] = {
    "état": lambda: distinct_values(Registration.state),
    "catégorie": lambda: distinct_values(Registration.category),
    "position": lambda: [position.value for position in Position],
    "notation": lambda: [mode.value for mode in MarkingMode],
}
