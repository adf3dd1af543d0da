"""Centres by hand: a school in one of its functions (PRODUCT.md, glossary), «gestion autonome» or not (seed 000)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from examtui import inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import found, holders, school_within, schools_within
from examtui.audit import changes
from examtui.errors import Unavailable
from examtui.model import Assignment, Centre, Delegation, School
from examtui.model.places import CentreFunction
from examtui.rules.usage import Use, deletion_refusal
from examtui.search.fold import fold


@dataclass(frozen=True)
class CentreView:
    """A centre: its school, its function (French label), and how many épreuves were delegated to it."""

    id: int
    school_id: int
    school_title: str
    function: str
    autonomous: bool
    delegations: int
    revision: int


@use_case("centres.list", Permission.READ_PLACES)
def list_centres(actor: Actor, school_id: int | None = None) -> list[CentreView]:
    """Return the centres of the actor's places, or of one school; by school and function.

    Raises:
        NotFound: there is no such school in the actor's places.
    """
    scope = actor.scope(Permission.READ_PLACES)
    if school_id is None:
        return _views(schools_within(scope))
    return _views(School.id == school_within(scope, school_id).id)


@use_case("centres.create", Permission.MANAGE_PLACES, writes=True)
def create_centre(actor: Actor, school_id: int, function: str, *, autonomous: bool = False) -> CentreView:
    """Make a school serve in a function.

    Raises:
        NotFound: there is no such school in the actor's places.
        InvalidInput: no such function, or the school serves in it already.
    """
    school = school_within(actor.scope(Permission.MANAGE_PLACES), school_id)
    inputs.chosen(function, list(CentreFunction), "function", "la fonction")
    if Centre.get_or_none(Centre.school == school, Centre.function == function) is not None:
        inputs.refuse(f"{school.name} est déjà centre de fonction «{function}».", "function")
    values = {"school": school.id, "function": function, "autonomous": _checked_autonomy(function, autonomous)}
    return _view(changes.create(actor.login, "centres.create", Centre, values).id)


@use_case("centres.correct", Permission.MANAGE_PLACES, writes=True)
def correct_centre(actor: Actor, centre_id: int, revision: int, *, autonomous: bool) -> CentreView:
    """Say whether a centre seen at ``revision`` is in «gestion autonome».

    Raises:
        NotFound: there is none in the actor's places.
        InvalidInput: a scanning centre organises no épreuve.
        Conflict: somebody else saved first.
    """
    row = centre_within(actor.scope(Permission.MANAGE_PLACES), centre_id)
    values = {"autonomous": _checked_autonomy(row.function, autonomous)}
    changes.correct(actor.login, "centres.correct", row, revision, values)
    return _view(centre_id)


@use_case("centres.delete", Permission.MANAGE_PLACES, writes=True)
def delete_centre(actor: Actor, centre_id: int, revision: int) -> None:
    """Take a function from a school, if nothing uses it.

    Raises:
        NotFound: there is none in the actor's places.
        Unavailable: it is in use; the sentence says by what.
        Conflict: somebody else saved first.
    """
    row = centre_within(actor.scope(Permission.MANAGE_PLACES), centre_id)
    refusal = deletion_refusal(
        f"Le centre de fonction «{row.function}» de {row.school.name}",
        (
            Use(holders(Assignment.centre, row), "affectation", "affectations"),
            Use(holders(Delegation.centre, row), "délégation", "délégations"),
        ),
        "Affectez ces candidats ailleurs et retirez les délégations, puis recommencez.",
    )
    if refusal:
        raise Unavailable(refusal)
    changes.delete(actor.login, "centres.delete", row, revision)


def centre_within(scope: Scope, centre_id: int) -> Centre:
    """Return the centre with that id, with its school.

    Raises:
        NotFound: there is none within ``scope``.
    """
    query = Centre.select(Centre, School).join(School).where(Centre.id == centre_id, schools_within(scope))
    return found(query, "Ce centre n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")


def _checked_autonomy(function: str, autonomous: bool) -> bool:
    if autonomous and function == CentreFunction.SCANNING:
        inputs.refuse(
            "Un centre de numérisation n'organise pas d'épreuve : la gestion autonome se donne au centre "
            "d'épreuves ou de déroulement.",
            "autonomous",
        )
    return autonomous


def _view(centre_id: int) -> CentreView:
    return _views(Centre.id == centre_id)[0]


def _views(where: Any) -> list[CentreView]:
    rows: Iterable[Any] = (
        Centre.select(Centre, School, fn.COUNT(Delegation.id).alias("held"))
        .join(School)
        .switch(Centre)
        .join(Delegation, JOIN.LEFT_OUTER)
        .where(where)
        .group_by(Centre, School)
    )
    views = [
        CentreView(
            row.id,
            row.school_id,
            f"{row.school.name} ({row.school.uai})",
            row.function,
            row.autonomous,
            row.held,
            row.revision,
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: (fold(view.school_title), view.function))
