"""Finding the candidature and the épreuve that a row of our own tables means (FORMATS.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from examtui.access import Scope
from examtui.identifiers import Fault
from examtui.imports.exam_index import ExamIndex, SessionRow, key, no_session
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
from examtui.imports.tables import Row

RegistrationRow = dict[str, Any]


@dataclass
class Candidatures:
    """The candidates whom the rows of one file number, with their candidatures."""

    problems: Problems
    index: ExamIndex
    candidates: dict[str, CandidateRow]
    registrations: dict[int, list[RegistrationRow]]
    repeated: RepeatedFaults = field(default_factory=RepeatedFaults)

    @classmethod
    def read(cls, rows: Iterable[Row], scope: Scope, problems: Problems) -> Candidatures:
        """Read the candidates of ``rows`` (by ``number``) within ``scope``."""
        found = candidates_by("number", (row["number"] for row in rows), candidates_within(scope))
        candidates = {number: held[0] for number, held in found.items()}
        ids = [candidate["id"] for candidate in candidates.values()]
        return cls(problems, ExamIndex(), candidates, registrations_of(ids))

    def of(self, row: Row) -> tuple[CandidateRow, list[RegistrationRow]] | None:
        """Return the candidate of a row, and its candidatures in the row's session and speciality: one at least.

        None where there is none: the error is told.
        """
        candidate = self.candidates.get(row["number"])
        if candidate is None:
            self.problems.error(no_candidate(row["number"]), line=row.line, field="N° Candidat")
            return None
        sessions = {session.id: session for session in self.index.sessions_named(row["session"])}
        if not sessions:
            self.repeated.add("Session", row["session"], row.line, no_session(row["session"], self.index))
            return None
        wanted = key(row["speciality"] or "")
        mine = [
            registration
            for registration in self.registrations.get(candidate["id"], ())
            if registration["exam_session_id"] in sessions
            and (not wanted or wanted == key(self.speciality_code(registration)))
        ]
        if not mine:
            self.error(row, candidate, _no_registration(row, list(sessions.values())), "Session")
            return None
        return candidate, mine

    def speciality_code(self, registration: RegistrationRow) -> str:
        """Return the code of a candidature's speciality."""
        return self.index.speciality_of(registration["speciality_id"]).code

    def where(self, registration: RegistrationRow) -> str:
        """Return how messages name a candidature's speciality and session."""
        session = self.index.session(registration["exam_session_id"])
        return f"la spécialité {self.speciality_code(registration)} de la session {session.title}"

    def error(self, row: Row, candidate: CandidateRow, fault: Fault, field_: str) -> None:
        """Tell an error of a row."""
        self.problems.error(fault, line=row.line, subject=subject_of(candidate), field=field_)

    def warn(self, row: Row, candidate: CandidateRow, fault: Fault, field_: str) -> None:
        """Tell a warning of a row."""
        self.problems.warn(fault, line=row.line, subject=subject_of(candidate), field=field_)


def _no_registration(row: Row, sessions: list[SessionRow]) -> Fault:
    speciality = f" en spécialité «{row['speciality']}»" if row["speciality"] else ""
    return Fault(
        f"ce candidat n'a pas de candidature dans la session {sessions[0].title}{speciality}",
        "vérifiez session et spécialité, ou importez d'abord la liste des candidats («examtui import candidates»)",
    )
