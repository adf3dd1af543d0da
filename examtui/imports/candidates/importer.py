"""The importer of lists of candidates."""

from __future__ import annotations

from dataclasses import dataclass

from examtui.access import Permission
from examtui.imports.candidates.cyclades import CycladesTable
from examtui.imports.candidates.hors_bee import HorsBeeTable
from examtui.imports.candidates.rows import CandidateTable
from examtui.imports.changes import Changes
from examtui.imports.engine import Context, Importer, Progress
from examtui.imports.problems import Problems
from examtui.imports.source import Source
from examtui.imports.tables import Row
from examtui.model import Candidate, Registration, Student


@dataclass(frozen=True)
class ReadList:
    """A list that was read, with the format that read it."""

    table: CandidateTable
    rows: list[Row]


class CandidateImporter(Importer[ReadList]):
    """Cyclades' simple list of a school, or HORS BEE, into the manager's academy."""

    kind = "candidates"
    title = "des candidats"
    permission = Permission.IMPORT_CANDIDATES
    tables = (Candidate, Student, Registration)

    def recognises(self, source: Source) -> bool:
        """The columns of either format."""
        return CycladesTable().recognises(source) or HorsBeeTable().recognises(source)

    def read(self, source: Source, problems: Problems, progress: Progress) -> ReadList:
        """Read either format; what is neither is told what Cyclades' list has."""
        table = HorsBeeTable() if HorsBeeTable().recognises(source) else CycladesTable()
        return ReadList(table, table.read(source, problems, progress))

    def total(self, rows: ReadList) -> int:
        """The rows below the header."""
        return len(rows.rows)

    def plan(self, rows: ReadList, context: Context, problems: Problems) -> Changes:
        """Match each row to a candidate of the academy, or make a new one."""
        return rows.table.plan(rows.rows, context, problems)

    def template(self) -> str:
        """Cyclades' simple list."""
        return CycladesTable().template()
