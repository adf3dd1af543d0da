"""How SQLite runs criteria: what drives a search is found by an index, and what checks a row starts from that row."""

import re

import pytest

from examtui.model import Candidate
from examtui.model.base import database
from examtui.selection import compile_text

SELECTIVE = [
    "état:Démissionnaire",
    "spécialité:BCG",
    "session:2021",
    "examen:BCG",
    "établissement:*",
    "classe:3B",
    "classe:3*",
    "catégorie:Individuel",
    "épreuve:C001C",
    "position:Bénéfice",
    "centre:«LYC VILLEFICTIVE»",
    "date:15/03/2021",
    "date>=15/03/2021",
    "salle:205",
    "salle:20*",
    "commission:3GHG",
    "liste_rouge",
    "fraude",
    "remplacement",
    "tiers_temps",
    "nom:dup*",
    "prénom:marie",
    "numéro:019*",
    "ine:12*",
]


@pytest.fixture
def base(home, make):
    here, there = make.school(), make.school("LYC VILLEFICTIVE")
    epreuve = make.epreuve()
    make.epreuve("C002CA", "Anglais")
    for place in (here, there):
        make.centre(place)
        make.commission(place)
        for name in ("205", "206"):
            make.room(place, name)
    make.registration(
        make.candidate(school=here, division="3B"), epreuve, category="Individuel", state="Démissionnaire"
    )
    return make.actor("admin")


def _plan(query):
    sql, values = query.sql()
    return [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]


@pytest.mark.parametrize("text", [text for text in SELECTIVE if text != "établissement:*"])
def test_what_drives_reads_an_index(base, text):
    plan = _plan(compile_text(text, base).ids)
    whole = [step for step in plan if re.match(r"SCAN \w+$", step)]
    assert whole == []
    scans = [step for step in plan if step.startswith("SCAN")]
    partial = ("red_list", "extra_time", "fraud", "replacement", "not_sat", "VIRTUAL TABLE")
    assert all(any(name in step for name in partial) for step in scans)


@pytest.mark.parametrize("text", SELECTIVE)
def test_a_check_starts_from_the_row(base, text):
    condition = compile_text(f"{text} ou mail", base)
    plan = _plan(Candidate.select(Candidate.id).where(condition.predicate).order_by(Candidate.rank))
    assert re.match(r"SCAN t1 USING (COVERING )?INDEX candidate_rank", plan[0])
    inner = [step for step in plan[1:] if re.match(r"(SEARCH|SCAN) t\d+", step)]
    looked_up = [step for step in inner if "candidate_id=?" not in step and "registration_id=?" not in step]
    small = ("examsession_exam_id", "room_name", "commission_name")
    assert [step for step in looked_up if not any(name in step for name in small)] == []


def test_many_rooms_are_not_looked_up_one_by_one(base):
    condition = compile_text("salle:205", base)
    plan = _plan(Candidate.select(Candidate.id).where(condition.predicate).order_by(Candidate.rank))
    assert not any("room_id=?" in step for step in plan)


@pytest.mark.parametrize("text", ["nom:dup*", "nom:d*", "nom:dupont", "nom:du", "nom:«d'artagnan»", "prénom:marie"])
@pytest.mark.postgresql
def test_names_read_the_text_index_of_postgresql(postgresql_home, make, text):
    sql, values = compile_text(text, make.actor("admin")).ids.sql()
    with database.atomic():
        database.execute_sql("SET LOCAL enable_seqscan = off")
        plan = [row[0] for row in database.execute_sql(f"EXPLAIN {sql}", values).fetchall()]
    assert any("candidate_start_pkey" in step for step in plan)
    assert not any("Seq Scan" in step for step in plan), plan
