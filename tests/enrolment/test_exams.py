from collections.abc import Callable

import pytest
from support.factory import Factory

from examtui.access import Actor
from examtui.enrolment import exams
from examtui.enrolment.exams import SessionValues
from examtui.errors import Conflict, Forbidden, InvalidInput, NotFound, Unavailable
from examtui.home import Home
from examtui.model import AuditEntry, Exam, ExamSession

BGT = SessionValues("470", "BCG", 2021, "BGT 2021")
EA = SessionValues("47A", "EA-BCG", 2021, "EA 2021")


@pytest.fixture
def manager(home: Home, actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


def test_a_session_is_made_with_its_exam_and_shown_as_the_memo_does(
    any_home: Home, actor: Callable[..., Actor]
) -> None:
    manager = actor("manager")
    view = exams.create_session(manager, BGT)
    assert view.title == "470, BCG, 2021 ,BGT 2021"
    exams.create_session(manager, SessionValues("470", "BCG", 2022, "BGT 2022"))
    assert [session.label for session in exams.list_sessions(actor("school"))] == ["BGT 2022", "BGT 2021"]
    assert Exam.select().count() == 1
    assert view in exams.list_sessions(manager)


def test_counts_of_specialities_and_epreuves(any_home: Home, actor: Callable[..., Actor], make: Factory) -> None:
    make.epreuve("C001C")
    make.epreuve("C009")
    make.speciality(code="STI2D")
    (view,) = exams.list_sessions(actor("admin"))
    assert (view.specialities, view.epreuves) == (2, 2)
    assert [(row.code, row.epreuves) for row in exams.list_specialities(actor("school"), view.id)] == [
        ("BCG", 2),
        ("STI2D", 0),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (SessionValues("", "BCG", 2021, "BGT 2021"), "exam_code"),
        (SessionValues("470" * 9, "BCG", 2021, "BGT 2021"), "exam_code"),
        (SessionValues("470", "", 2021, "BGT 2021"), "exam_label"),
        (SessionValues("470", "BCG", 21, "BGT 2021"), "year"),
        (SessionValues("470", "BCG", 2021, " "), "label"),
        (SessionValues("470", "BCG", 2021, "BGT\x1b[2J"), "label"),
        (SessionValues("470", "Autre", 2021, "BGT 2022"), "exam_label"),
        (SessionValues("470", "BCG", 2021, "bgt 2021"), "label"),
    ],
)
def test_wrong_values_name_their_field(manager: Actor, values: SessionValues, field: str) -> None:
    exams.create_session(manager, BGT)
    with pytest.raises(InvalidInput) as caught:
        exams.create_session(manager, values)
    assert caught.value.field == field
    assert ExamSession.select().count() == 1


def test_correcting_the_exam_corrects_all_its_sessions(manager: Actor) -> None:
    first = exams.create_session(manager, BGT)
    exams.create_session(manager, SessionValues("470", "BCG", 2022, "BGT 2022"))
    exams.correct_session(
        manager, first.id, first.revision, first.exam_revision, SessionValues("471", "BAC", 2020, "BGT 2020")
    )
    assert sorted(view.title for view in exams.list_sessions(manager)) == [
        "471, BAC, 2020 ,BGT 2020",
        "471, BAC, 2022 ,BGT 2022",
    ]
    with pytest.raises(Conflict):
        exams.correct_session(manager, first.id, first.revision, first.exam_revision, EA)


def test_what_somebody_saved_of_the_exam_meanwhile_is_not_overwritten(manager: Actor) -> None:
    first = exams.create_session(manager, BGT)
    second = exams.create_session(manager, SessionValues("470", "BCG", 2022, "BGT 2022"))
    renamed = SessionValues("470", "BAC GENERAL", 2022, "BGT 2022")
    exams.correct_session(manager, second.id, second.revision, second.exam_revision, renamed)
    with pytest.raises(Conflict):
        exams.correct_session(manager, first.id, first.revision, first.exam_revision, BGT)
    assert [view.exam_label for view in exams.list_sessions(manager)] == ["BAC GENERAL"] * 2
    assert {view.revision for view in exams.list_sessions(manager)} == {1}


def test_a_code_of_another_exam_is_refused(manager: Actor) -> None:
    view = exams.create_session(manager, BGT)
    exams.create_session(manager, EA)
    with pytest.raises(InvalidInput, match="EA-BCG"):
        exams.correct_session(
            manager, view.id, view.revision, view.exam_revision, SessionValues("47A", "BCG", 2021, "BGT 2021")
        )


def test_the_exam_goes_with_its_last_session(manager: Actor) -> None:
    first = exams.create_session(manager, BGT)
    second = exams.create_session(manager, SessionValues("470", "BCG", 2022, "BGT 2022"))
    exams.delete_session(manager, first.id, first.revision)
    assert Exam.select().count() == 1
    exams.delete_session(manager, second.id, second.revision)
    assert Exam.select().count() == 0
    assert AuditEntry.select().where(AuditEntry.action == "exams.session_delete").count() == 3


def test_a_session_in_use_stays(manager: Actor, make: Factory) -> None:
    speciality = make.speciality()
    make.registration(make.candidate(), speciality=speciality)
    with pytest.raises(Unavailable, match="1 spécialité et 1 candidature"):
        exams.delete_session(manager, speciality.exam_session_id, 1)
    with pytest.raises(Unavailable, match=r"La spécialité BCG sert encore \(1 candidature\)"):
        exams.delete_speciality(manager, speciality.id, 1)


def test_specialities(manager: Actor) -> None:
    session = exams.create_session(manager, BGT)
    view = exams.create_speciality(manager, session.id, " BCG ", "BACCALAUREAT GENERAL")
    assert view.title == "BCG - BACCALAUREAT GENERAL"
    with pytest.raises(InvalidInput, match="existe déjà"):
        exams.create_speciality(manager, session.id, "bcg", "")
    corrected = exams.correct_speciality(manager, view.id, view.revision, "STI2D", "")
    assert (corrected.title, corrected.revision) == ("STI2D", 2)
    with pytest.raises(Conflict):
        exams.delete_speciality(manager, view.id, view.revision)
    exams.delete_speciality(manager, view.id, corrected.revision)
    assert exams.list_specialities(manager, session.id) == []


def test_what_does_not_exist(manager: Actor) -> None:
    for attempt in (
        lambda: exams.correct_session(manager, 99, 1, 1, BGT),
        lambda: exams.delete_session(manager, 99, 1),
        lambda: exams.list_specialities(manager, 99),
        lambda: exams.create_speciality(manager, 99, "BCG", ""),
        lambda: exams.correct_speciality(manager, 99, 1, "BCG", ""),
        lambda: exams.delete_speciality(manager, 99, 1),
    ):
        with pytest.raises(NotFound):
            attempt()


@pytest.mark.parametrize("role", ["school", "head", "coordinator", "admin"])
def test_only_the_manager_writes(home: Home, actor: Callable[..., Actor], role: str) -> None:
    with pytest.raises(Forbidden, match="Gestionnaire DEC"):
        exams.create_session(actor(role), BGT)
    assert ExamSession.select().count() == 0
