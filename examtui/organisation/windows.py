"""Service windows for results: from when to when the manager opens extraction and publication (seed 001, 4 to 6).

Moments are typed and shown on the wall clock, and kept in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examtui import clock, inputs
from examtui.access import Actor, Permission, Scope, use_case
from examtui.access.lookup import academies_within, found
from examtui.audit import changes
from examtui.model import Academy, Exam, ExamSession, ServiceWindow
from examtui.model.places import WindowKind
from examtui.rules.windows import WINDOW_LABELS, is_open, window_fault, window_sentence


@dataclass(frozen=True)
class WindowView:
    """A service window; ``opens`` and ``closes`` are wall-clock times, ``sentence`` says them in the memo's words."""

    id: int
    kind: str
    label: str
    academy_id: int
    academy_name: str
    session_id: int
    session_title: str
    opens: datetime
    closes: datetime
    is_open: bool
    sentence: str
    revision: int


@use_case("windows.list", Permission.READ_PLACES)
def list_windows(actor: Actor) -> list[WindowView]:
    """Return the service windows of the academies that the actor's places lie in, the newest opening first."""
    return _views(academies_within(actor.scope(Permission.READ_PLACES)))


@use_case("windows.create", Permission.MANAGE_WINDOWS, writes=True)
def create_window(
    actor: Actor, kind: str, academy_id: int, session_id: int, opens: datetime, closes: datetime
) -> WindowView:
    """Open a service for a session from ``opens`` to ``closes`` (wall clock, naive).

    Raises:
        NotFound: the academy is not one of the actor's, or there is no such session.
        InvalidInput: the moments are not in order, or the service has its window for that session already.
    """
    scope = actor.scope(Permission.MANAGE_WINDOWS)
    wanted = WindowKind(inputs.chosen(kind, list(WindowKind), "kind", "le service"))
    academy = found(
        Academy.select().where(Academy.id == academy_id, academies_within(scope)),
        "Cette académie n'existe pas, ou n'est pas la vôtre : relisez la liste.",
    )
    session = found(
        ExamSession.select().where(ExamSession.id == session_id),
        "Cette session d'examen n'existe pas : relisez la liste.",
    )
    taken = ServiceWindow.get_or_none(
        ServiceWindow.kind == wanted.value, ServiceWindow.academy == academy, ServiceWindow.exam_session == session
    )
    if taken is not None:
        inputs.refuse(
            f"«{WINDOW_LABELS[wanted]}» a déjà ses dates pour la session {session.label} : corrigez-les.", "session"
        )
    values = {"kind": wanted.value, "academy": academy.id, "exam_session": session.id, **_moments(opens, closes)}
    return _view(changes.create(actor.login, "windows.create", ServiceWindow, values).id)


@use_case("windows.correct", Permission.MANAGE_WINDOWS, writes=True)
def correct_window(actor: Actor, window_id: int, revision: int, opens: datetime, closes: datetime) -> WindowView:
    """Give a window seen at ``revision`` other moments (wall clock, naive).

    Raises:
        NotFound: there is none in the actor's academies.
        InvalidInput: the moments are not in order.
        Conflict: somebody else saved first.
    """
    row = _window(actor.scope(Permission.MANAGE_WINDOWS), window_id)
    changes.correct(actor.login, "windows.correct", row, revision, _moments(opens, closes))
    return _view(window_id)


@use_case("windows.delete", Permission.MANAGE_WINDOWS, writes=True)
def delete_window(actor: Actor, window_id: int, revision: int) -> None:
    """Take a window away: the service is closed.

    Raises:
        NotFound: there is none in the actor's academies.
        Conflict: somebody else saved first.
    """
    row = _window(actor.scope(Permission.MANAGE_WINDOWS), window_id)
    changes.delete(actor.login, "windows.delete", row, revision)


def _window(scope: Scope, window_id: int) -> ServiceWindow:
    query = ServiceWindow.select(ServiceWindow, Academy).join(Academy)
    query = query.where(ServiceWindow.id == window_id, academies_within(scope))
    return found(query, "Ces dates de service n'existent pas, ou ne sont pas de votre académie : relisez la liste.")


def _moments(opens: datetime, closes: datetime) -> dict[str, datetime]:
    wrong = window_fault(opens, closes)
    if wrong is not None:
        field, fault = wrong
        inputs.refuse(fault.sentence, field)
    return {"opens_at": clock.utc(opens), "closes_at": clock.utc(closes)}


def _view(window_id: int) -> WindowView:
    return _views(ServiceWindow.id == window_id)[0]


def _views(where: Any) -> list[WindowView]:
    now = clock.utc_now()
    rows: Iterable[Any] = (
        ServiceWindow.select(ServiceWindow, Academy, ExamSession, Exam)
        .join(Academy)
        .switch(ServiceWindow)
        .join(ExamSession)
        .join(Exam)
        .where(where)
        .order_by(ServiceWindow.opens_at.desc(), ServiceWindow.id)
    )
    return [_viewed(row, now) for row in rows]


def _viewed(row: Any, now: datetime) -> WindowView:
    kind = WindowKind(row.kind)
    opens, closes = (clock.local(moment).replace(tzinfo=None) for moment in (row.opens_at, row.closes_at))
    return WindowView(
        row.id,
        kind.value,
        WINDOW_LABELS[kind],
        row.academy_id,
        row.academy.name,
        row.exam_session_id,
        row.exam_session.title,
        opens,
        closes,
        is_open(row.opens_at, row.closes_at, now),
        window_sentence(kind, opens, closes),
        row.revision,
    )
