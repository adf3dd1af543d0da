"""Users, and the grants of one of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.access.permissions import ROLE_LABELS
from examtui.administration.users import (
    GrantLine,
    UserLine,
    add_user,
    correct_user,
    disable_user,
    enable_user,
    grant_places,
    grant_role,
    list_users,
    read_user,
    revoke_role,
)
from examtui.model.identity import Role
from examtui.screens.actions import Offer
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column

_LOGIN = Field("login", "Compte", required=True, max_length=64, hint="compte système, ou nom pour la clé SSH")
_NAME = Field("name", "Nom")
_EMAIL = Field("email", "Mail")
_PLACE_HINT = "sans effet pour un administrateur"


class UsersScreen(RecordsScreen[UserLine]):
    """All users; Enter opens the grants of one."""

    OFFERS: ClassVar = (
        Offer("open", label="rôles", help="Voir, donner et retirer les rôles du compte."),
        Offer("new", label="ajouter"),
        Offer("correct", help="Corriger le nom et le mail."),
        Offer("switch", permission=Permission.MANAGE_USERS, help="Désactiver le compte, ou le réactiver."),
        Offer("search", label="filtrer"),
        Offer("jump", shown=False),
    )
    HELP = "Les personnes qui utilisent examtui, et ce que chacune a le droit de faire."
    RULES: ClassVar = (
        "Le compte est le compte système de la personne, ou le nom lié à sa clé SSH («examtui users key»).",
        "Un compte désactivé n'entre plus ; ses rôles restent pour le jour où il est réactivé.",
        "Le dernier administrateur ne peut être ni désactivé ni retiré.",
    )
    COLUMNS: ClassVar = (
        Column("Compte", 14, flex=1, most=24),
        Column("Nom", 16, flex=1, most=30),
        Column("État", 9),
        Column("Rôles", 24, flex=3),
        Column("Mail", 20, flex=1, most=40, rank=1),
    )
    NOUN = "le compte"
    NEW_TITLE = "Ajouter un compte"
    CHANGES = Permission.MANAGE_USERS

    def load(self) -> Sequence[UserLine]:
        """List the users."""
        return list_users(self.actor)

    def identity(self, record: UserLine) -> Any:
        """The login, which never changes."""
        return record.login

    def cells(self, record: UserLine) -> tuple[str, ...]:
        """Show the user in one line."""
        roles = ", ".join(grant.label for grant in record.grants) or "aucun rôle"
        return (record.login, record.name, "désactivé" if record.disabled else "actif", roles, record.email)

    def fields(self, record: UserLine | None) -> Sequence[Field]:
        """The login is typed once."""
        return (_LOGIN, _NAME, _EMAIL) if record is None else (_NAME, _EMAIL)

    def add_record(self, values: dict[str, Any]) -> Any:
        """Add the user."""
        return add_user(self.actor, **values).login

    def save_record(self, record: UserLine, values: dict[str, Any]) -> Any:
        """Correct the user."""
        return correct_user(self.actor, record, **values).login

    def opened(self, record: UserLine) -> None:
        """Show the grants."""
        self.app.push_screen(GrantsScreen((*self.path, record.login), record), lambda _: self.reload())

    def available(self, action: str) -> bool:
        """A switch needs a user."""
        return self._has_record() if action == "switch" else super().available(action)

    def label_of(self, offer: Offer) -> str:
        """Say which way the switch goes."""
        if offer.action == "switch" and self.record is not None:
            return "réactiver" if self.record.disabled else "désactiver"
        return super().label_of(offer)

    def action_switch(self) -> None:
        """Disable the user, or enable it again."""
        record = self.record
        if record is None:
            return
        if record.disabled:
            self._switch(enable_user, record)
            return
        self.confirm(
            f"Désactiver le compte «{record.login}» ? Cette personne n'entrera plus dans examtui ; ses rôles restent.",
            lambda: self._switch(disable_user, record),
            yes="Désactiver",
        )

    def _switch(self, use_case: Any, record: UserLine) -> None:
        def done(user: UserLine) -> None:
            self.reload()
            self.tell(f"Le compte «{user.login}» est {'désactivé' if user.disabled else 'actif'}.")

        self.call(use_case, self.actor, record.login, then=done)


class GrantsScreen(RecordsScreen[GrantLine]):
    """What one user may do, and where."""

    OFFERS: ClassVar = (
        Offer("new", label="donner un rôle"),
        Offer("delete", label="retirer", help="Retirer le rôle, après confirmation."),
        Offer("search", label="filtrer"),
        Offer("jump", shown=False),
    )
    HELP = "Les rôles d'une personne : ce qu'elle a le droit de faire, et où."
    RULES: ClassVar = (
        "«Établissement» et «Chef d'établissement» valent pour un établissement.",
        "«Gestionnaire DEC» et «Coordinateur académique» valent pour une académie.",
        "«Administrateur» vaut partout, et ne change aucune donnée d'examen.",
        "Une personne peut avoir plusieurs rôles, dans plusieurs établissements.",
    )
    COLUMNS: ClassVar = (Column("Rôle", 24), Column("Vaut pour", 30, flex=1))
    NOUN = "le rôle"
    NEW_TITLE = "Donner un rôle"
    EMPTY = "Aucun rôle : cette personne ne peut rien faire. n lui en donne un."
    CHANGES = Permission.MANAGE_USERS

    def __init__(self, path: tuple[str, ...], user: UserLine) -> None:
        super().__init__(path)
        self._login = user.login
        self._places: list[tuple[str, str]] = []

    def load(self) -> Sequence[GrantLine]:
        """List the grants, and the places that there are for more."""
        self._places = grant_places(self.actor)
        return read_user(self.actor, self._login).grants

    def identity(self, record: GrantLine) -> Any:
        """The role and its place."""
        return (record.role, record.place)

    def cells(self, record: GrantLine) -> tuple[str, ...]:
        """Show the grant."""
        return (ROLE_LABELS[record.role], record.place_name or "partout")

    def fields(self, record: GrantLine | None) -> Sequence[Field]:
        """A role, and where it holds."""
        del record
        roles = tuple((role, ROLE_LABELS[role]) for role in Role)
        return (
            Field("role", "Rôle", Kind.CHOICE, choices=roles),
            Field("place", "Vaut pour", Kind.CHOICE, choices=self._places, hint=_PLACE_HINT),
        )

    def add_record(self, values: dict[str, Any]) -> Any:
        """Give the role."""
        role = values["role"]
        grant_role(self.actor, self._login, role, "" if role is Role.ADMIN else values["place"])
        return True

    def delete_record(self, record: GrantLine) -> Any:
        """Take the role."""
        return revoke_role(self.actor, self._login, record.role, record.place)

    def action_delete(self) -> None:
        """Take the role, after confirmation."""
        record = self.record
        if record is None:
            return
        self.confirm(
            f"Retirer à «{self._login}» le rôle «{record.label}» ?",
            lambda: self.call(self.delete_record, record, then=self._revoked),
            yes="Retirer",
        )

    def _revoked(self, _: Any) -> None:
        self.reload()
        self.tell("Le rôle est retiré.")
