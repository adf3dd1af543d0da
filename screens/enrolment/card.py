"""The card of a candidate on a screen of its own, and the forms that correct it."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult

from examtui.access import Actor
from examtui.enrolment.candidates_card import Card, EpreuveView, RegistrationView, card
from examtui.enrolment.candidates_corrections import (
    Contacts,
    correct_contacts,
    correct_position,
    correct_red_list,
    correct_registration,
)
from examtui.enrolment.decision_groups import DecisionGroupView, list_decision_groups
from examtui.errors import ExamtuiError
from examtui.model.candidates import Position
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.enrolment.card_view import CardView, full_name
from examtui.screens.form import FormScreen
from examtui.screens.widgets.dialogs import ChoiceDialog
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.lines import Breadcrumb

_CONTACTS: tuple[Field, ...] = (
    Field("email", "Mail"),
    Field("guardian_emails", "Mails des responsables", hint="séparés par des virgules", max_length=1000),
    Field("phone", "Téléphone"),
    Field("mobile", "Mobile"),
    Field("address", "Adresse", max_length=1000),
    Field("postcode", "Code postal"),
    Field("town", "Commune"),
    Field("country", "Pays", hint="vide : France"),
    Field("extra_time", "Temps majoré", hint="33 % ou 1/3 ; vide : aucun"),
    Field("accommodations", "Aménagements", max_length=1000),
)


class CardScreen(BaseScreen):
    """All that is known of a candidate; what the role may correct is corrected here."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (Offer("correct", help="Corriger ce que votre rôle permet de corriger."),)
    HELP = "La fiche montre l'identité, les candidatures, les épreuves avec leur affectation, et ce qui a été modifié."
    RULES: ClassVar[tuple[str, ...]] = (
        "L'établissement corrige les coordonnées et les aménagements de ses propres élèves.",
        "Le gestionnaire DEC corrige aussi liste rouge, fraude, remplacement, position et groupe de décision.",
        "Identité et numéros viennent des fichiers importés : corrigez-les à leur source, puis importez à nouveau.",
    )

    def __init__(self, path: tuple[str, ...], candidate_id: int) -> None:
        super().__init__(path)
        self._candidate_id = candidate_id
        self._card: Card | None = None

    def body(self) -> ComposeResult:
        """Compose the card."""
        yield CardView(id="card")

    def on_mount(self) -> None:
        """Read the card."""
        self.set_focus(self.view)
        self.reload()

    @property
    def view(self) -> CardView:
        """The card's text."""
        return self.query_one("#card", CardView)

    @property
    def candidate(self) -> Card | None:
        """The card, once it was read."""
        return self._card

    def reload(self) -> None:
        """Read the card again."""
        self.call(card, self.actor, self._candidate_id, then=self._show, failed=self._gone, group="card")

    def _show(self, found: Card) -> None:
        self._card = found
        self.path = (*self.path[:-1], full_name(found))
        self.query_one(Breadcrumb).lead(self.path)
        self.view.show(found)
        self.show_keys()

    def _gone(self, error: ExamtuiError) -> None:
        self._card = None
        self.view.show(None)
        self.tell_error(error)
        self.show_keys()

    def available(self, action: str) -> bool:
        """Offer corrections where there are any."""
        return action != "correct" or bool(self._corrections())

    # Corrections

    def _corrections(self) -> list[tuple[str, Callable[[], object]]]:
        found = self._card
        if found is None:
            return []
        choices: list[tuple[str, Callable[[], object]]] = []
        if found.corrects_contacts:
            choices.append(("Coordonnées et aménagements", lambda: self._correct_contacts(found)))
        if found.corrects_status:
            choices.append(("Liste rouge", lambda: self._correct_red_list(found)))
            for registration in found.registrations:
                choices.append(
                    (
                        f"Candidature {registration.title} : fraude, remplacement, groupe de décision",
                        lambda registration=registration: self._ask_groups(registration),  # type: ignore[misc]
                    )
                )
                choices += [
                    (
                        f"Position de l'épreuve {epreuve.code}, {epreuve.label}",
                        lambda registration=registration, epreuve=epreuve: self._correct_position(  # type: ignore[misc]
                            registration, epreuve
                        ),
                    )
                    for epreuve in registration.epreuves
                ]
        return choices

    def action_correct(self) -> None:
        """Correct, after a choice where there are several things to correct."""
        choices = self._corrections()
        if len(choices) == 1:
            choices[0][1]()
        elif choices:

            def chosen(place: int | None) -> None:
                if place is not None:
                    choices[place][1]()

            self.app.push_screen(ChoiceDialog("Que corriger ?", [label for label, _ in choices]), chosen)

    def _form(self, title: str, fields: tuple[Field, ...], values: dict[str, Any], submit: Callable[..., Any]) -> None:
        self.app.push_screen(FormScreen((*self.path, title), fields, submit, values), self._corrected)

    def _corrected(self, result: Any) -> None:
        self.reload()
        if result is not None:
            self.tell("C'est enregistré.")

    def _correct_contacts(self, found: Card) -> None:
        values = {field.name: getattr(found, field.name) for field in _CONTACTS}
        values["guardian_emails"] = ", ".join(found.guardian_emails)
        values["extra_time"] = f"{found.extra_time} %" if found.extra_time else ""
        actor = self.actor
        self._form(
            "Coordonnées",
            _CONTACTS,
            values,
            lambda typed: correct_contacts(actor, found.id, found.revision, Contacts(**typed)),
        )

    def _correct_red_list(self, found: Card) -> None:
        actor = self.actor
        self._form(
            "Liste rouge",
            (Field("red_list", "Liste rouge", Kind.YES_NO, hint="ses résultats ne sont pas publiés"),),
            {"red_list": found.red_list},
            lambda typed: correct_red_list(actor, found.id, found.revision, typed["red_list"]),
        )

    def _ask_groups(self, registration: RegistrationView) -> None:
        self.call(
            list_decision_groups,
            self.actor,
            registration.session_id,
            then=lambda groups: self._correct_registration(registration, groups),
        )

    def _correct_registration(self, registration: RegistrationView, groups: list[DecisionGroupView]) -> None:
        choices = ((None, "aucun"), *((group.id, group.label) for group in groups))
        names = ("fraud_suspected", "replacement", "decision_group_id")
        actor = self.actor
        self._form(
            f"Candidature {registration.title}",
            (
                Field("fraud_suspected", "Présomption de fraude", Kind.YES_NO),
                Field("replacement", "Session de remplacement", Kind.YES_NO),
                Field("decision_group_id", "Groupe de décision", Kind.CHOICE, choices=choices),
            ),
            {name: getattr(registration, name) for name in names},
            lambda typed: correct_registration(actor, registration.id, registration.revision, **typed),
        )

    def _correct_position(self, registration: RegistrationView, epreuve: EpreuveView) -> None:
        actor = self.actor
        self._form(
            f"Position {epreuve.code}",
            (
                Field("epreuve", "Épreuve", Kind.SHOWN),
                Field("position", "Position épreuve", Kind.CHOICE, choices=[(p.value, p.value) for p in Position]),
            ),
            {"epreuve": f"{epreuve.code}, {epreuve.label}", "position": epreuve.position},
            lambda typed: _corrected_position(actor, epreuve.id, registration.revision, typed),
        )


def _corrected_position(actor: Actor, epreuve_id: int, revision: int, typed: dict[str, Any]) -> None:
    correct_position(actor, epreuve_id, revision, typed["position"])
