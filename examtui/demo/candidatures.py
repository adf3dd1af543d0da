"""Candidatures of the fictional candidates: épreuves with their position, and where and when they are sat."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from examtui.database.bulk import insert_rows
from examtui.demo.exams import YEAR, EpreuvePlan, Programme
from examtui.demo.places import SchoolPlan
from examtui.demo.tracks import Track
from examtui.model import Assignment, DecisionGroup, EpreuveRegistration, Registration
from examtui.model.candidates import Position
from examtui.model.exams import Form

_REGISTRATION_COLUMNS = [
    "id",
    "candidate_id",
    "exam_session_id",
    "speciality_id",
    "school_id",
    "number",
    "version",
    "ocean_number",
    "division",
    "category",
    "state",
    "teachings",
    "decision_group_id",
    "replacement",
    "fraud_suspected",
]
_EPREUVE_COLUMNS = ["id", "registration_id", "epreuve_id", "position"]
_ASSIGNMENT_COLUMNS = [
    "id",
    "registration_id",
    "epreuve_id",
    "centre_id",
    "date",
    "start_time",
    "end_time",
    "room_id",
    "commission_id",
]
JURIES = 4
_LONGEST_DAY_MINUTES = 9 * 60
_AT_ONCE = 3


@dataclass
class _Sitting:
    """An épreuve in a centre: how far its organisation has come, and who has a seat or a turn already."""

    school: SchoolPlan
    plan: EpreuvePlan
    epreuve: int
    assigned: float
    with_room: float
    turns: int = 0
    apart: int = 0
    seated: dict[int, int] = field(default_factory=dict)
    room: int = 0


class Candidatures:
    """Collects a batch of candidatures and writes it; ``add`` is told each candidate in the order of its id."""

    models = (Registration, EpreuveRegistration, Assignment)

    def __init__(self, seed: int, schools: list[SchoolPlan], programmes: dict[tuple[str, str], Programme]) -> None:
        self._seed = seed
        self._random = Random(f"{seed}/candidatures")
        self._programmes = programmes
        self._hosts: dict[int, list[SchoolPlan]] = defaultdict(list)
        for school in schools:
            if school.kind != "CLG":
                self._hosts[school.academy_id].append(school)
        self._juries = _make_juries(programmes)
        self._sittings: dict[tuple[int, int], _Sitting] = {}
        self._next = dict.fromkeys(self.models, 1)
        self._rows: dict[type[Any], list[tuple[Any, ...]]] = {model: [] for model in self.models}

    def write(self) -> None:
        """Write what was added since the last time."""
        columns = (_REGISTRATION_COLUMNS, _EPREUVE_COLUMNS, _ASSIGNMENT_COLUMNS)
        for model, names in zip(self.models, columns, strict=True):
            insert_rows(model, names, self._rows[model])
            self._rows[model].clear()

    def add(self, candidate: int, school: SchoolPlan | None, track: Track, division: str, apart: bool) -> None:
        """Register a candidate to the exams of its track; ``apart`` tells that it has extra time."""
        for exam in track.exams:
            programme = self._programmes[exam]
            registration = self._register(candidate, school, programme, division)
            draws: dict[str, bool] = {}
            for epreuve, plan in programme.epreuves:
                if self._holds(plan, draws):
                    self._hold(registration, epreuve, plan, school, apart)

    def _register(self, candidate: int, school: SchoolPlan | None, programme: Programme, division: str) -> int:
        random = self._random.random
        number = self._number(Registration)
        jury = self._juries[programme.session][(school.id if school is not None else candidate) % JURIES]
        chance = random()
        state = "Inscrit" if chance > 0.01 else "Démissionnaire" if chance > 0.003 else "Non inscrit"
        self._rows[Registration].append(
            (
                number,
                candidate,
                programme.session,
                programme.speciality,
                school.id if school is not None else None,
                "001",
                f"{1 + int(random() * 3):02}",
                "",
                division,
                "SCOLAIRE" if school is not None else "INDIVIDUEL",
                state,
                "",
                jury if random() < 0.92 else None,
                random() < 0.006,
                random() < 0.002,
            )
        )
        return number

    def _holds(self, plan: EpreuvePlan, draws: dict[str, bool]) -> bool:
        if plan.part >= 1:
            return True
        if not plan.choice:
            return self._random.random() < plan.part
        if plan.choice not in draws:
            draws[plan.choice] = self._random.random() < plan.part
        return draws[plan.choice]

    def _hold(self, registration: int, epreuve: int, plan: EpreuvePlan, school: SchoolPlan | None, apart: bool) -> None:
        chance = self._random.random()
        position = Position.KEPT if chance < 0.012 else Position.EXEMPT if chance < 0.02 else Position.REGISTERED
        self._rows[EpreuveRegistration].append(
            (self._number(EpreuveRegistration), registration, epreuve, position.value)
        )
        if position is Position.REGISTERED and plan.code != "CFG1":
            self._assign(registration, self._sitting(epreuve, plan, school, registration), apart)

    def _sitting(self, epreuve: int, plan: EpreuvePlan, school: SchoolPlan | None, registration: int) -> _Sitting:
        host = self._host(plan, school, registration)
        key = (host.id, epreuve)
        if key not in self._sittings:
            chance = Random(f"{self._seed}/{host.uai}/{plan.code}/{plan.label}").random()
            # Orals of the first school stay unfinished, as in seed 002, section 5.
            oral = plan.form is Form.ORAL
            assigned = 0.6 if chance < 0.15 or (host.id == 1 and plan.code == "C002CB") else 1.0
            with_room = 0.0 if chance > 0.95 else 0.9 if chance > 0.75 or (host.id == 1 and not oral) else 1.0
            self._sittings[key] = _Sitting(host, plan, epreuve, assigned, with_room)
        return self._sittings[key]

    def _host(self, plan: EpreuvePlan, school: SchoolPlan | None, registration: int) -> SchoolPlan:
        if school is None:
            hosts = self._hosts[1] or self._hosts[2]
            return hosts[registration % len(hosts)]
        hosts = self._hosts[school.academy_id]
        if plan.organisable or school.kind == "CLG" or len(hosts) < 2 or school.id % 2:
            return school
        return hosts[(hosts.index(school) + 1) % len(hosts)]

    def _assign(self, registration: int, sitting: _Sitting, apart: bool) -> None:
        random = self._random.random
        if random() >= sitting.assigned:
            return
        day, start, end, commission = _turn(sitting)
        room = _seat(sitting, apart) if random() < sitting.with_room else None
        self._rows[Assignment].append(
            (
                self._number(Assignment),
                registration,
                sitting.epreuve,
                sitting.school.exam_centre,
                day,
                start,
                end,
                room,
                commission,
            )
        )

    def _number(self, model: type[Any]) -> int:
        number = self._next[model]
        self._next[model] = number + 1
        return number


def _turn(sitting: _Sitting) -> tuple[date, time, time, int | None]:
    """The next day and hours: the same for all who write, one after another before several juries for the others."""
    plan, turn = sitting.plan, sitting.turns
    sitting.turns += 1
    first = date(YEAR, plan.start[1], plan.start[0])
    if plan.form is Form.WRITTEN:
        return first, time(plan.hour), _after(plan.hour * 60 + plan.minutes), None
    turns_a_day = max((_LONGEST_DAY_MINUTES - 60) // plan.minutes, 1)
    juries = sitting.school.commissions[:_AT_ONCE]
    place, jury = divmod(turn, len(juries))
    day, hour = divmod(place, turns_a_day)
    minutes = plan.hour * 60 + hour * plan.minutes
    if minutes >= 12 * 60:
        minutes += 60
    days = _working_days(first, date(YEAR, plan.end[1], plan.end[0]))
    return days[day % len(days)], _after(minutes), _after(minutes + plan.minutes), juries[jury]


def _seat(sitting: _Sitting, apart: bool) -> int | None:
    """A seat in the first room that has one; those with extra time sit in the last room."""
    *rooms, last = sitting.school.seats
    if sitting.plan.form is not Form.WRITTEN:
        return rooms[(sitting.turns - 1) % _AT_ONCE][0]
    if apart and sitting.apart < last[1]:
        sitting.apart += 1
        return last[0]
    while sitting.room < len(rooms):
        room, seats = rooms[sitting.room]
        taken = sitting.seated.get(room, 0)
        if taken < seats:
            sitting.seated[room] = taken + 1
            return room
        sitting.room += 1
    return None


def _after(minutes: int) -> time:
    return (datetime.min + timedelta(minutes=minutes)).time()


@cache
def _working_days(first: date, last: date) -> list[date]:
    span = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [day for day in span if day.weekday() < 5] or [first]


def _make_juries(programmes: dict[tuple[str, str], Programme]) -> dict[int, list[int]]:
    juries: dict[int, list[int]] = {}
    for (exam, _), programme in programmes.items():
        if programme.session not in juries:
            juries[programme.session] = [
                int(DecisionGroup.create(exam_session=programme.session, label=f"{exam} - JURY {number:02}").id)
                for number in range(1, JURIES + 1)
            ]
    return juries
