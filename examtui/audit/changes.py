"""Writing one record together with its audit entry: created, corrected as it was seen, deleted.

For use cases that change a record by hand: the write and the entry belong together, before and after. Corrections and
deletions name the revision that the person saw, so that two people at once notice each other.
"""

import re
from collections.abc import Mapping
from typing import Any

from examtui.audit.log import Change, record_many
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
    row, change = created(model, values)
    record_many(login, action, [change])
    return row


def correct(login: str, action: str, row: Base, revision: int, values: Mapping[str, Any]) -> None:
    """Give ``row`` the new ``values`` if it still is at ``revision``, and log what differs; nothing new writes nothing.

    Raises:
        Conflict: somebody else saved first.
    """
    record_many(login, action, corrected(row, revision, values))


def delete(login: str, action: str, row: Base, revision: int) -> None:
    """Delete ``row`` if it still is at ``revision``, and log what it was.

    Raises:
        Conflict: somebody else saved first.
    """
    record_many(login, action, [deleted(row, revision)])


# Several records in one act: each write gives its change, and ``record_many`` logs them as the last act. Logging
# between two writes would hold the head of the log while waiting for a row, whose holder waits for the head.


def created(model: type[Base], values: Mapping[str, Any]) -> tuple[Any, Change]:
    """Insert a ``model`` with ``values``; returns the record, and the change to log."""
    row: Any = model.create(**values)
    return row, Change(subject_type(model), row.id, {"after": snapshot(row)})


def corrected(row: Base, revision: int, values: Mapping[str, Any]) -> list[Change]:
    """Give ``row`` the new ``values`` if it still is at ``revision``; returns the change to log, if anything differs.

    Raises:
        Conflict: somebody else saved first.
    """
    before = snapshot(row)
    model: Any = type(row)
    if row.__data__["revision"] != revision:
        raise _changed_meanwhile()
    after = {name: value for name, value in values.items() if before[name] != value}
    if not after:
        return []
    query = model.update(**after, revision=revision + 1).where(model.id == row.id, model.revision == revision)
    if query.execute() != 1:
        raise _changed_meanwhile()
    payload = {"before": {name: before[name] for name in after}, "after": after}
    return [Change(subject_type(model), int(row.id), payload)]


def deleted(row: Base, revision: int) -> Change:
    """Delete ``row`` if it still is at ``revision``; returns the change to log.

    Raises:
        Conflict: somebody else saved first.
    """
    model: Any = type(row)
    if model.delete().where(model.id == row.id, model.revision == revision).execute() != 1:
        raise _changed_meanwhile()
    return Change(subject_type(model), int(row.id), {"before": snapshot(row)})


def _changed_meanwhile() -> Conflict:
    return Conflict(
        "Quelqu'un d'autre a modifié cette fiche entre-temps : rien n'a été enregistré. "
        "Relisez-la, puis refaites votre correction."
    )
