"""The encoding of a text without a label: UTF-8, UTF-16 with its mark, Windows-1252 or Mac Roman.

The answer depends on the bytes alone. UTF-8 can hardly be mistaken. Between Windows-1252 and Mac Roman, which give
every byte a meaning, the column names decide if they hold an accent; else what the letters would look like in French.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from examtui.imports.problems import FileRefused

_CHUNK = 1 << 20
_WEIGHED = 20_000
_NOT_ASCII = re.compile(rb"[^\x00-\x7f]")
_PAIR = re.compile(rb"[\x00-\xff]?[\x80-\xff]")
_UTF8_ACCENT = re.compile(rb"[\xc3\xc5][\x80-\xbf]")
_KNOWN_WORDS = re.compile(
    r"prénom|deuxième|troisième|libellé|département|spécialité|épreuve|durée|barème|capacité|numéro|numérisation"
    r"|déroulement|catégorie|aménagement|civilité|édité|académie|établissement|\bn°|écrit|majoré|décision",
    re.IGNORECASE,
)
_FRENCH = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŸŒÆ°’«»–…€\xa0")
_FOREIGN = frozenset("áãåíìóòõøúñýžšðþßÁÃÅÍÌÓÒÕØÚÑÝŽŠÐÞ‘“”—·")


def encoding_of(content: bytes, name: str) -> str:
    """Return Python's name of the encoding of ``content``.

    Raises:
        FileRefused: it is marked or looks like UTF-8 or UTF-16, but some bytes are not; the sentence names the line.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if _first_fault(content, "utf-16") is not None:
            raise FileRefused(f"Le fichier «{name}» est coupé ou abîmé (UTF-16) : enregistrez-le en UTF-8.")
        return "utf-16"
    fault = _first_fault(content, "utf-8")
    if fault is None:
        return "utf-8-sig"
    if content.startswith(codecs.BOM_UTF8) or _looks_like_utf8(content):
        line = content.count(b"\n", 0, fault) + 1
        raise FileRefused(
            f"Le fichier «{name}» est en UTF-8, mais la ligne {line} contient des octets qui n'en sont pas : "
            "enregistrez-le de nouveau, ou retapez cette ligne."
        )
    return _western(content)


def _first_fault(content: bytes, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    try:
        for done in range(0, len(content), _CHUNK):
            decoder.decode(content[done : done + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return done + error.start
    return None


def _looks_like_utf8(content: bytes) -> bool:
    accents = len(_UTF8_ACCENT.findall(content))
    return accents > 1 and accents * 4 > len(_NOT_ASCII.findall(content))


def _western(content: bytes) -> str:
    pairs = Counter(_PAIR.findall(content[: _WEIGHED * 100])[:_WEIGHED])
    lines = b"\n".join(re.split(rb"\r\n|\n|\r", content[: 1 << 16])[:40])
    best = max(("cp1252", "mac_roman"), key=lambda encoding: (_known_words(lines, encoding), _weight(pairs, encoding)))
    return _total(content, best)


def _known_words(lines: bytes, encoding: str) -> int:
    return len(_KNOWN_WORDS.findall(lines.decode(encoding, "replace")))


def _weight(pairs: Counter[bytes], encoding: str) -> int:
    total = 0
    for pair, count in pairs.items():
        text = pair.decode(encoding, "replace")
        letter, before = text[-1], text[:-1]
        if letter in _FRENCH:
            weight = 3
        elif letter in _FOREIGN:
            weight = 1
        else:
            weight = -4
        # An accented capital inside a word in small letters, or the reverse, is a sign of the wrong table.
        if before.isalpha() and letter.isalpha() and before.islower() and letter.isupper():
            weight -= 4
        total += weight * count
    return total


def _total(content: bytes, encoding: str) -> str:
    """Windows-1252 leaves five bytes without a meaning; where they stand, Latin-1 gives them as control characters."""
    return encoding if _first_fault(content, encoding) is None else "latin-1"
