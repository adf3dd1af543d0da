"""The table of assignments (FORMATS.md, «Our own tables»): candidates to centres, dates, rooms and commissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.candidatures import Candidatures, RegistrationRow
from examtui.imports.changes import Changes, RecordChange
from examtui.imports.clashes import Clashes
from examtui.imports.engine import Context
from examtui.imports.exam_index import no_epreuve, several_epreuves
from examtui.imports.people_index import CandidateRow, SchoolIndex, chunks, no_school, subject_of
from examtui.imports.problems import Problems, joined
from examtui.imports.registrations import epreuves_held
from examtui.imports.tables import Column, Row, TableImporter
from examtui.model import Assignment, Centre, Commission, Epreuve, Room, School
from examtui.model.exams import Nature
from examtui.rules.epreuves import centre_function, schedule_faults
from examtui.rules.sittings import period_fault, position_fault

_WHEN = ("date", "start_time", "end_time")
_STORED = ("centre_id", *_WHEN, "room_id", "commission_id")


class AssignmentImporter(TableImporter):
    """Where and when candidates sit their épreuves; commissions are made on the way."""

    kind = "assignments"
    title = "des affectations"
    permission = Permission.IMPORT_CANDIDATES
    tables = (Commission, Assignment)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("N° Candidat", "number", fields.candidate_number, True, "01843006787"),
        Column("Session", "session", fields.text, True, "BGT 2021"),
        Column("Spécialité", "speciality", example="BCG"),
        Column("Code épreuve", "code", fields.text, True, "C001C"),
        Column("Libellé épreuve", "label"),
        Column("UAI centre", "uai", fields.uai, True, "0310038Y"),
        Column("Date", "date", fields.day, example="15/03/2021"),
        Column("Heure de début", "start_time", fields.hour, example="08:00"),
        Column("Heure de fin", "end_time", fields.hour, example="10:00"),
        Column("Salle", "room", example="205"),
        Column("Commission", "commission", example="3GHG"),
    )

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Compare with the assignments of these candidatures."""
        return _Planner(self, rows, context, problems).plan()


class _Planner:
    def __init__(self, importer: AssignmentImporter, rows: list[Row], context: Context, problems: Problems) -> None:
        self._importer = importer
        self._rows = rows
        self._problems = problems
        self._candidatures = Candidatures.read(rows, context.scope, problems)
        self._positions = epreuves_held(self._candidatures)
        self._schools = SchoolIndex(context.scope)
        by_id = {school.id: school for school in self._schools.by_uai.values()}
        centres = [row for row in Centre.select() if row.school_id in by_id]
        rooms = [row for row in Room.select() if row.school_id in by_id]
        commissions = [row for row in Commission.select() if row.school_id in by_id]
        self._centres = {(row.school_id, row.function): row for row in centres}
        self._rooms = {(row.school_id, row.name.casefold()): row.id for row in rooms}
        self._commissions: dict[tuple[int, str], Any] = {
            (row.school_id, row.name.casefold()): row.id for row in commissions
        }
        labels = {**importer.labels, "centre_id": "Centre", "room_id": "Salle", "commission_id": "Commission"}
        titles: Mapping[str, Mapping[int, str]] = {
            "centre_id": {row.id: by_id[row.school_id].uai for row in centres},
            "room_id": {row.id: row.name for row in rooms},
            "commission_id": {row.id: row.name for row in commissions},
        }
        self._changes = Changes(problems, labels, titles=titles)
        self._held = _assignments_of(self._candidatures)
        self._clashes = Clashes(self._candidatures, self._held)

    def plan(self) -> Changes:
        """Plan every row, then tell who would be in two places at once."""
        seen: dict[tuple[int, int], int] = {}
        for row in self._rows:
            self._plan_row(row, seen)
        self._candidatures.repeated.tell(self._problems)
        self._clashes.tell()
        self._changes.warn_of_kept()
        return self._changes

    def _plan_row(self, row: Row, seen: dict[tuple[int, int], int]) -> None:
        found = self._candidatures.of(row)
        if found is None:
            return
        candidate, mine = found
        pairs = self._epreuves(row, candidate, mine)
        school = self._school(row)
        if not pairs or school is None:
            return
        first = seen.setdefault((pairs[0][0]["id"], pairs[0][1].id), row.line)
        if first != row.line:
            fault = Fault(f"cette affectation est déjà à la ligne {first}", "gardez une seule des deux lignes")
            self._candidatures.error(row, candidate, fault, "Code épreuve")
            return
        planned = [self._values(row, candidate, registration, epreuve, school) for registration, epreuve in pairs]
        if any(values is None for values in planned):
            return
        done = [
            self._assign(row, candidate, registration, epreuve, values)
            for (registration, epreuve), values in zip(pairs, planned, strict=True)
            if values is not None
        ]
        self._changes.settle(*done)

    def _epreuves(
        self, row: Row, candidate: CandidateRow, mine: list[RegistrationRow]
    ) -> list[tuple[RegistrationRow, Epreuve]]:
        """Return the épreuve of the row with its candidature; the two halves of one (HLP) are sat together."""
        index = self._candidatures.index
        named = [
            (registration, epreuve)
            for registration in mine
            for epreuve in index.epreuves([registration["speciality_id"]], row["code"], row["label"])
        ]
        if not named:
            where = self._candidatures.where(mine[0])
            fault = no_epreuve(row["code"], row["label"], where)
            self._candidatures.repeated.add("Code épreuve", f"{where}/{row['code']}/{row['label']}", row.line, fault)
            return []
        held = [pair for pair in named if (pair[0]["id"], pair[1].id) in self._positions]
        if not held:
            fault = Fault(
                f"ce candidat n'est pas inscrit à l'épreuve {named[0][1].title}",
                "importez d'abord les inscriptions aux épreuves («examtui import registrations»)",
            )
            self._candidatures.error(row, candidate, fault, "Code épreuve")
            return []
        if len(held) > 1 and not (len(held) == 2 and held[0][1].twin_id == held[1][1].id):
            self._candidatures.error(
                row, candidate, several_epreuves(row["code"], [pair[1] for pair in held]), "Code épreuve"
            )
            return []
        return held

    def _school(self, row: Row) -> School | None:
        school = self._schools.get(row["uai"])
        if school is None:
            self._candidatures.repeated.add("UAI centre", row["uai"], row.line, no_school(row["uai"]))
        return school

    def _values(
        self, row: Row, candidate: CandidateRow, registration: RegistrationRow, epreuve: Epreuve, school: School
    ) -> dict[str, Any] | None:
        function = centre_function(Nature(epreuve.nature))
        centre = self._centres.get((school.id, function.value))
        if centre is None:
            served = joined([f"«{name}»" for owner, name in self._centres if owner == school.id]) or "aucune fonction"
            fault = Fault(
                f"{school.name} n'est pas centre de fonction «{function}», celle de cette épreuve (il a {served})",
                "ajoutez-lui cette fonction («examtui import centres» ou l'écran des centres), ou changez l'UAI",
            )
            self._candidatures.repeated.add("UAI centre", f"{school.uai}/{function}", row.line, fault)
            return None
        values = {"centre_id": centre.id, **self._importer.given(row, _WHEN)}
        held = self._held.get((registration["id"], epreuve.id), {})
        start, end = (values.get(name) or held.get(name) for name in ("start_time", "end_time"))
        faults = list(schedule_faults(None, None, start, end))
        titles = {column.name: column.title for column in AssignmentImporter.columns}
        for name, fault in faults:
            self._candidatures.error(row, candidate, fault, titles[name])
        if row["room"]:
            values["room_id"] = self._rooms.get((school.id, row["room"].casefold()))
            if values["room_id"] is None:
                fault = Fault(
                    f"la salle «{fields.echo(row['room'])}» n'existe pas dans {school.name} ({school.uai})",
                    "importez d'abord les salles («examtui import rooms»), ou créez-la à l'écran",
                )
                self._candidatures.repeated.add("Salle", f"{school.uai}/{row['room']}", row.line, fault)
                return None
        if row["commission"]:
            values["commission_id"] = self._commission(school, row)
        self._warn(row, candidate, registration, epreuve)
        return None if faults else values

    def _commission(self, school: School, row: Row) -> Any:
        place = (school.id, row["commission"].casefold())
        if place not in self._commissions:
            subject = f"Commission {row['commission']} ({school.uai})"
            values = {"school_id": school.id, "name": row["commission"]}
            self._commissions[place] = self._changes.create(Commission, subject, row.line, values)
        return self._commissions[place]

    def _warn(self, row: Row, candidate: CandidateRow, registration: RegistrationRow, epreuve: Epreuve) -> None:
        position = self._positions[registration["id"], epreuve.id]["position"]
        fault = position_fault(epreuve.title, position)
        if fault is not None:
            self._candidatures.warn(row, candidate, fault, "Code épreuve")
        fault = period_fault(epreuve.title, epreuve.start_date, epreuve.end_date, row["date"])
        if fault is not None:
            self._candidatures.warn(row, candidate, fault, "Date")

    def _assign(
        self,
        row: Row,
        candidate: CandidateRow,
        registration: RegistrationRow,
        epreuve: Epreuve,
        values: dict[str, Any],
    ) -> RecordChange | None:
        held = self._held.get((registration["id"], epreuve.id))
        subject = f"{subject_of(candidate)}, {epreuve.title}"
        if held is None:
            created = {"registration_id": registration["id"], "epreuve_id": epreuve.id, **values}
            change: RecordChange | None = self._changes.create(Assignment, subject, row.line, created)
        else:
            change = self._changes.merge(Assignment, held, subject, row.line, values)
            if change is not None and change.before is not None and "centre_id" in change.after:
                # A room or commission of the former centre would send the candidate to a place that is not there.
                for name in ("room_id", "commission_id"):
                    if name not in change.after and held[name] is not None:
                        change.before[name], change.after[name] = held[name], None
        after = {**(held or {}), **(change.after if change is not None else {})}
        self._clashes.add(row, candidate, registration["id"], epreuve, {name: after.get(name) for name in _STORED})
        return change


def _assignments_of(candidatures: Candidatures) -> dict[tuple[int, int], dict[str, Any]]:
    ids = [registration["id"] for rows in candidatures.registrations.values() for registration in rows]
    columns = ("id", "registration_id", "epreuve_id", *_STORED)
    selected = [Assignment._meta.columns[name] for name in columns]
    held: dict[tuple[int, int], dict[str, Any]] = {}
    for part in chunks(ids):
        query: Any = Assignment.select(*selected).where(Assignment.registration.in_(part)).tuples()
        for values in query:
            held[values[1], values[2]] = dict(zip(columns, values, strict=True))
    return held
