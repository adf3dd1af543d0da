"""Whatever a table holds, an import tells errors or applies; and what was applied changes nothing the second time."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.factory import Factory
from support.importing import Files
from support.world import small_world

from examtui.access import Actor
from examtui.errors import ExamtuiError
from examtui.exchange.tables import csv_line
from examtui.home import Home
from examtui.imports.kinds import importer_for
from examtui.model.base import database
from examtui.plaintext import plain

KINDS = ("epreuves", "centres", "rooms", "candidates", "registrations", "assignments", "complements")
ODD = (
    "",
    " -",
    "'",
    "'x'",
    "NULL",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "[bold]x[/]",
    "\x1b[2J",
    "\x00",
    "\u202eabc",
    "Łódź",
    "İstanbul",
    "Nguyễn",
    "O'Connor--",
    "x" * 300,
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "31/02/2021",
    "24:00",
    "0310038A",
    "00000000001",
    "BGT 2021",
    "C001C",
    "épreuves",
    "é" * 254,
    "a\nb",
    '"',
    ";",
)


class Savepoint(Exception):
    """Ends an attempt, so that the next begins from the same base."""


@pytest.fixture
def manager(home: Home, make: Factory) -> Actor:
    world = small_world(make)
    epreuve = make.epreuve()
    make.registration(make.candidate(school=world.school, number="01843006787", ine="123456789AB"), epreuve)
    make.centre(world.school)
    make.room(world.school)
    return world.manager


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cell_is_told_or_kept(manager: Actor, tmp_path: Path, kind: str, data: st.DataObject) -> None:
    *above, heading, example = importer_for(kind).template().splitlines()
    cells = example.split(";")
    rows = []
    for _ in range(data.draw(st.integers(1, 3))):
        row = list(cells)
        for place in data.draw(st.lists(st.integers(0, len(row) - 1), max_size=3)):
            row[place] = data.draw(st.sampled_from(ODD) | st.text(max_size=20))
        rows.append(csv_line(row))
    text = "\r\n".join([*above, heading, ""]) + "".join(rows)
    content = text.encode("utf-8", "replace")
    files = Files(tmp_path)
    try:
        with database.atomic():
            preview = files.preview(manager, kind, content)
            for problem in preview.problems:
                assert problem.reason
                assert plain(problem.sentence) == problem.sentence
            if preview.errors == 0:
                files.apply(manager, kind, content)
                again = files.preview(manager, kind, content)
                assert again.errors == 0
                assert again.counts.touched == 0
            raise Savepoint
    except (Savepoint, ExamtuiError):
        pass
