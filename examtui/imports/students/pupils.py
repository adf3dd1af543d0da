"""Pupils as both files give them: tuples, since a hundred thousand of them are read at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

CANDIDATE_FIELDS = (
    "family_name",
    "usage_name",
    "first_names",
    "sex",
    "birth_date",
    "birth_country",
    "birth_department",
    "birth_commune_code",
    "birth_commune",
)
STUDENT_FIELDS = ("siecle_id", "local_number", "division", "mef", "status", "regime", "entered_on")

LABELS = {
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
    "siecle_id": "Identifiant SIECLE",
    "local_number": "N° interne",
    "division": "Classe",
    "mef": "Code MEF",
    "status": "Statut",
    "regime": "Régime",
    "entered_on": "Date d'entrée",
    "left_on": "Date de sortie",
}


class Pupil(NamedTuple):
    """A pupil to import: its INE, then ``CANDIDATE_FIELDS``, then ``STUDENT_FIELDS``; a blank is an empty text or None.

    Code that handles many takes the parts by slices: ``pupil[1:10]`` and ``pupil[10:17]``.
    """

    ine: str
    family_name: str
    usage_name: str
    first_names: str
    sex: str
    birth_date: date
    birth_country: str
    birth_department: str
    birth_commune_code: str
    birth_commune: str
    siecle_id: str = ""
    local_number: str = ""
    division: str = ""
    mef: str = ""
    status: str = ""
    regime: str = ""
    entered_on: date | None = None


FIRST_STUDENT_FIELD = 1 + len(CANDIDATE_FIELDS)


@dataclass
class Pupils:
    """What a file holds.

    ``rows`` are ``Pupil`` tuples, ``lines`` where each stands (none in XML). ``is_whole``: the file is the whole list
    of a school (SIECLE), so that pupils it does not hold have left; the others deactivate nobody. ``uaj`` is the school
    that the file names, ``left`` the pupils with a leaving date, by INE, ``present`` the SIECLE identifiers and INE of
    those that are passed over though they have not left.
    """

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_whole: bool = False
    uaj: str = ""
    total: int = 0
    passed_over: int = 0
    left: dict[str, date] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)

    def line(self, number: int) -> int | None:
        """The line of a row, None where the file has none to name."""
        return self.lines[number] if self.lines else None
