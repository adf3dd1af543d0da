"""How many cells a spreadsheet stands for, counted before its reader makes them all.

A few hundred bytes can name a cell in the last corner of a sheet, or repeat one a billion times; the reader fills all
that lies between, and the machine's memory ends before it can be stopped.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

MOST_CELLS = 10_000_000
_XML = (".xml", ".rels")
_CELL = re.compile(r"([A-Za-z]{0,3})([0-9]{0,7})")
_NUMBER = re.compile(r"[0-9]{1,7}")
_BEYOND = 10**8
_FILLED = frozenset({"v", "is", "f"})
"""What is in a cell of .xlsx that is not blank; blank ones are left out by the reader."""


class TooManyCells(Exception):
    """A sheet stands for more than ``MOST_CELLS``."""


class Unreadable(Exception):
    """A part is no sound XML, or declares entities, or is of a format that is not checked here."""


def check_cells(content: bytes) -> None:
    """Check every part of the archive of an .ods or .xlsx.

    An XML that is cut short is refused here too: the reader would wait for ever.

    Raises:
        TooManyCells: a sheet stands for more than ``MOST_CELLS``.
        Unreadable: a part is no sound XML, or is a sheet in disguise.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            name = entry.filename.lower()
            if name == "xl/workbook.bin":
                raise Unreadable
            part = archive.read(entry)
            if name.endswith(_XML):
                _Counter().read(part)
            elif b"sheetData" in part:
                raise Unreadable


class _Counter:
    """Follows the rows and cells of one part, of either format: their elements have other names."""

    def __init__(self) -> None:
        self._tables = 0
        self._row = self._column = 0
        self._in_cell = False
        self._repeat_row = self._repeat_cell = 1
        self._used_row = self._used_column = 0
        self._last_row = self._last_column = 0

    def read(self, text: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(text, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Unreadable from error

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes.get("r"))
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name in ("table-cell", "covered-table-cell"):
            self._start_repeated_cell(attributes)
        elif name == "table-row":
            self._repeat_row = _repeats(attributes, "number-rows-repeated")
            self._column = self._used_column = 0
        elif name == "table":
            self._start_table()
        elif self._in_cell and (name in _FILLED or self._tables):
            self._use()

    def _end(self, element: str) -> None:
        name = element.rpartition(":")[2]
        if name in ("c", "table-cell", "covered-table-cell"):
            self._in_cell = False
        elif name == "table-row":
            self._row += self._repeat_row
            if self._used_column:
                self._reach(self._row, self._used_column)
        elif name == "table":
            self._tables -= 1

    def _start_table(self) -> None:
        if not self._tables:
            self._row = self._last_row = self._last_column = 0
        self._tables += 1

    def _start_row(self, reference: str | None) -> None:
        self._column = 0
        if reference is None:
            self._row += 1
        else:
            self._row = int(reference) if _NUMBER.fullmatch(reference) else _BEYOND

    def _start_cell(self, reference: str | None) -> None:
        self._in_cell = True
        if reference is None:
            self._column += 1
            return
        found = _CELL.fullmatch(reference)
        if found is None:
            self._row = self._column = _BEYOND
            return
        if found[1]:
            self._column = 0
            for letter in found[1].upper():
                self._column = self._column * 26 + ord(letter) - ord("A") + 1
        if found[2]:
            self._row = int(found[2])

    def _start_repeated_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell = True
        self._column += _repeats(attributes, "number-columns-repeated")
        if any(name.endswith(("value", "value-type", "formula")) for name in attributes):
            self._use()

    def _use(self) -> None:
        if self._tables:
            self._used_column = self._column
        else:
            self._reach(self._row, self._column)

    def _reach(self, row: int, column: int) -> None:
        self._last_row = max(self._last_row, row)
        self._last_column = max(self._last_column, column)
        if self._last_row * self._last_column > MOST_CELLS:
            raise TooManyCells


def _repeats(attributes: dict[str, str], wanted: str) -> int:
    for name, value in attributes.items():
        if name.rpartition(":")[2] == wanted:
            return int(value) if _NUMBER.fullmatch(value) else _BEYOND
    return 1


def _refuse(*_: object) -> None:
    raise Unreadable
