"""What reading a list of candidates yields, whatever its format."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from examtui.access import Permission
from examtui.imports.changes import Changes
from examtui.imports.engine import Context
from examtui.imports.problems import Problems
from examtui.imports.tables import Row, TableImporter
from examtui.model import Candidate, Registration


@dataclass(frozen=True)
class CandidateRows:
    """The rows of a list, by the names of the model's columns.

    ``format`` tells which format it is; ``names`` are those that the file has columns for; ``preamble`` holds the lines
    above the header, and ``uai`` the school that they name (its letter may be wrong): both empty for HORS BEE, where
    each row tells its own.
    """

    rows: list[Row]
    format: str
    names: frozenset[str]
    preamble: tuple[str, ...] = ()
    uai: str = ""


class CandidateTable(TableImporter):
    """A format of lists of candidates."""

    kind = "candidates"
    title = "des candidats"
    permission = Permission.IMPORT_CANDIDATES
    tables = (Candidate, Registration)

    @abstractmethod
    def gathered(self, rows: list[Row], problems: Problems) -> CandidateRows:
        """Return the rows that were read with what the file tells beside them, by the names of the model's columns."""

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Match each row to a candidate of the academy, or make a new one."""
        from examtui.imports.candidates.plan import plan_candidates

        return plan_candidates(self.gathered(rows, problems), context, problems)
