"""A candidate in two places at once is told (PRODUCT.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from examtui.identifiers import Fault
from examtui.imports.candidatures import Candidatures
from examtui.imports.people_index import CandidateRow
from examtui.imports.tables import Row
from examtui.model import Epreuve


@dataclass(frozen=True)
class Sitting:
    """An épreuve sat by a candidate: day and hours on the wall clock; ``row`` is its line, if the file speaks of it."""

    epreuve: Epreuve
    day: date
    start: time
    end: time | None
    row: Row | None = None

    def overlaps(self, other: Sitting) -> bool:
        """Tell whether nobody could sit both; without an end, only the same beginning counts."""
        if self.day != other.day:
            return False
        if self.end is None or other.end is None:
            return self.start == other.start
        return self.start < other.end and other.start < self.end

    @property
    def told(self) -> str:
        """The épreuve with its hours."""
        hours = f"{self.start:%H:%M}" + (f" à {self.end:%H:%M}" if self.end else "")
        return f"{self.epreuve.title} ({self.day:%d/%m/%Y}, {hours})"


class Clashes:
    """The sittings of the candidates of one file, as they would stand."""

    def __init__(self, candidatures: Candidatures, held: dict[tuple[int, int], dict[str, Any]]) -> None:
        self._candidatures = candidatures
        self._owners = {
            registration["id"]: candidate_id
            for candidate_id, rows in candidatures.registrations.items()
            for registration in rows
        }
        self._people = {candidate["id"]: candidate for candidate in candidatures.candidates.values()}
        self._sittings: dict[int, dict[tuple[int, int], Sitting]] = {}
        for (registration_id, epreuve_id), values in held.items():
            epreuve = candidatures.index.epreuve(epreuve_id)
            self._keep(self._owners[registration_id], registration_id, epreuve, values, None)

    def add(
        self, row: Row, candidate: CandidateRow, registration_id: int, epreuve: Epreuve, values: dict[str, Any]
    ) -> None:
        """Take note of what a row plans."""
        self._keep(candidate["id"], registration_id, epreuve, values, row)

    def _keep(
        self, candidate_id: int, registration_id: int, epreuve: Epreuve, values: dict[str, Any], row: Row | None
    ) -> None:
        mine = self._sittings.setdefault(candidate_id, {})
        place = (registration_id, epreuve.id)
        if values["date"] is None or values["start_time"] is None:
            mine.pop(place, None)
        else:
            mine[place] = Sitting(epreuve, values["date"], values["start_time"], values["end_time"], row)

    def tell(self) -> None:
        """Warn of each pair of sittings that overlap, if the file speaks of one of them."""
        for candidate_id, mine in self._sittings.items():
            sittings = sorted(mine.values(), key=lambda sitting: sitting.row.line if sitting.row else 0)
            for number, later in enumerate(sittings):
                if later.row is None:
                    continue
                for earlier in sittings[:number]:
                    if later.overlaps(earlier) and later.epreuve.twin_id != earlier.epreuve.id:
                        fault = Fault(
                            f"ce candidat serait à deux endroits à la fois : {earlier.told} et {later.told}",
                            "vérifiez dates et heures",
                        )
                        self._candidatures.warn(later.row, self._people[candidate_id], fault, "Date")
