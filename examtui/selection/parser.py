"""Reading the text form: ``classe:3B et (salle:205 ou salle:206)``.

    tree      = and-part { OU and-part }
    and-part  = factor { ET factor }
    factor    = NON factor | "(" tree ")" | criterion
    criterion = keyword [ ":" value { "," value } | ":" value ".." value | comparison value ]

ET binds more than OU, NON more than ET. A yes/no keyword alone means yes; ``sans_salle`` means ``salle:aucune``.
Printing (``examtui.selection.printer``) gives the same tree back.
"""

from collections.abc import Callable

from examtui.errors import InvalidInput
from examtui.selection.catalogue import YES, Kind, lookup, lookup_lack, nearest, shown
from examtui.selection.checks import checked
from examtui.selection.lexer import CriteriaSyntax, Mark, Token, tokens_of
from examtui.selection.tree import Connective, Criterion, Group, Node, Not, Operator, criteria_of, depth_of

MAX_DEPTH = 12
MAX_CRITERIA = 60
_RANGE = ".."


def parse(text: str) -> Node | None:
    """Return the tree that ``text`` describes, None for a blank one (all candidates).

    Raises:
        CriteriaSyntax: the text cannot be read; the sentence says where, what was expected, and the nearest keyword.
    """
    reader = _Reader(tokens_of(text))
    if reader.at_end():
        return None
    tree = reader.tree(0)
    if not reader.at_end():
        raise reader.unexpected("«et»", "«ou»", "la fin")
    return within_limits(tree)


def within_limits(tree: Node | None) -> Node | None:
    """Return ``tree`` if it is small enough for every database to answer.

    Raises:
        CriteriaSyntax: too many criteria, or too many levels.
    """
    if depth_of(tree) > MAX_DEPTH:
        raise CriteriaSyntax(f"Trop de parenthèses les unes dans les autres : {MAX_DEPTH} niveaux au plus", 0)
    if sum(1 for _ in criteria_of(tree)) > MAX_CRITERIA:
        raise CriteriaSyntax(
            f"Trop de critères : {MAX_CRITERIA} au plus. Plusieurs valeurs d'un même critère s'écrivent «classe:3A,3B»",
            0,
        )
    return tree


class _Reader:
    """A reader of tokens by recursive descent."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def current(self) -> Token:
        return self.tokens[self.place]

    def at_end(self) -> bool:
        return self.current.mark is Mark.END

    def take(self) -> Token:
        token = self.current
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def unexpected(self, *expected: str) -> CriteriaSyntax:
        token = self.current
        wanted = ", ".join(expected[:-1]) + (" ou " if len(expected) > 1 else "") + expected[-1]
        found = "le texte s'arrête" if token.mark is Mark.END else f"«{shown(token.text)}» n'est pas à sa place"
        return CriteriaSyntax(f"Critères : {found}, il faut ici {wanted}", token.position)

    def tree(self, depth: int) -> Node:
        if depth > 2 * MAX_DEPTH:
            raise CriteriaSyntax(
                f"Trop de parenthèses les unes dans les autres : {MAX_DEPTH} niveaux au plus", self.current.position
            )
        return self._chain(Connective.OR, lambda: self._chain(Connective.AND, lambda: self._factor(depth)))

    def _chain(self, connective: Connective, read: Callable[[], Node]) -> Node:
        children = [read()]
        while self.current.connective == connective.value:
            self.take()
            children.append(read())
        return children[0] if len(children) == 1 else Group(connective, tuple(children))

    def _factor(self, depth: int) -> Node:
        token = self.current
        if token.connective == "non":
            self.take()
            if depth > 2 * MAX_DEPTH:
                raise CriteriaSyntax(f"Trop de «non» à la suite : {MAX_DEPTH} niveaux au plus", token.position)
            return Not(self._factor(depth + 1))
        if token.mark is Mark.OPEN:
            self.take()
            tree = self.tree(depth + 1)
            if self.current.mark is not Mark.CLOSE:
                opened = token.position + 1
                raise self.unexpected("«et»", "«ou»", f"«)» pour la parenthèse ouverte au caractère {opened}")
            self.take()
            return tree
        if token.mark is not Mark.WORD or token.connective:
            raise self.unexpected("un critère", "une parenthèse ouvrante")
        return self._criterion()

    def _criterion(self) -> Criterion:
        word = self.take()
        entry = lookup(word.text)
        if entry is None:
            lack = lookup_lack(word.text)
            if lack is not None:
                return Criterion(lack.name, (lack.none,))
            raise CriteriaSyntax(_unknown(word.text), word.position)
        after = self.current
        if after.mark is Mark.COMPARISON:
            self.take()
            values: list[str] = [self._value(entry.name)]
            operator = Operator(after.text)
        elif after.mark is Mark.COLON:
            self.take()
            operator, values = self._values(entry.name)
        elif entry.kind is Kind.YES_NO:
            operator, values = Operator.IS, [YES]
        else:
            raise self.unexpected(f"«:» et une valeur après «{entry.name}»")
        try:
            return checked(Criterion(entry.name, tuple(values), operator))
        except InvalidInput as error:
            raise CriteriaSyntax(str(error).rstrip(" ."), word.position) from None

    def _values(self, name: str) -> tuple[Operator, list[str]]:
        token = self.current
        if token.mark is Mark.WORD and _RANGE in token.text:
            bounds = self._value(name).split(_RANGE)
            return Operator.BETWEEN, bounds
        values = [self._value(name)]
        while self.current.mark is Mark.COMMA:
            self.take()
            values.append(self._value(name))
        return Operator.IS, values

    def _value(self, name: str) -> str:
        token = self.current
        if token.mark is Mark.QUOTED or (
            token.mark is Mark.WORD and (not token.connective or token.connective == "non")
        ):
            return self.take().text
        raise self.unexpected(f"une valeur pour «{name}» (entre guillemets si elle contient un blanc)")


def _unknown(word: str) -> str:
    near = nearest(word)
    return f"Critère «{shown(word)}» inconnu" + (f" : voulez-vous dire «{near}» ?" if near else "")
