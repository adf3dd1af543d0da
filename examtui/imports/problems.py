"""What an import has to say about a file: errors, warnings, and rows passed over with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from examtui.errors import ExamtuiError
from examtui.identifiers import Fault

MOST_KEPT = 10_000


class Severity(StrEnum):
    """How much a problem matters; the value is what reports and files show."""

    ERROR = "erreur"
    WARNING = "avertissement"
    PASSED_OVER = "écarté"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about the file.

    ``line`` is the line in the file (from 1), None where the file has none to name; ``subject`` the pupil's INE or
    the record that is meant, ``field`` the column or element as the file names it, ``reason`` what is wrong and
    ``cure`` what to do: half sentences without a final point. Empty where there is nothing to say.
    """

    severity: Severity
    line: int | None
    subject: str
    field: str
    reason: str
    cure: str

    @property
    def place(self) -> str:
        """Where the problem is: «ligne 12, INE 0123456789A, Date de naissance»."""
        parts = [f"ligne {self.line}" if self.line is not None else "", self.subject, self.field]
        return ", ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """The problem on one line, for a terminal or a list."""
        told = f"{self.reason} : {self.cure}." if self.cure else f"{self.reason}."
        place = self.place
        return f"{place} : {told}" if place else told[:1].upper() + told[1:]


@dataclass
class Problems:
    """Collects problems: every one is counted, and the first ``most_kept`` of each severity are kept."""

    most_kept: int = MOST_KEPT
    counts: Counter[Severity] = field(default_factory=Counter)
    _kept: dict[Severity, list[Problem]] = field(default_factory=dict)

    def error(self, fault: Fault, *, line: int | None = None, subject: str = "", field: str = "") -> None:
        """Add an error: the import will be refused."""
        self._add(Severity.ERROR, fault, line, subject, field)

    def warn(self, fault: Fault, *, line: int | None = None, subject: str = "", field: str = "") -> None:
        """Add a warning: the import goes on, and its report keeps the warning."""
        self._add(Severity.WARNING, fault, line, subject, field)

    def pass_over(self, fault: Fault, *, line: int | None = None, subject: str = "", field: str = "") -> None:
        """Count a row that the import leaves out, with the reason."""
        self._add(Severity.PASSED_OVER, fault, line, subject, field)

    def _add(self, severity: Severity, fault: Fault, line: int | None, subject: str, field_: str) -> None:
        self.counts[severity] += 1
        kept = self._kept.setdefault(severity, [])
        if len(kept) < self.most_kept:
            kept.append(Problem(severity, line, subject, field_, fault.reason, fault.cure))

    @property
    def has_errors(self) -> bool:
        """Tell whether the import must be refused."""
        return self.counts[Severity.ERROR] > 0

    def kept(self, *severities: Severity) -> tuple[Problem, ...]:
        """Return the kept problems of these severities (all by default), errors first, each by line."""
        return tuple(
            problem
            for severity in (severities or tuple(Severity))
            for problem in sorted(self._kept.get(severity, ()), key=lambda problem: problem.line or 0)
        )

    def told(self, *severities: Severity) -> tuple[Problem, ...]:
        """Return the kept problems of these severities (all by default), then how many more there are of each."""
        chosen = severities or tuple(Severity)
        more = [
            Problem(severity, None, "", "", f"et {plural(hidden, f'autre {severity.value}', several)}", "")
            for severity, several in zip(chosen, (f"autres {severity.value}s" for severity in chosen), strict=True)
            if (hidden := self.counts[severity] - len(self._kept.get(severity, ()))) > 0
        ]
        return (*self.kept(*severities), *more)

    def copy(self) -> Problems:
        """Return a collection of the same problems, to which more are added without touching this one."""
        return Problems(
            self.most_kept, Counter(self.counts), {severity: list(kept) for severity, kept in self._kept.items()}
        )


class FileRefused(ExamtuiError):
    """The file as a whole cannot be read: not there, too large, not of the kind, broken. Nothing was changed."""

    code: ClassVar[str] = "fichier"


class ImportRefused(ExamtuiError):
    """The rows of the file hold errors; ``problems`` tells them, ``count`` how many there are. Nothing was changed."""

    code: ClassVar[str] = "import"

    def __init__(self, problems: Problems) -> None:
        self.count = problems.counts[Severity.ERROR]
        self.problems: tuple[Problem, ...] = problems.told(Severity.ERROR)
        told = "une erreur" if self.count == 1 else f"{self.count} erreurs"
        super().__init__(f"Le fichier contient {told} : rien n'a été importé. Corrigez le fichier, puis recommencez.")


def plural(number: int, singular: str, several: str | None = None) -> str:
    """Return number and noun: ``1 élève``, ``2 élèves``; thousands are set apart by a thin blank."""
    word = singular if abs(number) < 2 else several or f"{singular}s"
    return f"{number:,}".replace(",", "\u202f") + f" {word}"


def joined(words: Iterable[str]) -> str:
    """Return ``a, b et c``."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + f" et {listed[-1]}" if listed else ""
