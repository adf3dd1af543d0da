"""The cases of what candidates hold, edited by hand: candidatures, épreuves, affectations, groupes de décision."""

from datetime import date, time

from support.matrix import MARK, Case, Ids, call

from examtui import audit
from examtui.enrolment.assignments import AssignmentValues
from examtui.enrolment.candidates_by_hand import IdentityValues
from examtui.enrolment.candidatures import CandidatureValues
from examtui.model import Assignment, Delegation, EpreuveRegistration, Registration, Student


def _seen(ids: Ids) -> list[AssignmentValues | None]:
    return [AssignmentValues(ids.centre, date(2021, 2, 1), time(8), time(10))]


def _delegate(ids: Ids, _login: str) -> None:
    Delegation.create(centre=ids.centre, epreuve=ids.epreuve)


def _unassign(_ids: Ids, _login: str) -> None:
    Assignment.delete().execute()


def _empty(_ids: Ids, _login: str) -> None:
    Assignment.delete().execute()
    EpreuveRegistration.delete().execute()


def _made_by_hand(ids: Ids, _login: str) -> None:
    Student.delete().execute()
    audit.record("admin", "candidates.create", "candidate", ids.candidate)


def _ungroup(_ids: Ids, _login: str) -> None:
    Registration.update(decision_group=None).execute()


BY_HAND: dict[str, Case] = {
    "exams.group_create": Case("M", lambda ids: call(ids.session, "JURY 02")),
    "exams.group_correct": Case("M", lambda ids: call(ids.group, f"{MARK} JURY", "JURY 03"), "group"),
    "exams.group_delete": Case("M", lambda ids: call(ids.group, f"{MARK} JURY"), "group", prepare=_ungroup),
    "candidates.create": Case(
        "M", lambda ids: call(IdentityValues("NOUVEAU", "Léo", date(2004, 3, 12), school_id=ids.school)), "school"
    ),
    "candidates.correct_identity": Case(
        "M",
        lambda ids: call(ids.candidate, 1, IdentityValues("NOUVEAU", "Léo", date(2004, 3, 12))),
        "candidate",
        prepare=_made_by_hand,
    ),
    "candidatures.choices": Case("M", lists=True),
    "candidatures.create": Case(
        "M", lambda ids: call(ids.candidate, CandidatureValues(ids.speciality, None, "002")), "candidate"
    ),
    "candidatures.correct": Case(
        "M",
        lambda ids: call(ids.registration, 1, CandidatureValues(ids.speciality, None, "001", "3A")),
        "registration",
    ),
    "candidatures.delete": Case("M", lambda ids: call(ids.registration, 1), "registration", prepare=_empty),
    "candidatures.free_epreuves": Case("M", lambda ids: call(ids.registration), "registration"),
    "candidatures.add_epreuve": Case(
        "M", lambda ids: call(ids.registration, 1, ids.free_epreuve, "Dispensé"), "registration"
    ),
    "candidatures.remove_epreuve": Case(
        "M", lambda ids: call(ids.epreuve_registration, 1), "epreuve_registration", prepare=_unassign
    ),
    "assignments.sheet": Case(
        "SHM", lambda ids: call(ids.epreuve_registration), "epreuve_registration", prepare=_delegate
    ),
    "assignments.give": Case(
        "M",
        lambda ids: call(ids.epreuve_registration, _seen(ids), AssignmentValues(ids.centre, date(2021, 2, 1))),
        "epreuve_registration",
    ),
    "assignments.place": Case(
        "SHM",
        lambda ids: call(ids.epreuve_registration, _seen(ids), ids.room, "alpha com"),
        "epreuve_registration",
        prepare=_delegate,
    ),
    "assignments.remove": Case("M", lambda ids: call(ids.epreuve_registration, _seen(ids)), "epreuve_registration"),
}
