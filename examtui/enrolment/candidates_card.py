"""A candidate's card: identity, enrolment, candidatures, épreuves with their assignments, and its history."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from peewee import JOIN

from examtui.access import Actor, Permission, Scope, use_case
from examtui.enrolment.candidates_access import by_number, is_made_by_hand, may_correct, readable
from examtui.enrolment.history import HistoryLine, history_of, origin
from examtui.model import (
    Academy,
    Assignment,
    Candidate,
    Centre,
    Commission,
    DecisionGroup,
    Epreuve,
    EpreuveRegistration,
    Exam,
    ExamSession,
    Registration,
    Room,
    School,
    Speciality,
    Student,
)

_PLAIN = (
    *("id", "rank", "revision", "number", "ine", "family_name", "usage_name", "first_names", "sex", "birth_date"),
    *("birth_country", "birth_department", "birth_commune_code", "birth_commune", "nationality", "email", "phone"),
    *("mobile", "address", "postcode", "town", "country", "red_list", "extra_time", "accommodations"),
)


@dataclass(frozen=True)
class EnrolmentView:
    """The pupil in the school's base: class, programme, status, and the day on which it left, if it did."""

    division: str
    mef: str
    status: str
    regime: str
    entered_on: date | None
    left_on: date | None


@dataclass(frozen=True)
class AssignmentView:
    """Where and when an épreuve is sat, in the wall clock of the centre; empty texts where it is not known.

    ``corrects_room`` tells that the centre is one of those whose rooms the actor gives.
    """

    centre: str
    centre_uai: str
    date: date | None
    start_time: time | None
    end_time: time | None
    room: str
    commission: str
    corrects_room: bool


@dataclass(frozen=True)
class EpreuveView:
    """An épreuve of a candidature, with its position, and its assignment if it has one."""

    id: int
    epreuve_id: int
    code: str
    label: str
    position: str
    assignment: AssignmentView | None


@dataclass(frozen=True)
class RegistrationView:
    """A candidature with its épreuves; ``title`` is the n° d'inscription as Cyclades shows it."""

    id: int
    title: str
    session_id: int
    session: str
    speciality_id: int
    speciality: str
    school_id: int | None
    division: str
    category: str
    state: str
    teachings: str
    decision_group_id: int | None
    decision_group: str
    replacement: bool
    fraud_suspected: bool
    revision: int
    epreuves: tuple[EpreuveView, ...]


@dataclass(frozen=True)
class Card:
    """All that is known of a candidate; ``corrects_…`` tell what this actor may correct of it."""

    id: int
    rank: int
    revision: int
    number: str | None
    ine: str | None
    family_name: str
    usage_name: str
    first_names: str
    sex: str
    birth_date: date | None
    birth_country: str
    birth_department: str
    birth_commune_code: str
    birth_commune: str
    nationality: str
    email: str
    guardian_emails: tuple[str, ...]
    phone: str
    mobile: str
    address: str
    postcode: str
    town: str
    country: str
    red_list: bool
    extra_time: int
    accommodations: str
    academy: str
    school_id: int | None
    school_uai: str
    school_name: str
    enrolment: EnrolmentView | None
    registrations: tuple[RegistrationView, ...]
    created_by: str
    history: tuple[HistoryLine, ...]
    corrects_contacts: bool
    corrects_status: bool
    corrects_candidatures: bool
    corrects_identity: bool


@use_case("candidates.card", Permission.READ_CANDIDATES)
def card(actor: Actor, candidate_id: int) -> Card:
    """Return the card of a candidate.

    Raises:
        NotFound: there is none in the actor's scope.
    """
    return _card(actor, readable(actor, Candidate.id == candidate_id))


@use_case("candidates.card_by_number", Permission.READ_CANDIDATES)
def card_by_number(actor: Actor, number: str) -> Card:
    """Return the card of the candidate with this number, 11 digits.

    Raises:
        NotFound: there is none in the actor's scope.
    """
    return _card(actor, readable(actor, by_number(number)))


def _card(actor: Actor, candidate: Candidate) -> Card:
    student = Student.get_or_none(Student.candidate == candidate.id)
    school = School.get_or_none(School.id == candidate.school_id)
    registrations = _registrations(candidate.id, actor.scope(Permission.ASSIGN_ROOMS))
    values: dict[str, Any] = {name: getattr(candidate, name) for name in _PLAIN}
    return Card(
        **values,
        guardian_emails=tuple(part.strip() for part in candidate.guardian_emails.split(",") if part.strip()),
        academy=str(Academy.get_by_id(candidate.academy_id).name),
        school_id=candidate.school_id,
        school_uai=school.uai if school else "",
        school_name=school.name if school else "",
        enrolment=None if student is None else _enrolment(student),
        registrations=registrations,
        created_by=origin(candidate),
        history=history_of(candidate.id),
        corrects_contacts=may_correct(actor, Permission.CORRECT_CONTACTS, candidate),
        corrects_status=may_correct(actor, Permission.CORRECT_STATUS, candidate),
        corrects_candidatures=may_correct(actor, Permission.MANAGE_CANDIDATURES, candidate),
        corrects_identity=may_correct(actor, Permission.MANAGE_CANDIDATURES, candidate) and is_made_by_hand(candidate),
    )


def _enrolment(student: Student) -> EnrolmentView:
    return EnrolmentView(
        student.division, student.mef, student.status, student.regime, student.entered_on, student.left_on
    )


def _registrations(candidate_id: int, rooms: Scope) -> tuple[RegistrationView, ...]:
    rows: Any = (
        Registration.select(Registration, ExamSession, Exam, Speciality, DecisionGroup)
        .join(ExamSession)
        .join(Exam)
        .switch(Registration)
        .join(Speciality)
        .switch(Registration)
        .join(DecisionGroup, JOIN.LEFT_OUTER)
        .where(Registration.candidate == candidate_id)
        .order_by(ExamSession.year.desc(), Registration.number, Registration.id)
    )
    return tuple(
        RegistrationView(
            id=row.id,
            title=row.title,
            session_id=row.exam_session_id,
            session=row.exam_session.title,
            speciality_id=row.speciality_id,
            speciality=row.speciality.title,
            school_id=row.school_id,
            division=row.division,
            category=row.category,
            state=row.state,
            teachings=row.teachings,
            decision_group_id=row.decision_group_id,
            decision_group=row.decision_group.label if row.decision_group_id else "",
            replacement=row.replacement,
            fraud_suspected=row.fraud_suspected,
            revision=row.revision,
            epreuves=_epreuves(row.id, rooms),
        )
        for row in rows
    )


def _epreuves(registration_id: int, rooms: Scope) -> tuple[EpreuveView, ...]:
    assignments = {row.epreuve_id: _assignment(row, rooms) for row in _assignments(registration_id)}
    rows: Any = (
        EpreuveRegistration.select(EpreuveRegistration, Epreuve)
        .join(Epreuve)
        .where(EpreuveRegistration.registration == registration_id)
        .order_by(Epreuve.code, Epreuve.label, EpreuveRegistration.id)
    )
    return tuple(
        EpreuveView(
            row.id,
            row.epreuve_id,
            row.epreuve.code,
            row.epreuve.label,
            row.position,
            assignments.get(row.epreuve_id),
        )
        for row in rows
    )


def _assignments(registration_id: int) -> Any:
    return (
        Assignment.select(Assignment, Centre, School, Room, Commission)
        .join(Centre)
        .join(School)
        .switch(Assignment)
        .join(Room, JOIN.LEFT_OUTER)
        .switch(Assignment)
        .join(Commission, JOIN.LEFT_OUTER)
        .where(Assignment.registration == registration_id)
    )


def _assignment(row: Any, rooms: Scope) -> AssignmentView:
    return AssignmentView(
        centre=row.centre.school.name,
        centre_uai=row.centre.school.uai,
        date=row.date,
        start_time=row.start_time,
        end_time=row.end_time,
        room=row.room.name if row.room_id else "",
        commission=row.commission.name if row.commission_id else "",
        corrects_room=row.centre.school_id in rooms.schools or row.centre.school.academy_id in rooms.academies,
    )
