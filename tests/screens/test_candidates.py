"""Searching, the card and its corrections, the export, as somebody types them."""

from datetime import date, time

import pytest
from support.screens import settle, shown, type_at_once
from textual.widgets import Input

from examtui.enrolment.candidates_corrections import correct_red_list
from examtui.model import Assignment, Candidate, Centre
from examtui.screens.enrolment.card import CardScreen
from examtui.screens.enrolment.card_view import CardView

HOSTILE = "[bold]=cmd|'/C calc'!A0[/]\x1b[2J\u202e"


@pytest.fixture
def school(home, make):
    """LPO BELLEVUE: three pupils, one of them with an épreuve assigned."""
    school = make.school(uai="0310038Y")
    rose = make.candidate("ROSE BONBON", "Ludivine", school=school, division="3B", number="01843006787")
    make.candidate("ROSSI-LUDOVIC", "Anaïs", school=school, division="3A")
    make.candidate("Şahin", HOSTILE, school=school, division="3B")
    make.candidate("DUPONT", "Ailleurs", school=make.school("CLG AUTRE"), division="6A")
    epreuve = make.epreuve()
    registration = make.registration(rose, epreuve)
    centre = Centre.create(school=school, function="épreuves")
    Assignment.create(
        registration=registration, epreuve=epreuve, centre=centre, date=date(2021, 3, 15), start_time=time(8)
    )
    return school


async def open_candidates(pilot, name="candidates", **arguments):
    pilot.app.open_activity(name, **arguments)
    await settle(pilot)
    return pilot.app.screen


async def test_search_as_one_types(open_app, school):
    async with open_app("school") as pilot:
        screen = await open_candidates(pilot)
        assert "3 candidats" in shown(pilot)[2]
        await pilot.press(*"ros lud")
        await settle(pilot)
        lines = shown(pilot)
        assert lines[2].endswith("2 candidats sur 3")
        assert "01843006787  ROSE BONBON Ludivine" in lines[5]
        assert "12/03/2006  3B" in lines[5]
        assert "ROSSI-LUDOVIC Anaïs" in lines[6]
        await pilot.press("down", "down")
        assert screen.table.row.record.family_name == "ROSSI-LUDOVIC"
        assert shown(pilot)[pilot.app.cursor_position.y].startswith("▸ ")
        await pilot.press("slash", "ctrl+u")
        await settle(pilot)
        assert "DUPONT" not in "\n".join(shown(pilot)), "another school's pupil"


async def test_near_spellings_can_be_taken(open_app, school):
    async with open_app("school") as pilot:
        screen = await open_candidates(pilot)
        await pilot.press(*"rosse bonbom")
        await settle(pilot)
        assert "Vouliez-vous dire" in "\n".join(shown(pilot))
        await pilot.press("down", "enter")
        await settle(pilot)
        assert screen.query_one("#text", Input).value == "rose bonbon"
        assert screen.table.row.record.first_names == "Ludivine"


async def test_criteria_given_and_wrong_ones_told(open_app, school):
    async with open_app("school") as pilot:
        screen = await open_candidates(pilot, criteria="classe:3B")
        assert "2 candidats sur 3" in shown(pilot)[2]
        await pilot.press("tab")
        screen.query_one("#where", Input).value = "couleur:rouge"
        await pilot.press("enter")
        await settle(pilot)
        assert screen.message.startswith("! ")
        assert "couleur" in screen.message


async def test_pupils_by_class(open_app, school):
    async with open_app("school") as pilot:
        await open_candidates(pilot, "students")
        await pilot.press("down", "c")
        await settle(pilot)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert "Classe    3B" in shown(pilot)[3]
        assert "2 élèves sur 3" in shown(pilot)[2]


async def test_the_card_and_a_correction(open_app, school):
    async with open_app("school") as pilot:
        await open_candidates(pilot)
        await pilot.press(*"ludivine", "enter")
        await settle(pilot)
        text = pilot.app.screen.query_one(CardView).text
        assert "lun 15/03/2021 08:00, LPO BELLEVUE TOULOUSE (0310038Y), sans salle" in text
        assert shown(pilot)[0] == " Inscription > Candidats > ROSE BONBON Ludivine"
        await pilot.press("m", "enter")
        await settle(pilot)
        await pilot.press(*"pas un mail", "ctrl+s")
        await settle(pilot)
        assert "! " in "\n".join(shown(pilot))
        await pilot.press("ctrl+u", *"lud@example.org", "ctrl+s")
        await settle(pilot)
        assert pilot.app.screen.message == "C'est enregistré."
        text = pilot.app.screen.query_one(CardView).text
        assert "mail : rien → lud@example.org" in text
        assert Candidate.get(Candidate.number == "01843006787").email == "lud@example.org"


async def test_a_conflict_is_told_and_what_was_typed_stays(open_app, school, actor):
    rose = Candidate.get(Candidate.number == "01843006787")
    async with open_app("school") as pilot:
        pilot.app.push_screen(CardScreen(("Fiche",), rose.id))
        await settle(pilot)
        await pilot.press("m", "enter")
        await settle(pilot)
        await pilot.press(*"lud@example.org")
        correct_red_list(actor("manager"), rose.id, rose.revision, True)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "a modifié entre-temps (liste rouge)" in pilot.app.screen.message
        assert pilot.app.focused.value == "lud@example.org"
        assert Candidate.get_by_id(rose.id).email == ""


async def test_each_role_corrects_its_own_part(open_app, school):
    rose = Candidate.get(Candidate.number == "01843006787")
    async with open_app("manager") as pilot:
        pilot.app.push_screen(CardScreen(("Fiche",), rose.id))
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        lines = "\n".join(shown(pilot))
        assert "Liste rouge" in lines
        assert "Affectation, position : C001C, Histoire-géographie 3ème éval" in lines
        await pilot.press("end", "enter")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("right", "ctrl+s")
        await settle(pilot)
        assert "Bénéfice" in pilot.app.screen.query_one(CardView).text
    async with open_app("admin") as pilot:
        pilot.app.push_screen(CardScreen(("Fiche",), rose.id))
        await settle(pilot)
        assert "modifier" not in shown(pilot)[-1]
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CardScreen)


async def test_somebody_elses_candidate_is_told_as_absent(open_app, school):
    other = Candidate.get(Candidate.family_name == "DUPONT")
    async with open_app("school") as pilot:
        pilot.app.push_screen(CardScreen(("Fiche",), other.id))
        await settle(pilot)
        assert "n'existe pas" in pilot.app.screen.message
        assert "DUPONT" not in "\n".join(shown(pilot))


async def test_where_there_is_room_the_card_stands_beside(open_app, school):
    async with open_app("school", size=(120, 40)) as pilot:
        screen = await open_candidates(pilot)
        beside = screen.query_one("#beside", CardView)
        assert beside.candidate.family_name == "ROSE BONBON"
        await pilot.press("down", "down")
        await settle(pilot)
        assert beside.candidate.family_name == "ROSSI-LUDOVIC"
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert not beside.display


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_hostile_name_is_plain_text(open_app, school, size):
    async with open_app("school", size=size) as pilot:
        await open_candidates(pilot)
        await pilot.press(*"sahin", "down", "enter")
        await settle(pilot)
        text = "\n".join(shown(pilot))
        assert "[bold]=cmd|'/C calc'!A0[/][2J" in text
        assert not {"\x1b", "\u202e"} & set(text)


async def test_export_of_those_ticked(open_app, school, home):
    async with open_app("school") as pilot:
        await open_candidates(pilot)
        await pilot.press("down", "space", "down", "space", "x")
        await settle(pilot)
        await pilot.press("ctrl+u", *"liste", "ctrl+s")
        await settle(pilot)
        folder = home.path / "depots" / pilot.app.actor.login
        assert "2 candidats exportés" in pilot.app.screen.message
        exported = (folder / "liste.csv").read_text("utf-8-sig").split("\n")
        assert exported[1].startswith("01843006787;ROSE BONBON;")
        assert "Şahin" in exported[2]
        assert (folder / "liste.csv").stat().st_mode & 0o777 == 0o600
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("ctrl+u", *"liste", "ctrl+s")
        await settle(pilot)
        assert "! «liste.csv» existe déjà" in "\n".join(shown(pilot))
        await pilot.press("ctrl+u", *"../liste", "ctrl+s")
        await settle(pilot)
        assert "Donnez un nom de fichier simple" in " ".join(" ".join(shown(pilot)).split())


async def test_keys_that_arrive_together_are_taken_in_their_order(open_app, school):
    async with open_app("school") as pilot:
        screen = await open_candidates(pilot)
        type_at_once(pilot, "down", "space", "down", "slash", *"lud", "down", "enter")
        await settle(pilot)
        assert screen.wanted.text == "lud"
        assert isinstance(pilot.app.screen, CardScreen)
        assert pilot.app.screen.candidate.first_names == "Ludivine"


async def test_correcting_a_telephone_leaves_an_address_of_several_lines_and_what_files_brought(open_app, home, make):
    ours = make.school("LPO BELLEVUE")
    pupil = make.candidate("ROSE", school=ours, division="3B", address="12 rue A\nBât B", mobile="tel: inconnu")
    Candidate.update(accommodations="Lecteur\nSecrétaire\nTiers temps").where(Candidate.id == pupil.id).execute()
    async with open_app("school") as pilot:
        await open_candidates(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        form = pilot.app.screen
        assert not form.form.dirty
        text = "\n".join(shown(pilot))
        assert "12 rue A" in text and "Bât B" in text and "Tiers temps" in text
        await pilot.press("down", "down", *"0561000000", "ctrl+s")
        await settle(pilot)
    saved = Candidate.get_by_id(pupil.id)
    assert saved.phone == "0561000000"
    assert saved.address == "12 rue A\nBât B"
    assert saved.accommodations == "Lecteur\nSecrétaire\nTiers temps"
    assert saved.mobile == "tel: inconnu"


async def test_lines_of_an_address_are_corrected_one_by_one(open_app, home, make):
    ours = make.school("LPO BELLEVUE")
    pupil = make.candidate("ROSE", school=ours, division="3B", address="12 rue A\nBât B\nÉtage 3")
    async with open_app("school") as pilot:
        await open_candidates(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        rows = {row.field.name: row for row in pilot.app.screen.form.rows}
        rows["address_2"].set_value("Bât C")
        rows["address_3"].set_value("")
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert Candidate.get_by_id(pupil.id).address == "12 rue A\nBât C"
