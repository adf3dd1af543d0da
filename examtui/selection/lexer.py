"""The words of the text form: parentheses, operators, quoted values and bare words, each with its place."""

from dataclasses import dataclass
from enum import Enum

from examtui.errors import InvalidInput
from examtui.search.fold import fold
from examtui.selection.tree import Operator

MAX_LENGTH = 10_000
COMPARISONS = ("<=", ">=", "<", ">")
_QUOTES = {'"': '"', "«": "»", "“": "”"}
_BREAKS = set('()"«»“”,&:<>=≤≥')
_ALSO = {"≤": "<=", "≥": ">="}
_CONNECTIVES = {"et": "et", "and": "et", "ou": "ou", "or": "ou", "non": "non", "not": "non", "sauf": "non"}


class CriteriaSyntax(InvalidInput):
    """The text form cannot be read; ``position`` is the place of the mistake, counted in characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (caractère {position + 1})", "criteria")
        self.position = position


class Mark(Enum):
    """What a token is."""

    WORD = "un mot"
    QUOTED = "un texte entre guillemets"
    OPEN = "("
    CLOSE = ")"
    COMMA = ","
    COLON = ":"
    COMPARISON = "une comparaison"
    END = "la fin"


@dataclass(frozen=True)
class Token:
    """A piece of the text; ``text`` is its meaning (quotes gone), ``position`` where it starts."""

    mark: Mark
    text: str
    position: int
    end: int

    @property
    def connective(self) -> str:
        """``et``, ``ou`` or ``non`` where this bare word is one, in any case or in English; else empty."""
        return _CONNECTIVES.get(fold(self.text), "") if self.mark is Mark.WORD else ""


def is_plain(value: str) -> bool:
    """Tell whether ``value`` reads back as one bare word, and so needs no quotes."""
    if not value or fold(value) in _CONNECTIVES or ".." in value:
        return False
    return not any(letter in _BREAKS or letter.isspace() for letter in value)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of ``text``, an ``END`` last.

    Raises:
        CriteriaSyntax: the text is too long, a quote is not closed, or a character is invisible.
    """
    if len(text) > MAX_LENGTH:
        raise CriteriaSyntax(f"Le texte des critères est trop long : {MAX_LENGTH} caractères au plus", MAX_LENGTH)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token_at(text, position)
        tokens.append(token)
        position = token.end
    return [*tokens, Token(Mark.END, "", len(text), len(text))]


_SINGLE = {"(": Mark.OPEN, ")": Mark.CLOSE, ",": Mark.COMMA, "&": Mark.COMMA, ":": Mark.COLON, "=": Mark.COLON}


def _token_at(text: str, start: int) -> Token:
    letter = text[start]
    if letter in _QUOTES:
        return _quoted(text, start)
    for sign in COMPARISONS:
        if text.startswith(sign, start):
            return Token(Mark.COMPARISON, Operator(sign).value, start, start + len(sign))
    if letter in _ALSO:
        return Token(Mark.COMPARISON, _ALSO[letter], start, start + 1)
    if letter in _SINGLE:
        return Token(_SINGLE[letter], letter, start, start + 1)
    if letter in _BREAKS:
        raise CriteriaSyntax(f"«{letter}» ferme des guillemets qui ne sont pas ouverts", start)
    if not letter.isprintable():
        raise CriteriaSyntax("Un caractère invisible s'est glissé dans les critères : effacez-le", start)
    end = start
    while end < len(text) and text[end] not in _BREAKS and not text[end].isspace() and text[end].isprintable():
        end += 1
    return Token(Mark.WORD, text[start:end], start, end)


def _quoted(text: str, start: int) -> Token:
    """Read a quoted value; a quotation mark that belongs to it is doubled."""
    closing = _QUOTES[text[start]]
    value: list[str] = []
    position = start + 1
    while position < len(text):
        letter = text[position]
        if letter == closing:
            if text[position + 1 : position + 2] != closing:
                return Token(Mark.QUOTED, "".join(value).strip(), start, position + 1)
            position += 1
        elif not letter.isprintable() and not letter.isspace():
            raise CriteriaSyntax("Un caractère invisible s'est glissé dans les critères : effacez-le", position)
        value.append(letter)
        position += 1
    raise CriteriaSyntax(f"Il manque «{closing}» pour fermer les guillemets", start)
