"""The person who acts, and the places that a permission holds for."""

from dataclasses import dataclass

from examtui import home
from examtui.access.permissions import PERMISSION_LABELS, PERMISSIONS, ROLE_LABELS, Permission, roles_with
from examtui.errors import Forbidden
from examtui.model import Academy, Grant, School, User
from examtui.model.base import database
from examtui.model.identity import Role


@dataclass(frozen=True)
class GrantView:
    """A grant as the actor carries it; ``place`` is the French name of where it holds, empty for an administrator."""

    role: Role
    school_id: int | None = None
    academy_id: int | None = None
    place: str = ""

    @property
    def label(self) -> str:
        """Role and place in French, for headers and lists."""
        return f"{ROLE_LABELS[self.role]} · {self.place}" if self.place else ROLE_LABELS[self.role]


@dataclass(frozen=True)
class Scope:
    """The places that a permission holds for: everything, or these academies and these schools (ids)."""

    everything: bool = False
    academies: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()

    def covers_academy(self, academy_id: int) -> bool:
        """Tell whether a whole academy lies within the scope."""
        return self.everything or academy_id in self.academies


@dataclass(frozen=True)
class Actor:
    """Who acts: a user and its grants at the moment it was read; every use case asks whether it still stands."""

    user_id: int
    login: str
    name: str
    grants: tuple[GrantView, ...] = ()

    def can(self, permission: Permission) -> bool:
        """Tell whether any grant holds ``permission``."""
        return any(permission in PERMISSIONS[grant.role] for grant in self.grants)

    def require(self, permission: Permission) -> None:
        """Raise ``Forbidden`` unless some grant holds ``permission``; the sentence says which roles do."""
        if not self.can(permission):
            roles = " ou ".join(f"«{ROLE_LABELS[role]}»" for role in roles_with(permission))
            raise Forbidden(
                f"Vous n'avez pas le droit de {PERMISSION_LABELS[permission]} : il faut le rôle {roles}. "
                "Demandez-le à l'administrateur."
            )

    def scope(self, permission: Permission) -> Scope:
        """Return where ``permission`` holds for this actor; an empty scope where it holds nowhere."""
        grants = [grant for grant in self.grants if permission in PERMISSIONS[grant.role]]
        return Scope(
            everything=any(grant.role is Role.ADMIN for grant in grants),
            academies=frozenset(grant.academy_id for grant in grants if grant.academy_id is not None),
            schools=frozenset(grant.school_id for grant in grants if grant.school_id is not None),
        )


_confirmed: dict[tuple[str, Actor], tuple[str, Actor]] = {}
"""By home and actor: the head of the audit log when its user was last read, and the actor as it was then."""
_MOST_CONFIRMED = 64


def confirmed(actor: Actor) -> Actor:
    """Return ``actor`` with the grants that it has now.

    The user is read again only when the audit log has grown since the last time, because every change of a user or a
    grant leaves an entry there; so that a keystroke pays for one row.

    Raises:
        Forbidden: the user is gone, or was disabled.
    """
    row = database.execute_sql("SELECT mac FROM audit_head").fetchone()
    if row is None:
        return actor_for(actor.login)
    key = (str(home.current().path), actor)
    held = _confirmed.get(key)
    if held is not None and held[0] == row[0]:
        return held[1]
    current = actor_for(actor.login)
    if len(_confirmed) >= _MOST_CONFIRMED:
        _confirmed.clear()
    _confirmed[key] = (row[0], current)
    return current


def actor_for(login: str) -> Actor:
    """Read the actor named ``login`` and its grants.

    Raises:
        Forbidden: there is no such user, or it is disabled.
    """
    user = User.get_or_none(User.login == login)
    if user is not None and user.disabled:
        raise Forbidden(f"Le compte «{login}» est désactivé : demandez à l'administrateur de le réactiver.")
    if user is None:
        raise Forbidden(
            f"Le compte «{login}» n'est pas connu d'examtui : demandez à l'administrateur de l'ajouter "
            f"(«examtui users add {login}»)."
        )
    return actor_of(user)


def actor_of(user: User) -> Actor:
    """Return the actor that ``user`` is, or would be were it not disabled."""
    rows = (
        Grant.select(Grant, School, Academy)
        .left_outer_join(School, on=(Grant.school == School.id))
        .switch(Grant)
        .left_outer_join(Academy, on=(Grant.academy == Academy.id))
        .where(Grant.user == user)
        .order_by(Grant.id)
    )
    return Actor(user.id, user.login, user.name, tuple(_view(row) for row in rows))


def _view(row: Grant) -> GrantView:
    place = ""
    if row.school is not None:
        place = f"{row.school.name} ({row.school.uai})"
    elif row.academy is not None:
        place = f"Académie de {row.academy.name}"
    return GrantView(Role(row.role), row.school_id, row.academy_id, place)
