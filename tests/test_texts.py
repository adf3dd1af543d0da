import string
from pathlib import Path

import pytest

from examtui import texts

MEMOS = Path(__file__).parents[2] / "shared" / "seeds"
NAMES = [name for name in vars(texts) if name.isupper() and name != "SOURCES"]


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def test_every_wording_names_its_memo() -> None:
    assert sorted(texts.SOURCES) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_memo_fills_every_blank(name: str) -> None:
    blanks = {field for _, field, _, _ in string.Formatter().parse(getattr(texts, name)) if field}
    assert blanks == set(texts.SOURCES[name][1])


@pytest.mark.skipif(not MEMOS.is_dir(), reason="the memos are not beside this checkout (../shared/seeds)")
@pytest.mark.parametrize("name", NAMES)
def test_wording_stands_in_its_memo(name: str) -> None:
    number, values = texts.SOURCES[name]
    (memo,) = MEMOS.glob(f"{number}_*.txt")
    wording = getattr(texts, name).format(**values)
    assert _plain(wording) in _plain(memo.read_text("utf-8"))
