"""CSV as FORMATS.md («What this program writes for other systems») asks for it: UTF-8 with BOM, ``;``, CRLF.

A cell that a spreadsheet would take for a formula is made harmless by an apostrophe before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

_BOM = b"\xef\xbb\xbf"
_TO_QUOTE = re.compile(r'[;"\r\n]|^\s|\s$')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")


def csv_file(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a whole file: the header, then the rows."""
    return b"".join(csv_stream(heading, rows))


def csv_stream(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Give the same file piece by piece, for tables that are too long to hold."""
    yield _BOM + csv_line(heading).encode("utf-8", "replace")
    for row in rows:
        yield csv_line(row).encode("utf-8", "replace")


def csv_line(cells: Iterable[Any]) -> str:
    """Return one line, ended by CRLF; values are written as French readers do."""
    return ";".join(_quoted(harmless(written(cell))) for cell in cells) + "\r\n"


def written(value: Any) -> str:
    """Return a value as text: ``dd/mm/yyyy``, ``hh:mm``, decimal comma, ``O`` or ``N``; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "O" if value else "N"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return str(value)


def harmless(text: str) -> str:
    """Return ``text`` so that a spreadsheet reads it as text and not as a formula; a plain number stays as it is."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text
