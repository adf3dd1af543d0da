"""Errors that many rows share: told for each line, but so that none crowds out another."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from examtui.identifiers import Fault
from examtui.imports.problems import Problems


@dataclass
class _Repeated:
    fault: Fault
    lines: array[int] = field(default_factory=lambda: array("q"))


@dataclass
class RepeatedFaults:
    """Collects errors by field and value: a speciality that is missing in 500 rows is one thing to mend.

    Only so many problems are kept: of each fault the first line is told before the other lines of any.
    """

    _held: dict[tuple[str, str], _Repeated] = field(default_factory=dict)

    def add(self, field: str, value: str, line: int, fault: Fault) -> None:
        """Keep an error of ``field`` for the rows that hold ``value`` there."""
        self._held.setdefault((field, value), _Repeated(fault)).lines.append(line)

    def tell(self, problems: Problems) -> None:
        """Add what was collected to ``problems``."""
        for (field_, _), held in self._held.items():
            problems.error(held.fault, line=held.lines[0], field=field_)
        for (field_, _), held in self._held.items():
            for line in held.lines[1:]:
                problems.error(held.fault, line=line, field=field_)
