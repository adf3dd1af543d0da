"""Selections saved under a name, used again and shared (PRODUCT.md §2).

The text of criteria may name persons. So a selection is shared with those alone who see all that its owner sees: who
works for the same places, the managers of the academy that these lie in, the administrators. It stays when its owner is
disabled, as the work of the one who is gone does, but not when its grants are taken away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.actor import actor_of
from examtui.access.permissions import PERMISSIONS
from examtui.audit import changes, record
from examtui.clock import utc_now
from examtui.errors import Conflict, NotFound
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
    """Return the actor's selections, then those shared with it (``readers_of``), each by name."""
    views = [_view(actor, row) for row in _visible(actor)]
    return sorted(views, key=lambda view: (not view.mine, view.name.casefold(), view.id))


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


def readers_of(actor: Actor) -> str:
    """Say in French to whom a selection is shown that ``actor`` shares."""
    if actor.scope(Permission.READ_CANDIDATES).everything:
        return "les administrateurs"
    places = dict.fromkeys(
        f"de {grant.place}" if grant.academy_id is None else f"de l'{grant.place[:1].lower()}{grant.place[1:]}"
        for grant in actor.grants
        if Permission.READ_CANDIDATES in PERMISSIONS[grant.role]
    )
    return f"ceux qui voient tous les candidats {' et '.join(places)}, et les administrateurs"


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
    shown: dict[int, bool] = {actor.user_id: True}
    for row in rows:
        if row.owner_id not in shown:
            shown[row.owner_id] = _sees_all_of(here, actor_of(row.owner).scope(Permission.READ_CANDIDATES))
    return [row for row in rows if shown[row.owner_id]]


def _sees_all_of(one: Scope, other: Scope) -> bool:
    """Tell whether ``one`` holds all places of ``other``, which has some; an academy holds its schools."""
    if other == Scope() or one.everything or other.everything:
        return other != Scope() and one.everything
    beyond = other.schools - one.schools
    held = School.select().where(School.id.in_(list(beyond)), School.academy.in_(list(one.academies)))
    return other.academies <= one.academies and (not beyond or held.count() == len(beyond))


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
