"""How the database answers each criterion: a condition on its row, and the index that can drive a search by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Expression, NodeList, fn

from examtui.database.connection import is_postgresql
from examtui.model import (
    Assignment,
    Candidate,
    Epreuve,
    EpreuveRegistration,
    ExamSession,
    Registration,
    School,
    Student,
)
from examtui.model.base import database
from examtui.model.candidates import Position
from examtui.model.exams import MarkingMode
from examtui.selection import names
from examtui.selection.answers import Answer
from examtui.selection.catalogue import YES
from examtui.selection.checks import read_date
from examtui.selection.tree import Operator

_ABOVE_ALL = "\U0010ffff"
_USUAL_STATE = "Inscrit"


@dataclass(frozen=True)
class Line:
    """An épreuve of a candidature as a query sees it: its registration, its assignment, or both."""

    registration: Any
    assignment: Any

    @property
    def epreuve_id(self) -> Any:
        """The column that names the épreuve."""
        return (self.assignment if self.registration is None else self.registration).epreuve_id


Where = Callable[[Answer, Any], Any]
Driver = Callable[[Answer], Any]


@dataclass(frozen=True)
class Field:
    """``where`` makes the condition on a row; ``driver`` selects candidate ids by an index.

    The row is a candidate, a candidature or a ``Line``, as the criterion's level says. What a driver selects is what
    the condition holds for; it is None, or gives None, where no index helps. ``needs`` names the part of a line that
    the condition is about: «registration», «assignment», or either.
    """

    where: Where
    driver: Driver | None = None
    needs: str = ""


def all_of(conditions: Iterable[Any]) -> Any:
    """Return the conjunction of conditions, flat: nested pairs would overflow SQLite's parser."""
    return _joined(" AND ", list(conditions), "1 = 1")


def any_of(conditions: Iterable[Any]) -> Any:
    """Return the disjunction of conditions, flat."""
    return _joined(" OR ", list(conditions), "1 = 0")


def _joined(glue: str, conditions: list[Any], empty: str) -> Any:
    if not conditions:
        return SQL(f"({empty})")
    return conditions[0] if len(conditions) == 1 else NodeList(conditions, glue=glue, parens=True)


def opposite(condition: Any) -> Any:
    """Return the condition that ``condition`` does not hold, be it false or unknown."""
    return NodeList((SQL("NOT"), fn.COALESCE(condition, SQL("FALSE"))), parens=True)


def _starts(column: Any, start: str) -> Any:
    if is_postgresql(database):
        escaped = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return Expression(column, "LIKE", f"{escaped}%")
    return NodeList((column >= start, SQL("AND"), column < start + _ABOVE_ALL), parens=True)


def _matching(answer: Answer, column: Any, *, lack: Any, some: Any) -> Any:
    conditions = [_starts(column, start) for start in answer.starts]
    if answer.ids or answer.spellings:
        conditions.append(_among(answer, column, answer.ids or answer.spellings))
    if answer.rows is not None:
        conditions.append(_among(answer, column, answer.rows))
    if answer.lacking:
        conditions.append(lack)
    if answer.any_value:
        conditions.append(some)
    return any_of(conditions)


def _among(answer: Answer, column: Any, values: Any) -> Any:
    """One of several values; where a row is only checked, SQLite must not look each of them up in an index."""
    several = not isinstance(values, tuple) or len(values) > 1
    if answer.checking and several and not is_postgresql(database):
        column = NodeList((SQL("+"), column), glue="")
    return column.in_(values)


def _reference(column: str, part: str = "") -> Where:
    """A condition on a nullable reference: to one of the ids, to nothing, or to anything."""

    def where(answer: Answer, row: Any) -> Any:
        held = getattr(getattr(row, part) if part else row, column)
        return _matching(answer, held, lack=held.is_null(), some=held.is_null(False))

    return where


def _text(column: str, part: str = "") -> Where:
    """A condition on a text column that is empty where there is nothing."""

    def where(answer: Answer, row: Any) -> Any:
        held = getattr(getattr(row, part) if part else row, column)
        return _matching(answer, held, lack=held == "", some=held != "")

    return where


def _flag(column: str) -> Where:
    """A yes/no column; it stands alone, without a bound value, so that its partial index is seen."""
    return _yes_no(lambda row: getattr(row, column))


def _yes_no(condition: Callable[[Any], Any]) -> Where:
    def where(answer: Answer, row: Any) -> Any:
        values = {value == YES for value in answer.criterion.values}
        if len(values) == 2:
            return all_of(())
        return all_of([condition(row)]) if values == {True} else NodeList((SQL("NOT"), condition(row)), parens=True)

    return where


def _compared(column_of: Callable[[Any], Any], read: Callable[[str], Any], *, nothing: Any) -> Where:
    """A condition on a date or a number; ``nothing`` is what the column holds where there is none."""

    def where(answer: Answer, row: Any) -> Any:
        column, criterion = column_of(row), answer.criterion
        if criterion.operator is Operator.IS:
            lack = column.is_null() if nothing is None else column == nothing
            some = column.is_null(False) if nothing is None else column != nothing
            conditions = [column.in_([read(value) for value in answer.spellings])] if answer.spellings else []
            return any_of([*conditions, *([lack] if answer.lacking else []), *([some] if answer.any_value else [])])
        bounds = [read(value) for value in criterion.values]
        if criterion.operator is Operator.BETWEEN:
            return column.between(*bounds)
        return Expression(column, criterion.operator.value, bounds[0])

    return where


def _session_where(answer: Answer, row: Any) -> Any:
    return _among(answer, row.exam_session_id, answer.ids)


def _exam_where(answer: Answer, row: Any) -> Any:
    session = ExamSession.alias()
    return row.exam_session_id.in_(session.select(session.id).where(session.exam_id.in_(answer.ids)))


def _state_where(answer: Answer, row: Any) -> Any:
    return _among(answer, row.state, answer.spellings)


def _epreuve_where(answer: Answer, line: Line) -> Any:
    return _among(answer, line.epreuve_id, answer.ids)


def _marking_where(answer: Answer, line: Line) -> Any:
    epreuve = Epreuve.alias()
    return line.epreuve_id.in_(epreuve.select(epreuve.id).where(epreuve.marking_mode.in_(answer.spellings)))


def _position_where(answer: Answer, line: Line) -> Any:
    position = line.registration.position
    condition = position.in_(answer.spellings)
    if Position.REGISTERED.value in answer.spellings:
        return condition
    # Said again in the words of the partial index, so that it is seen.
    return all_of([condition, NodeList((position, SQL(f"<> '{Position.REGISTERED.value}'")))])


def _extra_time(row: Any) -> Any:
    return NodeList((row.extra_time, SQL("> 0")), parens=True)


def _in_classes(answer: Answer, row: Any) -> Any:
    return _matching(answer, row.division, lack=row.division == "", some=row.division != "")


def _class_where(answer: Answer, candidate: Any) -> Any:
    """The class is the pupil's in its school's base, or the one that a candidature names."""
    pupil, held = Student.alias(), Registration.alias()
    if answer.lacking:
        some = Answer(answer.criterion, any_value=True)
        given = Answer(answer.criterion, spellings=answer.spellings, starts=answer.starts, any_value=answer.any_value)
        return any_of([opposite(_class_where(some, candidate)), _class_where(given, candidate)])
    return any_of(
        [
            fn.EXISTS(
                pupil.select(SQL("1")).where(
                    pupil.candidate_id == candidate.id, pupil.left_on.is_null(), _in_classes(answer, pupil)
                )
            ),
            fn.EXISTS(held.select(SQL("1")).where(held.candidate_id == candidate.id, _in_classes(answer, held))),
        ]
    )


def _class_driver(answer: Answer) -> Any:
    # The index begins with the school: naming all schools lets it be used for each of them.
    if answer.lacking or answer.any_value:
        return None
    schools = School.select(School.id)
    pupil, held, alone = Student.alias(), Registration.alias(), Registration.alias()
    return (
        pupil.select(pupil.candidate_id.alias("id")).where(
            pupil.school_id.in_(schools), _in_classes(answer, pupil), pupil.left_on.is_null()
        )
        + held.select(held.candidate_id.alias("id")).where(held.school_id.in_(schools), _in_classes(answer, held))
        + alone.select(alone.candidate_id.alias("id")).where(alone.school_id.is_null(), _in_classes(answer, alone))
    )


def _is_pupil(candidate: Any) -> Any:
    pupil = Student.alias()
    return fn.EXISTS(pupil.select(SQL("1")).where(pupil.candidate_id == candidate.id, pupil.left_on.is_null()))


def _surname_where(answer: Answer, candidate: Any) -> Any:
    return any_of(
        names.begins(column, value)
        for value in answer.criterion.values
        for column in (candidate.family_name, candidate.usage_name)
    )


def _first_name_where(answer: Answer, candidate: Any) -> Any:
    return any_of(names.has_word(candidate.first_names, value) for value in answer.criterion.values)


def _name_driver(where: Where, *, joined: bool) -> Driver:
    def driver(answer: Answer) -> Any:
        selects = []
        for value in answer.criterion.values:
            row = Candidate.alias()
            condition = where(Answer(_only(answer, value)), row)
            selects.append(names.found_by_index(value, row, condition, joined=joined))
        return together(selects)

    return driver


def _only(answer: Answer, value: str) -> Any:
    return type(answer.criterion)(answer.criterion.name, (value,))


def together(selects: list[Any]) -> Any:
    """Return one query of the rows of all ``selects``; None where there is none, or one of them is None."""
    if not selects or any(select is None for select in selects):
        return None
    whole = selects[0]
    for select in selects[1:]:
        whole = whole + select
    return whole


def _accommodation_where(answer: Answer, candidate: Any) -> Any:
    held = candidate.accommodations
    conditions = [names.holds(held, value) for value in (*answer.spellings, *answer.starts)]
    if answer.lacking:
        conditions.append(held == "")
    if answer.any_value:
        conditions.append(held != "")
    return any_of(conditions) if answer.lacking else all_of([NodeList((held, SQL("<> ''"))), any_of(conditions)])


def _is_given(answer: Answer) -> bool:
    return not (answer.lacking or answer.any_value)


def _is_yes(answer: Answer) -> bool:
    return answer.criterion.values == (YES,)


def _of_candidates(where: Where, useful: Callable[[Answer], bool] = _is_given) -> Field:
    def driver(answer: Answer) -> Any:
        row = Candidate.alias()
        return row.select(row.id.alias("id")).where(where(answer, row)) if useful(answer) else None

    return Field(where, driver)


def _of_registrations(where: Where, useful: Callable[[Answer], bool] = _is_given) -> Field:
    def driver(answer: Answer) -> Any:
        row = Registration.alias()
        return row.select(row.candidate_id.alias("id")).where(where(answer, row)) if useful(answer) else None

    return Field(where, driver)


def _of_lines(where: Where, needs: str, useful: Callable[[Answer], bool] = _is_given) -> Field:
    def driver(answer: Answer) -> Any:
        if not useful(answer):
            return None
        held = Registration.alias()
        row = (Assignment if needs == "assignment" else EpreuveRegistration).alias()
        line = Line(None, row) if needs == "assignment" else Line(row, None)
        return (
            held.select(held.candidate_id.alias("id"))
            .join(row, on=(row.registration_id == held.id))
            .where(where(answer, line))
        )

    return Field(where, driver, needs)


FIELDS: dict[str, Field] = {
    "état": _of_registrations(_state_where, lambda answer: _USUAL_STATE not in answer.spellings),
    "spécialité": _of_registrations(_reference("speciality_id")),
    "session": _of_registrations(_session_where),
    "examen": _of_registrations(_exam_where),
    "établissement": _of_candidates(_reference("school_id")),
    "classe": Field(_class_where, _class_driver),
    "catégorie": _of_registrations(_text("category")),
    "groupe": _of_registrations(_reference("decision_group_id")),
    "notation": _of_lines(_marking_where, "", lambda answer: MarkingMode.ENTERED.value not in answer.spellings),
    "épreuve": _of_lines(_epreuve_where, ""),
    "position": _of_lines(
        _position_where, "registration", lambda answer: Position.REGISTERED.value not in answer.spellings
    ),
    "centre": _of_lines(_reference("centre_id", "assignment"), "assignment"),
    "date": _of_lines(_compared(lambda line: line.assignment.date, read_date, nothing=None), "assignment"),
    "salle": _of_lines(_reference("room_id", "assignment"), "assignment"),
    "commission": _of_lines(_reference("commission_id", "assignment"), "assignment"),
    "liste_rouge": _of_candidates(_flag("red_list"), _is_yes),
    "fraude": _of_registrations(_flag("fraud_suspected"), _is_yes),
    "remplacement": _of_registrations(_flag("replacement"), _is_yes),
    "aménagement": Field(_accommodation_where),
    "temps_majoré": Field(_compared(lambda row: row.extra_time, int, nothing=0)),
    "tiers_temps": _of_candidates(_yes_no(_extra_time), _is_yes),
    "nom": Field(_surname_where, _name_driver(_surname_where, joined=True)),
    "prénom": Field(_first_name_where, _name_driver(_first_name_where, joined=False)),
    "numéro": _of_candidates(_reference("number")),
    "ine": _of_candidates(_reference("ine")),
    "élève": Field(_yes_no(_is_pupil)),
    "mail": Field(_yes_no(lambda row: NodeList((row.email, SQL("<> ''")), parens=True))),
}
