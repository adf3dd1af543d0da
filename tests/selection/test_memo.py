"""The fiche mémo says what the catalogue and the parser do."""

import re
from pathlib import Path

import pytest

from examtui.selection.catalogue import CATALOGUE
from examtui.selection.parser import parse
from examtui.selection.printer import to_text

MEMO = (Path(__file__).parents[2] / "docs" / "memo-criteres.md").read_text(encoding="utf-8")
EXAMPLES = [text for text in re.findall(r"`([^`]+)`", MEMO) if re.search(r"\w:|>=|^non \w|^SPEC|sans_", text)]


def test_every_criterion_has_its_row():
    rows = [line for line in MEMO.splitlines() if re.match(r"\| `[^`]+` \| [^|]+ \| [^|]+ \| [^|]+ \|", line)]
    wanted = [f"| `{one.name}` | {one.label} | {one.help} | {one.level.value} |" for one in CATALOGUE]
    assert [row for row in rows if row in wanted] == wanted


def test_there_are_examples():
    assert len(EXAMPLES) > 15


@pytest.mark.parametrize("text", sorted(set(EXAMPLES)))
def test_every_example_reads(text):
    tree = parse(text)
    assert tree is not None
    assert parse(to_text(tree)) == tree
