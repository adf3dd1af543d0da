"""Selections saved under a name, used again and shared (PRODUCT.md §2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, Scope, actor_for, use_case
from examtui.audit import changes, record
from examtui.clock import utc_now
from examtui.errors import Conflict, Forbidden, NotFound
from examtui.model import SavedSelection, School, User
from examtui.selection.parser import parse
from examtui.selection.printer import to_text

_LONGEST_NAME = 60
_ABSENT = "Cette sélection n'existe pas, ou n'est pas à vous : relisez la liste."


class NameTaken(Conflict):
    """The user has a selection of that name already; ``overwrite`` replaces it."""

    code = "nom_pris"


@dataclass(frozen=True)
class SelectionView:
    """A saved selection; ``criteria`` is its text form, ``owner`` a name to show, ``updated_at`` in UTC."""

    id: int
    name: str
    criteria: str
    shared: bool
    mine: bool
    owner: str
    updated_at: datetime


@use_case("selections.list", Permission.SAVE_SELECTIONS)
def list_selections(actor: Actor) -> list[SelectionView]:
    """Return the actor's selections, then those shared with it, each by name.

    Shared are those of users who may read candidates of a place in common with the actor.
    """
    views = [_view(actor, row) for row in _visible(actor)]
    return sorted(views, key=lambda view: (not view.mine, view.name.casefold(), view.id))


@use_case("selections.read", Permission.SAVE_SELECTIONS)
def read_selection(actor: Actor, selection_id: int) -> SelectionView:
    """Return a selection to use again.

    Raises:
        NotFound: there is none, or it is not shared with the actor.
    """
    for row in _visible(actor, SavedSelection.id == selection_id):
        return _view(actor, row)
    raise NotFound(_ABSENT)


@use_case("selections.save", Permission.SAVE_SELECTIONS, writes=True)
def save_selection(
    actor: Actor, name: str, criteria: str, *, shared: bool = False, overwrite: bool = False
) -> SelectionView:
    """Save criteria under a name; with ``overwrite`` in place of the actor's own selection of that name.

    Raises:
        InvalidInput: the name is empty or too long, or the criteria cannot be read.
        NameTaken: the actor has one of that name, and ``overwrite`` was not asked for.
    """
    kept = _checked_name(name)
    values = {
        "name": kept,
        "criteria": to_text(parse(criteria)),
        "shared": shared,
        "updated_at": utc_now(),
    }
    held = _of_name(actor, kept)
    if held is None:
        row = changes.create(actor.login, "selections.save", SavedSelection, {"owner": actor.user_id, **values})
        return _view(actor, row)
    if not overwrite:
        raise NameTaken(f"Vous avez déjà une sélection «{held.name}» : remplacez-la, ou choisissez un autre nom.")
    return _view(actor, _changed(actor, "selections.save", held, values))


@use_case("selections.correct", Permission.SAVE_SELECTIONS, writes=True)
def correct_selection(actor: Actor, selection_id: int, name: str, *, shared: bool) -> SelectionView:
    """Rename one of the actor's selections, share it, or stop sharing it.

    Raises:
        InvalidInput: the name is empty or too long.
        NotFound: there is none, or it is another's.
        NameTaken: the actor has another one of that name.
    """
    row = _own(actor, selection_id)
    kept = _checked_name(name)
    held = _of_name(actor, kept)
    if held is not None and held.id != row.id:
        raise NameTaken(f"Vous avez déjà une sélection «{held.name}» : choisissez un autre nom.")
    return _view(actor, _changed(actor, "selections.correct", row, {"name": kept, "shared": shared}))


@use_case("selections.delete", Permission.SAVE_SELECTIONS, writes=True)
def delete_selection(actor: Actor, selection_id: int) -> None:
    """Delete one of the actor's selections.

    Raises:
        NotFound: there is none, or it is another's.
    """
    row = _own(actor, selection_id)
    before = changes.snapshot(row)
    row.delete_instance()
    record(actor.login, "selections.delete", changes.subject_type(SavedSelection), selection_id, before=before)


def _changed(actor: Actor, action: str, row: SavedSelection, values: dict[str, Any]) -> SavedSelection:
    before = changes.snapshot(row)
    SavedSelection.update(**values).where(SavedSelection.id == row.id).execute()
    after: SavedSelection = SavedSelection.get_by_id(row.id)
    subject = changes.subject_type(SavedSelection)
    record(actor.login, action, subject, int(str(row.id)), before=before, after=changes.snapshot(after))
    return after


def _checked_name(name: str) -> str:
    return inputs.required(" ".join(name.split()), "name", "le nom de la sélection", longest=_LONGEST_NAME)


def _of_name(actor: Actor, name: str) -> SavedSelection | None:
    own: Iterable[SavedSelection] = SavedSelection.select().where(SavedSelection.owner == actor.user_id)
    return next((row for row in own if row.name.casefold() == name.casefold()), None)


def _own(actor: Actor, selection_id: int) -> SavedSelection:
    row: SavedSelection | None = SavedSelection.get_or_none(
        SavedSelection.id == selection_id, SavedSelection.owner == actor.user_id
    )
    if row is None:
        raise NotFound(_ABSENT)
    return row


def _visible(actor: Actor, *conditions: Any) -> list[SavedSelection]:
    rows = list(
        SavedSelection.select(SavedSelection, User)
        .join(User)
        .where((SavedSelection.owner == actor.user_id) | SavedSelection.shared, *conditions)
    )
    here = actor.scope(Permission.READ_CANDIDATES)
    in_common: dict[str, bool] = {actor.login: True}
    for row in rows:
        login = row.owner.login
        if login not in in_common:
            in_common[login] = _meet(here, _scope_of(login))
    return [row for row in rows if in_common[row.owner.login]]


def _scope_of(login: str) -> Scope:
    try:
        return actor_for(login).scope(Permission.READ_CANDIDATES)
    except Forbidden:
        return Scope()


def _meet(one: Scope, other: Scope) -> bool:
    """Tell whether two scopes have a place in common; an academy holds its schools."""
    if _is_empty(one) or _is_empty(other):
        return False
    if one.everything or other.everything:
        return True
    if one.schools & other.schools or one.academies & other.academies:
        return True
    return _holds(one.academies, other.schools) or _holds(other.academies, one.schools)


def _is_empty(scope: Scope) -> bool:
    return not (scope.everything or scope.academies or scope.schools)


def _holds(academies: frozenset[int], schools: frozenset[int]) -> bool:
    query = School.select().where(School.academy.in_(list(academies)), School.id.in_(list(schools)))
    return bool(academies and schools and query.exists())


def _view(actor: Actor, row: SavedSelection) -> SelectionView:
    owner = row.owner
    return SelectionView(
        int(str(row.id)),
        row.name,
        row.criteria,
        row.shared,
        row.owner_id == actor.user_id,
        owner.name or owner.login,
        row.updated_at,
    )
