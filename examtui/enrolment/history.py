"""What was done to a candidate, for its card: corrections and imports, newest first, in the words of people."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import JOIN

from examtui.audit.changes import subject_type
from examtui.audit.told import Entry, Told, shown, tell, titles_of
from examtui.clock import local
from examtui.model import (
    Assignment,
    AuditEntry,
    AuditPayload,
    Base,
    Candidate,
    Centre,
    Epreuve,
    EpreuveRegistration,
    ImportReport,
    Registration,
    Student,
)
from examtui.rules.candidates import FIELD_LABELS

_MOST_HISTORY = 100


@dataclass(frozen=True)
class HistoryLine:
    """Something that was done: when (UTC), by whom, the use case, and (French field, before, after) of what changed."""

    at: datetime
    login: str
    action: str
    changes: tuple[tuple[str, str, str], ...]


def origin(candidate: Candidate) -> str:
    """Say which import made the candidate; empty where none did."""
    report: ImportReport | None = ImportReport.get_or_none(ImportReport.id == candidate.created_by_id)
    if report is None:
        return ""
    return f"{report.file_name}, importé le {local(report.at):%d/%m/%Y} par {report.login}"


def history_of(candidate_id: int) -> tuple[HistoryLine, ...]:
    """Return the newest entries about the candidate and what it holds, and about the imports that made any of it."""
    held = _held(candidate_id)
    made = _made_by_imports(held)
    entries = _entries({subject_type(model): [row.id for row in rows] for model, rows in held.items()}, list(made))
    payloads: list[Entry] = [
        (row.subject_type, row.subject_id, json.loads(row.body) if row.body else None) for row in entries
    ]
    return tuple(
        HistoryLine(row.at, row.login, row.action, made[row.subject_id] if _is_import(row) else _changes(told))
        for row, told in zip(entries, tell(payloads), strict=True)
    )


def _held(candidate_id: int) -> dict[type[Base], list[Any]]:
    """The records of the candidate, by model."""
    registrations = list(Registration.select().where(Registration.candidate == candidate_id))
    ids = [row.id for row in registrations]
    return {
        Candidate: list(Candidate.select().where(Candidate.id == candidate_id)),
        Student: list(Student.select().where(Student.candidate == candidate_id)),
        Registration: registrations,
        EpreuveRegistration: list(EpreuveRegistration.select().where(EpreuveRegistration.registration.in_(ids))),
        Assignment: list(Assignment.select().where(Assignment.registration.in_(ids))),
    }


def _entries(subjects: dict[str, list[int]], report_ids: list[int]) -> list[Any]:
    condition: Any = (AuditEntry.subject_type == subject_type(ImportReport)) & AuditEntry.subject_id.in_(report_ids)
    for kind, numbers in subjects.items():
        condition |= (AuditEntry.subject_type == kind) & AuditEntry.subject_id.in_(numbers)
    query: Any = (
        AuditEntry.select(AuditEntry, AuditPayload.body)
        .join(AuditPayload, JOIN.LEFT_OUTER)
        .where(condition)
        .order_by(AuditEntry.id.desc())
        .limit(_MOST_HISTORY)
        .objects()
    )
    return list(query)


def _is_import(row: Any) -> bool:
    return bool(row.subject_type == subject_type(ImportReport))


def _changes(told: Told) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (FIELD_LABELS[change.name], change.before, change.after)
        for change in told.changes
        if change.name in FIELD_LABELS and change.before != change.after
    )


def _made_by_imports(held: dict[type[Base], list[Any]]) -> dict[int, tuple[tuple[str, str, str], ...]]:
    """By import report, what it made of the candidate, as fields that had nothing before."""
    titles = titles_of(
        {
            Epreuve: {row.epreuve_id for model in (EpreuveRegistration, Assignment) for row in held[model]},
            Centre: {row.centre_id for row in held[Assignment]},
        }
    )
    made: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for model, rows in held.items():
        label, title = _MADE[model]
        for row in rows:
            if row.created_by_id is not None:
                made[row.created_by_id][label].append(title(row, titles))
    return {
        report_id: tuple((label, "", " ; ".join(sorted(listed))) for label, listed in fields.items())
        for report_id, fields in made.items()
    }


def _place(row: Any, titles: Any) -> str:
    when = f", {shown(row.date)}" if row.date else ""
    return f"{titles[Epreuve][row.epreuve_id]} : {titles[Centre][row.centre_id]}{when}"


_MADE: dict[type[Base], Any] = {
    Candidate: ("fiche", lambda row, _titles: f"{row.family_name} {row.first_names}"),
    Student: ("élève", lambda row, _titles: row.division or "sans classe"),
    Registration: ("candidature", lambda row, _titles: row.title),
    EpreuveRegistration: ("épreuves", lambda row, titles: titles[Epreuve][row.epreuve_id]),
    Assignment: ("affectations", _place),
}
"""What each kind of record is called in the line of the import that made it, and its title."""
