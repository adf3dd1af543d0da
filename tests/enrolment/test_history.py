"""The history of a card: names for numbers, French dates, and the imports that made what the candidate holds."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from support.factory import Factory
from support.importing import Files

from examtui import audit
from examtui.access import Actor
from examtui.enrolment import candidates_corrections as corrections
from examtui.enrolment.candidates_card import card
from examtui.enrolment.history import history_of
from examtui.errors import Conflict
from examtui.home import Home
from examtui.model import Candidate, DecisionGroup, EpreuveRegistration, ImportReport, Registration, Student
from examtui.model.base import database

NUMBER = "01843006787"
LIST = """Session : BGT 2021
Listes simples
LPO  (0310038Y)
Liste des candidats
Edité le 23/01/2021 10:49
Critères : aucun
Regroupement : aucun
Tri : nom de famille
Division de classe;N° Candidat;N° Inscription;N° Océan;Nom de famille;Nom d'usage;Prénom(s);Date de Naissance;\
Division de classe;INE;Catégorie Candidat;Code Spécialité;Spécialité;Etat;Enseignements
1G3;01843006787;001;;ROSE;;Anna;12/03/2004;1G3;423456789AB;SCOLAIRE;BCG;BACCALAUREAT GENERAL;Inscrit;
"""
HELD = "N° Candidat*;Session*;Spécialité*;Code épreuve*;Position\n01843006787;BGT 2021;BCG;C001C;{}\n"
PLACED = (
    "N° Candidat*;Session*;Spécialité;Code épreuve*;UAI centre*;Date\n"
    "01843006787;BGT 2021;BCG;C001C;0310038Y;15/03/2021\n"
)


@pytest.fixture
def imported(any_home: Home, make: Factory, tmp_path: Path, frozen_clock: datetime) -> Callable[[str, str], int]:
    """``imported(kind, text)`` imports a file of a school's exam; returns the number of its report."""
    school = make.school("LPO BELLEVUE", "0310038Y")
    make.centre(school)
    make.epreuve()
    manager, files = make.actor("manager", login="dec"), Files(tmp_path)
    return lambda kind, text: files.apply(manager, kind, text).id


def test_what_imports_made_is_told_with_what_they_made(imported: Any) -> None:
    reports = [
        imported("candidates", LIST),
        imported("registrations", HELD.format("")),
        imported("assignments", PLACED),
    ]
    pupil = Candidate.get(Candidate.number == NUMBER)
    rows = [pupil, Registration.get(), EpreuveRegistration.get(), pupil.registrations.get().assignments.get()]
    assert [row.created_by_id for row in rows] == [reports[0], reports[0], reports[1], reports[2]]
    lines = history_of(pupil.id)
    assert [line.login for line in lines] == ["dec"] * 3
    title = "C001C, Histoire-géographie 3ème éval"
    assert [line.changes for line in lines] == [
        (("affectations", "", f"{title} : LPO BELLEVUE (0310038Y), épreuves, 15/03/2021"),),
        (("épreuves", "", title),),
        (("fiche", "", "ROSE Anna"), ("candidature", "", "001")),
    ]


def test_a_card_that_an_import_overtook_is_not_saved_over_it(imported: Any, actor: Callable[..., Actor]) -> None:
    imported("candidates", LIST)
    imported("registrations", HELD.format("Inscrit"))
    seen = Registration.get().revision
    imported("registrations", HELD.format("Dispensé"))
    assert Registration.get().revision > seen
    with pytest.raises(Conflict):
        corrections.correct_position(actor("manager"), EpreuveRegistration.get().id, seen, "Bénéfice")
    assert EpreuveRegistration.get().position == "Dispensé"


def test_names_stand_for_numbers_and_dates_are_french(any_home: Home, make: Factory) -> None:
    former, school = make.school("LPO BELLEVUE", "0310038Y"), make.school("LYCEE ZOLA", "0310024H")
    epreuve, manager = make.epreuve(), make.actor("manager")
    pupil = make.candidate(school=school, division="3B")
    registration = make.registration(pupil, epreuve)
    held = make.assignment(registration, epreuve, make.centre(school))
    group = DecisionGroup.create(exam_session=registration.exam_session_id, label="JURY 01")
    corrections.correct_registration(
        manager, registration.id, 1, fraud_suspected=False, replacement=True, decision_group_id=group.id
    )
    with database.atomic():
        audit.record("x", "x", "candidate", pupil.id, before={"school_id": former.id}, after={"school_id": school.id})
        audit.record(
            "x", "x", "student", Student.get().id, before={"left_on": None}, after={"left_on": date(2021, 2, 1)}
        )
        after = {"room": make.room(school).id, "commission_id": make.commission(school).id, "start_time": time(8, 30)}
        audit.record("x", "x", "assignment", held.id, before=dict.fromkeys(after), after=after)
    assert [set(line.changes) for line in card(manager, pupil.id).history] == [
        {("salle", "", "205"), ("commission", "", "3GHG"), ("heure de début", "", "08:30")},
        {("sortie", "", "01/02/2021")},
        {("établissement", "LPO BELLEVUE (0310038Y)", "LYCEE ZOLA (0310024H)")},
        {("session de remplacement", "non", "oui"), ("groupe de décision", "", "JURY 01")},
    ]


def test_the_day_of_an_import_is_the_day_on_the_wall(any_home: Home, make: Factory) -> None:
    report = ImportReport.create(
        kind="students", file_name="e.xml", sha256="0" * 64, at=datetime(2021, 1, 4, 23, 30), login="mc"
    )
    pupil = make.candidate(school=make.school(), created_by=report)
    assert card(make.actor("school"), pupil.id).created_by == "e.xml, importé le 05/01/2021 par mc"
