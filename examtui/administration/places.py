"""Finding the academy or school that somebody names."""

from typing import Any

from examtui.access.lookup import found
from examtui.errors import InvalidInput
from examtui.identifiers import tidy, uai_fault
from examtui.model import Academy, School
from examtui.rules.academies import ACADEMIES
from examtui.search.fold import words_of


def academy_code(text: str) -> str:
    """Return the code of the academy of FORMATS.md («Codes») that ``text`` names: by code, or by name however written.

    Raises:
        InvalidInput: there is none.
    """
    wanted = text.strip()
    if wanted.isdecimal() and wanted.zfill(2) in ACADEMIES:
        return wanted.zfill(2)
    words = [word for word in words_of(wanted) if word not in ("academie", "de", "la", "d")]
    for code, name in ACADEMIES.items():
        if words and words == words_of(name):
            return code
    listed = ", ".join(f"{code} {name}" for code, name in ACADEMIES.items())
    raise InvalidInput(f"L'académie «{text}» n'existe pas. Donnez un code ou un nom : {listed}.", "academy")


def academy_named(text: str) -> Academy:
    """Return the academy that ``text`` names by code or name; one that the base does not hold has no id yet.

    Raises:
        InvalidInput: no academy is so named.
    """
    code = academy_code(text)
    held: Academy | None = Academy.get_or_none(Academy.code == code)
    return held or Academy(code=code, name=ACADEMIES[code])


def school_named(uai: str) -> Any:
    """Return the school of that UAI.

    Raises:
        InvalidInput: it is no UAI.
        NotFound: it is not in the base.
    """
    wanted = tidy(uai)
    fault = uai_fault(wanted)
    if fault is not None:
        raise InvalidInput(fault.sentence[:1].upper() + fault.sentence[1:], "school")
    return found(
        School.select().where(School.uai == wanted),
        f"L'établissement {wanted} n'est pas dans la base : créez-le ou importez-le d'abord.",
    )
