"""Where a setting stands in the text of a TOML file, and how to change it there and leave the rest alone.

tomllib tells no positions. A prefix of the file that ends between two statements is itself a TOML file, so the first
prefix that holds a key ends with the key's last line; the one before it ends where the key's statement starts.
"""

import tomllib
from io import StringIO
from typing import Any


def value_at(values: Any, name: str) -> Any:
    """Return the value of the dotted ``name`` in nested tables, None where there is none."""
    for part in name.split("."):
        values = values.get(part) if isinstance(values, dict) else None
    return values


def lines_of(text: str, name: str) -> tuple[int, int] | None:
    """Return the first and last line (from 1) of the statement that gives the dotted ``name``, None if none does."""
    start = 1
    lines = StringIO(text).readlines()
    for number in range(1, len(lines) + 1):
        try:
            values = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if value_at(values, name) is not None:
            return start, number
        start = number + 1
    return None


def with_value(text: str, name: str, value: Any, expected: dict[str, Any]) -> str:
    """Return the TOML ``text`` with the dotted ``name`` set to ``value``, its other lines and comments untouched.

    ``expected`` is what the result must read as; where the text is too unusual for that (inline tables, say) it is
    written anew from ``expected``, without its comments.
    """
    import tomli_w

    literal = tomli_w.dumps({"x": value}).partition("=")[2].strip()
    for candidate in (_replaced(text, name, literal), _inserted(text, name, literal)):
        try:
            if candidate is not None and tomllib.loads(candidate) == expected:
                return candidate
        except tomllib.TOMLDecodeError:
            continue
    return tomli_w.dumps(expected)


def _replaced(text: str, name: str, literal: str) -> str | None:
    place = lines_of(text, name)
    if place is None:
        return None
    lines = StringIO(text).readlines()
    left, equals, _ = lines[place[0] - 1].partition("=")
    return "".join([*lines[: place[0] - 1], f"{left.rstrip()} {equals} {literal}\n", *lines[place[1] :]])


def _inserted(text: str, name: str, literal: str) -> str:
    table, _, last = name.rpartition(".")
    lines = StringIO(text).readlines()
    statement = f"{last} = {literal}\n"
    for number, line in enumerate(lines, start=1):
        if line.partition("#")[0].strip() == f"[{table}]":
            return "".join([*lines[:number], statement, *lines[number:]])
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{table}]\n{statement}"
