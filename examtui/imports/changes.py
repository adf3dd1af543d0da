"""The plan of most imports: records to create and to change, row by row of the file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from examtui.audit import told
from examtui.identifiers import Fault
from examtui.imports.problems import Problems, plural
from examtui.model import Base, ImportReport

if TYPE_CHECKING:
    from examtui.imports.engine import Context

CREATED = "nouveau"
CHANGED = "modifié"
GONE = "sorti"


@dataclass(frozen=True)
class Counts:
    """Rows of the file by what becomes of them; ``gone`` counts records that the file no longer holds."""

    total: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    passed_over: int = 0

    @property
    def touched(self) -> int:
        """How many rows or records would be written."""
        return self.created + self.changed + self.gone

    @property
    def sentence(self) -> str:
        """The counts in French: «1 245 lignes lues : 12 nouveaux, 1 sorti»."""
        told = ", ".join(
            plural(getattr(self, name), singular, "nouveaux" if singular == CREATED else None)
            for name, singular in (
                ("created", CREATED),
                ("changed", CHANGED),
                ("unchanged", "inchangé"),
                ("gone", GONE),
                ("passed_over", "écarté"),
            )
            if getattr(self, name)
        )
        return f"{plural(self.total, 'ligne lue', 'lignes lues')} : {told or 'rien à faire'}"

    def as_dict(self) -> dict[str, int]:
        """The counts by the names of ``ImportReport``."""
        return {
            name: getattr(self, name) for name in ("total", "created", "changed", "unchanged", "gone", "passed_over")
        }


@dataclass(frozen=True)
class ChangeView:
    """A change as the preview shows it: ``fields`` are (French name, before, after); none for a new record."""

    outcome: str
    subject: str
    line: int | None
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True, eq=False)
class RecordChange:
    """A record to create (``before`` is None) or to change; values are by column name (``school_id``).

    ``record_id`` is known for a change, and given to a creation when it is written. The value of a foreign key may be
    another ``RecordChange``, that of a record created by the same plan. ``is_part`` keeps a record out of the preview,
    where the one that it is created with tells enough.
    """

    model: type[Base]
    subject: str
    line: int | None
    before: dict[str, Any] | None
    after: dict[str, Any]
    record_id: int | None = None
    is_part: bool = False

    @property
    def is_new(self) -> bool:
        """Tell a creation from a change."""
        return self.before is None


@dataclass
class Changes:
    """Collects what an import would do.

    ``labels`` gives the French name of a column, for the preview and for the warnings of kept values; ``titles`` how
    the records that a foreign key points to are called, by its column and their id. An importer calls
    ``merge`` for each record that a row stands for, then ``settle`` once for the row.
    """

    problems: Problems
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    records: list[RecordChange] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    gone: int = 0
    _kept: dict[str, tuple[int, int | None]] = field(default_factory=dict)

    def create(self, model: type[Base], subject: str, line: int | None, values: Mapping[str, Any]) -> RecordChange:
        """Plan a new record; columns that are not given, or None where it cannot be, take the model's default."""
        change = RecordChange(model, subject, line, None, dict(values))
        self.records.append(change)
        return change

    def merge(
        self,
        model: type[Base],
        existing: Mapping[str, Any] | None,
        subject: str,
        line: int | None,
        values: Mapping[str, Any],
    ) -> RecordChange | None:
        """Plan what makes a record hold ``values``: a creation where ``existing`` is None, else what differs, if any.

        ``existing`` holds the record's columns, ``id`` among them. A blank (None or an empty text) never overwrites a
        value: it is kept, and ``warn_of_kept`` tells how often.
        """
        if existing is None:
            return self.create(model, subject, line, values)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name, value in values.items():
            held = existing[name]
            if value is None or value == "":
                if held is not None and held != "":
                    count, first = self._kept.get(name, (0, line))
                    self._kept[name] = (count + 1, first)
            elif held != value:
                before[name], after[name] = held, value
        if not after:
            return None
        change = RecordChange(model, subject, line, before, after, existing["id"])
        self.records.append(change)
        return change

    def settle(self, main: RecordChange | None, *others: RecordChange | None) -> None:
        """Count a row: new if its ``main`` record is, changed if any record is touched, else unchanged."""
        if main is not None and main.is_new:
            self.outcomes["created"] += 1
        elif main is not None or any(other is not None for other in others):
            self.outcomes["changed"] += 1
        else:
            self.outcomes["unchanged"] += 1

    def pass_over(self) -> None:
        """Count a row that is left out; the reason goes to ``problems.pass_over``."""
        self.outcomes["passed_over"] += 1

    def warn_of_kept(self) -> None:
        """Tell, once for each column, how many blanks of the file left a value as it was. The last act of a plan."""
        warn_of_kept(self._kept, self.labels, self.problems)

    @property
    def counts(self) -> Counts:
        """Rows of the file by what becomes of them."""
        return Counts(total=sum(self.outcomes.values()), gone=self.gone, **self.outcomes)

    def sample(self, most: int) -> tuple[ChangeView, ...]:
        """Return the first changes, those of existing records first: they are what a reader must check."""
        told = (change for change in self.records if not change.is_part)
        ordered = sorted(told, key=lambda change: change.is_new)[:most]
        return tuple(self._view(change) for change in ordered)

    def _view(self, change: RecordChange) -> ChangeView:
        if change.before is None:
            return ChangeView(CREATED, change.subject, change.line)
        fields = tuple(
            (self.labels.get(name, name), self._shown(name, change.before[name]), self._shown(name, value))
            for name, value in change.after.items()
        )
        return ChangeView(CHANGED, change.subject, change.line, fields)

    def _shown(self, name: str, value: Any) -> str:
        titles = self.titles.get(name)
        return titles.get(value, "") if titles is not None and isinstance(value, int) else shown(value)

    def digest(self) -> str:
        """Return a digest of every change."""
        digest = hashlib.sha256(repr(self.counts).encode())
        for change in self.records:
            values = [(name, shown(value)) for name, value in change.after.items()]
            digest.update(repr((change.model.__name__, change.record_id, change.subject, values)).encode())
        return digest.hexdigest()

    def write(self, report: ImportReport, context: Context, action: str) -> None:
        """Write the records and their audit entries."""
        from examtui.imports.write import write_changes

        write_changes(self.records, report, context, action)


def warn_of_kept(kept: Mapping[str, tuple[int, int | None]], labels: Mapping[str, str], problems: Problems) -> None:
    """Warn that blanks of the file left values as they were: by column, how many and the first line."""
    for name, (count, first) in kept.items():
        told = (
            "une ligne, où une valeur était enregistrée"
            if count == 1
            else (f"{count} lignes, où des valeurs étaient enregistrées")
        )
        problems.warn(
            Fault(
                f"vide pour {told} : elle est gardée" if count == 1 else f"vide pour {told} : elles sont gardées",
                "pour effacer une valeur, faites-le sur la fiche",
            ),
            line=first,
            field=labels.get(name, name),
        )


def shown(value: Any) -> str:
    """Return a value as French readers write it; nothing for an absent one."""
    return value.subject if isinstance(value, RecordChange) else told.shown(value)
