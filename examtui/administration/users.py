"""Users and their grants (PRODUCT.md, «Who uses it, and where»); the administrator keeps them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found
from examtui.access.permissions import ROLE_LABELS
from examtui.administration.places import academy_named, school_named
from examtui.audit import changes, record, record_many
from examtui.audit.log import Change
from examtui.clock import utc_now
from examtui.database.connection import is_postgresql
from examtui.errors import Conflict, InvalidInput, Unavailable
from examtui.identifiers import has_uai_shape, tidy
from examtui.model import Academy, Grant, School, User
from examtui.model.base import database
from examtui.model.identity import Role
from examtui.rules.academies import ACADEMIES
from examtui.search.fold import fold

_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}")
SCHOOL_ROLES = (Role.SCHOOL, Role.HEAD)
ACADEMY_ROLES = (Role.MANAGER, Role.COORDINATOR)


@dataclass(frozen=True)
class GrantLine:
    """A grant of a user: the role, and the place as people write it (UAI or code of an academy) and name it."""

    role: Role
    place: str
    place_name: str

    @property
    def label(self) -> str:
        """Role and place in French."""
        return f"{ROLE_LABELS[self.role]} · {self.place_name}" if self.place else ROLE_LABELS[self.role]


@dataclass(frozen=True)
class UserLine:
    """A user with its grants; ``created_at`` in UTC."""

    id: int
    login: str
    name: str
    email: str
    disabled: bool
    created_at: datetime
    grants: tuple[GrantLine, ...]


@use_case("users.list", Permission.MANAGE_USERS)
def list_users(_actor: Actor) -> list[UserLine]:
    """Return all users by login, those disabled too."""
    return _lines(User.select().order_by(User.login))


@use_case("users.read", Permission.MANAGE_USERS)
def read_user(_actor: Actor, login: str) -> UserLine:
    """Return one user.

    Raises:
        NotFound: there is none.
    """
    return _line(_user(login))


@use_case("users.places", Permission.MANAGE_USERS)
def grant_places(_actor: Actor) -> list[tuple[str, str]]:
    """Return the places that a grant can be for, as ``grant_role`` takes them, each with its French name."""
    schools = School.select().order_by(School.name, School.uai)
    return [
        *((school.uai, f"{school.name} ({school.uai})") for school in schools),
        *((code, f"Académie de {name}") for code, name in sorted(ACADEMIES.items(), key=lambda item: fold(item[1]))),
    ]


@use_case("users.add", Permission.MANAGE_USERS, writes=True)
def add_user(actor: Actor, login: str, name: str = "", email: str = "") -> UserLine:
    """Add a user without any grant.

    Raises:
        InvalidInput: a value is wrong, or the login is taken.
    """
    login = login.strip()
    if not _LOGIN.fullmatch(login):
        raise InvalidInput(
            "Le compte s'écrit sans espace ni accent : lettres, chiffres et les signes . - _ @ + "
            "(64 au plus), par exemple «c.martin».",
            "login",
        )
    taken = next((row.login for row in User.select(User.login) if row.login.lower() == login.lower()), None)
    if taken is not None:
        raise InvalidInput(f"Le compte «{taken}» existe déjà.", "login")
    values = _identity(name, email)
    user = User.create(login=login, created_at=utc_now(), **values)
    record(actor.login, "users.add", "user", user.id, after={"login": login, **values})
    return _line(user)


@use_case("users.correct", Permission.MANAGE_USERS, writes=True)
def correct_user(actor: Actor, seen: UserLine, name: str, email: str) -> UserLine:
    """Correct name and e-mail of the user that was ``seen``.

    Raises:
        NotFound: there is none.
        Conflict: somebody else corrected it meanwhile.
        InvalidInput: a value is wrong.
    """
    user = _user(seen.login)
    if (user.name, user.email) != (seen.name, seen.email):
        raise Conflict(
            "Quelqu'un d'autre a modifié ce compte entre-temps : relisez-le, puis refaites votre correction."
        )
    values = _identity(name, email)
    before = {"name": user.name, "email": user.email}
    if values != before:
        User.update(**values).where(User.id == user.id).execute()
        record(actor.login, "users.correct", "user", user.id, before=before, after=values)
    return _line(_user(seen.login))


@use_case("users.grant", Permission.MANAGE_USERS, writes=True)
def grant_role(actor: Actor, login: str, role: Role, place: str = "") -> UserLine:
    """Give a user a role for ``place``: a school's UAI, an academy's code or name, nothing for an administrator.

    An academy that the base does not hold yet is added to it.

    Raises:
        NotFound: there is no such user, school or academy.
        InvalidInput: the role needs another kind of place, or the user has the grant already.
    """
    user = _user(login)
    school, academy = _place(role, place)
    if _same_grants(user, role, school, academy).exists():
        raise InvalidInput(f"Le compte «{user.login}» a déjà ce rôle : {_label(role, school, academy)}.", "role")
    made = []
    if academy is not None and academy.id is None:
        academy, change = changes.created(Academy, {"code": academy.code, "name": academy.name})
        made.append(change)
    Grant.create(user=user, role=role.value, school=school, academy=academy)
    given = Change("user", user.id, {"after": _grant_values(role, school, academy)})
    record_many(actor.login, "users.grant", [*made, given])
    return _line(user)


@use_case("users.revoke", Permission.MANAGE_USERS, writes=True)
def revoke_role(actor: Actor, login: str, role: Role, place: str = "") -> UserLine:
    """Take a role for ``place`` from a user.

    Raises:
        NotFound: there is no such user, school or academy.
        InvalidInput: the user does not have the grant.
        Unavailable: it is the last active administrator.
    """
    user = _user(login)
    school, academy = _place(role, place)
    grants = _same_grants(user, role, school, academy)
    if not grants.exists():
        raise InvalidInput(f"Le compte «{user.login}» n'a pas ce rôle : {_label(role, school, academy)}.", "role")
    if role is Role.ADMIN:
        _keep_an_administrator(user)
    Grant.delete().where(Grant.id << [grant.id for grant in grants]).execute()
    record(actor.login, "users.revoke", "user", user.id, before=_grant_values(role, school, academy))
    return _line(user)


@use_case("users.disable", Permission.MANAGE_USERS, writes=True)
def disable_user(actor: Actor, login: str) -> UserLine:
    """Shut a user out; its grants stay for the day when it is enabled again.

    Raises:
        NotFound: there is no such user.
        Unavailable: it is the last active administrator.
    """
    user = _user(login)
    _keep_an_administrator(user)
    return _set_disabled(actor, "users.disable", user, True)


@use_case("users.enable", Permission.MANAGE_USERS, writes=True)
def enable_user(actor: Actor, login: str) -> UserLine:
    """Let a disabled user in again, with the grants that it had.

    Raises:
        NotFound: there is no such user.
    """
    return _set_disabled(actor, "users.enable", _user(login), False)


def role_named(text: str) -> Role:
    """Return the role that ``text`` names: its name on the command line, or its French label.

    Raises:
        InvalidInput: there is none.
    """
    wanted = fold(text).strip()
    for role in Role:
        if wanted in (role.value, fold(ROLE_LABELS[role])):
            return role
    listed = ", ".join(f"«{role.value}» ({ROLE_LABELS[role]})" for role in Role)
    raise InvalidInput(f"Le rôle «{text}» n'existe pas. Les rôles sont : {listed}.", "role")


def _user(login: str) -> Any:
    return found(User.select().where(User.login == login.strip()), f"Le compte «{login}» n'existe pas.")


def _identity(name: str, email: str) -> dict[str, str]:
    return {"name": inputs.text(name, "name", "le nom"), "email": inputs.email(email, "email")}


def _place(role: Role, place: str) -> tuple[Any, Any]:
    """The school and the academy that a grant of ``role`` for ``place`` has; one at most."""
    if role in SCHOOL_ROLES:
        if not place.strip():
            raise InvalidInput(f"Le rôle «{ROLE_LABELS[role]}» vaut pour un établissement : donnez son UAI.", "place")
        return school_named(place), None
    if role in ACADEMY_ROLES:
        if not place.strip() or has_uai_shape(tidy(place)):
            raise InvalidInput(
                f"Le rôle «{ROLE_LABELS[role]}» vaut pour une académie : donnez son code ou son nom.", "place"
            )
        return None, academy_named(place)
    if place.strip():
        raise InvalidInput(
            f"Le rôle «{ROLE_LABELS[role]}» vaut partout : ne donnez ni établissement ni académie.", "place"
        )
    return None, None


def _same_grants(user: Any, role: Role, school: Any, academy: Any) -> Any:
    return Grant.select().where(
        Grant.user == user,
        Grant.role == role.value,
        Grant.school.is_null() if school is None else Grant.school == school,
        Grant.academy.is_null() if academy is None else Grant.academy == academy,
    )


def _keep_an_administrator(user: Any) -> None:
    """Refuse to go on where no other active user would be administrator; the caller's transaction holds the answer."""
    query = Grant.select(Grant).where(Grant.role == Role.ADMIN.value).order_by(Grant.id)
    holders = {grant.user_id for grant in (query.for_update() if is_postgresql(database) else query)}
    if user.id not in holders:
        return
    others = User.select().where(User.id << list(holders - {user.id}), ~User.disabled)
    if not others.exists():
        raise Unavailable(
            f"«{user.login}» est le dernier administrateur : donnez d'abord ce rôle à quelqu'un d'autre "
            "(«examtui users grant COMPTE admin»)."
        )


def _set_disabled(actor: Actor, action: str, user: Any, disabled: bool) -> UserLine:
    if user.disabled is not disabled:
        User.update(disabled=disabled).where(User.id == user.id).execute()
        record(actor.login, action, "user", user.id, before={"disabled": user.disabled}, after={"disabled": disabled})
    return _line(_user(user.login))


def _grant_values(role: Role, school: Any, academy: Any) -> dict[str, Any]:
    values = {"role": role.value}
    if school is not None:
        values["school"] = school.uai
    if academy is not None:
        values["academy"] = academy.code
    return values


def _label(role: Role, school: Any, academy: Any) -> str:
    return _grant_line(role, school, academy).label


def _grant_line(role: Role, school: Any, academy: Any) -> GrantLine:
    if school is not None:
        return GrantLine(role, school.uai, f"{school.name} ({school.uai})")
    if academy is not None:
        return GrantLine(role, academy.code, f"Académie de {academy.name}")
    return GrantLine(role, "", "")


def _line(user: Any) -> UserLine:
    return _lines([user])[0]


def _lines(users: Iterable[Any]) -> list[UserLine]:
    rows = list(users)
    grants: dict[int, list[GrantLine]] = {row.id: [] for row in rows}
    query = (
        Grant.select(Grant, School, Academy)
        .left_outer_join(School, on=(Grant.school == School.id))
        .switch(Grant)
        .left_outer_join(Academy, on=(Grant.academy == Academy.id))
        .order_by(Grant.id)
    )
    for grant in query if len(rows) != 1 else query.where(Grant.user == rows[0].id):
        grants[grant.user_id].append(_grant_line(Role(grant.role), grant.school, grant.academy))
    return [
        UserLine(row.id, row.login, row.name, row.email, row.disabled, row.created_at, tuple(grants[row.id]))
        for row in rows
    ]
