"""What is delegated to a centre: the organisable épreuves, ticked."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.organisation import delegations
from examtui.organisation.centres import CentreView
from examtui.organisation.delegations import DelegationView
from examtui.screens.ticks import TicksScreen
from examtui.screens.widgets.rows import Column


class DelegationsScreen(TicksScreen[DelegationView]):
    """The épreuves that can be delegated to a centre of that function."""

    COLUMNS: ClassVar = (
        Column("Épreuve", 34, flex=3, most=80),
        Column("Spéc.", 6, flex=1, most=14),
        Column("Session", 9, flex=1, most=24),
    )
    HELP = (
        "Les épreuves organisables en établissement qui se passent dans un centre de cette fonction. Une case cochée : "
        "l'affectation de l'épreuve est déléguée au centre, qui place les candidats et édite leurs convocations."
    )
    RULES: ClassVar = (
        "Rien n'est écrit avant Ctrl+S.",
        "Une épreuve n'est pas dans la liste : elle n'est pas «organisable» (voyez sa fiche), ou elle se passe dans un "
        "centre d'une autre fonction.",
        "En gestion autonome, le centre a toutes ces épreuves : les cases ne comptent que s'il ne l'est plus.",
        "Retirer une délégation laisse en place les affectations déjà faites.",
    )
    EMPTY = "Aucune épreuve organisable en établissement pour un centre de cette fonction."
    CHANGES = Permission.MANAGE_DELEGATIONS
    TICKED = ("déléguée", "déléguées")

    def __init__(self, centre: CentreView, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._centre = centre

    def intro(self) -> str:
        """Say what the centre assigns."""
        if self._centre.autonomous:
            return "Gestion autonome : le centre affecte toutes ces épreuves, cochées ou non."
        return "Le centre affecte lui-même les épreuves cochées."

    def load(self) -> Sequence[DelegationView]:
        """List the organisable épreuves, and those that are delegated though they no longer are."""
        views = delegations.list_delegations(self.actor, self._centre.id)
        return [view for view in views if view.organisable or view.granted]

    def identity(self, record: DelegationView) -> Any:
        """Return the épreuve's number."""
        return record.epreuve_id

    def cells(self, record: DelegationView) -> tuple[str, ...]:
        """Show épreuve, speciality and session."""
        return (record.epreuve_title, record.speciality_code, record.session_label)

    def ticked(self, record: DelegationView) -> bool:
        """Tell whether the manager delegated it."""
        return record.granted

    def save(self, added: Collection[Any], removed: Collection[Any]) -> None:
        """Delegate what was ticked, withdraw what was not."""
        delegations.change_delegations(self.actor, self._centre.id, given=added, withdrawn=removed)

    def done(self, added: int, removed: int) -> str:
        """Say what was delegated and withdrawn."""
        told = []
        if added:
            told.append(f"{added} délégation{'s données' if added > 1 else ' donnée'}")
        if removed:
            told.append(f"{removed} délégation{'s retirées' if removed > 1 else ' retirée'}")
        return f"C'est enregistré : {', '.join(told)}."
