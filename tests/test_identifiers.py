from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.identifiers import (
    Fault,
    candidate_number_fault,
    has_uai_shape,
    ine_fault,
    padded_candidate_number,
    tidy,
    uai_fault,
    uai_letter,
)


@pytest.mark.parametrize("uai", ["0310038Y", "0783546F"])
def test_the_schools_of_the_memos_have_sound_uais(uai: str) -> None:
    assert uai_fault(uai) is None


def test_a_wrong_letter_is_told_with_the_right_one() -> None:
    fault = uai_fault("0310038A")
    assert fault is not None
    assert "0310038Y" in fault.cure
    assert has_uai_shape("0310038A")


@given(st.integers(0, 9_999_999), st.characters(min_codepoint=ord("A"), max_codepoint=ord("Z")))
def test_exactly_one_letter_fits_seven_digits(number: int, letter: str) -> None:
    digits = f"{number:07d}"
    assert (uai_fault(digits + letter) is None) == (letter == uai_letter(digits))


@pytest.mark.parametrize("uai", ["", "0310038", "310038Y", "0310038YY", "031003８Y", "0310038y", "'; DROP--", "[b]"])
def test_what_is_not_a_uai_is_told(uai: str) -> None:
    fault = uai_fault(uai)
    assert fault is not None
    assert "sept chiffres et une lettre" in fault.sentence


def test_a_long_value_is_not_told_whole() -> None:
    fault = uai_fault("x" * 5000)
    assert fault is not None
    assert len(fault.sentence) < 200


@pytest.mark.parametrize("fault", [uai_fault, ine_fault, candidate_number_fault])
def test_a_value_is_told_without_what_a_terminal_would_obey(fault: Callable[[str], Fault | None]) -> None:
    told = fault("\x1b[2J\u202e0310038Y")
    assert told is not None
    assert told.sentence.isprintable()


@pytest.mark.parametrize("ine", ["123456789AB", "1234567890A", "1234A56789B"])
def test_the_three_shapes_of_an_ine(ine: str) -> None:
    assert ine_fault(ine) is None


@pytest.mark.parametrize("ine", ["", "12345678AB", "123456789ab", "1234B56789B", "ABCDEFGHIJK", "123456789AB1", "NULL"])
def test_other_shapes_are_not_an_ine(ine: str) -> None:
    assert ine_fault(ine) is not None


@pytest.mark.parametrize("number", ["01843006787", "00000000000"])
def test_a_candidate_number_is_eleven_digits(number: str) -> None:
    assert candidate_number_fault(number) is None


@pytest.mark.parametrize("number", ["", "1843006787", "018430067871", "0184300678A", "٠١٨٤٣٠٠٦٧٨٧", "1.8430E+09"])
def test_anything_else_is_not(number: str) -> None:
    assert candidate_number_fault(number) is not None


@pytest.mark.parametrize(
    ("eaten", "whole"),
    [
        ("1843006787", "01843006787"),
        ("184300678", "00184300678"),
        ("01843006787", "01843006787"),
        ("12", "12"),
        ("x", "x"),
    ],
)
def test_eaten_zeros_come_back(eaten: str, whole: str) -> None:
    assert padded_candidate_number(eaten) == whole


def test_tidy_takes_blanks_out_and_capitals_in() -> None:
    assert tidy(" 031 0038 y\t") == "0310038Y"
