"""Telling who acts on the command line (DESIGN.md, «Identity and access»)."""

import os
import pwd

from examtui.access.actor import Actor, actor_for
from examtui.errors import Forbidden
from examtui.home import Home
from examtui.model import User


def system_login() -> str:
    """The login of the running account, as the system knows it; what the environment says is not asked.

    Raises:
        Forbidden: the account has no name.
    """
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        raise Forbidden(
            f"Le compte système n° {number} n'a pas de nom : examtui ne peut pas savoir qui vous êtes."
        ) from None


def identify(home: Home, as_login: str | None) -> Actor:
    """Return the actor: ``as_login`` where the running account owns the data, else the system's login.

    Raises:
        Forbidden: the user is unknown or disabled, or ``as_login`` is not this account's to use.
    """
    if as_login is None:
        login = system_login()
        if home.is_owned() and not User.select().where(User.login == login).exists():
            raise Forbidden(
                f"Votre compte système «{login}» possède ces données, mais n'est celui de personne dans examtui : "
                "dites au nom de qui vous agissez («--as COMPTE»)."
            )
        return actor_for(login)
    if as_login != system_login() and not home.is_owned():
        raise Forbidden(
            "L'option «--as» est réservée au compte système qui possède les données : "
            "sans elle, vous agissez avec votre propre compte."
        )
    return actor_for(as_login)
