"""Services that the manager opens from a moment to a moment (seed 001, sections 4 to 6)."""

from datetime import datetime

from examtui import texts
from examtui.identifiers import Fault
from examtui.model.places import WindowKind
from examtui.rules.epreuves import FIRST_YEAR, LAST_YEAR

_OPEN = {
    WindowKind.EXTRACTION: texts.EXTRACTION_OPEN,
    WindowKind.PUBLICATION: "Service publication des résultats établissement ouvert du {opens} au {closes}.",
}
WINDOW_LABELS: dict[WindowKind, str] = {
    WindowKind.EXTRACTION: "Extraction des notes",
    WindowKind.PUBLICATION: "Publication des résultats",
}


def window_fault(opens: datetime, closes: datetime) -> tuple[str, Fault] | None:
    """Return the field and the fault of two moments that cannot open and close a service."""
    for field, moment in (("opens_at", opens), ("closes_at", closes)):
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return field, Fault(f"l'année {moment.year} n'est pas plausible", "écrivez l'année sur quatre chiffres")
    if closes <= opens:
        return "closes_at", Fault("le service fermerait avant d'avoir ouvert", "corrigez l'une des deux dates")
    return None


def is_open(opens: datetime, closes: datetime, now: datetime) -> bool:
    """Tell whether a service is open at ``now``; at the closing moment it is closed."""
    return opens <= now < closes


def window_sentence(kind: WindowKind, opens: datetime, closes: datetime) -> str:
    """Return the sentence of the memo that says from when to when a service is open; both are wall-clock times."""
    return _OPEN[kind].format(opens=f"{opens:%d/%m/%Y %H:%M}", closes=f"{closes:%d/%m/%Y %H:%M}")
