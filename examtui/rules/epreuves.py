"""What an épreuve may be (PRODUCT.md, «Épreuves»), and which centre it belongs to."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from examtui.identifiers import Fault
from examtui.model.exams import Nature
from examtui.model.places import CentreFunction

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years outside are slips of the finger: no session of this program is older, none is planned further."""

LONGEST_MINUTES = 24 * 60
GREATEST_MEASURE = Decimal("9999.99")
"""What the columns of coefficient and scale hold."""


def schedule_faults(
    start_date: date | None, end_date: date | None, start_time: time | None, end_time: time | None
) -> Iterator[tuple[str, Fault]]:
    """Give the field and the fault of dates and hours (wall clock) that do not follow one another."""
    for field, day in (("start_date", start_date), ("end_date", end_date)):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield field, Fault(f"l'année {day.year} n'est pas plausible", "écrivez l'année sur quatre chiffres")
    if end_date is not None and start_date is None:
        yield "start_date", Fault("la date de fin est donnée sans date de début", "donnez aussi la date de début")
    if start_date is not None and end_date is not None and end_date < start_date:
        yield (
            "end_date",
            Fault(
                f"l'épreuve finirait le {end_date:%d/%m/%Y}, avant de commencer le {start_date:%d/%m/%Y}",
                "corrigez l'une des deux dates",
            ),
        )
    if end_time is not None and start_time is None:
        yield "start_time", Fault("l'heure de fin est donnée sans heure de début", "donnez aussi l'heure de début")
    if start_time is not None and end_time is not None and end_time <= start_time:
        yield (
            "end_time",
            Fault(
                f"l'épreuve finirait à {end_time:%H:%M}, sans avoir commencé avant ({start_time:%H:%M})",
                "corrigez l'une des deux heures",
            ),
        )


def measure_faults(
    coefficient: Decimal | None, scale: Decimal | None, duration: int | None
) -> Iterator[tuple[str, Fault]]:
    """Give the field and the fault of a coefficient, a scale (the greatest mark) or a duration (minutes)."""
    if coefficient is not None and not _is_measure(coefficient, Decimal(0)):
        yield "coefficient", Fault("le coefficient n'est pas possible", "donnez un nombre de 0 à 9999,99")
    if scale is not None and not _is_measure(scale, Decimal("0.01")):
        yield "scale", Fault("le barème n'est pas possible", "donnez la note la plus haute, par exemple 20")
    if duration is not None and not 1 <= duration <= LONGEST_MINUTES:
        yield "duration", Fault("la durée n'est pas possible", f"donnez-la en minutes, de 1 à {LONGEST_MINUTES}")


def _is_measure(value: Decimal, lowest: Decimal) -> bool:
    if not value.is_finite() or not lowest <= value <= GREATEST_MEASURE:
        return False
    return value == value.quantize(Decimal("0.01"))


def centre_function(nature: Nature) -> CentreFunction:
    """The function of the centre that an épreuve is sat in: déroulement for an ECE, else épreuves (PRODUCT.md §4)."""
    return CentreFunction.SITTING if nature is Nature.ECE else CentreFunction.EXAM


def twin_fault(same_epreuve: bool, same_session: bool, other_has_twin: bool) -> Fault | None:
    """Return why two épreuves cannot be the two halves of one (HLP: «Partie littér» and «partie philo»)."""
    if same_epreuve:
        return Fault("une épreuve ne peut pas être liée à elle-même", "choisissez l'autre partie de l'épreuve")
    if not same_session:
        return Fault("les deux épreuves ne sont pas de la même session", "choisissez une épreuve de cette session")
    if other_has_twin:
        return Fault("l'autre épreuve est déjà liée à une troisième", "défaites d'abord ce lien")
    return None
