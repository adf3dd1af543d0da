"""What the manager delegates to a centre: the assignment of organisable épreuves (PRODUCT.md §3)."""

from collections.abc import Collection, Iterable
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


@use_case("delegations.change", Permission.MANAGE_DELEGATIONS, writes=True)
def change_delegations(
    actor: Actor, centre_id: int, *, given: Collection[int] = (), withdrawn: Collection[int] = ()
) -> tuple[int, int]:
    """Delegate some épreuves to a centre and take others from it; return how many were new, and how many there were.

    Assignments stay as they are.

    Raises:
        NotFound: the centre is not in the actor's places, or there is no such épreuve.
        InvalidInput: an épreuve is not organisable in a school, or is not sat in a centre of that function.
    """
    centre = centre_within(actor.scope(Permission.MANAGE_DELEGATIONS), centre_id)
    rows = {row.epreuve_id: row for row in Delegation.select().where(Delegation.centre == centre)}
    entries = []
    for epreuve in [_epreuve(epreuve_id) for epreuve_id in sorted(set(given))]:
        _refuse_mismatch(centre, epreuve)
        if epreuve.id not in rows:
            entries.append(_change(Delegation.create(centre=centre, epreuve=epreuve), "after"))
    added = len(entries)
    for epreuve in [_epreuve(epreuve_id) for epreuve_id in sorted(set(withdrawn))]:
        if epreuve.id in rows:
            rows[epreuve.id].delete_instance()
            entries.append(_change(rows[epreuve.id], "before"))
    if entries:
        record_many(actor.login, "delegations.change", entries)
    return added, len(entries) - added


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


def _change(row: Delegation, side: str) -> Change:
    return Change("delegation", row.id, {side: {"centre": row.centre_id, "epreuve": row.epreuve_id}})
