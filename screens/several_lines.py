"""A text of several lines in a form: a one-line field for each of its lines."""

from collections.abc import Mapping
from typing import Any

from examtui.inputs import LONGEST_NOTE
from examtui.screens.widgets.fields import Field


def line_fields(name: str, label: str, text: str = "", least: int = 1) -> list[Field]:
    """Return the fields for the lines of ``text``, ``least`` of them or more: ``name``, ``name_2``…"""
    count = max(least, text.count("\n") + 1)
    names = [name, *(f"{name}_{number}" for number in range(2, count + 1))]
    return [Field(part, label if part == name else "  (suite)", max_length=LONGEST_NOTE) for part in names]


def line_values(name: str, text: str) -> dict[str, str]:
    """Return what the fields of ``text`` start with."""
    first, *more = text.split("\n")
    return {name: first, **{f"{name}_{number}": line for number, line in enumerate(more, 2)}}


def with_lines_joined(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` with the lines of ``name`` as one text; those left empty are no lines."""
    lines = {part: value for part, value in values.items() if part == name or part.startswith(f"{name}_")}
    joined = "\n".join(line for line in lines.values() if line)
    return {**{part: value for part, value in values.items() if part not in lines}, name: joined}
