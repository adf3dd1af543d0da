"""Near spellings, for when nothing is found: other words of the names that there are, close to the ones typed.

Each is tried by the search itself, in the same scope and under the same conditions: a name that stands outside of them
is never given away.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from examtui.access import Scope
from examtui.database.connection import is_postgresql
from examtui.model.base import database
from examtui.search.condition import Condition
from examtui.search.query import CandidateQuery, Count

_SHORTEST = 3
_ALTERNATIVES = 6
_MOST_TRIED = 24
_MOST_GIVEN = 5
_LETTERS_A_MISTAKE = 3
_vocabulary: dict[object, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Suggestion:
    """A text that finds somebody, and how many."""

    text: str
    count: Count


def near_spellings(text: str, scope: Scope, conditions: Sequence[Condition] = ()) -> list[Suggestion]:
    """Return texts close to ``text`` that find candidates, the closest first; to be asked when it finds none."""
    query = CandidateQuery(text, scope, conditions)
    words = ["".join(parts) for parts in query.terms.words]
    if not words or query.terms.number:
        return []
    held = query.few_words()
    vocabulary = _all_words() if held is None else sorted(held)
    suggestions: list[Suggestion] = []
    for tried, candidate in enumerate(_combinations(words, vocabulary)):
        if tried == _MOST_TRIED or len(suggestions) == _MOST_GIVEN:
            break
        count = CandidateQuery(candidate, scope, conditions).count()
        if count.value:
            suggestions.append(Suggestion(candidate, count))
    return suggestions


def _combinations(words: Sequence[str], vocabulary: Sequence[str]) -> Iterator[str]:
    choices = [_alternatives(word, vocabulary) for word in words]
    combinations = sorted(product(*choices), key=lambda chosen: sum(distance for distance, _ in chosen))
    seen = {" ".join(words)}
    for chosen in combinations:
        text = " ".join(word for _, word in chosen)
        if text not in seen:
            seen.add(text)
            yield text


def _alternatives(word: str, vocabulary: Sequence[str]) -> list[tuple[float, str]]:
    """The words of a sorted ``vocabulary`` close to ``word``, by distance; itself too if names begin with it."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    place = bisect_left(vocabulary, word)
    kept = [(0.0, word)] if place < len(vocabulary) and vocabulary[place].startswith(word) else []
    if len(word) < _SHORTEST:
        return kept or [(0.0, word)]
    mistakes = max(1, len(word) // _LETTERS_A_MISTAKE)
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=mistakes, limit=_ALTERNATIVES)
    near = [(float(distance), known) for known, distance, _ in found if known != word]
    if not near and not kept:
        starts = list({known[: len(word)] for known in vocabulary if len(known) > len(word)})
        found = process.extract(word, starts, scorer=OSA.distance, score_cutoff=mistakes, limit=_ALTERNATIVES)
        near = [(distance + 0.5, start) for start, distance, _ in found]
    return (kept + near) or [(0.0, word)]


def _all_words() -> tuple[str, ...]:
    """The words of all names; read again when candidates were added, since what is suggested is tried anyway."""
    key = (id(database.obj), database.execute_sql("SELECT max(id) FROM candidate").fetchone()[0])
    if key not in _vocabulary:
        if is_postgresql(database):
            rows = database.execute_sql("SELECT DISTINCT unnest(string_to_array(words, ' ')) FROM candidate").fetchall()
        else:
            database.execute_sql(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.candidate_words USING fts5vocab(main, candidate_index, row)"
            )
            rows = database.execute_sql("SELECT term FROM temp.candidate_words").fetchall()
        _vocabulary.clear()
        _vocabulary[key] = tuple(sorted(row[0] for row in rows))
    return _vocabulary[key]
