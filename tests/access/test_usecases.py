"""What a use case does around its function: permission, transaction, and the database's refusals in French."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from support.factory import Factory

from examtui import audit
from examtui.access import Actor, Permission, actor_for, use_case
from examtui.access.permissions import PERMISSION_LABELS, PERMISSIONS, ROLE_LABELS
from examtui.access.usecases import REGISTRY
from examtui.administration import users
from examtui.database.bulk import insert_rows
from examtui.database.refusals import unavailable
from examtui.enrolment.candidates import Search, search
from examtui.enrolment.exams import list_sessions
from examtui.errors import Conflict, Forbidden, InvalidInput, Unavailable
from examtui.home import Home
from examtui.model import Academy, AuditEntry, Grant, School, User
from examtui.model.base import database
from examtui.model.identity import Role


@pytest.fixture
def probe() -> Iterator[Callable[..., object]]:
    """A use case of the test's own: it writes an academy, as many times as asked, and an entry."""

    @use_case("test.probe", Permission.MANAGE_PLACES, writes=True)
    def write(actor: Actor, code: str = "20", *, times: int = 1, then: Exception | None = None) -> str:
        for _ in range(times):
            Academy.create(code=code, name=actor.login)
        audit.record(actor.login, "test.probe")
        if then is not None:
            raise then
        return actor.login

    yield write
    del REGISTRY["test.probe"]


def _nothing_written() -> bool:
    return not Academy.select().where(Academy.code != "16").exists() and not AuditEntry.select().exists()


def test_it_runs_in_one_transaction(any_home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    manager = actor("manager", login="max")
    with pytest.raises(RuntimeError):
        probe(manager, then=RuntimeError())
    assert _nothing_written()
    assert probe(manager) == "max"
    assert AuditEntry.get().login == "max"


def test_permission_is_asked_first(any_home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    with pytest.raises(Forbidden, match="il faut le rôle «Gestionnaire DEC»"):
        probe(actor("school"))
    assert _nothing_written()


def test_grants_are_read_again(any_home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    manager = actor("manager", login="max")
    Grant.update(role=Role.COORDINATOR.value).execute()
    with pytest.raises(Forbidden):
        probe(manager)
    Grant.update(role=Role.MANAGER.value).execute()
    User.update(disabled=True).execute()
    with pytest.raises(Forbidden):
        probe(manager)
    assert _nothing_written()


def test_an_open_screen_reads_nothing_more_once_its_user_is_shut_out(any_home: Home, make: Factory) -> None:
    make.candidate(school=make.school())
    admin, max_, school = make.actor("admin"), make.actor("manager", login="max"), make.actor("school", login="lea")
    assert [search(actor, Search()).rows[0].family_name for actor in (max_, school)] == ["ROSE BONBON"] * 2
    users.disable_user(admin, "max")
    with pytest.raises(Forbidden, match="désactivé"):
        search(max_, Search())
    users.revoke_role(admin, "lea", Role.SCHOOL, School.get().uai)
    with pytest.raises(Forbidden, match="il faut le rôle"):
        search(school, Search())
    users.enable_user(admin, "max")
    assert search(max_, Search()).rows


def test_asking_whether_the_actor_still_stands_costs_one_row(
    any_home: Home, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, asked = make.actor("admin"), []
    users.add_user(admin, "lea")
    list_sessions(admin)
    execute = database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda *given, **named: asked.append(given) or execute(*given))
    list_sessions(admin)
    assert len(asked) == 2, "the head of the log, and the sessions"


def test_a_record_that_stands_already_is_a_conflict(any_home: Home, actor: Callable, probe: Callable) -> None:
    manager = actor("manager")
    with pytest.raises(Conflict, match="relisez et recommencez"):
        probe(manager, times=2)
    assert _nothing_written()
    probe(manager)


def test_so_is_one_in_a_bulk_write(any_home: Home, actor: Callable[..., Actor]) -> None:
    @use_case("test.bulk", Permission.MANAGE_PLACES, writes=True)
    def write(_actor: Actor) -> None:
        insert_rows(Academy, ["code", "name"], [("20", "x"), ("20", "x")])

    try:
        with pytest.raises(Conflict):
            write(actor("manager"))
    finally:
        del REGISTRY["test.bulk"]
    assert _nothing_written()


@pytest.mark.postgresql
@pytest.mark.parametrize("code", ["2\x00", "20 trop long"])
def test_what_the_server_does_not_take_is_told(
    postgresql_home: Home, actor: Callable[..., Actor], probe: Callable, code: str
) -> None:
    with pytest.raises(InvalidInput, match="trop longue, ou contient un caractère"):
        probe(actor("manager"), code)
    assert _nothing_written()


def test_a_busy_base_is_told(home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    manager = actor("manager")
    database.execute_sql("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(home.path / "examtui.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="occupée par un autre travail"):
        probe(manager)
    other.execute("ROLLBACK")
    other.close()
    assert probe(manager)


def test_a_full_disk_is_told(home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    manager = actor("manager")
    (pages,) = database.execute_sql("PRAGMA page_count").fetchone()
    database.execute_sql(f"PRAGMA max_page_count = {pages}")

    @use_case("test.large", Permission.MANAGE_PLACES, writes=True)
    def write(_actor: Actor) -> None:
        insert_rows(
            School,
            ["uai", "name", "academy_id"],
            ((f"{number:08}", "x" * 1000, Academy.get().id) for number in range(1000)),
        )

    try:
        with pytest.raises(Unavailable, match="disque est plein"):
            write(manager)
    finally:
        del REGISTRY["test.large"]
    assert (School.select().count(), database.in_transaction()) == (0, False)


def test_a_base_that_cannot_be_written_is_told(home: Home, actor: Callable[..., Actor], probe: Callable) -> None:
    manager = actor("manager")
    database.execute_sql("PRAGMA query_only = 1")
    with pytest.raises(Unavailable, match="lecture seule"):
        probe(manager)


def test_two_use_cases_have_two_names(probe: Callable) -> None:
    with pytest.raises(RuntimeError, match="two use cases"):
        use_case("test.probe", Permission.READ_HOME)(lambda actor: None)


def test_scopes_are_those_of_the_grants_with_the_permission(any_home: Home, make: Factory) -> None:
    school, other = make.school(), make.school(academy=make.academy("14", "Rennes"))
    user = make.user("lea", Role.SCHOOL, school=school)
    Grant.create(user=user, role=Role.MANAGER.value, academy=other.academy)
    lea = actor_for("lea")
    reads = lea.scope(Permission.READ_CANDIDATES)
    assert (reads.schools, reads.academies, reads.everything) == ({school.id}, {other.academy_id}, False)
    manages = lea.scope(Permission.MANAGE_PLACES)
    assert manages.covers_academy(other.academy_id)
    assert not manages.covers_academy(school.academy_id)
    assert lea.scope(Permission.MANAGE_USERS).schools == frozenset()
    assert make.actor("admin").scope(Permission.MANAGE_USERS).covers_academy(school.academy_id)


def test_every_role_and_permission_has_its_french_name() -> None:
    assert set(ROLE_LABELS) == set(PERMISSIONS) == set(Role)
    assert set(PERMISSION_LABELS) == set(Permission)
    assert {permission for held in PERMISSIONS.values() for permission in held} == set(Permission)


def test_the_administrator_changes_no_exam_data() -> None:
    changing = {
        permission
        for permission in Permission
        if permission.startswith(("import_", "correct_", "manage_"))
        and permission not in (Permission.MANAGE_USERS, Permission.MANAGE_SETTINGS)
    }
    assert PERMISSIONS[Role.ADMIN] & changing == set()


@pytest.mark.parametrize(
    "words",
    ["deadlock detected", "Bloquage mortel détecté", "could not serialize access", "n'a pas pu sérialiser un accès"],
)
def test_two_who_wait_for_each_other_are_told_to_try_again(words: str) -> None:
    assert "recommencez dans un instant" in str(unavailable(RuntimeError(words)))
