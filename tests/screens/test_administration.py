"""Users and grants, the audit log, the settings, with the keyboard at 80×24."""

import pytest
from support.screens import settle, shown

from examtui.administration.users import add_user, grant_role, list_users
from examtui.model import AuditHead
from examtui.model.identity import Role
from examtui.screens.administration.journal import JournalScreen
from examtui.screens.administration.settings import SettingsScreen
from examtui.screens.administration.users import UsersScreen
from examtui.settings.store import load


def text(pilot):
    return "\n".join(shown(pilot))


async def press(pilot, *keys):
    await pilot.press(*keys)
    await settle(pilot)


async def typed(pilot, words):
    await press(pilot, *["space" if letter == " " else letter for letter in words])


@pytest.fixture
def admin(make):
    make.school("LPO BELLEVUE [bold]", "0310038Y")
    return make.actor(Role.ADMIN, login="chef")


async def test_a_user_is_added_and_given_a_role_by_keyboard_alone(open_app, admin):
    async with open_app(admin) as pilot:
        pilot.app.open_activity("users")
        await settle(pilot)
        assert shown(pilot)[0].startswith(" Administration > Comptes")
        await press(pilot, "n")
        await typed(pilot, "lea")
        await press(pilot, "down")
        await typed(pilot, "Lea Petit")
        await press(pilot, "ctrl+s")
        assert "C'est enregistré." in text(pilot)
        assert any("▸" in line and "lea" in line and "aucun rôle" in line for line in shown(pilot))
        await press(pilot, "enter", "n")
        assert "LPO BELLEVUE [bold] (0310038Y)" in text(pilot)
        await press(pilot, "ctrl+s")
        assert "Établissement" in text(pilot)
        await press(pilot, "n", "g", "ctrl+s")
        assert "! Le rôle «Gestionnaire DEC»" in text(pilot)
        await press(pilot, "escape", "o", "enter", "s")
        assert "Retirer à «lea» le rôle" in text(pilot)
        await press(pilot, "o", "enter")
        assert "Le rôle est retiré." in text(pilot)
        await press(pilot, "escape")
        assert shown(pilot)[0].startswith(" Administration > Comptes")
    assert [(line.login, line.name, line.grants[1:]) for line in list_users(admin)][1] == ("lea", "Lea Petit", ())


async def test_a_wrong_login_is_told_at_its_field(open_app, admin):
    async with open_app(admin) as pilot:
        pilot.app.push_screen(UsersScreen(("Administration", "Comptes")))
        await settle(pilot)
        await press(pilot, "n")
        await typed(pilot, "chef")
        await press(pilot, "ctrl+s")
        assert any("Compte *" in line and "! Le compte «chef»" in line for line in shown(pilot))


async def test_a_user_is_disabled_after_a_question_and_enabled_again(open_app, admin):
    add_user(admin, "lea")
    async with open_app(admin) as pilot:
        pilot.app.push_screen(UsersScreen(("Administration", "Comptes")))
        await settle(pilot)
        await press(pilot, "down", "b")
        assert "Désactiver le compte «lea»" in text(pilot)
        await press(pilot, "enter")
        assert "désactivé" not in "".join(shown(pilot)[3:6])
        await press(pilot, "b", "o", "enter")
        assert "Le compte «lea» est désactivé." in text(pilot)
        assert "réactiver" in shown(pilot)[-1]
        await press(pilot, "b")
        assert "Le compte «lea» est actif." in text(pilot)
        await press(pilot, "home", "b", "o", "enter")
        assert "dernier administrateur" in text(pilot)


async def test_the_log_is_read_filtered_and_checked(open_app, admin):
    for number in range(300):
        add_user(admin, f"u{number:03}")
    grant_role(admin, "u000", Role.SCHOOL, "0310038Y")
    async with open_app(admin) as pilot:
        pilot.app.push_screen(JournalScreen(("Administration", "Journal")))
        await settle(pilot)
        assert any("▸" in line and "301" in line and "Rôle donné" in line for line in shown(pilot))
        await press(pilot, "enter")
        assert shown(pilot)[0] == " Administration > Journal > n° 301"
        assert any("établissement" in line and "0310038Y" in line for line in shown(pilot))
        await press(pilot, "escape", "k")
        assert "intact : 301 entrées" in text(pilot)
        await press(pilot, "end")
        assert any("▸" in line and "     1  " in line for line in shown(pilot))
        await press(pilot, "pageup", "home")
        assert any("▸" in line and "301" in line for line in shown(pilot))
        await press(pilot, "c", "down", "r", "r", "ctrl+s")
        assert "Filtre : action «Rôle donné»" in text(pilot)
        assert "Ajout d'un compte" not in text(pilot)
        AuditHead.update(count=7).execute()
        await press(pilot, "k")
        assert "La fin du journal" in text(pilot)


async def test_settings_are_changed_and_refused(open_app, admin, home):
    async with open_app(admin) as pilot:
        pilot.app.push_screen(SettingsScreen(("Administration", "Réglages")))
        await settle(pilot)
        assert "modifier" not in shown(pilot)[-1]
        await press(pilot, "m")
        assert shown(pilot)[0] == " Administration > Réglages"
        await press(pilot, *["down"] * 3, "enter")
        assert "Couleurs des écrans" in text(pilot)
        await press(pilot, "right", "ctrl+s")
        assert "prochaine ouverture" in text(pilot)
        await press(pilot, "up", "enter", "end", "0", "0", "0", "0", "ctrl+s")
        assert "de 1 à 4096" in text(pilot)
        await press(pilot, "escape", "o", "enter", "end", "enter")
        assert "Touches changées" in text(pilot)
        await press(pilot, "down")
        await typed(pilot, "n")
        await press(pilot, "ctrl+s")
        assert "! La touche «n» sert déjà" in text(pilot)
        await press(pilot, "backspace")
        await typed(pilot, "e")
        await press(pilot, "ctrl+s")
        assert "open : e" in text(pilot)
    settings = load(home.path)
    assert (settings.get("display.theme"), settings.get("keymap")) == ("clair", {"open": "e"})


async def test_who_may_not_administer_sees_none_of_it(open_app):
    async with open_app("manager") as pilot:
        assert "Administration" not in text(pilot)
        for name in ("users", "journal", "settings"):
            pilot.app.open_activity(name)
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 2
