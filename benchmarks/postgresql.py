"""How long the search of candidates takes on a PostgreSQL server, beside raw psycopg, and how long an import takes.

Each keystroke is asked once, since what is asked again is remembered. Beside it, raw psycopg reads the same rows by the
same index: what is left is what the program adds. Times are in milliseconds.

    python benchmarks/postgresql.py [--candidates N] [--url postgresql://…]

Without a URL (of an empty database) it starts a server of its own, as the tests do, where PostgreSQL is installed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from imports import write_file
from search import CRITERIA, drawn, milliseconds, p95, told, typing

from examtui import home as homes
from examtui.access import Actor, actor_for
from examtui.administration.checks import check_database
from examtui.demo.build import fill
from examtui.enrolment import candidates, imports
from examtui.enrolment.candidates import Search
from examtui.model import Candidate, Grant
from examtui.model.base import database
from examtui.search.terms import parse
from examtui.search.text_index import ranks_of

sys.path.append(str(Path(__file__).parent.parent / "tests"))

KEYSTROKE_P95, CRITERIA_P95, PUPILS = 30.0, 50.0, 20_000
ROW = "rank, id, number, family_name, usage_name, first_names, birth_date, school_id"


def raw_rows(connection: psycopg.Connection[Any], text: str) -> None:
    """The same rows as a keystroke shows, and as many counted, by raw psycopg."""
    select = ranks_of(parse(text)).select(ending=" LIMIT 1001")
    shown = [row[0] for row in connection.execute(select.sql, select.values).fetchall()[:100]]  # type: ignore[call-overload]
    rows = connection.execute(f"SELECT {ROW} FROM candidate WHERE rank = ANY(%s) ORDER BY rank", (shown,)).fetchall()
    ids = [row[1] for row in rows]
    connection.execute("SELECT candidate_id, division FROM student WHERE candidate_id = ANY(%s)", (ids,)).fetchall()
    connection.execute(
        "SELECT r.candidate_id, r.division, s.code, r.state FROM registration r "
        "JOIN speciality s ON s.id = r.speciality_id WHERE r.candidate_id = ANY(%s) ORDER BY r.id",
        (ids,),
    ).fetchall()


def measure_keystrokes(people: dict[str, Actor], url: str) -> bool:
    texts = list(dict.fromkeys(typing(drawn(1))))
    ok = True
    for who, actor in people.items():
        times = [milliseconds(lambda actor=actor, text=text: candidates.search(actor, Search(text))) for text in texts]
        ok &= told(f"keystroke, {who} ({len(texts)})", times, KEYSTROKE_P95)
        if who == "all academies":
            ours = p95(times)
    with psycopg.connect(url, autocommit=True) as connection:
        raw = [milliseconds(lambda text=text: raw_rows(connection, text)) for text in texts]
    told("the same rows as the first by raw psycopg", raw)
    print(f"{'  ratio of the p95':<50}{ours / p95(raw):9.2f}")
    return ok


def measure_numbers(manager: Actor) -> bool:
    held = Candidate.select(Candidate.number).where(Candidate.number.is_null(False)).limit(40).tuples()
    texts = [part for (number,) in held for end in range(1, 12) for part in (number[:end], number[-end:])]
    times = [milliseconds(lambda text=text: candidates.search(manager, Search(text))) for text in texts]
    return told("keystroke, numbers from start and end", times, KEYSTROKE_P95)


def measure_criteria(manager: Actor) -> bool:
    texts = list(dict.fromkeys(typing(drawn(2))))[:100]
    ok = True
    for where in CRITERIA:
        first = milliseconds(lambda where=where: candidates.search(manager, Search("", where)))
        times = [
            milliseconds(lambda where=where, text=text: candidates.search(manager, Search(text, where)))
            for text in texts
        ]
        ok &= told(f"{where} (applied in {first:.0f} ms)", times, CRITERIA_P95)
    return ok


def measure_connections(manager: Actor) -> None:
    def search() -> None:
        with homes.connected():
            candidates.search(manager, Search("mar"))

    database.close()
    try:
        told("a search with the connection that was kept", [milliseconds(search) for _ in range(20)])
    finally:
        database.connect()


def measure_import(folder: Path) -> None:
    grant = Grant.select().where(Grant.role == "school").first()
    actor, path = actor_for(grant.user.login), folder / "eleves.csv"
    write_file(path, PUPILS)
    file = imports.read_file(actor, path, "students")
    spent = milliseconds(lambda: imports.apply(actor, file, grant.school.uai))
    print(f"import of {PUPILS} pupils: {PUPILS / spent * 1000:,.0f} rows/s")


@contextmanager
def database_url(given: str | None) -> Iterator[str]:
    """The URL that was given, or that of a database on a server of our own."""
    if given is not None:
        yield given
        return
    from support.postgresql import running_server

    with running_server() as server:
        yield server.new_database()


def main() -> int:
    """Run all; return 1 where a figure does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=200_000)
    parser.add_argument("--url")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, database_url(options.url) as url:
        folder = Path(name)
        with homes.new_home(folder / "home", url) as home:
            spent = milliseconds(lambda: fill(options.candidates, 1)) / 1000
            print(f"base of {options.candidates} candidates made in {spent:.0f} s")
            people = {
                "all academies": actor_for("administratrice"),
                "one academy": actor_for("gestionnaire"),
                "one school": actor_for("secretariat"),
            }
            manager = people["all academies"]
            print(f"{'milliseconds':<50}{'median':>9}{'p95':>9}{'max':>9}")
            held = [measure_keystrokes(people, url), measure_numbers(manager), measure_criteria(manager)]
            measure_connections(manager)
            measure_import(folder)
            print(f"db check: {milliseconds(lambda: check_database(home)):.0f} ms")
        homes.forget()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
