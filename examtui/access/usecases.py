"""The registry of use cases: one function per thing that a user does, with the permission that it needs.

The command line and the screens call use cases and nothing below them. A test goes through the registry with every
role.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from peewee import DataError, IntegrityError, InterfaceError, InternalError, OperationalError

from examtui.access.actor import Actor, actor_for, confirmed
from examtui.access.permissions import Permission
from examtui.database.refusals import unavailable
from examtui.errors import Conflict, InvalidInput
from examtui.model.base import database

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class UseCase:
    """An entry of the registry; ``writes`` says that the call runs in one transaction and leaves an audit entry."""

    name: str
    permission: Permission
    writes: bool
    function: Callable[..., Any]


REGISTRY: dict[str, UseCase] = {}


def use_case(
    name: str, permission: Permission, *, writes: bool = False
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function of an actor a use case: check the permission, and for one that ``writes`` open the transaction.

    The actor's grants are read again, so that a grant revoked or an account disabled a moment ago no longer counts: by
    a use case that writes inside its transaction, by one that reads if anything was logged since (``confirmed``). The
    database's refusals become ``Conflict``, ``Unavailable`` and ``InvalidInput``.
    """

    def register(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        def call(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                if not writes:
                    current = confirmed(actor)
                    current.require(permission)
                    return function(current, *args, **kwargs)
                with database.atomic():
                    current = actor_for(actor.login)
                    current.require(permission)
                    return function(current, *args, **kwargs)
            except IntegrityError as error:
                raise Conflict(
                    "Un autre enregistrement a changé entre-temps ou porte déjà ce nom : relisez et recommencez."
                ) from error
            except (OperationalError, InternalError, InterfaceError) as error:
                raise unavailable(error) from error
            except DataError as error:
                raise InvalidInput(
                    "Une valeur est trop longue, ou contient un caractère que la base n'accepte pas : corrigez-la."
                ) from error

        if name in REGISTRY:
            raise RuntimeError(f"two use cases are named {name}")
        wraps(function)(call)
        REGISTRY[name] = UseCase(name, permission, writes, call)
        return call

    return register
