"""The fictional academy: the same seed gives the same data, which hold together like real ones."""

import fcntl
import os
import pickle
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from examtui import audit, clock
from examtui import home as homes
from examtui.access import actor_for
from examtui.cli.demo import EXAMPLES
from examtui.cli.table import COMMANDS
from examtui.database.schema import schema_differences
from examtui.demo import home as demo_home
from examtui.demo.build import fill
from examtui.demo.names import CULTURES
from examtui.demo.people import Population
from examtui.demo.staff import ACCOUNTS
from examtui.enrolment.candidates import Search, count
from examtui.errors import HomeError
from examtui.home import DEMO_FILE, Home
from examtui.identifiers import candidate_number_fault, ine_fault, uai_fault
from examtui.model import (
    ALL_MODELS,
    Assignment,
    AuditEntry,
    Candidate,
    Epreuve,
    EpreuveRegistration,
    Registration,
    Room,
    SavedSelection,
    School,
    Student,
    User,
)
from examtui.model.base import database
from examtui.model.candidates import Position
from examtui.model.exams import Form
from examtui.search.fold import index_words, sort_key
from examtui.settings.store import set_value

MOMENT = datetime(2021, 2, 3, 12, 0, tzinfo=clock.PARIS)


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "home"
    with clock.frozen(MOMENT):
        demo_home.prepare(path, 600, 7)
    database.close()
    return path


@pytest.fixture
def filled(_filled: Path) -> Iterator[Home]:
    home = homes.open_home(_filled)
    with homes.connected():
        yield home


def _content() -> dict[str, list[tuple[object, ...]]]:
    return {
        model.__name__: list(model.select().order_by(*model._meta.sorted_fields).tuples())
        for model in ALL_MODELS
        if not model.__name__.startswith("Audit")
    }


@pytest.fixture
def filled_content(_filled: Path, tmp_path: Path) -> dict:
    """What the module's academy holds, read by a process of its own: a process has one current home."""
    script = (
        "import pickle, sys\nfrom pathlib import Path\nfrom examtui import home\nfrom examtui.model import ALL_MODELS\n"
        "home.open_home(Path(sys.argv[1]))\n"
        "with home.connected():\n"
        "    rows = {m.__name__: list(m.select().order_by(*m._meta.sorted_fields).tuples()) for m in ALL_MODELS"
        " if not m.__name__.startswith('Audit')}\n"
        "Path(sys.argv[2]).write_bytes(pickle.dumps(rows))\n"
    )
    subprocess.run([sys.executable, "-c", script, _filled, tmp_path / "rows"], check=True)
    return pickle.loads((tmp_path / "rows").read_bytes())


def test_same_seed_same_rows(home: Home, filled_content: dict) -> None:
    with clock.frozen(MOMENT):
        fill(600, 7)
    assert _content() == filled_content


def test_another_seed_another_academy(home: Home, filled_content: dict) -> None:
    with clock.frozen(MOMENT):
        fill(600, 8)
    content = _content()
    assert content["Candidate"] != filled_content["Candidate"]
    assert School.get_by_id(1).uai == "0310038Y"


@pytest.mark.postgresql
def test_postgresql_holds_the_same(postgresql_home: Home, filled_content: dict) -> None:
    with clock.frozen(MOMENT):
        fill(600, 7)
    assert _content() == filled_content
    created = School.create(uai="0319999Z", name="Nouveau", academy=1)
    assert created.id == len(filled_content["School"]) + 1


def test_numbers_of_people_and_schools_are_valid(filled: Home) -> None:
    assert [school.uai for school in School.select() if uai_fault(school.uai)] == []
    candidates = list(Candidate.select())
    assert [row.ine for row in candidates if row.ine and ine_fault(row.ine)] == []
    assert [row.number for row in candidates if row.number and candidate_number_fault(row.number)] == []
    assert len({row.ine for row in candidates if row.ine}) > 550
    assert {len(row.ine) for row in candidates if row.ine} == {11}


def test_addresses_are_nobodys(filled: Home) -> None:
    mails = [row.email for row in [*Candidate.select(), *School.select(), *User.select()] if row.email]
    mails += [row.guardian_emails for row in Candidate.select() if row.guardian_emails]
    assert mails
    assert [
        mail for mail in mails if not mail.endswith((".example.org", "@familles.example.net")) or not mail.isascii()
    ] == []
    numbers = {
        phone.split()[0] + phone[2:8] for row in Candidate.select() for phone in (row.phone, row.mobile) if phone
    }
    assert numbers <= {"05 36 49", "02 61 91", "06 39 98"}


def test_the_base_is_sound(filled: Home) -> None:
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert schema_differences(database, list(ALL_MODELS)) == []


def test_the_making_is_in_the_audit_log_once(filled: Home) -> None:
    (entry,) = AuditEntry.select()
    assert entry.action == "demo.fill"
    assert audit.verify().sound


def test_candidates_are_in_alphabetical_order_and_indexed(filled: Home) -> None:
    rows = list(Candidate.select().order_by(Candidate.rank))
    assert len(rows) == 600
    keys = [sort_key(row.family_name, row.first_names) for row in rows]
    assert all(one <= other for one, other in pairwise(keys))
    for row in rows:
        assert row.words == index_words(row.family_name, row.usage_name, row.first_names)
        assert (row.number_reversed or "")[::-1] == (row.number or "")
        assert (row.ine_reversed or "")[::-1] == (row.ine or "")
    for row in rows[::50]:
        found = database.execute_sql(
            "SELECT rowid FROM candidate_index WHERE candidate_index MATCH ?", (row.words.split()[0],)
        ).fetchall()
        assert (row.rank,) in found
    # A contentless index that disagrees with the words it was given shows when it is told to forget them.
    with database.atomic() as transaction:
        Candidate.update(words="nouveau").where(Candidate.id == rows[0].id).execute()
        database.execute_sql("INSERT INTO candidate_index(candidate_index) VALUES ('integrity-check')")
        transaction.rollback()


def test_namesakes_written_differently_share_one_place() -> None:
    people = [person for person in Population(3).people(30_000) if sort_key(person.family_name, "") == "nguyen\t"]
    assert len({person.family_name for person in people}) == 2
    keys = [sort_key(person.family_name, person.first_names) for person in people]
    assert keys == sorted(keys)


def test_every_kind_of_name_is_there() -> None:
    people = list(Population(1).people(20_000))
    for culture in CULTURES:
        assert {person.family_name for person in people} & set(culture.surnames)
    names = {f"{person.family_name} {person.first_names}" for person in people}
    for kind in ("DE LA ", "D'", "-", "Ş", "Ł", "Ễ", "'H", "Œ"):
        assert any(kind in name for name in names), kind
    assert max(map(len, names)) > 40


def test_most_is_assigned_and_something_is_left_to_do(filled: Home) -> None:
    registered = EpreuveRegistration.select().where(EpreuveRegistration.position == Position.REGISTERED.value).count()
    assigned = Assignment.select().count()
    with_room = Assignment.select().where(Assignment.room.is_null(False)).count()
    assert 0.75 * registered < assigned < registered
    assert 0.75 * assigned < with_room < assigned
    positions = {row.position for row in EpreuveRegistration.select()}
    assert positions == {position.value for position in Position}


def test_assignments_are_possible(filled: Home) -> None:
    rows = Assignment.select(Assignment, Epreuve).join(Epreuve)
    seats: dict[tuple[int, int], int] = {}
    for row in rows:
        assert row.epreuve.start_date <= row.date <= row.epreuve.end_date
        assert row.date.weekday() < 5
        assert row.start_time < row.end_time
        if row.room_id is not None:
            assert row.room.school_id == row.centre.school_id
            if row.epreuve.form == Form.WRITTEN.value:
                key = row.room_id, row.epreuve_id
                seats[key] = seats.get(key, 0) + 1
    assert seats
    capacities = {room.id: room.capacity for room in Room.select()}
    assert [key for key, taken in seats.items() if taken > capacities[key[0]]] == []
    foreign = (
        Assignment.select()
        .join(
            EpreuveRegistration,
            on=(
                (EpreuveRegistration.registration == Assignment.registration)
                & (EpreuveRegistration.epreuve == Assignment.epreuve)
            ),
        )
        .where(EpreuveRegistration.position == Position.REGISTERED.value)
        .count()
    )
    assert foreign == Assignment.select().count()


def test_saved_selections_find_somebody(filled: Home) -> None:
    rows = list(SavedSelection.select(SavedSelection, User).join(User))
    assert rows
    for row in rows:
        assert count(actor_for(row.owner.login), Search(where=row.criteria)) > 0, row.name


def test_hlp_is_taken_in_both_halves_or_none(filled: Home) -> None:
    halves = list(Epreuve.select().where(Epreuve.code == "C009").order_by(Epreuve.id))
    assert [half.twin_id for half in halves] == [halves[1].id, halves[0].id]
    takers = [
        {row.registration_id for row in EpreuveRegistration.select().where(EpreuveRegistration.epreuve == half)}
        for half in halves
    ]
    assert takers[0] and takers[0] == takers[1]


def test_pupils_are_in_the_classes_of_their_candidatures(filled: Home) -> None:
    rows = Registration.select(Registration, Student).join(
        Student, on=(Student.candidate == Registration.candidate), attr="student"
    )
    assert rows.count() > 300
    assert all(row.division == row.student.division and row.school_id == row.student.school_id for row in rows)


def test_a_second_start_finds_what_was_left(tmp_path: Path) -> None:
    first = demo_home.prepare(tmp_path / "demo", 20, 1)
    with homes.connected():
        Candidate.update(first_names="Changé").where(Candidate.id == 1).execute()
    second = demo_home.prepare(tmp_path / "demo")
    assert (first.is_new, second.is_new, second.candidates) == (True, False, 20)
    with homes.connected():
        assert Candidate.get_by_id(1).first_names == "Changé"
    third = demo_home.prepare(tmp_path / "demo", anew=True)
    assert third.is_new
    with homes.connected():
        assert Candidate.get_by_id(1).first_names != "Changé"


INTERRUPTED = '{"version": 1, "candidates": 20, "seed": 1, "complete": false}'


def test_an_interrupted_making_is_made_again(tmp_path: Path) -> None:
    demo_home.prepare(tmp_path / "demo", 20, 1)
    (tmp_path / "demo" / DEMO_FILE).write_text(INTERRUPTED)
    assert demo_home.prepare(tmp_path / "demo", 20, 1).is_new
    with homes.connected():
        assert Candidate.select().count() == 20


def test_an_interruption_before_anything_was_written_is_made_again(new_home) -> None:
    path = new_home("demo").path
    homes.forget()
    (path / DEMO_FILE).write_text(INTERRUPTED)
    assert demo_home.prepare(path, 20, 1).is_new


def test_one_that_is_being_made_is_left_alone(tmp_path: Path) -> None:
    demo_home.prepare(tmp_path / "demo", 20, 1)
    with (tmp_path / "demo" / DEMO_FILE).open("r+") as marker:
        marker.truncate(0)
        marker.write(INTERRUPTED)
        marker.flush()
        fcntl.flock(marker, fcntl.LOCK_EX)
        with pytest.raises(HomeError, match="Un autre programme"):
            demo_home.prepare(tmp_path / "demo", 20, 1)
    assert homes.exists(tmp_path / "demo")
    assert demo_home.prepare(tmp_path / "demo", 20, 1).is_new


def _tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
        if not path.name.endswith(("-wal", "-shm"))
    }


def _refuses(path: Path, match: str) -> None:
    before = _tree(path)
    for anew in (False, True):
        with pytest.raises(HomeError, match=match):
            demo_home.prepare(path, 21, 1, anew=anew)
    assert _tree(path) == before


def test_real_data_are_never_touched(tmp_path: Path, new_home) -> None:
    _refuses(new_home("real").path, "vraies données")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("cher Monsieur")
    _refuses(tmp_path / "papers", "pas vide")


COMPLETE = '{"version": 1, "candidates": 20, "seed": 1, "complete": true}'
MARKERS = (
    "",
    "[]",
    "{}",
    "demo",
    '{"name": "demo"}',
    '{"version": 1, "candidates": "20", "seed": 1, "complete": false}',
    '{"version": 1, "candidates": 20, "seed": 1, "complete": false, "more": 1}',
    "[" * 100_000,
)


@pytest.mark.parametrize("marker", [*MARKERS, COMPLETE])
def test_a_folder_with_a_file_of_that_name_is_no_demonstration(tmp_path: Path, marker: str) -> None:
    folder = tmp_path / "papers"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "noel.jpg").write_bytes(b"jpg")
    (folder / "these.txt").write_text("trois ans de travail")
    (folder / DEMO_FILE).write_text(marker)
    _refuses(folder, "pas une démonstration")


def test_a_folder_of_papers_is_kept_whatever_the_marker_says(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "these.txt").write_text("trois ans de travail")
    (tmp_path / "papers" / DEMO_FILE).write_text(INTERRUPTED)
    _refuses(tmp_path / "papers", r"these\.txt")


@pytest.mark.parametrize("marker", [*MARKERS, COMPLETE, INTERRUPTED])
def test_a_real_home_with_a_marker_is_never_touched(new_home, marker: str) -> None:
    real = new_home("real")
    with homes.connected():
        audit.record("c.martin", "setup.init", after={"login": "c.martin"})
    (real.path / DEMO_FILE).write_text(marker)
    _refuses(real.path, "pas une démonstration")


def test_a_home_whose_base_is_elsewhere_is_no_demonstration(new_home) -> None:
    real = new_home("real", "sqlite:autre.db")
    (real.path / DEMO_FILE).write_text(INTERRUPTED)
    _refuses(real.path, "pas une démonstration")


@pytest.mark.parametrize("name", ["these.txt", "depots/secretariat/liste.csv", "backups/lettre.odt", "photos/noel.jpg"])
def test_what_was_put_beside_a_demonstration_is_not_deleted_with_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / "demo"
    demo_home.prepare(path, 20, 1)
    homes.forget()
    (path / name).parent.mkdir(parents=True, exist_ok=True)
    (path / name).write_text("à garder")
    before = _tree(path)
    with pytest.raises(HomeError, match=f"contient aussi «{Path(name).parts[0]}"):
        demo_home.prepare(path, anew=True)
    assert _tree(path) == before


def test_a_link_in_a_demonstration_is_not_followed(tmp_path: Path) -> None:
    demo_home.prepare(tmp_path / "demo", 20, 1)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "avant-mise-a-jour-20260101-000000.db").write_text("jpg")
    (tmp_path / "demo" / "backups").symlink_to(tmp_path / "photos")
    with pytest.raises(HomeError, match="backups"):
        demo_home.prepare(tmp_path / "demo", anew=True)
    assert list((tmp_path / "photos").iterdir())


def test_everything_that_the_program_makes_goes_with_a_demonstration_that_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "demo"
    demo_home.prepare(path, 20, 1)
    (path / "backups").mkdir()
    (path / "backups" / "avant-mise-a-jour-20260101-000000.db").write_text("copie")
    (path / "depots" / "secretariat").mkdir(parents=True)
    (path / "examtui.log").write_text("bug")
    set_value(path, "display.mouse", True)
    assert demo_home.prepare(path, anew=True).is_new
    assert sorted(name for name in _tree(path) if name.startswith(("backups", "depots", "examtui.log"))) == []


def _examtui(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "examtui", *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_command_says_what_was_made_and_what_to_try(tmp_path: Path) -> None:
    told = _examtui("demo", "--no-tui", "--candidates", "50", EXAMTUI_HOME=str(tmp_path / "demo"))
    assert told.returncode == 0, told.stderr
    assert str(tmp_path / "demo") in told.stdout
    assert "LPO BELLEVUE TOULOUSE (0310038Y)" in told.stdout
    for account in ACCOUNTS:
        assert account.login in told.stdout


@pytest.mark.parametrize(("login", "arguments"), EXAMPLES)
def test_every_command_to_try_works(_filled: Path, login: str, arguments: str) -> None:
    words = shlex.split(arguments)
    if words[0] not in COMMANDS:
        pytest.skip(f"no command {words[0]} yet")
    told = _examtui(*words, "--home", str(_filled), "--as", login)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.strip()


def test_no_home_is_named_the_demonstration_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXAMTUI_HOME")
    assert demo_home.default_path() != homes.default_path()
    assert demo_home.default_path().name == "examtui-demo"
