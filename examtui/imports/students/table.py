"""Reading the CSV of pupils, 15 columns (FORMATS.md), at the speed of tens of thousands of rows a second.

Cells repeat: each distinct one is converted once (``_Cache``). A row whose cells are all sound costs no more than the
look-ups; one that is not is gone through again, cell by cell, to tell everything that is wrong with it.
"""

from __future__ import annotations

from typing import Any

from examtui.identifiers import Fault, ine_fault
from examtui.imports import fields
from examtui.imports.engine import Progress
from examtui.imports.problems import Problems
from examtui.imports.source import Source
from examtui.imports.students.pupils import Pupils
from examtui.imports.tables import Column, header_row, missing_columns, placed_columns

HEADINGS = (
    "Identifiant unique*;Premier prénom*;Deuxième prénom;Troisième prénom;Nom de famille*;Nom d'usage;Code sexe*;"
    "Date de naissance (jj/mm/aaaa)*;Code commune naissance**;Libellé commune naissance**;"
    "Code département naissance*;Code pays naissance*;Statut*;Code MEF*;Division*"
)
_status = fields.one_of(
    {"st": "ST", "ap": "AP"}, "écrivez «ST» pour un élève sous statut scolaire, «AP» pour un apprenti"
)
COLUMNS: tuple[Column, ...] = (
    Column("Identifiant unique", "ine", fields.ine, True, "123456789AB", aliases=("INE",)),
    Column("Premier prénom", "first_name", fields.text, True, "Zoé"),
    Column("Deuxième prénom", "second_name", example="Marie"),
    Column("Troisième prénom", "third_name"),
    Column("Nom de famille", "family_name", fields.text, True, "MARTIN-DUPRÉ"),
    Column("Nom d'usage", "usage_name"),
    Column("Code sexe", "sex", fields.sex, True, "F"),
    Column(
        "Date de naissance (jj/mm/aaaa)",
        "birth_date",
        fields.day,
        True,
        "12/03/2006",
        aliases=("Date de naissance",),
    ),
    Column("Code commune naissance", "birth_commune_code", fields.commune, example="31555"),
    Column("Libellé commune naissance", "birth_commune", example="Toulouse"),
    Column("Code département naissance", "birth_department", fields.department, True, "31"),
    Column("Code pays naissance", "birth_country", fields.country, True, "99100"),
    Column("Statut", "status", _status, True, "ST"),
    Column("Code MEF", "mef", fields.text_of(32), True, "20110019110"),
    Column("Division", "division", fields.text_of(32), True, "1G3"),
)
NO_COMMUNE_CODE = Fault(
    "élève né en France sans code de commune de naissance", "indiquez le code INSEE de la commune, par exemple «31555»"
)
_NO_COMMUNE = Fault("élève né à l'étranger sans commune de naissance", "indiquez le nom de la ville de naissance")
_CUT = Fault("la dernière ligne est coupée", "le fichier est incomplet, exportez-le de nouveau")
_PROGRESS_EVERY = 5000


class _Cache(dict[str, Any]):
    """The values of the cells of a column; a cell that is wrong, or missing, raises ``BadCell`` each time."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def __missing__(self, cell: str) -> Any:
        value = converted(self._column, cell)
        self[cell] = value
        return value


def converted(column: Column, cell: str) -> Any:
    """Return the value of a cell, an empty text for a blank one.

    Raises:
        BadCell: it is wrong, or missing where it is required.
    """
    stripped = cell.strip()
    if stripped:
        return column.convert(stripped)
    if column.required:
        raise fields.BadCell(fields.MISSING.reason, fields.MISSING.cure)
    return ""


def is_table_of_pupils(source: Source) -> bool:
    """Tell whether ``source`` is a table with the columns that are required."""
    return source.is_table and header_row(COLUMNS, source.head()) is not None


def read_table(kind: str, source: Source, problems: Problems, progress: Progress) -> Pupils:
    """Read the pupils of a table.

    Raises:
        FileRefused: a required column is missing.
    """
    header = header_row(COLUMNS, source.head())
    if header is None:
        raise missing_columns(kind, COLUMNS, source)
    pupils = Pupils()
    rows = source.grid.rows(problems)
    for _ in range(header):
        next(rows)
    line, headings = next(rows)
    reader = _Reader(placed_columns(COLUMNS, headings, line, problems), len(headings), problems)
    ends_whole = source.ends_with_line
    seen: dict[str, int] = {}
    add_row, add_line = pupils.rows.append, pupils.lines.append
    for line, cells in rows:
        pupil = reader.pupil(line, cells)
        if pupil is None:
            continue
        if (first := seen.setdefault(pupil[0], line)) != line:
            problems.error(_twice(first), line=line, subject=f"INE {pupil[0]}", field="Identifiant unique")
            continue
        add_row(pupil)
        add_line(line)
        if len(seen) % _PROGRESS_EVERY == 0:
            progress("Lecture du fichier", len(seen), source.grid.estimated_rows)
    if reader.last_was_short and not ends_whole:
        problems.error(_CUT, line=line)
    pupils.total = reader.count
    return pupils


def _twice(first: int) -> Fault:
    return Fault(f"cet INE est déjà à la ligne {first}", "gardez une seule ligne pour cet élève")


class _Reader:
    """Turns the cells of a row into a ``Pupil`` tuple."""

    def __init__(self, places: list[tuple[Column, int]], width: int, problems: Problems) -> None:
        self._problems = problems
        self._width = width
        named = {column.name: number for column, number in places}
        # A column that the file does not have stands after its last one, and is blank.
        self._numbers = [named.get(column.name, width) for column in COLUMNS]
        self._columns = [_Cache(column) for column in COLUMNS]
        self._first_names: dict[tuple[str, str, str], str] = {}
        self.count = 0
        self.last_was_short = False

    def pupil(self, line: int, cells: list[str]) -> tuple[Any, ...] | None:
        """Return the pupil of a row; None for a blank row, or one with an error, which is told."""
        width = self._width
        self.last_was_short = len(cells) < width
        if len(cells) != width:
            if not any(cell.strip() for cell in cells):
                return None
            if any(cell.strip() for cell in cells[width:]):
                self.count += 1
                self._problems.error(
                    Fault(
                        f"la ligne a {len(cells)} cellules, et l'en-tête {width}",
                        "cherchez un «;» de trop, ou un texte qui n'est pas entre guillemets",
                    ),
                    line=line,
                )
                return None
            cells = cells[:width] + [""] * (width - len(cells))
        cells.append("")
        caches, numbers = self._columns, self._numbers
        ine = cells[numbers[0]]
        try:
            if ine_fault(ine) is not None:
                ine = converted(COLUMNS[0], ine)
            first = caches[1][cells[numbers[1]]]
            second = caches[2][cells[numbers[2]]]
            third = caches[3][cells[numbers[3]]]
            commune_code = caches[8][cells[numbers[8]]]
            commune = caches[9][cells[numbers[9]]]
            country = caches[11][cells[numbers[11]]]
            if (country == fields.FRANCE and not commune_code) or (country != fields.FRANCE and not commune):
                self._tell(line, cells)
                return None
            self.count += 1
            return (
                ine,
                caches[4][cells[numbers[4]]],
                caches[5][cells[numbers[5]]],
                self._joined(first, second, third) if second or third else first,
                caches[6][cells[numbers[6]]],
                caches[7][cells[numbers[7]]],
                country,
                caches[10][cells[numbers[10]]],
                commune_code,
                commune,
                "",
                "",
                caches[14][cells[numbers[14]]],
                caches[13][cells[numbers[13]]],
                caches[12][cells[numbers[12]]],
                "",
                None,
            )
        except fields.BadCell:
            self._tell(line, cells)
            return None

    def _joined(self, first: str, second: str, third: str) -> str:
        key = (first, second, third)
        names = self._first_names.get(key)
        if names is None:
            names = self._first_names[key] = " ".join(name for name in key if name)
        return names

    def _tell(self, line: int, cells: list[str]) -> None:
        """Add all that is wrong with a row."""
        if not any(cell.strip() for cell in cells):
            return
        self.count += 1
        values: dict[str, Any] = {}
        found = cells[self._numbers[0]].strip()
        subject = f"INE {fields.echo(found)}" if found else ""
        for column, number in zip(COLUMNS, self._numbers, strict=True):
            try:
                values[column.name] = converted(column, cells[number])
            except fields.BadCell as bad:
                self._problems.error(bad.fault, line=line, subject=subject, field=column.title)
        country = values.get("birth_country")
        if country == fields.FRANCE and values.get("birth_commune_code") == "":
            self._problems.error(NO_COMMUNE_CODE, line=line, subject=subject, field="Code commune naissance")
        if country not in (None, fields.FRANCE) and values.get("birth_commune") == "":
            self._problems.error(_NO_COMMUNE, line=line, subject=subject, field="Libellé commune naissance")
