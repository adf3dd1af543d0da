"""Correcting a candidate by hand: contacts by its school, status by the manager (PRODUCT.md, roles)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found
from examtui.audit import record
from examtui.enrolment.candidates_access import correctable
from examtui.enrolment.candidatures_access import correct, correctable_candidature, grow
from examtui.imports.fields import BadCell, emails, percent
from examtui.model import DecisionGroup, EpreuveRegistration
from examtui.model.candidates import Position
from examtui.rules.candidates import FIELD_LABELS, is_abroad, phone_fault


@dataclass(frozen=True)
class Contacts:
    """What is typed for a candidate: ``guardian_emails`` several addresses, ``extra_time`` «33 %» or «1/3».

    What is None stays as it is; ``address`` and ``accommodations`` may have several lines.
    """

    email: str | None = None
    guardian_emails: str | None = None
    phone: str | None = None
    mobile: str | None = None
    address: str | None = None
    postcode: str | None = None
    town: str | None = None
    country: str | None = None
    extra_time: str | None = None
    accommodations: str | None = None


@use_case("candidates.correct_contacts", Permission.CORRECT_CONTACTS, writes=True)
def correct_contacts(actor: Actor, candidate_id: int, revision: int, contacts: Contacts) -> None:
    """Give a candidate new contacts and accommodations, those that are typed, as they were read at ``revision``.

    Raises:
        NotFound, Forbidden: it is not there, or not the actor's to correct.
        InvalidInput: a value is wrong; its field is named.
        Conflict: somebody else saved first; the sentence tells who, and what.
    """
    candidate = correctable(actor, Permission.CORRECT_CONTACTS, candidate_id)
    correct(actor, "candidates.correct_contacts", candidate, revision, checked_contacts(contacts, candidate.country))


@use_case("candidates.correct_red_list", Permission.CORRECT_STATUS, writes=True)
def correct_red_list(actor: Actor, candidate_id: int, revision: int, red_list: bool) -> None:
    """Put a candidate on the liste rouge (its results are not published), or take it off.

    Raises:
        NotFound, Forbidden: it is not there, or not the actor's to correct.
        Conflict: somebody else saved first.
    """
    candidate = correctable(actor, Permission.CORRECT_STATUS, candidate_id)
    correct(actor, "candidates.correct_red_list", candidate, revision, {"red_list": red_list})


@use_case("candidates.correct_registration", Permission.CORRECT_STATUS, writes=True)
def correct_registration(
    actor: Actor,
    registration_id: int,
    revision: int,
    *,
    fraud_suspected: bool,
    replacement: bool,
    decision_group_id: int | None,
) -> None:
    """Give a candidature its présomption de fraude, session de remplacement and groupe de décision.

    Raises:
        NotFound, Forbidden: it is not there, or not the actor's to correct; the group is not one of its session.
        Conflict: somebody else saved first.
    """
    registration = correctable_candidature(actor, Permission.CORRECT_STATUS, registration_id)
    if decision_group_id is not None:
        groups = DecisionGroup.select().where(
            DecisionGroup.id == decision_group_id, DecisionGroup.exam_session == registration.exam_session_id
        )
        found(groups, "Ce groupe de décision n'existe pas dans la session du candidat : choisissez-en un de la liste.")
    values = {
        "fraud_suspected": fraud_suspected,
        "replacement": replacement,
        "decision_group": decision_group_id,
    }
    correct(actor, "candidates.correct_registration", registration, revision, values)


@use_case("candidates.correct_position", Permission.CORRECT_STATUS, writes=True)
def correct_position(actor: Actor, epreuve_registration_id: int, revision: int, position: str) -> None:
    """Give an épreuve of a candidature its position: Inscrit, Bénéfice, Dispensé; ``revision`` is the candidature's.

    Raises:
        NotFound, Forbidden: it is not there, or not the actor's to correct.
        InvalidInput: no such position.
        Conflict: somebody else saved first.
    """
    held: EpreuveRegistration | None = EpreuveRegistration.get_or_none(
        EpreuveRegistration.id == epreuve_registration_id
    )
    registration = correctable_candidature(actor, Permission.CORRECT_STATUS, held.registration_id if held else 0)
    inputs.chosen(position, [choice.value for choice in Position], "position", "la position épreuve")
    if held is None or held.position == position:
        return
    grow(registration, revision)
    EpreuveRegistration.update(position=position).where(EpreuveRegistration.id == held.id).execute()
    record(
        actor.login,
        "candidates.correct_position",
        "epreuve_registration",
        held.id,
        before={"position": held.position},
        after={"position": position},
    )


def checked_contacts(contacts: Contacts, country: str = "") -> dict[str, Any]:
    """Return the contacts that are typed as they are kept, by column; ``country`` is the one that is kept already.

    Raises:
        InvalidInput: a value is wrong; its field is named.
    """
    typed: dict[str, str] = {name: value for name, value in asdict(contacts).items() if value is not None}
    abroad = is_abroad(typed.get("country", country))
    return {name: _checks(abroad)[name](value) for name, value in typed.items()}


def _checks(abroad: bool) -> dict[str, Callable[[str], Any]]:
    """How each of the contacts is checked, by its column."""

    def text(name: str) -> Callable[[str], str]:
        return lambda value: inputs.text(value, name, FIELD_LABELS[name])

    def lines(name: str, what: str) -> Callable[[str], str]:
        return lambda value: inputs.text(value, name, what, longest=inputs.LONGEST_NOTE, lines=True)

    return {
        "email": lambda value: inputs.email(value, "email"),
        "guardian_emails": lambda value: _converted(emails, value, "guardian_emails") or "",
        "phone": lambda value: _phone(value, "phone"),
        "mobile": lambda value: _phone(value, "mobile"),
        "address": lines("address", "l'adresse"),
        "postcode": text("postcode") if abroad else lambda value: inputs.postcode(value, "postcode"),
        "town": text("town"),
        "country": text("country"),
        "extra_time": lambda value: _converted(percent, value, "extra_time") or 0,
        "accommodations": lines("accommodations", "le texte des aménagements"),
    }


def _phone(typed: str, field: str) -> str:
    kept = inputs.text(typed, field, FIELD_LABELS[field])
    fault = phone_fault(kept)
    if fault is not None:
        inputs.refuse(_sentence(fault.sentence), field)
    return kept


def _converted(convert: Callable[[str], Any], typed: str, field: str) -> Any:
    if not typed.strip():
        return None
    try:
        return convert(typed.strip())
    except BadCell as bad:
        inputs.refuse(_sentence(bad.fault.sentence), field)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
