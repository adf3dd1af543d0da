"""Telling in French what an entry of the audit log changed: names of records in place of their numbers, French dates.

A number is told as the record that it points to now; one that is gone keeps its number. Titles are read in one query
for each kind of record, however many entries are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from peewee import DateField, DateTimeField, DecimalField, Field, ForeignKeyField, TimeField, chunked

from examtui.audit.changes import subject_type
from examtui.audit.labels import field_label, subject_label
from examtui.clock import local
from examtui.model import (
    ALL_MODELS,
    Academy,
    Assignment,
    Base,
    Candidate,
    Centre,
    Commission,
    DecisionGroup,
    Delegation,
    Epreuve,
    EpreuveRegistration,
    Exam,
    ExamSession,
    ImportReport,
    Registration,
    Room,
    SavedSelection,
    School,
    ServiceWindow,
    Speciality,
    Student,
    User,
)

_IDS_AT_ONCE = 500
_MODELS: dict[str, type[Base]] = {subject_type(model): model for model in ALL_MODELS}


@dataclass(frozen=True)
class FieldChange:
    """A field that changed: its name in the code and in French, its values before and after, empty for none."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An entry in French: the record that it is about (empty for none), the fields that changed, other details.

    A detail (the file of an import, the name of a service) has its value in ``after``.
    """

    subject: str
    changes: tuple[FieldChange, ...]
    details: tuple[FieldChange, ...]


Entry = tuple[str, int | None, Mapping[str, Any] | None]
"""What an entry holds: the kind and number of its record, and its payload, None where it was purged."""


def tell(entries: Sequence[Entry]) -> list[Told]:
    """Tell these entries, in their order."""
    titles = titles_of(_pointed_at(entries))
    return [_told(entry, titles) for entry in entries]


Titles = Mapping[type[Base], Mapping[int, str]]


def titles_of(wanted: Mapping[type[Base], Iterable[int]]) -> Titles:
    """Return how records are called, by model and number; those that are gone are left out."""
    titles: dict[type[Base], dict[int, str]] = {}
    for model, ids in wanted.items():
        if model in _NAMES:
            query, title = _NAMES[model]
            parts = chunked(sorted(set(ids)), _IDS_AT_ONCE)
            titles[model] = {row.id: title(row) for part in parts for row in query().where(model.id.in_(part))}
    return titles


def shown(value: Any) -> str:
    """Return a value as French readers write it; nothing for an absent one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, list | tuple):
        return ", ".join(shown(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{field_label(name)} {shown(part) or '(vide)'}" for name, part in value.items())
    return str(value)


def _pointed_at(entries: Iterable[Entry]) -> dict[type[Base], set[int]]:
    """The records that entries are about, and those that their values name."""
    wanted: dict[type[Base], set[int]] = defaultdict(set)
    for kind, number, payload in entries:
        if kind in _MODELS and number is not None:
            wanted[_MODELS[kind]].add(number)
        for values in _sides(payload):
            for name, value in values.items():
                field = _field(kind, name)
                if isinstance(field, ForeignKeyField) and isinstance(value, int):
                    wanted[field.rel_model].add(value)
    return wanted


def _sides(payload: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    held = payload or {}
    return held.get("before") or {}, held.get("after") or {}


def _told(entry: Entry, titles: Titles) -> Told:
    kind, number, payload = entry
    before, after = _sides(payload)
    changes = tuple(
        FieldChange(
            name,
            field_label(name),
            _value(kind, name, before.get(name), titles),
            _value(kind, name, after.get(name), titles),
        )
        for name in {**before, **after}
        if name not in before or name not in after or before[name] != after[name]
    )
    details = tuple(
        FieldChange(name, field_label(name), "", _value(kind, name, value, titles))
        for name, value in (payload or {}).items()
        if name not in ("before", "after")
    )
    return Told(_subject(kind, number, titles), changes, details)


def _subject(kind: str, number: int | None, titles: Titles) -> str:
    if not kind:
        return ""
    if number is None:
        return subject_label(kind)
    title = titles.get(_MODELS[kind], {}).get(number) if kind in _MODELS else None
    return f"{subject_label(kind)} {title or f'n° {number}'}"


def _field(kind: str, name: str) -> Field[Any] | None:
    """The field that a name of an entry stands for: imports write columns (``school_id``), forms fields."""
    model: Any = _MODELS.get(kind)
    if model is None:
        return None
    field: Field[Any] | None = model._meta.fields.get(name) or model._meta.columns.get(name)
    return field


def _value(kind: str, name: str, value: Any, titles: Titles) -> str:
    field = _field(kind, name)
    if isinstance(field, ForeignKeyField) and isinstance(value, int):
        return titles.get(field.rel_model, {}).get(value) or f"n° {value}"
    return shown(_typed(field, value))


def _typed(field: Field[Any] | None, value: Any) -> Any:
    """The value as it was before it was written as JSON; one that cannot be it as it stands."""
    if not isinstance(value, str):
        return value
    try:
        if isinstance(field, DateTimeField):
            return local(datetime.fromisoformat(value))
        if isinstance(field, DateField):
            return date.fromisoformat(value)
        if isinstance(field, TimeField):
            return time.fromisoformat(value)
        if isinstance(field, DecimalField):
            return Decimal(value)
    except (ValueError, InvalidOperation):
        return value
    return value


def _school(school: Any) -> str:
    return f"{school.name} ({school.uai})"


def _centre(centre: Any) -> str:
    return f"{_school(centre.school)}, {centre.function}"


def _person(candidate: Any) -> str:
    return f"{candidate.family_name} {candidate.first_names}"


def _candidature(registration: Any) -> str:
    return f"{_person(registration.candidate)}, {registration.title}"


def _of_candidature(model: Any) -> Callable[[], Any]:
    """The query of what a candidature holds for an épreuve."""
    return lambda: (
        model.select(model, Registration, Candidate, Epreuve)
        .join(Registration)
        .join(Candidate)
        .switch(model)
        .join(Epreuve)
    )


def _of_candidature_title(row: Any) -> str:
    return f"{row.epreuve.title}, {_person(row.registration.candidate)}"


_NAMES: dict[type[Base], tuple[Callable[[], Any], Callable[[Any], str]]] = {
    Academy: (Academy.select, lambda row: row.name),
    School: (School.select, _school),
    Centre: (lambda: Centre.select(Centre, School).join(School), _centre),
    Room: (Room.select, lambda row: row.name),
    Commission: (Commission.select, lambda row: row.name),
    Exam: (Exam.select, lambda row: f"{row.code}, {row.label}"),
    ExamSession: (lambda: ExamSession.select(ExamSession, Exam).join(Exam), lambda row: row.title),
    Speciality: (Speciality.select, lambda row: row.title),
    Epreuve: (Epreuve.select, lambda row: row.title),
    DecisionGroup: (DecisionGroup.select, lambda row: row.label),
    User: (User.select, lambda row: row.login),
    ImportReport: (ImportReport.select, lambda row: row.file_name),
    SavedSelection: (SavedSelection.select, lambda row: row.name),
    Candidate: (Candidate.select, _person),
    Student: (lambda: Student.select(Student, Candidate).join(Candidate), lambda row: _person(row.candidate)),
    Registration: (lambda: Registration.select(Registration, Candidate).join(Candidate), _candidature),
    EpreuveRegistration: (_of_candidature(EpreuveRegistration), _of_candidature_title),
    Assignment: (_of_candidature(Assignment), _of_candidature_title),
    Delegation: (
        lambda: (
            Delegation.select(Delegation, Centre, School, Epreuve)
            .join(Centre)
            .join(School)
            .switch(Delegation)
            .join(Epreuve)
        ),
        lambda row: f"{row.epreuve.title}, {row.centre.school.name}",
    ),
    ServiceWindow: (ServiceWindow.select, lambda row: row.kind),
}
"""How each kind of record is read with what its title needs, and its title."""
