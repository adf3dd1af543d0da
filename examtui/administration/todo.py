"""What wants doing in Administration, for the home screen."""

from examtui.access import Actor, Permission, use_case
from examtui.model import User
from examtui.todo import Todo


@use_case("administration.todo", Permission.READ_HOME)
def administration_todo(actor: Actor) -> tuple[Todo, ...]:
    """Tell an administrator who is alone to add the users."""
    if actor.can(Permission.MANAGE_USERS) and User.select().count() <= 1:
        return (Todo("Pour commencer : ajoutez les utilisateurs et leurs droits", "users", first_step=True),)
    return ()
