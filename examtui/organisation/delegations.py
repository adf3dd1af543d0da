"""What the manager delegates to a centre: the assignment of organisable épreuves (PRODUCT.md §3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found
from examtui.audit import record_many
from examtui.audit.log import Change
from examtui.errors import InvalidInput
from examtui.model import Centre, Delegation, Epreuve, Exam, ExamSession, Speciality
from examtui.model.exams import Nature
from examtui.organisation.centres import centre_within
from examtui.rules.delegation import why_not_delegated
from examtui.rules.epreuves import centre_function


@dataclass(frozen=True)
class DelegationView:
    """An épreuve as a centre sees it.

    ``granted``: the manager delegated it; ``reason``: why the centre does not assign it, None where it does.
    """

    epreuve_id: int
    epreuve_title: str
    speciality_code: str
    session_title: str
    session_label: str
    organisable: bool
    granted: bool
    reason: str | None

    @property
    def held(self) -> bool:
        """Tell whether the centre assigns the épreuve itself."""
        return self.reason is None


@use_case("delegations.list", Permission.READ_PLACES)
def list_delegations(actor: Actor, centre_id: int, session_id: int | None = None) -> list[DelegationView]:
    """Return the épreuves that are sat in a centre of that function, with what the centre holds of them.

    Raises:
        NotFound: there is no such centre in the actor's places.
    """
    centre = centre_within(actor.scope(Permission.READ_PLACES), centre_id)
    granted = {row.epreuve_id for row in Delegation.select().where(Delegation.centre == centre)}
    rows: Iterable[Any] = (
        Epreuve.select(Epreuve, Speciality, ExamSession, Exam)
        .join(Speciality)
        .join(ExamSession)
        .join(Exam)
        .where(
            Epreuve.nature.in_(_natures(centre)), True if session_id is None else Speciality.exam_session == session_id
        )
        .order_by(ExamSession.year.desc(), ExamSession.label, Speciality.code, Epreuve.code, Epreuve.label)
    )
    return [
        DelegationView(
            row.id,
            row.title,
            row.speciality.code,
            row.speciality.exam_session.title,
            row.speciality.exam_session.label,
            row.organisable,
            row.id in granted,
            why_not_delegated(
                row.title, organisable=row.organisable, autonomous=centre.autonomous, delegated=row.id in granted
            ),
        )
        for row in rows
    ]


@use_case("delegations.give", Permission.MANAGE_DELEGATIONS, writes=True)
def delegate(actor: Actor, centre_ids: Sequence[int], epreuve_ids: Sequence[int]) -> int:
    """Delegate each of the épreuves to each of the centres; return how many delegations are new.

    Raises:
        NotFound: a centre is not in the actor's places, or there is no such épreuve.
        InvalidInput: an épreuve is not organisable in a school, or is not sat in a centre of that function.
    """
    scope = actor.scope(Permission.MANAGE_DELEGATIONS)
    centres = [centre_within(scope, centre_id) for centre_id in centre_ids]
    epreuves = [_epreuve(epreuve_id) for epreuve_id in epreuve_ids]
    added = []
    for centre in centres:
        held = {row.epreuve_id for row in Delegation.select().where(Delegation.centre == centre)}
        for epreuve in epreuves:
            _refuse_mismatch(centre, epreuve)
            if epreuve.id not in held:
                held.add(epreuve.id)
                row = Delegation.create(centre=centre, epreuve=epreuve)
                added.append(_change(row.id, centre.id, epreuve.id, "after"))
    if added:
        record_many(actor.login, "delegations.give", added)
    return len(added)


@use_case("delegations.withdraw", Permission.MANAGE_DELEGATIONS, writes=True)
def withdraw(actor: Actor, centre_ids: Sequence[int], epreuve_ids: Sequence[int]) -> int:
    """Take the delegation of the épreuves from the centres; return how many there were. Assignments stay as they are.

    Raises:
        NotFound: a centre is not in the actor's places, or there is no such épreuve.
    """
    scope = actor.scope(Permission.MANAGE_DELEGATIONS)
    centres = [centre_within(scope, centre_id).id for centre_id in centre_ids]
    epreuves = [_epreuve(epreuve_id).id for epreuve_id in epreuve_ids]
    rows = list(Delegation.select().where(Delegation.centre.in_(centres), Delegation.epreuve.in_(epreuves)))
    for row in rows:
        row.delete_instance()
    if rows:
        changes = [_change(row.id, row.centre_id, row.epreuve_id, "before") for row in rows]
        record_many(actor.login, "delegations.withdraw", changes)
    return len(rows)


def reason_not_delegated(centre: Centre, epreuve: Epreuve) -> str | None:
    """Return why an activity on ``epreuve`` is not available to ``centre``, None where the centre assigns it itself."""
    granted = Delegation.get_or_none(Delegation.centre == centre, Delegation.epreuve == epreuve) is not None
    return why_not_delegated(
        epreuve.title, organisable=epreuve.organisable, autonomous=centre.autonomous, delegated=granted
    )


def _epreuve(epreuve_id: int) -> Epreuve:
    return found(Epreuve.select().where(Epreuve.id == epreuve_id), "Cette épreuve n'existe pas : relisez la liste.")


def _natures(centre: Centre) -> list[str]:
    return [nature.value for nature in Nature if centre_function(nature) == centre.function]


def _refuse_mismatch(centre: Centre, epreuve: Epreuve) -> None:
    if not epreuve.organisable:
        raise InvalidInput(
            f"{epreuve.title} : cette épreuve n'est pas organisable en établissement. "
            "Corrigez l'épreuve si elle l'est, puis déléguez-la.",
            "epreuve",
        )
    needed = centre_function(Nature(epreuve.nature))
    if centre.function != needed:
        raise InvalidInput(
            f"{epreuve.title} se passe dans un centre de fonction «{needed}», et {centre.school.name} est ici "
            f"centre de fonction «{centre.function}» : choisissez l'autre centre.",
            "epreuve",
        )


def _change(delegation_id: int, centre_id: int, epreuve_id: int, side: str) -> Change:
    return Change("delegation", delegation_id, {side: {"centre": centre_id, "epreuve": epreuve_id}})
