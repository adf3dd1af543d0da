"""Schools by hand (PRODUCT.md §1): the manager keeps those of its academy; a school reads itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import academies_within, found, holders, school_within, schools_within
from examtui.audit import changes, record_many
from examtui.audit.log import Change
from examtui.errors import Unavailable
from examtui.identifiers import tidy, uai_fault
from examtui.model import (
    Academy,
    Candidate,
    Centre,
    Commission,
    Grant,
    Registration,
    Room,
    School,
    ServiceOpening,
    Student,
)
from examtui.rules.usage import Use, deletion_refusal
from examtui.search.fold import fold, words_of


@dataclass(frozen=True)
class AcademyView:
    """An academy: two-digit code and name."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class SchoolValues:
    """What is typed for a school; ``address`` may have several lines."""

    uai: str
    name: str
    address: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    head_name: str = ""


@dataclass(frozen=True)
class SchoolView:
    """A school with its academy, the functions it serves in (French labels), and how many rooms and commissions."""

    id: int
    academy_id: int
    academy_name: str
    values: SchoolValues
    functions: tuple[str, ...]
    rooms: int
    commissions: int
    revision: int

    @property
    def title(self) -> str:
        """Name and UAI as the memos show them: ``LPO BELLEVUE TOULOUSE CEDEX 4 (0310038Y)``."""
        return f"{self.values.name} ({self.values.uai})"


@use_case("places.academies", Permission.READ_PLACES)
def list_academies(actor: Actor) -> list[AcademyView]:
    """Return the academies that the actor's places lie in, by code."""
    query = Academy.select().where(academies_within(actor.scope(Permission.READ_PLACES))).order_by(Academy.code)
    return [AcademyView(row.id, row.code, row.name) for row in query]


@use_case("schools.list", Permission.READ_PLACES)
def list_schools(actor: Actor, text: str = "") -> list[SchoolView]:
    """Return the actor's schools by name; with ``text``, those where each of its words begins a word of UAI, name or
    town, accents and case not mattering."""
    views = _views(schools_within(actor.scope(Permission.READ_PLACES)))
    wanted = words_of(text)
    return [view for view in views if _holds(view, wanted)] if wanted else views


@use_case("schools.read", Permission.READ_PLACES)
def read_school(actor: Actor, school_id: int) -> SchoolView:
    """Return one school.

    Raises:
        NotFound: there is none in the actor's places.
    """
    school_within(actor.scope(Permission.READ_PLACES), school_id)
    return _view(school_id)


@use_case("schools.create", Permission.MANAGE_PLACES, writes=True)
def create_school(actor: Actor, academy_id: int, values: SchoolValues) -> SchoolView:
    """Make a school in an academy of the actor.

    Raises:
        NotFound: the academy is not one of the actor's.
        InvalidInput: a value is wrong (the UAI's letter too), or the UAI is taken.
    """
    scope = actor.scope(Permission.MANAGE_PLACES)
    academy = Academy.select().where(Academy.id == academy_id, academies_within(scope))
    owner = found(academy, "Cette académie n'existe pas, ou n'est pas la vôtre : relisez la liste.")
    checked = _checked(values, None)
    row = changes.create(actor.login, "schools.create", School, {"academy": owner.id, **vars(checked)})
    return _view(row.id)


@use_case("schools.correct", Permission.MANAGE_PLACES, writes=True)
def correct_school(actor: Actor, school_id: int, revision: int, values: SchoolValues) -> SchoolView:
    """Correct a school seen at ``revision``.

    Raises:
        NotFound: there is none in the actor's places.
        InvalidInput: a value is wrong (the UAI's letter too), or the UAI is taken.
        Conflict: somebody else saved first.
    """
    row = school_within(actor.scope(Permission.MANAGE_PLACES), school_id)
    changes.correct(actor.login, "schools.correct", row, revision, vars(_checked(values, row.id)))
    return _view(school_id)


@use_case("schools.delete", Permission.MANAGE_PLACES, writes=True)
def delete_school(actor: Actor, school_id: int, revision: int) -> None:
    """Delete a school that nothing uses; services opened to it go with it.

    Raises:
        NotFound: there is none in the actor's places.
        Unavailable: it is in use; the sentence says by what.
        Conflict: somebody else saved first.
    """
    row = school_within(actor.scope(Permission.MANAGE_PLACES), school_id)
    refusal = deletion_refusal(
        f"{row.name} ({row.uai})",
        (
            Use(max(holders(Candidate.school, row), holders(Student.school, row)), "élève", "élèves"),
            Use(holders(Registration.school, row), "candidature", "candidatures"),
            Use(holders(Centre.school, row), "centre", "centres"),
            Use(holders(Room.school, row), "salle", "salles"),
            Use(holders(Commission.school, row), "commission", "commissions"),
            Use(holders(Grant.school, row), "droit d'utilisateur", "droits d'utilisateurs"),
        ),
        "Un établissement qui a servi reste enregistré ; pour un doublon, retirez d'abord ce qui en dépend.",
    )
    if refusal:
        raise Unavailable(refusal)
    closed = [opening.service for opening in ServiceOpening.select().where(ServiceOpening.school == row)]
    changes.delete(actor.login, "schools.delete", row, revision)
    if closed:
        entry = Change("school", row.id, {"before": {"services": closed}, "after": {"services": []}})
        record_many(actor.login, "schools.delete", [entry])


def _checked(values: SchoolValues, but: int | None) -> SchoolValues:
    uai = tidy(inputs.required(values.uai, "uai", "l'UAI"))
    fault = uai_fault(uai)
    if fault is not None:
        inputs.refuse(fault.sentence, "uai")
    other = School.get_or_none(School.uai == uai)
    if other is not None and other.id != but:
        inputs.refuse(f"L'UAI {uai} est déjà celui d'un établissement enregistré.", "uai")
    return SchoolValues(
        uai,
        inputs.required(values.name, "name", "le nom de l'établissement"),
        inputs.text(values.address, "address", "l'adresse", longest=inputs.LONGEST_NOTE, lines=True),
        inputs.postcode(values.postcode, "postcode"),
        inputs.text(values.town, "town", "la commune"),
        inputs.email(values.email, "email"),
        inputs.text(values.head_name, "head_name", "le nom du chef d'établissement"),
    )


def _holds(view: SchoolView, wanted: list[str]) -> bool:
    held = words_of(f"{view.values.uai} {view.values.name} {view.values.town}")
    return all(any(word.startswith(start) for word in held) for start in wanted)


def _view(school_id: int) -> SchoolView:
    return _views(School.id == school_id)[0]


def _views(where: Any) -> list[SchoolView]:
    functions: dict[int, list[str]] = {}
    centres: Iterable[Any] = Centre.select(Centre, School).join(School).where(where).order_by(Centre.id)
    for centre in centres:
        functions.setdefault(centre.school_id, []).append(centre.function)
    rooms, commissions = _held(Room, where), _held(Commission, where)
    rows = School.select(School, Academy).join(Academy).where(where)
    views = [
        SchoolView(
            row.id,
            row.academy_id,
            row.academy.name,
            SchoolValues(**{name: getattr(row, name) for name in SchoolValues.__dataclass_fields__}),
            tuple(sorted(functions.get(row.id, ()))),
            rooms.get(row.id, 0),
            commissions.get(row.id, 0),
            row.revision,
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: (fold(view.values.name), view.values.uai))


def _held(model: Any, where: Any) -> dict[int, int]:
    query = model.select(model.school, fn.COUNT(model.id)).join(School).where(where).group_by(model.school)
    return dict(query.tuples())
