"""Two places at once, other days, candidates who do not sit: rules that forms and imports share."""

from datetime import date, time

import pytest

from examtui.rules.candidatures import registration_number
from examtui.rules.sittings import Sitting, clash, period_fault, position_fault

DAY = date(2021, 2, 1)


def _at(start: int, end: int | None, day: date = DAY) -> Sitting:
    return Sitting("C001C", day, time(start), None if end is None else time(end))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (_at(8, 10), _at(9, 11), True),
        (_at(8, 10), _at(10, 12), False),
        (_at(8, 10), _at(8, 10, date(2021, 2, 2)), False),
        (_at(8, None), _at(8, 10), True),
        (_at(8, None), _at(9, None), False),
        (_at(8, 12), _at(9, 10), True),
    ],
)
def test_sittings_overlap_both_ways(one: Sitting, other: Sitting, overlap: bool) -> None:
    assert one.overlaps(other) is other.overlaps(one) is overlap


def test_a_clash_names_both() -> None:
    assert clash(_at(8, 10), _at(9, None)).sentence == (
        "Ce candidat serait à deux endroits à la fois : C001C (01/02/2021, 08:00 à 10:00) et C001C (01/02/2021, 09:00) "
        ": vérifiez dates et heures."
    )


def test_who_does_not_sit_is_told() -> None:
    assert position_fault("C001C", "Inscrit") is None
    fault = position_fault("C001C", "Dispensé")
    assert fault is not None
    assert "«Dispensé»" in fault.reason


@pytest.mark.parametrize("day", [None, date(2021, 2, 1), date(2021, 2, 3)])
def test_days_of_the_epreuve_are_sound(day: date | None) -> None:
    assert period_fault("C001C", DAY, date(2021, 2, 3), day) is None
    assert period_fault("C001C", None, None, day) is None


def test_another_day_is_told() -> None:
    one, several = period_fault("C001C", DAY, None, date(2021, 2, 2)), period_fault("C1", DAY, date(2021, 2, 3), None)
    assert one is not None
    assert one.reason == "l'épreuve C001C est prévue le 01/02/2021"
    assert several is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1", ("001", "")),
        ("001 Version 3", ("001", "03")),
        ("002-04", ("002", "04")),
        ("1234567", None),
        ("", None),
        ("A", None),
    ],
)
def test_the_registration_number_as_cyclades_writes_it(text: str, parts: tuple[str, str] | None) -> None:
    assert registration_number(text) == parts
