"""The list of a school's pupils."""

from typing import ClassVar

from textual.app import ComposeResult

from examtui.enrolment.candidates import divisions
from examtui.screens.actions import Offer
from examtui.screens.enrolment.candidates import CandidatesScreen
from examtui.screens.widgets.dialogs import ChoiceDialog
from examtui.screens.widgets.lines import PlainText


class StudentsScreen(CandidatesScreen):
    """The present pupils of the school, by class."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open", label="fiche", help="Ouvrir la fiche de l'élève."),
        Offer("search"),
        Offer("criteria", label="classe", help="Choisir une classe."),
        Offer("tick"),
        Offer("export"),
        Offer("tick_all"),
        Offer("jump", shown=False),
    )
    HELP = "Les élèves présents de l'établissement, tous ou d'une classe."
    RULES: ClassVar[tuple[str, ...]] = (
        *CandidatesScreen.RULES[:3],
        "Un élève parti n'est plus dans la liste ; sa fiche reste.",
    )
    PUPILS = True
    NOUN = "élève"
    NOBODY = "Aucun élève : importez la base élèves (SIECLE ou CSV)."

    def compose_criteria(self) -> ComposeResult:
        """Compose the line of the class."""
        yield PlainText(" Classe    ", classes="field-label")
        yield PlainText("toutes (c pour choisir)", id="division")

    def action_criteria(self) -> None:
        """Choose a class."""
        self.call(divisions, self.actor, then=self._choose, group="divisions")

    def _choose(self, names: tuple[str, ...]) -> None:
        choices = ["", *names]

        def chosen(place: int | None) -> None:
            if place is not None:
                division = choices[place]
                self.query_one("#division", PlainText).show(division or "toutes (c pour choisir)")
                self.want(division=division)

        place = choices.index(self._wanted.division) if self._wanted.division in choices else 0
        self.app.push_screen(ChoiceDialog("Classe", ["toutes", *names], place), chosen)
