"""The card of a candidate on a screen of its own, and the forms that correct it."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult

from examtui.enrolment.candidates_card import Card, card
from examtui.enrolment.candidates_corrections import correct_red_list
from examtui.errors import ExamtuiError
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.enrolment.candidate_form import correct_candidate
from examtui.screens.enrolment.card_exams import Choice, ExamCorrections, choose
from examtui.screens.enrolment.card_view import CardView, full_name
from examtui.screens.enrolment.contacts import contacts_form
from examtui.screens.form import FormScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.lines import Breadcrumb


class CardScreen(BaseScreen):
    """All that is known of a candidate; what the role may correct is corrected here."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (Offer("correct", help="Corriger ce que votre rôle permet de corriger."),)
    HELP = "La fiche montre l'identité, les candidatures, les épreuves avec leur affectation, et ce qui a été modifié."
    RULES: ClassVar[tuple[str, ...]] = (
        "L'établissement corrige les coordonnées et les aménagements de ses propres élèves.",
        "Il donne salle et commission dans son centre, pour les épreuves qui lui sont déléguées.",
        "Le gestionnaire DEC corrige aussi candidatures, épreuves, affectations, liste rouge, fraude et remplacement.",
        "Identité et numéros viennent des fichiers importés : corrigez-les à leur source, puis importez à nouveau. "
        "Ceux d'un candidat ajouté à la main se corrigent ici.",
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
        self.call_after_refresh(self.show_keys)

    def _gone(self, error: ExamtuiError) -> None:
        self._card = None
        self.view.show(None)
        self.tell_error(error)
        self.show_keys()

    def extra_keys(self, typing: bool) -> list[tuple[str, str]]:
        """Say that the card goes on below."""
        del typing
        return [("PgSuiv", "suite")] if self.view.max_scroll_y > 0 else []

    def available(self, action: str) -> bool:
        """Offer corrections where there are any."""
        return action != "correct" or bool(self._corrections())

    # Corrections

    def _corrections(self) -> list[Choice]:
        found = self._card
        if found is None:
            return []
        choices: list[Choice] = []
        if found.corrects_identity:
            choices.append(("Identité", lambda: correct_candidate(self, found, self._corrected)))
        if found.corrects_contacts:
            choices.append(("Coordonnées et aménagements", lambda: self._correct_contacts(found)))
        if found.corrects_status:
            choices.append(("Liste rouge", lambda: self._correct_red_list(found)))
        return [*choices, *ExamCorrections(self, found, self._corrected).choices()]

    def action_correct(self) -> None:
        """Correct, after a choice where there are several things to correct."""
        choose(self, "Que corriger ?", self._corrections())

    def _form(self, title: str, fields: tuple[Field, ...], values: dict[str, Any], submit: Callable[..., Any]) -> None:
        self.app.push_screen(FormScreen((*self.path, title), fields, submit, values), self._corrected)

    def _corrected(self, result: Any) -> None:
        self.reload()
        if result is not None:
            self.tell("C'est enregistré.")

    def _correct_contacts(self, found: Card) -> None:
        self.app.push_screen(contacts_form(self.actor, (*self.path, "Coordonnées"), found), self._corrected)

    def _correct_red_list(self, found: Card) -> None:
        actor = self.actor
        self._form(
            "Liste rouge",
            (Field("red_list", "Liste rouge", Kind.YES_NO, hint="ses résultats ne sont pas publiés"),),
            {"red_list": found.red_list},
            lambda typed: correct_red_list(actor, found.id, found.revision, typed["red_list"]),
        )
