"""Users and grants: what the administrator may do with them, and what nobody may."""

from typing import Any

import pytest

from examtui.access import Actor, actor_for
from examtui.administration.users import (
    add_user,
    correct_user,
    disable_user,
    enable_user,
    grant_role,
    list_users,
    read_user,
    revoke_role,
    role_named,
)
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.home import Home
from examtui.model import Academy, AuditEntry, Grant, User
from examtui.model.identity import Role


@pytest.fixture
def admin(any_home: Home, make: Any) -> Actor:
    """The one administrator of a home on each database."""
    return make.actor(Role.ADMIN, login="chef")


def actions() -> list[str]:
    return [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)]


def test_a_user_is_added_granted_and_revoked(admin: Actor, make: Any) -> None:
    school = make.school()
    added = add_user(admin, " c.martin ", " Claire  Martin ", "c.martin@example.fr")
    assert (added.login, added.email, added.grants) == ("c.martin", "c.martin@example.fr", ())
    granted = grant_role(admin, "c.martin", Role.SCHOOL, school.uai.lower())
    assert [(grant.role, grant.place) for grant in granted.grants] == [(Role.SCHOOL, school.uai)]
    assert actor_for("c.martin").grants[0].school_id == school.id
    grant_role(admin, "c.martin", Role.MANAGER, "Académie de Toulouse")
    assert [grant.place for grant in read_user(admin, "c.martin").grants] == [school.uai, "16"]
    assert revoke_role(admin, "c.martin", Role.SCHOOL, school.uai).grants[0].role is Role.MANAGER
    assert actions() == ["users.add", "users.grant", "users.grant", "users.revoke"]
    assert [line.login for line in list_users(admin)] == ["c.martin", "chef"]


@pytest.mark.parametrize("login", ["", "a b", "-x", "é", "a" * 65, 'x"y', "x;rm", "../x", "x\x1b[2J", "$(x)", "[bold]"])
def test_a_login_that_no_system_has_is_refused(admin: Actor, login: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_user(admin, login)
    assert caught.value.field == "login"
    assert User.select().count() == 1


def test_a_login_stands_once_whatever_its_case(admin: Actor) -> None:
    with pytest.raises(InvalidInput, match="«chef» existe déjà"):
        add_user(admin, "Chef")


@pytest.mark.parametrize(
    ("role", "place", "error"),
    [
        (Role.SCHOOL, "", InvalidInput),
        (Role.HEAD, "0310038X", InvalidInput),
        (Role.SCHOOL, "0920149M", NotFound),
        (Role.MANAGER, "", InvalidInput),
        (Role.MANAGER, "Atlantide", InvalidInput),
        (Role.ADMIN, "16", InvalidInput),
    ],
)
def test_a_grant_needs_the_place_of_its_role(admin: Actor, role: Role, place: str, error: type[Exception]) -> None:
    add_user(admin, "lea")
    with pytest.raises(error):
        grant_role(admin, "lea", role, place)
    assert Grant.select().count() == 1


def test_a_grant_is_given_once_and_revoked_where_it_stands(admin: Actor) -> None:
    add_user(admin, "lea")
    grant_role(admin, "lea", Role.MANAGER, "16")
    with pytest.raises(InvalidInput, match="déjà ce rôle : Gestionnaire DEC · Académie de Toulouse"):
        grant_role(admin, "lea", Role.MANAGER, "toulouse")
    with pytest.raises(InvalidInput, match="n'a pas ce rôle"):
        revoke_role(admin, "lea", Role.MANAGER, "Nantes")
    grant_role(admin, "lea", Role.MANAGER, "Nantes")
    assert [grant.place for grant in read_user(admin, "lea").grants] == ["16", "17"]


def test_the_last_active_administrator_stays(admin: Actor) -> None:
    add_user(admin, "lea")
    grant_role(admin, "lea", Role.ADMIN)
    disable_user(admin, "lea")
    for refused in (lambda: revoke_role(admin, "chef", Role.ADMIN), lambda: disable_user(admin, "chef")):
        with pytest.raises(Unavailable, match="dernier administrateur"):
            refused()
    enable_user(admin, "lea")
    disable_user(admin, "chef")
    with pytest.raises(Unavailable):
        revoke_role(actor_for("lea"), "lea", Role.ADMIN)
    with pytest.raises(Forbidden, match="désactivé"):
        actor_for("chef")


def test_disabling_keeps_the_grants_and_doing_it_twice_logs_once(admin: Actor) -> None:
    add_user(admin, "lea")
    grant_role(admin, "lea", Role.MANAGER, "16")
    disable_user(admin, "lea")
    disable_user(admin, "lea")
    assert len(enable_user(admin, "lea").grants) == 1
    assert actions()[-2:] == ["users.disable", "users.enable"]
    assert actions().count("users.disable") == 1


def test_a_correction_of_what_somebody_changed_meanwhile_is_refused(admin: Actor) -> None:
    seen = add_user(admin, "lea", "Léa")
    assert correct_user(admin, seen, "Léa Ngô", "").name == "Léa Ngô"
    with pytest.raises(Conflict):
        correct_user(admin, seen, "Léa Petit", "")
    with pytest.raises(InvalidInput):
        correct_user(admin, read_user(admin, "lea"), "x\x1b[2J", "")
    assert read_user(admin, "lea").name == "Léa Ngô"


def test_what_does_not_exist_is_not_found(admin: Actor) -> None:
    for use in (
        lambda: read_user(admin, "x"),
        lambda: grant_role(admin, "x", Role.ADMIN),
        lambda: revoke_role(admin, "x", Role.ADMIN),
        lambda: disable_user(admin, "x"),
    ):
        with pytest.raises(NotFound, match="«x» n'existe pas"):
            use()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("school", Role.SCHOOL),
        ("Gestionnaire DEC", Role.MANAGER),
        ("chef d'etablissement", Role.HEAD),
        ("ADMIN", Role.ADMIN),
    ],
)
def test_a_role_is_named_as_on_the_command_line_or_in_french(text: str, role: Role) -> None:
    assert role_named(text) is role


def test_an_unknown_role_is_told_with_the_list() -> None:
    with pytest.raises(InvalidInput, match="«coordinator» \\(Coordinateur académique\\)"):
        role_named("prof")


def test_an_academy_comes_into_the_base_with_an_entry_of_its_own(admin: Actor) -> None:
    add_user(admin, "lea")
    with pytest.raises(InvalidInput, match="n'a pas ce rôle"):
        revoke_role(admin, "lea", Role.MANAGER, "Nantes")
    assert not Academy.select().exists()
    grant_role(admin, "lea", Role.MANAGER, "Nantes")
    entries = list(AuditEntry.select().where(AuditEntry.action == "users.grant").order_by(AuditEntry.id))
    assert [(row.subject_type, row.subject_id) for row in entries] == [
        ("academy", Academy.get(Academy.code == "17").id),
        ("user", User.get(User.login == "lea").id),
    ]
    revoke_role(admin, "lea", Role.MANAGER, "Nantes")
    assert not Grant.select().where(Grant.role == Role.MANAGER.value).exists()
