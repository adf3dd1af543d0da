"""Dates, hours and numbers as people type them: pure readers for the fields of forms."""

import re
from datetime import date, time, timedelta
from decimal import Decimal

from examtui.errors import InvalidInput
from examtui.search.fold import fold

DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_FULL_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_NAMED = {"auj": 0, "aujourd'hui": 0, "aujourdhui": 0, "dem": 1, "demain": 1, "hier": -1}
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:h. ](\d{2})?)?|(\d{2})(\d{2})", re.ASCII)
_CENTURY_AHEAD = 20


def read_date(text: str, today: date, *, past: bool = False) -> date:
    """Read a date: ``15/03/2027``, ``15/03``, ``lun``, ``lun 15/03``, ``+7``, ``-1``, ``auj``, ``demain``.

    Without a year it is the next such day, today included, or with ``past`` the last one; a day of the week is the next
    one after today.

    Raises:
        InvalidInput: the text is not a date, or the day of the week named is not that date's.
    """
    words = fold(text.strip())
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if re.fullmatch(r"[+-][0-9]{1,4}", words):
        return today + timedelta(days=int(words))
    named_day, _, rest = words.partition(" ")
    weekday = _weekday(named_day)
    if weekday is not None:
        if not rest.strip():
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        words = rest.strip()
    found = _calendar_date(words, today, past=past)
    if weekday is not None and found.weekday() != weekday:
        raise InvalidInput(f"Le {found:%d/%m/%Y} est un {_FULL_DAYS[found.weekday()]} : vérifiez le jour ou la date.")
    return found


def _weekday(word: str) -> int | None:
    for place, (short, full) in enumerate(zip(DAYS, _FULL_DAYS, strict=True)):
        if word in (short, full, short + "."):
            return place
    return None


def _calendar_date(words: str, today: date, *, past: bool) -> date:
    if match := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DIGITS.fullmatch(words):
        day, month, year = (int(part) for part in match.groups())
    elif match := _DATE.fullmatch(words):
        day, month = int(match[1]), int(match[2])
        if match[3] is None:
            return _without_year(day, month, today, past=past)
        year = int(match[3])
        if len(match[3]) == 2:
            year += 2000 if year <= today.year % 100 + (0 if past else _CENTURY_AHEAD) else 1900
    else:
        raise InvalidInput("Date illisible : tapez par exemple 15/03, 15/03/2027, lun ou +7.")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput("Ce jour n'existe pas dans le calendrier : vérifiez la date.") from None


def _without_year(day: int, month: int, today: date, *, past: bool) -> date:
    for offset in range(9):
        try:
            found = date(today.year + (-offset if past else offset), month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    raise InvalidInput("Ce jour n'existe pas dans le calendrier : vérifiez la date.")


def show_date(value: date | None) -> str:
    """Show a date as forms do: ``lun 15/03/2027``."""
    return f"{DAYS[value.weekday()]} {value:%d/%m/%Y}" if value is not None else ""


def read_time(text: str) -> time:
    """Read an hour: ``8h``, ``8:30``, ``8h30``, ``0830``.

    Raises:
        InvalidInput: the text is not an hour of the day.
    """
    match = _TIME.fullmatch(text.strip().lower())
    if match is None:
        raise InvalidInput("Heure illisible : tapez par exemple 8h, 8h30 ou 14:00.")
    hour, minute = (match[3], match[4]) if match[3] else (match[1], match[2] or "0")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise InvalidInput("Cette heure n'existe pas : tapez par exemple 8h, 8h30 ou 14:00.") from None


def show_time(value: time | None) -> str:
    """Show an hour as forms do: ``08:30``."""
    return f"{value:%H:%M}" if value is not None else ""


def read_integer(text: str, least: int = 0, most: int = 1_000_000) -> int:
    """Read a whole number within bounds.

    Raises:
        InvalidInput: the text is not such a number.
    """
    digits = text.strip().replace(" ", "")
    if not re.fullmatch(r"-?[0-9]{1,9}", digits) or not least <= int(digits) <= most:
        raise InvalidInput(f"Tapez un nombre entier de {least} à {most}.")
    return int(digits)


def read_decimal(text: str) -> Decimal:
    """Read an exact decimal, with a comma or a point: ``2,5``.

    Raises:
        InvalidInput: the text is not a number.
    """
    digits = text.strip().replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", digits):
        raise InvalidInput("Tapez un nombre, par exemple 20 ou 2,5.")
    return Decimal(digits)


def show_decimal(value: Decimal | None) -> str:
    """Show a decimal as forms do, without zeros that say nothing: ``2,5``, ``20``."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
