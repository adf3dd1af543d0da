"""What a database says when it cannot serve, as sentences for users."""

from examtui.database.connection import reason_of
from examtui.database.postgresql_errors import refusal
from examtui.errors import Unavailable

_BUSY = ("locked", "deadlock", "Bloquage mortel", "lock timeout", "serialize", "sérialiser")
_FULL = ("full", "No space left")
_READ_ONLY = ("readonly", "read-only")


def unavailable(error: BaseException) -> Unavailable:
    """Return the error that tells why the database did not do its work; nothing was changed."""
    reason = reason_of(error)
    if any(word in reason for word in _BUSY):
        return Unavailable(
            "La base est occupée par un autre travail : rien n'a été changé, recommencez dans un instant."
        )
    if any(word in reason for word in _FULL):
        return Unavailable("Le disque est plein : rien n'a été changé. Libérez de la place, puis recommencez.")
    if any(word in reason for word in _READ_ONLY):
        return Unavailable("La base est en lecture seule : rien n'a été changé. Prévenez l'administrateur.")
    return Unavailable(refusal(reason) or f"La base de données ne répond pas : rien n'a été changé ({reason}).")
