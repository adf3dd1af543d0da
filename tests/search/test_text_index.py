"""The text index follows the candidates, however their rows come, move and go, and holds words of any length."""

import pytest
from support.factory import Factory

from examtui.access import Scope
from examtui.administration.checks import check_database
from examtui.database.bulk import insert_rows
from examtui.database.triggers import LONGEST_START, indexed_in_bulk
from examtui.home import Home
from examtui.model import Candidate
from examtui.model.base import database
from examtui.search.fold import index_words, sort_key
from examtui.search.query import CandidateQuery
from examtui.search.ranks import assign_ranks, reindex

EVERYTHING = Scope(everything=True)


def _found(text: str) -> list[str]:
    return [row.family_name for row in CandidateQuery(text, EVERYTHING).page()]


def test_the_index_follows_inserts_moves_renames_and_deletes(any_home: Home, make: Factory) -> None:
    made = [make.candidate(name, "Zoé Marie") for name in ("MARTIN", "LE ROUX", "D'ARTAGNAN")]
    for place in range(40):
        make.candidate("MARTIN", f"A{place:02}")
    with database.atomic():
        Candidate.update(family_name="ZULU").where(Candidate.id == made[0].id).execute()
        reindex([made[0].id])
    Candidate.delete().where(Candidate.id == made[1].id).execute()
    assert check_database(any_home) == []
    assert (_found("zul"), _found("lero"), _found("d'art zoe")) == (["ZULU"], [], ["D'ARTAGNAN"])


def test_rows_in_bulk_are_indexed_as_others_are(any_home: Home, make: Factory) -> None:
    academy = make.academy()
    make.candidate("MARTIN")
    names = ["MARTEL", "MARTIN PETIT", "MA"]
    with database.atomic(), indexed_in_bulk(database):
        ranks = assign_ranks([sort_key(name, "Éva") for name in names])
        rows = [
            (academy.id, name, "Éva", rank, index_words(name, "", "Éva"))
            for name, rank in zip(names, ranks, strict=True)
        ]
        insert_rows(
            Candidate,
            ("academy_id", "family_name", "first_names", "rank", "words"),
            sorted(rows, key=lambda row: row[3]),
        )
    assert check_database(any_home) == []
    make.candidate("MARTY")
    assert check_database(any_home) == []
    assert _found("ma") == ["MA", "MARTEL", "MARTIN", "MARTIN PETIT", "MARTY"]
    assert _found("mart ev") == ["MARTEL", "MARTIN PETIT"]


def test_a_bulk_that_fails_leaves_the_index_kept(any_home: Home, make: Factory) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic(), indexed_in_bulk(database):
        raise ZeroDivisionError
    make.candidate("MARTIN")
    assert _found("mart") == ["MARTIN"]


@pytest.mark.parametrize("letter", ["A", "Й", "ﷺ"])
def test_words_longer_than_the_index_holds_are_told_apart(any_home: Home, make: Factory, letter: str) -> None:
    length = 200
    make.candidate(letter * length + "B")
    make.candidate(letter * length + "C " + "D" * LONGEST_START)
    assert len(_found(letter * LONGEST_START)) == 2
    assert len(_found(letter * length)) == 2
    assert _found(letter * length + "C") == [letter * length + "C " + "D" * LONGEST_START]
    assert _found(letter * length + "CD") == [letter * length + "C " + "D" * LONGEST_START]
    assert _found(letter * length + "E") == []
    assert check_database(any_home) == []


def test_words_of_all_lengths_are_found_together(any_home: Home, make: Factory) -> None:
    make.candidate("LE MARTIN", "Jo Anne-Lise")
    make.candidate("LEMARTIN", "Joanne")
    make.candidate("MARTIN", "Joseph")
    for text, expected in (
        ("l", 2),
        ("le j", 2),
        ("le mart", 1),
        ("mart j", 2),
        ("mart mart", 2),
        ("mart jose", 1),
        ("le-mart jo", 2),
        ("l-m", 1),
        ("j-a", 1),
        ("jo-anne le-martin", 2),
        ("le-ma-j-a", 1),
        ("m m m", 2),
    ):
        assert len(_found(text)) == expected, text
