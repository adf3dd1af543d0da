"""The table of importers: what ``examtui import`` and the import screen offer. Each is loaded when it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from examtui.errors import InvalidInput
from examtui.imports.problems import joined

if TYPE_CHECKING:
    from examtui.imports.engine import Importer


class Kind(NamedTuple):
    """An importer: ``module:class``, and what the command's help says of it; a test holds both against the class."""

    target: str
    title: str
    needs_school: bool = False


KINDS: dict[str, Kind] = {
    "students": Kind("examtui.imports.students.importer:StudentImporter", "des élèves", needs_school=True),
    "candidates": Kind("examtui.imports.candidates.importer:CandidateImporter", "des candidats"),
    "epreuves": Kind("examtui.imports.epreuves:EpreuveImporter", "des épreuves"),
    "rooms": Kind("examtui.imports.places:RoomImporter", "des salles"),
    "assignments": Kind("examtui.imports.assignments:AssignmentImporter", "des affectations"),
    "registrations": Kind("examtui.imports.registrations:RegistrationImporter", "des inscriptions aux épreuves"),
    "complements": Kind("examtui.imports.complements:ComplementImporter", "des compléments"),
    "centres": Kind("examtui.imports.places:CentreImporter", "des établissements et centres"),
}
"""The order is that of recognition, the most particular formats first."""


def importer_for(kind: str) -> Importer[Any]:
    """Return the importer named ``kind``.

    Raises:
        InvalidInput: there is none of that name.
    """
    if kind not in KINDS:
        raise InvalidInput(f"«{kind}» n'est pas une sorte d'import : choisissez parmi {joined(KINDS)}.", "kind")
    module, name = KINDS[kind].target.split(":")
    importer: Importer[Any] = getattr(import_module(module), name)()
    return importer
