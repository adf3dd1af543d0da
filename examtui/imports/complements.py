"""The table of complements (FORMATS.md): mails, accommodations, and what only the manager may change.

A school fills mails, extra time and accommodations of its own pupils; red list, decision group and replacement session
are the manager's (PRODUCT.md, roles).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.identifiers import Fault, ine_fault, tidy
from examtui.imports import fields
from examtui.imports.changes import Changes, RecordChange
from examtui.imports.engine import Context
from examtui.imports.exam_index import ExamIndex, key
from examtui.imports.people_index import (
    CandidateRow,
    candidates_by,
    candidates_within,
    no_candidate,
    registrations_of,
    subject_of,
)
from examtui.imports.problems import Problems
from examtui.imports.repeated import RepeatedFaults
from examtui.imports.tables import Column, Row, TableImporter
from examtui.model import Candidate, DecisionGroup, Registration

_OF_CANDIDATE = ("email", "guardian_emails", "red_list", "extra_time", "accommodations")
_OF_MANAGER = ("red_list", "decision_group", "replacement")


def identifier(cell: str) -> str | fields.Mended:
    """A n° candidat, or an INE."""
    value = tidy(cell)
    if ine_fault(value) is None:
        return value
    if not value.isdigit():
        raise fields.BadCell(
            f"«{fields.echo(cell)}» n'est ni un numéro de candidat ni un INE",
            "écrivez les 11 chiffres du numéro, ou les 11 caractères de l'INE",
        )
    return fields.candidate_number(cell)


class ComplementImporter(TableImporter):
    """Complements of candidates who are there already."""

    kind = "complements"
    title = "des compléments"
    permission = Permission.IMPORT_COMPLEMENTS
    tables = (DecisionGroup, Candidate, Registration)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("N° Candidat ou INE", "identifier", identifier, True, "01843006787"),
        Column("Mail", "email", fields.email, example="ludivine@exemple.fr"),
        Column(
            "Mails des responsables", "guardian_emails", fields.emails, example="claire@exemple.fr, nils@exemple.fr"
        ),
        Column("Liste rouge", "red_list", fields.yes_no, example="N", hint="(O/N)"),
        Column("Temps majoré (%)", "extra_time", fields.percent, example="33", aliases=("Temps majoré",)),
        Column("Aménagements", "accommodations", fields.note, example="Secrétaire lecteur"),
        Column("Groupe de décision", "decision_group", example="Jury 1"),
        Column("Session de remplacement", "replacement", fields.yes_no, example="N", hint="(O/N)"),
    )

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Compare with the candidates of the user's places."""
        return _Planner(self, rows, context, problems).plan()


class _Planner:
    def __init__(self, importer: ComplementImporter, rows: list[Row], context: Context, problems: Problems) -> None:
        self._importer = importer
        self._rows = rows
        self._scope = context.scope
        self._problems = problems
        self._repeated = RepeatedFaults()
        within = candidates_within(context.scope)
        identifiers = [row["identifier"] for row in rows]
        self._people: Mapping[str, list[CandidateRow]] = {
            **candidates_by("ine", [name for name in identifiers if not name.isdigit()], within),
            **candidates_by("number", [name for name in identifiers if name.isdigit()], within),
        }
        wanted = rows if any(row["decision_group"] or row["replacement"] is not None for row in rows) else []
        self._registrations = registrations_of(
            held["id"] for row in wanted for held in self._people.get(row["identifier"], ())
        )
        self._index = ExamIndex()
        groups = list(DecisionGroup.select())
        self._groups: dict[tuple[int, str], Any] = {(row.exam_session_id, key(row.label)): row.id for row in groups}
        labels = {**importer.labels, "decision_group_id": "Groupe de décision"}
        self._changes = Changes(problems, labels, titles={"decision_group_id": {row.id: row.label for row in groups}})

    def plan(self) -> Changes:
        """Plan every row."""
        seen: dict[int, int] = {}
        for row in self._rows:
            candidate = self._candidate(row)
            if candidate is None:
                continue
            first = seen.setdefault(candidate["id"], row.line)
            if first != row.line:
                fault = Fault(f"ce candidat est déjà à la ligne {first}", "gardez une seule des deux lignes")
                self._problems.error(fault, line=row.line, subject=subject_of(candidate), field="N° Candidat ou INE")
                continue
            if not self._is_allowed(row, candidate):
                continue
            values = self._importer.given(row, _OF_CANDIDATE)
            change = self._changes.merge(Candidate, candidate, subject_of(candidate), row.line, values)
            self._changes.settle(change, self._status(row, candidate))
        self._repeated.tell(self._problems)
        self._changes.warn_of_kept()
        return self._changes

    def _candidate(self, row: Row) -> CandidateRow | None:
        found = self._people.get(row["identifier"], [])
        if len(found) == 1:
            return found[0]
        fault = no_candidate(row["identifier"])
        if found:
            fault = Fault(f"{len(found)} fiches portent l'INE «{row['identifier']}»", "donnez le numéro de candidat")
        self._problems.error(fault, line=row.line, field="N° Candidat ou INE")
        return None

    def _is_allowed(self, row: Row, candidate: CandidateRow) -> bool:
        """Tell whether the user may change all that the row gives: some columns are the manager's."""
        if self._scope.covers_academy(candidate["academy_id"]):
            return True
        titles = {column.name: column.title for column in ComplementImporter.columns}
        refused = [name for name in _OF_MANAGER if row[name] is not None]
        for name in refused:
            fault = Fault("cette colonne est réservée au gestionnaire DEC", "videz-la, et demandez-lui ce changement")
            self._repeated.add(titles[name], "", row.line, fault)
        return not refused

    def _status(self, row: Row, candidate: CandidateRow) -> RecordChange | None:
        if not row["decision_group"] and row["replacement"] is None:
            return None
        registration = self._registration(row, candidate)
        if registration is None:
            return None
        values = self._importer.given(row, ("replacement",))
        if row["decision_group"]:
            values["decision_group_id"] = self._group(registration["exam_session_id"], row)
        return self._changes.merge(Registration, registration, subject_of(candidate), row.line, values)

    def _registration(self, row: Row, candidate: CandidateRow) -> dict[str, Any] | None:
        """Return the candidature of the newest session: the table names none."""
        mine = self._registrations.get(candidate["id"], [])
        newest = max((self._index.session(held["exam_session_id"]).year for held in mine), default=None)
        mine = [held for held in mine if self._index.session(held["exam_session_id"]).year == newest]
        if len(mine) == 1:
            return mine[0]
        fault = (
            Fault("ce candidat a plusieurs candidatures cette année", "faites ce changement sur sa fiche")
            if mine
            else Fault("ce candidat n'a pas encore de candidature", "importez d'abord la liste des candidats")
        )
        self._problems.error(fault, line=row.line, subject=subject_of(candidate), field="Groupe de décision")
        return None

    def _group(self, session_id: int, row: Row) -> Any:
        place = (session_id, key(row["decision_group"]))
        if place not in self._groups:
            subject = f"Groupe de décision {row['decision_group']}"
            values = {"exam_session_id": session_id, "label": row["decision_group"]}
            self._groups[place] = self._changes.create(DecisionGroup, subject, row.line, values)
        return self._groups[place]
