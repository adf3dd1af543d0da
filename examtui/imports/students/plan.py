"""What importing pupils would do to a school, and doing it: columns of tuples rather than records, for speed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from examtui.database.bulk import insert_rows
from examtui.database.connection import is_postgresql
from examtui.database.triggers import indexed_in_bulk
from examtui.identifiers import Fault
from examtui.imports.changes import CREATED, GONE, Changes, ChangeView, Counts, RecordChange, shown, warn_of_kept
from examtui.imports.engine import Context
from examtui.imports.matching import IdentityKey, identity_key
from examtui.imports.problems import Problems, plural
from examtui.imports.students.pupils import CANDIDATE_FIELDS, FIRST_STUDENT_FIELD, LABELS, STUDENT_FIELDS, Pupils
from examtui.imports.write import new_ids, write_changes
from examtui.model import Candidate, ImportReport, Student
from examtui.model.base import database
from examtui.search.fold import index_words, sort_key
from examtui.search.ranks import assign_ranks

_STUDENT_ID = 2 + len(CANDIDATE_FIELDS)
_LEFT_ON = _STUDENT_ID + 1 + len(STUDENT_FIELDS)
_CHUNK = 10_000
_FEW_LEFT = 10


@dataclass
class StudentsPlan:
    """New pupils by their place in ``pupils.rows``, and every other change as records."""

    pupils: Pupils
    changes: Changes
    created: list[int] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """Pupils of the file by what becomes of them, and those who have left."""
        outcomes = self.changes.outcomes
        return Counts(
            total=self.pupils.total,
            created=len(self.created),
            changed=outcomes["changed"],
            unchanged=outcomes["unchanged"],
            gone=self.changes.gone,
            passed_over=self.pupils.passed_over,
        )

    def sample(self, most: int) -> tuple[ChangeView, ...]:
        """Those who have left first, then the changed, then the new."""
        gone = [change for change in self.changes.records if change.after.get("left_on")]
        views = [ChangeView(GONE, change.subject, None, _leaving(change)) for change in gone]
        views += [view for view in self.changes.sample(most + len(gone)) if not _is_leaving(view)]
        for number in self.created[: max(0, most - len(views))]:
            views.append(ChangeView(CREATED, _subject(self.pupils.rows[number]), self.pupils.line(number)))
        return tuple(views[:most])

    def digest(self) -> str:
        """Return a digest of every change."""
        digest = hashlib.sha256(self.changes.digest().encode())
        for number in self.created:
            digest.update(self.pupils.rows[number][0].encode())
        return digest.hexdigest()

    def write(self, report: ImportReport, context: Context, action: str) -> None:
        """Insert the new pupils in the order of their ranks, then write the other changes."""
        school: Any = context.school
        rows = [self.pupils.rows[number] for number in self.created]
        with indexed_in_bulk(database):
            _insert(rows, school.id, school.academy_id, report.id, context)
        write_changes(self.changes.records, report, context, action)


def _leaving(change: RecordChange) -> tuple[tuple[str, str, str], ...]:
    return ((LABELS["left_on"], "", shown(change.after["left_on"])),)


def _is_leaving(view: ChangeView) -> bool:
    return any(label == LABELS["left_on"] and after for label, _, after in view.fields)


def plan_students(pupils: Pupils, context: Context, problems: Problems) -> StudentsPlan:
    """Compare ``pupils`` with those of ``context.school``."""
    school: Any = context.school
    changes = Changes(problems, LABELS)
    plan = StudentsPlan(pupils, changes)
    held = _held(school.id)
    if not held:
        plan.created = list(range(len(pupils.rows)))
        return plan
    by_ine = {row[1]: row for row in held if row[1]}
    kept: dict[str, tuple[int, int | None]] = {}
    unknown: list[int] = []
    for number, pupil in enumerate(pupils.rows):
        row = by_ine.get(pupil[0])
        if row is None:
            unknown.append(number)
        else:
            _compare(changes, row, pupil, pupils.line(number), kept, school.id)
    _match_by_identity(plan, held, unknown, kept, school.id)
    warn_of_kept(kept, LABELS, problems)
    if pupils.is_whole:
        _find_gone(changes, held, pupils, context.today, problems)
    return plan


def _held(school_id: int) -> list[tuple[Any, ...]]:
    """The school's candidates: id, INE, ``CANDIDATE_FIELDS``, student's id, ``STUDENT_FIELDS``, ``left_on``, school."""
    query: Any = (
        Candidate.select(
            Candidate.id,
            Candidate.ine,
            *[getattr(Candidate, name) for name in CANDIDATE_FIELDS],
            Student.id,
            *[getattr(Student, name) for name in STUDENT_FIELDS],
            Student.left_on,
            Student.school_id,
        )
        .left_outer_join(Student, on=(Student.candidate == Candidate.id))
        .where(Candidate.school == school_id)
    )
    return list(query.tuples())


def _compare(
    changes: Changes,
    row: tuple[Any, ...],
    pupil: tuple[Any, ...],
    line: int | None,
    kept: dict[str, tuple[int, int | None]],
    school_id: int,
) -> None:
    """Plan what makes the held ``row`` that of ``pupil``, and count it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    subject = _subject(pupil)
    if row[1] != pupil[0]:
        before["ine"], after["ine"] = row[1], pupil[0]
    if row[2:_STUDENT_ID] != pupil[1:FIRST_STUDENT_FIELD]:
        _differences(CANDIDATE_FIELDS, row[2:_STUDENT_ID], pupil[1:FIRST_STUDENT_FIELD], line, before, after, kept)
    touched = bool(after)
    if after:
        changes.records.append(RecordChange(Candidate, subject, line, before, after, row[0]))
    enrolment = pupil[FIRST_STUDENT_FIELD:]
    if row[_STUDENT_ID] is None:
        values = dict(zip(STUDENT_FIELDS, enrolment, strict=True))
        changes.create(Student, subject, line, {"candidate_id": row[0], "school_id": school_id, **values})
        touched = True
    elif row[_STUDENT_ID + 1 :] != (*enrolment, None, school_id):
        before, after = {}, {}
        _differences(STUDENT_FIELDS, row[_STUDENT_ID + 1 : _LEFT_ON], enrolment, line, before, after, kept)
        if row[_LEFT_ON] is not None:
            before["left_on"], after["left_on"] = row[_LEFT_ON], None
        if row[_LEFT_ON + 1] != school_id:
            before["school_id"], after["school_id"] = row[_LEFT_ON + 1], school_id
        if after:
            changes.records.append(RecordChange(Student, subject, line, before, after, row[_STUDENT_ID]))
            touched = True
    changes.outcomes["changed" if touched else "unchanged"] += 1


def _differences(
    names: tuple[str, ...],
    held: tuple[Any, ...],
    read: tuple[Any, ...],
    line: int | None,
    before: dict[str, Any],
    after: dict[str, Any],
    kept: dict[str, tuple[int, int | None]],
) -> None:
    for name, old, new in zip(names, held, read, strict=True):
        if old == new:
            continue
        if new in ("", None):
            if old not in ("", None) and name not in ("siecle_id", "local_number", "regime", "entered_on"):
                count, first = kept.get(name, (0, line))
                kept[name] = (count + 1, first)
        else:
            before[name], after[name] = old, new


def _match_by_identity(
    plan: StudentsPlan,
    held: list[tuple[Any, ...]],
    unknown: list[int],
    kept: dict[str, tuple[int, int | None]],
    school_id: int,
) -> None:
    """Match those whose INE is not known here to candidates without INE; the others are new."""
    without: dict[IdentityKey | None, list[tuple[Any, ...]]] = {}
    known: dict[IdentityKey | None, str] = {}
    for row in held if unknown else ():
        key = identity_key(row[2], row[4], row[6])
        if row[1]:
            known[key] = row[1]
        else:
            without.setdefault(key, []).append(row)
    for number in unknown:
        pupil, line = plan.pupils.rows[number], plan.pupils.line(number)
        key = identity_key(pupil[1], pupil[3], pupil[5])
        alike = without.get(key, []) if key else []
        if len(alike) == 1:
            _compare(plan.changes, without.pop(key)[0], pupil, line, kept, school_id)
            continue
        plan.created.append(number)
        if alike or (key and key in known):
            other = f"l'INE {known[key]}" if key in known else f"{plural(len(alike), 'candidat')} sans INE"
            plan.changes.problems.warn(
                Fault(
                    f"même nom, même prénom et même date de naissance que {other} : une nouvelle fiche est créée",
                    "vérifiez s'il s'agit de la même personne",
                ),
                line=line,
                subject=f"INE {pupil[0]}",
            )


def _find_gone(changes: Changes, held: list[tuple[Any, ...]], pupils: Pupils, today: date, problems: Problems) -> None:
    """Plan the leaving of pupils that the whole list of the school no longer holds, or says have left."""
    present = {pupil[0] for pupil in pupils.rows}
    enrolled = [row for row in held if row[_STUDENT_ID] is not None and row[_LEFT_ON] is None]
    for row in enrolled:
        ine = row[1]
        siecle_id = row[_STUDENT_ID + 1]
        if ine in pupils.left and ine not in present:
            left_on = pupils.left[ine]
        elif ine in present or ine in pupils.present or (siecle_id and siecle_id in pupils.present):
            continue
        else:
            left_on = today
        subject = f"{row[2]} {row[4]} (INE {ine})" if ine else f"{row[2]} {row[4]}"
        changes.records.append(
            RecordChange(Student, subject, None, {"left_on": None}, {"left_on": left_on}, row[_STUDENT_ID])
        )
        changes.gone += 1
    if changes.gone > _FEW_LEFT and changes.gone * 2 > len(enrolled):
        problems.warn(
            Fault(
                f"{plural(changes.gone, 'élève')} sur {len(enrolled)} ne sont plus dans le fichier ou y sont sortis",
                "vérifiez que c'est l'export complet de l'établissement avant d'importer",
            )
        )


def _subject(pupil: tuple[Any, ...]) -> str:
    return f"{pupil[1]} {pupil[3]} (INE {pupil[0]})"


_BLANK_COLUMNS = (
    "nationality",
    "email",
    "guardian_emails",
    "phone",
    "mobile",
    "address",
    "postcode",
    "town",
    "country",
    "accommodations",
)
_CANDIDATE_COLUMNS = (
    "id",
    "rank",
    "words",
    "ine",
    "ine_reversed",
    *CANDIDATE_FIELDS,
    "academy_id",
    "school_id",
    "created_by_id",
    *_BLANK_COLUMNS,
    "red_list",
    "extra_time",
    "revision",
)
_BLANKS = ("",) * len(_BLANK_COLUMNS)


def _insert(rows: list[tuple[Any, ...]], school_id: int, academy_id: int, report_id: int, context: Context) -> None:
    if not rows:
        return
    ranks = assign_ranks([sort_key(row[1], row[3]) for row in rows])
    # In the order of ranks: the text index writes a segment each time that a rank is lower than the one before.
    order = sorted(range(len(rows)), key=ranks.__getitem__)
    ids = new_ids(Candidate, len(rows))
    student_ids = new_ids(Student, len(rows))
    stored = _StoredDate()
    places = (academy_id, school_id, report_id, *_BLANKS, False, 0, 1)
    for start in range(0, len(rows), _CHUNK):
        context.progress("Enregistrement des élèves", start, len(rows))
        part = order[start : start + _CHUNK]
        # Ids in the same order, so that every table and most indexes are only appended to.
        insert_rows(
            Candidate,
            _CANDIDATE_COLUMNS,
            [
                (
                    ids[place],
                    ranks[number],
                    index_words(row[1], row[2], row[3]),
                    row[0],
                    row[0][::-1],
                    *row[1:5],
                    stored[row[5]],
                    *row[6:FIRST_STUDENT_FIELD],
                    *places,
                )
                for place, number in enumerate(part, start)
                for row in (rows[number],)
            ],
        )
        insert_rows(
            Student,
            ("id", "candidate_id", "school_id", "created_by_id", *STUDENT_FIELDS),
            [
                (
                    student_ids[place],
                    ids[place],
                    school_id,
                    report_id,
                    *row[FIRST_STUDENT_FIELD : FIRST_STUDENT_FIELD + 6],
                    stored[row[FIRST_STUDENT_FIELD + 6]],
                )
                for place, number in enumerate(part, start)
                for row in (rows[number],)
            ],
        )


class _StoredDate(dict[Any, Any]):
    """Dates as the database keeps them; SQLite would adapt each through a slower way."""

    def __missing__(self, value: date | None) -> Any:
        stored = value if value is None or is_postgresql(database) else value.isoformat()
        self[value] = stored
        return stored
