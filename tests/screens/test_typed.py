"""Dates, hours and numbers as people type them. The day is Wednesday, 3 February 2021."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.errors import InvalidInput
from examtui.screens.typed import read_date, read_decimal, read_integer, read_time, show_date, show_decimal, show_time

TODAY = date(2021, 2, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15/03", date(2021, 3, 15)),
        ("15/3", date(2021, 3, 15)),
        ("03/02", TODAY),
        ("02/02", date(2022, 2, 2)),
        ("29/02", date(2024, 2, 29)),
        ("15/03/2027", date(2027, 3, 15)),
        ("15.03.27", date(2027, 3, 15)),
        ("15-03-2027", date(2027, 3, 15)),
        ("15032027", date(2027, 3, 15)),
        ("2027-03-15", date(2027, 3, 15)),
        ("lun", date(2021, 2, 8)),
        ("LUNDI", date(2021, 2, 8)),
        ("mer", date(2021, 2, 10)),
        ("jeu.", date(2021, 2, 4)),
        ("lun 15/03", date(2021, 3, 15)),
        ("lun 15/03/2021", date(2021, 3, 15)),
        ("+7", date(2021, 2, 10)),
        ("-1", date(2021, 2, 2)),
        ("auj", TODAY),
        ("demain", date(2021, 2, 4)),
        (" 15/03 ", date(2021, 3, 15)),
    ],
)
def test_dates(typed, meant):
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("12/03/06", date(2006, 3, 12)), ("12/03/87", date(1987, 3, 12)), ("04/02", date(2020, 2, 4))]
)
def test_past_dates(typed, meant):
    assert read_date(typed, TODAY, past=True) == meant


@pytest.mark.parametrize(
    "typed", ["", "31/02", "32/01/2021", "bonjour", "mar 15/03/2021", "15/03/20211", "١٥/٠٣", "0/0"]
)
def test_what_is_no_date_is_told(typed):
    with pytest.raises(InvalidInput) as error:
        read_date(typed, TODAY)
    assert str(error.value).endswith(".")


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_what_a_form_shows_is_read_back(day):
    assert read_date(show_date(day), TODAY) == day


@given(st.integers(0, 9999))
def test_days_ahead(days):
    assert read_date(f"+{days}", TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8h", time(8)),
        ("8", time(8)),
        ("8h30", time(8, 30)),
        ("08:30", time(8, 30)),
        ("0830", time(8, 30)),
        ("14H", time(14)),
    ],
)
def test_hours(typed, meant):
    assert read_time(typed) == meant
    assert read_time(show_time(meant)) == meant


@pytest.mark.parametrize("typed", ["", "25h", "8h75", "midi", "8h3", "²h"])
def test_what_is_no_hour_is_told(typed):
    with pytest.raises(InvalidInput):
        read_time(typed)


def test_whole_numbers():
    assert read_integer(" 1 200 ", 0, 5000) == 1200
    for typed in ("", "12,5", "-1", "6000", "²", "1e3", "9" * 30):
        with pytest.raises(InvalidInput, match="de 0 à 5000"):
            read_integer(typed, 0, 5000)


@pytest.mark.parametrize(("typed", "shown"), [("2,5", "2,5"), (" 20.00 ", "20"), ("1 000", "1000"), ("-1", "-1")])
def test_a_decimal_is_read_exactly_and_shown_short(typed, shown):
    assert show_decimal(read_decimal(typed)) == shown


@pytest.mark.parametrize("typed", ["", "x", "1,2,3", "1e5", "NaN", "٣", ",5", "5,", "9" * 40])
def test_what_is_no_decimal_is_refused(typed):
    with pytest.raises(InvalidInput, match="2,5"):
        read_decimal(typed)
