"""The table of importers: what ``examtui import`` and the import screen offer. Each is loaded when it is needed."""

from importlib import import_module
from typing import Any

from examtui.errors import InvalidInput
from examtui.imports.engine import Importer
from examtui.imports.problems import joined

KINDS: dict[str, str] = {
    "students": "examtui.imports.students.importer:StudentImporter",
    "candidates": "examtui.imports.candidates.importer:CandidateImporter",
    "epreuves": "examtui.imports.epreuves:EpreuveImporter",
    "rooms": "examtui.imports.places:RoomImporter",
    "assignments": "examtui.imports.assignments:AssignmentImporter",
    "registrations": "examtui.imports.registrations:RegistrationImporter",
    "complements": "examtui.imports.complements:ComplementImporter",
    "centres": "examtui.imports.places:CentreImporter",
}
"""Name → ``module:class``; the order is that of recognition, the most particular formats first."""


def importer_for(kind: str) -> Importer[Any]:
    """Return the importer named ``kind``.

    Raises:
        InvalidInput: there is none of that name.
    """
    if kind not in KINDS:
        raise InvalidInput(f"«{kind}» n'est pas une sorte d'import : choisissez parmi {joined(KINDS)}.", "kind")
    module, name = KINDS[kind].split(":")
    importer: Importer[Any] = getattr(import_module(module), name)()
    return importer
