"""A candidature that an actor may correct, and corrections that tell who was there first."""

import json
from typing import Any

from examtui.access import Actor, Permission
from examtui.access.lookup import found
from examtui.audit import changes
from examtui.clock import local
from examtui.enrolment.candidates_access import correctable
from examtui.errors import Conflict, NotFound
from examtui.model import AuditEntry, AuditPayload, Registration
from examtui.model.base import Base
from examtui.rules.candidates import FIELD_LABELS

ABSENT = "Cette candidature n'existe pas, ou n'est pas dans votre périmètre : relisez la fiche du candidat."


def correctable_candidature(actor: Actor, permission: Permission, registration_id: int) -> Registration:
    """Return the candidature if the actor may correct its candidate.

    Raises:
        NotFound: the actor may not even read it.
        Forbidden: it reads it because it is sat there, but the candidate is no pupil of the actor's.
    """
    registration = found(Registration.select().where(Registration.id == registration_id), ABSENT)
    try:
        correctable(actor, permission, registration.candidate_id)
    except NotFound:
        raise NotFound(ABSENT) from None
    return registration


def correct(actor: Actor, action: str, row: Base, revision: int, values: dict[str, Any]) -> None:
    """Correct a record as ``changes.correct`` does.

    Raises:
        Conflict: somebody else saved first; the sentence tells who, and what.
    """
    try:
        changes.correct(actor.login, action, row, revision, values)
    except Conflict as conflict:
        raise _told(row) from conflict


def grow(registration: Registration, revision: int) -> None:
    """Let the revision of a candidature grow, whose épreuves change: they have none of their own.

    Raises:
        Conflict: somebody else saved first; the sentence tells who, and what.
    """
    query = Registration.update(revision=revision + 1)
    query = query.where(Registration.id == registration.id, Registration.revision == revision)
    if query.execute() != 1:
        raise _told(registration)


def _told(row: Base) -> Conflict:
    """Say who changed what of ``row`` last, as the audit log tells it."""
    entry: AuditEntry | None = (
        AuditEntry.select()
        .where(AuditEntry.subject_type == changes.subject_type(type(row)), AuditEntry.subject_id == row.id)
        .order_by(AuditEntry.id.desc())
        .first()
    )
    if entry is None:
        return Conflict("Cette fiche a été modifiée entre-temps : relisez-la, puis refaites votre correction.")
    payload = AuditPayload.get_or_none(AuditPayload.entry == entry.id)
    after = (json.loads(payload.body).get("after") or {}) if payload else {}
    names = ", ".join(dict.fromkeys(FIELD_LABELS[name] for name in after if name in FIELD_LABELS)) or "cette fiche"
    return Conflict(
        f"{entry.login} a modifié entre-temps ({names}), le {local(entry.at):%d/%m/%Y à %H:%M} : "
        "rien n'a été enregistré. Relisez la fiche, puis refaites votre correction."
    )
