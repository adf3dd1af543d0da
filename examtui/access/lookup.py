"""Small reads that use cases share: one record or ``NotFound``, and how many records hold another."""

from typing import Any, TypeVar

from peewee import ForeignKeyField, ModelSelect

from examtui.errors import NotFound
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
