"""Screens of exams: sessions, specialities, épreuves."""

from datetime import date, time
from decimal import Decimal

import pytest
from support.screens import opened, press, shown, text

from examtui.model import Epreuve, ExamSession, Speciality
from examtui.model.exams import Nature

HOSTILE = "[bold]O'Connor--[/]\x1b[2J\u202eNULL\x00"
SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_an_epreuve_is_found_by_its_code_and_corrected(open_app, make, size):
    wanted = make.epreuve()
    make.epreuve("PHI1", "Philosophie", nature=Nature.PONCTUELLE, start_date=date(2021, 6, 17))
    async with open_app("manager", size) as pilot:
        seen = await opened(pilot, "epreuves")
        assert shown(pilot)[0] == " Inscription > Épreuves"
        assert "17/06/2021" in seen
        seen = await press(pilot, "slash", *"c001c")
        assert "1 sur 2" in seen
        assert "PHI1" not in seen
        await press(pilot, "down", "enter")
        assert shown(pilot)[0].endswith("> C001C, Histoire-géographie 3ème éval")
        await press(pilot, *["down"] * 5, *"2,5", "down", *"20", "down", *"120", "down", *"15/3/2027", "ctrl+s")
        assert pilot.app.screen.message == "C'est enregistré."
    saved = Epreuve.get_by_id(wanted.id)
    assert (saved.coefficient, saved.scale, saved.duration) == (Decimal("2.5"), Decimal(20), 120)
    assert saved.start_date == date(2027, 3, 15)


@pytest.mark.parametrize("size", SIZES)
async def test_every_field_of_a_new_epreuve_is_seen_and_saved(open_app, make, size):
    speciality = make.speciality()
    other = make.epreuve("C009", "Partie littér")
    async with open_app("manager", size) as pilot:
        await opened(pilot, "epreuves")
        seen = await press(pilot, "n")
        for label in (
            "Spécialité *",
            "Code *",
            "Libellé *",
            "Nature",
            "Forme",
            "Discipline",
            "Coefficient",
            "Barème",
            "Durée (minutes)",
            "Date de début",
            "Date de fin",
            "Heure de début",
            "Heure de fin",
            "Organisable",
            "Mode de notation",
            "Épreuve liée",
        ):
            assert f" {label}" in seen
        assert "…" not in seen.replace("15/03, lun, +7…", ""), "nothing is cut"
        down = "down"
        keys = [down, *"C009", down, *"partie philo", down, "e", down, "o", down, *"PHILOSOPHIE", down, *"2", down]
        keys += [*"10", down, *"120", down, *"04/02/2027", down, *"05/02/2027", down, *"8h", down, *"10h", down]
        keys += ["o", down, "c", down, "right", "ctrl+s"]
        await press(pilot, *keys)
        assert pilot.app.screen.message == "C'est enregistré."
    saved = Epreuve.get(Epreuve.label == "partie philo")
    assert (saved.speciality_id, saved.nature, saved.form) == (speciality.id, "EC", "oral")
    assert (saved.coefficient, saved.scale, saved.duration) == (Decimal(2), Decimal(10), 120)
    assert (saved.start_date, saved.end_date) == (date(2027, 2, 4), date(2027, 2, 5))
    assert (saved.start_time, saved.end_time) == (time(8), time(10))
    assert saved.organisable
    assert saved.marking_mode == "Calculée"
    assert (saved.twin_id, Epreuve.get_by_id(other.id).twin_id) == (other.id, saved.id)


async def test_an_epreuve_needs_a_speciality_first(open_app, home):
    async with open_app("manager") as pilot:
        assert "Aucune épreuve." in await opened(pilot, "epreuves")
        seen = await press(pilot, "n")
        assert "ajoutez d'abord une session et sa spécialité" in " ".join(seen.split())
        await press(pilot, *"C1", "down", *"Maths", "ctrl+s")
        assert "! À remplir." in text(pilot)
    assert not Epreuve.select().exists()


async def test_an_error_stands_beside_its_field_and_keeps_the_input(open_app, make):
    make.epreuve()
    async with open_app("manager") as pilot:
        await opened(pilot, "epreuves")
        seen = await press(pilot, "n", "ctrl+s")
        assert seen.count("! À remplir.") == 2
        keys = ["down"] * 5
        seen = await press(pilot, *"C1", "down", *"Maths", *keys[:4], *"beaucoup", "ctrl+s")
        assert "! Tapez un nombre, par exemple 20 ou 2,5." in seen
        seen = await press(pilot, "ctrl+u", *"-1", "ctrl+s")
        line = next(line for line in shown(pilot) if line.startswith(" Coefficient"))
        assert "coefficient" in line.split("!")[1]
        assert Epreuve.select().count() == 1
        seen = await press(pilot, "ctrl+u", *"1", *keys[:4], *"15/03/2027", "ctrl+s")
        assert "date de début" in next(line for line in shown(pilot) if line.startswith(" Date de début")).lower()
        assert "Maths" in seen


async def test_what_somebody_else_saved_first_is_told_and_can_be_done_again(open_app, make):
    row = make.epreuve()
    async with open_app("manager") as pilot:
        await opened(pilot, "epreuves")
        await press(pilot, "enter", "down", "end", *" bis")
        Epreuve.update(revision=2, discipline="LETTRES").where(Epreuve.id == row.id).execute()
        seen = await press(pilot, "ctrl+s")
        assert "Quelqu'un d'autre" in seen
        assert "éval bis" in seen
        await press(pilot, "escape", "right", "enter")
        seen = await press(pilot, "enter")
        assert "LETTRES" in seen, "the newest is shown"
        await press(pilot, "down", "end", *" bis", "ctrl+s")
        assert pilot.app.screen.message == "C'est enregistré."
    assert Epreuve.get_by_id(row.id).label.endswith("bis")


async def test_deleting_asks_and_a_used_epreuve_stays(open_app, make):
    school = make.school()
    used = make.epreuve()
    make.epreuve("C002", "Anglais")
    make.registration(make.candidate(school=school), used)
    async with open_app("manager") as pilot:
        await opened(pilot, "epreuves")
        seen = await press(pilot, "s")
        assert "Supprimer l'épreuve «C001C, Histoire-géographie 3ème éval» ?" in seen
        seen = await press(pilot, "right", "enter")
        assert "1 inscription" in seen
        await press(pilot, "down", "s", "enter")
        assert Epreuve.select().count() == 2, "«Annuler» has the focus"
        seen = await press(pilot, "s", "right", "enter")
        assert "C'est supprimé." in seen
    assert [row.code for row in Epreuve.select()] == ["C001C"]


@pytest.mark.parametrize("role", ["school", "head", "coordinator", "admin"])
async def test_those_who_read_see_a_sheet_and_no_key_that_changes(open_app, make, role):
    make.epreuve(coefficient=Decimal("2.50"), start_date=date(2021, 3, 15))
    async with open_app(role) as pilot:
        await opened(pilot, "epreuves")
        offered = {offer.action for offer in pilot.app.screen.offers()}
        assert {"new", "correct", "delete"}.isdisjoint(offered)
        seen = await press(pilot, "enter")
        assert "2,5" in seen
        assert "lun 15/03/2021" in seen
        assert "Ctrl+S" not in seen
        await press(pilot, "escape", "m", "n", "s")
        assert shown(pilot)[0] == " Inscription > Épreuves"


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_session_down_to_its_epreuves(open_app, make, size):
    make.epreuve()
    make.epreuve("X1", "Autre", speciality=make.speciality(make.session("DNB", "DNB", name="JUIN 2021"), "GEN"))
    async with open_app("manager", size) as pilot:
        seen = await opened(pilot, "sessions")
        assert "BGT 2021" in seen
        assert "470 BCG" in seen
        await press(pilot, "enter")
        assert shown(pilot)[0] == " Inscription > Sessions d'examen > BGT 2021"
        seen = await press(pilot, "enter")
        assert shown(pilot)[0] == " Inscription > Sessions d'examen > BGT 2021 > BCG"
        assert "C001C" in seen
        assert "X1" not in seen
        await press(pilot, "n", "down", *"C2", "down", *"Anglais", "ctrl+s")
        assert Epreuve.get(Epreuve.code == "C2").speciality.code == "BCG"
        seen = await press(pilot, "escape")
        assert next(line for line in shown(pilot) if "BACCALAUREAT" in line).split()[-1] == "2", "counted again"


async def test_a_session_with_its_speciality_is_made_corrected_and_deleted(open_app):
    async with open_app("manager") as pilot:
        assert "Aucune session d'examen." in await opened(pilot, "sessions")
        form = ["n", *"470", "down", *"BCG", "down", *"2027", "down", *"BGT 2027", "ctrl+s"]
        await press(pilot, *form)
        assert ExamSession.get().title == "470, BCG, 2027 ,BGT 2027"
        seen = await press(pilot, *form)
        assert "existe déjà" in seen
        await press(pilot, "escape", "right", "enter")
        await press(pilot, "enter", "n", *"STL", "down", *"Labo", "ctrl+s")
        await press(pilot, "m", "ctrl+u", *"STI", "ctrl+s")
        assert [row.code for row in Speciality.select()] == ["STI"]
        await press(pilot, "s", "right", "enter", "escape", "m", *["down"] * 3, "ctrl+u", *"JUIN", "ctrl+s")
        assert ExamSession.get().label == "JUIN"
        await press(pilot, "s", "right", "enter")
    assert not ExamSession.select().exists()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_of_exams_are_plain_text(open_app, make, size):
    session = make.session("470", HOSTILE, name=HOSTILE)
    speciality = make.speciality(session, HOSTILE[:20], HOSTILE)
    make.epreuve(HOSTILE[:16], "Nguyễn Şükrü Łuczak " * 12, speciality=speciality)
    async with open_app("manager", size) as pilot:
        pages = [await opened(pilot, "sessions"), await press(pilot, "enter"), await press(pilot, "enter")]
        pages += [await press(pilot, "enter"), await press(pilot, "f1")]
        assert all("[bold]O'" in page for page in pages[:4])
        for page in pages:
            assert not any(character in page for character in "\x1b\x00\u202e")


@pytest.mark.parametrize("activity", ["epreuves", "sessions"])
async def test_the_help_explains(open_app, make, activity):
    make.epreuve()
    async with open_app("manager", (80, 60)) as pilot:
        await opened(pilot, activity)
        seen = " ".join((await press(pilot, "question_mark")).split())
        assert "À quoi sert cet écran" in seen
        assert "Règles" in seen
        assert "ne se supprime pas" in seen
