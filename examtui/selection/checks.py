"""The one form of a criterion that is kept: its keyword known, its operator and values checked and normalised."""

import re
import unicodedata
from datetime import date, datetime

from examtui.errors import InvalidInput
from examtui.search.fold import fold
from examtui.selection.catalogue import NO, YES, CriterionType, Kind, shown, type_of
from examtui.selection.tree import Criterion, Operator

NONE_WORDS = frozenset({"aucun", "aucune", "sans"})
MAX_VALUES = 100
MAX_VALUE_LENGTH = 200
_YES_WORDS = frozenset({"oui", "o", "vrai", "1", "yes", "true"})
_NO_WORDS = frozenset({"non", "n", "faux", "0", "no", "false"})
_LARGEST_NUMBER = 1000
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def checked(criterion: Criterion) -> Criterion:
    """Return ``criterion`` in the one form that is kept: known keyword, values normalised, each once.

    Raises:
        InvalidInput: unknown keyword, an operator that it does not take, or a value that is not of its kind.
    """
    entry = type_of(criterion)
    if criterion.operator not in entry.operators:
        raise InvalidInput(
            f"«{entry.name}» se compare par «:» : écrivez par exemple «{entry.name}:{_example(entry)}».", "criteria"
        )
    values = tuple(dict.fromkeys(_checked_value(entry, value) for value in criterion.values))
    if not values:
        raise InvalidInput(f"Il manque une valeur à «{entry.name}» : {entry.help}", "criteria")
    if len(values) > MAX_VALUES:
        raise InvalidInput(f"«{entry.name}» a plus de {MAX_VALUES} valeurs : enlevez-en.", "criteria")
    if criterion.operator is Operator.IS:
        return Criterion(entry.name, values)
    return Criterion(entry.name, _checked_bounds(entry, criterion, values), criterion.operator)


def _checked_bounds(entry: CriterionType, criterion: Criterion, values: tuple[str, ...]) -> tuple[str, ...]:
    if entry.none in values:
        raise InvalidInput(
            f"«{entry.none}» ne se compare que par «:» : écrivez «{entry.name}:{entry.none}».", "criteria"
        )
    if criterion.operator is not Operator.BETWEEN:
        if len(values) != 1:
            raise InvalidInput(f"«{entry.name}{criterion.operator}» prend une seule valeur.", "criteria")
        return values
    if len(criterion.values) != 2:
        raise InvalidInput(f"«{entry.name}» prend deux bornes : «{entry.name}:première..dernière».", "criteria")
    low, high = (_checked_value(entry, value) for value in criterion.values)
    if _order_of(entry, low) > _order_of(entry, high):
        raise InvalidInput(
            f"«{entry.name}» : «{low}» vient après «{high}», mettez les bornes dans l'ordre.", "criteria"
        )
    return (low, high)


def _order_of(entry: CriterionType, value: str) -> int:
    return read_date(value).toordinal() if entry.kind is Kind.DATE else int(value)


def read_date(value: str) -> date:
    """Return a normalised date (``15/03/2021``) as one."""
    return datetime.strptime(value, "%d/%m/%Y").date()


def _example(entry: CriterionType) -> str:
    return YES if entry.kind is Kind.YES_NO else "valeur"


def _checked_value(entry: CriterionType, value: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", value).split())
    if not plain or (not plain.strip("*") and len(plain) > 1):
        raise InvalidInput(f"Il manque une valeur à «{entry.name}» : {entry.help}", "criteria")
    if len(plain) > MAX_VALUE_LENGTH:
        raise InvalidInput(
            f"Une valeur de «{entry.name}» est trop longue ({MAX_VALUE_LENGTH} caractères au plus).", "criteria"
        )
    if not plain.isprintable():
        raise InvalidInput(f"Une valeur de «{entry.name}» contient un caractère invisible : retapez-la.", "criteria")
    if entry.none and fold(plain) in NONE_WORDS:
        return entry.none
    if entry.kind is Kind.YES_NO:
        return _checked_yes_no(entry, plain)
    if entry.kind is Kind.DATE:
        return _checked_date(entry, plain)
    if entry.kind is Kind.NUMBER:
        return _checked_number(entry, plain)
    return plain


def _checked_yes_no(entry: CriterionType, value: str) -> str:
    word = fold(value)
    if word in _YES_WORDS:
        return YES
    if word in _NO_WORDS:
        return NO
    raise InvalidInput(f"«{entry.name}» prend oui ou non, pas «{shown(value)}».", "criteria")


def _checked_date(entry: CriterionType, value: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", value, re.ASCII)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value, re.ASCII)
    try:
        if match:
            day = date(int(match[3]), int(match[2]), int(match[1]))
        elif iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        else:
            raise ValueError
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise ValueError
    except ValueError:
        raise InvalidInput(
            f"«{shown(value)}» n'est pas une date pour «{entry.name}» : écrivez jj/mm/aaaa, par exemple 15/03/2021.",
            "criteria",
        ) from None
    return f"{day:%d/%m/%Y}"


def _checked_number(entry: CriterionType, value: str) -> str:
    match = re.fullmatch(r"(\d{1,4})\s?%?", value, re.ASCII)
    if match is None or int(match[1]) > _LARGEST_NUMBER:
        raise InvalidInput(
            f"«{shown(value)}» n'est pas un nombre pour «{entry.name}» : "
            f"écrivez un nombre entier de 0 à {_LARGEST_NUMBER}.",
            "criteria",
        )
    return str(int(match[1]))
