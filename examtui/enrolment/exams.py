"""Exam sessions and specialities by hand (PRODUCT.md §1); the manager keeps them, everybody reads them.

An exam (``470``, «BCG») comes with its first session and goes with its last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found, holders
from examtui.audit import changes, record_many
from examtui.audit.log import Change
from examtui.errors import Unavailable
from examtui.model import (
    DecisionGroup,
    Epreuve,
    Exam,
    ExamSession,
    Registration,
    ServiceWindow,
    Speciality,
)
from examtui.rules.epreuves import FIRST_YEAR, LAST_YEAR
from examtui.rules.usage import Use, deletion_refusal

_CODE_LENGTH = 16


@dataclass(frozen=True)
class SessionView:
    """A session with its exam, and how many specialities and épreuves it has; the exam has a revision of its own."""

    id: int
    exam_id: int
    exam_code: str
    exam_label: str
    year: int
    label: str
    title: str
    specialities: int
    epreuves: int
    revision: int
    exam_revision: int


@dataclass(frozen=True)
class SessionValues:
    """What is typed for a session: exam code ``470`` and label ``BCG``, year, and its own label ``BGT 2021``."""

    exam_code: str
    exam_label: str
    year: int
    label: str


@dataclass(frozen=True)
class SpecialityView:
    """A speciality of a session, and how many épreuves it has."""

    id: int
    session_id: int
    code: str
    label: str
    title: str
    epreuves: int
    revision: int


@use_case("exams.sessions", Permission.READ_EXAMS)
def list_sessions(_actor: Actor) -> list[SessionView]:
    """Return all sessions, the newest year first."""
    return _session_views()


@use_case("exams.session_create", Permission.MANAGE_EXAMS, writes=True)
def create_session(actor: Actor, values: SessionValues) -> SessionView:
    """Make a session, and its exam if the code is new.

    Raises:
        InvalidInput: a value is wrong, the exam has another label, or the session is there already.
    """
    values = _checked_session(values)
    made: list[Change] = []
    exam = Exam.get_or_none(Exam.code == values.exam_code)
    if exam is None:
        exam, change = changes.created(Exam, {"code": values.exam_code, "label": values.exam_label})
        made.append(change)
    elif exam.label != values.exam_label:
        inputs.refuse(
            f"L'examen {exam.code} s'appelle déjà «{exam.label}» : écrivez ce libellé, ou prenez un autre code.",
            "exam_label",
        )
    _refuse_session_twice(exam, values.label, None)
    row, change = changes.created(ExamSession, {"exam": exam.id, "year": values.year, "label": values.label})
    record_many(actor.login, "exams.session_create", [*made, change])
    return _session_view(row.id)


@use_case("exams.session_correct", Permission.MANAGE_EXAMS, writes=True)
def correct_session(
    actor: Actor, session_id: int, revision: int, exam_revision: int, values: SessionValues
) -> SessionView:
    """Correct a session seen at ``revision``, and its exam seen at ``exam_revision``, which all its sessions share.

    Raises:
        NotFound: there is none.
        InvalidInput: a value is wrong or taken.
        Conflict: somebody else saved first.
    """
    row = _session(session_id)
    values = _checked_session(values)
    exam = row.exam
    other = Exam.get_or_none(Exam.code == values.exam_code, Exam.id != exam.id)
    if other is not None:
        inputs.refuse(
            f"Le code {other.code} est celui de l'examen «{other.label}» : prenez un autre code.", "exam_code"
        )
    _refuse_session_twice(exam, values.label, session_id)
    corrections = [
        *changes.corrected(row, revision, {"year": values.year, "label": values.label}),
        *changes.corrected(exam, exam_revision, {"code": values.exam_code, "label": values.exam_label}),
    ]
    record_many(actor.login, "exams.session_correct", corrections)
    return _session_view(session_id)


@use_case("exams.session_delete", Permission.MANAGE_EXAMS, writes=True)
def delete_session(actor: Actor, session_id: int, revision: int) -> None:
    """Delete a session that nothing uses, and its exam with the last one.

    Raises:
        NotFound: there is none.
        Unavailable: it is in use; the sentence says by what.
        Conflict: somebody else saved first.
    """
    row = _session(session_id)
    refusal = deletion_refusal(
        f"La session {row.label}",
        (
            Use(holders(Speciality.exam_session, row), "spécialité", "spécialités"),
            Use(holders(Registration.exam_session, row), "candidature", "candidatures"),
            Use(holders(DecisionGroup.exam_session, row), "groupe de décision", "groupes de décision"),
            Use(holders(ServiceWindow.exam_session, row), "service ouvert", "services ouverts"),
        ),
        "Supprimez-les d'abord.",
    )
    if refusal:
        raise Unavailable(refusal)
    exam = row.exam
    gone = [changes.deleted(row, revision)]
    if not holders(ExamSession.exam, exam):
        gone.append(changes.deleted(exam, exam.revision))
    record_many(actor.login, "exams.session_delete", gone)


@use_case("exams.specialities", Permission.READ_EXAMS)
def list_specialities(_actor: Actor, session_id: int) -> list[SpecialityView]:
    """Return the specialities of a session, by code.

    Raises:
        NotFound: there is no such session.
    """
    _session(session_id)
    return _speciality_views(Speciality.exam_session == session_id)


@use_case("exams.speciality_create", Permission.MANAGE_EXAMS, writes=True)
def create_speciality(actor: Actor, session_id: int, code: str, label: str) -> SpecialityView:
    """Make a speciality in a session.

    Raises:
        NotFound: there is no such session.
        InvalidInput: a value is wrong, or the code is taken.
    """
    session = _session(session_id)
    values = _checked_speciality(session, code, label, None)
    row = changes.create(actor.login, "exams.speciality_create", Speciality, {"exam_session": session.id, **values})
    return _speciality_view(row.id)


@use_case("exams.speciality_correct", Permission.MANAGE_EXAMS, writes=True)
def correct_speciality(actor: Actor, speciality_id: int, revision: int, code: str, label: str) -> SpecialityView:
    """Correct a speciality seen at ``revision``.

    Raises:
        NotFound: there is none.
        InvalidInput: a value is wrong, or the code is taken.
        Conflict: somebody else saved first.
    """
    row = find_speciality(speciality_id)
    values = _checked_speciality(row.exam_session, code, label, row.id)
    changes.correct(actor.login, "exams.speciality_correct", row, revision, values)
    return _speciality_view(row.id)


@use_case("exams.speciality_delete", Permission.MANAGE_EXAMS, writes=True)
def delete_speciality(actor: Actor, speciality_id: int, revision: int) -> None:
    """Delete a speciality that nothing uses.

    Raises:
        NotFound: there is none.
        Unavailable: it is in use; the sentence says by what.
        Conflict: somebody else saved first.
    """
    row = find_speciality(speciality_id)
    refusal = deletion_refusal(
        f"La spécialité {row.code}",
        (
            Use(holders(Epreuve.speciality, row), "épreuve", "épreuves"),
            Use(holders(Registration.speciality, row), "candidature", "candidatures"),
        ),
        "Supprimez-les d'abord.",
    )
    if refusal:
        raise Unavailable(refusal)
    changes.delete(actor.login, "exams.speciality_delete", row, revision)


def find_speciality(speciality_id: int) -> Speciality:
    """Return the speciality with that id.

    Raises:
        NotFound: there is none.
    """
    return found(
        Speciality.select().where(Speciality.id == speciality_id), "Cette spécialité n'existe pas : relisez la liste."
    )


def _session(session_id: int) -> ExamSession:
    query = ExamSession.select().where(ExamSession.id == session_id)
    return found(query, "Cette session d'examen n'existe pas : relisez la liste.")


def _checked_session(values: SessionValues) -> SessionValues:
    return SessionValues(
        inputs.required(values.exam_code, "exam_code", "le code de l'examen", longest=_CODE_LENGTH),
        inputs.required(values.exam_label, "exam_label", "le libellé de l'examen"),
        inputs.between(values.year, FIRST_YEAR, LAST_YEAR, "year", "l'année de la session"),
        inputs.required(values.label, "label", "le libellé de la session"),
    )


def _refuse_session_twice(exam: Exam, label: str, but: int | None) -> None:
    for row in ExamSession.select().where(ExamSession.exam == exam):
        if row.id != but and row.label.casefold() == label.casefold():
            inputs.refuse(f"La session «{row.label}» de l'examen {exam.code} existe déjà.", "label")


def _checked_speciality(session: ExamSession, code: str, label: str, but: int | None) -> dict[str, str]:
    code = inputs.required(code, "code", "le code de la spécialité")
    label = inputs.text(label, "label", "le libellé de la spécialité")
    for row in Speciality.select().where(Speciality.exam_session == session):
        if row.id != but and row.code.casefold() == code.casefold():
            inputs.refuse(f"La spécialité «{row.code}» existe déjà dans la session {session.label}.", "code")
    return {"code": code, "label": label}


def _session_views(session_id: int | None = None) -> list[SessionView]:
    query: Iterable[Any] = (
        ExamSession.select(
            ExamSession,
            Exam,
            fn.COUNT(Speciality.id.distinct()).alias("specialities_held"),
            fn.COUNT(Epreuve.id).alias("epreuves_held"),
        )
        .join(Exam)
        .switch(ExamSession)
        .join(Speciality, JOIN.LEFT_OUTER)
        .join(Epreuve, JOIN.LEFT_OUTER)
        .group_by(ExamSession, Exam)
        .where(True if session_id is None else ExamSession.id == session_id)
        .order_by(ExamSession.year.desc(), Exam.code, ExamSession.label)
    )
    return [
        SessionView(
            row.id,
            row.exam_id,
            row.exam.code,
            row.exam.label,
            row.year,
            row.label,
            row.title,
            row.specialities_held,
            row.epreuves_held,
            row.revision,
            row.exam.revision,
        )
        for row in query
    ]


def _session_view(session_id: int) -> SessionView:
    _session(session_id)
    return _session_views(session_id)[0]


def _speciality_views(where: object) -> list[SpecialityView]:
    query: Iterable[Any] = (
        Speciality.select(Speciality, fn.COUNT(Epreuve.id).alias("epreuves_held"))
        .join(Epreuve, JOIN.LEFT_OUTER)
        .where(where)
        .group_by(Speciality)
        .order_by(Speciality.code)
    )
    return [
        SpecialityView(row.id, row.exam_session_id, row.code, row.label, row.title, row.epreuves_held, row.revision)
        for row in query
    ]


def _speciality_view(speciality_id: int) -> SpecialityView:
    return _speciality_views(Speciality.id == speciality_id)[0]
