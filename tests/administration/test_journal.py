"""Reading the audit log: filters, pages by key, what was before and after."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from examtui import clock
from examtui.access import Actor
from examtui.administration.journal import Filter, list_entries, verify_log
from examtui.administration.settings import change_setting, show_settings
from examtui.administration.users import add_user, disable_user, grant_role
from examtui.audit import record
from examtui.errors import InvalidInput
from examtui.home import Home
from examtui.model import AuditHead
from examtui.model.base import database
from examtui.model.identity import Role


@pytest.fixture
def admin(any_home: Home, make: Any) -> Actor:
    return make.actor(Role.ADMIN, login="chef")


def test_entries_come_newest_first_by_pages(admin: Actor) -> None:
    for number in range(5):
        add_user(admin, f"u{number}")
    first = list_entries(admin, limit=2)
    assert [entry.number for entry in first] == [5, 4]
    assert [entry.number for entry in list_entries(admin, below=4, limit=10)] == [3, 2, 1]
    assert first[0].payload == {"after": {"login": "u4", "name": "", "email": ""}}


def test_filters(admin: Actor) -> None:
    with clock.frozen(datetime(2021, 2, 3, 22, 59, tzinfo=UTC)):
        user = add_user(admin, "lea")
        disable_user(admin, "lea")
    with clock.frozen(datetime(2021, 2, 3, 23, 0, tzinfo=UTC)), database.atomic():
        record("max", "users_trap", "candidate", user.id)

    def found(**parts: Any) -> list[str]:
        return [entry.action for entry in list_entries(admin, Filter(**parts))]

    assert found() == ["users_trap", "users.disable", "users.add"]
    assert found(login="max") == ["users_trap"]
    assert found(action="users.") == ["users.disable", "users.add"]
    assert found(action="users_") == ["users_trap"]
    assert found(subject_type="user", subject_id=user.id) == ["users.disable", "users.add"]
    assert found(since=date(2021, 2, 4)) == ["users_trap"]
    assert found(until=date(2021, 2, 3)) == ["users.disable", "users.add"]
    assert found(action="%") == []


def test_the_chain_is_verified(admin: Actor) -> None:
    add_user(admin, "lea")
    assert verify_log(admin).sound
    AuditHead.update(count=7).execute()
    assert not verify_log(admin).sound


def test_a_setting_is_changed_with_an_entry(admin: Actor, any_home: Home) -> None:
    assert change_setting(admin, "display.mouse", "oui") is True
    assert change_setting(admin, "keymap.save", "ctrl+w") == "ctrl+w"
    entries = list_entries(admin)
    assert entries[1].payload == {"before": {"display.mouse": False}, "after": {"display.mouse": True}}
    assert entries[0].payload == {"before": {"keymap.save": None}, "after": {"keymap.save": "ctrl+w"}}
    lines = {line.key.name: line for line in show_settings(admin).lines}
    assert (lines["display.mouse"].value, lines["display.mouse"].given) == (True, True)
    assert lines["keymap"].value == {"save": "ctrl+w"}
    with pytest.raises(InvalidInput):
        change_setting(admin, "display.mouse", "bof")
    assert len(list_entries(admin)) == 2


def test_a_password_is_in_no_entry_and_on_no_screen(home: Home, make: Any) -> None:
    admin = make.actor(Role.ADMIN)
    change_setting(admin, "database.url", "postgresql://lea:s3cret@serveur/base")
    assert "s3cret" not in str(list_entries(admin)) + str(show_settings(admin))


def test_grants_are_told_by_codes_that_people_know(admin: Actor) -> None:
    add_user(admin, "lea")
    grant_role(admin, "lea", Role.MANAGER, "Nantes")
    entry = list_entries(admin)[0]
    assert entry.payload == {"after": {"role": "manager", "academy": "17"}}
    assert (entry.label, entry.changes()) == (
        "Rôle donné",
        [("académie", "17"), ("rôle", "Gestionnaire DEC")],
    )


def test_changes_read_in_french(admin: Actor) -> None:
    with database.atomic():
        record(
            "max", "x", "candidate", 4, before={"red_list": False, "phone": ""}, after={"red_list": True, "phone": "1"}
        )
        record("max", "x", file="a.xml", counts={"created": 2, "gone": None}, roles=["admin"])
    first, second = list_entries(admin)[1], list_entries(admin)[0]
    assert first.subject == "candidat n° 4"
    assert sorted(first.changes()) == [("liste rouge", "non → oui"), ("téléphone", "(vide) → 1")]
    assert sorted(second.changes()) == [
        ("décomptes", "créés 2, disparus (vide)"),
        ("fichier", "a.xml"),
        ("rôles", "Administrateur"),
    ]


def test_entries_name_records_and_write_dates_as_people_do(admin: Actor, make: Any) -> None:
    former, school = make.school("LPO BELLEVUE", "0310038Y"), make.school("LYCEE ZOLA", "0310024H")
    pupil, epreuve = make.candidate("ROSE", "Anna", school=school), make.epreuve()
    held = make.assignment(make.registration(pupil, epreuve), epreuve, make.centre(school))
    with database.atomic():
        record("max", "x", "candidate", pupil.id, before={"school_id": former.id}, after={"school_id": school.id})
        record("max", "x", "assignment", held.id, after={"date": date(2021, 3, 15), "start_time": time(8), "room": 77})
        record("max", "x", "epreuve", 10**6, before={"coefficient": Decimal("1.50"), "twin": epreuve.id})
        record("max", "x", "school", school.id, before={"open": 1}, after={"open": "pas une date"}, date="2021")
    lines = list_entries(admin)[::-1]
    assert [line.subject for line in lines] == [
        "candidat ROSE Anna",
        "affectation C001C, Histoire-géographie 3ème éval, ROSE Anna",
        "épreuve n° 1000000",
        "établissement LYCEE ZOLA (0310024H)",
    ]
    assert [sorted(line.changes()) for line in lines] == [
        [("établissement", "LPO BELLEVUE (0310038Y) → LYCEE ZOLA (0310024H)")],
        [("date", "15/03/2021"), ("heure de début", "08:00"), ("salle", "n° 77")],
        [("coefficient", "1,5 → (ôté)"), ("épreuve liée", f"{epreuve.title} → (ôté)")],
        [("date", "2021"), ("ouvert", "1 → pas une date")],
    ]


def test_moments_are_told_on_the_wall_clock(admin: Actor, make: Any) -> None:
    with database.atomic():
        record("max", "x", "service_window", 1, after={"opens_at": datetime(2021, 7, 1, 6)})
    assert list_entries(admin)[0].changes() == [("ouverture", "01/07/2021 08:00")]


def test_a_page_of_the_journal_takes_few_queries(admin: Actor, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    school, asked = make.school(), []
    with database.atomic():
        for number in range(50):
            record("max", "x", "candidate", number, before={"school_id": number}, after={"school_id": school.id})
    execute = database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda *given, **named: asked.append(given) or execute(*given))
    assert len(list_entries(admin)) == 50
    assert len(asked) <= 6
