"""Candidates as rows of a table, by page; and the columns that show them."""

from collections.abc import Mapping, Sequence

from examtui.access import Actor
from examtui.enrolment.candidates import Search, search, search_at, search_position
from examtui.screens.widgets.rows import Column, Row
from examtui.search.rows import Row as CandidateRow

COLUMNS: tuple[Column, ...] = (
    Column("N° candidat", 11),
    Column("Nom et prénoms", 24, flex=2, most=50),
    Column("Né(e) le", 10),
    Column("Classe", 6, flex=1, most=9),
    Column("Spéc.", 5, flex=1, most=12, rank=1),
    Column("État", 8, flex=1, most=14, rank=2),
    Column("Établissement", 20, flex=2, most=44, rank=3),
)
_AFTER_ALL = 1 << 62


class CandidateSource:
    """What a search finds, page by page in alphabetical order; keys are ranks."""

    immediate = False

    def __init__(self, actor: Actor, wanted: Search, schools: Mapping[int, str]) -> None:
        self._actor = actor
        self._wanted = wanted
        self._schools = schools

    def after(self, key: int | None, limit: int) -> Sequence[Row]:
        """Return the rows after a rank."""
        return self.rows(search(self._actor, self._wanted, after=key, limit=limit).rows)

    def before(self, key: int | None, limit: int) -> Sequence[Row]:
        """Return the rows before a rank."""
        before = _AFTER_ALL if key is None else key
        return self.rows(search(self._actor, self._wanted, before=before, limit=limit).rows)

    def seek(self, prefix: str, limit: int) -> Sequence[Row]:
        """Return the rows from the first name that begins with ``prefix``, or comes after it."""
        position = search_position(self._actor, self._wanted, start=prefix)
        return self.rows(search_at(self._actor, self._wanted, position, limit=limit))

    def rows(self, found: Sequence[CandidateRow]) -> list[Row]:
        """Turn what was found into rows of the table."""
        return [Row(row.rank, row.id, self._cells(row), row) for row in found]

    def _cells(self, row: CandidateRow) -> tuple[str, ...]:
        return (
            row.number or "",
            row.name,
            f"{row.birth_date:%d/%m/%Y}" if row.birth_date else "",
            row.division,
            row.specialities,
            row.state,
            self._schools.get(row.school_id, "") if row.school_id is not None else "candidat individuel",
        )
