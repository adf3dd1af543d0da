"""Who is who (PRODUCT.md, «Who is who»): by INE, else by folded birth name, first name and birth date.

Doubtful matches are shown, never guessed.
"""

from __future__ import annotations

from datetime import date

from examtui.search.fold import words_of

IdentityKey = tuple[str, str, date]


def identity_key(family_name: str, first_names: str, birth_date: date | None) -> IdentityKey | None:
    """Return what two records of one person share: folded birth name, first first name, and birth date.

    None where one of them is missing: such a record is matched to nobody.
    """
    surname = " ".join(words_of(family_name))
    first = first_names.split(maxsplit=1)[0] if first_names.strip() else ""
    name = " ".join(words_of(first))
    return (surname, name, birth_date) if surname and name and birth_date else None
