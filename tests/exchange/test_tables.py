import csv
import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.exchange.tables import csv_file, csv_line, harmless


def test_a_file_is_what_french_spreadsheets_open() -> None:
    content = csv_file(("Nom", "Note"), [("Zoé; «X»", Decimal("12.50")), ('dit "Zo"', None)])
    assert content == '\ufeffNom;Note\r\n"Zoé; «X»";12,50\r\n"dit ""Zo""";\r\n'.encode()


def test_values_are_written_as_french_readers_do() -> None:
    line = csv_line([date(2021, 3, 15), time(8), datetime(2021, 3, 15, 8, 30), True, False, -2.5, 3])
    assert line == "15/03/2021;08:00;15/03/2021 08:30;O;N;-2,5;3\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+33 6", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2))
def test_every_text_is_read_back_but_for_the_mark_of_the_harmless(cells: list[str]) -> None:
    text = csv_line(cells)
    (row,) = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    assert [harmless(cell) for cell in cells] == row
