"""The form of a candidate who is made by hand."""

from collections.abc import Callable
from typing import Any, ClassVar

from examtui.enrolment import candidates_by_hand
from examtui.enrolment.candidates_by_hand import IdentityValues
from examtui.enrolment.candidates_card import Card
from examtui.enrolment.candidatures import CandidatureChoices, list_choices
from examtui.screens.asking import AskingForm
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field, Kind

_SEXES = (("", "non précisé"), ("F", "F"), ("M", "M"))


class IdentityForm(AskingForm):
    """The form."""

    HELP = "Un candidat que ni la base élèves ni Cyclades n'ont encore donné : un candidat individuel tardif."
    RULES: ClassVar = (
        "Cherchez-le d'abord : s'il est déjà là, n'en ajoutez pas un second.",
        "Le n° candidat peut attendre : la liste de Cyclades le donnera.",
        "Sa candidature s'ajoute ensuite, sur sa fiche.",
        *FormScreen.RULES,
    )


def add_candidate(screen: BaseScreen, done: Callable[[Any], None]) -> None:
    """Show an empty form; ``done`` is told the id of the new candidate, or None."""
    actor = screen.actor

    def show(choices: CandidatureChoices) -> None:
        def submit(typed: dict[str, Any], confirmed: bool) -> int:
            return candidates_by_hand.create_candidate(actor, IdentityValues(**typed), confirmed=confirmed)

        path = (*screen.path, "Nouveau candidat")
        screen.app.push_screen(IdentityForm(path, _fields(choices), submit), done)

    screen.call(list_choices, actor, then=show)


def correct_candidate(screen: BaseScreen, card: Card, done: Callable[[Any], None]) -> None:
    """Show the form of a candidate who was made by hand."""
    actor = screen.actor

    def show(choices: CandidatureChoices) -> None:
        def submit(typed: dict[str, Any], confirmed: bool) -> None:
            values = IdentityValues(**typed)
            candidates_by_hand.correct_identity(actor, card.id, card.revision, values, confirmed=confirmed)

        fields = _fields(choices)
        values = {field.name: getattr(card, field.name) for field in fields}
        screen.app.push_screen(IdentityForm((*screen.path, "Identité"), fields, submit, values), done)

    screen.call(list_choices, actor, then=show)


def _fields(choices: CandidatureChoices) -> tuple[Field, ...]:
    schools = ((None, "aucun : candidat individuel"), *choices.schools)
    return (
        Field("family_name", "Nom de famille", required=True),
        Field("usage_name", "Nom d'usage", hint="s'il est différent"),
        Field("first_names", "Prénoms", required=True),
        Field("birth_date", "Date de naissance", Kind.DATE, required=True, past=True),
        Field("birth_commune", "Commune de naissance"),
        Field("sex", "Sexe", Kind.CHOICE, choices=_SEXES),
        Field("school_id", "Établissement", Kind.CHOICE, choices=schools),
        Field("ine", "INE", max_length=16),
        Field("number", "N° candidat", hint="vide : pas encore donné", max_length=16),
    )
