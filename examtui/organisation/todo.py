"""What wants doing in Organisation, and the services that are open, for the home screen."""

from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import schools_within
from examtui.model import Centre, Room, School
from examtui.organisation.windows import list_windows
from examtui.todo import Todo, first_import


@use_case("organisation.todo", Permission.READ_HOME)
def organisation_todo(actor: Actor) -> tuple[Todo, ...]:
    """Return what centres lack, and until when services are open."""
    return (*_centres(actor), *_windows(actor))


def _centres(actor: Actor) -> list[Todo]:
    if not actor.can(Permission.MANAGE_ROOMS):
        return []
    within = schools_within(actor.scope(Permission.MANAGE_ROOMS))
    centres = Centre.select(Centre.school).join(School).where(within)
    if not centres.exists():
        if actor.can(Permission.MANAGE_PLACES):
            return [first_import("les centres d'examen")]
        return []
    with_rooms = Room.select(Room.school)
    count = School.select().where(School.id.in_(centres), School.id.not_in(with_rooms)).count()
    if not count:
        return []
    return [Todo(f"{count} centre{'s' if count > 1 else ''} sans salle", "rooms")]


def _windows(actor: Actor) -> list[Todo]:
    windows = list_windows(actor)
    several = len({window.academy_id for window in windows}) > 1
    return [
        Todo(
            f"{window.label}{f' ({window.academy_name})' if several else ''} "
            f"ouverte jusqu'au {window.closes:%d/%m %H:%M}",
            "windows",
        )
        for window in windows
        if window.is_open
    ]
