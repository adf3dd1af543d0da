import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.factory import Factory

from examtui.home import Home
from examtui.model import Candidate
from examtui.model.base import database
from examtui.search import ranks
from examtui.search.fold import index_words, sort_key
from examtui.search.ranks import GAP, assign_ranks, rank_up_to, reindex

NAMES = ["ABADIE", "LE ROUX", "LEROUX", "MARTIN", "MARTINEZ", "ŁUKASZ", "Иванов", "", "DE LA TOUR", "ZIMMER"]


def _order() -> list[tuple[str, str, int]]:
    return list(
        Candidate.select(Candidate.family_name, Candidate.first_names, Candidate.rank).order_by(Candidate.rank).tuples()
    )


def _assert_sorted() -> None:
    keys = [sort_key(family, first) for family, first, _ in _order()]
    assert keys == sorted(keys)


def _insert(make: Factory, names: list[tuple[str, str]]) -> None:
    academy = make.academy()
    given_ranks = assign_ranks([sort_key(*name) for name in names])
    assert len(set(given_ranks)) == len(names)
    for (family, first), rank in sorted(zip(names, given_ranks, strict=True), key=lambda row: row[1]):
        Candidate.create(
            academy=academy,
            family_name=family,
            first_names=first,
            rank=rank,
            words=index_words(family, "", first),
        )


def test_an_empty_table_gets_gaps(home: Home) -> None:
    assert assign_ranks([]) == []
    assert assign_ranks(["b", "a", "c"]) == [2 * GAP, GAP, 3 * GAP]


def test_equal_names_keep_the_order_given(any_home: Home, make: Factory) -> None:
    with database.atomic():
        _insert(make, [("MARTIN", "Léa")])
        first = Candidate.get().rank
        second, third = assign_ranks([sort_key("Martin", "LEA")] * 2)
    assert first < second < third


@pytest.mark.parametrize("scan_fraction", [0, 10**9], ids=["by halving", "by scan"])
def test_order_holds_after_many_inserts_and_renames(
    any_home: Home, make: Factory, monkeypatch: pytest.MonkeyPatch, scan_fraction: int
) -> None:
    monkeypatch.setattr(ranks, "_SCAN_FRACTION", scan_fraction)
    chance = random.Random(5)

    def name() -> tuple[str, str]:
        return chance.choice(NAMES) + chance.choice(["", " B", "-C"]), chance.choice("abc") * chance.randrange(3)

    with database.atomic():
        for _ in range(25):
            _insert(make, [name() for _ in range(chance.choice([1, 2, 15]))])
            ids = [row.id for row in Candidate.select(Candidate.id)]
            renamed = chance.sample(ids, min(len(ids), chance.randrange(4)))
            for id_ in renamed:
                family, first = name()
                Candidate.update(family_name=family, first_names=first).where(Candidate.id == id_).execute()
            reindex(renamed)
            _assert_sorted()
    for family, first, words in Candidate.select(
        Candidate.family_name, Candidate.first_names, Candidate.words
    ).tuples():
        assert words == index_words(family, "", first)
    assert max(rank for *_, rank in _order()) < 1 << 50


def test_a_full_gap_is_spread_again_around_it(home: Home, make: Factory) -> None:
    with database.atomic():
        _insert(make, [("A", str(number)) for number in range(40)] + [("C", str(number)) for number in range(40)])
        ends = (_order()[0][2], _order()[-1][2])
        _insert(make, [("B", f"{number:04}") for number in range(3000)])
        _assert_sorted()
        assert len(_order()) == 3080
        for number in range(60):
            _insert(make, [("B", "0000"), ("A", f"1{number}")])
        _assert_sorted()
    assert _order()[0][2] <= ends[0]
    assert _order()[-1][2] >= ends[1]


def test_a_renamed_one_that_keeps_its_place_is_not_moved(home: Home, make: Factory) -> None:
    make.candidate("ABADIE")
    middle = make.candidate("MARTIN", "Lea")
    make.candidate("ZIMMER")
    Candidate.update(first_names="Léa", ine="123456789AB", number="01843006787").where(
        Candidate.id == middle.id
    ).execute()
    reindex([middle.id])
    after = Candidate.get_by_id(middle.id)
    assert (after.rank, after.ine_reversed, after.number_reversed) == (middle.rank, "BA987654321", "78760034810")


def test_rank_up_to(home: Home, make: Factory) -> None:
    assert rank_up_to("m") == 0
    rows = [make.candidate(name, "A") for name in ("ABADIE", "MARTIN", "ZIMMER")]
    assert rank_up_to("m") == rows[0].rank
    assert rank_up_to("martino") == rows[1].rank
    assert rank_up_to("zzz") == rows[2].rank


def _indexed(word: str) -> list[int]:
    sql = "SELECT rowid FROM candidate_index WHERE candidate_index MATCH ? ORDER BY rowid"
    return [row[0] for row in database.execute_sql(sql, (f'"{word}"*',)).fetchall()]


def _held(word: str) -> list[int]:
    rows = Candidate.select(Candidate.rank, Candidate.words).order_by(Candidate.rank).tuples()
    return [rank for rank, words in rows if any(held.startswith(word) for held in words.split())]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_text_index_follows_every_write(home: Home, data: Any) -> None:
    """Inserted, renamed, renumbered and deleted rows: the index says what the rows say."""
    make = Factory()
    names = st.tuples(st.sampled_from(NAMES), st.sampled_from(["Ada", "Éva", "Zoé", ""]))
    with database.atomic() as transaction:
        _insert(make, data.draw(st.lists(names, min_size=1, max_size=12)))
        ids = [row.id for row in Candidate.select(Candidate.id)]
        for id_ in data.draw(st.lists(st.sampled_from(ids), max_size=4, unique=True)):
            family, first = data.draw(names)
            Candidate.update(family_name=family, first_names=first).where(Candidate.id == id_).execute()
            reindex([id_])
        for id_ in data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)):
            Candidate.delete().where(Candidate.id == id_).execute()
        for word in ("a", "ma", "martin", "le", "leroux", "z", "eva", "и"):
            assert _indexed(word) == _held(word), word
        transaction.rollback()
