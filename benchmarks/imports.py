"""Import of 100 000 pupils (15-column CSV), checks and index included, against raw sqlite3 in the same run.

Prints rows a second, the ratio to ``executemany`` of the same rows into the same tables (same columns, indexes and
triggers), and to the same without the trigger that indexes each row (the hardest peer: it makes no index of words at
all), each the median of several runs that alternate, and the operating system's peak memory of a fresh process
that imports the file. Bar: 30 000 rows/s, 0.15, 300 MB.

    python benchmarks/imports.py [ROWS] [RUNS]
"""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from examtui import home
from examtui.access import Actor, actor_for
from examtui.clock import utc_now
from examtui.enrolment import imports
from examtui.imports.students import plan
from examtui.model import Academy, Grant, ImportReport, School, User
from examtui.model.base import database

ROWS, RUNS = 100_000, 5
UAI = "0310038Y"
HEADER = imports.template_of("students").splitlines()[0]
STARTS = "MAR DU LE BER GAR ROS FAU THO PET MOR ROU LAM VIN BON GUÉ ÉTI GIR DA NGU KOW SAINT- D'".split()  # noqa: SIM905
ENDS = "TIN PONT NARD CIA SE RE MAS IT EL SEAU BERT CENT NET RIN ENNE AUD SILVA YỄN ALSKI ÇOIS".split()  # noqa: SIM905
FIRST = "Zoé Léa Jean-Pierre Ludivine Erwan Anaïs Chloé Łukasz Ömer Thị François Noël Hélène Paul Inès Maël".split()  # noqa: SIM905


def write_file(path: Path, rows: int) -> None:
    """A file of made-up pupils, the same for the same number."""
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\r\n")
        for number in range(rows):
            name = "".join(chance.choice(part) for part in (STARTS, ENDS, ENDS))
            born = date(2003, 1, 1) + timedelta(days=chance.randrange(2200))
            department = f"{chance.randrange(1, 96):02}".replace("20", "2A")
            second = chance.choice(FIRST) if number % 3 else ""
            stream.write(
                f"{number:09}{chance.choice('ABCDEFGH')}{chance.choice('ABCDEFGH')};{chance.choice(FIRST)};{second};;"
                f"{name};;{chance.choice('MF')};{born:%d/%m/%Y};{department}{chance.randrange(1, 600):03};Commune;"
                f"{department};99100;ST;20110019110;{chance.randrange(3, 7)}{chance.choice('ABCDEFGH')}\r\n"
            )


def fresh_home(folder: Path) -> Actor:
    """An empty home with a school and its user."""
    home.create(folder)
    with home.connected():
        school = School.create(uai=UAI, name="LPO", academy=Academy.create(code="16", name="Toulouse"))
        user = User.create(login="b", created_at=utc_now())
        Grant.create(user=user, role="school", school=school)
        return actor_for("b")


def import_once(folder: Path, path: Path, raise_limit: int) -> tuple[float, float]:
    """Import into a fresh home; return the seconds from the file to the committed report, of clock and of processor."""
    actor = fresh_home(folder)
    (folder / "examtui.toml").write_text(f"[imports]\nmax_table_mib = {raise_limit}\n")
    home.open_home(folder)
    with home.connected():
        start, busy = time.perf_counter(), time.process_time()
        file = imports.read_file(actor, path, "students")
        report = imports.apply(actor, file, UAI).report
        seconds, worked = time.perf_counter() - start, time.process_time() - busy
        assert report.counts.created == file.total
    return seconds, worked


def kept_rows(path: Path, folder: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """The statements and rows that an import inserts, caught on the way."""
    caught: dict[str, list[tuple[object, ...]]] = {}
    real = plan.insert_rows

    def catch(model: type, columns: list[str], rows: object, *rest: object) -> None:
        listed = list(rows)  # type: ignore[call-overload]
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        table = model._meta.table_name  # type: ignore[attr-defined]
        caught.setdefault(f"INSERT INTO {table} ({names}) VALUES ({marks})", []).extend(listed)
        real(model, columns, listed, *rest)

    plan.insert_rows = catch  # type: ignore[assignment]
    try:
        import_once(folder, path, 200)
    finally:
        plan.insert_rows = real
    return list(caught.items())


def raw_once(folder: Path, statements: list[tuple[str, list[tuple[object, ...]]]], *, triggers: bool = True) -> float:
    """The same rows by sqlite3 alone, into the same tables of a fresh home, with their triggers or without."""
    fresh_home(folder)
    with home.connected():
        ImportReport.create(kind="x", file_name="x", sha256="x", at=utc_now(), login="b")
        pragmas = {name: database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "cache_size")}
    connection = sqlite3.connect(folder / "examtui.db")
    connection.execute("PRAGMA foreign_keys = 1")
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name} = {value}")
    if not triggers:
        told = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('candidate', 'student')"
        for (name,) in connection.execute(told).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.commit()
    start = time.perf_counter()
    for sql, rows in statements:
        connection.executemany(sql, rows)
    connection.commit()
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def main() -> None:
    """Run and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "eleves.csv"
        write_file(path, rows)
        # First, while this process is small: Linux counts the parent's memory in a child's peak.
        command = [sys.executable, __file__, "--once", str(folder / "memory"), str(path)]
        peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        statements = kept_rows(path, folder / "caught")
        ours, raw, bare = [], [], []
        for number in range(runs):
            ours.append(import_once(folder / f"ours{number}", path, 200))
            raw.append(raw_once(folder / f"raw{number}", statements))
            bare.append(raw_once(folder / f"bare{number}", statements, triggers=False))
        mine, worked = (statistics.median(run[part] for run in ours) for part in (0, 1))
        peer, hardest = statistics.median(raw), statistics.median(bare)
    print(f"import of {rows} pupils: {rows / mine:,.0f} rows/s (median of {runs}; bar 30 000)")
    print(f"  by processor time, which a busy machine changes less: {rows / worked:,.0f} rows/s")
    print(f"raw sqlite3 executemany of the same rows: {rows / peer:,.0f} rows/s")
    print(f"  without the trigger that indexes each row: {rows / hardest:,.0f} rows/s")
    print(f"ratio: {peer / mine:.2f}; without that trigger {hardest / mine:.2f} (bar 0.15)")
    print(f"peak memory of a fresh process: {peak / 1024:.0f} MB (bar 300)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        import_once(Path(sys.argv[2]), Path(sys.argv[3]), 200)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        main()
