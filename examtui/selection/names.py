"""Comparing names in the database itself: folded there as ``examtui.search.fold`` folds them.

SQLite calls the very function; PostgreSQL says the same in SQL. The text index finds who may have the name, so that a
criterion on a name can drive a search.
"""

import re
from typing import Any

from peewee import JOIN, OP, SQL, Expression, Join, NodeList, Table, fn

from examtui.database.connection import is_postgresql
from examtui.model.base import database
from examtui.search.fold import words_of
from examtui.search.text_index import ranks_of_word

_FUNCTION = "examtui_words"
_MARKS = "[\u0300-\u036f]"
_NOT_LETTERS = "([^a-z0-9\u00aa-\U0010ffff]|[\u2000-\u206f])+"
_LETTERS = ("øłđðıħŧŋəɛɔɓɗƙƴĸØŁĐÐĦŦŊƏƐƆƁƊƘƳ", "olddihtneeobdkykolddhtneeobdky")
_PAIRS = (("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"), ("ß", "ss"), ("ẞ", "ss"), ("þ", "th"), ("Þ", "th"))
_text_index: Any = Table("candidate_index", ("rowid", "candidate_index"))


def spaced(text: str) -> str:
    """Return the folded words of ``text``, each between blanks: `` jean pierre ``."""
    return f" {' '.join(words_of(text))} "


def folded(column: Any) -> Any:
    """Return the expression of ``spaced`` of a column."""
    if is_postgresql(database):
        bare: Any = fn.regexp_replace(fn.normalize(column, SQL("NFKD")), _MARKS, "", "g")
        for pair, letters in _PAIRS:
            bare = fn.replace(bare, pair, letters)
        # The server may lower ASCII alone, so that marks and letters without a decomposition go first.
        bare = fn.lower(fn.translate(bare, *_LETTERS))
        words = fn.btrim(fn.regexp_replace(bare, _NOT_LETTERS, " ", "g"))
        return NodeList((SQL("' ' ||"), words, SQL("|| ' '")), parens=True)
    _define()
    return getattr(fn, _FUNCTION)(column)


def begins(column: Any, value: str) -> Any:
    """Return the condition that a surname is ``value``, or begins with it where it ends in ``*``."""
    wanted = "".join(words_of(value))
    if not wanted:
        return SQL("(1 = 0)")
    held = fn.replace(folded(column), " ", "")
    return _like(held, f"{wanted}%") if value.endswith("*") else held == wanted


def has_word(column: Any, value: str) -> Any:
    """Return the condition that a text holds the words of ``value``; a final ``*`` leaves the last one open."""
    wanted = spaced(value)
    if not wanted.strip():
        return SQL("(1 = 0)")
    return _like(folded(column), f"%{wanted.rstrip()}%" if value.endswith("*") else f"%{wanted}%")


def holds(column: Any, value: str) -> Any:
    """Return the condition that a text holds ``value``, from the start of a word."""
    return has_word(column, f"{value}*")


def found_by_index(value: str, row: Any, condition: Any, *, joined: bool) -> Any:
    """Select the ids of the candidates that the text index finds for a name and ``condition`` holds for.

    ``joined`` looks for the words written as one (a surname), else for the first of them. None where the name has no
    letter that the index knows.
    """
    words = words_of(value)
    if not words:
        return None
    is_start = value.endswith("*") and (joined or len(words) == 1)
    word = "".join(words) if joined else words[0]
    if is_postgresql(database):
        ranks = ranks_of_word(word, is_start=is_start)
        return row.select(row.id.alias("id")).where(row.rank.in_(SQL(f"({ranks.sql})", ranks.values)), condition)
    search = f'"{word}"*' if is_start else f'"{word}"'
    found = Expression(_text_index.candidate_index, "MATCH", search)
    source = Join(_text_index, row, JOIN.CROSS)
    return row.select(row.id.alias("id")).from_(source).where(found, row.rank == _text_index.rowid, condition)


def _like(held: Any, pattern: str) -> Any:
    # Folded text holds letters, digits and blanks alone, so that nothing in it is a wildcard.
    return Expression(held, OP.ILIKE, pattern)


def _define() -> None:
    """Give SQLite the function: to this thread's connection, and to those to come."""
    real = getattr(database, "obj", database)
    if _FUNCTION not in real._functions or not _is_defined(real):
        real.register_function(spaced_or_empty, _FUNCTION, 1)


def _is_defined(real: Any) -> bool:
    try:
        real.connection().execute(f"SELECT {_FUNCTION}('')")
    except Exception as error:
        if re.search("no such function", str(error)):
            return False
        raise
    return True


def spaced_or_empty(text: str | None) -> str:
    """``spaced`` of a column that may be null."""
    return spaced(text or "")
