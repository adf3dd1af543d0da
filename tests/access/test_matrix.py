"""Every use case with every role, in its place and as a stranger (PRODUCT.md, table of roles).

The cases are in ``support/matrix_*.py``; ``support/matrix.py`` says how to add one. A use case that no table knows
fails ``test_the_tables_know_every_use_case``. Allowed: the call works, and leaves an audit entry if it writes.
Forbidden, or another's record: nothing at all changes, and a stranger reads the very words that an absent record gives.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from support.matrix import MARK, ROLES, Case, Ids, absent
from support.matrix_administration import ADMINISTRATION, IMPORTS, SELECTIONS
from support.matrix_by_hand import BY_HAND
from support.matrix_organisation import CANDIDATES, EXAMS, ORGANISATION

import examtui
from examtui import audit
from examtui import home as homes
from examtui.access import Actor, actor_for
from examtui.access.usecases import REGISTRY
from examtui.administration.journal import list_entries
from examtui.errors import ExamtuiError, Forbidden
from examtui.imports.engine import Preview
from examtui.model import ALL_MODELS, AuditEntry, Grant, User
from examtui.model.base import database

CASES: dict[str, Case] = {**ORGANISATION, **EXAMS, **CANDIDATES, **BY_HAND, **ADMINISTRATION, **SELECTIONS, **IMPORTS}
_CODE = re.compile(r"[a-z]_[a-z]|\d{4}-\d{2}-\d{2}|None|True|False|^\{|^\[")
"""What no person reads: names of the code, ISO dates, Python's or JSON's own values."""
_FACES = ("examtui.cli", "examtui.screens", "examtui.templates", "examtui.database.migrations")


def _import_all() -> None:
    """Import every module that may register a use case."""
    for module in pkgutil.walk_packages(examtui.__path__, "examtui."):
        if not module.name.startswith(_FACES) and module.name != "examtui.__main__":
            importlib.import_module(module.name)


_import_all()


def test_the_tables_know_every_use_case() -> None:
    unknown, gone = sorted(set(REGISTRY) - set(CASES)), sorted(set(CASES) - set(REGISTRY))
    assert not unknown, f"add a Case for these use cases, see support/matrix.py: {unknown}"
    assert not gone, f"take away the cases of these use cases: {gone}"


def _content() -> tuple[object, ...]:
    """Everything that a call could change: all tables, and the settings file."""
    rows = [
        tuple(database.execute_sql(f'SELECT * FROM "{model._meta.table_name}" ORDER BY 1').fetchall())
        for model in ALL_MODELS
    ]
    settings = homes.current().path / "examtui.toml"
    return (*rows, settings.read_bytes() if settings.exists() else None)


def _run(name: str, actor: Actor, ids: Ids) -> Any:
    arguments, named = CASES[name].call(ids)
    return REGISTRY[name].function(actor, *arguments, **named)


def _assert_readable(made: list[AuditEntry]) -> None:
    """What the call left reads in French in the journal, to the last field."""
    lines = list_entries(actor_for("second-admin"), above=made[0].id - 1, limit=len(made))
    assert len(lines) == len(made)
    for line in lines:
        shown = [line.label, line.subject, *(part for change in line.changes() for part in change)]
        assert line.changes(), f"{line.action} tells of no change"
        unread = [part for part in shown if not part or _CODE.search(part)]
        assert not unread, f"{line.action} shows {unread}"


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Collect what the block asks of the database, but for what goes through ``executemany``."""
    real, asked = database.obj, []
    execute = real.execute_sql
    real.execute_sql = lambda sql, *given, **named: asked.append(sql) or execute(sql, *given, **named)
    try:
        yield asked
    finally:
        del real.execute_sql


def _written_after_logging(asked: list[str]) -> list[str]:
    """What is written while the head of the log is held: whoever holds that row may be waiting for the head."""
    held = next(place for place, sql in enumerate(asked) if '"audit_head"' in sql)
    return [sql for sql in asked[held:] if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "audit_" not in sql]


def _refusal(name: str, actor: Actor, ids: Ids) -> ExamtuiError:
    """Call, and return the error; nothing may have changed."""
    before = _content()
    try:
        _run(name, actor, ids)
    except ExamtuiError as error:
        assert _content() == before, f"{name} changed something although it refused {actor.login}"
        return error
    raise AssertionError(f"{name} refused nothing to {actor.login}")


def _answer(name: str, actor: Actor, ids: Ids) -> Any:
    """What a stranger gets: the error, or the preview that tells it; nothing may have changed."""
    if CASES[name].refusal is not Preview:
        return _refusal(name, actor, ids)
    before = _content()
    answer = _run(name, actor, ids)
    assert answer.errors, f"{name} previews a stranger's record to {actor.login}"
    assert _content() == before
    return answer


def _told(answer: Any) -> str:
    """What a user reads of an error, or of a preview."""
    problems = [(problem.reason, problem.cure) for problem in getattr(answer, "problems", ())]
    return f"{answer if isinstance(answer, Exception) else answer.changes} {problems}"


@pytest.mark.parametrize("name", sorted(set(CASES) & set(REGISTRY)))
def test_roles(name: str, ids: Ids) -> None:
    case, entry = CASES[name], REGISTRY[name]
    for letter, role in ROLES.items():
        actor = actor_for(role.value)
        if letter not in case.roles:
            assert isinstance(_refusal(name, actor, ids), Forbidden), f"{name} must be forbidden to {role}"
            continue
        with database.atomic() as transaction:
            case.prepare(ids, actor.login)
            before, entries = _content(), AuditEntry.select().count()
            with _statements() as asked:
                answer = _run(name, actor, ids)
            if entry.writes:
                made = list(AuditEntry.select().where(AuditEntry.id > entries))
                assert made, f"{name} left no audit entry for {role}"
                assert {row.login for row in made} == {actor.login}
                _assert_readable(made)
                assert not _written_after_logging(asked), f"{name} must log as its last act"
                assert audit.verify().sound
            else:
                assert _content() == before, f"{name} reads, and changed something for {role}"
            if case.lists:
                assert MARK in repr(answer), f"{name} hides from {role} what is its own"
            transaction.rollback()


@pytest.mark.parametrize("name", sorted(set(CASES) & set(REGISTRY)))
def test_nobody_without_grant_and_nobody_disabled(name: str, ids: Ids) -> None:
    assert isinstance(_refusal(name, actor_for("nobody"), ids), Forbidden)
    with pytest.raises(Forbidden):
        actor_for("disabled")
    actor = replace(actor_for("second-admin"), login="disabled")
    assert isinstance(_refusal(name, actor, ids), Forbidden), f"{name} lets a disabled user in"
    User.update(disabled=False).where(User.login == "disabled").execute()
    actor = actor_for("disabled")
    Grant.delete().where(Grant.user == User.get(User.login == "disabled")).execute()
    assert isinstance(_refusal(name, actor, ids), Forbidden), f"{name} lets a user in whose grants were revoked"


def _strangers(case: Case) -> list[Actor]:
    logins = []
    for letter in case.roles:
        role = ROLES.get(letter)
        if role is None or letter == "A":
            continue
        logins.append(f"{role.value}-elsewhere")
        if letter in "SH" and case.neighbours:
            logins.append(f"{role.value}-neighbour")
    return [actor_for(login) for login in logins]


@pytest.mark.parametrize("name", sorted(name for name in set(CASES) & set(REGISTRY) if CASES[name].strangers))
def test_strangers(name: str, ids: Ids) -> None:
    case = CASES[name]
    nowhere = replace(ids, **{case.target: absent(case.target)}) if case.target else ids
    for actor in _strangers(case):
        if not case.target:
            with database.atomic() as transaction:
                answer = _run(name, actor, ids)
                assert MARK not in repr(answer), f"{name} tells {actor.login} of a stranger's record"
                transaction.rollback()
            continue
        one, other = _answer(name, actor, ids), _answer(name, actor, nowhere)
        assert type(one) is type(other) is case.refusal, f"{name} answers {actor.login} with {one!r} and {other!r}"
        typed = {str(getattr(ids, case.target)), str(getattr(nowhere, case.target))}
        sentences = [_told(one), _told(other)]
        for value in typed:
            sentences = [sentence.replace(value, "…") for sentence in sentences]
        assert sentences[0] == sentences[1]
        assert MARK not in sentences[0]
