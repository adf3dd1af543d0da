"""What the card corrects of a candidate's exams: candidatures, their épreuves, positions and affectations."""

from collections.abc import Callable, Sequence
from typing import Any

from examtui.access import Actor
from examtui.enrolment import assignments, candidatures
from examtui.enrolment.assignments import AssignmentSheet
from examtui.enrolment.candidates_card import Card, EpreuveView, RegistrationView
from examtui.enrolment.candidates_corrections import correct_position, correct_registration
from examtui.enrolment.candidatures import CandidatureChoices, CandidatureValues
from examtui.enrolment.decision_groups import DecisionGroupView, list_decision_groups
from examtui.model.candidates import Position
from examtui.rules.candidatures import FIRST_NUMBER
from examtui.screens.base import BaseScreen
from examtui.screens.enrolment.assignment import AssignmentForm, assign_as
from examtui.screens.form import FormScreen
from examtui.screens.widgets.dialogs import ChoiceDialog
from examtui.screens.widgets.fields import Field, Kind

Choice = tuple[str, Callable[[], object]]
"""A line of «Que corriger ?», and what it does."""

_POSITIONS = [(position.value, position.value) for position in Position]


def choose(screen: BaseScreen, title: str, choices: Sequence[Choice]) -> None:
    """Do what is chosen in a list; a single choice is done at once."""
    if len(choices) == 1:
        choices[0][1]()
        return

    def chosen(place: int | None) -> None:
        if place is not None:
            choices[place][1]()

    if choices:
        screen.app.push_screen(ChoiceDialog(title, [label for label, _ in choices]), chosen)


class ExamCorrections:
    """The corrections of one card, on ``screen``; ``done`` is told when one was saved (or None: given up)."""

    def __init__(self, screen: BaseScreen, card: Card, done: Callable[[Any], None]) -> None:
        self._screen = screen
        self._card = card
        self._done = done

    @property
    def _actor(self) -> Actor:
        return self._screen.actor

    def choices(self) -> list[Choice]:
        """Return what this actor may correct: first what is added, then each candidature with its épreuves."""
        choices: list[Choice] = []
        if self._card.corrects_candidatures:
            choices.append(("Ajouter une candidature…", self._add_candidature))
        for registration in self._card.registrations:
            choices += self._of_candidature(registration)
            for epreuve in registration.epreuves:
                label, choice = self._of_epreuve(registration, epreuve)
                if choice is not None:
                    choices.append((label, choice))
        return choices

    def _of_candidature(self, registration: RegistrationView) -> list[Choice]:
        choices: list[Choice] = []
        named = f"Candidature {registration.title}"
        if self._card.corrects_candidatures:
            choices.append((f"{named} : spécialité, classe, état…", lambda: self._edit(registration)))
        if self._card.corrects_status:
            label = f"{named} : fraude, remplacement, groupe"
            choices.append((label, lambda: self._ask_groups(registration)))
        if self._card.corrects_candidatures:
            choices.append((f"{named} : ajouter une épreuve…", lambda: self._ask_epreuves(registration)))
            if not registration.epreuves:
                choices.append((f"{named} : la supprimer…", lambda: self._delete(registration)))
        return choices

    def _of_epreuve(
        self, registration: RegistrationView, epreuve: EpreuveView
    ) -> tuple[str, Callable[[], object] | None]:
        named = f"{epreuve.code}, {epreuve.label}"
        if self._card.corrects_candidatures:
            label = f"Affectation, position : {named}"
            return label, lambda: choose(self._screen, named, self._acts(registration, epreuve))
        if epreuve.assignment is not None and epreuve.assignment.corrects_room:
            return f"Salle, commission : {named}", lambda: self._ask_sheet(epreuve, self._assign)
        return named, None

    def _acts(self, registration: RegistrationView, epreuve: EpreuveView) -> list[Choice]:
        assigned = epreuve.assignment is not None
        acts: list[Choice] = [
            (
                "Corriger l'affectation : centre, date, heures, salle…" if assigned else "Affecter le candidat…",
                lambda: self._ask_sheet(epreuve, self._assign),
            ),
            ("Corriger la position épreuve", lambda: self._correct_position(registration, epreuve)),
        ]
        if assigned:
            acts.append(("Retirer l'affectation…", lambda: self._ask_sheet(epreuve, self._unassign)))
        else:
            acts.append(("Retirer cette épreuve de la candidature…", lambda: self._remove(registration, epreuve)))
        return acts

    def _form(
        self, title: str, fields: Sequence[Field], values: dict[str, Any], submit: Callable[[dict[str, Any]], Any]
    ) -> None:
        self._screen.app.push_screen(FormScreen((*self._screen.path, title), fields, submit, values), self._done)

    def _act(self, use_case: Callable[..., Any], *arguments: Any) -> None:
        self._screen.call(use_case, self._actor, *arguments, then=lambda _: self._done(True))

    # Candidatures

    def _add_candidature(self) -> None:
        card = self._card
        values = {
            "number": FIRST_NUMBER,
            "school_id": card.school_id,
            "division": card.enrolment.division if card.enrolment is not None else "",
            "state": "Inscrit",
        }

        def show(choices: CandidatureChoices) -> None:
            if not choices.specialities:
                self._screen.tell_error("Aucune session n'a de spécialité : ajoutez-la d'abord (Sessions d'examen).")
                return
            self._form(
                "Nouvelle candidature",
                _candidature_fields(choices),
                values,
                lambda typed: candidatures.create_candidature(self._actor, card.id, CandidatureValues(**typed)),
            )

        self._screen.call(candidatures.list_choices, self._actor, then=show)

    def _edit(self, registration: RegistrationView) -> None:
        names = ("speciality_id", "school_id", "division", "category", "state")
        values = {name: getattr(registration, name) for name in names} | {"number": registration.title}

        def show(choices: CandidatureChoices) -> None:
            self._form(
                f"Candidature {registration.title}",
                _candidature_fields(choices),
                values,
                lambda typed: candidatures.correct_candidature(
                    self._actor, registration.id, registration.revision, CandidatureValues(**typed)
                ),
            )

        self._screen.call(candidatures.list_choices, self._actor, registration.session_id, then=show)

    def _delete(self, registration: RegistrationView) -> None:
        self._screen.confirm(
            f"Supprimer la candidature {registration.title}, {registration.session} ?",
            lambda: self._act(candidatures.delete_candidature, registration.id, registration.revision),
            yes="Supprimer",
        )

    def _ask_groups(self, registration: RegistrationView) -> None:
        self._screen.call(
            list_decision_groups,
            self._actor,
            registration.session_id,
            then=lambda groups: self._correct_status(registration, groups),
        )

    def _correct_status(self, registration: RegistrationView, groups: list[DecisionGroupView]) -> None:
        choices = ((None, "aucun"), *((group.id, group.label) for group in groups))
        names = ("fraud_suspected", "replacement", "decision_group_id")
        self._form(
            f"Candidature {registration.title}",
            (
                Field("fraud_suspected", "Présomption de fraude", Kind.YES_NO),
                Field("replacement", "Session de remplacement", Kind.YES_NO),
                Field("decision_group_id", "Groupe de décision", Kind.CHOICE, choices=choices),
            ),
            {name: getattr(registration, name) for name in names},
            lambda typed: correct_registration(self._actor, registration.id, registration.revision, **typed),
        )

    # Épreuves

    def _ask_epreuves(self, registration: RegistrationView) -> None:
        def show(free: list[tuple[int, str]]) -> None:
            if not free:
                self._screen.tell("La candidature a déjà toutes les épreuves de sa spécialité.")
                return
            self._form(
                "Ajouter une épreuve",
                (
                    Field("epreuve_id", "Épreuve", Kind.CHOICE, choices=free),
                    Field("position", "Position épreuve", Kind.CHOICE, choices=_POSITIONS),
                ),
                {},
                lambda typed: candidatures.add_epreuve(self._actor, registration.id, registration.revision, **typed),
            )

        self._screen.call(candidatures.list_free_epreuves, self._actor, registration.id, then=show)

    def _remove(self, registration: RegistrationView, epreuve: EpreuveView) -> None:
        self._screen.confirm(
            f"Retirer l'épreuve {epreuve.code}, {epreuve.label} de la candidature {registration.title} ?",
            lambda: self._act(candidatures.remove_epreuve, epreuve.id, registration.revision),
            yes="Retirer",
        )

    def _correct_position(self, registration: RegistrationView, epreuve: EpreuveView) -> None:
        self._form(
            f"Position {epreuve.code}",
            (
                Field("epreuve", "Épreuve", Kind.SHOWN),
                Field("position", "Position épreuve", Kind.CHOICE, choices=_POSITIONS),
            ),
            {"epreuve": f"{epreuve.code}, {epreuve.label}", "position": epreuve.position},
            lambda typed: correct_position(self._actor, epreuve.id, registration.revision, typed["position"]),
        )

    # Affectations

    def _ask_sheet(self, epreuve: EpreuveView, then: Callable[[EpreuveView, AssignmentSheet], None]) -> None:
        self._screen.call(assignments.read_sheet, self._actor, epreuve.id, then=lambda sheet: then(epreuve, sheet))

    def _assign(self, epreuve: EpreuveView, sheet: AssignmentSheet) -> None:
        if not sheet.centres:
            self._screen.tell_error(
                f"Aucun établissement n'est centre de fonction «{sheet.function}» : "
                "ajoutez cette fonction à l'un d'eux (Établissements et centres), puis recommencez."
            )
            return
        path = (*self._screen.path, f"Affectation {epreuve.code}")
        form = AssignmentForm(path, sheet, assign_as(self._actor, epreuve.id, sheet))
        self._screen.app.push_screen(form, self._done)

    def _unassign(self, epreuve: EpreuveView, sheet: AssignmentSheet) -> None:
        also = f" et de l'épreuve liée {sheet.together}" if sheet.together else ""
        self._screen.confirm(
            f"Retirer l'affectation de l'épreuve {sheet.epreuve}{also} ? Le candidat y reste inscrit.",
            lambda: self._act(assignments.remove, epreuve.id, sheet.seen),
            yes="Retirer",
        )


def _candidature_fields(choices: CandidatureChoices) -> tuple[Field, ...]:
    schools = ((None, "aucun : candidat individuel"), *choices.schools)
    return (
        Field("speciality_id", "Spécialité, session", Kind.CHOICE, choices=choices.specialities),
        Field("number", "N° d'inscription", required=True, hint="par exemple 001 ou 001 Version 03", max_length=20),
        Field("school_id", "Établissement", Kind.CHOICE, choices=schools),
        Field("division", "Classe"),
        Field("category", "Catégorie", hint="par exemple SCOLAIRE"),
        Field("state", "État", required=True, hint="par exemple Inscrit"),
    )
