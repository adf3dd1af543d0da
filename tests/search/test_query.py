"""The search against a plain reading of its rules, by each of the ways that it can take."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from peewee import fn
from support.factory import Factory

from examtui.access import Scope
from examtui.audit import record
from examtui.home import Home
from examtui.model import Candidate, Registration, School
from examtui.model.base import database
from examtui.search import order, query, stream, universe
from examtui.search.condition import Condition
from examtui.search.fold import fold
from examtui.search.query import CandidateQuery, Count
from examtui.search.spelling import near_spellings

EVERYTHING = Scope(everything=True)
PEOPLE = [
    ("ROSE BONBON", "Ludivine"),
    ("ROSSI-LUDOVIC", "Anaïs"),
    ("D'ARTAGNAN", "Charles"),
    ("DARTAGNAN", "Zoé"),
    ("DE LA TOUR", "Jean-Pierre"),
    ("O'Connor--", "Pat"),
    ("LE ROUX", "Léa"),
    ("LEROUX", "Éloïse"),
    ("ŁUKASIEWICZ", "Paweł"),
    ("YILMAZ", "İbrahim Işık"),
    ("NGUYỄN", "Thị Đặng"),
    ("[bold]NULL[/]", "=cmd|' /C calc'!A0"),
    ("A" * 250, "Long"),
    ("Иванов", "Пётр"),
    ("--", ""),
]


@pytest.fixture
def people(any_home: Home, make: Factory) -> dict[str, Candidate]:
    school = make.school()
    return {
        f"{family} {first}": make.candidate(
            family, first, school=school, number=f"{18430000000 + 7919 * place:011}", ine=f"{place:09}KZ"
        )
        for place, (family, first) in enumerate(PEOPLE)
    }


def _names(text: str, scope: Scope = EVERYTHING, *conditions: Condition) -> list[str]:
    return [f"{row.family_name} {row.first_names}" for row in CandidateQuery(text, scope, conditions).page()]


FINDS = [
    ("ros lud", ["ROSE BONBON Ludivine", "ROSSI-LUDOVIC Anaïs"]),
    ("LUD ros", ["ROSE BONBON Ludivine", "ROSSI-LUDOVIC Anaïs"]),
    ("rosé-bon", ["ROSE BONBON Ludivine"]),
    ("rosebon", ["ROSE BONBON Ludivine"]),
    ("d'artagnan", ["D'ARTAGNAN Charles", "DARTAGNAN Zoé"]),
    ("dartagnan", ["D'ARTAGNAN Charles", "DARTAGNAN Zoé"]),
    ("D’Artagnan zoe", ["DARTAGNAN Zoé"]),
    ("delatour", ["DE LA TOUR Jean-Pierre"]),
    ("latour jeanpierre", ["DE LA TOUR Jean-Pierre"]),
    ("oconnor", ["O'Connor-- Pat"]),
    ("O'Connor--", ["O'Connor-- Pat"]),
    ("le-roux", ["LE ROUX Léa", "LEROUX Éloïse"]),
    ("eloise", ["LEROUX Éloïse"]),
    ("lukasiewicz pawel", ["ŁUKASIEWICZ Paweł"]),
    ("Łuk", ["ŁUKASIEWICZ Paweł"]),
    ("ibrahim isik", ["YILMAZ İbrahim Işık"]),
    ("nguyen dang", ["NGUYỄN Thị Đặng"]),
    ("[bold]", ["[bold]NULL[/] =cmd|' /C calc'!A0"]),
    ("иван", ["Иванов Пётр"]),
    ("A" * 250, ["A" * 250 + " Long"]),
    ("A" * 251, []),
    ("udivine", []),
    ("ros zzz", []),
    ("000000000K", ["ROSE BONBON Ludivine"]),
    ("00000000kz", ["ROSE BONBON Ludivine"]),
    ("18430015838", ["D'ARTAGNAN Charles"]),
    ("5838", ["D'ARTAGNAN Charles"]),
    ("184300158", ["D'ARTAGNAN Charles"]),
    ("art 5838", ["D'ARTAGNAN Charles"]),
    ("rose 5838", []),
    ("999999999999999", []),
]


def test_what_a_text_finds(people: dict[str, Candidate]) -> None:
    for text, found in FINDS:
        assert _names(text) == found, text
        assert CandidateQuery(text, EVERYTHING).count() == Count(len(found), True)
        assert CandidateQuery(text, EVERYTHING).total() == len(found)


def test_text_without_letters_means_everybody(people: dict[str, Candidate]) -> None:
    for text in ("", " ", '"', "*", "--", "'", "\0", "(", "%", "_", "\\", "\u202e"):
        assert len(_names(text)) == len(PEOPLE), text


def test_no_operator_is_obeyed(people: dict[str, Candidate]) -> None:
    for text in ('"ros" OR *', "ros AND NOT lud", "NEAR(ros lud)", "words:ros", "ros NOT lud", "' OR 1=1 --"):
        assert _names(text) == [], text
    for text in ("^ros", "ros*", '"ros"', "-ros", "{ros}", "ros\0", "(ros", "%ros%"):
        assert _names(text) == _names("ros") != [], text


def test_an_impossible_text_is_no_error(people: dict[str, Candidate]) -> None:
    assert _names("\ud800") != ["x"]
    assert _names("é" * 5000) == []
    assert _names(" ".join(["ros"] * 500)) == ["ROSE BONBON Ludivine", "ROSSI-LUDOVIC Anaïs"]


def test_a_row_shows_class_specialities_and_state(home: Home, make: Factory) -> None:
    school = make.school()
    pupil = make.candidate("MARTIN", school=school, division="3B", usage_name="LE GALL")
    for code in ("BCG", "CFG"):
        make.registration(pupil, speciality=make.speciality(code=code), number=code[:3], division="3A")
    individual = make.candidate("MARTINEZ")
    make.registration(individual, division="IND")
    first, second = CandidateQuery("mart", EVERYTHING).page()
    assert (first.division, first.specialities, first.state) == ("3B", "BCG, CFG", "Inscrit")
    assert first.name == "MARTIN (usage LE GALL) Ludivine"
    assert (second.division, second.specialities) == ("IND", "BCG")
    assert first.birth_date == pupil.birth_date


LIMITS = {
    "memory": {"page": 1000},
    "drawn": {"few": 0, "some": 0, "number": 0},
    "sifted": {"few": 0, "number": 0, "page": 1000},
    "a page, then memory": {},
    "a page, then sifted": {"few": 0},
}


@pytest.fixture(params=LIMITS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make each way the one that is taken, and its steps so small that few candidates take many."""
    limits: dict[str, int] = LIMITS[request.param]
    monkeypatch.setattr(query, "MOST_CANDIDATES", limits.get("few", query.MOST_CANDIDATES))
    monkeypatch.setattr(universe, "MOST_RANKS", limits.get("some", universe.MOST_RANKS))
    monkeypatch.setattr(query, "_MOST_BY_NUMBER", limits.get("number", query._MOST_BY_NUMBER))
    monkeypatch.setattr(order, "_STEP", 7)
    monkeypatch.setattr(stream, "_HEAD", 6)
    monkeypatch.setattr(stream, "_MOST_TESTED", 40)
    monkeypatch.setattr(stream, "_TESTED_AT_ONCE", 7)
    monkeypatch.setattr(stream, "_TESTED_FOR_A_PAGE", 14)
    monkeypatch.setattr(stream, "PAGE", limits.get("page", 3))
    monkeypatch.setattr(stream, "_DRAWN_AT_ONCE", 3)
    return str(request.param)


@pytest.fixture
def crowd(any_home: Home, make: Factory) -> list[School]:
    """120 candidates of two schools and an individual here and there; some sit the exam in the other school."""
    chance = random.Random(3)
    schools = [make.school("UN"), make.school("DEUX")]
    centres = [make.centre(school) for school in schools]
    epreuve = make.epreuve()
    with database.atomic():
        for place in range(120):
            school = chance.choice([*schools, *schools, None])
            candidate = make.candidate(
                chance.choice(["MARTIN", "MARTEL", "LE ROUX", "LEROUX", "ROSE"]) + chance.choice(["", "", " PETIT"]),
                chance.choice(["Éva", "Marie-Lou", "Ludivine", "Martin"]),
                school=school,
                number=f"{1843000000 + place * 977:011}" if chance.random() < 0.8 else None,
                ine=f"{place * 31:09}BK" if chance.random() < 0.8 else None,
                red_list=chance.random() < 0.3,
            )
            registration = make.registration(candidate, epreuve, division=chance.choice(["3A", "3B"]))
            if chance.random() < 0.5:
                make.assignment(registration, epreuve, chance.choice(centres))
    return schools


def _red() -> Condition:
    return Condition(Candidate.red_list == True, Candidate.select(Candidate.id).where(Candidate.red_list == True))  # noqa: E712


def _class_3b() -> Condition:
    rows = Registration.division == "3B"
    predicate: Any = fn.EXISTS(Registration.select(Registration.id).where(Registration.candidate == Candidate.id, rows))
    return Condition(predicate, Registration.select(Registration.candidate_id).where(rows))


def _not_red() -> Condition:
    return Condition(Candidate.red_list == False)  # noqa: E712


def _meant(text: str, candidate: Candidate) -> bool:
    words = str(candidate.words).split()
    for typed in text.split():
        if typed.isdigit():
            held = [value for value in (candidate.number, candidate.ine) if value]
            if not any(value.startswith(typed) or value.endswith(typed) for value in held):
                return False
        elif not any(word.startswith(fold(typed)) for word in words):
            return False
    return True


def _in_scope(scope: Scope, candidate: Candidate) -> bool:
    if scope.everything or candidate.academy_id in scope.academies or candidate.school_id in scope.schools:
        return True
    return any(
        assignment.centre.school_id in scope.schools
        for registration in candidate.registrations
        for assignment in registration.assignments
    )


CONDITIONS: dict[str, tuple[list[Callable[[], Condition]], Callable[[Candidate], bool]]] = {
    "none": ([], lambda _: True),
    "red list": ([_red], lambda row: row.red_list),
    "not red list": ([_not_red], lambda row: not row.red_list),
    "class": ([_class_3b], lambda row: row.registrations[0].division == "3B"),
    "both": ([_red, _class_3b], lambda row: row.red_list and row.registrations[0].division == "3B"),
}


def test_every_way_finds_what_the_rules_say(crowd: list[School], make: Factory, way: str) -> None:
    other = make.academy("11", "Montpellier")
    make.registration(make.candidate("MARTIN", "Étranger", academy=other), division="3B")
    scopes = [
        EVERYTHING,
        Scope(academies=frozenset({crowd[0].academy_id})),
        Scope(schools=frozenset({crowd[0].id})),
        Scope(schools=frozenset({crowd[0].id}), academies=frozenset({other.id})),
    ]
    everybody = list(Candidate.select().order_by(Candidate.rank))
    for scope in scopes:
        within = [row for row in everybody if _in_scope(scope, row)]
        for makers, is_true in CONDITIONS.values():
            rows = [row for row in within if is_true(row)]
            for text in ("", "mart", "le ma", "m e", "018", "ma 0184", "zzz"):
                expected = [row.rank for row in rows if _meant(text, row)]
                conditions = [maker() for maker in makers]
                _assert_finds(partial(CandidateQuery, text, scope, conditions), expected)


def _assert_finds(search: Callable[[], CandidateQuery], expected: list[int]) -> None:
    def ranks(rows: list[Any]) -> list[int]:
        return [row.rank for row in rows]

    assert ranks(search().page(limit=1000)) == expected
    count = search().count()
    assert count.value == len(expected) if count.exact else count.value <= len(expected)
    assert search().total() == len(expected)
    walked: list[int] = []
    while page := search().page(after=walked[-1] if walked else None, limit=5):
        walked += ranks(page)
    assert walked == expected
    for position in (0, len(expected) // 2, max(0, len(expected) - 2)):
        assert ranks(search().at(position, 4)) == expected[position : position + 4]
        if expected:
            rank = expected[position]
            assert search().position(rank) == position
            assert ranks(search().page(before=rank, limit=3)) == expected[max(0, position - 3) : position]
    assert search().at(len(expected) + 3) == []


def test_jump_to_a_name(crowd: list[School]) -> None:
    rows = CandidateQuery("", EVERYTHING).page(limit=1000)
    for start in ("", "m", "martin", "le", "ro", "zz"):
        expected = sum(1 for row in rows if fold(row.family_name) < start)
        assert CandidateQuery("", EVERYTHING).position_of_name(start) == expected, start


def test_an_empty_scope_finds_nobody(crowd: list[School]) -> None:
    assert CandidateQuery("", Scope()).page() == []
    assert CandidateQuery("mart", Scope()).count() == Count(0, True)


def test_an_academy_that_is_alone_is_everybody(crowd: list[School]) -> None:
    scope = Scope(academies=frozenset({crowd[0].academy_id}))
    assert CandidateQuery("", scope).count() == Count(120, True)


def test_what_is_remembered_follows_changes(any_home: Home, make: Factory) -> None:
    school = make.school()
    scope = Scope(schools=frozenset({school.id}))
    one = make.candidate("MARTIN", school=school)
    assert len(_names("mart", scope)) == 1
    make.candidate("MARTEL", school=school)
    assert len(_names("mart", scope)) == 2
    with database.atomic():
        Candidate.update(words="autre", family_name="AUTRE").where(Candidate.id == one.id).execute()
        record("test", "test", "candidate", one.id)
    assert _names("mart", scope) == ["MARTEL Ludivine"]


@pytest.mark.parametrize(
    ("count", "label"),
    [
        (Count(0, True), "aucun candidat"),
        (Count(1, True), "1 candidat"),
        (Count(2014, True), "2 014 candidats"),
        (Count(1000, False), "plus de 1000 candidats"),
        (Count(12, False), "au moins 12 candidats"),
    ],
)
def test_counts_in_french(count: Count, label: str) -> None:
    assert count.label == label


def test_more_than_a_thousand_are_counted_so(home: Home, make: Factory) -> None:
    with database.atomic():
        for place in range(1002):
            make.candidate("MARTIN", f"A{place}")
    assert CandidateQuery("mart", EVERYTHING).count() == Count(1000, False)
    assert CandidateQuery("mart", EVERYTHING).total() == 1002
    assert CandidateQuery("", EVERYTHING).count() == Count(1002, True)


def test_near_spellings_find_somebody(people: dict[str, Candidate]) -> None:
    for typed, text in (("lukaszevicz", "lukasiewicz"), ("ngyuen", "nguyen"), ("rosse bonbon", "rose bonbon")):
        suggestions = near_spellings(typed, EVERYTHING)
        assert text in [suggestion.text for suggestion in suggestions], typed
        assert all(suggestion.count.value for suggestion in suggestions)
    assert near_spellings("xqzw", EVERYTHING) == []
    assert near_spellings("0184399", EVERYTHING) == []
    assert near_spellings("", EVERYTHING) == []


def test_near_spellings_keep_to_the_scope(any_home: Home, make: Factory) -> None:
    mine, other = make.school("UN"), make.school("DEUX")
    make.candidate("WISNIEWSKI", school=other)
    make.candidate("MARTIN", school=mine)
    make.candidate("MARTY", school=make.school("TROIS", academy=make.academy("11", "Montpellier")))
    for scope in (Scope(schools=frozenset({mine.id})), Scope(academies=frozenset({make.academy("11").id}))):
        assert near_spellings("wisnievski", scope) == []
    assert [s.text for s in near_spellings("martn", Scope(schools=frozenset({mine.id})))] == ["martin"]
    assert [s.text for s in near_spellings("martn", Scope(academies=frozenset({make.academy("11").id})))] == ["marty"]
