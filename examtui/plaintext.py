"""Text from data made safe to show: one line, nothing that a terminal would obey or that turns the line around."""

import re
import unicodedata

_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, escape among them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"  # bidi marks and what takes no room
    "\ud800-\udfff"  # halves of surrogate pairs: no terminal can be sent them
    "]"
)
_MOST_MARKS = 4
_MARKS = re.compile(
    rf"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MOST_MARKS}}})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def plain(text: object) -> str:
    """Return ``text`` as one line that is safe to show: composed (NFC), without control characters or bidi marks.

    Line breaks and tabs become a blank. Nothing is escaped: whoever shows the result must not read markup in it.
    ``None`` gives an empty text.
    """
    if text is None:
        return ""
    string = str(text)
    if string.isascii() and string.isprintable():
        return string
    string = _UNSAFE.sub("", _BLANKS.sub(" ", string))
    return _MARKS.sub(r"\1", unicodedata.normalize("NFC", string))
