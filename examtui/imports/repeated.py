"""Errors that many rows share: told once, with the first line and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from examtui.identifiers import Fault
from examtui.imports.problems import Problems, plural


@dataclass
class _Repeated:
    line: int
    fault: Fault
    count: int = 0


@dataclass
class RepeatedFaults:
    """Collects errors by field and value: a speciality that is missing in 500 rows is one thing to mend."""

    _held: dict[tuple[str, str], _Repeated] = field(default_factory=dict)

    def add(self, field: str, value: str, line: int, fault: Fault) -> None:
        """Keep an error of ``field`` for the rows that hold ``value`` there."""
        self._held.setdefault((field, value), _Repeated(line, fault)).count += 1

    def tell(self, problems: Problems) -> None:
        """Add what was collected to ``problems``."""
        for (field_, _), held in self._held.items():
            reason = held.fault.reason if held.count == 1 else f"{held.fault.reason}, sur {plural(held.count, 'ligne')}"
            problems.error(Fault(reason, held.fault.cure), line=held.line, field=field_)
