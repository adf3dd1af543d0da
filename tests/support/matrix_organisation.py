"""The cases of the rooms ``organisation`` and ``enrolment``, by hand and by search."""

from datetime import datetime

from support.matrix import EVERYBODY, READERS, Case, call

from examtui.enrolment.candidates import Search
from examtui.enrolment.candidates_corrections import Contacts
from examtui.enrolment.epreuves import EpreuveValues
from examtui.enrolment.exams import SessionValues
from examtui.organisation.rooms import RoomValues
from examtui.organisation.schools import SchoolValues

_SCHOOL = SchoolValues("0310001H", "LPO NOUVEAU")
_OPENS, _CLOSES = datetime(2021, 7, 1, 8), datetime(2021, 7, 14, 18)
_SESSION = SessionValues("DNB", "DNB", 2021, "JUIN 2021")

ORGANISATION: dict[str, Case] = {
    "places.academies": Case(EVERYBODY),
    "schools.list": Case(EVERYBODY, lists=True),
    "schools.read": Case(EVERYBODY, lambda ids: call(ids.school), "school"),
    "schools.create": Case("M", lambda ids: call(ids.academy, _SCHOOL), "academy"),
    "schools.correct": Case("M", lambda ids: call(ids.school, 1, _SCHOOL), "school"),
    "schools.delete": Case("M", lambda ids: call(ids.free_school, 1), "free_school"),
    "centres.list": Case(EVERYBODY, lists=True),
    "centres.create": Case("M", lambda ids: call(ids.school, "déroulement"), "school"),
    "centres.correct": Case("M", lambda ids: call(ids.centre, 1, autonomous=True), "centre"),
    "centres.delete": Case("M", lambda ids: call(ids.free_centre, 1), "free_centre"),
    "rooms.list": Case(EVERYBODY, lambda ids: call(ids.school), "school"),
    "rooms.create": Case("SHM", lambda ids: call(ids.school, RoomValues("206", 30)), "school"),
    "rooms.correct": Case("SHM", lambda ids: call(ids.room, 1, RoomValues("206", 30)), "room"),
    "rooms.delete": Case("SHM", lambda ids: call(ids.room, 1), "room"),
    "commissions.list": Case(EVERYBODY, lambda ids: call(ids.school), "school"),
    "commissions.create": Case("SHM", lambda ids: call(ids.school, "TGPCECE"), "school"),
    "commissions.correct": Case("SHM", lambda ids: call(ids.commission, 1, "TGPCECE"), "commission"),
    "commissions.delete": Case("SHM", lambda ids: call(ids.commission, 1), "commission"),
    "delegations.list": Case(EVERYBODY, lambda ids: call(ids.centre), "centre"),
    "delegations.change": Case(
        "M", lambda ids: call(ids.centre, given=[ids.undelegated], withdrawn=[ids.free_epreuve]), "centre"
    ),
    "services.list": Case(EVERYBODY, lists=True),
    "services.change": Case("A", lambda ids: call("signature", opened=[ids.free_school], closed=[ids.school])),
    "windows.list": Case(EVERYBODY),
    "windows.create": Case("M", lambda ids: call("publication", ids.academy, ids.session, _OPENS, _CLOSES), "academy"),
    "windows.correct": Case("M", lambda ids: call(ids.window, 1, _OPENS, _CLOSES), "window"),
    "windows.delete": Case("M", lambda ids: call(ids.window, 1), "window"),
    "organisation.todo": Case(EVERYBODY, strangers=False),
}

EXAMS: dict[str, Case] = {
    "exams.sessions": Case(EVERYBODY),
    "exams.session_create": Case("M", lambda ids: call(_SESSION)),
    "exams.session_correct": Case("M", lambda ids: call(ids.session, 1, 1, _SESSION)),
    "exams.session_delete": Case("M", lambda ids: call(ids.empty_session, 1)),
    "exams.decision_groups": Case(READERS, lambda ids: call(ids.session), lists=True),
    "exams.specialities": Case(EVERYBODY, lambda ids: call(ids.session)),
    "exams.speciality_create": Case("M", lambda ids: call(ids.session, "STMG", "")),
    "exams.speciality_correct": Case("M", lambda ids: call(ids.speciality, 1, "BCG", "AUTRE NOM")),
    "exams.speciality_delete": Case("M", lambda ids: call(ids.empty_speciality, 1)),
    "epreuves.list": Case(EVERYBODY),
    "epreuves.create": Case(
        "M", lambda ids: call(ids.speciality, EpreuveValues("C1", "Nouvelle"), twin_id=ids.undelegated)
    ),
    "epreuves.correct": Case(
        "M", lambda ids: call(ids.free_epreuve, 1, EpreuveValues("C2", "Corrigée", "EC"), twin_id=ids.undelegated)
    ),
    "epreuves.delete": Case("M", lambda ids: call(ids.undelegated, 1)),
}

CANDIDATES: dict[str, Case] = {
    "candidates.search": Case(READERS, lambda ids: call(Search()), lists=True),
    "candidates.at": Case(READERS, lambda ids: call(Search(), 0), lists=True),
    "candidates.count": Case(READERS, lambda ids: call(Search("alpha")), lists=False),
    "candidates.position": Case(READERS, lambda ids: call(Search(), start="a")),
    "candidates.divisions": Case(READERS, lists=False),
    "candidates.suggest": Case(READERS, lambda ids: call(Search("alphb"))),
    "candidates.export": Case(READERS, lambda ids: call(Search(), "liste.csv", overwrite=True)),
    "candidates.card": Case(READERS, lambda ids: call(ids.candidate), "candidate"),
    "candidates.card_by_number": Case(READERS, lambda ids: call(ids.number), "number"),
    "candidates.correct_contacts": Case("SHM", lambda ids: call(ids.candidate, 1, Contacts(town="Muret")), "candidate"),
    "candidates.correct_red_list": Case("M", lambda ids: call(ids.candidate, 1, True), "candidate"),
    "candidates.correct_position": Case(
        "M", lambda ids: call(ids.epreuve_registration, 1, "Dispensé"), "epreuve_registration"
    ),
    "candidates.correct_registration": Case(
        "M",
        lambda ids: call(ids.registration, 1, fraud_suspected=True, replacement=False, decision_group_id=None),
        "registration",
    ),
    "enrolment.todo": Case(EVERYBODY, strangers=False),
}
