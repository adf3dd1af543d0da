from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.model.exams import Nature
from examtui.model.places import CentreFunction
from examtui.rules.epreuves import centre_function, measure_faults, schedule_faults, twin_fault

DAYS = st.none() | st.dates(date(1980, 1, 1), date(2100, 12, 31))
HOURS = st.none() | st.times()


@given(DAYS, DAYS, HOURS, HOURS)
def test_a_sound_schedule_is_in_order_and_has_its_starts(
    start: date | None, end: date | None, opens: time | None, closes: time | None
) -> None:
    sound = not list(schedule_faults(start, end, opens, closes))
    assert sound == (
        (end is None or (start is not None and start <= end))
        and (closes is None or (opens is not None and opens < closes))
    )


def test_each_fault_names_its_field() -> None:
    faults = dict(schedule_faults(date(2021, 3, 15), date(2021, 3, 14), time(10), time(8)))
    assert set(faults) == {"end_date", "end_time"}
    assert "14/03/2021" in faults["end_date"].reason
    assert "10:00" in faults["end_time"].reason


def test_a_year_on_two_digits_is_told() -> None:
    assert dict(schedule_faults(date(21, 3, 15), None, None, None)).keys() == {"start_date"}


@pytest.mark.parametrize(
    ("coefficient", "scale", "duration"),
    [(None, None, None), (Decimal("0"), Decimal("20"), 1), (Decimal("2.5"), Decimal("400"), 1440)],
)
def test_possible_measures(coefficient: Decimal | None, scale: Decimal | None, duration: int | None) -> None:
    assert not list(measure_faults(coefficient, scale, duration))


@pytest.mark.parametrize("value", ["-1", "10000", "1.234", "NaN", "Infinity", "1E+30"])
def test_impossible_measures(value: str) -> None:
    fields = [field for field, _ in measure_faults(Decimal(value), Decimal(value), 2000)]
    assert fields == ["coefficient", "scale", "duration"]


def test_a_scale_of_nothing_is_none() -> None:
    assert [field for field, _ in measure_faults(Decimal(0), Decimal(0), 0)] == ["scale", "duration"]


def test_an_ece_is_sat_in_a_centre_de_deroulement() -> None:
    assert {nature: centre_function(nature) for nature in Nature} == {
        Nature.ECE: CentreFunction.SITTING,
        Nature.EC: CentreFunction.EXAM,
        Nature.PONCTUELLE: CentreFunction.EXAM,
    }


def test_twins() -> None:
    assert twin_fault(False, True, False) is None
    for wrong in [(True, True, False), (False, False, False), (False, True, True)]:
        assert twin_fault(*wrong) is not None
