"""What the card corrects of exams, as somebody types it: candidatures, épreuves, affectations, decision groups."""

from datetime import date, time

import pytest
from support.screens import opened, press, settle, text

from examtui import texts
from examtui.model import Assignment, Centre, DecisionGroup, Delegation, Epreuve, EpreuveRegistration, Registration
from examtui.screens.enrolment.card import CardScreen
from examtui.screens.enrolment.card_view import CardView


@pytest.fixture
def pupil(home, make):
    """A pupil inscribed for C001C; the school is a centre with room 205."""
    school = make.school(uai="0310038Y")
    make.centre(school)
    make.room(school)
    pupil = make.candidate(school=school, division="3B", number="01843006787")
    make.registration(pupil, make.epreuve(start_date=date(2021, 2, 1), start_time=time(8), end_time=time(10)))
    return pupil


async def _card(pilot, pupil):
    pilot.app.push_screen(CardScreen(("Fiche",), pupil.id))
    await settle(pilot)
    return await press(pilot, "m")


async def _choose(pilot, *words):
    """Filter the list, and take what is left."""
    return await press(pilot, "slash", *" ".join(words), "enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_affectation_is_given_and_taken_away(open_app, pupil, size):
    async with open_app("manager", size=size) as pilot:
        assert "Affectation, position : C001C, Histoire-géographie 3ème éval" in await _card(pilot, pupil)
        await _choose(pilot, "c001c")
        seen = await _choose(pilot, "affecter")
        assert "lun 01/02/2021" in seen
        assert "LPO BELLEVUE TOULOUSE (0310038Y)" in seen
        await press(pilot, *["down"] * 4, "right", "ctrl+s")
        assert pilot.app.screen.message == "C'est enregistré."
        card = pilot.app.screen.query_one(CardView).text
        assert "lun 01/02/2021 08:00 – 10:00, LPO BELLEVUE TOULOUSE (0310038Y), salle 205" in card
        await press(pilot, "m")
        await _choose(pilot, "c001c")
        assert "Retirer l'affectation de l'épreuve C001C" in await _choose(pilot, "retirer")
        await press(pilot, "right", "enter")
        assert not Assignment.select().exists()


async def test_what_is_unusual_is_asked_about_and_saved(open_app, pupil, make):
    other = make.school("CLG AUTRE")
    make.centre(other)
    async with open_app("manager") as pilot:
        await _card(pilot, pupil)
        await _choose(pilot, "c001c")
        await _choose(pilot, "affecter")
        seen = await press(pilot, *["down"] * 4, "right", *["up"] * 4, "left")
        assert "CLG AUTRE" in seen
        assert "205" not in seen
        await press(pilot, *["down"] * 5, *"3GHG", "ctrl+s")
        assert "«3GHG» n'existe pas encore dans CLG AUTRE" in " ".join(text(pilot).split())
        await press(pilot, "enter")
        assert not Assignment.select().exists()
        await press(pilot, "ctrl+s")
        await press(pilot, "right", "enter")
        assert Assignment.get().commission.name == "3GHG"
        assert Assignment.get().room_id is None


async def test_a_school_gives_the_room_or_reads_why_not(open_app, pupil, make):
    assignment = make.assignment(Registration.get(), Epreuve.get(), Centre.get(), date=date(2021, 2, 1))
    async with open_app("school") as pilot:
        seen = await _card(pilot, pupil)
        assert "Salle, commission : C001C" in seen
        assert "candidature" not in seen
        await press(pilot, "end", "enter")
        assert texts.NOT_DELEGATED in pilot.app.screen.message
        Delegation.create(centre=Centre.get(), epreuve=Epreuve.get())
        await press(pilot, "m")
        seen = await press(pilot, "end", "enter")
        assert "lun 01/02/2021" in seen
        await press(pilot, "right", "ctrl+s")
        assert Assignment.get_by_id(assignment.id).room.name == "205"


async def test_a_candidature_is_added_with_an_epreuve(open_app, pupil):
    async with open_app("manager") as pilot:
        await _card(pilot, pupil)
        seen = await _choose(pilot, "ajouter une candidature")
        assert "LPO BELLEVUE TOULOUSE (0310038Y)" in seen
        assert "3B" in seen
        await press(pilot, "ctrl+s")
        assert "Ce candidat a déjà une candidature n° 001" in " ".join(text(pilot).split())
        await press(pilot, "ctrl+u", *"2 version 1", "ctrl+s")
        assert "Candidature 002 Version 01" in pilot.app.screen.query_one(CardView).text
        assert "Candidature 002 Version 01 : la supprimer…" in await press(pilot, "m")
        await _choose(pilot, "002 ajouter")
        await press(pilot, "ctrl+s")
        assert EpreuveRegistration.select().count() == 2
        await press(pilot, "m")
        seen = await _choose(pilot, "001 spécialité")
        assert "001 Version 03" in seen
        await press(pilot, *["down"] * 3, "ctrl+u", *"3A", "ctrl+s")
        assert Registration.get(Registration.number == "001").division == "3A"


async def test_ten_epreuves_leave_the_list_readable(open_app, pupil, make):
    registration = Registration.get()
    for number in range(9):
        epreuve = make.epreuve(f"E{number}", "Une épreuve au libellé plutôt long, comme il y en a")
        EpreuveRegistration.create(registration=registration, epreuve=epreuve)
    async with open_app("manager") as pilot:
        lines = (await _card(pilot, pupil)).splitlines()
        for label in ("Coordonnées", "Ajouter une candidature", "ajouter une épreuve", "C001C", "E3"):
            assert any(label in line for line in lines), label
        assert "E8, Une épreuve" in await press(pilot, "end")


async def test_groups_of_a_session(open_app, make):
    make.session()
    async with open_app("manager") as pilot:
        assert "d groupes" in await opened(pilot, "sessions")
        assert "Aucun groupe de décision" in await press(pilot, "d")
        await press(pilot, "n", *"JURY 01", "ctrl+s")
        assert "JURY 01" in await press(pilot, "enter")
        await press(pilot, "ctrl+u", *"JURY 02", "ctrl+s")
        assert DecisionGroup.get().label == "JURY 02"
        await press(pilot, "s")
        await press(pilot, "right", "enter")
        assert not DecisionGroup.select().exists()
    async with open_app("school") as pilot:
        await opened(pilot, "sessions")
        assert "n nouveau" not in await press(pilot, "d")


async def test_a_candidate_is_added_by_hand_and_corrected(open_app, pupil):
    async with open_app("manager") as pilot:
        await opened(pilot, "candidates")
        seen = await press(pilot, "down", "n")
        assert "Nom de famille *" in seen
        await press(pilot, *"D'ARTAGNAN", "down", "down", *"Léa", "down", *"12/3/2003", "ctrl+s")
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.candidate.family_name == "D'ARTAGNAN"
        await press(pilot, "m")
        await _choose(pilot, "identité")
        await press(pilot, "ctrl+u", *"ZZYX", "ctrl+s")
        assert pilot.app.screen.candidate.family_name == "ZZYX"
        assert "ZZYX" in await press(pilot, "escape")
    async with open_app("school") as pilot:
        await opened(pilot, "candidates")
        await press(pilot, "down", "n")
        assert not isinstance(pilot.app.screen, CardScreen)
        assert "Nom de famille *" not in text(pilot)
