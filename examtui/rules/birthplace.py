"""Where somebody was born, in one line, from what SIECLE, Cyclades and the pupils' CSV each give."""

from datetime import date

_FRANCE = frozenset({"", "100", "99100", "FRANCE"})
_ABROAD = "99"


def birthplace(commune: str, commune_code: str, department: str, country: str) -> str:
    """Return ``TOULOUSE (31)``, ``commune 31555``, ``HANOI, pays 99243``, ``DAKAR, SÉNÉGAL``; nothing if not known.

    ``department`` may have SIECLE's leading zero (``031``); ``country`` is a name, or an INSEE code, with or without
    its leading 99 (FORMATS.md, SIECLE and the 15 columns); France goes without saying.
    """
    short = department.lstrip("0") if len(department) == 3 and department.startswith("0") else department
    short = short.zfill(2) if short.isdigit() else short
    place = commune or (f"commune {commune_code}" if commune_code else "")
    if short and short != _ABROAD and (commune or not commune_code):
        place = f"{place} ({short})" if place else f"département {short}"
    if country.upper() in _FRANCE:
        return place
    abroad = f"pays {country}" if country.isdigit() else country
    return f"{place}, {abroad}" if place else abroad


def birth(day: date | None, commune: str, commune_code: str, department: str, country: str) -> str:
    """Return date and place: ``03/09/2003 à TOULOUSE (31)``, ``03/09/2003, commune 31555``."""
    place = birthplace(commune, commune_code, department, country)
    if day is None or not place:
        return place if day is None else f"{day:%d/%m/%Y}"
    return f"{day:%d/%m/%Y} à {place}" if commune else f"{day:%d/%m/%Y}, {place}"
