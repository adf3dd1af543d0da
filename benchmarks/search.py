"""How long the search of candidates takes beside raw sqlite3, on a demonstration of a million.

Keystrokes go through the use case that the screen calls. Beside each, raw sqlite3 reads the same rows: ranks from the
text index, the columns of the list, classes and candidatures. Times are in milliseconds; the memory is the peak that
the operating system counted for a fresh process that opens the base, loads the screens and searches.

    python benchmarks/search.py [--candidates N] [--home FOLDER]
"""

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from examtui import home as homes
from examtui.access import Actor, actor_for
from examtui.audit import record
from examtui.demo.home import prepare
from examtui.enrolment import candidates
from examtui.enrolment.candidates import Search
from examtui.model import Candidate
from examtui.model.base import database
from examtui.search.terms import fts_expression, parse

CRITERIA = ("liste_rouge:oui", "temps_majoré:33", "épreuve:PHI1", "classe:TG1", "non liste_rouge:oui")
FIRST_USED = (
    *CRITERIA,
    "salle:205",
    "classe:3B",
    "épreuve:C001C et sans_salle",
    "spécialité:BCG",
    "position:Bénéfice",
    "état:Démissionnaire",
    "fraude",
    "tiers_temps",
    "établissement:aucun",
    "remplacement et liste_rouge",
)
PEOPLE, JUMPS = 60, 300
KEYSTROKE_P95, KEYSTROKE_RATIO, CRITERIA_P95, JUMP_P95, SPELLING_P95, MEMORY = 5.0, 2.0, 30.0, 2.0, 150.0, 150.0

Figures = dict[str, tuple[float, float]]


def typing(names: list[tuple[str, str]]) -> Iterator[str]:
    """What stands in the field after each keystroke, from two letters of the surname to three of the first name."""
    for family, first in names:
        for end in range(1, min(len(family), 8) + 1):
            yield family[:end]
        for end in range(1, 4):
            yield f"{family[:3]} {first[:end]}"


def drawn(seed: int) -> list[tuple[str, str]]:
    """Names of people of the base, drawn evenly."""
    chance = random.Random(seed)
    last = Candidate.select(Candidate.id).order_by(Candidate.id.desc()).limit(1).scalar()
    ids = [chance.randrange(1, last + 1) for _ in range(PEOPLE)]
    rows = Candidate.select(Candidate.family_name, Candidate.first_names).where(Candidate.id.in_(ids)).tuples()
    names = [(family, first) for family, first in rows]
    chance.shuffle(names)
    return names


def milliseconds(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return (time.perf_counter() - begin) * 1000


def best(function: Callable[[], object]) -> float:
    """The best of three runs: other programs of the machine are not what is measured."""
    return min(milliseconds(function) for _ in range(3))


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, round(len(times) * 0.95))]


def told(label: str, times: list[float], most: float | None = None) -> bool:
    """Print median and p95; tell whether the p95 is within ``most``."""
    limit = "" if most is None else f"    (p95 at most {most:g})"
    print(f"{label:<50}{statistics.median(times):9.2f}{p95(times):9.2f}{max(times):9.2f}{limit}")
    return most is None or p95(times) <= most


def raw_rows(connection: sqlite3.Connection, text: str) -> None:
    """The same rows as a keystroke shows, and as many counted, by raw sqlite3."""
    ranks = connection.execute(
        "SELECT rowid FROM candidate_index WHERE candidate_index MATCH ? ORDER BY rowid LIMIT 1001",
        (fts_expression(parse(text)),),
    ).fetchall()
    shown = [row[0] for row in ranks[:100]]
    marks = ", ".join("?" * len(shown))
    rows = connection.execute(
        "SELECT rank, id, number, family_name, usage_name, first_names, birth_date, school_id FROM candidate "
        f"WHERE rank IN ({marks}) ORDER BY rank",
        shown,
    ).fetchall()
    ids = [row[1] for row in rows]
    connection.execute(f"SELECT candidate_id, division FROM student WHERE candidate_id IN ({marks})", ids).fetchall()
    connection.execute(
        "SELECT r.candidate_id, r.division, s.code, r.state FROM registration r "
        f"JOIN speciality s ON s.id = r.speciality_id WHERE r.candidate_id IN ({marks}) ORDER BY r.id",
        ids,
    ).fetchall()


def measure_keystrokes(people: dict[str, Actor], connection: sqlite3.Connection) -> bool:
    texts = list(typing(drawn(1)))
    ours: dict[str, list[float]] = {who: [] for who in people}
    raw = []
    for actor in people.values():
        candidates.search(actor, Search())
    for text in texts:
        for who, actor in people.items():
            ours[who].append(best(lambda actor=actor, text=text: candidates.search(actor, Search(text))))
        raw.append(best(lambda text=text: raw_rows(connection, text)))
    ok = True
    for who, times in ours.items():
        ok &= told(f"keystroke, {who} ({len(texts)})", times, KEYSTROKE_P95)
    told("the same rows as the first by raw sqlite3", raw)
    first = next(iter(ours.values()))
    medians, tails = statistics.median(first) / statistics.median(raw), p95(first) / p95(raw)
    print(f"{'  ratio':<50}{medians:9.2f}{tails:9.2f}{'':9}    (at most {KEYSTROKE_RATIO:g})")
    return ok & (max(medians, tails) <= KEYSTROKE_RATIO)


def measure_numbers(manager: Actor) -> bool:
    numbers = [
        row[0] for row in Candidate.select(Candidate.number).where(Candidate.number.is_null(False)).limit(40).tuples()
    ]
    texts = [part for number in numbers for end in range(3, 12) for part in (number[:end], number[-end:])]
    times = [best(lambda text=text: candidates.search(manager, Search(text))) for text in texts]
    return told("keystroke, numbers from start and end", times, KEYSTROKE_P95)


def after_a_write(actor: Actor, wanted: Search) -> float:
    with database.atomic():
        record("benchmark", "candidates.correct_contacts", "candidate", 1)
    return milliseconds(lambda: candidates.search(actor, wanted))


def measure_first_use(people: dict[str, Actor]) -> bool:
    """Criteria applied after somebody's write: nothing is kept, neither what they mean nor whom they find."""
    texts = ["", *list(typing(drawn(7)))[:6]]
    ok = True
    for who, actor in people.items():
        times, whole = [], []
        for where in FIRST_USED:
            for text in texts:
                again = [after_a_write(actor, Search(text, where)) for _ in range(2)]
                times.append(min(again))
            whole.append(milliseconds(lambda actor=actor, where=where: candidates.count(actor, Search("", where))))
        ok &= told(f"first use of criteria, {who}", times, CRITERIA_P95)
        told("  exact count, after the page", whole)
    return ok


def measure_criteria(people: dict[str, Actor]) -> bool:
    texts = list(typing(drawn(2)))
    ok = True
    for who, actor in people.items():
        for where in CRITERIA:
            first = milliseconds(lambda actor=actor, where=where: candidates.search(actor, Search("", where)))
            times = [
                best(lambda actor=actor, where=where, text=text: candidates.search(actor, Search(text, where)))
                for text in texts[:200]
            ]
            ok &= told(f"{who}, {where} (applied in {first:.0f} ms)", times, CRITERIA_P95)
    return ok


def measure_jumps(manager: Actor) -> bool:
    chance = random.Random(3)
    ok = True
    for text in ("", "m", "le", "martin", "jean"):
        wanted = Search(text)
        total = candidates.count(manager, wanted)
        first = milliseconds(lambda wanted=wanted, total=total: candidates.search_at(manager, wanted, total // 2))
        jumps, after, before, letters = [], [], [], []
        for _ in range(JUMPS):
            position = chance.randrange(max(1, total - 100))
            jumps.append(best(lambda: candidates.search_at(manager, wanted, position)))  # noqa: B023
            rank = candidates.search_at(manager, wanted, position, limit=1)[0].rank
            after.append(best(lambda: candidates.search(manager, wanted, after=rank)))  # noqa: B023
            before.append(best(lambda: candidates.search(manager, wanted, before=rank)))  # noqa: B023
            start = chance.choice("abcdefghijklmnopqrstuvwxyz")
            letters.append(best(lambda: candidates.search_position(manager, wanted, start=start)))  # noqa: B023
        name = f"«{text}», {total} found"
        ok &= told(f"jump, {name} (first {first:.0f} ms)", jumps, JUMP_P95)
        ok &= told(f"page, {name}", after + before, JUMP_P95)
        ok &= told(f"letter, {name}", letters, JUMP_P95)
    return ok


def measure_spelling(manager: Actor) -> bool:
    chance = random.Random(4)
    texts = []
    for family, first in drawn(5):
        place = chance.randrange(len(family))
        texts.append(f"{family[:place]}{chance.choice('aeiosrt')}{family[place + 1 :]} {first}")
    first = milliseconds(lambda: candidates.suggest(manager, Search(texts[0])))
    times = [best(lambda text=text: candidates.suggest(manager, Search(text))) for text in texts]
    return told(f"near spellings (first {first:.0f} ms)", times, SPELLING_P95)


def measure_memory(path: Path) -> bool:
    command = [sys.executable, __file__, "--home", str(path), "--as-program"]
    peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{'memory of the program':<50}{peak:9.1f} MB{'':15}    (at most {MEMORY:g})")
    return peak <= MEMORY


def act_as_program(path: Path) -> None:
    """Search as the screens do, and print this process's peak memory in MB."""
    import examtui.screens.app  # noqa: F401

    homes.open_home(path)
    with homes.connected():
        manager = actor_for("administratrice")
        for text in list(typing(drawn(6)))[:200]:
            candidates.search(manager, Search(text))
        for where in CRITERIA:
            candidates.search(manager, Search("mar", where))
            candidates.count(manager, Search("mar", where))
        for text in ("", "m", "martin"):
            candidates.search_at(manager, Search(text), candidates.count(manager, Search(text)) // 2)
        candidates.suggest(manager, Search("dupnt"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure(path: Path) -> bool:
    # First: the system counts in a process's peak that of the one that started it.
    is_small = measure_memory(path)
    homes.open_home(path)
    with homes.connected():
        people = {
            "all academies": actor_for("administratrice"),
            "one academy": actor_for("gestionnaire"),
            "one school": actor_for("secretariat"),
        }
        manager = people["all academies"]
        connection = sqlite3.connect(str(database.database))
        connection.execute("PRAGMA cache_size = -16384")
        print(f"{'milliseconds':<50}{'median':>9}{'p95':>9}{'max':>9}")
        held = [
            is_small,
            measure_keystrokes(people, connection),
            measure_numbers(manager),
            measure_first_use(people),
            measure_criteria(people),
            measure_jumps(manager),
            measure_spelling(manager),
        ]
        connection.close()
    return all(held)


def main() -> int:
    """Run all; return 1 where a figure does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, help="a demonstration to use again, or where to make it")
    parser.add_argument("--as-program", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_program:
        act_as_program(options.home)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = options.home or Path(folder) / "home"
        spent = milliseconds(lambda: prepare(path, options.candidates, 1)) / 1000
        print(f"base of {options.candidates} candidates made or found in {spent:.0f} s")
        return 0 if measure(path) else 1


if __name__ == "__main__":
    sys.exit(main())
