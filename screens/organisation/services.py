"""The services «convocation» and «signature»: to which schools the administrator has opened each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from examtui.access import Permission
from examtui.model.places import Service
from examtui.organisation import services
from examtui.organisation.services import SchoolServices
from examtui.screens.actions import Offer
from examtui.screens.records import RecordsScreen
from examtui.screens.ticks import TicksScreen
from examtui.screens.widgets.rows import Column

_PURPOSES = {
    Service.CONVOCATION: "convoquer les intervenants aux missions",
    Service.SIGNATURE: "saisir les signatures des convocations",
}


@dataclass(frozen=True)
class _Opening:
    """A service, and to how many schools it is open."""

    service: Service
    open: int
    schools: int


class ServicesScreen(RecordsScreen[_Opening]):
    """The services; Enter shows the schools."""

    OFFERS: ClassVar = (
        Offer("open", label="établissements", help="Afficher les établissements auxquels le service est ouvert."),
    )
    COLUMNS: ClassVar = (Column("Service", 12), Column("Sert à", 40, flex=1, most=50), Column("Établissements", 14))
    FILTERED = False
    HELP = (
        "Les services que l'administrateur ouvre aux établissements. Fermé, un service répond à l'établissement "
        "qu'il n'est pas ouvert. Entrée montre les établissements, à cocher."
    )

    def load(self) -> Sequence[_Opening]:
        """Count the schools of each service."""
        views = services.list_services(self.actor)
        return [_Opening(service, sum(service in view.services for view in views), len(views)) for service in Service]

    def identity(self, record: _Opening) -> Any:
        """Return the service."""
        return record.service

    def cells(self, record: _Opening) -> tuple[str, ...]:
        """Show the service, its purpose and how widely it is open."""
        return (record.service.value, _PURPOSES[record.service], f"{record.open} sur {record.schools}")

    def opened(self, record: _Opening) -> None:
        """Show the schools."""
        path = (*self.path, record.service.value)
        self.app.push_screen(ServiceScreen(record.service, path), lambda _: self.reload())


class ServiceScreen(TicksScreen[SchoolServices]):
    """The schools to which a service is open, ticked."""

    COLUMNS: ClassVar = (Column("Établissement", 40, flex=1),)
    HELP = "Les établissements. Une case cochée : le service leur est ouvert."
    RULES: ClassVar = (
        "Rien n'est écrit avant Ctrl+S.",
        "* coche toutes les lignes affichées : filtrez d'abord pour n'en prendre qu'une partie.",
        "Fermer un service n'efface rien de ce qui a été fait tant qu'il était ouvert.",
    )
    EMPTY = "Aucun établissement."
    CHANGES = Permission.OPEN_SERVICES
    TICKED = ("ouvert", "ouverts")

    def __init__(self, service: Service, path: tuple[str, ...]) -> None:
        super().__init__(path)
        self._service = service

    def intro(self) -> str:
        """Say what a tick opens."""
        return f"Le service «{self._service.value}» est ouvert aux établissements cochés."

    def load(self) -> Sequence[SchoolServices]:
        """List the schools."""
        return services.list_services(self.actor)

    def identity(self, record: SchoolServices) -> Any:
        """Return the school's id."""
        return record.school_id

    def cells(self, record: SchoolServices) -> tuple[str, ...]:
        """Show the school."""
        return (record.school_title,)

    def ticked(self, record: SchoolServices) -> bool:
        """Tell whether the service is open to the school."""
        return self._service in record.services

    def save(self, added: Collection[Any], removed: Collection[Any]) -> None:
        """Open and close."""
        services.change_service(self.actor, self._service.value, opened=added, closed=removed)

    def done(self, added: int, removed: int) -> str:
        """Say to how many it was opened and closed."""
        told = []
        if added:
            told.append(f"ouvert à {added} établissement{'s' if added > 1 else ''}")
        if removed:
            told.append(f"fermé à {removed} établissement{'s' if removed > 1 else ''}")
        return f"Service «{self._service.value}» {', '.join(told)}."
