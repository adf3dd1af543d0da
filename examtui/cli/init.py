"""``examtui init``: a new, empty home."""

import sys
from collections.abc import Callable
from typing import Any

import click

from examtui.cli.ask import ask, confirm
from examtui.cli.frame import Invocation, command, pass_invocation
from examtui.cli.output import say


@command("init")
@click.option("--academy", metavar="CODE|NOM", help="Académie : son code ou son nom.")
@click.option("--school", "uai", metavar="UAI", help="Établissement : son numéro (UAI).")
@click.option("--school-name", metavar="NOM", help="Nom de l'établissement.")
@click.option("--name", metavar="NOM", help="Votre nom.")
@click.option("--email", metavar="MAIL", help="Votre adresse mail.")
@click.option("--database-url", metavar="URL", help="Base PostgreSQL (sinon un fichier SQLite dans le dossier).")
@click.option("--admin-only", is_flag=True, help="N'être qu'administrateur : aucun droit sur les données d'examen.")
@pass_invocation
def init(
    invocation: Invocation,
    academy: str | None,
    uai: str | None,
    school_name: str | None,
    name: str | None,
    email: str | None,
    database_url: str | None,
    admin_only: bool,
) -> None:
    """Crée un dossier de données vide, avec votre académie et votre établissement.

    Ce qui n'est pas donné en option est demandé. Votre compte système devient administrateur ; comme un administrateur
    ne change aucune donnée d'examen, il est aussi, sauf refus, gestionnaire de l'académie et chef de l'établissement.
    """
    from examtui.administration.setup import Setup, checked, initialise
    from examtui.errors import HomeError, InvalidInput
    from examtui.home import exists

    path = invocation.path()
    if exists(path):
        raise HomeError(f"Le dossier «{path}» contient déjà des données d'examtui : rien n'a été changé.")
    sample = Setup("16", "0310038Y", "x")

    def fault_of(field: str) -> Callable[[str], str | None]:
        def fault(value: str) -> str | None:
            values: dict[str, Any] = {**vars(sample), field: value}
            try:
                checked(Setup(**values))
            except InvalidInput as error:
                return str(error)
            return None

        return fault

    asking = sys.stdin.isatty() and (academy is None or uai is None or school_name is None)
    if asking:
        say(f"Nouveau dossier de données : {path}\n")
    academy = academy if academy is not None else ask("Académie (code ou nom)", "--academy", fault_of("academy"))
    uai = uai if uai is not None else ask("Numéro de l'établissement (UAI)", "--school", fault_of("uai"))
    if school_name is None:
        school_name = ask("Nom de l'établissement", "--school-name", fault_of("school_name"))
    if asking and name is None:
        name = ask("Votre nom", "--name", fault_of("name"), default="")
    if asking and email is None:
        email = ask("Votre adresse mail", "--email", fault_of("email"), default="")
    small = not admin_only
    if asking and small:
        say(
            "\nUn administrateur gère les comptes et les réglages, et ne change aucune donnée d'examen.\n"
            "Dans une petite installation, la même personne tient tous les rôles."
        )
        small = confirm("Être aussi gestionnaire de l'académie et chef de l'établissement ?", default=True)
    setup = checked(Setup(academy, uai, school_name, name or "", email or "", small, database_url))
    initialise(path, setup)
    _tell_what_is_next(invocation, setup)


def _tell_what_is_next(invocation: Invocation, setup: Any) -> None:
    actor = invocation.actor()
    say(f"Les données sont dans «{invocation.path()}», lisibles de votre seul compte.")
    say(f"Votre compte «{actor.login}» a les rôles :")
    for grant in actor.grants:
        say(f"  {grant.label}")
    if setup.small:
        say(
            "Quand d'autres personnes tiendront ces rôles, retirez-les de votre compte :\n"
            f"  examtui users revoke {actor.login} manager --academy {setup.academy}\n"
            f"  examtui users revoke {actor.login} head --school {setup.uai}"
        )
        say(
            f"Ensuite : «examtui import students FICHIER --school {setup.uai}» importe vos élèves,\n"
            "«examtui» ouvre les écrans."
        )
    else:
        say("Ensuite : ajoutez les personnes qui travailleront («examtui users add»), et donnez-leur un rôle.")
