import pytest
from hypothesis import given
from hypothesis import strategies as st

from examtui.search.fold import fold, index_words, reverse_of, sort_key, words_of
from examtui.search.terms import parse


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Éloïse", "eloise"),
        ("ŁUKASIEWICZ", "lukasiewicz"),
        ("Wiśniewski", "wisniewski"),
        ("Nguyễn Thị Đặng", "nguyen thi dang"),
        ("İSMET", "ismet"),
        ("Işık", "isik"),
        ("Strauß", "strauss"),
        ("Sœur Ægidius", "soeur aegidius"),
        ("Søren", "soren"),
        ("ﬁlip", "filip"),
        ("Ýmir Þór", "ymir thor"),
    ],
)
def test_fold_leaves_letters_alone(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("family", "usage", "first", "expected"),
    [
        ("D'Artagnan", "", "Jean-Pierre", "d artagnan dartagnan jean pierre jeanpierre"),
        ("D’ARTAGNAN", "", "Anne", "d artagnan dartagnan anne"),
        ("de la Tour", "", "Zoé", "de la tour delatour latour zoe"),
        ("O'Connor--", "", "Pat", "o connor oconnor pat"),
        ("MARTIN", "LE GALL", "Léa Marie", "martin le gall legall lea marie"),
        ("MARTIN", "MARTIN", "Martin", "martin"),
        ("Иванов", "", "Пётр", "иванов петр"),
        ("[bold]", "", "\x1b[2J\0", "bold 2j"),
        ("", "", "", ""),
        ("--", "'", "…", ""),
    ],
)
def test_words_of_names(family: str, usage: str, first: str, expected: str) -> None:
    assert index_words(family, usage, first) == expected


def test_order_is_word_by_word_surname_first() -> None:
    names = [
        ("ROSEAU", "Anna"),
        ("ROSE BONBON", "Ludivine"),
        ("Rosé", "Zoé"),
        ("ROSE", "Anaïs"),
        ("Łuk", "A"),
        ("LUKE", "A"),
        ("MA", "Z"),
        ("Émile", "A"),
    ]
    assert sorted(names, key=lambda name: sort_key(*name)) == [
        ("Émile", "A"),
        ("Łuk", "A"),
        ("LUKE", "A"),
        ("MA", "Z"),
        ("ROSE", "Anaïs"),
        ("Rosé", "Zoé"),
        ("ROSE BONBON", "Ludivine"),
        ("ROSEAU", "Anna"),
    ]


def test_a_number_reversed() -> None:
    assert reverse_of("01843006787") == "78760034810"
    assert reverse_of(None) is None
    assert reverse_of("") is None


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_words_are_plain_and_stand_once(family: str, usage: str, first: str) -> None:
    words = index_words(family, usage, first).split(" ")
    assert words == [""] or all(word.isalnum() and word == fold(word) for word in words)
    assert len(set(words)) == len(words)
    sort_key(family, first)


@given(st.text(max_size=60))
def test_a_name_is_found_by_its_own_text(name: str) -> None:
    terms = parse(name)
    if not terms.number and len(terms.words) < 20:
        padded = "".join(f" {word}" for word in index_words(name, "", "").split())
        assert terms.filter()(padded, None, None)


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert words_of(" ".join(words_of(text))) == words_of(text)
