"""Who a row of a list is (PRODUCT.md, «Who is who»): by number, else by INE in the school, else by name and birth date.

Doubtful matches are told, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SQL

from examtui.identifiers import Fault
from examtui.imports.matching import IdentityKey, identity_key
from examtui.imports.people_index import (
    CandidateRow,
    candidates_by,
    candidates_where,
    candidates_within,
    chunks,
    numbers_taken,
    subject_of,
)
from examtui.imports.problems import Problems, plural
from examtui.imports.tables import Row
from examtui.model import Candidate
from examtui.search.fold import words_of

Pool = tuple[int | None, int]
"""Where a candidate belongs: school (None for an individual candidate) and academy."""


class Matcher:
    """The candidates that the rows of one file may be."""

    def __init__(self, scope: Any, rows: Sequence[tuple[Row, Pool]], problems: Problems) -> None:
        self._problems = problems
        numbers = {row.values["number"] for row, _ in rows if row.values.get("number")}
        self._by_number = {
            number: found[0] for number, found in candidates_by("number", numbers, candidates_within(scope)).items()
        }
        self._taken = numbers_taken(numbers) - set(self._by_number)
        self._by_ine: dict[tuple[Pool, str], CandidateRow] = {}
        self._by_identity: dict[tuple[Pool, IdentityKey], list[CandidateRow]] = {}
        self._namesakes: dict[tuple[Pool, IdentityKey | None], set[str | None]] = {}
        for row, pool in rows:
            name = pool, _identity(row)
            self._namesakes.setdefault(name, set()).add(row.values.get("number") or row.values.get("ine"))
        for held in _held_in({pool for _, pool in rows}):
            pool = (held["school_id"], held["academy_id"])
            if held["ine"]:
                self._by_ine[pool, held["ine"]] = held
            key = identity_key(held["family_name"], held["first_names"], held["birth_date"])
            if key is not None:
                self._by_identity.setdefault((pool, key), []).append(held)

    def match(self, row: Row, pool: Pool) -> tuple[bool, CandidateRow | None]:
        """Return whether the row is sound, and the candidate that it is, None for a new one."""
        number, ine = row.values.get("number"), row.values.get("ine")
        held = self._by_number.get(number) if number else None
        if held is not None:
            if not _may_be(row, held):
                reason = f"le n° {number} est celui de {_told(held)}"
                return self._refused(row, Fault(reason, "vérifiez le numéro, le nom et la date de naissance"))
            return True, held
        if number in self._taken:
            cure = "vérifiez-le dans Cyclades"
            return self._refused(row, Fault("ce numéro est déjà attribué à une autre personne", cure))
        held = self._by_ine.get((pool, ine)) if ine else None
        if held is not None:
            if number and held["number"]:
                reason = f"l'INE {ine} est celui de {_told(held)}, qui a déjà le n° {held['number']}"
                return self._refused(row, Fault(reason, "vérifiez le numéro et l'INE dans Cyclades"))
            if not _may_be(row, held):
                reason = f"l'INE {ine} est celui de {_told(held)}"
                return self._refused(row, Fault(reason, "vérifiez l'INE, le nom et la date de naissance"))
            return True, held
        return True, self._by_name(row, pool, number, ine)

    def _by_name(self, row: Row, pool: Pool, number: str | None, ine: str | None) -> CandidateRow | None:
        key = _identity(row)
        alike = self._by_identity.get((pool, key), []) if key is not None else []
        fitting = [
            held
            for held in alike
            if not (number and held["number"]) and not (ine and held["ine"] and held["ine"] != ine)
        ]
        if len(fitting) == 1 and len(self._namesakes[pool, key]) == 1:
            return fitting[0]
        if alike:
            others = f"que {_told(alike[0])}" if len(alike) == 1 else f"que {plural(len(alike), 'fiche')}"
            reason = f"même nom, même prénom et même date de naissance {others} : une nouvelle fiche est créée"
            self._problems.warn(
                Fault(reason, "vérifiez s'il s'agit de la même personne"), line=row.line, subject=subject_of(row.values)
            )
        return None

    def holder_of_ine(self, pool: Pool, ine: str) -> CandidateRow | None:
        """Return who has that INE in the school."""
        return self._by_ine.get((pool, ine))

    def _refused(self, row: Row, fault: Fault) -> tuple[bool, None]:
        self._problems.error(fault, line=row.line, subject=subject_of(row.values))
        return False, None


def _held_in(pools: set[Pool]) -> Iterable[CandidateRow]:
    schools = sorted(school for school, _ in pools if school is not None)
    for part in chunks(schools):
        yield from candidates_where(Candidate.school.in_(part))
    academies = [academy for school, academy in pools if school is None]
    if academies:
        yield from candidates_where(Candidate.academy.in_(academies), SQL("school_id IS NULL"))


def _may_be(row: Row, held: CandidateRow) -> bool:
    """Tell whether a row may be the person: the surname or the birth date is the same."""
    same_name = words_of(row["family_name"]) == words_of(held["family_name"])
    return same_name or (row["birth_date"] is not None and row["birth_date"] == held["birth_date"])


def _identity(row: Row) -> IdentityKey | None:
    return identity_key(row["family_name"], row["first_names"], row["birth_date"])


def _told(held: CandidateRow) -> str:
    born = f", né(e) le {held['birth_date']:%d/%m/%Y}" if held["birth_date"] else ""
    return f"{held['family_name']} {held['first_names']}{born}"
