"""A condition on candidates, as criteria compile to it and as searches take it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from peewee import Expression

from examtui.model import Candidate


@dataclass(frozen=True, eq=False)
class Condition:
    """A condition in both forms that a search may choose from.

    ``predicate`` is true of a ``Candidate`` row (correlated ``EXISTS`` where other tables are asked). ``ids`` selects
    the candidate ids from the structured side, where that side can drive; it may repeat ids, and it must select the
    same candidates as ``predicate``. None where there is no such side (a negation).
    """

    predicate: Expression
    ids: Any = None

    @cached_property
    def predicate_sql(self) -> tuple[str, tuple[Any, ...]]:
        """The predicate as SQL on ``candidate AS "t1"``, with its values; made once, not at each keystroke."""
        head, _ = Candidate.select(Candidate.id).sql()
        sql, values = Candidate.select(Candidate.id).where(self.predicate).sql()
        return f"({sql.removeprefix(head).removeprefix(' WHERE ')})", tuple(values)

    @cached_property
    def ids_sql(self) -> tuple[str, tuple[Any, ...]] | None:
        """The select of ids as SQL, with its values."""
        if self.ids is None:
            return None
        sql, values = self.ids.sql()
        return sql, tuple(values)
