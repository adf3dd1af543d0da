"""Rooms and commissions of a school."""

from collections.abc import Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.organisation import rooms
from examtui.organisation.rooms import CommissionView, RoomValues, RoomView
from examtui.organisation.schools import SchoolView
from examtui.screens.actions import Offer
from examtui.screens.form import FormScreen
from examtui.screens.organisation.schools import SchoolChoiceScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column


class RoomForm(FormScreen):
    """The form of a room."""

    HELP = "Une salle, avec le nombre de candidats qu'elle peut recevoir."
    RULES: ClassVar = (
        "La capacité est le nombre de places assises pour une épreuve, et non celui des cours.",
        "Une salle accessible se rejoint en fauteuil roulant.",
        *FormScreen.RULES,
    )


class RoomsScreen(RecordsScreen[RoomView]):
    """The rooms of a school, by name."""

    OFFERS: ClassVar = (
        Offer("open", label="modifier", help="Modifier la salle."),
        Offer("new", label="nouvelle", help="Ajouter une salle."),
        Offer("delete", help="Supprimer la salle, après confirmation."),
        Offer("correct", help="Modifier la salle.", shown=False),
    )
    COLUMNS: ClassVar = (
        Column("Salle", 20, flex=1, most=40),
        Column("Places", 6, right=True),
        Column("Accessible", 10),
        Column("Affectations", 12, right=True),
    )
    HELP = "Les salles de l'établissement, où les candidats sont affectés."
    RULES: ClassVar = (
        "Un nom de salle n'existe qu'une fois dans un établissement.",
        "Une salle où des candidats sont affectés ne se supprime pas : affectez-les d'abord ailleurs.",
        "Affectations : combien de passages d'épreuve ont lieu dans la salle, toutes dates comprises.",
    )
    EMPTY = "Aucune salle dans cet établissement."
    NOUN = "la salle"
    NEW_TITLE = "Nouvelle salle"
    CHANGES = Permission.MANAGE_ROOMS
    FORM = RoomForm

    def __init__(self, school: SchoolView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._school = school

    def load(self) -> Sequence[RoomView]:
        """List the rooms."""
        return rooms.list_rooms(self.actor, self._school.id)

    def identity(self, record: RoomView) -> Any:
        """Return the room's id."""
        return record.id

    def cells(self, record: RoomView) -> tuple[str, ...]:
        """Show name, seats, access and use."""
        values = record.values
        return (values.name, str(values.capacity), "oui" if values.accessible else "", str(record.assignments or ""))

    def fields(self, record: RoomView | None) -> Sequence[Field]:
        """Ask for name, seats and access."""
        del record
        return (
            Field("name", "Salle", required=True, hint="par exemple 205"),
            Field("capacity", "Capacité", Kind.INTEGER, required=True, hint="en places"),
            Field("accessible", "Accessible", Kind.YES_NO, hint="en fauteuil roulant"),
        )

    def values(self, record: RoomView | None) -> dict[str, Any]:
        """Start from the room."""
        return vars(record.values) if record is not None else {}

    def add_record(self, values: dict[str, Any]) -> RoomView:
        """Make a room."""
        return rooms.create_room(self.actor, self._school.id, RoomValues(**values))

    def save_record(self, record: RoomView, values: dict[str, Any]) -> RoomView:
        """Correct a room."""
        return rooms.correct_room(self.actor, record.id, record.revision, RoomValues(**values))

    def delete_record(self, record: RoomView) -> None:
        """Delete a room."""
        rooms.delete_room(self.actor, record.id, record.revision)


class CommissionForm(FormScreen):
    """The form of a commission."""

    HELP = "Une commission : le groupe de jury devant lequel des candidats passent."


class CommissionsScreen(RecordsScreen[CommissionView]):
    """The commissions of a school, by name."""

    OFFERS: ClassVar = (
        Offer("open", label="modifier", help="Modifier la commission."),
        Offer("new", label="nouvelle", help="Ajouter une commission."),
        Offer("delete", help="Supprimer la commission, après confirmation."),
        Offer("correct", help="Modifier la commission.", shown=False),
    )
    COLUMNS: ClassVar = (Column("Commission", 20, flex=1, most=40), Column("Affectations", 12, right=True))
    HELP = "Les commissions de l'établissement, auxquelles les candidats sont affectés."
    RULES: ClassVar = (
        "Un nom de commission n'existe qu'une fois dans un établissement.",
        "Une commission où des candidats sont affectés ne se supprime pas : affectez-les d'abord ailleurs.",
    )
    EMPTY = "Aucune commission dans cet établissement."
    NOUN = "la commission"
    NEW_TITLE = "Nouvelle commission"
    CHANGES = Permission.MANAGE_ROOMS
    FORM = CommissionForm

    def __init__(self, school: SchoolView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._school = school

    def load(self) -> Sequence[CommissionView]:
        """List the commissions."""
        return rooms.list_commissions(self.actor, self._school.id)

    def identity(self, record: CommissionView) -> Any:
        """Return the commission's id."""
        return record.id

    def cells(self, record: CommissionView) -> tuple[str, ...]:
        """Show name and use."""
        return (record.name, str(record.assignments or ""))

    def fields(self, record: CommissionView | None) -> Sequence[Field]:
        """Ask for the name."""
        del record
        return (Field("name", "Commission", required=True, hint="par exemple 3GHG"),)

    def add_record(self, values: dict[str, Any]) -> CommissionView:
        """Make a commission."""
        return rooms.create_commission(self.actor, self._school.id, values["name"])

    def save_record(self, record: CommissionView, values: dict[str, Any]) -> CommissionView:
        """Rename a commission."""
        return rooms.correct_commission(self.actor, record.id, record.revision, values["name"])

    def delete_record(self, record: CommissionView) -> None:
        """Delete a commission."""
        rooms.delete_commission(self.actor, record.id, record.revision)


class RoomsOfScreen(SchoolChoiceScreen):
    """The activity «Salles»: the schools without one are seen at once."""

    COLUMNS: ClassVar = (*SchoolChoiceScreen.COLUMNS, Column("Salles", 6, right=True))

    def cells(self, record: SchoolView) -> tuple[str, ...]:
        """Show how many rooms the school has."""
        return (*super().cells(record), str(record.rooms or "aucune"))

    def screen_of(self, school: SchoolView) -> RoomsScreen:
        """Return the rooms of the school."""
        return RoomsScreen(school, (*self.path, school.title))


class CommissionsOfScreen(SchoolChoiceScreen):
    """The activity «Commissions»."""

    COLUMNS: ClassVar = (*SchoolChoiceScreen.COLUMNS, Column("Commissions", 11, right=True))

    def cells(self, record: SchoolView) -> tuple[str, ...]:
        """Show how many commissions the school has."""
        return (*super().cells(record), str(record.commissions or "aucune"))

    def screen_of(self, school: SchoolView) -> CommissionsScreen:
        """Return the commissions of the school."""
        return CommissionsScreen(school, (*self.path, school.title))
