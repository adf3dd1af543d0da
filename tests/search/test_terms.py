import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.search.terms import Terms, fts_expression, parse, upper_bound


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", Terms()),
        ("  \t ", Terms()),
        ('"*-()%', Terms()),
        ("ros LUD", Terms((("ros",), ("lud",)))),
        ("d'art", Terms((("d", "art"),))),
        ("Jean-Pi", Terms((("jean", "pi"),))),
        ("01843", Terms(number="01843")),
        ("0184 300", Terms(number="0184300")),
        ("9ab", Terms(number="9AB")),
        ("ros 0184", Terms((("ros",),), "0184")),
        ("123456789 ab", Terms(number="123456789AB")),
        ("a OR b", Terms((("a",), ("or",), ("b",)))),
    ],
)
def test_what_is_typed(text: str, terms: Terms) -> None:
    assert parse(text) == terms


def test_compound_words_match_apart_or_joined() -> None:
    matches = parse("le-roux").filter()
    assert matches(" leroux anne", None, None)
    assert matches(" le roux leroux", None, None)
    assert matches(" roux lea", None, None)
    assert not matches(" martin leroy", None, None)


def test_a_number_matches_from_its_start_or_its_end() -> None:
    for text in ("0184", "6787", "01843006787", "1234", "9AB", "9ab"):
        assert parse(text).filter()(" rose", "01843006787", "123456789AB"), text
    for text in ("8430", "3456", "00000"):
        assert not parse(text).filter()(" rose", "01843006787", "123456789AB"), text
    assert not parse("0184").filter()(" rose", None, None)


def test_upper_bound_is_after_all_that_begins_so() -> None:
    assert "0189" + "9" * 7 < upper_bound("0189") <= "019"
    assert upper_bound("9Z") == "9["


@given(st.text(max_size=80))
def test_no_text_breaks_the_expression_of_the_index(text: str) -> None:
    terms = parse(text)
    if not terms.words:
        return
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE f USING fts5(w, detail=none, prefix='1 2', tokenize='ascii')")
        connection.execute("SELECT rowid FROM f WHERE f MATCH ?", (fts_expression(terms),)).fetchall()
    finally:
        connection.close()
