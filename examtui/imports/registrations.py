"""The table of registrations to épreuves (FORMATS.md, «Our own tables»)."""

from __future__ import annotations

from typing import Any, ClassVar

from examtui.access import Permission
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.candidates.cyclades import registration_number
from examtui.imports.candidatures import Candidatures, RegistrationRow
from examtui.imports.changes import Changes
from examtui.imports.engine import Context
from examtui.imports.exam_index import no_epreuve, several_epreuves
from examtui.imports.people_index import CandidateRow, chunks, subject_of
from examtui.imports.problems import Problems
from examtui.imports.tables import Column, Row, TableImporter
from examtui.model import Epreuve, EpreuveRegistration
from examtui.model.candidates import Position

position = fields.one_of(
    {"inscrit": Position.REGISTERED.value, "inscrite": Position.REGISTERED.value}
    | {"benefice": Position.KEPT.value, "dispense": Position.EXEMPT.value, "dispensee": Position.EXEMPT.value},
    "écrivez «Inscrit», «Bénéfice» ou «Dispensé»",
)


class RegistrationImporter(TableImporter):
    """Which épreuves a candidature holds, and in what position."""

    kind = "registrations"
    title = "des inscriptions aux épreuves"
    permission = Permission.IMPORT_CANDIDATES
    tables = (EpreuveRegistration,)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("N° Candidat", "number", fields.candidate_number, True, "01843006787"),
        Column("N° Inscription", "registration", registration_number, example="001"),
        Column("Session", "session", fields.text, True, "BGT 2021"),
        Column("Spécialité", "speciality", fields.text, True, "BCG"),
        Column("Code épreuve", "code", fields.text, True, "C001C"),
        Column("Libellé épreuve", "label", example="Histoire-géographie 3ème éval"),
        Column("Position", "position", position, example="Inscrit"),
    )

    def recognises(self, source: Any) -> bool:
        """As the other tables, but not that of assignments, which names a centre."""
        from examtui.imports.assignments import AssignmentImporter

        return super().recognises(source) and not AssignmentImporter().recognises(source)

    def plan(self, rows: list[Row], context: Context, problems: Problems) -> Changes:
        """Compare with the épreuves that the candidatures hold."""
        candidatures = Candidatures.read(rows, context.scope, problems)
        changes = Changes(problems, self.labels)
        held = epreuves_held(candidatures)
        seen: dict[tuple[int, int], int] = {}
        for row in rows:
            found = self._found(row, candidatures)
            if found is None:
                continue
            candidate, registration, epreuve = found
            place = (registration["id"], epreuve.id)
            first = seen.setdefault(place, row.line)
            if first != row.line:
                fault = Fault(f"cette inscription est déjà à la ligne {first}", "gardez une seule des deux lignes")
                candidatures.error(row, candidate, fault, "Code épreuve")
                continue
            values: dict[str, Any] = self.given(row, ("position",))
            if place not in held:
                values |= {"registration_id": registration["id"], "epreuve_id": epreuve.id}
            subject = f"{subject_of(candidate)}, {epreuve.title}"
            changes.settle(changes.merge(EpreuveRegistration, held.get(place), subject, row.line, values))
        candidatures.repeated.tell(problems)
        changes.warn_of_kept()
        return changes

    def _found(self, row: Row, candidatures: Candidatures) -> tuple[CandidateRow, RegistrationRow, Epreuve] | None:
        found = candidatures.of(row)
        if found is None:
            return None
        candidate, mine = found
        number = (row["registration"] or ("", ""))[0]
        mine = [registration for registration in mine if number in ("", registration["number"])]
        if len(mine) != 1:
            fault = (
                Fault("ce candidat a plusieurs candidatures dans cette session", "donnez aussi le n° d'inscription")
                if mine
                else Fault(f"ce candidat n'a pas de candidature n° {number}", "vérifiez le n° d'inscription")
            )
            candidatures.error(row, candidate, fault, "N° Inscription")
            return None
        (registration,) = mine
        epreuves = candidatures.index.epreuves([registration["speciality_id"]], row["code"], row["label"])
        if len(epreuves) == 1:
            return candidate, registration, epreuves[0]
        where = candidatures.where(registration)
        value = f"{where}/{row['code']}/{row['label']}"
        fault = several_epreuves(row["code"], epreuves) if epreuves else no_epreuve(row["code"], row["label"], where)
        candidatures.repeated.add("Code épreuve", value, row.line, fault)
        return None


def epreuves_held(candidatures: Candidatures) -> dict[tuple[int, int], dict[str, Any]]:
    """Return what the candidatures hold, by candidature and épreuve."""
    ids = [registration["id"] for rows in candidatures.registrations.values() for registration in rows]
    held: dict[tuple[int, int], dict[str, Any]] = {}
    model = EpreuveRegistration
    for part in chunks(ids):
        query: Any = model.select(model.id, model.registration, model.epreuve, model.position)
        for row in query.where(model.registration.in_(part)).tuples():
            held[row[1], row[2]] = {"id": row[0], "position": row[3]}
    return held
