"""Writing a plan of records: ids given ahead, one ``executemany`` for each table, derived columns, audit entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from examtui import audit
from examtui.audit.changes import subject_type
from examtui.audit.log import Change
from examtui.database.bulk import execute_many, insert_rows
from examtui.database.connection import is_postgresql
from examtui.database.triggers import indexed_in_bulk
from examtui.imports.changes import RecordChange
from examtui.imports.engine import Context
from examtui.model import (
    ALL_MODELS,
    Assignment,
    Base,
    Candidate,
    EpreuveRegistration,
    ImportReport,
    Registration,
    Student,
)
from examtui.model.base import database
from examtui.search.fold import index_words, reverse_of, sort_key
from examtui.search.ranks import assign_ranks, reindex

_BULK: frozenset[type[Base]] = frozenset({Candidate, Student, Registration, EpreuveRegistration, Assignment})
"""Tables whose new records point to the report (``created_by``); those of the others have an audit entry each."""
_HELD: frozenset[type[Base]] = frozenset({EpreuveRegistration, Assignment})
"""What a candidature holds: corrected on the card at the candidature's revision, which therefore grows."""
_NAMED = frozenset({"family_name", "usage_name", "first_names", "number", "ine"})


def write_changes(records: Sequence[RecordChange], report: ImportReport, context: Context, action: str) -> None:
    """Write ``records`` and the audit entries of the import, in the caller's transaction."""
    done, total = 0, len(records)
    by_model: dict[type[Base], list[RecordChange]] = defaultdict(list)
    for record in records:
        by_model[record.model].append(record)
    ordered = sorted(by_model, key=ALL_MODELS.index)
    for model in ordered:
        new = [record for record in by_model[model] if record.is_new]
        for record, record_id in zip(new, new_ids(model, len(new)), strict=True):
            record.record_id = record_id
    for model in ordered:
        _create(model, [record for record in by_model[model] if record.is_new], report)
        _change(model, [record for record in by_model[model] if not record.is_new])
        done += len(by_model[model])
        context.progress("Enregistrement", done, total)
    record_audit(report, context.login, action, _entries(records))


def new_ids(model: type[Base], count: int) -> Sequence[int]:
    """Return ``count`` free ids of a table whose writers are locked out."""
    if count == 0:
        return ()
    table = model._meta.table_name
    if is_postgresql(database):
        rows = database.execute_sql(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", (table, count)
        )
        return [int(row[0]) for row in rows.fetchall()]
    last = database.execute_sql(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0]
    return range(last + 1, last + 1 + count)


def update_rows(model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set ``columns`` of records; each row is their database values, then the id. ``revision`` grows where there is."""
    settings = [f'"{name}" = ?' for name in columns]
    if "revision" in model._meta.fields:
        settings.append('"revision" = "revision" + 1')
    execute_many(database, f'UPDATE "{model._meta.table_name}" SET {", ".join(settings)} WHERE "id" = ?', rows)


def record_audit(report: ImportReport, login: str, action: str, changes: Iterable[Change]) -> None:
    """Log the import itself (file, SHA-256, counts), then one entry for each of ``changes``."""
    own = Change(
        "import_report",
        report.id,
        {
            "file": report.file_name,
            "sha256": report.sha256,
            "kind": report.kind,
            **{
                name: getattr(report, name)
                for name in ("total", "created", "changed", "unchanged", "gone", "passed_over")
            },
        },
    )
    audit.record_many(login, action, [own, *changes])


def candidate_columns(ranks: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what follows from the names and numbers of new candidates: words, place, reversed numbers."""
    return [
        {
            "rank": rank,
            "words": index_words(row["family_name"], row.get("usage_name") or "", row["first_names"]),
            "number_reversed": reverse_of(row.get("number")),
            "ine_reversed": reverse_of(row.get("ine")),
        }
        for rank, row in zip(ranks, rows, strict=True)
    ]


def _create(model: type[Base], records: list[RecordChange], report: ImportReport) -> None:
    if not records:
        return
    values = [_full_row(model, record) for record in records]
    if model in _BULK:
        for row in values:
            row["created_by_id"] = report.id
    if model is Candidate:
        ranks = assign_ranks([sort_key(row["family_name"], row["first_names"]) for row in values])
        for row, derived in zip(values, candidate_columns(ranks, values), strict=True):
            row.update(derived)
        values.sort(key=lambda row: row["rank"])
    late = _later_links(values)
    columns = list(values[0])
    fields = [model._meta.columns[name] for name in columns]
    with indexed_in_bulk(database) if model is Candidate else nullcontext():
        insert_rows(
            model,
            columns,
            ([field.db_value(row[name]) for field, name in zip(fields, columns, strict=True)] for row in values),
        )
    for column, links in late.items():
        update_rows(model, [column], links)


def _full_row(model: type[Base], record: RecordChange) -> dict[str, Any]:
    row: dict[str, Any] = {"id": record.record_id}
    for name, field in model._meta.columns.items():
        if name == "id":
            continue
        value = record.after.get(name)
        if value is None and not field.null:
            value = field.default
        row[name] = value.record_id if isinstance(value, RecordChange) and value.model is not model else value
    return row


def _later_links(values: list[dict[str, Any]]) -> dict[str, list[tuple[int, int]]]:
    """Take links between new records of one table out of ``values``: they are set when all are there."""
    late: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in values:
        for name, value in row.items():
            if isinstance(value, RecordChange):
                late[name].append((int(value.record_id or 0), row["id"]))
                row[name] = None
    return late


def _change(model: type[Base], records: list[RecordChange]) -> None:
    by_columns: dict[tuple[str, ...], list[RecordChange]] = defaultdict(list)
    for record in records:
        by_columns[tuple(record.after)].append(record)
    for columns, group in by_columns.items():
        fields = [model._meta.columns[name] for name in columns]
        update_rows(
            model,
            columns,
            (
                [
                    *(field.db_value(_plain(record.after[name])) for field, name in zip(fields, columns, strict=True)),
                    record.record_id,
                ]
                for record in group
            ),
        )
    if model in _HELD:
        execute_many(
            database,
            'UPDATE "registration" SET "revision" = "revision" + 1 '
            f'WHERE "id" = (SELECT "registration_id" FROM "{model._meta.table_name}" WHERE "id" = ?)',
            [(record.record_id,) for record in records],
        )
    if model is Candidate:
        renamed = [record.record_id for record in records if _NAMED & record.after.keys()]
        reindex([record_id for record_id in renamed if record_id is not None])


def _plain(value: Any) -> Any:
    return value.record_id if isinstance(value, RecordChange) else value


def _entries(records: Sequence[RecordChange]) -> Iterable[Change]:
    for record in records:
        if record.is_new and record.model in _BULK:
            continue
        payload: dict[str, Any] = {"after": {name: _plain(value) for name, value in record.after.items()}}
        if record.before is not None:
            payload["before"] = record.before
        yield Change(subject_type(record.model), record.record_id, payload)
