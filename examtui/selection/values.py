"""The values that can be proposed for a criterion, within what the user may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import schools_within
from examtui.model import (
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
    Student,
)
from examtui.model.candidates import Position
from examtui.model.exams import MarkingMode
from examtui.search.fold import fold
from examtui.selection.answers import distinct_values
from examtui.selection.catalogue import NO, YES, Kind, shown, type_of
from examtui.selection.seen import groups_seen, values_seen
from examtui.selection.tree import Criterion

MOST_PROPOSED = 500


@dataclass(frozen=True)
class Proposal:
    """A value to choose: what goes into the criterion, and the words that explain it where it says too little."""

    value: str
    label: str = ""


@use_case("criteria.values", Permission.READ_CANDIDATES)
def propose(actor: Actor, name: str, typed: str = "") -> list[Proposal]:
    """Return the values of the criterion ``name`` that hold all words ``typed``, at most 500, sorted.

    Classes, rooms, commissions, schools and centres are those of the actor's places; states, categories and groupes de
    décision those of the candidates whom it sees. A criterion of free text gives nothing but its word for a lack.

    Raises:
        InvalidInput: there is no such criterion.
    """
    entry = type_of(Criterion(name, ()))
    if entry.kind is Kind.YES_NO:
        return [Proposal(YES), Proposal(NO)]
    words = fold(typed).split()
    found: dict[str, Proposal] = {}
    if entry.none:
        found[entry.none] = Proposal(entry.none, _lack(entry.label))
    source = _SOURCES.get(entry.name)
    if source is not None:
        for value, label in source(actor.scope(Permission.READ_CANDIDATES)):
            if value and value not in found:
                found[value] = Proposal(value, label if label != value else "")
    kept = [
        proposal
        for proposal in found.values()
        if all(word in fold(f"{proposal.value} {proposal.label}") for word in words)
    ]
    lacks = [proposal for proposal in kept if proposal.value == entry.none]
    rest = sorted((proposal for proposal in kept if proposal.value != entry.none), key=lambda one: fold(one.value))
    return (rest + lacks)[:MOST_PROPOSED]


def _lack(label: str) -> str:
    return f"sans : {shown(label.lower())}"


Source = Callable[[Scope], Iterable[tuple[str, str]]]


def _fixed(*values: str) -> Source:
    return lambda _scope: [(value, "") for value in values]


def _column(column: Any) -> Source:
    return lambda scope: [(value, "") for value in values_seen(scope, column, distinct_values(column))]


def _groups(scope: Scope) -> Iterable[tuple[str, str]]:
    seen = groups_seen(scope)
    return [(row.label, "") for row in DecisionGroup.select() if row.id in seen]


def _specialities(_scope: Scope) -> Iterable[tuple[str, str]]:
    return [(row.code, row.label) for row in Speciality.select()]


def _sessions(_scope: Scope) -> Iterable[tuple[str, str]]:
    return [(row.label, row.title) for row in ExamSession.select(ExamSession, Exam).join(Exam)]


def _exams(_scope: Scope) -> Iterable[tuple[str, str]]:
    return [(row.code, row.label) for row in Exam.select()]


def _epreuves(_scope: Scope) -> Iterable[tuple[str, str]]:
    rows = list(Epreuve.select(Epreuve, Speciality).join(Speciality))
    codes = [row.code for row in rows]
    for row in rows:
        label = f"{row.label} ({row.speciality.code})"
        if codes.count(row.code) == 1:
            yield row.code, label
        else:
            yield f"{row.speciality.code}/{row.code}", label


def _schools(scope: Scope) -> Iterable[tuple[str, str]]:
    return [(row.uai, f"{row.name} {row.town}".strip()) for row in School.select().where(schools_within(scope))]


def _centres(scope: Scope) -> Iterable[tuple[str, str]]:
    rows: Any = Centre.select(School.uai, School.name).join(School).where(schools_within(scope)).distinct().tuples()
    return list(rows)


def _of_schools(column: Any) -> Source:
    def read(scope: Scope) -> Iterable[tuple[str, str]]:
        rows = column.model.select(column).join(School).where(schools_within(scope)).distinct().tuples()
        return [(row[0], "") for row in rows]

    return read


def _classes(scope: Scope) -> Iterable[tuple[str, str]]:
    for column in (Student.division, Registration.division):
        model: Any = column.model
        within = True if scope.everything else model.school.in_(School.select(School.id).where(schools_within(scope)))
        rows = model.select(column).where(within).distinct().tuples()
        yield from ((row[0], "") for row in rows)


_SOURCES: dict[str, Source] = {
    "état": _column(Registration.state),
    "spécialité": _specialities,
    "session": _sessions,
    "examen": _exams,
    "établissement": _schools,
    "classe": _classes,
    "catégorie": _column(Registration.category),
    "groupe": _groups,
    "notation": _fixed(*[mode.value for mode in MarkingMode]),
    "épreuve": _epreuves,
    "position": _fixed(*[position.value for position in Position]),
    "centre": _centres,
    "salle": _of_schools(Room.name),
    "commission": _of_schools(Commission.name),
}
