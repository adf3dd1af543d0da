"""Saved selections: the list, to use one again, rename, share and delete; and saving one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.screens.actions import Offer
from examtui.screens.base import BaseScreen
from examtui.screens.form import FormScreen
from examtui.screens.records import RecordsScreen
from examtui.screens.widgets.fields import Field, Kind
from examtui.screens.widgets.rows import Column
from examtui.selection.saved import (
    NameTaken,
    SelectionView,
    correct_selection,
    delete_selection,
    list_selections,
    readers_of,
    save_selection,
)

_FIELDS = (
    Field("name", "Nom", required=True, max_length=60),
    Field("shared", "Partager", Kind.YES_NO),
    Field("readers", "Partagée, montrée à", Kind.SHOWN),
)


class SelectionsScreen(RecordsScreen[SelectionView]):
    """The user's selections and those shared with it.

    Enter shows the candidates of one; where the screen ``chooses``, it gives the selection to whoever asked.
    """

    OFFERS: ClassVar = (
        Offer("open", label="utiliser", help="Utiliser la sélection."),
        Offer("correct", label="renommer", help="Changer le nom, partager ou ne plus partager."),
    )
    HELP = "Les sélections que vous avez enregistrées, et celles que vos collègues partagent."
    RULES: ClassVar = (
        "Une sélection garde les critères, pas les candidats : utilisée demain, elle compte ceux de demain.",
        "Seul son propriétaire renomme, partage ou supprime une sélection.",
        "Partagée, elle ne se montre qu'à ceux qui voient tous les candidats que voit son propriétaire.",
        "Celle d'un compte désactivé reste à ses collègues ; celle d'un compte sans droits ne se montre plus.",
    )
    COLUMNS = (
        Column("Nom", 20, flex=1, most=40),
        Column("Critères", 24, flex=2),
        Column("De", 16, rank=1),
    )
    EMPTY = "Aucune sélection : composez des critères, puis Ctrl+S leur donne un nom."
    NOUN = "la sélection"
    CHANGES = Permission.SAVE_SELECTIONS

    def __init__(self, path: tuple[str, ...] = (), *, chooses: bool = False) -> None:
        super().__init__(path)
        self._chooses = chooses

    def load(self) -> Sequence[SelectionView]:
        """List them."""
        return list_selections(self.actor)

    def identity(self, record: SelectionView) -> Any:
        """Its id."""
        return record.id

    def cells(self, record: SelectionView) -> tuple[str, ...]:
        """Name, criteria, whose."""
        owner = ("moi, partagée" if record.shared else "moi") if record.mine else record.owner
        return (record.name, record.criteria or "tous les candidats", owner)

    def fields(self, record: SelectionView | None) -> Sequence[Field]:
        """Name and sharing."""
        del record
        return _FIELDS

    def values(self, record: SelectionView | None) -> Mapping[str, Any]:
        """Name, sharing, and with whom."""
        return {**super().values(record), "readers": readers_of(self.actor)}

    def available(self, action: str) -> bool:
        """One's own alone can be changed."""
        if action in ("correct", "delete") and self.is_mounted and self.record is not None and not self.record.mine:
            return False
        return super().available(action)

    def save_record(self, record: SelectionView, values: dict[str, Any]) -> Any:
        """Rename, share."""
        return correct_selection(self.actor, record.id, values["name"], shared=values["shared"])

    def delete_record(self, record: SelectionView) -> None:
        """Delete."""
        delete_selection(self.actor, record.id)

    def opened(self, record: SelectionView) -> None:
        """Give it to whoever asked, or show its candidates."""
        if self._chooses:
            self.dismiss(record)
            return
        from examtui.screens.enrolment.candidates import CandidatesScreen

        self.app.push_screen(CandidatesScreen((*self.path, record.name), criteria=record.criteria))


def save_criteria(screen: BaseScreen, criteria: str, name: str = "") -> None:
    """Ask for a name and save; a name that is taken is told, and replaced if the user says so."""

    def submit(values: dict[str, Any]) -> Any:
        try:
            return save_selection(screen.actor, values["name"], criteria, shared=values["shared"])
        except NameTaken:
            return values

    def saved(result: Any) -> None:
        if isinstance(result, dict):
            screen.confirm(
                f"Vous avez déjà une sélection «{result['name']}». La remplacer ?",
                lambda: screen.call(
                    save_selection,
                    screen.actor,
                    result["name"],
                    criteria,
                    shared=result["shared"],
                    overwrite=True,
                    then=told,
                ),
                yes="Remplacer",
            )
        elif result is not None:
            told(result)

    def told(view: SelectionView) -> None:
        screen.tell(f"La sélection «{view.name}» est enregistrée.")

    intro = f"Critères : {criteria or 'aucun, donc tous les candidats'}"
    values = {"name": name, "readers": readers_of(screen.actor)}
    form = FormScreen((*screen.path, "Enregistrer la sélection"), _FIELDS, submit, values, intro)
    screen.app.push_screen(form, saved)
