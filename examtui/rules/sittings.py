"""Where and when somebody sits épreuves: what is worth a word, the same for a form and for a file (PRODUCT.md §3)."""

from dataclasses import dataclass
from datetime import date, time

from examtui.identifiers import Fault
from examtui.model.candidates import Position


@dataclass(frozen=True)
class Sitting:
    """An épreuve (its title) sat by a candidate: day and hours on the centre's wall clock; the end may be unknown."""

    epreuve: str
    day: date
    start: time
    end: time | None

    def overlaps(self, other: "Sitting") -> bool:
        """Tell whether nobody could sit both; without an end, only the same beginning counts."""
        if self.day != other.day:
            return False
        if self.end is None or other.end is None:
            return self.start == other.start
        return self.start < other.end and other.start < self.end

    @property
    def told(self) -> str:
        """The épreuve with its day and hours."""
        hours = f"{self.start:%H:%M}" + (f" à {self.end:%H:%M}" if self.end else "")
        return f"{self.epreuve} ({self.day:%d/%m/%Y}, {hours})"


def clash(one: Sitting, other: Sitting) -> Fault:
    """Return what is told of two sittings that overlap."""
    return Fault(
        f"ce candidat serait à deux endroits à la fois : {one.told} et {other.told}", "vérifiez dates et heures"
    )


def position_fault(epreuve: str, position: str) -> Fault | None:
    """Return what is told when somebody is assigned who does not sit ``epreuve`` (its title)."""
    if position == Position.REGISTERED:
        return None
    return Fault(
        f"ce candidat a la position «{position}» pour {epreuve} : il ne sera pas convoqué", "vérifiez sa position"
    )


def period_fault(epreuve: str, first: date | None, last: date | None, day: date | None) -> Fault | None:
    """Return what is told when ``day`` is not one of the épreuve's own, from ``first`` to ``last``."""
    last = last or first
    if day is None or first is None or last is None or first <= day <= last:
        return None
    period = f"le {first:%d/%m/%Y}" if first == last else f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}"
    return Fault(f"l'épreuve {epreuve} est prévue {period}", "vérifiez la date")
