"""The activities: data that the home screen, the palette and the help read. A new activity adds its line here.

Nothing stands here that does not work: a line comes with its screen.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from examtui.access import Actor, Permission

if TYPE_CHECKING:
    from examtui.screens.base import BaseScreen


@dataclass(frozen=True)
class Activity:
    """An activity of the menus, in the seeds' words.

    ``menu`` is its row on the home screen, ``path`` its breadcrumb, ``screen`` the ``module:class`` that shows it
    (imported when it is opened; its arguments are those of ``App.open_activity``), ``permission`` what a role needs to
    see it, ``help`` one sentence for the palette.
    """

    name: str
    menu: str
    label: str
    screen: str
    permission: Permission
    help: str
    path: tuple[str, ...] = ()

    @property
    def breadcrumb(self) -> tuple[str, ...]:
        """The breadcrumb of the activity's own screen."""
        return self.path or (self.menu, self.label)

    def make(self, **arguments: Any) -> "BaseScreen":
        """Import and make the screen."""
        module, _, attribute = self.screen.partition(":")
        screen: BaseScreen = getattr(import_module(module), attribute)(**arguments)
        screen.path = screen.path or self.breadcrumb
        return screen


MENUS: tuple[str, ...] = (
    "Inscription",
    "Organisation",
    "Etablissement",
    "Centre Examen",
    "Notation",
    "Résultats",
    "Certification",
    "Administration",
)
"""The rows of the home screen, in order; one without an activity for the role is not shown."""

ACTIVITIES: tuple[Activity, ...] = (
    Activity(
        "candidates",
        "Inscription",
        "Candidats",
        "examtui.screens.enrolment.candidates:CandidatesScreen",
        Permission.READ_CANDIDATES,
        "Trouver un candidat, ouvrir sa fiche, la corriger.",
    ),
    Activity(
        "students",
        "Inscription",
        "Élèves",
        "examtui.screens.enrolment.students:StudentsScreen",
        Permission.READ_CANDIDATES,
        "Les élèves présents de l'établissement, par classe.",
    ),
    Activity(
        "imports",
        "Inscription",
        "Imports",
        "examtui.screens.imports.reports:ImportsScreen",
        Permission.READ_IMPORTS,
        "Importer élèves, candidats, épreuves, centres, inscriptions, affectations ; relire les comptes rendus.",
    ),
    Activity(
        "selections",
        "Inscription",
        "Sélections",
        "examtui.screens.selection.saved:SelectionsScreen",
        Permission.SAVE_SELECTIONS,
        "Les sélections de candidats enregistrées : les utiliser, les renommer, les partager.",
    ),
    Activity(
        "epreuves",
        "Inscription",
        "Épreuves",
        "examtui.screens.enrolment.epreuves:EpreuvesScreen",
        Permission.READ_EXAMS,
        "Toutes les épreuves : les trouver par leur code, voir leur fiche, la corriger.",
    ),
    Activity(
        "sessions",
        "Inscription",
        "Sessions d'examen",
        "examtui.screens.enrolment.sessions:SessionsScreen",
        Permission.READ_EXAMS,
        "Les sessions, leurs spécialités et les épreuves de chacune.",
    ),
    Activity(
        "schools",
        "Organisation",
        "Établissements",
        "examtui.screens.organisation.schools:SchoolsScreen",
        Permission.READ_PLACES,
        "Les établissements : coordonnées, centres, salles, commissions.",
    ),
    Activity(
        "centres",
        "Organisation",
        "Centres et délégations",
        "examtui.screens.organisation.centres:CentresScreen",
        Permission.READ_PLACES,
        "Les centres par fonction, la gestion autonome, et les épreuves déléguées à chacun.",
    ),
    Activity(
        "rooms",
        "Organisation",
        "Salles",
        "examtui.screens.organisation.rooms:RoomsOfScreen",
        Permission.READ_PLACES,
        "Les salles d'un établissement : places, accessibilité.",
    ),
    Activity(
        "commissions",
        "Organisation",
        "Commissions",
        "examtui.screens.organisation.rooms:CommissionsOfScreen",
        Permission.READ_PLACES,
        "Les commissions d'un établissement.",
    ),
    Activity(
        "windows",
        "Résultats",
        "Services ouverts",
        "examtui.screens.organisation.windows:WindowsScreen",
        Permission.READ_PLACES,
        "De quand à quand l'extraction des notes et la publication des résultats sont ouvertes.",
    ),
    Activity(
        "services",
        "Administration",
        "Services",
        "examtui.screens.organisation.services:ServicesScreen",
        Permission.OPEN_SERVICES,
        "Ouvrir et fermer aux établissements les services «convocation» et «signature».",
    ),
    Activity(
        "users",
        "Administration",
        "Comptes",
        "examtui.screens.administration.users:UsersScreen",
        Permission.MANAGE_USERS,
        "Les personnes qui utilisent examtui, et leurs rôles.",
    ),
    Activity(
        "journal",
        "Administration",
        "Journal",
        "examtui.screens.administration.journal:JournalScreen",
        Permission.READ_AUDIT,
        "Qui a fait quoi, et quand.",
    ),
    Activity(
        "settings",
        "Administration",
        "Réglages",
        "examtui.screens.administration.settings:SettingsScreen",
        Permission.READ_SETTINGS,
        "Les réglages de cette installation.",
    ),
)

TODO_SOURCES: tuple[tuple[str, Permission], ...] = (
    ("examtui.enrolment.todo:enrolment_todo", Permission.READ_HOME),
    ("examtui.organisation.todo:organisation_todo", Permission.READ_HOME),
    ("examtui.administration.todo:administration_todo", Permission.READ_HOME),
)
"""What wants doing: use cases as ``module:function`` of an actor, each giving ``examtui.todo.Todo`` lines."""


def visible(actor: Actor) -> list[Activity]:
    """Return the activities that the actor may see, in the order of the menus."""
    allowed = [activity for activity in ACTIVITIES if actor.can(activity.permission)]
    return sorted(allowed, key=lambda activity: MENUS.index(activity.menu))


def named(name: str) -> Activity | None:
    """Return the activity of that name, or None if there is none."""
    return next((activity for activity in ACTIVITIES if activity.name == name), None)
