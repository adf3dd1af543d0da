"""The frame: registry of actions, records screens with forms, dialogs, help, palette, calls."""

import asyncio
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest
from support.screens import settle, shown

from examtui.access import Permission
from examtui.errors import Conflict, InvalidInput
from examtui.screens import actions
from examtui.screens.actions import Offer
from examtui.screens.activities import ACTIVITIES, MENUS
from examtui.screens.app import ExamtuiApp
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind, LineInput
from examtui.screens.widgets.rows import Column
from examtui.settings.keymap import ACTIONS, BY_NAME, Keys
from examtui.settings.keynames import types_a_character

HOSTILE = "[bold]O'Connor--[/]\x1b[2J\u202eNULL\x00"


@dataclass(frozen=True)
class Thing:
    id: int
    name: str
    seats: int
    open: bool = False


class ThingsScreen(RecordsScreen[Thing]):
    COLUMNS: ClassVar = (Column("Nom", 20, flex=1), Column("Places", 6, right=True))
    NOUN = "la salle"
    EMPTY = "Aucune salle : n en ajoute une."
    HELP = "Les salles."
    CHANGES = Permission.MANAGE_ROOMS

    def __init__(self, things: list[Thing]) -> None:
        super().__init__(("Organisation", "Salles"))
        self.things = things
        self.refuse: Exception | None = None

    def load(self):
        return sorted(self.things, key=lambda thing: thing.name)

    def identity(self, record):
        return record.id

    def cells(self, record):
        return (record.name, str(record.seats))

    def fields(self, record):
        return (
            Field("name", "Nom", required=True),
            Field("seats", "Nombre de places", Kind.INTEGER, required=True, least=1, most=500),
            Field("open", "Ouverte", Kind.YES_NO),
        )

    def add_record(self, values):
        if self.refuse:
            raise self.refuse
        self.things.append(Thing(len(self.things) + 1, **values))
        return len(self.things)

    def save_record(self, record, values):
        if self.refuse:
            raise self.refuse
        self.things[self.things.index(record)] = replace(record, **values)

    def delete_record(self, record):
        self.things.remove(record)


def test_a_key_means_one_thing():
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert len(BY_NAME) == len(ACTIONS)


def test_keys_can_be_typed_on_any_keyboard():
    for action in ACTIONS:
        for key in action.keys:
            modifiers, _, last = key.rpartition("+")
            assert modifiers in ("", "ctrl"), key
            assert not (modifiers and last == "enter"), key
        assert not all(key.startswith("f") and key[1:].isdigit() for key in action.keys)


def test_escape_has_a_second_key_even_in_a_field():
    back = BY_NAME["back"].keys
    assert "escape" in back
    assert any(not types_a_character(key) and key != "escape" for key in back)


def test_the_printed_sheet_is_the_registry():
    assert (Path(__file__).parents[2] / "docs/touches.md").read_text("utf-8") == actions.sheet()


def test_every_offer_of_every_activity_is_done_by_its_screen():
    for activity in ACTIVITIES:
        assert activity.menu in MENUS
        screen = activity.make()
        assert screen.HELP, f"{activity.name} n'a pas d'aide"
        offered = {offer.action for owner in type(screen).__mro__ for offer in owner.__dict__.get("OFFERS", ())}
        for action in offered | {offer.action for offer in actions.COMMON}:
            assert action in BY_NAME
            assert hasattr(screen, f"action_{action}"), f"{activity.name}: {action}"


def test_a_keymap_changes_keys():
    keys = Keys({"export": "Ctrl+Y", "new": "x", "delete": "n", "save": "ctrl+w ctrl+b"})
    assert keys.of("export") == ("ctrl+y",)
    assert keys.of("new") == ("x",)
    assert keys.of("save") == ("ctrl+w", "ctrl+b")
    assert keys.changes() == {"export": "ctrl+y", "new": "x", "delete": "n", "save": "ctrl+w,ctrl+b"}


async def test_a_changed_key_works(open_app):
    async with open_app(keymap={"help": "ctrl+y"}) as pilot:
        pilot.app.push_screen(ThingsScreen([Thing(1, "A101", 30)]))
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        assert "Aide" not in shown(pilot)[0]
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert shown(pilot)[0] == " Organisation > Salles > Aide"
        assert any("Les salles." in line for line in shown(pilot))


async def test_add_change_filter_and_delete_a_record(open_app):
    things = [Thing(1, "A101", 30), Thing(2, "Amphithéâtre", 200)]
    async with open_app("school") as pilot:
        screen = ThingsScreen(things)
        pilot.app.push_screen(screen)
        await settle(pilot)
        assert shown(pilot)[4].startswith("▸ A101")
        await pilot.press("n", *"B12", "down", *"trente", "ctrl+s")
        await settle(pilot)
        assert "! Tapez un nombre entier de 1 à 500." in "\n".join(shown(pilot))
        await pilot.press("ctrl+u", *"35", "ctrl+s")
        await settle(pilot)
        assert things[2] == Thing(3, "B12", 35)
        assert screen.record == things[2]
        assert screen.message == "C'est enregistré."
        await pilot.press("slash", *"amphi")
        assert "1 sur 3" in shown(pilot)[2]
        await pilot.press("down", "enter", "down", "down", "space", "ctrl+s")
        await settle(pilot)
        assert things[1].open
        await pilot.press("s")
        await settle(pilot)
        assert "Supprimer la salle «Amphithéâtre» ?" in "\n".join(shown(pilot))
        await pilot.press("enter")
        await settle(pilot)
        assert len(things) == 3, "«Annuler» has the focus"
        await pilot.press("s", "right", "enter")
        await settle(pilot)
        assert [thing.name for thing in things] == ["A101", "B12"]


async def test_a_role_that_may_not_change_sees_no_such_key(open_app):
    async with open_app("admin") as pilot:
        screen = ThingsScreen([Thing(1, "A101", 30)])
        pilot.app.push_screen(screen)
        await settle(pilot)
        assert {"new", "delete", "correct"}.isdisjoint(offer.action for offer in screen.offers())
        assert "supprimer" not in shown(pilot)[-1]
        await pilot.press("s", "n", "m")
        await settle(pilot)
        assert pilot.app.screen is screen


async def test_what_is_typed_is_not_lost_by_leaving(open_app):
    async with open_app("school") as pilot:
        pilot.app.push_screen(ThingsScreen([]))
        await settle(pilot)
        await pilot.press("n", *"B12", "escape")
        await settle(pilot)
        assert "pas enregistrée" in "\n".join(shown(pilot))
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.focused.value == "B12"
        await pilot.press("ctrl+q")
        await settle(pilot)
        assert "Quitter sans enregistrer" in "\n".join(shown(pilot))
        await pilot.press("enter", "backspace", "backspace", "backspace", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ThingsScreen)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InvalidInput("Ce nom est déjà pris.", "name"), "! Ce nom est déjà pris."),
        (Conflict("Quelqu'un d'autre a enregistré."), "! Quelqu'un d'autre a enregistré. Votre saisie est encore là."),
    ],
)
async def test_a_refusal_is_told_where_it_is_and_keeps_the_input(open_app, error, told):
    async with open_app("school") as pilot:
        screen = ThingsScreen([])
        screen.refuse = error
        pilot.app.push_screen(screen)
        await settle(pilot)
        await pilot.press("n", *"B12", "down", *"35", "ctrl+s")
        await settle(pilot)
        assert told in "\n".join(shown(pilot))
        assert pilot.app.screen.query(LineInput).first().value == "B12"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_names_are_plain_text(open_app, size):
    async with open_app("school", size=size) as pilot:
        pilot.app.push_screen(ThingsScreen([Thing(1, HOSTILE, 1), Thing(2, "a Nguyễn Şükrü Łuczak " * 20, 2)]))
        await settle(pilot)
        lines = shown(pilot)
        assert any("[bold]O'Connor--[/][2JNULL" in line for line in lines)
        assert not any(character in "\n".join(lines) for character in "\x1b\x00\u202e")
        await pilot.press("s")
        await settle(pilot)
        assert "[bold]O'Connor--[/][2JNULL" in "\n".join(shown(pilot))
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert "[bold]O'Connor--[/][2JNULL" in shown(pilot)[0]


async def test_the_newest_call_wins_and_old_ones_do_not_pile_up(open_app):
    async with open_app() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BaseScreen)
        gate, ran, got = threading.Event(), [], []

        def slow(number: int) -> int:
            ran.append(number)
            gate.wait(5)
            return number

        for number in range(20):
            screen.call(slow, number, then=got.append, group="search")
        while not ran:
            await asyncio.sleep(0.01)
        gate.set()
        await settle(pilot)
        assert got == [19]
        assert ran in ([0, 19], [19])


async def test_a_bug_in_a_use_case_is_told_and_the_screen_goes_on(home, actor):
    app = ExamtuiApp(actor("manager"))
    async with app.run_test() as pilot:
        await settle(pilot)
        pilot.app.screen.call(lambda: 1 / 0)
        await settle(pilot)
        assert "erreur imprévue (ZeroDivisionError)" in pilot.app.screen.message


async def test_a_bug_of_a_screen_is_logged_and_told_in_a_sentence(home, actor, monkeypatch, capsys):
    from examtui.screens import app as app_module

    def headless(self, **options):
        async def go():
            async with self.run_test() as pilot:
                self.call_later(lambda: 1 / 0)
                await pilot.pause(0.2)

        with pytest.raises(ZeroDivisionError):
            asyncio.run(go())

    monkeypatch.setattr(app_module.ExamtuiApp, "run", headless)
    monkeypatch.setenv("TERM", "xterm")
    status = await asyncio.to_thread(app_module.run_app, actor("manager"))
    assert status == 1
    told = capsys.readouterr().err
    assert "examtui.log" in told
    assert "Traceback" not in told
    log = home.path / "examtui.log"
    assert "ZeroDivisionError" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_dumb_terminal_gets_a_sentence(home, actor, monkeypatch, capsys):
    from examtui.screens.app import run_app

    monkeypatch.setenv("TERM", "dumb")
    assert run_app(actor("manager")) == 1
    assert "TERM=dumb" in capsys.readouterr().err


def test_offers_name_known_actions():
    with pytest.raises(KeyError):
        type("Broken", (BaseScreen,), {"OFFERS": (Offer("nonsense"),)})


async def test_enter_goes_from_field_to_field_and_says_how_to_save(open_app):
    things: list[Thing] = []
    async with open_app("school") as pilot:
        pilot.app.push_screen(ThingsScreen(things))
        await settle(pilot)
        await pilot.press("n", *"B12", "enter", *"35", "enter")
        await settle(pilot)
        assert things == []
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert things == [Thing(1, "B12", 35)]


async def test_a_form_is_not_left_while_it_saves(open_app):
    release, told = threading.Event(), []

    def save(values):
        release.wait(10)
        raise Conflict("Quelqu'un d'autre a modifié cette fiche.")

    async with open_app() as pilot:
        form = FormScreen(("Fiche",), (Field("name", "Nom"),), save)
        pilot.app.push_screen(form, told.append)
        await pilot.press("a", "ctrl+s", "escape")
        await pilot.pause()
        assert pilot.app.screen is form
        assert "en cours" in form.message
        release.set()
        await settle(pilot)
        assert pilot.app.screen is form
        assert "Quelqu'un d'autre a modifié cette fiche." in form.message
        assert told == []


async def test_a_value_that_cannot_be_shown_as_it_is_does_not_count_as_typed(open_app):
    async with open_app() as pilot:
        form = FormScreen(("Fiche",), (Field("name", "Nom"),), lambda values: None, {"name": "a\x1b[2Jb\u202e\nc"})
        pilot.app.push_screen(form)
        await pilot.pause()
        assert not form.form.dirty
