"""Named errors: a stable code, and one French sentence that says what is wrong and what to do.

The command line prints the sentence and exits 1; a screen shows it where the user is. Anything that is not an
``ExamtuiError`` is a bug and is reported as one.
"""

from typing import ClassVar


class ExamtuiError(Exception):
    """Base of every error that a user can meet; ``str(error)`` is the French sentence, ``code`` its stable name."""

    code: ClassVar[str] = "erreur"


class NotFound(ExamtuiError):
    """The record does not exist, or belongs to somebody else: the two are answered alike (PRODUCT.md, roles)."""

    code = "introuvable"


class Forbidden(ExamtuiError):
    """No grant of the user holds the permission that the use case asks for."""

    code = "interdit"


class InvalidInput(ExamtuiError):
    """A value that the user typed is wrong; ``field`` names the form field (the model's name), where there is one."""

    code = "saisie"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Conflict(ExamtuiError):
    """The record changed since it was shown: somebody else saved first. Nothing was written."""

    code = "conflit"


class Unconfirmed(ExamtuiError):
    """What is asked for is possible and unusual; the sentence says why. Nothing was written: ask again, confirmed."""

    code = "a_confirmer"


class Unavailable(ExamtuiError):
    """The thing cannot be done now (service closed, database locked, disk full); the sentence says when or how."""

    code = "indisponible"


class SettingsError(ExamtuiError):
    """The settings file is wrong; the sentence names the key and the line."""

    code = "reglages"


class HomeError(ExamtuiError):
    """The data folder is missing, not ours, or of a newer program."""

    code = "dossier"
