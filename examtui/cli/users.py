"""``examtui users``: users and their grants."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from examtui.cli.frame import Invocation, group, pass_invocation
from examtui.cli.output import say, say_json, say_table

if TYPE_CHECKING:
    from examtui.administration.users import UserLine


@group("users")
def users() -> None:
    """Comptes des utilisateurs et leurs rôles."""


_login = click.argument("login", metavar="COMPTE")
_role = click.argument("role", metavar="RÔLE")
_school = click.option("--school", metavar="UAI", help="Établissement du rôle «school» ou «head».")
_academy = click.option("--academy", metavar="CODE|NOM", help="Académie du rôle «manager» ou «coordinator».")


@users.command("add")
@_login
@click.option("--name", default="", metavar="NOM", help="Nom de la personne.")
@click.option("--email", default="", metavar="MAIL", help="Adresse mail professionnelle.")
@pass_invocation
def add(invocation: Invocation, login: str, name: str, email: str) -> None:
    """Ajoute un compte, encore sans rôle.

    COMPTE est le compte système de la personne, ou le nom que sa clé SSH reçoit («examtui users key»).
    """
    from examtui.administration.users import add_user

    user = add_user(invocation.actor(), login, name, email)
    say(f"Le compte «{user.login}» est ajouté. Donnez-lui un rôle : examtui users grant {user.login} RÔLE")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Écrire du JSON.")
@pass_invocation
def list_(invocation: Invocation, as_json: bool) -> None:
    """Liste les comptes et leurs rôles."""
    from examtui.administration.users import list_users

    found = list_users(invocation.actor())
    if as_json:
        say_json([_data(user) for user in found])
        return
    rows: list[tuple[str, ...]] = []
    for user in found:
        state = "désactivé" if user.disabled else "actif"
        labels = [grant.label for grant in user.grants] or ["aucun rôle"]
        rows += [(user.login, user.name, user.email, state, labels[0])]
        rows += [("", "", "", "", label) for label in labels[1:]]
    say_table(("Compte", "Nom", "Mail", "État", "Rôles"), rows)


@users.command("grant")
@_login
@_role
@_school
@_academy
@pass_invocation
def grant(invocation: Invocation, login: str, role: str, school: str | None, academy: str | None) -> None:
    """Donne un rôle à un compte.

    RÔLE est «school» (établissement, centre d'examen) ou «head» (chef d'établissement), avec --school ; «manager»
    (gestionnaire DEC) ou «coordinator» (coordinateur académique), avec --academy ; ou «admin» (administrateur).
    """
    from examtui.administration.users import grant_role, role_named

    _tell(grant_role(invocation.actor(), login, role_named(role), _place(school, academy)))


@users.command("revoke")
@_login
@_role
@_school
@_academy
@pass_invocation
def revoke(invocation: Invocation, login: str, role: str, school: str | None, academy: str | None) -> None:
    """Retire un rôle à un compte."""
    from examtui.administration.users import revoke_role, role_named

    _tell(revoke_role(invocation.actor(), login, role_named(role), _place(school, academy)))


@users.command("disable")
@_login
@pass_invocation
def disable(invocation: Invocation, login: str) -> None:
    """Désactive un compte : il n'entre plus, ses rôles restent."""
    from examtui.administration.users import disable_user

    _tell(disable_user(invocation.actor(), login))


@users.command("enable")
@_login
@pass_invocation
def enable(invocation: Invocation, login: str) -> None:
    """Réactive un compte désactivé, avec ses rôles."""
    from examtui.administration.users import enable_user

    _tell(enable_user(invocation.actor(), login))


@users.command("key")
@_login
@click.argument("file", metavar="CLÉ.pub", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@pass_invocation
def key(invocation: Invocation, login: str, file: TextIO) -> None:
    """Écrit la ligne d'authorized_keys qui lie une clé SSH à un compte.

    CLÉ.pub est la clé publique de la personne ; sans fichier, elle est lue sur l'entrée standard. Ajoutez la ligne au
    fichier ~/.ssh/authorized_keys du compte système qui possède les données : la personne n'ouvre alors qu'examtui.
    """
    from examtui.administration.keys import authorized_key

    home = invocation.home().path.resolve()
    say(authorized_key(invocation.actor(), login, file.read(), _program(), home))


def _program() -> str:
    """The command that runs this very installation, by its whole path: sshd gives forced commands a bare PATH."""
    beside = Path(sys.executable).with_name("examtui")
    return str(beside) if beside.exists() else shutil.which("examtui") or "examtui"


def _place(school: str | None, academy: str | None) -> str:
    if school is not None and academy is not None:
        raise click.UsageError("Donnez --school ou --academy, pas les deux.")
    return school or academy or ""


def _tell(user: "UserLine") -> None:
    state = " (désactivé)" if user.disabled else ""
    roles = ", ".join(grant.label for grant in user.grants) or "aucun rôle"
    say(f"{user.login}{state} : {roles}.")


def _data(user: "UserLine") -> dict[str, Any]:
    return {
        "login": user.login,
        "name": user.name,
        "email": user.email,
        "disabled": user.disabled,
        "created_at": user.created_at,
        "grants": [{"role": line.role.value, "place": line.place} for line in user.grants],
    }
