"""The audit log reads in French: no action, record or field is left in the code's words."""

import pkgutil
from importlib import import_module

import examtui
from examtui.access.usecases import REGISTRY
from examtui.audit.changes import subject_type
from examtui.audit.labels import (
    ACTION_LABELS,
    FIELD_LABELS,
    SUBJECT_LABELS,
    action_label,
    field_label,
    subject_label,
)
from examtui.model import ALL_MODELS

NEVER_LOGGED = {
    "academy", "student", "exam", "audit_entry", "audit_payload", "audit_head", "import_message", "grant",
}  # fmt: skip
DERIVED = {
    "id", "rank", "words", "revision", "number_reversed", "ine_reversed", "at", "action", "subject_type", "subject_id",
    "digest", "mac", "body", "count", "entry", "severity", "line", "field", "reason", "cure",
}  # fmt: skip


def test_every_use_case_that_writes_has_a_french_name() -> None:
    for module in pkgutil.walk_packages(examtui.__path__, "examtui."):
        if not module.name.startswith(("examtui.screens", "examtui.templates", "examtui.__main__")) and (
            ".migrations" not in module.name
        ):
            import_module(module.name)
    writing = {name for name, use_case in REGISTRY.items() if use_case.writes}
    assert len(writing) > 20
    assert sorted(writing - set(ACTION_LABELS)) == []


def test_every_record_and_field_has_a_french_name() -> None:
    kinds = {subject_type(model) for model in ALL_MODELS}
    assert sorted(kinds - NEVER_LOGGED - set(SUBJECT_LABELS)) == []
    fields = {name for model in ALL_MODELS for name in model._meta.fields}
    missing = {name for name in fields - DERIVED if not {name, name.removesuffix("_id")} & set(FIELD_LABELS)}
    assert sorted(missing) == []


def test_names_of_a_newer_program_show_as_they_are() -> None:
    assert action_label("nouveau.geste") == "nouveau.geste"
    assert subject_label("machin") == "machin"
    assert field_label("truc") == "truc"
    assert field_label("school_id") == "établissement"
