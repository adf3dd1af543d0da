"""``db check``: a sound base is told sound, and each kind of damage is found."""

from typing import Any

import pytest

from examtui.administration.checks import MOST_FAULTS, check_database
from examtui.database.triggers import install_triggers
from examtui.home import Home
from examtui.model import Candidate
from examtui.model.base import database


@pytest.fixture
def filled(any_home: Home, make: Any) -> Home:
    for place, name in enumerate(("Łukasz", "D'Artagnan", "Nguyễn", "ROSE BONBON", "O'Connor--")):
        make.candidate(name, number=f"0184300{place:04}")
    return any_home


def test_a_sound_base_has_no_fault(filled: Home) -> None:
    assert check_database(filled) == []
    assert check_database(filled) == []


def test_words_that_are_not_those_of_the_name_are_found(filled: Home) -> None:
    Candidate.update(words="autre").where(Candidate.family_name == "Nguyễn").execute()
    assert any("mots de recherche" in fault for fault in check_database(filled))


def test_a_candidate_out_of_the_order_is_found(filled: Home) -> None:
    Candidate.update(family_name="Zoé", words="zoe").where(Candidate.family_name == "D'Artagnan").execute()
    assert any("ordre alphabétique" in fault for fault in check_database(filled))


def test_a_number_without_its_reverse_is_found(filled: Home) -> None:
    Candidate.update(number="01843009999").where(Candidate.family_name == "Nguyễn").execute()
    assert any("ne se retrouve pas par sa fin" in fault for fault in check_database(filled))


def test_many_faults_are_cut(home: Home, make: Any) -> None:
    for number in range(MOST_FAULTS + 5):
        make.candidate(f"Nom {number}")
    Candidate.update(words="autre").execute()
    assert len(check_database(home)) == MOST_FAULTS


def test_an_index_that_lost_or_kept_words_is_found(home: Home, make: Any) -> None:
    candidate = make.candidate("Martin")
    make.candidate("Durand")
    database.execute_sql(
        "INSERT INTO candidate_index(candidate_index, rowid, words) VALUES ('delete', ?, ?)",
        (candidate.rank, candidate.words),
    )
    database.execute_sql("INSERT INTO candidate_index(rowid, words) VALUES (?, 'fantome')", (candidate.rank + 1,))
    faults = check_database(home)
    assert any("manquent à l'index" in fault for fault in faults)
    assert any("fantome" in fault for fault in faults)


@pytest.mark.postgresql
def test_an_index_that_lost_or_kept_words_is_found_on_postgresql(postgresql_home: Home, make: Any) -> None:
    candidate = make.candidate("Martin")
    database.execute_sql("DELETE FROM candidate_start WHERE start = 'martin'")
    database.execute_sql("INSERT INTO candidate_start VALUES ('fantome', %s)", (candidate.rank + 1,))
    faults = check_database(postgresql_home)
    assert any("manquent à l'index de recherche, par exemple au mot «martin»" in fault for fault in faults)
    assert any("fantome" in fault for fault in faults)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("DROP TABLE candidate_start", "candidate_start"),
        ("DROP TRIGGER candidate_reindexed ON candidate", "candidate_reindexed"),
        ("DROP TRIGGER audit_entry_kept ON audit_entry", "audit_entry_kept"),
        ("DROP INDEX candidate_ine_end", "candidate_ine_end"),
        (
            "CREATE OR REPLACE FUNCTION starts_of(words text) RETURNS SETOF text LANGUAGE sql AS 'SELECT words'",
            "starts_of",
        ),
    ],
)
def test_what_postgresql_lost_is_found_and_made_again(postgresql_home: Home, make: Any, damage: str, name: str) -> None:
    make.candidate("Martin")
    database.execute_sql(damage)
    assert any(name in fault for fault in check_database(postgresql_home))
    install_triggers(postgresql_home.database)
    install_triggers(postgresql_home.database)
    assert check_database(postgresql_home) == []


def test_a_lost_trigger_is_found(home: Home) -> None:
    database.execute_sql("DROP TRIGGER audit_entry_kept")
    assert any("audit_entry_kept" in fault for fault in check_database(home))


def test_a_broken_link_is_found(home: Home, make: Any) -> None:
    school = make.school()
    database.execute_sql("PRAGMA foreign_keys = 0")
    database.execute_sql("UPDATE school SET academy_id = 99 WHERE id = ?", (school.id,))
    assert any("«academy» qui n'existe pas" in fault for fault in check_database(home))
