"""Tables as rows of cells with their line in the file, whether they come as CSV or as a spreadsheet."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TextIO

from examtui.identifiers import Fault
from examtui.imports.problems import FileRefused, Problems
from examtui.imports.sheet_size import MOST_CELLS, TooManyCells, Unreadable, check_cells

_SEPARATORS = ";\t,"
_SEPARATOR_LINES = 40
_LARGEST_CELL = 100_000
_BYTES_PER_ROW = 120


class Grid(ABC):
    """The rows of a table."""

    estimated_rows: int

    @abstractmethod
    def rows(self, problems: Problems) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the line (from 1) that it starts on; what cannot be cut into cells goes to problems."""

    def head(self, most: int) -> list[list[str]]:
        """Return the first rows, blank ones included."""
        return [cells for _, cells in islice(self.rows(Problems()), most)]


class TextGrid(Grid):
    """CSV; the separator is the one that the first lines use most."""

    def __init__(self, open_text: Callable[[], TextIO], size: int) -> None:
        self._open = open_text
        self.estimated_rows = size // _BYTES_PER_ROW
        with open_text() as stream:
            start = [line[:_LARGEST_CELL] for line in islice(stream, _SEPARATOR_LINES)]
        self.separator = max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in start), default=0))

    def rows(self, problems: Problems) -> Iterator[tuple[int, list[str]]]:
        """See ``Grid.rows``."""
        csv.field_size_limit(_LARGEST_CELL)
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self.separator, strict=True)
            line = 1
            while True:
                try:
                    for cells in reader:
                        yield line, cells
                        line = reader.line_num + 1
                    return
                except csv.Error as error:
                    problems.error(_csv_fault(str(error)), line=line)
                    if "end of data" in str(error):
                        return
                    line = reader.line_num + 1


def _csv_fault(error: str) -> Fault:
    if "field limit" in error:
        return Fault(
            "une cellule est démesurée", "cherchez un guillemet (\") qui n'est pas fermé, ou réduisez le texte"
        )
    if "end of data" in error:
        return Fault(
            "un guillemet (\") ouvert ici n'est pas fermé avant la fin du fichier",
            "fermez-le ou enlevez-le ; si la fin manque, exportez le fichier de nouveau",
        )
    return Fault('un guillemet (") est mal placé', "enlevez-le, ou doublez-le s'il fait partie du texte")


class SpreadsheetGrid(Grid):
    """The first sheet of an .ods or .xlsx that is not empty; cells are written as a CSV export would."""

    def __init__(self, content: bytes, name: str) -> None:
        self._rows = _sheet(content, name)
        self.estimated_rows = len(self._rows)

    def rows(self, problems: Problems) -> Iterator[tuple[int, list[str]]]:  # noqa: ARG002
        """See ``Grid.rows``; the line is the sheet's row number, and there is nothing to complain of."""
        for line, cells in enumerate(self._rows, 1):
            yield line, [cell_text(cell) for cell in cells]


def _sheet(content: bytes, name: str) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        check_cells(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for number in range(len(book.sheet_names)):
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise TooManyCells
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            if rows:
                return rows
    except TooManyCells:
        raise FileRefused(
            f"Le classeur «{name}» a trop de cellules : enregistrez la feuille utile au format CSV."
        ) from None
    except (CalamineError, Unreadable, OSError, ValueError, UnicodeError) as error:
        raise FileRefused(
            f"Le classeur «{name}» ne se lit pas : enregistrez-le au format CSV, puis recommencez."
        ) from error
    raise FileRefused(f"Le classeur «{name}» est vide. Choisissez un autre fichier.")


def cell_text(value: Any) -> str:
    """Return a spreadsheet's value as the importers read it: ISO dates, hours, plain numbers."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "O" if value else "N"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
