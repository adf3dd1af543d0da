"""A condition on candidates, as criteria compile to it and as searches take it."""

from dataclasses import dataclass

from peewee import Expression, ModelSelect


@dataclass(frozen=True)
class Condition:
    """A condition in both forms that a search may choose from.

    ``predicate`` is true of a ``Candidate`` row (correlated ``EXISTS`` where other tables are asked). ``ids`` selects
    the candidate ids from the structured side, where that side can drive; it may repeat ids, and it must select the
    same candidates as ``predicate``. None where there is no such side (a negation).
    """

    predicate: Expression
    ids: ModelSelect | None = None
