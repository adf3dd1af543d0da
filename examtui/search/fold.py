"""Folding of names: what is left of a name when accents, case, hyphens and apostrophes do not matter (PRODUCT.md §1).

A folded word is a run of letters and digits, lower case, without marks. Letters that have no decomposition (``ł``,
``đ``, ``ß``…) are written as a French keyboard would type them. Words of other scripts stay as they are: who can type
them finds them.
"""

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "þ": "th",
        "ə": "e",
        "ɛ": "e",
        "ɔ": "o",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ĸ": "k",
    }
)
_WORD = re.compile(r"[^\W_]+")
_NAMES_KEPT = 1 << 16
_MOST_PARTS_JOINED = 8
BELOW_ALL_LETTERS = "\t"


def fold(text: str) -> str:
    """Return ``text`` in lower case without marks; anything but letters is left as it is."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join([letter for letter in decomposed if not unicodedata.combining(letter)]).lower().translate(_SPECIAL)


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``, in its order."""
    return _WORD.findall(fold(text))


def index_words(family_name: str, usage_name: str, first_names: str) -> str:
    """Return the words that a candidate is found by, separated by a space, each once.

    Besides the words of its names they hold joined forms: ``dartagnan`` for «D'Artagnan», ``jeanpierre`` for
    «Jean-Pierre», ``delatour`` and ``latour`` for «de la Tour». A search is for the beginning of words, so that joining
    each part to all that follow it is enough.
    """
    words = _surname_words(family_name)
    if usage_name and usage_name != family_name:
        words += _surname_words(usage_name)
    return " ".join(dict.fromkeys(words + _first_name_words(first_names)))


def sort_key(family_name: str, first_names: str) -> str:
    """Return the key of the alphabetical order: surname word by word, then first names.

    Keys compare as Python strings. A surname comes before the longer ones that it begins: ROSE, ROSE BONBON, ROSEAU.
    """
    return _spaced(family_name) + BELOW_ALL_LETTERS + _spaced(first_names)


def reverse_of(number: str | None) -> str | None:
    """Return a candidate number or an INE from its end to its start, for searches by ending."""
    return number[::-1] if number else None


@lru_cache(_NAMES_KEPT)
def _spaced(name: str) -> str:
    return " ".join(words_of(name))


@lru_cache(_NAMES_KEPT)
def _surname_words(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return (*words, *_joined(words))


@lru_cache(_NAMES_KEPT)
def _first_name_words(names: str) -> tuple[str, ...]:
    words: list[str] = []
    for name in names.split():
        parts = words_of(name)
        words += parts
        words += _joined(parts)
    return tuple(words)


def _joined(parts: list[str]) -> list[str]:
    return ["".join(parts[start:]) for start in range(min(len(parts) - 1, _MOST_PARTS_JOINED))]
