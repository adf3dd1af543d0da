"""Sessions, specialities and épreuves as files name them: found by what people write, or told what to do.

Names compare without accents, case and punctuation. All of them are read at once: there are a few thousand at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from examtui.identifiers import Fault
from examtui.imports.fields import echo
from examtui.imports.problems import joined
from examtui.model import Epreuve, Exam, ExamSession, Speciality
from examtui.search.fold import words_of

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_IMPORT_EPREUVES = "importez d'abord la table des épreuves («examtui import epreuves»), ou créez-la à l'écran"


def key(text: str) -> str:
    """Return what is left of a name or code when accents, case and punctuation do not matter."""
    return " ".join(words_of(text))


def year_in(text: str) -> int | None:
    """Return the year that a session's name tells, if it tells one."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with its exam."""

    id: int
    exam_id: int
    exam_code: str
    exam_label: str
    year: int
    label: str

    @property
    def title(self) -> str:
        """The session with its exam, short: «470 BCG, BGT 2021»."""
        exam = self.exam_code if self.exam_code == self.exam_label else f"{self.exam_code} {self.exam_label}"
        return f"{exam}, {self.label}"

    def names(self) -> set[str]:
        """The keys that a file may call it by."""
        code, exam, year, label = self.exam_code, self.exam_label, self.year, self.label
        return {
            key(name)
            for name in (
                label,
                f"{code} {label}",
                f"{exam} {label}",
                f"{code} {exam} {label}",
                f"{code} {exam} {year} {label}",
                f"{code} {year}",
                f"{exam} {year}",
                f"{code} {exam} {year}",
            )
        }


@dataclass(frozen=True, slots=True)
class SpecialityRow:
    """A speciality."""

    id: int
    session_id: int
    code: str
    label: str


class ExamIndex:
    """All sessions, specialities and épreuves of the database, for one plan."""

    def __init__(self) -> None:
        exam_rows: Any = Exam.select().dicts()
        self.exams: list[dict[str, Any]] = list(exam_rows)
        exams = {row["id"]: row for row in self.exams}
        self.sessions = [
            SessionRow(
                row.id, row.exam_id, exams[row.exam_id]["code"], exams[row.exam_id]["label"], row.year, row.label
            )
            for row in ExamSession.select()
        ]
        self._session_by_id = {row.id: row for row in self.sessions}
        self.specialities = [
            SpecialityRow(row.id, row.exam_session_id, row.code, row.label) for row in Speciality.select()
        ]
        self._specialities: dict[tuple[int, str], SpecialityRow] = {
            (row.session_id, key(row.code)): row for row in self.specialities
        }
        self._epreuves: dict[tuple[int, str], list[Epreuve]] = {}
        self._speciality_by_id = {row.id: row for row in self.specialities}
        self._epreuve_by_id: dict[int, Epreuve] = {}
        for epreuve in Epreuve.select():
            self._epreuve_by_id[epreuve.id] = epreuve
            self._epreuves.setdefault((epreuve.speciality_id, key(epreuve.code)), []).append(epreuve)
        self._found: dict[str, tuple[SessionRow, ...]] = {}

    def session(self, session_id: int) -> SessionRow:
        """Return the session with that id."""
        return self._session_by_id[session_id]

    def sessions_named(self, text: str) -> tuple[SessionRow, ...]:
        """Return the sessions that ``text`` may mean: by label, with or without the exam's code or label."""
        found = self._found.get(text)
        if found is None:
            wanted = key(text)
            found = self._found[text] = tuple(row for row in self.sessions if wanted in row.names())
        return found

    def sessions_told_in(self, text: str) -> tuple[SessionRow, ...]:
        """Return the sessions whose name stands in a free text, such as the first line of a list of Cyclades."""
        wanted = key(text)
        padded = f" {wanted} "
        exact = self.sessions_named(re.sub(r"(?i)^\W*session\W*", "", text.strip()))
        if exact:
            return exact
        told = tuple(row for row in self.sessions if f" {key(row.label)} " in padded)
        if told:
            narrower = tuple(row for row in told if {key(row.exam_code), key(row.exam_label)} & set(words_of(text)))
            return narrower or told
        year = year_in(text)
        return tuple(
            row
            for row in self.sessions
            if row.year == year and any(f" {key(name)} " in padded for name in (row.exam_code, row.exam_label))
        )

    def speciality(self, session_id: int, code: str) -> SpecialityRow | None:
        """Return the speciality of that code in a session."""
        return self._specialities.get((session_id, key(code)))

    def speciality_of(self, speciality_id: int) -> SpecialityRow:
        """Return the speciality with that id."""
        return self._speciality_by_id[speciality_id]

    def epreuve(self, epreuve_id: int) -> Epreuve:
        """Return the épreuve with that id."""
        return self._epreuve_by_id[epreuve_id]

    def specialities_of(self, session_id: int) -> list[SpecialityRow]:
        """Return all specialities of a session."""
        return [row for row in self.specialities if row.session_id == session_id]

    def epreuves(self, speciality_ids: Iterable[int], code: str, label: str | None) -> list[Epreuve]:
        """Return the épreuves of that code, and of that label where one is given, in these specialities."""
        wanted, named = key(code), key(label or "")
        rows = [row for owner in speciality_ids for row in self._epreuves.get((owner, wanted), ())]
        return [row for row in rows if key(row.label) == named] if named else rows

    def epreuves_of(self, speciality_id: int) -> list[Epreuve]:
        """Return all épreuves of a speciality."""
        return [row for (owner, _), rows in self._epreuves.items() if owner == speciality_id for row in rows]


def no_session(text: str, index: ExamIndex) -> Fault:
    """Return what to say of a session that is not there."""
    there = f"les sessions enregistrées sont {_titles(index.sessions)}" if index.sessions else "il n'y en a aucune"
    return Fault(f"la session «{echo(text)}» n'existe pas ({there})", _IMPORT_EPREUVES)


def several_sessions(text: str, rows: Sequence[SessionRow]) -> Fault:
    """Return what to say of a name that several sessions bear."""
    return Fault(
        f"«{echo(text)}» désigne plusieurs sessions ({_titles(rows)})",
        f"écrivez aussi l'examen, par exemple «{rows[0].exam_code} {rows[0].label}»",
    )


def no_speciality(code: str, session: SessionRow, index: ExamIndex) -> Fault:
    """Return what to say of a speciality that the session does not have."""
    codes = [row.code for row in index.specialities_of(session.id)]
    there = f"elle a {joined(codes[:12])}" if codes else "elle n'en a aucune"
    return Fault(f"la session {session.title} n'a pas de spécialité «{echo(code)}» ({there})", _IMPORT_EPREUVES)


def no_epreuve(code: str, label: str | None, where: str) -> Fault:
    """Return what to say of an épreuve that is not there; ``where`` is its speciality or session."""
    told = f"{code}, {label}" if label else code
    return Fault(f"{where} n'a pas d'épreuve «{echo(told)}»", _IMPORT_EPREUVES)


def several_epreuves(code: str, rows: Sequence[Epreuve]) -> Fault:
    """Return what to say of a code that several épreuves bear."""
    return Fault(
        f"«{echo(code)}» désigne {len(rows)} épreuves ({joined([row.label for row in rows[:6]])})",
        "écrivez aussi la spécialité et le libellé de l'épreuve",
    )


def _titles(rows: Sequence[SessionRow]) -> str:
    return joined([row.title for row in sorted(rows, key=lambda row: (-row.year, row.title))[:8]])
