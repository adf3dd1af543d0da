"""A candidate in two places at once is told (PRODUCT.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from examtui.imports.candidatures import Candidatures
from examtui.imports.people_index import CandidateRow
from examtui.imports.tables import Row
from examtui.model import Epreuve
from examtui.rules.sittings import Sitting, clash


@dataclass(frozen=True)
class _Planned:
    """A sitting as it would stand; ``row`` is its line, if the file speaks of it."""

    epreuve: Epreuve
    sitting: Sitting
    row: Row | None


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
        self._sittings: dict[int, dict[tuple[int, int], _Planned]] = {}
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
            sitting = Sitting(epreuve.title, values["date"], values["start_time"], values["end_time"])
            mine[place] = _Planned(epreuve, sitting, row)

    def tell(self) -> None:
        """Warn of each pair of sittings that overlap, if the file speaks of one of them."""
        for candidate_id, mine in self._sittings.items():
            planned = sorted(mine.values(), key=lambda one: one.row.line if one.row else 0)
            for number, later in enumerate(planned):
                if later.row is None:
                    continue
                for earlier in planned[:number]:
                    if later.sitting.overlaps(earlier.sitting) and later.epreuve.twin_id != earlier.epreuve.id:
                        fault = clash(earlier.sitting, later.sitting)
                        self._candidatures.warn(later.row, self._people[candidate_id], fault, "Date")
