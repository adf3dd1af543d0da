"""How long the fictional academy takes, and its memory, beside raw sqlite3 inserting the very same rows.

The peer is ``executemany`` into an empty home, triggers and indexes as they are; both in processes of their own.

    python benchmarks/demo.py [--candidates N …]
"""

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from examtui import home
from examtui.demo.build import fill

TABLES = ("candidate", "student", "registration", "epreuve_registration", "assignment")
LIMIT_CANDIDATES, LIMIT_SECONDS, LIMIT_MIB = 2000, 5.0, 200


def peak_mib() -> float:
    """The peak of this process's memory, as the system counts it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(path: Path, candidates: int) -> dict[str, float]:
    """Make the academy."""
    begin = time.perf_counter()
    with home.new_home(path):
        fill(candidates, 1)
    return {"seconds": time.perf_counter() - begin, "mib": peak_mib()}


def copy(source: Path, path: Path) -> dict[str, float]:
    """Insert the rows of ``source`` into a new home by sqlite3 alone; reading them is not counted."""
    home.create(path)
    rows = sqlite3.connect(source / "examtui.db")
    raw = sqlite3.connect(path / "examtui.db", isolation_level=None)
    spent = 0.0
    raw.execute("PRAGMA synchronous = 1")
    raw.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        cursor = rows.execute(f"SELECT * FROM {table} ORDER BY id")
        marks = ", ".join("?" * len(cursor.description))
        while batch := cursor.fetchmany(20_000):
            begin = time.perf_counter()
            raw.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)
            spent += time.perf_counter() - begin
    begin = time.perf_counter()
    raw.execute("COMMIT")
    return {"seconds": spent + time.perf_counter() - begin, "mib": peak_mib()}


def in_a_process(*arguments: object) -> dict[str, float]:
    """Run one side of the comparison in a process of its own."""
    command = [sys.executable, __file__, *(str(argument) for argument in arguments)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def measure(candidates: int) -> bool:
    """Print the figures for that many candidates; tell whether the limits hold."""
    with tempfile.TemporaryDirectory(prefix="examtui-") as folder:
        made = in_a_process("--make", f"{folder}/made", candidates)
        raw = in_a_process("--copy", f"{folder}/made", f"{folder}/raw")
    ratio = raw["seconds"] / made["seconds"]
    print(
        f"{candidates:>9} candidates  {made['seconds']:8.2f} s  {candidates / made['seconds']:8.0f}/s  "
        f"{made['mib']:6.0f} MiB   raw sqlite3 {raw['seconds']:8.2f} s   ratio {ratio:.2f}"
    )
    return made["mib"] <= LIMIT_MIB and (candidates > LIMIT_CANDIDATES or made["seconds"] <= LIMIT_SECONDS)


def main() -> int:
    """Run all, return 1 where a limit does not hold."""
    if sys.argv[1:2] == ["--make"]:
        print(json.dumps(make(Path(sys.argv[2]), int(sys.argv[3]))))
        return 0
    if sys.argv[1:2] == ["--copy"]:
        print(json.dumps(copy(Path(sys.argv[2]), Path(sys.argv[3]))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, nargs="+", default=[LIMIT_CANDIDATES, 100_000])
    results = [measure(number) for number in parser.parse_args().candidates]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
