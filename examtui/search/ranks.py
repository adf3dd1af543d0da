"""The alphabetical order of candidates as a number, so that lists come out sorted and pages are keyed by it.

``Candidate.rank`` leaves gaps of 1024, so that a candidate is inserted without moving others; where a gap is full, its
surroundings are spread again. All functions work in the caller's transaction; on PostgreSQL they hold an advisory lock
until its end, since two writers that see the same gap would take the same place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from examtui.database.bulk import execute_many
from examtui.database.connection import is_postgresql
from examtui.model import Candidate
from examtui.model.base import database
from examtui.search.fold import index_words, reverse_of, sort_key

GAP = 1024
_LEAST_GAP = 64
_PARKED = 1 << 60
_SCAN_FRACTION = 400
_FIRST_WINDOW = 32
_ADVISORY_LOCK = 0x72616E6B
_CHUNK = 500


@dataclass
class _Group:
    """New candidates (places in ``keys``) that go between the ranks ``before`` (or 0) and ``after`` (or None)."""

    before: int
    after: int | None
    members: list[int] = field(default_factory=list)

    def fits(self) -> bool:
        return self.after is None or self.after - self.before > len(self.members)


def assign_ranks(keys: Sequence[str]) -> list[int]:
    """Return the ranks for new candidates with these sort keys (``fold.sort_key``), in any order.

    To be called in the transaction that inserts them, before it does. Insert many in the order of their ranks: SQLite's
    text index writes a segment each time that a rank is not above the one before.
    Candidates that are there may be moved a little. Equal keys come after those that are there, in the order given.
    """
    if not keys:
        return []
    _lock_order()
    order = sorted(range(len(keys)), key=keys.__getitem__)
    groups = _places(keys, order)
    for position, group in enumerate(groups):
        if not group.fits():
            _spread_around(groups, position)
    ranks = [0] * len(keys)
    for group in groups:
        for place, member in enumerate(group.members, 1):
            ranks[member] = _between(group, place)
    return ranks


def rank_up_to(key: str) -> int:
    """Return the rank of the last candidate whose sort key is ``key`` or before it; 0 if there is none."""
    return _find_by_halving(_last_rank())(key)[0]


def reindex(candidate_ids: Sequence[int]) -> None:
    """Bring words, place in the order and reversed numbers up to date for candidates whose names or numbers changed.

    To be called in the transaction of the change, after it. One whose new name keeps its place is not moved. Where
    numbers alone change, in bulk, it is enough to write ``fold.reverse_of`` of them.
    """
    _lock_order()
    renamed = set(candidate_ids)
    updates: list[tuple[object, ...]] = []
    moved: list[tuple[int, str]] = []
    for start in range(0, len(candidate_ids), _CHUNK):
        for id_, rank, key, held, derived in _derived(candidate_ids[start : start + _CHUNK]):
            if held != derived:
                updates.append((*derived, id_))
            if not _is_in_place(rank, key, renamed):
                moved.append((id_, key))
    parked = [(_PARKED + place, id_) for place, (id_, _) in enumerate(moved, 1)]
    execute_many(database, "UPDATE candidate SET rank = ? WHERE id = ?", parked)
    execute_many(
        database, "UPDATE candidate SET words = ?, number_reversed = ?, ine_reversed = ? WHERE id = ?", updates
    )
    ranks = assign_ranks([key for _, key in moved])
    places = sorted((rank, id_) for (id_, _), rank in zip(moved, ranks, strict=True))
    execute_many(database, "UPDATE candidate SET rank = ? WHERE id = ?", places)


def _derived(ids: Sequence[int]) -> Iterator[tuple[int, int, str, tuple[object, ...], tuple[object, ...]]]:
    """Give id, rank, sort key, and what follows from names and numbers: as it is held, and as it should be."""
    columns = "id, rank, family_name, usage_name, first_names, number, ine, words, number_reversed, ine_reversed"
    marks = ", ".join([_mark()] * len(ids))
    rows = database.execute_sql(f"SELECT {columns} FROM candidate WHERE id IN ({marks}) ORDER BY rank", ids).fetchall()
    for id_, rank, family, usage, first, number, ine, *held in rows:
        derived = (index_words(family, usage, first), reverse_of(number), reverse_of(ine))
        yield id_, rank, sort_key(family, first), tuple(held), derived


def _mark() -> str:
    return "%s" if is_postgresql(database) else "?"


def _lock_order() -> None:
    if is_postgresql(database):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_ADVISORY_LOCK,))


def _is_in_place(rank: int, key: str, renamed: set[int]) -> bool:
    for comparison, direction, before in (("<", "DESC", True), (">", "ASC", False)):
        neighbour = database.execute_sql(
            "SELECT id, family_name, first_names FROM candidate "
            f"WHERE rank {comparison} {_mark()} AND rank < {_PARKED} ORDER BY rank {direction} LIMIT 1",
            (rank,),
        ).fetchone()
        if neighbour is None:
            continue
        other = sort_key(neighbour[1], neighbour[2])
        if neighbour[0] in renamed or (other > key if before else other < key):
            return False
    return True


def _places(keys: Sequence[str], order: list[int]) -> list[_Group]:
    last = _last_rank()
    if last == 0:
        return [_Group(0, None, order)]
    total = last // GAP
    find = _find_by_scan() if len(keys) * _SCAN_FRACTION > total else _find_by_halving(last)
    groups: list[_Group] = []
    for member in order:
        before, after = find(keys[member])
        if groups and groups[-1].before == before:
            groups[-1].members.append(member)
        else:
            groups.append(_Group(before, after, [member]))
    return groups


def _last_rank() -> int:
    row: Any = (
        Candidate.select(Candidate.rank)
        .where(Candidate.rank < _PARKED)
        .order_by(Candidate.rank.desc())
        .limit(1)
        .tuples()
        .first()
    )
    return int(row[0]) if row else 0


def _find_by_halving(last: int) -> Callable[[str], tuple[int, int | None]]:
    probe = (
        f"SELECT rank, family_name, first_names FROM candidate WHERE rank >= {_mark()} AND rank < {_PARKED} "
        "ORDER BY rank LIMIT 1"
    )
    lower = f"SELECT rank FROM candidate WHERE rank < {_mark()} AND rank < {_PARKED} ORDER BY rank DESC LIMIT 1"

    def find(key: str) -> tuple[int, int | None]:
        # The first row whose key is greater has a rank above low and not above high.
        low, high, after = 0, last + 1, None
        while low < high:
            middle = (low + high) // 2
            row = database.execute_sql(probe, (middle,)).fetchone()
            if row is None or sort_key(row[1], row[2]) > key:
                after = None if row is None else int(row[0])
                high = middle
            else:
                low = int(row[0]) + 1
        before = database.execute_sql(lower, (last + 1 if after is None else after,)).fetchone()
        return (int(before[0]) if before else 0), after

    return find


def _find_by_scan() -> Callable[[str], tuple[int, int | None]]:
    """Walk through all candidates once: the keys must be asked in ascending order."""
    rows = _in_order()
    before, (after, after_key) = 0, next(rows, (None, ""))

    def find(key: str) -> tuple[int, int | None]:
        nonlocal before, after, after_key
        while after is not None and after_key <= key:
            before = after
            after, after_key = next(rows, (None, ""))
        return before, after

    return find


def _in_order() -> Iterator[tuple[int | None, str]]:
    cursor = database.execute_sql(
        f"SELECT rank, family_name, first_names FROM candidate WHERE rank < {_PARKED} ORDER BY rank"
    )
    while rows := cursor.fetchmany(_CHUNK):
        for rank, family, first in rows:
            yield rank, sort_key(family, first)


def _between(group: _Group, place: int) -> int:
    if group.after is None:
        return group.before + GAP * place
    return group.before + (group.after - group.before) * place // (len(group.members) + 1)


def _spread_around(groups: list[_Group], position: int) -> None:
    """Make room for ``groups[position]``: spread a window of rows around it, wide enough that all groups in it fit."""
    group = groups[position]
    reach = max(_FIRST_WINDOW, len(group.members))
    while True:
        ranks, low, high = _window(group.before, reach)
        first = bisect_left(groups, low, key=lambda other: other.before)
        last = bisect_right(groups, ranks[-1] if ranks else low, key=lambda other: other.before)
        wanted = len(ranks) + sum(len(other.members) for other in groups[first:last])
        if high is None or high - low >= (wanted + 1) * _LEAST_GAP:
            break
        reach *= 2
    step = GAP if high is None else (high - low) // (wanted + 1)
    inside = {other.before: other for other in groups[first:last]}
    moves: list[tuple[int, int]] = []
    place = low
    for rank in [low, *ranks]:
        if rank != low:
            place += step
            moves.append((rank, place))
        held = inside.get(rank)
        if held is not None:
            held.before = place
            place += step * len(held.members)
            held.after = place + step if rank != (ranks[-1] if ranks else low) else high
    _move(moves)


def _window(rank: int, reach: int) -> tuple[list[int], int, int | None]:
    """Return the ranks of the ``reach`` rows up to ``rank`` and after it, and the ranks that bound them."""
    ranks: Any = Candidate.select(Candidate.rank).where(Candidate.rank < _PARKED)
    left = [
        row[0] for row in ranks.where(Candidate.rank <= rank).order_by(Candidate.rank.desc()).limit(reach + 1).tuples()
    ]
    right = [row[0] for row in ranks.where(Candidate.rank > rank).order_by(Candidate.rank).limit(reach + 1).tuples()]
    low = left.pop() if len(left) > reach else 0
    high = right.pop() if len(right) > reach else None
    return [*reversed(left), *right], low, high


def _move(moves: list[tuple[int, int]]) -> None:
    """Give rows new ranks in an order in which none ever takes a rank that another still holds."""
    upward = [(new, old) for old, new in reversed(moves) if new > old]
    downward = [(new, old) for old, new in moves if new < old]
    execute_many(database, "UPDATE candidate SET rank = ? WHERE rank = ?", upward + downward)
