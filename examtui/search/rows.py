"""A candidate as lists show it, read with as little work a row as there can be."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from examtui.model.base import database
from examtui.search.clauses import Clause, mark, ranks_given

PAGE = 100
COLUMNS = (
    '"t1".rank, "t1".id, "t1".number, "t1".family_name, "t1".usage_name, "t1".first_names, "t1".birth_date, '
    '"t1".school_id'
)


class Row(NamedTuple):
    """A line of a list of candidates; several candidatures show one after another, separated by commas.

    A named tuple, since a page of a hundred is made at each keystroke.
    """

    rank: int
    id: int
    number: str | None
    family_name: str
    usage_name: str
    first_names: str
    birth_date: date | None
    school_id: int | None
    division: str
    specialities: str
    state: str

    @property
    def name(self) -> str:
        """Surname and first names, with the name of use between them where there is one."""
        usage = f" (usage {self.usage_name})" if self.usage_name and self.usage_name != self.family_name else ""
        return f"{self.family_name}{usage} {self.first_names}".strip()


def rows_of(clause: Clause) -> list[Row]:
    """Run ``clause``, a select of ``COLUMNS``, and complete its rows with class, specialities and state."""
    found = database.execute_sql(clause.sql, clause.values).fetchall()
    if not found:
        return []
    ids = [row[1] for row in found]
    marks = ", ".join([mark()] * len(ids))
    divisions = dict(
        database.execute_sql(
            f"SELECT candidate_id, division FROM student WHERE candidate_id IN ({marks})", ids
        ).fetchall()
    )
    candidatures: dict[int, list[Any]] = {}
    for candidature in database.execute_sql(
        "SELECT r.candidate_id, r.division, s.code, r.state FROM registration AS r "
        f"JOIN speciality AS s ON s.id = r.speciality_id WHERE r.candidate_id IN ({marks}) ORDER BY r.id",
        ids,
    ).fetchall():
        candidatures.setdefault(candidature[0], []).append(candidature)
    return [_row(row, divisions.get(row[1], ""), candidatures.get(row[1], ())) for row in found]


def rows_at(ranks: Sequence[int]) -> list[Row]:
    """Read the rows of these ranks, in order."""
    if not ranks:
        return []
    given = ranks_given(ranks)
    select = f'SELECT {COLUMNS} FROM candidate AS "t1" WHERE {given.sql} ORDER BY "t1".rank'
    return rows_of(Clause(select, given.values))


def _row(row: Sequence[Any], division: str, candidatures: Sequence[Any]) -> Row:
    rank, id_, number, family, usage, first, born, school = row
    if isinstance(born, str):
        born = date.fromisoformat(born)
    if len(candidatures) == 1:
        _, class_, speciality, state = candidatures[0]
        return Row(rank, id_, number, family, usage, first, born, school, division or class_, speciality, state)
    classes, specialities, states = (
        ", ".join(dict.fromkeys(candidature[column] for candidature in candidatures if candidature[column]))
        for column in (1, 2, 3)
    )
    return Row(rank, id_, number, family, usage, first, born, school, division or classes, specialities, states)
