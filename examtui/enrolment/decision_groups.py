"""The groupes de décision of a session by hand: the candidates on whom one jury decides."""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found, holders
from examtui.audit import record
from examtui.audit.changes import create, snapshot, subject_type
from examtui.errors import Conflict, Unavailable
from examtui.model import DecisionGroup, ExamSession, Registration
from examtui.rules.usage import Use, deletion_refusal
from examtui.selection.seen import groups_seen, is_seen


@dataclass(frozen=True)
class DecisionGroupView:
    """A groupe de décision of a session."""

    id: int
    label: str


@use_case("exams.decision_groups", Permission.READ_CANDIDATES)
def list_decision_groups(actor: Actor, session_id: int) -> list[DecisionGroupView]:
    """Return the groups of a session, by label; none where there is no such session.

    They are those of the candidates whom the actor sees. Who makes groups sees those that are still empty too.
    """
    seen = groups_seen(actor.scope(Permission.READ_CANDIDATES))
    if actor.can(Permission.MANAGE_EXAMS):
        empty: Any = DecisionGroup.select(DecisionGroup.id).where(_is_empty()).tuples()
        seen |= {row[0] for row in empty}
    rows: Any = DecisionGroup.select().where(DecisionGroup.exam_session == session_id).order_by(DecisionGroup.label)
    return [DecisionGroupView(row.id, row.label) for row in rows if row.id in seen]


@use_case("exams.group_create", Permission.MANAGE_EXAMS, writes=True)
def create_decision_group(actor: Actor, session_id: int, label: str) -> int:
    """Make a group in a session, and return its id.

    Raises:
        NotFound: there is no such session.
        InvalidInput: the label is wrong, or taken in the session.
    """
    query = ExamSession.select().where(ExamSession.id == session_id)
    session = found(query, "Cette session d'examen n'existe pas : relisez la liste.")
    values = {"exam_session": session.id, "label": _checked(session.id, label, None)}
    return int(create(actor.login, "exams.group_create", DecisionGroup, values).id)


@use_case("exams.group_correct", Permission.MANAGE_EXAMS, writes=True)
def correct_decision_group(actor: Actor, group_id: int, seen: str, label: str) -> None:
    """Rename a group whose label was ``seen``.

    Raises:
        NotFound: there is none.
        InvalidInput: the label is wrong, or taken in the session.
        Conflict: somebody else renamed it first.
    """
    row = _group(actor, group_id)
    label = _checked(row.exam_session_id, label, row.id)
    if label == seen == row.label:
        return
    updated = DecisionGroup.update(label=label).where(DecisionGroup.id == row.id, DecisionGroup.label == seen)
    if updated.execute() != 1:
        raise _renamed(row)
    before = snapshot(row)
    kind = subject_type(DecisionGroup)
    record(actor.login, "exams.group_correct", kind, row.id, before=before, after={**before, "label": label})


@use_case("exams.group_delete", Permission.MANAGE_EXAMS, writes=True)
def delete_decision_group(actor: Actor, group_id: int, seen: str) -> None:
    """Delete a group, whose label was ``seen``, that holds no candidature.

    Raises:
        NotFound: there is none.
        Unavailable: it holds candidatures; the sentence says how many.
        Conflict: somebody else renamed it first.
    """
    row = _group(actor, group_id)
    refusal = deletion_refusal(
        f"Le groupe de décision {row.label}",
        (Use(holders(Registration.decision_group, row), "candidature", "candidatures"),),
        "Changez d'abord leur groupe de décision.",
    )
    if refusal:
        raise Unavailable(refusal)
    deleted = DecisionGroup.delete().where(DecisionGroup.id == row.id, DecisionGroup.label == seen)
    if deleted.execute() != 1:
        raise _renamed(row)
    record(actor.login, "exams.group_delete", subject_type(DecisionGroup), row.id, before=snapshot(row))


def _group(actor: Actor, group_id: int) -> DecisionGroup:
    query = DecisionGroup.select().where(DecisionGroup.id == group_id)
    if not is_seen(actor.scope(Permission.MANAGE_EXAMS), Registration.decision_group, [group_id]):
        query = query.where(_is_empty())
    return found(query, "Ce groupe de décision n'existe pas, ou n'est pas celui de vos candidats : relisez la liste.")


def _is_empty() -> Any:
    held = Registration.select().where(Registration.decision_group == DecisionGroup.id)
    return ~fn.EXISTS(held)


def _checked(session_id: int, label: str, but: int | None) -> str:
    label = inputs.required(label, "label", "le nom du groupe de décision")
    for row in DecisionGroup.select().where(DecisionGroup.exam_session == session_id):
        if row.id != but and row.label.casefold() == label.casefold():
            inputs.refuse(f"Le groupe de décision «{row.label}» existe déjà dans cette session.", "label")
    return label


def _renamed(row: DecisionGroup) -> Conflict:
    return Conflict(
        f"Quelqu'un d'autre a renommé ce groupe de décision entre-temps («{row.label}») : rien n'a été enregistré. "
        "Relisez la liste, puis recommencez."
    )
