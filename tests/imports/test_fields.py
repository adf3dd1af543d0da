from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.imports import fields
from examtui.imports.fields import BadCell, Mended


@pytest.mark.parametrize("cell", ["15/03/2021", "15-03-2021", "15.3.2021", "2021-03-15", "2021-03-15 00:00:00"])
def test_a_date_in_the_forms_that_spreadsheets_save(cell: str) -> None:
    assert fields.day(cell) == date(2021, 3, 15)


@pytest.mark.parametrize("cell", ["31/02/2006", "15/03/21", "03/15/2006", "2006", "demain", "15/03/0006", "00/00/2006"])
def test_a_date_that_is_none(cell: str) -> None:
    with pytest.raises(BadCell):
        fields.day(cell)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    for form in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert fields.day(form) == day
    assert fields.strict_day(f"{day:%d/%m/%Y}") == day


def test_siecle_knows_one_form_of_date() -> None:
    for cell in ("2006-03-12", "12/3/2006", "12-03-2006", "12/03/06"):
        with pytest.raises(BadCell):
            fields.strict_day(cell)


@pytest.mark.parametrize("cell", ["8:00", "08:00", "8h", "08h00", "8 h 00", "08:00:00", "0,333333333333333"])
def test_an_hour_in_the_forms_that_people_write(cell: str) -> None:
    assert fields.hour(cell) == time(8)


@pytest.mark.parametrize("cell", ["24:00", "8:60", "8", "huit", "1,5", "-1:00"])
def test_an_hour_that_is_none(cell: str) -> None:
    with pytest.raises(BadCell):
        fields.hour(cell)


@pytest.mark.parametrize("cell", ["33%", "33 %", "33", "0,33", "0.33", "1/3", "33\u202f%"])
def test_extra_time(cell: str) -> None:
    assert fields.percent(cell) == 33


@given(st.integers(0, 100))
def test_every_percentage_is_read_back(value: int) -> None:
    assert fields.percent(f"{value}%") == fields.percent(f"{value} %") == fields.percent(str(value)) == value


def test_a_percentage_that_is_none() -> None:
    for cell in ("101%", "-1%", "tiers temps oui", "%", "0,33,1"):
        with pytest.raises(BadCell):
            fields.percent(cell)


def test_a_candidate_number_gets_its_zero_back_with_a_warning() -> None:
    assert fields.candidate_number("01843006787") == "01843006787"
    mended = fields.candidate_number("1843006787")
    assert isinstance(mended, Mended)
    assert mended.value == "01843006787"
    assert "1843006787" in mended.warning.reason
    with pytest.raises(BadCell) as rounded:
        fields.candidate_number("1,84E+09")
    assert "arrondi" in rounded.value.fault.reason
    for cell in ("184300678712", "O1843006787", "12345"):
        with pytest.raises(BadCell):
            fields.candidate_number(cell)


def test_decimals_are_exact() -> None:
    convert = fields.decimal_of(100)
    assert convert("2,5") == convert("2.50") == Decimal("2.50")
    for cell in ("2,555", "-1", "101", "NaN", "1e3", "deux", "٣"):
        with pytest.raises(BadCell):
            convert(cell)


def test_whole_numbers_keep_to_their_bounds() -> None:
    convert = fields.number_of(1, 500)
    assert convert("30") == convert("30,0") == convert(" 30") == 30
    for cell in ("0", "501", "3,5", "-3", "9" * 40, "²"):
        with pytest.raises(BadCell):
            convert(cell)


def test_yes_and_no() -> None:
    assert [fields.yes_no(cell) for cell in ("O", "oui", "Vrai", "N", "non", "FAUX")] == [True] * 3 + [False] * 3
    with pytest.raises(BadCell):
        fields.yes_no("peut-être")


def test_addresses() -> None:
    assert fields.emails("a@b.fr ; c.d@e-f.org, a@b.fr") == "a@b.fr, c.d@e-f.org"
    for cell in ("a@b", "a b@c.fr", "@c.fr", "a@b.fr\x1b[2J", "a@@b.fr", "x" * 250 + "@b.fr"):
        with pytest.raises(BadCell):
            fields.email(cell)


def test_codes_of_places() -> None:
    assert fields.country("100") == fields.country("99100") == "99100"
    assert fields.commune("1053") == "01053"
    assert fields.commune("2a004") == "2A004"
    assert [fields.department(cell) for cell in ("031", "1", "2a", "974", "099")] == ["31", "01", "2A", "974", "99"]
    for convert, cell in ((fields.country, "FR"), (fields.commune, "Paris"), (fields.department, "Ain")):
        with pytest.raises(BadCell):
            convert(cell)


def test_a_uai_has_the_right_letter() -> None:
    assert fields.uai("0310038y") == "0310038Y"
    with pytest.raises(BadCell) as wrong:
        fields.uai("0310038A")
    assert "0310038Y" in wrong.value.fault.cure


def test_texts_are_one_line_and_composed() -> None:
    assert fields.text("  Zoe\u0301 \xa0 Marie".strip()) == "Zoé Marie"
    assert fields.text("Lu\u202edivine") == "Ludivine"
    assert fields.text("[bold]=cmd|' /C calc'!A0") == "[bold]=cmd|' /C calc'!A0"
    for cell in ("a\x1b[2Jb", "a\x00b", "x" * 256):
        with pytest.raises(BadCell):
            fields.text(cell)


@given(st.text(min_size=1))
def test_a_text_is_kept_or_refused_and_never_holds_what_a_terminal_obeys(cell: str) -> None:
    try:
        value = fields.text(cell.strip() or "x")
    except BadCell:
        return
    assert not any(letter < " " or "\x7f" <= letter < "\xa0" for letter in value)
    assert len(value) <= 255


@given(st.text(min_size=1, max_size=40))
def test_no_converter_fails_in_another_way(cell: str) -> None:
    for convert in (
        fields.uai,
        fields.ine,
        fields.candidate_number,
        fields.day,
        fields.strict_day,
        fields.hour,
        fields.percent,
        fields.yes_no,
        fields.emails,
        fields.sex,
        fields.country,
        fields.commune,
        fields.department,
        fields.number_of(),
        fields.decimal_of(100),
        fields.note,
    ):
        try:
            convert(cell)
        except BadCell as bad:
            assert bad.fault.reason
            assert bad.fault.cure
