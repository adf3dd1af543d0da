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

ACTIVITIES: tuple[Activity, ...] = ()

TODO_SOURCES: tuple[tuple[str, Permission], ...] = ()
"""What wants doing: use cases as ``module:function`` of an actor, each giving ``examtui.todo.Todo`` lines."""


def visible(actor: Actor) -> list[Activity]:
    """Return the activities that the actor may see, in the order of the menus."""
    allowed = [activity for activity in ACTIVITIES if actor.can(activity.permission)]
    return sorted(allowed, key=lambda activity: MENUS.index(activity.menu))


def named(name: str) -> Activity | None:
    """Return the activity of that name, or None if there is none."""
    return next((activity for activity in ACTIVITIES if activity.name == name), None)
