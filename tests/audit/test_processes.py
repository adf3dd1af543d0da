"""The audit chain under many real processes at once, and under kill -9."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from examtui import audit
from examtui.home import Home
from examtui.model import AuditEntry, User

PROCESSES, ENTRIES = 20, 10

_WRITER = """
import sys
from pathlib import Path
from examtui import audit, home
from examtui.clock import utc_now
from examtui.model import User
from examtui.model.base import database

home.open_home(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    with home.connected(), database.atomic():
        user = User.create(login=f"{sys.argv[2]}-{number}", created_at=utc_now())
        audit.record(sys.argv[2], "users.add", "user", user.id, after={"login": user.login})
"""

_ENDLESS = """
import sys
from pathlib import Path
from examtui import audit, home
from examtui.clock import utc_now
from examtui.model import User
from examtui.model.base import database

home.open_home(Path(sys.argv[1]))
number = 0
with home.connected():
    while True:
        number += 1
        with database.atomic():
            user = User.create(login=f"{sys.argv[2]}-{number}", created_at=utc_now())
            audit.record(sys.argv[2], "users.add", "user", user.id, after={"login": user.login})
        print(number, flush=True)
"""


def _start(script: str, home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_twenty_processes_break_no_link(any_home: Home) -> None:
    writers = [_start(_WRITER, any_home.path, f"writer{number}", str(ENTRIES)) for number in range(PROCESSES)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    while any(writer.poll() is None for writer in writers):
        assert audit.verify().faults == ()
    errors = [writer.communicate()[1] for writer in writers]
    assert [error for error in errors if error] == []
    assert AuditEntry.select().count() == User.select().count() == PROCESSES * ENTRIES
    found = audit.verify()
    assert (found.entries, found.faults) == (PROCESSES * ENTRIES, ())


def test_kill_loses_nothing_that_was_committed(any_home: Home) -> None:
    told = 0
    for round_ in range(4):
        writer = _start(_ENDLESS, any_home.path, f"round{round_}")
        assert writer.stdout is not None
        for _ in range(5 + 3 * round_):
            assert writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        told += 5 + 3 * round_ + len(writer.stdout.read().split())
        writer.communicate()
        entries = AuditEntry.select().count()
        assert entries == User.select().count()
        # Each round may have committed one more than it could tell.
        assert told <= entries <= told + round_ + 1
        found = audit.verify()
        assert (found.entries, found.faults) == (entries, ())
