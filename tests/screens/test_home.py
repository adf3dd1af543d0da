"""The home screen: what wants doing, the activities of the role, the filter, the palette."""

import pytest
from support.screens import settle, shown

from examtui.screens.activities import ACTIVITIES, visible
from examtui.screens.home import HomeScreen


async def test_an_empty_base_says_where_to_begin(open_app):
    async with open_app("manager") as pilot:
        lines = shown(pilot)
        assert lines[0].endswith("Académie de Toulouse   Gestionnaire DEC")
        if any(activity.name == "imports" for activity in ACTIVITIES):
            assert lines[2] == " À faire"
            assert lines[3].startswith(" ▸ Pour commencer : importez")


async def test_what_wants_doing_leads_to_the_candidates_meant(open_app, make):
    school = make.school()
    make.candidate("AVEC", school=school, division="3A", number="01843006787")
    without = make.candidate("SANS", school=school, division="3A")
    make.registration(without, make.epreuve())
    async with open_app("manager") as pilot:
        lines = shown(pilot)
        place = next(number for number, line in enumerate(lines) if "1 candidat sans numéro" in line)
        assert lines[place].endswith("Candidats")
        await pilot.press(*["down"] * (place - 3), "enter")
        await settle(pilot)
        assert "1 candidat sur 2" in shown(pilot)[2]
        assert "SANS" in shown(pilot)[5]
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_letters_filter_the_activities(open_app):
    async with open_app("school") as pilot:
        await pilot.press(*"elev")
        lines = shown(pilot)
        assert "(filtre : elev_)" in lines[2]
        assert lines[3] == " ▸ Inscription     Élèves"
        await pilot.press("enter")
        await settle(pilot)
        assert shown(pilot)[0] == " Inscription > Élèves"
        await pilot.press("escape", "escape", "escape")
        await settle(pilot)
        assert pilot.app.screen.message == "Vous êtes à l'accueil. Pour quitter examtui : q."
        await pilot.press("z", "z")
        await settle(pilot)
        assert "Aucune activité de ce nom." in "\n".join(shown(pilot))
        await pilot.press("escape")
        assert pilot.app.screen.menu.typed == ""
        await pilot.press("q")
        await pilot.pause()
        assert not pilot.app.is_running


@pytest.mark.parametrize("role", ["school", "head", "manager", "coordinator", "admin"])
async def test_a_role_sees_its_activities_and_no_others(open_app, role):
    async with open_app(role) as pilot:
        text = "\n".join(shown(pilot))
        words = {word.strip() for line in shown(pilot) for part in line.split(" · ") for word in part.split("  ")}
        allowed = {activity.label for activity in visible(pilot.app.actor)}
        assert allowed, text
        assert allowed == words & {activity.label for activity in ACTIVITIES}


async def test_the_real_cursor_is_on_the_marked_activity(open_app):
    async with open_app("school") as pilot:
        await pilot.press(*"elev")
        await pilot.pause()
        x, y = pilot.app.cursor_position
        assert shown(pilot)[y][x:].startswith("Élèves")


async def test_the_palette_finds_activities_and_actions(open_app):
    async with open_app("school") as pilot:
        await pilot.press("colon", *"eleves")
        await settle(pilot)
        assert shown(pilot)[4].startswith("· Inscription > Élèves")
        await pilot.press("enter")
        await settle(pilot)
        assert shown(pilot)[0] == " Inscription > Élèves"
        await pilot.press("ctrl+p", *"aide", "enter")
        await settle(pilot)
        assert shown(pilot)[0] == " Inscription > Élèves > Aide"


async def test_somebody_without_grants_is_told(home, make, open_app):
    async with open_app(make.actor()) as pilot:
        assert "Aucun droit ne vous est donné" in pilot.app.screen.message
