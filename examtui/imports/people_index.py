"""Schools and candidates that a plan needs, read in few queries and within the scope of who imports.

A record outside the scope is not found, as if it did not exist (PRODUCT.md, roles).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from examtui.access import Scope
from examtui.access.lookup import schools_within
from examtui.identifiers import Fault
from examtui.imports.fields import echo
from examtui.model import Candidate, Registration, School

_AT_ONCE = 2000

CANDIDATE_COLUMNS = (
    "id",
    "academy_id",
    "school_id",
    "number",
    "ine",
    "family_name",
    "usage_name",
    "first_names",
    "sex",
    "birth_date",
    "birth_country",
    "birth_department",
    "birth_commune_code",
    "birth_commune",
    "nationality",
    "email",
    "guardian_emails",
    "phone",
    "mobile",
    "address",
    "postcode",
    "town",
    "country",
    "red_list",
    "extra_time",
    "accommodations",
)
CandidateRow = dict[str, Any]


def chunks(values: Iterable[Any], size: int = _AT_ONCE) -> Iterator[list[Any]]:
    """Cut ``values`` into lists of at most ``size``, as many as a query takes."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def candidates_within(scope: Scope) -> Any:
    """Return the condition on ``Candidate`` that keeps those who belong to the places of ``scope``."""
    if scope.everything:
        return Candidate.id.is_null(False)
    return Candidate.school.in_(list(scope.schools)) | Candidate.academy.in_(list(scope.academies))


def candidates_where(*conditions: Any) -> Iterator[CandidateRow]:
    """Yield candidates by column name."""
    fields = [Candidate._meta.columns[name] for name in CANDIDATE_COLUMNS]
    query: Any = Candidate.select(*fields).where(*conditions)
    for row in query.tuples().iterator():
        yield dict(zip(CANDIDATE_COLUMNS, row, strict=True))


def candidates_by(column: str, values: Iterable[str], *conditions: Any) -> dict[str, list[CandidateRow]]:
    """Return the candidates whose ``column`` is one of ``values``, by it."""
    found: dict[str, list[CandidateRow]] = {}
    field = Candidate._meta.columns[column]
    for part in chunks(sorted(set(values))):
        for row in candidates_where(field.in_(part), *conditions):
            found.setdefault(row[column], []).append(row)
    return found


def numbers_taken(numbers: Iterable[str]) -> set[str]:
    """Return which of the n° candidat stand in the database, in any academy: a number stands once in the country."""
    taken: set[str] = set()
    for part in chunks(sorted(set(numbers))):
        rows: Any = Candidate.select(Candidate.number).where(Candidate.number.in_(part)).tuples()
        taken.update(row[0] for row in rows)
    return taken


def subject_of(row: dict[str, Any]) -> str:
    """Return how messages and previews name a candidate."""
    name = f"{row['family_name']} {row['first_names']}"
    if row.get("number"):
        return f"{name} (n° {row['number']})"
    return f"{name} (INE {row['ine']})" if row.get("ine") else name


REGISTRATION_COLUMNS = (
    "id",
    "candidate_id",
    "exam_session_id",
    "speciality_id",
    "school_id",
    "number",
    "version",
    "ocean_number",
    "division",
    "category",
    "state",
    "teachings",
    "decision_group_id",
    "replacement",
)


def registrations_of(candidate_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the candidatures of these candidates, by candidate and by column name."""
    fields = [Registration._meta.columns[name] for name in REGISTRATION_COLUMNS]
    found: dict[int, list[dict[str, Any]]] = {}
    for part in chunks(sorted(set(candidate_ids))):
        query: Any = Registration.select(*fields).where(Registration.candidate.in_(part)).order_by(Registration.id)
        for values in query.tuples():
            row = dict(zip(REGISTRATION_COLUMNS, values, strict=True))
            found.setdefault(row["candidate_id"], []).append(row)
    return found


class SchoolIndex:
    """The schools within a scope, by UAI."""

    def __init__(self, scope: Scope) -> None:
        rows = list(School.select().where(schools_within(scope)))
        self.by_uai: dict[str, School] = {row.uai: row for row in rows}
        self._by_digits = {row.uai[:7]: row for row in rows}

    def get(self, uai: str) -> School | None:
        """Return the school of that UAI."""
        return self.by_uai.get(uai)

    def with_digits(self, uai: str) -> School | None:
        """Return the school whose UAI has the same seven digits: exports of Cyclades may bear a wrong letter."""
        return self._by_digits.get(uai[:7])


def no_school(uai: str) -> Fault:
    """Return what to say of a school that is not there, or not the user's."""
    return Fault(
        f"l'établissement «{echo(uai)}» n'est pas enregistré dans votre académie",
        "importez d'abord la table des établissements et centres («examtui import centres»), ou créez-le à l'écran",
    )


def no_candidate(identifier: str) -> Fault:
    """Return what to say of a candidate who is not there, or not the user's."""
    return Fault(
        f"le candidat «{echo(identifier)}» n'est pas enregistré",
        "vérifiez le numéro, ou importez d'abord la liste des candidats («examtui import candidates»)",
    )


def taken_uais(uais: Iterable[str]) -> set[str]:
    """Return which UAIs stand in the database, whoever's the schools are."""
    taken: set[str] = set()
    for part in chunks(sorted(set(uais))):
        rows: Any = School.select(School.uai).where(School.uai.in_(part)).tuples()
        taken.update(row[0] for row in rows)
    return taken
