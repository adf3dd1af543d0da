"""Writing one record together with its audit entry: created, corrected as it was seen, deleted.

For use cases that change a record by hand: the write and the entry belong together, before and after. Corrections and
deletions name the revision that the person saw, so that two people at once notice each other.
"""

import re
from collections.abc import Mapping
from typing import Any

from examtui.audit.log import record
from examtui.errors import Conflict
from examtui.model.base import Base

_KEPT_OUT = ("id", "revision")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def subject_type(model: type[Base]) -> str:
    """The name of a model's records in the audit log."""
    return _INNER_CAPITAL.sub("_", model.__name__).lower()


def snapshot(row: Base) -> dict[str, Any]:
    """The fields of ``row`` as an audit entry tells them."""
    return {name: value for name, value in row.__data__.items() if name not in _KEPT_OUT}


def create(login: str, action: str, model: type[Base], values: Mapping[str, Any]) -> Any:
    """Insert a ``model`` with ``values`` and log it; returns the new record."""
    row = model.create(**values)
    record(login, action, subject_type(model), row.id, after=snapshot(row))
    return row


def correct(login: str, action: str, row: Base, revision: int, values: Mapping[str, Any]) -> None:
    """Give ``row`` the new ``values`` if it still is at ``revision``, and log what differs; nothing new writes nothing.

    Raises:
        Conflict: somebody else saved first.
    """
    before = snapshot(row)
    model: Any = type(row)
    if row.__data__["revision"] != revision:
        raise _changed_meanwhile()
    if all(before[name] == value for name, value in values.items()):
        return
    query = model.update(**values, revision=revision + 1).where(model.id == row.id, model.revision == revision)
    if query.execute() != 1:
        raise _changed_meanwhile()
    record(login, action, subject_type(model), int(row.id), before=before, after={**before, **values})


def delete(login: str, action: str, row: Base, revision: int) -> None:
    """Delete ``row`` if it still is at ``revision``, and log what it was.

    Raises:
        Conflict: somebody else saved first.
    """
    model: Any = type(row)
    if model.delete().where(model.id == row.id, model.revision == revision).execute() != 1:
        raise _changed_meanwhile()
    record(login, action, subject_type(model), int(row.id), before=snapshot(row))


def _changed_meanwhile() -> Conflict:
    return Conflict(
        "Quelqu'un d'autre a modifié cette fiche entre-temps : rien n'a été enregistré. "
        "Relisez-la, puis refaites votre correction."
    )
