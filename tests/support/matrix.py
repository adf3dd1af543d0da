"""The base and the cases of the access matrix (``tests/access/test_matrix.py``): who may call what, on whose record.

To add a use case, add a ``Case`` under its name to the table of its room (``support/matrix_….py``): the roles that may
call it, from PRODUCT.md and not from the code; how to call it, given the base; and which name in ``Ids`` is the record
that strangers must not reach (``target``), or that what it lists must not tell strangers of (``lists``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from support.factory import Factory

from examtui.clock import utc_now
from examtui.enrolment.imports import importer_for
from examtui.errors import NotFound
from examtui.imports import engine
from examtui.imports.source import read_source
from examtui.model import (
    Academy,
    DecisionGroup,
    EpreuveRegistration,
    ImportReport,
    SavedSelection,
    ServiceOpening,
    ServiceWindow,
    User,
)
from examtui.model.identity import Role
from examtui.model.places import CentreFunction, WindowKind

MARK = "ALPHA"
"""Stands in every name that belongs to the one school: what a stranger is told must not hold it."""

ROLES = {"S": Role.SCHOOL, "H": Role.HEAD, "M": Role.MANAGER, "C": Role.COORDINATOR, "A": Role.ADMIN}
EVERYBODY, READERS = "SHMCA", "SHMA"

Call = tuple[tuple[Any, ...], dict[str, Any]]


def call(*arguments: Any, **named: Any) -> Call:
    """The arguments of a call."""
    return arguments, named


@dataclass(frozen=True)
class Ids:
    """The records of the one school (number in the registry of records, or what one types for them)."""

    academy: int
    school: int
    uai: str
    centre: int
    free_centre: int
    room: int
    commission: int
    candidate: int
    number: str
    registration: int
    epreuve_registration: int
    group: int
    session: int
    empty_session: int
    speciality: int
    empty_speciality: int
    epreuve: int
    free_epreuve: int
    undelegated: int
    free_school: int
    window: int
    report: int
    selection: int
    login: str
    folder: Path


ABSENT: dict[str, Any] = {"uai": "0319999A", "number": "01999999999", "login": "personne"}
_NO_ID = 999_999


@dataclass(frozen=True)
class Case:
    """How the matrix calls a use case.

    ``roles`` are letters of ``ROLES``. ``call`` gives the arguments after the actor. ``target`` names the record of the
    call in ``Ids``: a stranger is told exactly what is told of an absent one, as ``refusal`` (an error, or a preview).
    ``lists`` says that the answer tells those in scope of the school's own records, and strangers nothing.
    ``neighbours`` says that the other school of the same academy is a stranger too, else only the other academy.
    ``prepare``, given the login too, runs before each call that is allowed.
    """

    roles: str
    call: Callable[[Ids], Call] = lambda ids: call()
    target: str = ""
    refusal: type[Any] = NotFound
    lists: bool = False
    neighbours: bool = True
    strangers: bool = True
    prepare: Callable[[Ids, str], object] = field(default=lambda ids, login: None)


def absent(name: str) -> Any:
    """A value that names no record, in the shape of ``Ids.name``."""
    return ABSENT.get(name, _NO_ID)


def make_base(make: Factory, folder: Path) -> Ids:
    """Two academies, two schools in the first; everything of the one school bears ``MARK``."""
    academy, other = make.academy("16", "Toulouse"), make.academy("14", "Rennes")
    school = make.school(f"LPO {MARK}", "0310038Y", academy=academy)
    neighbour = make.school("LYCEE VOISIN", "0310024H", academy=academy)
    elsewhere = make.school("LYCEE LOINTAIN", "0350024L", academy=other)
    free_school = make.school(f"ECOLE {MARK} SANS RIEN", "0310047H", academy=academy)
    _make_people(make, academy, other, school, neighbour, elsewhere)
    speciality = make.speciality()
    epreuve = make.epreuve(start_date=date(2021, 2, 1), start_time=time(8), end_time=time(10), speciality=speciality)
    free_epreuve = make.epreuve("C999", "Épreuve libre", speciality=speciality)
    undelegated = make.epreuve("C998", "Épreuve à déléguer", speciality=speciality)
    centre, room = make.centre(school), make.room(school, f"{MARK} 205")
    free_centre = make.centre(school, CentreFunction.SCANNING)
    commission = make.commission(school, f"{MARK} COM")
    group = DecisionGroup.create(exam_session=speciality.exam_session, label=f"{MARK} JURY")
    candidate = make.candidate(
        MARK, "Anna", school=school, division=f"3{MARK}", number="01843006787", ine="123456789AB", sex="F"
    )
    held = {"state": f"{MARK} inscrit", "category": f"{MARK} scolaire", "decision_group": group}
    registration = make.registration(candidate, epreuve, division=f"3{MARK}", **held)
    make.assignment(registration, epreuve, centre, date=date(2021, 2, 1), start_time=time(8), end_time=time(10))
    make.candidate("BRETON", "Loïc", school=elsewhere, division="2A", ine="223456789AB")
    make.delegation(centre, free_epreuve)
    empty_session = make.session("CFG", "CFG", 2021, "JUIN 2021")
    ServiceOpening.create(service="signature", school=school)
    window = ServiceWindow.create(
        kind=WindowKind.EXTRACTION.value,
        academy=academy,
        exam_session=speciality.exam_session,
        opens_at=utc_now(),
        closes_at=utc_now(),
    )
    report = ImportReport.create(
        kind="students",
        file_name=f"{MARK}.csv",
        sha256="0" * 64,
        at=utc_now(),
        login="school",
        academy_id=academy.id,
        school_id=school.id,
    )
    selection = SavedSelection.create(
        owner=User.get(User.login == "school"),
        name=f"{MARK} sélection",
        criteria="classe:3B",
        shared=True,
        updated_at=utc_now(),
    )
    return Ids(
        academy=academy.id,
        school=school.id,
        uai=school.uai,
        centre=centre.id,
        free_centre=free_centre.id,
        room=room.id,
        commission=commission.id,
        candidate=candidate.id,
        number=candidate.number,
        registration=registration.id,
        epreuve_registration=EpreuveRegistration.get().id,
        group=group.id,
        session=speciality.exam_session_id,
        empty_session=empty_session.id,
        speciality=speciality.id,
        empty_speciality=make.speciality(code="VIDE", label="").id,
        epreuve=epreuve.id,
        free_epreuve=free_epreuve.id,
        undelegated=undelegated.id,
        free_school=free_school.id,
        window=window.id,
        report=report.id,
        selection=selection.id,
        login="lea",
        folder=folder,
    )


def _make_people(make: Factory, academy: Academy, other: Academy, school: Any, neighbour: Any, elsewhere: Any) -> None:
    for role in (Role.SCHOOL, Role.HEAD):
        make.user(role.value, role, school=school)
        make.user(f"{role.value}-neighbour", role, school=neighbour)
        make.user(f"{role.value}-elsewhere", role, school=elsewhere)
    for role in (Role.MANAGER, Role.COORDINATOR):
        make.user(role.value, role, academy=academy)
        make.user(f"{role.value}-elsewhere", role, academy=other)
    make.user("admin", Role.ADMIN)
    make.user("second-admin", Role.ADMIN)
    make.user("nobody")
    make.user("lea")


def read_file(ids: Ids, kind: str, content: str) -> engine.ReadFile:
    """Read ``content`` as a file of that kind, anew at each call."""
    path = ids.folder / f"{kind}.csv"
    path.write_text(content, encoding="utf-8")
    importer = importer_for(kind)
    return engine.read(importer, read_source(path, 20), engine.no_progress)
