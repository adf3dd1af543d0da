"""Who may do what, and where: roles and permissions, the actor and its scope, and the registry of use cases."""

from examtui.access.actor import Actor, Scope, actor_for
from examtui.access.permissions import Permission
from examtui.access.usecases import use_case

__all__ = ["Actor", "Permission", "Scope", "actor_for", "use_case"]
