"""Small reads that use cases share: one record or ``NotFound``, and how many records hold another."""

from typing import Any, TypeVar

from peewee import ForeignKeyField, ModelSelect

from examtui.access.actor import Scope
from examtui.errors import NotFound
from examtui.model import Academy, School
from examtui.model.base import Base

Row = TypeVar("Row", bound=Base)


def found(query: "ModelSelect[Row]", sentence: str) -> Row:
    """Return the one record of ``query``, which the caller has restricted to the actor's scope.

    Raises:
        NotFound: there is none; ``sentence`` says it, with the same words for a record out of the scope.
    """
    row: Row | None = query.first()
    if row is None:
        raise NotFound(sentence)
    return row


def holders(field: "ForeignKeyField[Any]", row: Base) -> int:
    """Return how many records point to ``row`` by ``field``."""
    model: Any = field.model
    return int(model.select().where(field == row).count())


def schools_within(scope: Scope) -> Any:
    """Return the condition on ``School`` that keeps the schools within ``scope``."""
    if scope.everything:
        return School.id.is_null(False)
    return School.id.in_(list(scope.schools)) | School.academy.in_(list(scope.academies))


def academies_within(scope: Scope) -> Any:
    """Return the condition on ``Academy`` that keeps those of ``scope``, and those that its schools belong to."""
    if scope.everything:
        return Academy.id.is_null(False)
    own = School.select(School.academy).where(School.id.in_(list(scope.schools)))
    return Academy.id.in_(list(scope.academies)) | Academy.id.in_(own)


def school_within(scope: Scope, school_id: int) -> School:
    """Return the school with that id.

    Raises:
        NotFound: there is none within ``scope``.
    """
    query = School.select().where(School.id == school_id, schools_within(scope))
    return found(query, "Cet établissement n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")
