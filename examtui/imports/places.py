"""The tables of schools and centres, and of rooms (FORMATS.md, «Our own tables»)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from examtui.access import Permission, Scope
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.changes import Changes, RecordChange
from examtui.imports.engine import Context
from examtui.imports.exam_index import key
from examtui.imports.people_index import SchoolIndex, no_school, taken_uais
from examtui.imports.problems import Problems
from examtui.imports.tables import Column, Row, TableImporter
from examtui.model import Academy, Centre, Room, School
from examtui.model.places import LARGEST_CAPACITY, CentreFunction

_FUNCTIONS = {
    "numerisation": CentreFunction.SCANNING,
    "epreuve": CentreFunction.EXAM,
    "epreuves": CentreFunction.EXAM,
    "deroulement": CentreFunction.SITTING,
}
_FUNCTION_SEPARATORS = re.compile(r"[,;/|+]|\bet\b")
_SCHOOL_COLUMNS = ("name", "address", "postcode", "town", "email", "head_name")


def functions(cell: str) -> tuple[CentreFunction, ...]:
    """The functions of a centre, separated by commas or «et»."""
    found: list[CentreFunction] = []
    for part in _FUNCTION_SEPARATORS.split(cell):
        words = [word for word in key(part).split() if word not in ("centre", "centres", "de", "d")]
        if not words:
            continue
        function = _FUNCTIONS.get(" ".join(words))
        if function is None:
            raise fields.BadCell(
                f"«{fields.echo(part.strip())}» n'est pas une fonction de centre",
                "écrivez «numérisation», «épreuves» ou «déroulement», séparés par des virgules",
            )
        found.append(function)
    return tuple(dict.fromkeys(found))


class CentreImporter(TableImporter):
    """Schools of the manager's academy, and the functions that they serve in; functions are added, never taken."""

    kind = "centres"
    title = "des établissements et centres"
    permission = Permission.IMPORT_EXAMS
    tables = (School, Centre)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("UAI", "uai", fields.uai, True, "0310038Y"),
        Column("Nom", "name", fields.text, True, "LPO BELLEVUE TOULOUSE"),
        Column("Adresse", "address", fields.note, example="135 route de Narbonne"),
        Column("Code postal", "postcode", fields.postcode, example="31400"),
        Column("Commune", "town", example="Toulouse"),
        Column("Académie", "academy", example="Toulouse"),
        Column("Mail", "email", fields.email, example="ce.0310038y@exemple.fr"),
        Column("Chef d'établissement", "head_name", example="Mme Claire BERNARD"),
        Column(
            "Fonctions",
            "functions",
            functions,
            example="numérisation, épreuves",
            hint="(numérisation, épreuves, déroulement)",
        ),
    )

    def recognises(self, source: Any) -> bool:
        """UAI and name are the required columns; rooms have theirs, and lists of people have a first name."""
        if not super().recognises(source):
            return False
        row = source.head()[self.find_header(source.head()) or 0]
        titles = {key(cell) for cell in row}
        return not titles & {"salle", "prenom", "identifiant", "n candidat"}

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Compare with the schools of the manager's academy."""
        changes = Changes(problems, self.labels)
        schools = SchoolIndex(context.scope)
        taken = taken_uais(row["uai"] for row in rows)
        academies = _Academies(context.scope, context.academy_id)
        centres = {(row.school_id, row.function) for row in Centre.select()}
        seen: dict[str, int] = {}
        for row in rows:
            uai = row["uai"]
            first = seen.setdefault(uai, row.line)
            if first != row.line:
                problems.error(_twice(first), line=row.line, subject=uai, field="UAI")
                continue
            held = schools.get(uai)
            if held is None and uai in taken:
                problems.error(_elsewhere(), line=row.line, subject=uai, field="UAI")
                continue
            academy_id = academies.of(row, held, problems)
            if academy_id is None:
                continue
            values = self.given(row, _SCHOOL_COLUMNS)
            subject = f"{row['name']} ({uai})"
            if held is None:
                values |= {"uai": uai, "academy_id": academy_id}
            existing = None if held is None else {"id": held.id, **{name: getattr(held, name) for name in values}}
            school = changes.merge(School, existing, subject, row.line, values)
            owner: Any = held.id if held is not None else school
            added = [
                changes.create(
                    Centre, f"{subject} : {function}", row.line, {"school_id": owner, "function": function.value}
                )
                for function in row["functions"] or ()
                if (owner, function.value) not in centres
            ]
            changes.settle(school, *added)
        changes.warn_of_kept()
        return changes


class _Academies:
    """The academies of the scope, by code and name; the only one of them where a row names none."""

    def __init__(self, scope: Scope, own: int | None) -> None:
        self._own = own
        rows = [row for row in Academy.select() if scope.covers_academy(row.id)]
        self._ids = {
            name: row.id for row in rows for name in (key(row.code), key(row.name), f"academie {key(row.name)}")
        }
        self._ids |= {f"academie de {key(row.name)}": row.id for row in rows}

    def of(self, row: Row, held: School | None, problems: Problems) -> int | None:
        text = row["academy"]
        academy_id = self._ids.get(key(text).zfill(2) if key(text).isdigit() else key(text)) if text else None
        if text and academy_id is None:
            fault = Fault(
                f"l'académie «{fields.echo(text)}» n'est pas la vôtre", "corrigez-la, ou enlevez cette ligne du fichier"
            )
        elif held is not None and academy_id not in (None, held.academy_id):
            fault = Fault("cet établissement est enregistré dans une autre académie", "corrigez l'académie de la ligne")
        elif held is None and academy_id is None and self._own is None:
            fault = Fault("plusieurs académies sont possibles", "indiquez celle de l'établissement")
        else:
            return academy_id or (int(held.academy_id) if held is not None else self._own)
        problems.error(fault, line=row.line, subject=row["uai"], field="Académie")
        return None


class RoomImporter(TableImporter):
    """Rooms of the schools of the manager's academy."""

    kind = "rooms"
    title = "des salles"
    permission = Permission.IMPORT_EXAMS
    tables = (Room,)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("UAI", "uai", fields.uai, True, "0310038Y"),
        Column("Salle", "name", fields.text, True, "205"),
        Column("Capacité", "capacity", fields.number_of(1, LARGEST_CAPACITY), True, "30"),
        Column("Accessible", "accessible", fields.yes_no, example="O", hint="(O/N)"),
    )

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Compare with the rooms of these schools."""
        changes = Changes(problems, self.labels)
        schools = SchoolIndex(context.scope)
        held = {(row.school_id, row.name.casefold()): row for row in Room.select()}
        seen: dict[tuple[int, str], int] = {}
        for row in rows:
            school = schools.get(row["uai"])
            if school is None:
                problems.error(no_school(row["uai"]), line=row.line, field="UAI")
                continue
            place = (school.id, row["name"].casefold())
            first = seen.setdefault(place, row.line)
            if first != row.line:
                problems.error(_twice(first), line=row.line, subject=f"salle {row['name']}", field="Salle")
                continue
            room = held.get(place)
            values = self.given(row, ("capacity", "accessible"))
            existing = None if room is None else {"id": room.id, **{name: getattr(room, name) for name in values}}
            if room is None:
                values = {"school_id": school.id, "name": row["name"], **values}
            change: RecordChange | None = changes.merge(
                Room, existing, f"Salle {row['name']} ({school.uai})", row.line, values
            )
            changes.settle(change)
        changes.warn_of_kept()
        return changes


def _twice(first: int) -> Fault:
    return Fault(f"cette ligne répète la ligne {first}", "gardez une seule des deux")


def _elsewhere() -> Fault:
    return Fault("cet UAI ne peut pas être enregistré dans votre académie", "vérifiez-le, ou enlevez la ligne")
