"""The groupes de décision of a session: the candidates on whom one jury decides."""

from dataclasses import dataclass
from typing import Any

from examtui.access import Actor, Permission, use_case
from examtui.model import DecisionGroup


@dataclass(frozen=True)
class DecisionGroupView:
    """A groupe de décision of a session."""

    id: int
    label: str


@use_case("exams.decision_groups", Permission.READ_EXAMS)
def list_decision_groups(_actor: Actor, session_id: int) -> list[DecisionGroupView]:
    """Return the groups of a session, by label; none where there is no such session."""
    rows: Any = DecisionGroup.select().where(DecisionGroup.exam_session == session_id).order_by(DecisionGroup.label)
    return [DecisionGroupView(row.id, row.label) for row in rows]
