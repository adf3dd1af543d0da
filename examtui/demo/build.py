"""Filling an empty home with the fictional academy."""

from dataclasses import dataclass

from examtui import audit
from examtui.database.bulk import refresh_statistics
from examtui.demo.candidates import Progress, make_candidates
from examtui.demo.candidatures import Candidatures
from examtui.demo.exams import make_exams
from examtui.demo.places import make_places
from examtui.demo.staff import make_openings, make_staff
from examtui.model import (
    ALL_MODELS,
    Assignment,
    Candidate,
    Centre,
    Epreuve,
    EpreuveRegistration,
    Registration,
    Room,
    School,
    User,
)
from examtui.model.base import database

ACTION = "demo.fill"
BUILDER = "examtui demo"


@dataclass(frozen=True)
class Figures:
    """What a fictional academy holds, in rows."""

    schools: int
    centres: int
    rooms: int
    epreuves: int
    candidates: int
    registrations: int
    epreuve_registrations: int
    assignments: int
    accounts: int


def fill(candidates: int, seed: int, progress: Progress | None = None) -> Figures:
    """Fill the current home's empty database with an academy of that many candidates, and log it as one entry.

    The same ``candidates`` and ``seed`` give the same rows, but for moments. Memory does not grow with their number.
    ``progress`` is told how many candidates are written. A connection is held by the caller.
    """
    with database.atomic():
        schools = make_places(candidates, seed)
        programmes = make_exams()
        make_staff()
        make_openings(schools, programmes)
        candidatures = Candidatures(seed, schools, programmes)
    make_candidates(candidates, seed, schools, candidatures, progress)
    with database.atomic():
        found = figures()
        audit.record(BUILDER, ACTION, candidates=candidates, seed=seed)
        refresh_statistics(ALL_MODELS)
    return found


def figures() -> Figures:
    """Count what the current home holds."""
    models = (School, Centre, Room, Epreuve, Candidate, Registration, EpreuveRegistration, Assignment, User)
    return Figures(*(model.select().count() for model in models))
