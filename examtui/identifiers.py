"""The shapes of the numbers that name schools and people: UAI, INE, n° candidat (PRODUCT.md, glossary).

Pure checks that forms and imports share. Each gives a ``Fault`` to tell, or None when the value is sound; a value is
first brought to its written form by ``tidy``.
"""

import re
from dataclasses import dataclass

from examtui.plaintext import plain

CANDIDATE_NUMBER_DIGITS = 11
_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_UAI = re.compile(r"[0-9]{7}[A-Z]")
_INE = re.compile(r"[0-9]{9}[A-Z]{2}|[0-9]{10}[A-Z]|[0-9]{4}A[0-9]{5}[A-Z]")
_CANDIDATE_NUMBER = re.compile(rf"[0-9]{{{CANDIDATE_NUMBER_DIGITS}}}")
_EATEN_NUMBER = re.compile(r"[0-9]{9,10}")
_LONGEST_ECHO = 40


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value, and what to do: two French half sentences without a final point."""

    reason: str
    cure: str

    @property
    def sentence(self) -> str:
        """Reason and cure as one sentence, for a form or an error."""
        return f"{self.reason[:1].upper()}{self.reason[1:]} : {self.cure}."


def tidy(text: str) -> str:
    """Return ``text`` as identifiers are written: no blanks at all, capital letters."""
    return "".join(text.split()).upper()


def uai_letter(digits: str) -> str:
    """Return the check letter of the seven ``digits`` of a UAI (PRODUCT.md, glossary)."""
    return _UAI_LETTERS[int(digits) % len(_UAI_LETTERS)]


def has_uai_shape(uai: str) -> bool:
    """Tell whether ``uai`` is seven digits and a letter, be it the right letter or not."""
    return _UAI.fullmatch(uai) is not None


def uai_fault(uai: str) -> Fault | None:
    """Return what is wrong with ``uai`` (already tidied): its shape, or its check letter."""
    if not has_uai_shape(uai):
        return Fault(
            f"«{_echo(uai)}» n'est pas un numéro d'établissement (UAI)",
            "écrivez sept chiffres et une lettre, par exemple «0310038Y»",
        )
    expected = uai_letter(uai[:7])
    if uai[7] != expected:
        return Fault(
            f"la lettre de l'UAI «{uai}» ne correspond pas à ses chiffres",
            f"vérifiez-les ; si les chiffres sont justes, écrivez «{uai[:7]}{expected}»",
        )
    return None


def ine_fault(ine: str) -> Fault | None:
    """Return what is wrong with ``ine`` (already tidied); its shape alone is checked."""
    if _INE.fullmatch(ine):
        return None
    return Fault(
        f"«{_echo(ine)}» n'a pas la forme d'un INE",
        "écrivez ses 11 caractères tels qu'ils sont dans la base élèves, par exemple «123456789AB»",
    )


def candidate_number_fault(number: str) -> Fault | None:
    """Return what is wrong with ``number`` (already tidied): a n° candidat is 11 digits."""
    if _CANDIDATE_NUMBER.fullmatch(number):
        return None
    return Fault(
        f"«{_echo(number)}» n'est pas un numéro de candidat",
        f"écrivez ses {CANDIDATE_NUMBER_DIGITS} chiffres, par exemple «01843006787»",
    )


def padded_candidate_number(number: str) -> str:
    """Give back the leading zeros that a spreadsheet ate from ``number``; anything else is returned as it is."""
    return number.zfill(CANDIDATE_NUMBER_DIGITS) if _EATEN_NUMBER.fullmatch(number) else number


def _echo(value: str) -> str:
    shown = plain(value[: 2 * _LONGEST_ECHO])
    return shown if len(shown) <= _LONGEST_ECHO else f"{shown[:_LONGEST_ECHO]}…"
