"""The n° d'inscription of a candidature, as Cyclades writes it: ``001``, or ``001 Version 03`` (FORMATS.md)."""

import re

FIRST_NUMBER = "001"
"""What a candidature is called that came without a number."""
CURE = "écrivez par exemple «001» ou «001 Version 03»"

_WRITTEN = re.compile(r"([0-9]{1,3})(?:\s*(?:-|version|v)?\s*([0-9]{1,2}))?", re.IGNORECASE)
_NUMBER_LENGTH, _VERSION_LENGTH = 3, 2


def registration_number(text: str) -> tuple[str, str] | None:
    """Return number and version as they are kept (``001``, ``03`` or nothing); None where ``text`` is no number."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    return found[1].zfill(_NUMBER_LENGTH), found[2].zfill(_VERSION_LENGTH) if found[2] else ""
