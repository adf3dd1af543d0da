"""What importing a list of candidates would do: persons found or made, and their candidatures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.candidates.matching import Matcher, Pool
from examtui.imports.candidates.rows import CandidateRows
from examtui.imports.changes import Changes, RecordChange
from examtui.imports.engine import Context
from examtui.imports.exam_index import (
    ExamIndex,
    SessionRow,
    SpecialityRow,
    key,
    no_session,
    no_speciality,
    several_sessions,
)
from examtui.imports.matching import identity_key
from examtui.imports.people_index import CandidateRow, SchoolIndex, chunks, no_school, registrations_of, subject_of
from examtui.imports.problems import Problems
from examtui.imports.repeated import RepeatedFaults
from examtui.imports.tables import Row
from examtui.model import Candidate, Registration, School, Student
from examtui.rules.candidatures import FIRST_NUMBER
from examtui.search.fold import words_of

_NAMES = ("family_name", "usage_name", "first_names")
_CANDIDATE = (
    "number",
    "ine",
    *_NAMES,
    "sex",
    "birth_date",
    "birth_country",
    "birth_department",
    "birth_commune_code",
    "birth_commune",
    "nationality",
    "email",
    "phone",
    "mobile",
    "address",
    "postcode",
    "town",
    "country",
)
_REGISTRATION = ("ocean_number", "division", "category", "state", "teachings")
_LABELS = {
    "number": "N° candidat",
    "ine": "INE",
    "family_name": "Nom de famille",
    "usage_name": "Nom d'usage",
    "first_names": "Prénoms",
    "sex": "Sexe",
    "birth_date": "Date de naissance",
    "birth_country": "Pays de naissance",
    "birth_department": "Département de naissance",
    "birth_commune_code": "Code commune de naissance",
    "birth_commune": "Commune de naissance",
    "nationality": "Nationalité",
    "email": "Mail",
    "phone": "Téléphone",
    "mobile": "Téléphone mobile",
    "address": "Adresse",
    "postcode": "Code postal",
    "town": "Commune",
    "country": "Pays",
    "school_id": "Établissement",
    "speciality_id": "Spécialité",
    "version": "Version de l'inscription",
    "ocean_number": "N° Océan",
    "division": "Division de classe",
    "category": "Catégorie",
    "state": "État",
    "teachings": "Enseignements",
}


@dataclass(slots=True)
class _Target:
    """A row with where it belongs, and the candidate that it is (None: a new one)."""

    row: Row
    school: School | None
    pool: Pool
    session: SessionRow
    speciality: SpecialityRow
    held: CandidateRow | None = None

    @property
    def moves(self) -> bool:
        """Tell whether the candidate is held in another school than the list's."""
        return self.held is not None and self.school is not None and self.held["school_id"] != self.school.id


def plan_candidates(rows: CandidateRows, context: Context, problems: Problems) -> Changes:
    """Compare a list with the candidates of the manager's academy."""
    return _Planner(rows, context, problems).plan()


class _Planner:
    def __init__(self, rows: CandidateRows, context: Context, problems: Problems) -> None:
        self._file = rows
        self._context = context
        self._problems = problems
        self._index = ExamIndex()
        self._schools = SchoolIndex(context.scope)
        self._changes = Changes(
            problems,
            _LABELS,
            titles={
                "school_id": {school.id: school.uai for school in self._schools.by_uai.values()},
                "speciality_id": {row.id: row.code for row in self._index.specialities},
            },
        )
        self._repeated = RepeatedFaults()
        self._new: dict[Any, RecordChange] = {}
        self._merged: dict[int, RecordChange | None] = {}
        self._students: dict[int, dict[str, Any]] = {}
        self._owners: dict[tuple[Pool, str], tuple[str, int]] = {}

    def plan(self) -> Changes:
        """Place every row, find who it is, then plan its records."""
        targets = self._targets()
        self._repeated.tell(self._problems)
        rows = [(target.row, target.pool) for target in targets]
        matcher = Matcher(self._context.scope, rows, self._problems)
        seen: dict[Any, int] = {}
        matched = [target for target in targets if self._is_once(target, seen) and self._found(target, matcher)]
        held = registrations_of(target.held["id"] for target in matched if target.held is not None)
        self._students = _students_of(target.held["id"] for target in matched if target.held and target.moves)
        for target in matched:
            person, change = self._person(target, matcher)
            registration = self._registration(target, person, held)
            self._changes.settle(change, registration)
        self._changes.warn_of_kept()
        return self._changes

    def _targets(self) -> list[_Target]:
        listed = self._file.format == "Cyclades"
        session = self._session_of_list() if listed else None
        school = self._school_of_list() if listed else None
        if listed and (session is None or school is None):
            return []
        targets = []
        for row in self._file.rows:
            target = self._target(row, session, school)
            if target is not None:
                targets.append(target)
        return targets

    def _target(self, row: Row, session: SessionRow | None, school: School | None) -> _Target | None:
        uai = row.values.get("uai")
        if uai:
            school = self._schools.get(uai)
            if school is None:
                self._repeated.add("etablissement", uai, row.line, no_school(uai))
        academy = school.academy_id if school is not None else self._context.academy_id
        if academy is None:
            fault = Fault("plusieurs académies sont possibles", "indiquez l'UAI de l'établissement")
            self._repeated.add("etablissement", "", row.line, fault)
        code = row["speciality"] or ""
        session = session or self._session_of_row(row, code)
        speciality = self._speciality(session, code, row.line) if session is not None else None
        if session is None or speciality is None or academy is None or (uai and school is None):
            return None
        return _Target(row, school, (school.id if school is not None else None, academy), session, speciality)

    def _school_of_list(self) -> School | None:
        uai = self._file.uai
        school = self._schools.with_digits(uai) if uai else None
        if school is not None:
            return school
        fault = (
            no_school(uai)
            if uai
            else Fault(
                "les premières lignes ne disent pas l'établissement",
                "laissez au-dessus des colonnes les lignes de Cyclades, avec le nom et l'UAI",
            )
        )
        self._problems.error(fault, field="Établissement")
        return None

    def _session_of_list(self) -> SessionRow | None:
        preamble = self._file.preamble
        found: tuple[SessionRow, ...] = ()
        for told in preamble:
            found = self._index.sessions_told_in(told)
            if found:
                break
        if len(found) > 1:
            codes = {row["speciality"] for row in self._file.rows if row["speciality"]}
            found = tuple(row for row in found if all(self._index.speciality(row.id, code) for code in codes)) or found
        if len(found) == 1:
            return found[0]
        if found:
            fault = several_sessions(preamble[0], found)
        elif preamble:
            fault = no_session(preamble[0], self._index)
        else:
            fault = Fault(
                "rien ne dit la session",
                "laissez au-dessus des colonnes les lignes de Cyclades, dont la première la dit",
            )
        self._problems.error(fault, line=1, field="Session")
        return None

    def _session_of_row(self, row: Row, code: str) -> SessionRow | None:
        text = row.values.get("session") or ""
        rows: Iterable[SessionRow]
        if text:
            rows = self._index.sessions_named(text)
            if not rows:
                self._repeated.add("session", text, row.line, no_session(text, self._index))
                return None
        else:
            rows = self._index.sessions
        fitting = [session for session in rows if self._find_speciality(session, code) is not None]
        newest = max((session.year for session in fitting), default=None)
        fitting = [session for session in fitting if session.year == newest]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            fault = several_sessions(code, fitting)
            cure = "ajoutez une colonne «session» et écrivez-y celle du candidat"
            self._repeated.add("serie", code, row.line, Fault(fault.reason, cure))
        elif text:
            self._repeated.add("serie", code, row.line, no_speciality(code, next(iter(rows)), self._index))
        else:
            reason = f"aucune session n'a de spécialité «{fields.echo(code)}»"
            cure = "importez d'abord la table des épreuves («examtui import epreuves»), ou corrigez la série"
            self._repeated.add("serie", code, row.line, Fault(reason, cure))
        return None

    def _find_speciality(self, session: SessionRow, code: str) -> SpecialityRow | None:
        found = self._index.speciality(session.id, code)
        if found is not None or not code:
            return found
        named = [row for row in self._index.specialities_of(session.id) if key(row.label) == key(code)]
        return named[0] if len(named) == 1 else None

    def _speciality(self, session: SessionRow, code: str, line: int) -> SpecialityRow | None:
        found = self._find_speciality(session, code)
        if found is None and not code:
            there = self._index.specialities_of(session.id)
            if len(there) == 1:
                return there[0]
            self._repeated.add("Code Spécialité", "", line, fields.MISSING)
        elif found is None:
            self._repeated.add("Code Spécialité", code, line, no_speciality(code, session, self._index))
        return found

    def _is_once(self, target: _Target, seen: dict[Any, int]) -> bool:
        """Tell whether no other line of the file is this candidature, or gives this INE to somebody else."""
        row = target.row
        number, ine = row.values.get("number"), row.values.get("ine")
        registration = (row.values.get("registration") or (FIRST_NUMBER, ""))[0]
        first = seen.setdefault((self._file_key(target), target.session.id, registration), row.line)
        if first != row.line:
            fault = Fault(f"cette candidature est déjà à la ligne {first}", "gardez une seule des deux lignes")
            self._problems.error(fault, line=row.line, subject=subject_of(row.values))
            return False
        if ine and number:
            owner, first = self._owners.setdefault((target.pool, ine), (number, row.line))
            if owner != number:
                reason = f"l'INE {ine} est déjà à la ligne {first}, avec un autre numéro"
                self._problems.error(
                    Fault(reason, "vérifiez les deux lignes"), line=row.line, subject=subject_of(row.values)
                )
                return False
        return True

    def _file_key(self, target: _Target) -> Any:
        values = target.row.values
        if values.get("number"):
            return values["number"]
        if values.get("ine"):
            return target.pool, values["ine"]
        return target.pool, identity_key(values["family_name"], values["first_names"], values["birth_date"])

    def _found(self, target: _Target, matcher: Matcher) -> bool:
        sound, target.held = matcher.match(target.row, target.pool)
        return sound

    def _person(self, target: _Target, matcher: Matcher) -> tuple[Any, RecordChange | None]:
        """Plan the candidate of a row once; returns its id or new record, and what changes of it."""
        row, held = target.row, target.held
        values = {name: row.values[name] for name in _CANDIDATE if name in self._file.names}
        subject = subject_of(row.values)
        if held is None:
            file_key = self._file_key(target)
            if file_key not in self._new:
                values |= {"academy_id": target.pool[1], "school_id": target.pool[0]}
                self._new[file_key] = self._changes.create(Candidate, subject, row.line, values)
            return self._new[file_key], self._new[file_key]
        if held["id"] not in self._merged:
            for name in _NAMES:
                if values.get(name) and words_of(values[name]) == words_of(held[name]):
                    values[name] = held[name]
            self._place(target, held, values, matcher)
            self._merged[held["id"]] = self._changes.merge(Candidate, held, subject, row.line, values)
        return held["id"], self._merged[held["id"]]

    def _place(self, target: _Target, held: CandidateRow, values: dict[str, Any], matcher: Matcher) -> None:
        """Settle school and INE together: an INE stands once in a school."""
        ine = values.get("ine") or held["ine"]
        holder = matcher.holder_of_ine(target.pool, ine) if ine else None
        taken = holder is not None and holder["id"] != held["id"]
        if taken:
            values.pop("ine", None)
            fault = Fault(
                f"l'INE {ine} est aussi sur une autre fiche de l'établissement, qui n'a pas ce numéro",
                "vérifiez s'il s'agit de la même personne",
            )
            self._problems.warn(fault, line=target.row.line, subject=subject_of(target.row.values))
        elif target.school is not None and target.moves:
            values["school_id"] = target.school.id
            self._move_student(target, held["id"])

    def _move_student(self, target: _Target, candidate: int) -> None:
        """Take the pupil along: left behind, it would show its new class to its old school."""
        student = self._students.get(candidate)
        if student is not None and target.school is not None:
            row = target.row
            values = {"school_id": target.school.id}
            moved = self._changes.merge(Student, student, subject_of(row.values), row.line, values)
            if moved is not None:
                moved.is_part = True

    def _registration(self, target: _Target, person: Any, held: dict[int, list[dict[str, Any]]]) -> RecordChange | None:
        row = target.row
        number, version = row.values.get("registration") or ("", "")
        mine = [
            registration
            for registration in (held.get(person, ()) if isinstance(person, int) else ())
            if registration["exam_session_id"] == target.session.id
        ]
        same = [registration for registration in mine if registration["number"] == (number or FIRST_NUMBER)]
        if not same and not number and len(mine) == 1:
            same = mine
        values: dict[str, Any] = {
            "speciality_id": target.speciality.id,
            "school_id": target.school.id if target.school is not None else None,
            "version": version,
            **{name: row.values[name] for name in _REGISTRATION if name in self._file.names},
        }
        if not same:
            values |= {
                "candidate_id": person,
                "exam_session_id": target.session.id,
                "number": number or FIRST_NUMBER,
            }
        subject = f"Candidature {target.session.label} : {subject_of(row.values)}"
        change = self._changes.merge(Registration, same[0] if same else None, subject, row.line, values)
        if change is not None:
            change.is_part = isinstance(person, RecordChange)
        return change


def _students_of(candidates: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The pupils that these candidates are, by candidate."""
    query: Any = Student.select(Student.candidate, Student.id, Student.school)
    return {
        candidate: {"id": student, "school_id": school}
        for part in chunks(sorted(set(candidates)))
        for candidate, student, school in query.where(Student.candidate.in_(part)).tuples()
    }
