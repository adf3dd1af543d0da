"""One candidate within what an actor may read, and what of it the actor may correct."""

from typing import Any

from peewee import SQL

from examtui.access import Actor, Permission
from examtui.errors import Forbidden, InvalidInput, NotFound
from examtui.identifiers import candidate_number_fault, padded_candidate_number, tidy
from examtui.model import AuditEntry, Candidate, Student
from examtui.search.clauses import scope_side

_ABSENT = "Ce candidat n'existe pas, ou n'est pas dans votre périmètre : cherchez-le par son nom."


def readable(actor: Actor, condition: Any) -> Candidate:
    """Return the candidate of whom ``condition`` is true, if the actor may read it.

    Raises:
        NotFound: there is none, or it is somebody else's: the same words for both.
    """
    query = Candidate.select().where(condition)
    side = scope_side(actor.scope(Permission.READ_CANDIDATES))
    if side is not None:
        query = query.where(SQL(side.predicate.sql, side.predicate.values))
    candidate: Candidate | None = query.first()
    if candidate is None:
        raise NotFound(_ABSENT)
    return candidate


def by_number(number: str) -> Any:
    """Return the condition that names one candidate by its number, as typed; a leading zero may be missing.

    Raises:
        InvalidInput: it is not the number of a candidate.
    """
    written = padded_candidate_number(tidy(number))
    fault = candidate_number_fault(written)
    if fault is not None:
        raise InvalidInput(fault.sentence, "number")
    return Candidate.number == written


def may_correct(actor: Actor, permission: Permission, candidate: Candidate) -> bool:
    """Tell whether ``permission`` holds for this candidate: a pupil of the actor's school, or of its academy."""
    scope = actor.scope(permission)
    if scope.everything or candidate.academy_id in scope.academies:
        return True
    return candidate.school_id in scope.schools


def correctable(actor: Actor, permission: Permission, candidate_id: int) -> Candidate:
    """Return the candidate if the actor may correct it.

    Raises:
        NotFound: the actor may not even read it.
        Forbidden: it reads it because it sits the exam there, but is no pupil of the actor's.
    """
    candidate = readable(actor, Candidate.id == candidate_id)
    if not may_correct(actor, permission, candidate):
        raise Forbidden(
            f"{candidate.family_name} {candidate.first_names} est inscrit dans un autre établissement : "
            "seul celui-ci, ou le gestionnaire DEC, corrige sa fiche."
        )
    return candidate


def is_made_by_hand(candidate: Candidate) -> bool:
    """Tell whether somebody typed who the candidate is: such an identity is corrected here, and no file gave it."""
    if candidate.created_by_id is not None or Student.select().where(Student.candidate == candidate).exists():
        return False
    made = AuditEntry.select().where(
        AuditEntry.subject_type == "candidate",
        AuditEntry.subject_id == candidate.id,
        AuditEntry.action == "candidates.create",
    )
    return bool(made.exists())
