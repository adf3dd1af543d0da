"""Drawing fictional people in alphabetical order, in memory that does not grow with their number."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from random import Random
from typing import NamedTuple

from examtui.demo.names import COMPOUND_SHARE, CULTURES, FRENCH, Culture
from examtui.search.fold import sort_key

_COMPOUNDS = 3000
_RARITY = 12
_SECOND_FIRST_NAME = 0.12
_GIRLS = 0.51
_LONGEST_COMPOUND = 40
_HYPHENATED = 0.7


class Person(NamedTuple):
    """Somebody's names and sex (``M`` or ``F``)."""

    family_name: str
    first_names: str
    sex: str


class Population:
    """Who lives in the fictional academy: surnames and first names with their frequencies, drawn with one seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"{seed}/people")
        surnames = self._surnames()
        self._families = sorted(surnames, key=lambda family: sort_key(family[0], ""))
        self._draws: dict[int, tuple[_Draw, _Draw]] = {
            id(culture): (_Draw(culture.girls), _Draw(culture.boys)) for culture in CULTURES if culture.girls
        }

    def people(self, number: int) -> Iterator[Person]:
        """Give ``number`` people in alphabetical order (``search.fold.sort_key``)."""
        families = zip(self._families, self._counts(number), strict=True)
        for _, namesakes in groupby(families, key=lambda family: sort_key(family[0][0], "")):
            members = [
                self._member(family_name, culture)
                for (family_name, _, culture), count in namesakes
                for _ in range(count)
            ]
            members.sort(key=lambda person: sort_key("", person.first_names))
            yield from members

    def surname(self) -> str:
        """Draw a surname, for an usage name or somebody of the staff."""
        return self._random.choice(FRENCH.surnames)

    def first_name(self, sex: str) -> str:
        """Draw a French first name."""
        girls, boys = self._draws[id(FRENCH)]
        return (girls if sex == "F" else boys).one(self._random.random())

    def _surnames(self) -> list[tuple[str, float, Culture]]:
        surnames: dict[str, tuple[float, Culture]] = {}
        for culture in CULTURES:
            weights = [1 / (place + _RARITY) for place in range(len(culture.surnames))]
            scale = culture.share / sum(weights)
            for name, weight in zip(culture.surnames, weights, strict=True):
                surnames[name] = (weight * scale, culture)
        simple = list(surnames)
        weights = [surnames[name][0] for name in simple]
        for _ in range(_COMPOUNDS):
            first, second = self._random.choices(simple, weights, k=2)
            if first != second and len(first) + len(second) < _LONGEST_COMPOUND:
                joined = f"{first}{'-' if self._random.random() < _HYPHENATED else ' '}{second}"
                surnames.setdefault(joined, (COMPOUND_SHARE / _COMPOUNDS, surnames[first][1]))
        return [(name, weight, culture) for name, (weight, culture) in surnames.items()]

    def _counts(self, number: int) -> list[int]:
        """Share ``number`` people out among the families by draw, a chunk at a time."""
        total = list(accumulate(weight for _, weight, _ in self._families))
        counts = [0] * len(self._families)
        draw, whole, last = self._random.random, total[-1], len(counts) - 1
        for _ in range(number):
            counts[min(bisect(total, draw() * whole), last)] += 1
        return counts

    def _member(self, family_name: str, culture: Culture) -> Person:
        random = self._random.random
        own = culture.girls and random() < culture.own
        girls, boys = self._draws[id(culture if own else FRENCH)]
        is_girl = random() < _GIRLS
        draw = girls if is_girl else boys
        first_names = draw.one(random())
        if random() < _SECOND_FIRST_NAME:
            second = draw.one(random())
            if second != first_names:
                first_names = f"{first_names} {second}"
        return Person(family_name, first_names, "F" if is_girl else "M")


class _Draw:
    """First names from the most frequent to the rarest."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._totals = list(accumulate(1 / (place + _RARITY) for place in range(len(names))))

    def one(self, chance: float) -> str:
        """The name at ``chance`` (0 ≤ chance < 1)."""
        return self._names[min(bisect(self._totals, chance * self._totals[-1]), len(self._names) - 1)]
