"""Épreuves by hand (PRODUCT.md, «Épreuves»): lists, corrections, and the one that a person means by a code."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from examtui import inputs
from examtui.access import Actor, Permission, use_case
from examtui.access.lookup import found, holders
from examtui.audit import changes, record_many
from examtui.audit.log import Change
from examtui.enrolment.exams import find_speciality
from examtui.errors import Unavailable
from examtui.model import Assignment, Delegation, Epreuve, EpreuveRegistration, Exam, ExamSession, Speciality
from examtui.model.exams import Form, MarkingMode, Nature
from examtui.rules.epreuves import measure_faults, schedule_faults, twin_fault
from examtui.rules.usage import Use, deletion_refusal

_KEPT = object()
_NUMBER = re.compile(r"(?:n°|no|#)?\s*([0-9]{1,12})", re.IGNORECASE)
_MOST_LISTED = 20


@dataclass(frozen=True)
class EpreuveValues:
    """What is typed for an épreuve: ``duration`` in minutes, dates and hours on the centre's wall clock."""

    code: str
    label: str
    nature: str = Nature.PONCTUELLE.value
    form: str = Form.WRITTEN.value
    discipline: str = ""
    coefficient: Decimal | None = None
    scale: Decimal | None = None
    duration: int | None = None
    start_date: date | None = None
    end_date: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    organisable: bool = False
    marking_mode: str = MarkingMode.ENTERED.value


@dataclass(frozen=True)
class EpreuveView:
    """An épreuve with its speciality, session and twin; ``id`` is its number."""

    id: int
    session_id: int
    session_title: str
    session_label: str
    speciality_id: int
    speciality_code: str
    title: str
    values: EpreuveValues
    twin_id: int | None
    twin_title: str
    revision: int

    @property
    def named(self) -> str:
        """The épreuve as lists of several name it, with its number and everything that tells it from others."""
        return f"n° {self.id} · {self.speciality_code}/{self.title} ({self.session_label})"


@use_case("epreuves.list", Permission.READ_EXAMS)
def list_epreuves(
    _actor: Actor, *, session_id: int | None = None, speciality_id: int | None = None
) -> list[EpreuveView]:
    """Return the épreuves of a session, of a speciality, or all; by session, speciality, code and label."""
    wanted = []
    if session_id is not None:
        wanted.append(Speciality.exam_session == session_id)
    if speciality_id is not None:
        wanted.append(Epreuve.speciality == speciality_id)
    return _views(*wanted)


@use_case("epreuves.create", Permission.MANAGE_EXAMS, writes=True)
def create_epreuve(
    actor: Actor, speciality_id: int, values: EpreuveValues, *, twin_id: int | None = None
) -> EpreuveView:
    """Make an épreuve in a speciality, perhaps as the other half of the épreuve ``twin_id``.

    Raises:
        NotFound: there is no such speciality or twin.
        InvalidInput: a value is wrong, code and label are taken together, or the two cannot be twins.
    """
    speciality = find_speciality(speciality_id)
    checked = _checked(speciality, values, None)
    row, change = changes.created(
        Epreuve, {"speciality": speciality.id, **asdict(checked), "twin": _checked_twin(speciality, None, twin_id)}
    )
    record_many(actor.login, "epreuves.create", [change, *_correct_twins(row.id, {twin_id: row.id})])
    return _view(row.id)


@use_case("epreuves.correct", Permission.MANAGE_EXAMS, writes=True)
def correct_epreuve(
    actor: Actor, epreuve_id: int, revision: int, values: EpreuveValues, *, twin_id: Any = _KEPT
) -> EpreuveView:
    """Correct an épreuve seen at ``revision``; with ``twin_id`` (an id, or None for no twin) its link too.

    Raises:
        NotFound: there is none.
        InvalidInput: a value is wrong, code and label are taken together, or the two cannot be twins.
        Conflict: somebody else saved first.
    """
    row = _epreuve(epreuve_id)
    checked = _checked(row.speciality, values, row.id)
    corrected: dict[str, Any] = asdict(checked)
    twins: dict[int | None, int | None] = {}
    if twin_id is not _KEPT and twin_id != row.twin_id:
        corrected["twin"] = _checked_twin(row.speciality, row.id, twin_id)
        twins = {row.twin_id: None, twin_id: row.id}
    record_many(actor.login, "epreuves.correct", _correct_twins(row.id, twins, own=(row, revision, corrected)))
    return _view(epreuve_id)


@use_case("epreuves.delete", Permission.MANAGE_EXAMS, writes=True)
def delete_epreuve(actor: Actor, epreuve_id: int, revision: int) -> None:
    """Delete an épreuve that nothing uses.

    Raises:
        NotFound: there is none.
        Unavailable: it is in use; the sentence says by what.
        Conflict: somebody else saved first.
    """
    row = _epreuve(epreuve_id)
    refusal = deletion_refusal(
        f"L'épreuve {row.title}",
        (
            Use(holders(EpreuveRegistration.epreuve, row), "inscription", "inscriptions"),
            Use(holders(Assignment.epreuve, row), "affectation", "affectations"),
            Use(holders(Delegation.epreuve, row), "délégation", "délégations"),
            Use(holders(Epreuve.twin, row), "épreuve liée", "épreuves liées"),
        ),
        "Retirez-les d'abord.",
    )
    if refusal:
        raise Unavailable(refusal)
    changes.delete(actor.login, "epreuves.delete", row, revision)


def _epreuve(epreuve_id: int) -> Epreuve:
    return found(Epreuve.select().where(Epreuve.id == epreuve_id), "Cette épreuve n'existe pas : relisez la liste.")


def _checked_twin(speciality: Speciality, epreuve_id: int | None, twin_id: int | None) -> int | None:
    """Refuse an épreuve that cannot be the other half of ``epreuve_id`` (None for one that is being made)."""
    if twin_id is None:
        return None
    twin = _epreuve(twin_id)
    fault = twin_fault(
        twin.id == epreuve_id,
        twin.speciality.exam_session_id == speciality.exam_session_id,
        twin.twin_id not in (None, epreuve_id),
    )
    if fault is not None:
        inputs.refuse(fault.sentence, "twin")
    return twin_id


def _correct_twins(
    epreuve_id: int,
    twins: Mapping[int | None, int | None],
    *,
    own: tuple[Epreuve, int, Mapping[str, Any]] | None = None,
) -> list[Change]:
    """Give each of ``twins`` its other half, and the épreuve itself its ``own`` correction, in the order of numbers.

    The order keeps two people who correct the two halves from waiting for each other.
    """
    wanted = {number: half for number, half in twins.items() if number not in (None, epreuve_id)}
    rows = {row.id: row for row in Epreuve.select().where(Epreuve.id.in_(list(wanted)))}
    corrections: list[tuple[Epreuve, int, Mapping[str, Any]]] = [
        (row, row.revision, {"twin": wanted[number]}) for number, row in rows.items()
    ]
    if own is not None:
        corrections.append(own)
    ordered = sorted(corrections, key=lambda correction: int(correction[0].id))
    return [change for correction in ordered for change in changes.corrected(*correction)]


def _checked(speciality: Speciality, values: EpreuveValues, but: int | None) -> EpreuveValues:
    checked = EpreuveValues(
        **{
            **asdict(values),
            "code": inputs.required(values.code, "code", "le code de l'épreuve"),
            "label": inputs.required(values.label, "label", "le libellé de l'épreuve"),
            "nature": inputs.chosen(values.nature, list(Nature), "nature", "la nature"),
            "form": inputs.chosen(values.form, list(Form), "form", "la forme"),
            "discipline": inputs.text(values.discipline, "discipline", "la discipline"),
            "marking_mode": inputs.chosen(
                values.marking_mode, list(MarkingMode), "marking_mode", "le mode de notation"
            ),
        }
    )
    faults = [
        *measure_faults(checked.coefficient, checked.scale, checked.duration),
        *schedule_faults(checked.start_date, checked.end_date, checked.start_time, checked.end_time),
    ]
    for field, fault in faults:
        inputs.refuse(fault.sentence, field)
    name = (checked.code.casefold(), checked.label.casefold())
    for row in Epreuve.select(Epreuve.id, Epreuve.code, Epreuve.label).where(Epreuve.speciality == speciality):
        if row.id != but and (row.code.casefold(), row.label.casefold()) == name:
            inputs.refuse(
                f"L'épreuve «{row.title}» existe déjà dans la spécialité {speciality.code} : "
                "changez le code ou le libellé.",
                "label",
            )
    return checked


def _view(epreuve_id: int) -> EpreuveView:
    _epreuve(epreuve_id)
    return _views(Epreuve.id == epreuve_id)[0]


def _views(*wanted: Any) -> list[EpreuveView]:
    twin = Epreuve.alias()
    query: Iterable[Any] = (
        Epreuve.select(Epreuve, Speciality, ExamSession, Exam, twin.code, twin.label)
        .join(Speciality)
        .join(ExamSession)
        .join(Exam)
        .switch(Epreuve)
        .left_outer_join(twin, on=(Epreuve.twin == twin.id), attr="twin_row")
        .where(*(wanted or [True]))
        .order_by(ExamSession.year.desc(), Exam.code, ExamSession.label, Speciality.code, Epreuve.code, Epreuve.label)
    )
    return [_viewed(row) for row in query]


def _viewed(row: Any) -> EpreuveView:
    speciality = row.speciality
    twin = getattr(row, "twin_row", None) if row.twin_id else None
    return EpreuveView(
        id=row.id,
        session_id=speciality.exam_session_id,
        session_title=speciality.exam_session.title,
        session_label=speciality.exam_session.label,
        speciality_id=speciality.id,
        speciality_code=speciality.code,
        title=row.title,
        values=EpreuveValues(**{name: getattr(row, name) for name in EpreuveValues.__dataclass_fields__}),
        twin_id=row.twin_id,
        twin_title=twin.title if twin is not None else "",
        revision=row.revision,
    )
