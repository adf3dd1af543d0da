import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui import inputs
from examtui.errors import InvalidInput


@pytest.mark.parametrize(
    "value", ["[bold]Anaïs[/]", "O'Connor--", "NULL", "=cmd|x", "../..", "ŁUKASZ Żółć", "Nguyễn", "İ"]
)
def test_odd_but_visible_text_is_kept_as_it_is(value: str) -> None:
    assert inputs.required(f"  {value} ", "label", "le libellé") == value


@pytest.mark.parametrize("value", ["a\x00b", "a\x1b[2Jb", "a\u202eb", "a\nb", "a\tb", "\ud800", "a\u200bb", "a\u00adb"])
def test_invisible_characters_are_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match=r"Le libellé contient un caractère invisible") as caught:
        inputs.text(value, "label", "le libellé")
    assert caught.value.field == "label"


def test_line_breaks_only_where_they_are_allowed() -> None:
    assert inputs.text("12 rue des Lois\nBât. B", "address", "l'adresse", lines=True) == "12 rue des Lois\nBât. B"


def test_two_writings_of_an_accent_are_one() -> None:
    assert inputs.text("e\u0301", "label", "le libellé") == "é"


def test_empty_and_too_long() -> None:
    with pytest.raises(InvalidInput, match=r"Donnez le code\."):
        inputs.required("  ", "code", "le code")
    with pytest.raises(InvalidInput, match="255 caractères au plus"):
        inputs.required("x" * 300, "code", "le code")


@given(st.text())
def test_what_is_kept_is_kept_again(value: str) -> None:
    try:
        kept = inputs.text(value, "label", "le libellé")
    except InvalidInput:
        return
    assert inputs.text(kept, "label", "le libellé") == kept


def test_a_choice_is_told_what_there_is() -> None:
    with pytest.raises(InvalidInput, match="parmi «EC», «ECE»"):
        inputs.chosen("E3C", ["EC", "ECE"], "nature", "la nature")


@pytest.mark.parametrize("value", [0, 10_000, -1])
def test_out_of_bounds(value: int) -> None:
    with pytest.raises(InvalidInput, match="va de 1 à 9999 places"):
        inputs.between(value, 1, 9999, "capacity", "la capacité", "places")


@pytest.mark.parametrize("value", ["ce.0310038y@ac-toulouse.fr", "", "o'neill+bac@exemple.fr"])
def test_addresses_that_are_kept(value: str) -> None:
    assert inputs.email(f" {value} ", "email") == value


@pytest.mark.parametrize(
    "value", ["nom", "nom@domaine", "a@b.fr, c@d.fr", "a b@c.fr", "<a@b.fr>", "a@b..", r"a\b@x.fr", "x" * 250 + "@b.fr"]
)
def test_addresses_that_are_not(value: str) -> None:
    with pytest.raises(InvalidInput, match=r"nom@domaine\.fr"):
        inputs.email(value, "email")


def test_postcodes() -> None:
    assert inputs.postcode("31 000", "postcode") == "31000"
    assert inputs.postcode(" ", "postcode") == ""
    with pytest.raises(InvalidInput):
        inputs.postcode("3100", "postcode")
