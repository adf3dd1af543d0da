"""Cyclades' simple list (FORMATS.md): eight lines of preamble, values perhaps in ``'``, ``-`` for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from examtui.exchange.tables import csv_line
from examtui.identifiers import tidy, uai_fault
from examtui.imports import fields
from examtui.imports.candidates.rows import CandidateRows, CandidateTable
from examtui.imports.problems import Problems
from examtui.imports.tables import Column, Row
from examtui.rules import candidatures

_UAI = re.compile(r"(?<![0-9A-Za-z])([0-9]{7}[A-Za-z])(?![0-9A-Za-z])")
_LONGEST_PREAMBLE_LINE = 500
_PREAMBLE_EXAMPLE = (
    "Session : BGT 2021",
    "Listes simples",
    "LPO BELLEVUE TOULOUSE  (0310038Y)",
    "Liste des candidats",
    "Edité le 23/01/2021 10:49",
    "Critères : aucun",
    "Regroupement : aucun",
    "Tri : nom de famille",
)


def registration_number(cell: str) -> tuple[str, str]:
    """A n° d'inscription: ``001``, or ``001 Version 03``; its number and its version."""
    found = candidatures.registration_number(cell)
    if found is None:
        raise fields.BadCell(f"«{fields.echo(cell)}» n'est pas un numéro d'inscription", candidatures.CURE)
    return found


def first_names(cell: str) -> str:
    """First names; Cyclades separates some by commas."""
    names: str = fields.text(" ".join(cell.replace(",", " ").split()))
    return names


class CycladesTable(CandidateTable):
    """Reads the simple list; the session and the school are told above the header."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("Division de classe", "division", example="1G3"),
        Column("N° Candidat", "number", fields.candidate_number, True, "01843006787"),
        Column("N° Inscription", "registration", registration_number, example="001"),
        Column("N° Océan", "ocean_number"),
        Column("Nom de famille", "family_name", fields.text, True, "ROSE BONBON"),
        Column("Nom d'usage", "usage_name"),
        Column("Prénom(s)", "first_names", first_names, True, "Ludivine", aliases=("Prénoms", "Prénom")),
        Column("Date de Naissance", "birth_date", fields.day, True, "12/03/2004"),
        Column("INE", "ine", fields.ine, example="123456789AB"),
        Column("Catégorie Candidat", "category", example="SCOLAIRE", aliases=("Catégorie",)),
        Column("Code Spécialité", "speciality", example="BCG"),
        Column("Spécialité", "speciality_label", example="BACCALAUREAT GENERAL"),
        Column("Etat", "state", example="Inscrit"),
        Column("Enseignements", "teachings", fields.note),
    )

    def __init__(self) -> None:
        super().__init__()
        self._preamble: list[tuple[int, str]] = []

    def cell(self, text: str) -> str:
        """Take off the ``'`` around a value, and the one that a spreadsheet puts before a number; ``-`` is nothing."""
        value = text.strip()
        if len(value) > 1 and value[0] == value[-1] == "'":
            value = value[1:-1].strip()
        elif value.startswith("'") and value[1:].isdigit():
            value = value[1:]
        return "" if value == "-" else value

    def preamble(self, line: int, cells: Sequence[str], problems: Problems) -> None:  # noqa: ARG002
        """Keep what is told above the header."""
        told = " ".join(part for part in map(self.cell, cells) if part)
        if told:
            self._preamble.append((line, told[:_LONGEST_PREAMBLE_LINE]))

    def gathered(self, rows: list[Row], problems: Problems) -> CandidateRows:
        """Add the preamble; a UAI with a wrong letter in it is a warning (PRODUCT.md, glossary)."""
        uai = ""
        for line, told in self._preamble:
            found = _UAI.search(told)
            if found and not uai:
                uai = tidy(found[1])
                fault = uai_fault(uai)
                if fault is not None:
                    problems.warn(fault, line=line, field="Établissement")
        return CandidateRows(rows, "Cyclades", self._in_file, tuple(told for _, told in self._preamble), uai)

    def template(self) -> str:
        """The preamble, the header with its repeated column, and an example line."""
        again = [*range(8), 0, *range(8, len(self.columns))]
        columns = [self.columns[number] for number in again]
        return (
            "".join(csv_line([line]) for line in _PREAMBLE_EXAMPLE)
            + csv_line([column.title for column in columns])
            + csv_line([column.example for column in columns])
        )
