"""Importers of tables: a header row, columns by name in any order, a converter for each cell.

A table may be CSV (``;``, ``,`` or tab, any of the encodings of FORMATS.md) or a spreadsheet (.ods, .xlsx).
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from examtui.exchange.tables import csv_line
from examtui.identifiers import Fault
from examtui.imports import fields
from examtui.imports.engine import Importer, Progress
from examtui.imports.problems import FileRefused, Problems
from examtui.imports.source import Source
from examtui.search.fold import fold

_PROGRESS_EVERY = 5000
_HEADER_SEARCHED = 30


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``title`` is its name in the file, without ``*``; titles compare without accents, case, ``*`` and blanks. ``name``
    is what ``Row.values`` calls it: the model's column where there is one. ``convert`` turns a cell that is not blank
    into a value (``examtui/imports/fields.py``); blank cells give None, and are an error where ``required``.
    ``example`` fills the line of the template, ``hint`` follows the title there.
    """

    title: str
    name: str
    convert: fields.Converter = fields.text
    required: bool = False
    example: str = ""
    hint: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title as the template writes it, ``*`` and hint included."""
        return f"{self.title}{'*' if self.required else ''}{f' {self.hint}' if self.hint else ''}"

    def answers_to(self, heading: str) -> bool:
        """Tell whether ``heading`` of a file, folded, is this column."""
        return heading in {folded_title(self.title), folded_title(self.heading), *map(folded_title, self.aliases)}


@dataclass(slots=True)
class Row:
    """A row that was read: its line in the file, and its values by ``Column.name``; blank cells are None."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


class TableImporter(Importer[list[Row]]):
    """An importer of a table. Subclasses give the columns, and ``plan``."""

    columns: ClassVar[tuple[Column, ...]]

    def __init__(self) -> None:
        self._in_file: frozenset[str] = frozenset()

    def recognises(self, source: Source) -> bool:
        """A table whose header holds all required columns."""
        return source.is_table and self.find_header(source.head()) is not None

    def find_header(self, rows: Sequence[Sequence[str]]) -> int | None:
        """Return which of the first ``rows`` is the header: the one that holds all required columns."""
        return header_row(self.columns, rows)

    def total(self, rows: list[Row]) -> int:
        """The number of rows below the header that are not blank."""
        return len(rows)

    def read(self, source: Source, problems: Problems, progress: Progress) -> list[Row]:
        """Read and convert every cell; a row with an error is not returned, so that it is told once."""
        grid = source.grid
        header = self.find_header(source.head())
        if header is None:
            raise missing_columns(self.kind, self.columns, source)
        places: list[tuple[Column, int]] = []
        rows: list[Row] = []
        width = 0
        for number, (line, cells) in enumerate(grid.rows(problems)):
            if number < header:
                self.preamble(line, cells, problems)
                continue
            if number == header:
                places = placed_columns(self.columns, cells, line, problems)
                self._in_file = frozenset(column.name for column, _ in places)
                width = len(cells)
                continue
            if number % _PROGRESS_EVERY == 0:
                progress("Lecture du fichier", number, grid.estimated_rows)
            if not any(cell.strip() for cell in cells):
                continue
            row = self._row(line, cells, places, width, problems)
            if row is not None:
                rows.append(row)
        return rows

    def given(self, row: Row, names: Iterable[str]) -> dict[str, Any]:
        """Return the values of a row by ``names``, without those of columns that the file does not have at all."""
        return {name: row.values[name] for name in names if name in self._in_file}

    def preamble(self, line: int, cells: Sequence[str], problems: Problems) -> None:
        """Look at a line above the header; nothing by default."""

    def template(self) -> str:
        """The header and an example line."""
        return csv_line([column.heading for column in self.columns]) + csv_line(
            [column.example for column in self.columns]
        )

    @property
    def labels(self) -> dict[str, str]:
        """The French name of each column by its ``name``, for ``Changes``."""
        return {column.name: column.title for column in self.columns}

    @abstractmethod
    def plan(self, rows: list[Row], context: Any, problems: Problems) -> Any:
        """See ``Importer.plan``."""

    def _row(
        self,
        line: int,
        cells: Sequence[str],
        places: list[tuple[Column, int]],
        width: int,
        problems: Problems,
    ) -> Row | None:
        row = Row(line, dict.fromkeys([column.name for column in self.columns]))
        sound = True
        if any(cell.strip() for cell in cells[width:]):
            problems.error(
                Fault(
                    f"la ligne a {len(cells)} cellules, et l'en-tête {width}",
                    "cherchez un «;» de trop, ou un texte qui n'est pas entre guillemets",
                ),
                line=line,
            )
            return None
        for column, number in places:
            cell = self.cell(cells[number]) if number < len(cells) else ""
            if not cell:
                if column.required:
                    problems.error(fields.MISSING, line=line, field=column.title)
                    sound = False
                continue
            try:
                value = column.convert(cell)
            except fields.BadCell as bad:
                problems.error(bad.fault, line=line, field=column.title)
                sound = False
                continue
            if isinstance(value, fields.Mended):
                problems.warn(value.warning, line=line, field=column.title)
                value = value.value
            row.values[column.name] = value
        return row if sound else None

    def cell(self, text: str) -> str:
        """Return a cell without what the format wraps it in; blanks at its ends by default."""
        return text.strip()


def header_row(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first ``rows`` holds all required ``columns``; None if there is none."""
    for number, row in enumerate(rows[:_HEADER_SEARCHED]):
        if not _missing(columns, row):
            return number
    return None


def placed_columns(
    columns: Sequence[Column], cells: Sequence[str], line: int, problems: Problems
) -> list[tuple[Column, int]]:
    """Return where each column stands in the header ``cells``; one that is not known is told by a warning."""
    places: list[tuple[Column, int]] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells):
        heading = folded_title(cell)
        known = [column for column in columns if column.answers_to(heading)]
        column = next((column for column in known if column.name not in taken), None)
        if column is not None:
            places.append((column, number))
            taken.add(column.name)
        elif heading and not known:
            problems.warn(
                Fault("colonne inconnue, qui n'est pas lue", "vérifiez son nom dans le modèle de fichier"),
                line=line,
                field=fields.echo(cell.strip()),
            )
    return places


def missing_columns(kind: str, columns: Sequence[Column], source: Source) -> FileRefused:
    """Return the error that names the required columns that the file lacks."""
    missing = min((_missing(columns, row) for row in source.head()[:_HEADER_SEARCHED]), key=len)
    names = ", ".join(f"«{column.title}»" for column in missing)
    several = "les colonnes" if len(missing) > 1 else "la colonne"
    return FileRefused(
        f"Il manque {several} {names} dans le fichier «{source.name}» : comparez-le avec le modèle "
        f"(«examtui import template {kind}»)."
    )


def _missing(columns: Sequence[Column], cells: Sequence[str]) -> list[Column]:
    headings = {folded_title(cell) for cell in cells}
    return [
        column for column in columns if column.required and not any(column.answers_to(heading) for heading in headings)
    ]


_NOT_TITLE = re.compile(r"[^\w()/%°]+")


def folded_title(title: str) -> str:
    """Return a column's name without what people change: case, accents, ``*``, blanks, quotes, the kind of ``°``."""
    return _NOT_TITLE.sub(" ", fold(title.replace("º", "°").replace("*", " "))).strip()
