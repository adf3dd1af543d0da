import json

import pytest
from support.factory import Factory

from examtui.audit import changes
from examtui.errors import Conflict
from examtui.home import Home
from examtui.model import AuditEntry, AuditPayload, ExamSession, Room


def _last() -> tuple[AuditEntry, dict[str, object]]:
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    return entry, json.loads(AuditPayload.get_by_id(entry.id).body)


def test_names_of_records() -> None:
    assert changes.subject_type(ExamSession) == "exam_session"
    assert changes.subject_type(Room) == "room"


def test_create_correct_delete_leave_one_entry_each(any_home: Home, make: Factory) -> None:
    school = make.school()
    room = changes.create("mc", "rooms.create", Room, {"school": school, "name": "205", "capacity": 30})
    entry, body = _last()
    assert (entry.login, entry.action, entry.subject_type, entry.subject_id) == ("mc", "rooms.create", "room", room.id)
    assert body == {"after": {"school": school.id, "name": "205", "capacity": 30, "accessible": False}}

    changes.correct("mc", "rooms.correct", room, 1, {"name": "206", "capacity": 30})
    assert _last()[1] == {"before": {"name": "205"}, "after": {"name": "206"}}
    room = Room.get_by_id(room.id)
    assert (room.name, room.revision) == ("206", 2)

    changes.correct("mc", "rooms.correct", room, 2, {"name": "206"})
    assert AuditEntry.select().count() == 2
    assert Room.get_by_id(room.id).revision == 2

    changes.delete("mc", "rooms.delete", room, 2)
    assert _last()[1]["before"]["name"] == "206"
    assert Room.select().count() == 0


def test_an_old_revision_is_refused(home: Home, make: Factory) -> None:
    room = make.room(make.school())
    seen = Room.get_by_id(room.id)
    changes.correct("a", "rooms.correct", room, 1, {"capacity": 31})
    for attempt in (
        lambda: changes.correct("b", "rooms.correct", seen, 1, {"capacity": 32}),
        lambda: changes.correct("b", "rooms.correct", Room.get_by_id(room.id), 1, {"capacity": 32}),
        lambda: changes.delete("b", "rooms.delete", seen, 1),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert Room.get_by_id(room.id).capacity == 31
    assert AuditEntry.select().count() == 1
