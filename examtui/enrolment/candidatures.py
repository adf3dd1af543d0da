"""Candidatures by hand, and the épreuves that each holds; the manager keeps them (PRODUCT.md, roles)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found, holders, schools_within
from examtui.audit import changes, record
from examtui.enrolment.candidates_access import correctable
from examtui.enrolment.candidatures_access import ABSENT, correct, correctable_candidature, grow
from examtui.enrolment.exams import find_speciality
from examtui.errors import NotFound, Unavailable
from examtui.model import (
    Assignment,
    Epreuve,
    EpreuveRegistration,
    Exam,
    ExamSession,
    Registration,
    School,
    Speciality,
)
from examtui.model.candidates import Position
from examtui.rules import candidatures as rules
from examtui.rules.usage import Use, deletion_refusal
from examtui.search.fold import fold

_MANAGES = Permission.MANAGE_CANDIDATURES


@dataclass(frozen=True)
class CandidatureValues:
    """What is typed for a candidature; ``number`` as Cyclades writes it (``001``, ``001 Version 03``).

    ``school_id`` is the établissement d'inscription, None for an individual candidate.
    """

    speciality_id: int
    school_id: int | None = None
    number: str = rules.FIRST_NUMBER
    division: str = ""
    category: str = ""
    state: str = "Inscrit"


@dataclass(frozen=True)
class CandidatureChoices:
    """What can be chosen for a candidature: (id, title) of specialities with their session, and of schools."""

    specialities: tuple[tuple[int, str], ...]
    schools: tuple[tuple[int, str], ...]


@use_case("candidatures.choices", _MANAGES)
def list_choices(actor: Actor, session_id: int | None = None) -> CandidatureChoices:
    """Return the specialities, of one session or of all (the newest first), and the schools of the actor's places."""
    specialities: Iterable[Any] = (
        Speciality.select(Speciality, ExamSession, Exam)
        .join(ExamSession)
        .join(Exam)
        .where(True if session_id is None else ExamSession.id == session_id)
        .order_by(ExamSession.year.desc(), Exam.code, ExamSession.label, Speciality.code)
    )
    schools = list(School.select().where(schools_within(actor.scope(_MANAGES))))
    return CandidatureChoices(
        tuple((int(row.id), _title(row)) for row in specialities),
        tuple((row.id, f"{row.name} ({row.uai})") for row in sorted(schools, key=lambda row: fold(row.name))),
    )


@use_case("candidatures.create", _MANAGES, writes=True)
def create_candidature(actor: Actor, candidate_id: int, values: CandidatureValues) -> int:
    """Give a candidate one more candidature, and return its id.

    Raises:
        NotFound: there is no such candidate, speciality or school in the actor's places.
        InvalidInput: a value is wrong, or the candidate has this number in the session already.
    """
    candidate = correctable(actor, _MANAGES, candidate_id)
    speciality = find_speciality(values.speciality_id)
    checked = _checked(actor, candidate.id, speciality, values, None)
    row = changes.create(
        actor.login,
        "candidatures.create",
        Registration,
        {"candidate": candidate.id, "exam_session": speciality.exam_session_id, **checked},
    )
    return int(row.id)


@use_case("candidatures.correct", _MANAGES, writes=True)
def correct_candidature(actor: Actor, registration_id: int, revision: int, values: CandidatureValues) -> None:
    """Correct a candidature seen at ``revision``; it stays in its session.

    Raises:
        NotFound: there is no such candidature, speciality or school in the actor's places.
        InvalidInput: a value is wrong, or the speciality is not one of the session, or épreuves of another are held.
        Conflict: somebody else saved first.
    """
    row = correctable_candidature(actor, _MANAGES, registration_id)
    speciality = find_speciality(values.speciality_id)
    if speciality.exam_session_id != row.exam_session_id:
        inputs.refuse(
            "Une candidature ne change pas de session : supprimez-la, puis ajoutez-en une dans l'autre session.",
            "speciality_id",
        )
    if speciality.id != row.speciality_id and holders(EpreuveRegistration.registration, row):
        inputs.refuse(
            "Cette candidature a des épreuves de son ancienne spécialité : retirez-les d'abord.", "speciality_id"
        )
    checked = _checked(actor, row.candidate_id, speciality, values, row)
    correct(actor, "candidatures.correct", row, revision, checked)


@use_case("candidatures.delete", _MANAGES, writes=True)
def delete_candidature(actor: Actor, registration_id: int, revision: int) -> None:
    """Delete a candidature that holds no épreuve.

    Raises:
        NotFound: there is none in the actor's places.
        Unavailable: it holds épreuves; the sentence says how many.
        Conflict: somebody else saved first.
    """
    row = correctable_candidature(actor, _MANAGES, registration_id)
    refusal = deletion_refusal(
        f"La candidature {row.title}",
        (
            Use(holders(EpreuveRegistration.registration, row), "inscription", "inscriptions"),
            Use(holders(Assignment.registration, row), "affectation", "affectations"),
        ),
        "Retirez d'abord ses épreuves.",
    )
    if refusal:
        raise Unavailable(refusal)
    changes.delete(actor.login, "candidatures.delete", row, revision)


@use_case("candidatures.free_epreuves", _MANAGES)
def list_free_epreuves(actor: Actor, registration_id: int) -> list[tuple[int, str]]:
    """Return (id, title) of the épreuves of the speciality that the candidature does not hold, by code and label.

    Raises:
        NotFound: there is no such candidature in the actor's places.
    """
    row = correctable_candidature(actor, _MANAGES, registration_id)
    held = EpreuveRegistration.select(EpreuveRegistration.epreuve).where(EpreuveRegistration.registration == row)
    free: Iterable[Epreuve] = (
        Epreuve.select()
        .where(Epreuve.speciality == row.speciality_id, Epreuve.id.not_in(held))
        .order_by(Epreuve.code, Epreuve.label)
    )
    return [(int(epreuve.id), epreuve.title) for epreuve in free]


@use_case("candidatures.add_epreuve", _MANAGES, writes=True)
def add_epreuve(
    actor: Actor, registration_id: int, revision: int, epreuve_id: int, position: str = Position.REGISTERED.value
) -> None:
    """Inscribe a candidature, seen at ``revision``, for an épreuve of its speciality.

    Raises:
        NotFound: there is no such candidature in the actor's places, or no such épreuve in its speciality.
        InvalidInput: no such position, or the épreuve is held already.
        Conflict: somebody else saved first.
    """
    row = correctable_candidature(actor, _MANAGES, registration_id)
    query = Epreuve.select().where(Epreuve.id == epreuve_id, Epreuve.speciality == row.speciality_id)
    epreuve = found(query, "Cette épreuve n'est pas de la spécialité du candidat : choisissez-en une de la liste.")
    inputs.chosen(position, [choice.value for choice in Position], "position", "la position épreuve")
    if _held(row.id, epreuve_id):
        inputs.refuse(f"Le candidat est déjà inscrit à l'épreuve {epreuve.title}.", "epreuve_id")
    grow(row, revision)
    values = {"registration": row.id, "epreuve": epreuve.id, "position": position}
    changes.create(actor.login, "candidatures.add_epreuve", EpreuveRegistration, values)


@use_case("candidatures.remove_epreuve", _MANAGES, writes=True)
def remove_epreuve(actor: Actor, epreuve_registration_id: int, revision: int) -> None:
    """Take an épreuve from its candidature, seen at ``revision``.

    Raises:
        NotFound: there is no such inscription in the actor's places.
        Unavailable: the candidate is assigned for it.
        Conflict: somebody else saved first.
    """
    held = EpreuveRegistration.get_or_none(EpreuveRegistration.id == epreuve_registration_id)
    if held is None:
        raise NotFound(ABSENT)
    row = correctable_candidature(actor, _MANAGES, held.registration_id)
    assigned = Assignment.select().where(Assignment.registration == row, Assignment.epreuve == held.epreuve_id)
    if assigned.exists():
        raise Unavailable(
            f"Le candidat est affecté pour l'épreuve {held.epreuve.title} : rien n'a été retiré. "
            "Retirez d'abord son affectation."
        )
    grow(row, revision)
    EpreuveRegistration.delete().where(EpreuveRegistration.id == held.id).execute()
    kind = changes.subject_type(EpreuveRegistration)
    record(actor.login, "candidatures.remove_epreuve", kind, held.id, before=changes.snapshot(held))


def _title(speciality: Any) -> str:
    """What tells a speciality from others comes first: a field of a form is short."""
    session = speciality.exam_session
    parts = (speciality.code, f"{session.exam.label} {session.label}", speciality.label)
    return " · ".join(part for part in parts if part)


def _held(registration_id: int, epreuve_id: int) -> bool:
    query = EpreuveRegistration.select().where(
        EpreuveRegistration.registration == registration_id, EpreuveRegistration.epreuve == epreuve_id
    )
    return bool(query.exists())


def _checked(
    actor: Actor, candidate_id: int, speciality: Speciality, values: CandidatureValues, but: Registration | None
) -> dict[str, Any]:
    written = inputs.required(values.number, "number", "le n° d'inscription")
    parts = rules.registration_number(written)
    if parts is None:
        inputs.refuse(f"Ce n'est pas un n° d'inscription : {rules.CURE}.", "number")
    number, version = parts
    taken = Registration.select().where(
        Registration.candidate == candidate_id,
        Registration.exam_session == speciality.exam_session_id,
        Registration.number == number,
        True if but is None else Registration.id != but.id,
    )
    if taken.exists():
        inputs.refuse(f"Ce candidat a déjà une candidature n° {number} dans cette session : changez le n°.", "number")
    if values.school_id is not None and (but is None or but.school_id != values.school_id):
        query = School.select().where(School.id == values.school_id, schools_within(actor.scope(_MANAGES)))
        found(query, "Cet établissement n'existe pas, ou n'est pas dans votre périmètre : relisez la liste.")
    return {
        "speciality": speciality.id,
        "school": values.school_id,
        "number": number,
        "version": version,
        "division": inputs.text(values.division, "division", "la classe"),
        "category": inputs.text(values.category, "category", "la catégorie"),
        "state": inputs.required(values.state, "state", "l'état"),
    }
