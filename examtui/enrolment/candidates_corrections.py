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
from examtui.rules.candidates import FIELD_LABELS, phone_fault


@dataclass(frozen=True)
class Contacts:
    """What is typed for a candidate: ``guardian_emails`` several addresses, ``extra_time`` «33 %» or «1/3»."""

    email: str = ""
    guardian_emails: str = ""
    phone: str = ""
    mobile: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    extra_time: str = ""
    accommodations: str = ""


@use_case("candidates.correct_contacts", Permission.CORRECT_CONTACTS, writes=True)
def correct_contacts(actor: Actor, candidate_id: int, revision: int, contacts: Contacts) -> None:
    """Give a candidate new contacts and accommodations, as they were read at ``revision``.

    Raises:
        NotFound, Forbidden: it is not there, or not the actor's to correct.
        InvalidInput: a value is wrong; its field is named.
        Conflict: somebody else saved first; the sentence tells who, and what.
    """
    candidate = correctable(actor, Permission.CORRECT_CONTACTS, candidate_id)
    correct(actor, "candidates.correct_contacts", candidate, revision, checked_contacts(contacts))


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


def checked_contacts(contacts: Contacts) -> dict[str, Any]:
    """Return contacts as they are kept, by column.

    Raises:
        InvalidInput: a value is wrong; its field is named.
    """
    typed: dict[str, str] = asdict(contacts)
    values: dict[str, Any] = {
        name: inputs.text(typed[name], name, FIELD_LABELS[name]) for name in ("phone", "mobile", "town", "country")
    }
    for name in ("phone", "mobile"):
        fault = phone_fault(values[name])
        if fault is not None:
            inputs.refuse(_sentence(fault.sentence), name)
    values["email"] = inputs.email(contacts.email, "email")
    values["guardian_emails"] = _converted(emails, contacts.guardian_emails, "guardian_emails") or ""
    values["address"] = inputs.text(contacts.address, "address", "l'adresse", longest=inputs.LONGEST_NOTE, lines=True)
    abroad = values["country"].casefold() not in ("", "france")
    values["postcode"] = (
        inputs.text(contacts.postcode, "postcode", "le code postal")
        if abroad
        else inputs.postcode(contacts.postcode, "postcode")
    )
    values["extra_time"] = _converted(percent, contacts.extra_time, "extra_time") or 0
    values["accommodations"] = inputs.text(
        contacts.accommodations, "accommodations", "le texte des aménagements", longest=inputs.LONGEST_NOTE, lines=True
    )
    return values


def _converted(convert: Callable[[str], Any], typed: str, field: str) -> Any:
    if not typed.strip():
        return None
    try:
        return convert(typed.strip())
    except BadCell as bad:
        inputs.refuse(_sentence(bad.fault.sentence), field)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
