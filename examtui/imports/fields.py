"""Cells to values: pure converters that all importers share.

A ``Converter`` takes a cell that is not blank, without blanks at its ends, and returns its value, or ``Mended`` with a
warning where the value had to be mended; it raises ``BadCell`` with what is wrong and what to do. Factories
(``text_of``, ``one_of``…) return converters. Sources of the rules: FORMATS.md; PRODUCT.md, glossary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from examtui.identifiers import (
    CANDIDATE_NUMBER_DIGITS,
    Fault,
    candidate_number_fault,
    ine_fault,
    padded_candidate_number,
    tidy,
    uai_fault,
)
from examtui.inputs import LONGEST_NOTE, LONGEST_TEXT, is_email, is_legible, is_mark, is_postcode
from examtui.plaintext import plain
from examtui.rules.candidates import phone_fault

Converter = Callable[[str], Any]
MISSING = Fault("il manque une valeur", "cette donnée est obligatoire, complétez-la")
FRANCE = "99100"
_LONGEST_ECHO = 40
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_EPOCH = date(1899, 12, 30)
_DMY = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_HOUR = re.compile(r"([0-9]{1,2})\s*(?:[:hH]\s*([0-9]{2})?)(?::00)?")
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_WHOLE = re.compile(r"([0-9]+)(?:[.,]0+)?")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(%?)")
_MAIL_SEPARATORS = re.compile(r"[;,\s]+")
_YES = frozenset({"o", "oui", "vrai", "true", "1", "x"})
_NO = frozenset({"n", "non", "faux", "false", "0"})
_SEXES = {"1": "M", "2": "F", "M": "M", "F": "F", "H": "M"}
_COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_DEPARTMENT = re.compile(r"[0-9]{2,3}|2[AB]")


@dataclass(frozen=True)
class Mended:
    """A value that had to be mended, and the warning that says so."""

    value: Any
    warning: Fault


class BadCell(Exception):
    """A cell that is no such value."""

    def __init__(self, reason: str, cure: str) -> None:
        super().__init__(reason)
        self.fault = Fault(reason, cure)


def echo(value: str) -> str:
    """Return the start of a value for a message, without what would disturb a terminal."""
    shown = plain(value[: 2 * _LONGEST_ECHO])
    return shown if len(shown) <= _LONGEST_ECHO else f"{shown[:_LONGEST_ECHO]}…"


def text_of(longest: int = LONGEST_TEXT, *, lines: bool = False) -> Converter:
    """A text of at most ``longest`` letters; blanks are one, and with ``lines`` it may have several lines."""

    def convert(cell: str) -> str:
        if not cell.isprintable() or "  " in cell:
            cell = _cleaned(cell, lines)
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", cell)
        if len(cell) > longest:
            raise BadCell(f"le texte a {len(cell)} lettres", f"abrégez-le, {longest} au plus")
        return cell

    return convert


def _cleaned(cell: str, lines: bool) -> str:
    parts = [" ".join(part.split()) for part in cell.splitlines()] if lines else [" ".join(cell.split())]
    for letter in "".join(parts):
        if not is_legible(letter):
            raise BadCell(
                f"le texte contient un caractère illisible (U+{ord(letter):04X})",
                "retapez-le, ou enregistrez le fichier en UTF-8",
            )
    # Marks that turn the direction of writing would disturb every line that shows the name.
    return "\n".join("".join(letter for letter in part if not is_mark(letter)) for part in parts)


text = text_of()
note = text_of(LONGEST_NOTE, lines=True)


def uai(cell: str) -> str:
    """A UAI, its check letter checked."""
    return _checked(cell, uai_fault)


def ine(cell: str) -> str:
    """An INE; its shape alone is checked."""
    return _checked(cell, ine_fault)


def candidate_number(cell: str) -> str | Mended:
    """A n° candidat; the leading zero that a spreadsheet ate is given back, with a warning."""
    value = tidy(cell)
    padded = padded_candidate_number(value)
    fault = candidate_number_fault(padded)
    if fault is not None:
        if re.fullmatch(r"[0-9][.,]?[0-9]*E\+?[0-9]+", value):
            fault = Fault(
                f"«{echo(cell)}» est un nombre que le tableur a arrondi",
                "mettez la colonne au format texte, retapez le numéro et enregistrez de nouveau",
            )
        raise BadCell(fault.reason, fault.cure)
    if padded != value:
        return Mended(
            padded,
            Fault(
                f"«{echo(value)}» a perdu un zéro au début, il est lu «{padded}»",
                f"vérifiez-le : un numéro de candidat a {CANDIDATE_NUMBER_DIGITS} chiffres",
            ),
        )
    return value


def _checked(cell: str, fault_of: Callable[[str], Fault | None]) -> str:
    value = tidy(cell)
    fault = fault_of(value)
    if fault is not None:
        raise BadCell(fault.reason, fault.cure)
    return value


def day(cell: str) -> date:
    """A date: ``15/03/2021`` (or with ``.`` or ``-``), ``2021-03-15``, or the day number of a spreadsheet."""
    found = _DMY.fullmatch(cell)
    if found:
        parts = int(found[3]), int(found[2]), int(found[1])
    elif found := _ISO.fullmatch(cell):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif re.fullmatch(r"[1-7][0-9]{4}", cell):
        value = _EPOCH + timedelta(days=int(cell))
        parts = value.year, value.month, value.day
    else:
        raise BadCell(f"«{echo(cell)}» n'est pas une date", "écrivez-la jj/mm/aaaa, par exemple «15/03/2021»")
    try:
        value = date(*parts)
    except ValueError:
        raise BadCell(f"le jour «{echo(cell)}» n'existe pas", "vérifiez le jour et le mois") from None
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise BadCell(f"l'année de «{echo(cell)}» n'est pas plausible", "vérifiez-la, sur quatre chiffres")
    return value


def strict_day(cell: str) -> date:
    """A date as ``jj/mm/aaaa`` and in no other form (SIECLE, 15 columns)."""
    if len(cell) != 10 or cell[2] != "/" or cell[5] != "/":
        raise BadCell(f"«{echo(cell)}» n'est pas une date jj/mm/aaaa", "écrivez-la ainsi, par exemple «12/03/2006»")
    return day(cell)


def hour(cell: str) -> time:
    """A time of day: ``8:00``, ``08h00``, ``8h``, ``08:00:00``, or a spreadsheet's fraction of a day."""
    found = _HOUR.fullmatch(cell)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if not found and re.fullmatch(r"0[.,][0-9]+", cell):
        hours, minutes = divmod(round(float(cell.replace(",", ".")) * 24 * 60), 60)
    if hours > 23 or minutes > 59:
        raise BadCell(f"«{echo(cell)}» n'est pas une heure", "écrivez-la hh:mm, par exemple «08:00»")
    return time(hours, minutes)


def number_of(lowest: int = 0, highest: int = 1_000_000) -> Converter:
    """A whole number between two bounds, both allowed."""

    def convert(cell: str) -> int:
        found = _WHOLE.fullmatch(_without_blanks(cell))
        value = int(found[1]) if found and len(found[1]) < 18 else -1
        if not found or not lowest <= value <= highest:
            raise BadCell(
                f"«{echo(cell)}» n'est pas un nombre entier de {lowest} à {highest}", "écrivez-le en chiffres"
            )
        return value

    return convert


def decimal_of(highest: int, places: int = 2) -> Converter:
    """An exact decimal from 0 to ``highest`` with at most ``places`` decimals; comma or point."""

    def convert(cell: str) -> Decimal:
        compact = _without_blanks(cell)
        try:
            value = Decimal(compact.replace(",", ".")) if _DECIMAL.fullmatch(compact) else None
        except InvalidOperation:
            value = None
        if value is None or not 0 <= value <= highest or value != round(value, places):
            raise BadCell(
                f"«{echo(cell)}» n'est pas un nombre de 0 à {highest} avec {places} décimales au plus",
                "écrivez-le avec une virgule, par exemple «2,5»",
            )
        return round(value, places)

    return convert


def percent(cell: str) -> int:
    """Extra time in whole percents: ``33%``, ``33 %``, ``33``, ``0,33`` and ``1/3`` all mean 33."""
    if cell.replace(" ", "") in ("1/3", "tiers"):
        return 33
    found = _PERCENT.fullmatch(cell.replace("\u202f", " ").replace("\xa0", " "))
    value = Decimal(found[1].replace(",", ".")) if found and len(found[1]) < 10 else Decimal(-1)
    if found and not found[2] and value <= 1 and ("," in found[1] or "." in found[1]):
        value *= 100
    if not 0 <= value <= 100:
        raise BadCell(f"«{echo(cell)}» n'est pas un pourcentage de 0 à 100", "écrivez par exemple «33 %»")
    return round(value)


def yes_no(cell: str) -> bool:
    """``O`` or ``N``, ``oui`` or ``non``."""
    folded = cell.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise BadCell(f"«{echo(cell)}» n'est ni «O» ni «N»", "écrivez «O» pour oui, «N» pour non")


def email(cell: str) -> str:
    """One e-mail address."""
    value = cell.strip("<>").strip()
    if not is_email(value):
        raise BadCell(f"«{echo(cell)}» n'est pas une adresse mail", "écrivez-la comme «nom@exemple.fr»")
    return value


def phone(cell: str) -> str:
    """A telephone number, of any country."""
    value: str = text(cell)
    fault = phone_fault(value)
    if fault is not None:
        raise BadCell(f"«{echo(cell)}» : {fault.reason}", fault.cure)
    return value


def postcode(cell: str) -> str | Mended:
    """A postal code, five digits; the leading zero that a spreadsheet ate is given back, with a warning."""
    value = "".join(cell.split())
    if is_postcode(value):
        return value
    if len(value) == 4 and is_postcode(f"0{value}"):
        return Mended(f"0{value}", Fault(f"«{value}» a perdu un zéro au début, il est lu «0{value}»", "vérifiez-le"))
    raise BadCell(f"«{echo(cell)}» n'est pas un code postal", "écrivez ses cinq chiffres")


def emails(cell: str) -> str:
    """Several addresses, separated by ``;``, commas or blanks; each stands once, separated by ``, ``."""
    return ", ".join(dict.fromkeys(email(part) for part in _MAIL_SEPARATORS.split(cell) if part))


def one_of(choices: Mapping[str, Any], cure: str) -> Converter:
    """One of a few words; ``choices`` maps each, folded, to its value, and ``cure`` tells them."""
    from examtui.search.fold import fold

    def convert(cell: str) -> Any:
        key = " ".join(fold(cell).split())
        if key not in choices:
            raise BadCell(f"«{echo(cell)}» n'est pas prévu ici", cure)
        return choices[key]

    return convert


def sex(cell: str) -> str:
    """``M`` or ``F``; SIECLE writes 1 and 2."""
    value = _SEXES.get(cell.upper())
    if value is None:
        raise BadCell(f"«{echo(cell)}» n'est pas un code sexe", "écrivez «M» ou «F» (1 ou 2 dans SIECLE)")
    return value


def country(cell: str) -> str:
    """A country as INSEE writes it, five digits; SIECLE leaves out the first two: 100 is France, ``99100``."""
    value = f"99{cell}" if len(cell) == 3 else cell
    if not re.fullmatch(r"99[0-9]{3}", value):
        raise BadCell(f"«{echo(cell)}» n'est pas un code pays", "écrivez ses cinq chiffres, «99100» pour la France")
    return value


def commune(cell: str) -> str:
    """The INSEE code of a commune, five characters; the leading zero that a spreadsheet ate is given back."""
    value = cell.upper().zfill(5)
    if not _COMMUNE.fullmatch(value):
        raise BadCell(
            f"«{echo(cell)}» n'est pas un code INSEE de commune", "écrivez ses cinq caractères, par exemple «31555»"
        )
    return value


def department(cell: str) -> str:
    """The code of a department: ``01``, ``2A``, ``974``, ``99`` abroad; SIECLE writes ``031``."""
    value = cell.upper()
    if len(value) == 3 and value[0] == "0":
        value = value[1:]
    value = value.zfill(2)
    if not _DEPARTMENT.fullmatch(value):
        raise BadCell(f"«{echo(cell)}» n'est pas un code de département", "écrivez par exemple «31», «2A» ou «974»")
    return value


def _without_blanks(cell: str) -> str:
    return "".join(cell.split())
