"""Writing the fictional candidates in bulk, in the order of their rank, a batch at a time."""

from bisect import bisect
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any

from examtui.database.bulk import continue_numbering, insert_rows
from examtui.database.triggers import indexed_in_bulk
from examtui.demo.candidatures import Candidatures
from examtui.demo.names import COUNTRIES_OF_BIRTH, STREETS, TOWNS
from examtui.demo.people import Person, Population
from examtui.demo.places import CANDIDATES_A_SCHOOL, SchoolPlan
from examtui.demo.tracks import INDIVIDUAL, TRACKS, Track
from examtui.demo.words import FAMILIES_DOMAIN, PUPILS_DOMAIN, mail_word
from examtui.model import Candidate, Student
from examtui.model.base import database
from examtui.search.fold import index_words, reverse_of
from examtui.search.ranks import GAP

BATCH = 5_000
_CLASS_SIZE = 27
_INDIVIDUALS = 0.02
_ACCOMMODATIONS = (
    "Salle à part",
    "Sujet en caractères agrandis (Arial 20)",
    "Ordinateur",
    "Secrétaire lecteur-scripteur",
)
_SCHOOL_YEAR = date(2020, 9, 1)
_INE_LETTERS = "ABCDEFGHJK"
# Multiplied by a number that shares no factor with the modulus, a count goes through all numbers once.
_INE_STEP, _INE_MODULUS = 618_033_989, 10**9
_NUMBER_STEP, _NUMBER_MODULUS = 61_803_399, 10**8

_COLUMNS = [
    "id",
    "academy_id",
    "school_id",
    "number",
    "number_reversed",
    "ine",
    "ine_reversed",
    "family_name",
    "usage_name",
    "first_names",
    "sex",
    "birth_date",
    "birth_country",
    "birth_department",
    "birth_commune_code",
    "birth_commune",
    "nationality",
    "email",
    "guardian_emails",
    "phone",
    "mobile",
    "address",
    "postcode",
    "town",
    "country",
    "red_list",
    "extra_time",
    "accommodations",
    "rank",
    "words",
]
_STUDENT_COLUMNS = [
    "candidate_id",
    "school_id",
    "siecle_id",
    "local_number",
    "division",
    "mef",
    "status",
    "regime",
    "entered_on",
    "left_on",
]

Progress = Callable[[int], None]


def make_candidates(
    number: int, seed: int, schools: list[SchoolPlan], candidatures: Candidatures, progress: Progress | None = None
) -> None:
    """Write ``number`` candidates, pupils and their candidatures; the database holds no candidate yet.

    One transaction a batch, so that memory and write-ahead log stay small whatever ``number`` is; ``progress`` is told
    how many are written.
    """
    writer = _Writer(number, seed, schools, candidatures)
    people = Population(seed).people(number)
    done = 0
    while batch := list(islice(people, BATCH)):
        with database.atomic():
            writer.write(batch)
        done += len(batch)
        if progress is not None:
            progress(done)
    for model in (Candidate, *candidatures.models):
        continue_numbering(model)


class _Writer:
    def __init__(self, number: int, seed: int, schools: list[SchoolPlan], candidatures: Candidatures) -> None:
        self._random = Random(f"{seed}/candidates")
        self._schools = schools
        self._candidatures = candidatures
        self._school_size = max(number / len(schools), 1) if schools else CANDIDATES_A_SCHOOL
        self._totals = {kind: list(accumulate(track.parts for track in tracks)) for kind, tracks in TRACKS.items()}
        self._next = 1

    def write(self, batch: list[Person]) -> None:
        candidates: list[tuple[Any, ...]] = []
        students: list[tuple[Any, ...]] = []
        for person in batch:
            number = self._next
            self._next += 1
            school, track = self._enrol()
            extra_time = self._extra_time()
            candidates.append(self._candidate(number, person, school, track, extra_time))
            division = ""
            if school is not None:
                division = track.division(self._class(track))
                students.append(self._student(number, school, track, division))
            self._candidatures.add(number, school, track, division, extra_time > 0)
        with indexed_in_bulk(database):
            insert_rows(Candidate, _COLUMNS, candidates)
        insert_rows(Student, _STUDENT_COLUMNS, students)
        self._candidatures.write()

    def _enrol(self) -> tuple[SchoolPlan | None, Track]:
        random = self._random.random
        if random() < _INDIVIDUALS:
            return None, INDIVIDUAL
        school = self._schools[int(random() * len(self._schools))]
        totals = self._totals[school.kind]
        return school, TRACKS[school.kind][bisect(totals, random() * totals[-1])]

    def _class(self, track: Track) -> int:
        size = self._school_size * track.parts / 1000
        return int(self._random.random() * max(1, min(round(size / _CLASS_SIZE), 20)))

    def _extra_time(self) -> int:
        chance = self._random.random()
        return 33 if chance < 0.05 else 50 if chance < 0.053 else 0

    def _candidate(
        self, number: int, person: Person, school: SchoolPlan | None, track: Track, extra_time: int
    ) -> tuple[Any, ...]:
        random = self._random.random
        family_name, first_names, sex = person
        usage_name = family_name if random() > 0.02 else self._random.choice(TOWNS)[0].split()[0]
        usage_name = "" if usage_name == family_name else usage_name
        given = _given_number(number) if track.exams and (school is not None or random() < 0.8) else None
        ine = _ine(number) if school is not None or random() < 0.5 else None
        academy = school.academy_id if school is not None else 1 + (random() < 0.3)
        mail = f"{mail_word(first_names.split()[0])}.{mail_word(family_name)}.{number}"
        area = "05 36 49" if academy == 1 else "02 61 91"
        line = f"{int(random() * 100):02} {int(random() * 100):02}"
        town = TOWNS[int(random() * 5) if academy == 1 else 5 + int(random() * 2)]
        return (
            number,
            academy,
            school.id if school is not None else None,
            given,
            reverse_of(given),
            ine,
            reverse_of(ine),
            family_name,
            usage_name,
            first_names,
            sex,
            self._birth_date(track),
            *self._birth_place(),
            f"{mail}@{PUPILS_DOMAIN}" if random() < 0.9 else "",
            f"{mail}@{FAMILIES_DOMAIN}" if random() < 0.75 else "",
            f"{area} {line}" if random() < 0.3 else "",
            f"06 39 98 {line}" if random() < 0.8 else "",
            f"{1 + int(random() * 140)} {STREETS[int(random() * len(STREETS))]}",
            town[3],
            town[0],
            "FRANCE",
            random() < 0.03,
            extra_time,
            _ACCOMMODATIONS[int(random() * len(_ACCOMMODATIONS))] if extra_time and random() < 0.6 else "",
            number * GAP,
            index_words(family_name, usage_name, first_names),
        )

    def _birth_date(self, track: Track) -> date:
        random = self._random.random
        chance = random()
        late = 1 if chance < 0.12 else -1 if chance < 0.16 else 0
        return date(track.born - late, 1, 1) + timedelta(days=int(random() * 365))

    def _birth_place(self) -> tuple[str, str, str, str, str]:
        """Country, department, commune's code, commune, nationality."""
        random = self._random.random
        if random() < 0.93:
            name, code, department, _ = TOWNS[int(random() * len(TOWNS))]
            return "FRANCE", department, code, name, "FRANÇAISE"
        country, town = COUNTRIES_OF_BIRTH[int(random() * len(COUNTRIES_OF_BIRTH))]
        return country, "099", "", town, "FRANÇAISE" if random() < 0.5 else ""

    def _student(self, number: int, school: SchoolPlan, track: Track, division: str) -> tuple[Any, ...]:
        random = self._random.random
        left = _SCHOOL_YEAR + timedelta(days=90 + int(random() * 60)) if random() < 0.004 else None
        regime = "DP DAN" if random() < 0.6 else "EXTERN"
        return (
            number,
            school.id,
            str(1_000_000 + number),
            str(number),
            division,
            track.mef,
            "ST",
            regime,
            _SCHOOL_YEAR,
            left,
        )


def _given_number(number: int) -> str:
    """A n° candidat in the seeds' shape (``01921021719``): 0, the year of registration, eight digits."""
    return f"020{number * _NUMBER_STEP % _NUMBER_MODULUS:08}"


def _ine(number: int) -> str:
    """An INE, now in one and now in another of its three shapes (PRODUCT.md, glossary)."""
    digits = f"{number * _INE_STEP % _INE_MODULUS:09}"
    letter = _INE_LETTERS[number % 10]
    if number % 40 == 7:
        return f"{digits[:4]}A{digits[4:]}{letter}"
    if number % 10 == 3:
        return f"0{digits}{letter}"
    return f"{digits}{letter}{_INE_LETTERS[number // 10 % 10]}"
