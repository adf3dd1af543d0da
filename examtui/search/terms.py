"""What a person typed into the search field, as words and numbers to look for; pure.

Every word is the beginning of a word of the surname or the first names, in any order. What stands together with hyphens
or apostrophes may also be one word of the name («le-roux» finds LEROUX). Anything with a digit is a candidate number or
an INE, from its start or from its end. Nothing else means anything: quotes, stars, ``OR`` are as harmless as blanks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from examtui.identifiers import ine_fault, tidy
from examtui.search.fold import words_of

_NUMBER = re.compile(r"[0-9A-Z]*[0-9][0-9A-Z]*")
_LETTER = re.compile(r"[A-Z]")
_MOST_WORDS = 24
_LONGEST_TEXT = 400


@dataclass(frozen=True)
class Terms:
    """``words``: per word typed, the parts that hyphens or apostrophes separate; ``number``: digits, or empty."""

    words: tuple[tuple[str, ...], ...] = ()
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.number)

    def filter(self) -> Callable[[str, str | None, str | None], bool]:
        """Return the test of a candidate by its folded words (with a blank before each), its number and its INE."""
        simple = [f" {part}" for parts in self.words for part in parts if len(parts) == 1]
        compound = [([f" {part}" for part in parts], f" {''.join(parts)}") for parts in self.words if len(parts) > 1]
        number = self.number

        def matches(words: str, candidate_number: str | None, ine: str | None) -> bool:
            for start in simple:
                if start not in words:
                    return False
            for starts, joined in compound:
                if joined not in words and not all(start in words for start in starts):
                    return False
            return not number or _is_part(number, candidate_number) or _is_part(number, ine)

        return matches

    def may_be_ine(self) -> tuple[bool, bool]:
        """Tell whether ``number`` may be the start, and the end, of an INE: it always ends with a letter."""
        return True, self.number[-1:].isalpha()

    def may_be_number(self) -> bool:
        """Tell whether ``number`` may be the start or end of a candidate number: digits only."""
        return not _LETTER.search(self.number)


def parse(text: str) -> Terms:
    """Return what to look for; text without a letter or a digit looks for nothing in particular."""
    text = text[:_LONGEST_TEXT]
    whole = tidy(text)
    if ine_fault(whole) is None:
        return Terms(number=whole)
    words: list[tuple[str, ...]] = []
    number = ""
    for chunk in text.split():
        parts = tuple(words_of(chunk))
        joined = "".join(parts).upper()
        if _NUMBER.fullmatch(joined):
            number += joined
        elif parts:
            words.append(parts)
    return Terms(tuple(words[:_MOST_WORDS]), number)


def fts_expression(terms: Terms) -> str:
    """Return the words as an expression of SQLite's FTS5: every word quoted, so that none is an operator."""
    return " AND ".join(map(_either, terms.words))


def upper_bound(start: str) -> str:
    """Return the first text that is after all texts that begin with ``start`` (letters and digits of ASCII)."""
    return start[:-1] + chr(ord(start[-1]) + 1)


def _either(parts: tuple[str, ...]) -> str:
    all_parts = " AND ".join(f'"{part}"*' for part in parts)
    return all_parts if len(parts) == 1 else f'(({all_parts}) OR "{"".join(parts)}"*)'


def _is_part(number: str, whole: str | None) -> bool:
    return whole is not None and (whole.startswith(number) or whole.endswith(number))
