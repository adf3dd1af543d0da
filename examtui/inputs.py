"""Checks of what a person types into a form, the same for every form; each raises ``InvalidInput`` for its field.

Text that comes back is what the database keeps: NFC, without blanks around it, without a character that no keyboard
gives (control characters reach no terminal, direction marks disguise no name).
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NoReturn

from examtui.errors import InvalidInput

LONGEST_TEXT = 255
"""What a ``CharField`` holds."""

LONGEST_NOTE = 4000

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]{2,}")
_LONGEST_EMAIL = 254
_POSTCODE = re.compile(r"[0-9]{5}")


def refuse(message: str, field: str) -> NoReturn:
    """Raise ``InvalidInput`` with ``message`` for ``field``."""
    raise InvalidInput(message, field)


def text(value: str, field: str, what: str, *, longest: int = LONGEST_TEXT, lines: bool = False) -> str:
    """Return ``value`` as it is kept; it may be empty.

    ``what`` is the French name with its article («le code»). ``lines`` allows line breaks.

    Raises:
        InvalidInput: too long, or with an invisible character.
    """
    kept = unicodedata.normalize("NFC", value).strip()
    allowed = "\n" if lines else ""
    if any(character not in allowed and (not is_legible(character) or is_mark(character)) for character in kept):
        refuse(f"{_capital(what)} contient un caractère invisible : effacez ce champ et retapez-le.", field)
    if len(kept) > longest:
        refuse(f"{_capital(what)} est trop long : {longest} caractères au plus (il y en a {len(kept)}).", field)
    return kept


def required(value: str, field: str, what: str, *, longest: int = LONGEST_TEXT) -> str:
    """Return ``value`` as it is kept.

    Raises:
        InvalidInput: empty, too long, or with an invisible character.
    """
    kept = text(value, field, what, longest=longest)
    if not kept:
        refuse(f"Donnez {what}.", field)
    return kept


def chosen(value: str, allowed: Iterable[str], field: str, what: str) -> str:
    """Return ``value`` if it is one of ``allowed``.

    Raises:
        InvalidInput: it is not; the sentence lists what can be chosen.
    """
    choices = list(allowed)
    if value not in choices:
        listed = ", ".join(f"«{choice}»" for choice in choices)
        refuse(f"Choisissez {what} parmi {listed}.", field)
    return value


def between(value: int, lowest: int, highest: int, field: str, what: str, unit: str = "") -> int:
    """Return ``value`` if it lies from ``lowest`` to ``highest``, both allowed.

    Raises:
        InvalidInput: it does not.
    """
    if not lowest <= value <= highest:
        refuse(f"{_capital(what)} va de {lowest} à {highest}{f' {unit}' if unit else ''}.", field)
    return value


def email(value: str, field: str, what: str = "l'adresse mail") -> str:
    """Return an e-mail address as it is kept, or nothing.

    Raises:
        InvalidInput: it is not the address of a mailbox.
    """
    kept = text(value, field, what)
    if kept and not is_email(kept):
        refuse(f"{_capital(what)} n'est pas complète : écrivez-la comme «nom@domaine.fr».", field)
    return kept


def postcode(value: str, field: str) -> str:
    """Return a French postal code as it is kept, or nothing.

    Raises:
        InvalidInput: it is not five digits.
    """
    kept = "".join(value.split())
    if kept and not is_postcode(kept):
        refuse("Le code postal compte cinq chiffres, par exemple «31000».", field)
    return kept


def is_email(value: str) -> bool:
    """Tell whether ``value`` is the address of one mailbox; forms and imports ask here."""
    return len(value) <= _LONGEST_EMAIL and value.isprintable() and _EMAIL.fullmatch(value) is not None


def is_postcode(value: str) -> bool:
    """Tell whether ``value`` is a French postal code."""
    return _POSTCODE.fullmatch(value) is not None


def is_legible(character: str) -> bool:
    """Tell whether text may hold ``character``: no control, half of a pair, separator of lines, or unassigned."""
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Zl", "Zp")


def is_mark(character: str) -> bool:
    """Tell whether ``character`` takes no room, or turns the direction of writing: imports drop it, forms refuse it."""
    return unicodedata.category(character) == "Cf"


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]
