"""Candidates of two schools, registered, assigned and not, for the meaning of criteria."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from examtui.home import Home
from examtui.model import Candidate, EpreuveRegistration
from examtui.model.base import database
from examtui.selection import compile_text


@pytest.fixture
def crowd(any_home: Home, make) -> SimpleNamespace:
    """Five candidates: Anna, Bruno, Chloé, Dan and Élise, see the code."""
    here, there = make.school(), make.school("LYC VILLEFICTIVE")
    general, cfg = make.speciality(), make.speciality(code="CFG", label="CERTIFICAT")
    history = make.epreuve(speciality=general)
    english = make.epreuve("C002CA", "Anglais", speciality=general, marking_mode="Calculée")
    oral = make.epreuve("ORAL", "Oral du CFG", speciality=cfg)
    centre, other_centre = make.centre(here), make.centre(there)
    room_205, room_206 = make.room(here, "205"), make.room(here, "206")
    commission = make.commission(here)

    anna = make.candidate(
        "D'ARTAGNAN", "Anna Marie", school=here, division="3B", number="01921021719", ine="123456789AB", email="a@b.fr"
    )
    first = make.registration(anna, history, english, speciality=general, division="3B", category="Scolaire")
    make.assignment(first, history, centre, date=date(2021, 3, 15), room=room_205, commission=commission)
    make.assignment(first, english, centre, date=date(2021, 3, 17), room=room_206)

    bruno = make.candidate("ŁUKASIEWICZ", "Bruno", school=here, division="3B", red_list=True, extra_time=33)
    second = make.registration(bruno, history, speciality=general, state="Démissionnaire", category="Scolaire")
    make.registration(bruno, oral, speciality=cfg, number="002")
    make.assignment(second, history, centre, date=date(2021, 3, 17), room=room_206)

    chloe = make.candidate(
        "DUPONT", "Chloé", usage_name="MARTIN", school=there, division="3A", accommodations="Ordinateur, secrétaire"
    )
    third = make.registration(chloe, history, speciality=general, division="3A", fraud_suspected=True)
    make.assignment(third, history, other_centre)

    dan = make.candidate("DUPONT-MARTIN", "Jean-Dan", number="01921021720")
    fourth = make.registration(dan, history, speciality=general, replacement=True, category="Individuel")
    EpreuveRegistration.update(position="Bénéfice").where(EpreuveRegistration.registration == fourth).execute()

    elise = make.candidate("NGUYỄN", "Élise", school=here, division="TG1")
    return SimpleNamespace(here=here, there=there, everyone=(anna, bruno, chloe, dan, elise), commission=commission)


@pytest.fixture
def selected(crowd: SimpleNamespace, make) -> Callable[[str], set[str]]:
    """Give the first letters of who is selected by a text, once by its predicate and once by its ids."""
    actor = make.actor("admin")

    def select(text: str) -> set[str]:
        condition = compile_text(text, actor)
        people = Candidate.select()
        found = list(people if condition is None else people.where(condition.predicate))
        if condition is not None and condition.ids is not None:
            sql, values = condition.ids.sql()
            by_ids = {row[0] for row in database.execute_sql(sql, values).fetchall()}
            assert by_ids == {row.id for row in found}
        return {row.first_names.replace("Jean-", "")[0].replace("É", "E") for row in found}

    return select
