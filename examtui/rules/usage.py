"""What keeps a record from being deleted, told in one French sentence."""

from collections.abc import Iterable
from typing import NamedTuple


class Use(NamedTuple):
    """``number`` records of a kind that hold the record, named in French: «candidature», «candidatures»."""

    number: int
    singular: str
    plural: str

    def __str__(self) -> str:
        return f"{self.number} {self.singular if self.number == 1 else self.plural}"


def deletion_refusal(what: str, uses: Iterable[Use], cure: str) -> str | None:
    """Return why ``what`` («La salle 205») cannot be deleted and the ``cure``, or None where nothing uses it."""
    held = [str(use) for use in uses if use.number]
    if not held:
        return None
    listed = held[0] if len(held) == 1 else f"{', '.join(held[:-1])} et {held[-1]}"
    return f"{what} sert encore ({listed}) : rien n'a été supprimé. {cure}"
