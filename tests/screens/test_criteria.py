"""The criteria screen by keyboard: tree and text, count, undo, saved selections."""

from contextlib import asynccontextmanager

import pytest
from support.screens import settle, shown

from examtui.model import SavedSelection
from examtui.screens.selection.criteria import CriteriaScreen
from examtui.screens.widgets.lines import PlainText
from examtui.selection.parser import parse
from examtui.selection.printer import to_text
from examtui.selection.tree import Criterion, Defaults


@pytest.fixture
def school(home, make):
    place = make.school()
    epreuve, centre = make.epreuve(), make.centre(place)
    for name, division, room in (("ADAM", "3A", "205"), ("BERN", "3B", "206"), ("CARO", "3B", None)):
        candidate = make.candidate(name, "Lou", school=place, division=division, red_list=name == "BERN")
        registration = make.registration(candidate, epreuve, division=division)
        make.assignment(registration, epreuve, centre, room=make.room(place, room) if room else None)
    return place


class Keyboard:
    """Presses keys on a criteria screen, and reads it."""

    def __init__(self, pilot, screen):
        self.pilot, self.screen, self.given = pilot, screen, []

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await settle(self.pilot)

    async def type(self, text):
        await self.pilot.press(*[{" ": "space"}.get(letter, letter) for letter in text])
        await settle(self.pilot)

    async def count(self):
        await self.pilot.pause(0.4)
        await settle(self.pilot)
        return self.screen.query_one("#count", PlainText).text.strip()

    @property
    def text(self):
        return self.screen.field.value


@pytest.fixture
def criteria(open_app, school, make):
    """``async with criteria(text) as keyboard``: the screen is open for the school's secretary."""

    @asynccontextmanager
    async def run(text=None, defaults=None, size=(80, 24)):
        async with open_app(make.actor("school", school=school), size=size) as pilot:
            screen = CriteriaScreen(("Inscription", "Candidats"), text, defaults)
            keyboard = Keyboard(pilot, screen)
            pilot.app.push_screen(screen, keyboard.given.append)
            await settle(pilot)
            yield keyboard

    return run


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_builds_a_tree_by_keyboard_alone(criteria, size):
    async with criteria(size=size) as keyboard:
        assert await keyboard.count() == "3 candidats"
        await keyboard.press("n")
        await keyboard.type("clas")
        await keyboard.press("enter")
        await keyboard.type("3b")
        await keyboard.press("enter")
        assert keyboard.text == "classe:3B"
        assert await keyboard.count() == "2 candidats"
        await keyboard.press("n")
        await keyboard.type("salle")
        await keyboard.press("enter", "down", "space", "space", "enter")
        assert keyboard.text == "classe:3B et salle:205,206"
        await keyboard.press("n")
        await keyboard.type("rouge")
        await keyboard.press("enter", "enter", "exclamation_mark")
        assert keyboard.text == "classe:3B et salle:205,206 et non liste_rouge"
        assert await keyboard.count() == "aucun candidat"
        await keyboard.press("o")
        assert keyboard.text == "classe:3B ou salle:205,206 ou non liste_rouge"
        page = "\n".join(shown(keyboard.pilot))
        assert "Division de classe : 3B" in page
        assert "OU     NON Liste rouge : oui" in page
        await keyboard.press("enter")
        assert keyboard.given == ["classe:3B ou salle:205,206 ou non liste_rouge"]


async def test_parentheses_and_undo(criteria):
    text = "classe:3B et salle:205 et salle:206"
    async with criteria(text) as keyboard:
        await keyboard.press("down", "space", "space", "p")
        assert keyboard.text == "classe:3B et (salle:205 ou salle:206)"
        await keyboard.press("p")
        assert keyboard.text == text
        await keyboard.press("u")
        assert keyboard.text == "classe:3B et (salle:205 ou salle:206)"
        await keyboard.press("u", "s")
        assert keyboard.text == "classe:3B et salle:206"
        await keyboard.press("s", "s")
        assert keyboard.text == ""
        await keyboard.press("u", "u", "u")
        assert keyboard.text == text


async def test_corrects_a_criterion(criteria):
    async with criteria("non date>=15/03/2021 et classe:3B") as keyboard:
        await keyboard.press("m", "ctrl+u")
        await keyboard.type("17/03/2021")
        await keyboard.press("enter")
        assert keyboard.text == "non date>=17/03/2021 et classe:3B"
        await keyboard.press("m", "ctrl+u")
        await keyboard.type("demain soir")
        await keyboard.press("enter")
        assert "Date illisible" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("escape", "down", "m")
        assert "[x] 3B" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("down", "up", "space", "enter")
        assert keyboard.text == "non date>=17/03/2021 et classe:3A,3B"


async def test_the_text_can_be_typed_and_says_what_is_wrong(criteria):
    async with criteria() as keyboard:
        await keyboard.press("slash")
        await keyboard.type("clase:3B")
        page = "\n".join(shown(keyboard.pilot))
        assert "Critère «clase» inconnu : voulez-vous dire «classe» ? (caractère 1)" in page
        await keyboard.press("enter")
        assert keyboard.given == []
        assert keyboard.screen.field.cursor_position == 0
        await keyboard.press("end", "ctrl+u")
        await keyboard.type("epreuve:zzz")
        await keyboard.count()
        assert "Aucune épreuve ne s'appelle «zzz»" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("enter")
        assert keyboard.given == []
        await keyboard.press("ctrl+u")
        await keyboard.type("classe:3b et [bold]")
        assert "«[bold]» inconnu" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("ctrl+u")
        await keyboard.type("CLASSE:3b ET NON rouge")
        assert await keyboard.count() == "1 candidat"
        await keyboard.press("enter")
        assert keyboard.given == ["classe:3b et non liste_rouge"]


async def test_fixed_criteria_count_and_stay(criteria):
    defaults = Defaults((Criterion("classe", ("3B",)),), Criterion("liste_rouge", ("non",)))
    async with criteria(defaults=defaults) as keyboard:
        assert keyboard.text == "liste_rouge:non"
        assert await keyboard.count() == "1 candidat"
        assert "fixe   Division de classe : 3B" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("s", "exclamation_mark", "m", "o")
        assert keyboard.text == "liste_rouge:non"
        await keyboard.press("down", "s")
        assert keyboard.text == ""
        assert await keyboard.count() == "2 candidats"
        await keyboard.press("enter")
        assert keyboard.given == [""]


async def test_going_back_gives_nothing_and_asks_first(criteria):
    async with criteria("classe:3B") as keyboard:
        await keyboard.press("s", "escape")
        assert "Vos critères ne sont pas appliqués" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("enter", "escape", "o", "enter")
        assert keyboard.given == [None]
    async with criteria("classe:3B") as keyboard:
        await keyboard.press("escape")
        assert keyboard.given == [None]


async def test_saves_asks_before_it_replaces_and_uses_again(criteria):
    async with criteria("classe:3B") as keyboard:
        await keyboard.press("ctrl+s")
        assert "montrée à" in "\n".join(shown(keyboard.pilot))
        await keyboard.type("Les 3B")
        await keyboard.press("ctrl+s")
        assert SavedSelection.get().criteria == "classe:3B"
        await keyboard.press("exclamation_mark", "ctrl+s")
        await keyboard.type("les 3b")
        await keyboard.press("ctrl+s")
        assert "La remplacer ?" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("enter")
        assert SavedSelection.get().criteria == "classe:3B"
        await keyboard.press("ctrl+s")
        await keyboard.type("les 3b")
        await keyboard.press("ctrl+s", "o", "enter")
        assert SavedSelection.get().criteria == "non classe:3B"
        await keyboard.press("s")
        assert keyboard.text == ""
        await keyboard.press("l")
        assert "non classe:3B" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("enter")
        assert keyboard.text == "non classe:3B"
        assert to_text(parse(keyboard.text)) == keyboard.text


async def test_leaving_the_program_or_the_activity_with_criteria_not_applied_asks_first(criteria):
    async with criteria() as keyboard:
        await keyboard.press("n")
        await keyboard.type("classe")
        await keyboard.press("enter")
        await keyboard.type("3b")
        await keyboard.press("enter", "ctrl+q")
        assert "Vos critères ne sont pas appliqués. Quitter" in "\n".join(shown(keyboard.pilot))
        await keyboard.press("enter")
        screen = keyboard.pilot.app.screen
        keyboard.pilot.app.open_activity("selections")
        await settle(keyboard.pilot)
        assert keyboard.pilot.app.screen is screen
        assert "Terminez d'abord votre saisie" in screen.message
