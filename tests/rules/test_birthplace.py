from datetime import date

import pytest

from examtui.rules.birthplace import birth, birthplace


@pytest.mark.parametrize(
    ("commune", "code", "department", "country", "told"),
    [
        ("TOULOUSE", "31555", "031", "100", "TOULOUSE (31)"),
        ("", "31555", "031", "99100", "commune 31555"),
        ("AJACCIO", "2A004", "02A", "FRANCE", "AJACCIO (2A)"),
        ("BOURG-EN-BRESSE", "01053", "001", "", "BOURG-EN-BRESSE (01)"),
        ("SAINT-DENIS", "97411", "974", "100", "SAINT-DENIS (974)"),
        ("HANOI", "", "099", "243", "HANOI, pays 243"),
        ("DAKAR", "", "", "SÉNÉGAL", "DAKAR, SÉNÉGAL"),
        ("", "", "", "243", "pays 243"),
        ("", "", "031", "100", "département 31"),
        ("", "", "", "", ""),
    ],
)
def test_a_birthplace_reads_in_one_line(commune: str, code: str, department: str, country: str, told: str) -> None:
    assert birthplace(commune, code, department, country) == told


def test_date_and_place_read_together() -> None:
    day = date(2003, 9, 3)
    assert birth(day, "TOULOUSE", "31555", "031", "100") == "03/09/2003 à TOULOUSE (31)"
    assert birth(day, "", "31555", "031", "100") == "03/09/2003, commune 31555"
    assert birth(day, "", "", "", "100") == "03/09/2003"
    assert birth(None, "", "", "", "243") == "pays 243"
