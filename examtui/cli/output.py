"""Writing results: plain text that no data can turn into terminal orders, tables, and JSON.

``examtui`` prints what comes from files and databases; none of it may move the cursor or reverse the writing.
"""

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import click

from examtui.plaintext import plain

_NARROWEST = 20


def clean(text: str, *, tabs: bool = False) -> str:
    """Return ``text`` made harmless, its lines kept."""
    lines = ("\t".join(map(plain, line.split("\t"))) if tabs else plain(line) for line in text.split("\n"))
    return "\n".join(lines)


def say(text: str = "") -> None:
    """Print a line of text, made harmless; newlines in it are kept."""
    click.echo(clean(text))


def warn(text: str) -> None:
    """Print a line for the user on stderr, so that stdout stays data; a terminal does not cut its words."""
    lines = clean(text).split("\n")
    if sys.stderr.isatty():
        width = max(_NARROWEST, shutil.get_terminal_size().columns - 1)
        lines = [part for line in lines for part in textwrap.wrap(line, width, break_on_hyphens=False) or [""]]
    click.echo("\n".join(lines), err=True)


def say_json(data: Any) -> None:
    """Print ``data`` as JSON, the only thing that ``--json`` prints on stdout.

    Dates are in ISO form, moments (kept in UTC) with their ``Z``, decimals as text.
    """
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    text = json.dumps(data, ensure_ascii=encoding != "utf8", indent=2, default=_plain)
    click.echo(text.encode("utf-8", "backslashreplace").decode())


def say_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headers in aligned columns."""
    lines = [[plain(cell) for cell in row] for row in rows]
    widths = [max(cell_width(line[column]) for line in (list(headers), *lines)) for column in range(len(headers))]
    for line in (list(headers), *lines):
        padded = [cell + " " * (width - cell_width(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(padded).rstrip())


def cell_width(text: str) -> int:
    """How many terminal cells ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z" if value.tzinfo is None else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value)} in JSON output")
