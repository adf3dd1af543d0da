"""The groupes de décision of a session."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.enrolment import decision_groups
from examtui.enrolment.decision_groups import DecisionGroupView
from examtui.enrolment.exams import SessionView
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field
from examtui.screens.widgets.rows import Column


class DecisionGroupForm(FormScreen):
    """The form of a groupe de décision."""

    HELP = "Un groupe de décision : les candidats dont un même jury décide."
    RULES: ClassVar = ("Un nom n'existe qu'une fois dans une session.", *FormScreen.RULES)


class DecisionGroupsScreen(RecordsScreen[DecisionGroupView]):
    """The groups of a session, by name."""

    OFFERS: ClassVar = (
        Offer("open", label="modifier", help="Renommer le groupe de décision."),
        Offer("new", help="Ajouter un groupe de décision."),
        Offer("delete", help="Supprimer le groupe de décision, après confirmation."),
        Offer("correct", help="Renommer le groupe de décision.", shown=False),
    )
    COLUMNS: ClassVar = (Column("Groupe de décision", 30, flex=1),)
    HELP = "Les groupes de décision de la session. La fiche d'un candidat dit dans lequel est sa candidature."
    RULES: ClassVar = (
        "Un groupe qui a des candidatures ne se supprime pas : changez d'abord leur groupe.",
        "Pour tous les candidats à la fois, importez des compléments : les groupes sont ajoutés en chemin.",
    )
    EMPTY = "Aucun groupe de décision dans cette session."
    NOUN = "le groupe de décision"
    NEW_TITLE = "Nouveau groupe"
    CHANGES = Permission.MANAGE_EXAMS
    FORM = DecisionGroupForm

    def __init__(self, session: SessionView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._session = session

    def load(self) -> Sequence[DecisionGroupView]:
        """List the session's groups."""
        return decision_groups.list_decision_groups(self.actor, self._session.id)

    def identity(self, record: DecisionGroupView) -> Any:
        """Return the group's id."""
        return record.id

    def cells(self, record: DecisionGroupView) -> tuple[str, ...]:
        """Show the name."""
        return (record.label,)

    def fields(self, record: DecisionGroupView | None) -> Sequence[Field]:
        """Ask for the name."""
        del record
        return (Field("label", "Groupe de décision", required=True, hint="par exemple JURY 01"),)

    def add_record(self, values: dict[str, Any]) -> int:
        """Make a group."""
        return decision_groups.create_decision_group(self.actor, self._session.id, values["label"])

    def save_record(self, record: DecisionGroupView, values: dict[str, Any]) -> None:
        """Rename a group."""
        decision_groups.correct_decision_group(self.actor, record.id, record.label, values["label"])

    def delete_record(self, record: DecisionGroupView) -> None:
        """Delete a group."""
        decision_groups.delete_decision_group(self.actor, record.id, record.label)
