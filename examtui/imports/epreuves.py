"""The table of épreuves (FORMATS.md, «Our own tables»): makes exams, sessions and specialities on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.changes import Changes, RecordChange
from examtui.imports.engine import Context
from examtui.imports.exam_index import ExamIndex, key, year_in
from examtui.imports.problems import Problems, joined
from examtui.imports.tables import Column, Row, TableImporter
from examtui.model import Epreuve, Exam, ExamSession, Speciality
from examtui.model.exams import Form, Nature
from examtui.rules.epreuves import LONGEST_MINUTES, measure_faults, schedule_faults, twin_fault

_CODE_AND_LABEL = re.compile(r"(?P<code>\w*[0-9]\w*)\s*[ ,:;–-]\s*(?P<label>.+)")
_EXAM_CODE_LENGTH = 16

_nature = fields.one_of(
    {"ponctuelle": Nature.PONCTUELLE.value, "ec": Nature.EC.value, "e3c": Nature.EC.value, "ece": Nature.ECE.value},
    "écrivez «ponctuelle», «EC» ou «ECE»",
)
_form = fields.one_of(
    {"ecrit": Form.WRITTEN.value, "ecrite": Form.WRITTEN.value, "oral": Form.ORAL.value, "orale": Form.ORAL.value}
    | {"pratique": Form.PRACTICAL.value},
    "écrivez «écrit», «oral» ou «pratique»",
)
_MEASURED = ("coefficient", "scale", "duration")
_SCHEDULED = ("start_date", "end_date", "start_time", "end_time")
_STORED = ("nature", "form", "discipline", *_MEASURED, *_SCHEDULED, "organisable")
_AMBIGUOUS = object()


@dataclass(slots=True)
class _Entry:
    """An épreuve of the file: its row, its session (id or new record), the record held and what changes of it."""

    row: Row
    session: Any
    speciality: Any
    title: str
    held: dict[str, Any] | None
    change: RecordChange | None


class EpreuveImporter(TableImporter):
    """The table of épreuves."""

    kind = "epreuves"
    title = "des épreuves"
    permission = Permission.IMPORT_EXAMS
    tables = (Exam, ExamSession, Speciality, Epreuve)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("Session", "session", fields.text, True, "BGT 2021"),
        Column("Examen", "exam", fields.text, True, "470 BCG"),
        Column("Spécialité", "speciality", fields.text, True, "BCG"),
        Column("Libellé spécialité", "speciality_label", example="BACCALAUREAT GENERAL"),
        Column("Code épreuve", "code", fields.text, True, "C001C"),
        Column("Libellé épreuve", "label", fields.text, True, "Histoire-géographie 3ème éval"),
        Column("Nature", "nature", _nature, True, "EC", hint="(ponctuelle, EC, ECE)"),
        Column("Forme", "form", _form, True, "écrit", hint="(écrit, oral, pratique)"),
        Column("Discipline", "discipline", example="HISTOIRE GEOGRAPHIE"),
        Column("Coefficient", "coefficient", fields.decimal_of(9999), example="2,5"),
        Column("Barème", "scale", fields.decimal_of(9999), example="20"),
        Column("Durée (min)", "duration", fields.number_of(1, LONGEST_MINUTES), example="120", aliases=("Durée",)),
        Column("Date de début", "start_date", fields.day, example="15/03/2021"),
        Column("Date de fin", "end_date", fields.day, example="19/03/2021"),
        Column("Heure de début", "start_time", fields.hour, example="08:00"),
        Column("Heure de fin", "end_time", fields.hour, example="10:00"),
        Column("Organisable", "organisable", fields.yes_no, example="O", hint="(O/N)"),
        Column("Épreuve liée", "twin"),
    )

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:  # noqa: ARG002
        """Compare with all exams: they belong to no academy."""
        return _Planner(self, rows, problems).plan()


class _Planner:
    """Plans the rows of one file."""

    def __init__(self, importer: EpreuveImporter, rows: list[Row], problems: Problems) -> None:
        self._importer = importer
        self._rows = rows
        self._problems = problems
        self._changes = Changes(problems, {**importer.labels, "twin_id": "Épreuve liée"})
        self._index = ExamIndex()
        self._exams: dict[str, Any] = {}
        self._exam_labels: dict[Any, str] = {}
        self._sessions: dict[tuple[Any, str], Any] = {
            (row.exam_id, key(row.label)): row.id for row in self._index.sessions
        }
        self._specialities: dict[tuple[Any, str], Any] = {
            (row.session_id, key(row.code)): row.id for row in self._index.specialities
        }
        self._held_specialities = {row.id: row for row in self._index.specialities}
        self._touched_specialities: dict[Any, RecordChange | None] = {}
        self._held: dict[Any, dict[tuple[str, str], dict[str, Any]]] = {}
        for row in self._index.exams:
            for name in (row["code"], f"{row['code']} {row['label']}", row["label"]):
                known = self._exams.get(key(name))
                self._exams[key(name)] = row["id"] if known in (None, row["id"]) else _AMBIGUOUS
            self._exam_labels[row["id"]] = f"{row['code']} {row['label']}"

    def plan(self) -> Changes:
        """Plan every row, then the links, then count."""
        seen: dict[tuple[Any, str, str], int] = {}
        entries = []
        for row in self._rows:
            entry = self._entry(row, seen)
            if entry is not None:
                entries.append(entry)
        self._link(entries)
        for entry in entries:
            self._changes.settle(entry.change, self._touched_specialities.get(entry.speciality))
        self._changes.warn_of_kept()
        return self._changes

    def _error(self, row: Row, field: str, fault: Fault) -> None:
        subject = row["code"] or ""
        self._problems.error(fault, line=row.line, subject=subject, field=field)

    def _entry(self, row: Row, seen: dict[tuple[Any, str, str], int]) -> _Entry | None:
        exam = self._exam(row)
        session = self._session(row, exam) if exam is not None else None
        if session is None:
            return None
        speciality = self._speciality(row, session)
        name = (key(row["code"]), key(row["label"]))
        first = seen.setdefault((speciality, *name), row.line)
        if first != row.line:
            self._error(
                row,
                "Code épreuve",
                Fault(f"cette épreuve est déjà à la ligne {first}", "gardez une seule ligne, ou changez le libellé"),
            )
            return None
        held = self._epreuves_held(speciality).get(name)
        title = f"{row['code']}, {row['label']}"
        values = self._importer.given(row, _STORED)
        if not self._is_possible(row, held, values):
            return None
        if held is None:
            values = {"speciality_id": speciality, "code": row["code"], "label": row["label"], **values}
        change = self._changes.merge(Epreuve, held, title, row.line, values)
        return _Entry(row, session, speciality, title, held, change)

    def _is_possible(self, row: Row, held: dict[str, Any] | None, values: dict[str, Any]) -> bool:
        """Check dates, hours and numbers as they would stand: a blank of the file keeps what is held."""
        after = {name: (held or {}).get(name) if values.get(name) is None else values[name] for name in _STORED}
        faults = [
            *measure_faults(*(after[name] for name in _MEASURED)),
            *schedule_faults(*(after[name] for name in _SCHEDULED)),
        ]
        titles = {column.name: column.title for column in EpreuveImporter.columns}
        for name, fault in faults:
            self._error(row, titles[name], fault)
        return not faults

    def _exam(self, row: Row) -> Any:
        text = row["exam"]
        found = self._exams.get(key(text))
        parts = _CODE_AND_LABEL.fullmatch(text)
        code, label = (parts["code"], parts["label"].strip()) if parts else (text, text)
        if found is _AMBIGUOUS:
            self._error(
                row,
                "Examen",
                Fault(f"«{fields.echo(text)}» désigne plusieurs examens", "écrivez le code et le nom, «470 BCG»"),
            )
            return None
        if found is not None:
            return found
        if len(code) > _EXAM_CODE_LENGTH:
            self._error(
                row,
                "Examen",
                Fault(f"le code de l'examen a plus de {_EXAM_CODE_LENGTH} lettres", "écrivez par exemple «470 BCG»"),
            )
            return None
        other = self._exams.get(key(code))
        if other is not None:
            known = self._exam_labels.get(other, "autrement")
            self._error(
                row,
                "Examen",
                Fault(
                    f"l'examen «{fields.echo(code)}» est déjà enregistré sous le nom «{known}»",
                    "écrivez ce nom, ou corrigez-le sur l'écran des sessions",
                ),
            )
            return None
        record = self._changes.create(Exam, f"Examen {text}", row.line, {"code": code, "label": label})
        for name in (code, label, text):
            self._exams.setdefault(key(name), record)
        self._exam_labels[record] = f"{code} {label}"
        return record

    def _session(self, row: Row, exam: Any) -> Any:
        text = row["session"]
        found = self._sessions.get((exam, key(text)))
        if found is not None:
            return found
        year = year_in(text)
        if year is None:
            self._error(
                row,
                "Session",
                Fault(f"la session «{fields.echo(text)}» ne dit pas son année", "écrivez-la, par exemple «BGT 2021»"),
            )
            return None
        values = {"exam_id": exam, "year": year, "label": text}
        record = self._changes.create(ExamSession, f"Session {text}", row.line, values)
        self._sessions[exam, key(text)] = record
        return record

    def _speciality(self, row: Row, session: Any) -> Any:
        place = (session, key(row["speciality"]))
        label = row["speciality_label"] or ""
        found = self._specialities.get(place)
        if found is None:
            values = {"exam_session_id": session, "code": row["speciality"], "label": label}
            found = self._changes.create(Speciality, f"Spécialité {row['speciality']}", row.line, values)
            self._specialities[place] = found
        elif isinstance(found, RecordChange):
            found.after["label"] = found.after["label"] or label
        elif label and found not in self._touched_specialities:
            held = self._held_specialities[found]
            existing = {"id": held.id, "label": held.label}
            self._touched_specialities[found] = self._changes.merge(
                Speciality, existing, f"Spécialité {held.code}", row.line, {"label": label}
            )
        return found

    def _epreuves_held(self, speciality: Any) -> dict[tuple[str, str], dict[str, Any]]:
        if isinstance(speciality, RecordChange):
            return {}
        held = self._held.get(speciality)
        if held is None:
            held = self._held[speciality] = {
                (key(epreuve.code), key(epreuve.label)): {
                    name: epreuve.__data__[name] for name in ("id", "code", "label", *_STORED)
                }
                | {"twin_id": epreuve.twin_id}
                for epreuve in self._index.epreuves_of(speciality)
            }
        return held

    def _link(self, entries: list[_Entry]) -> None:
        """Make each épreuve and the one that its row names twins of one another."""
        wanted: dict[int, _Entry] = {}
        by_session: dict[Any, list[_Entry]] = {}
        for entry in entries:
            by_session.setdefault(entry.session, []).append(entry)
        if any(entry.row["twin"] for entry in entries):
            for session, group in by_session.items():
                group += self._others_held(session, group)
        for number, entry in enumerate(entries):
            if entry.row["twin"]:
                twin = self._twin(entry, by_session[entry.session])
                if twin is not None:
                    wanted[number] = twin
        partner: dict[int, tuple[_Entry, _Entry]] = {}
        for number, twin in wanted.items():
            entry = entries[number]
            for one, other in ((entry, twin), (twin, entry)):
                _, known = partner.setdefault(id(one), (one, other))
                if known is not other:
                    self._error(
                        entry.row,
                        "Épreuve liée",
                        Fault(
                            f"{one.title} est déjà liée à {known.title} par ce fichier",
                            "une épreuve n'est liée qu'à une autre, corrigez l'une des lignes",
                        ),
                    )
                    return
        for one, other in partner.values():
            self._set_twin(one, other)

    def _others_held(self, session: Any, entries: list[_Entry]) -> list[_Entry]:
        """Return the épreuves of a held session that the file does not speak of: they may be the other half of one."""
        if isinstance(session, RecordChange):
            return []
        spoken = {entry.held["id"] for entry in entries if entry.held is not None}
        return [
            _Entry(
                Row(0, {"code": held["code"], "label": held["label"], "twin": None}),
                session,
                speciality.id,
                f"{held['code']}, {held['label']}",
                held,
                None,
            )
            for speciality in self._index.specialities_of(session)
            for held in self._epreuves_held(speciality.id).values()
            if held["id"] not in spoken
        ]

    def _twin(self, entry: _Entry, others: list[_Entry]) -> _Entry | None:
        text = key(entry.row["twin"])
        near = [other for other in others if other is not entry and other.speciality == entry.speciality]
        for group in (near, [other for other in others if other is not entry]):
            for name in ("title", "label", "code"):
                found = [other for other in group if key(other.title if name == "title" else other.row[name]) == text]
                if len(found) == 1:
                    return found[0]
                if found:
                    titles = joined([f"«{other.title}»" for other in found[:4]])
                    self._error(
                        entry.row,
                        "Épreuve liée",
                        Fault(f"plusieurs épreuves s'appellent ainsi ({titles})", "écrivez le code et le libellé"),
                    )
                    return None
        fault = twin_fault(
            same_epreuve=text in (key(entry.title), key(entry.row["label"])), same_session=True, other_has_twin=False
        )
        self._error(
            entry.row,
            "Épreuve liée",
            fault
            or Fault(
                f"«{fields.echo(entry.row['twin'])}» n'est pas une autre épreuve de cette session",
                "écrivez son code et son libellé, par exemple «C009, partie philo»",
            ),
        )
        return None

    def _set_twin(self, entry: _Entry, twin: _Entry) -> None:
        target = twin.held["id"] if twin.held is not None else twin.change
        held = entry.held
        if held is None and entry.change is not None:
            entry.change.after["twin_id"] = target
            return
        if held is None or held["twin_id"] == target:
            return
        if held["twin_id"] is not None:
            fault = twin_fault(same_epreuve=False, same_session=True, other_has_twin=True)
            if fault is not None:
                self._error(
                    entry.row, "Épreuve liée", replace(fault, reason=f"{entry.title} est déjà liée à une autre")
                )
            return
        if entry.change is None:
            entry.change = RecordChange(Epreuve, entry.title, entry.row.line or None, {}, {}, held["id"])
            self._changes.records.append(entry.change)
        if entry.change.before is not None:
            entry.change.before["twin_id"] = None
        entry.change.after["twin_id"] = target
