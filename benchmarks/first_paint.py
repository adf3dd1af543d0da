"""How long until the first painted screen, beside a minimal Textual application, each in a terminal of its own.

From the start of the process to the first bytes that show the home screen (its title) or the minimal application's one
word. Processes are started in turn, so that both sides meet the same machine; medians and the ratio are printed. The
home holds a small fictional academy, made for the run.

    python benchmarks/first_paint.py [--runs N]
"""

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

MINIMAL = (
    "from textual.app import App\nfrom textual.widgets import Static\n"
    "class Minimal(App):\n    def compose(self):\n        yield Static('premier')\nMinimal().run()"
)
MOST = 1.5
_GIVE_UP = 20.0


def seconds_to(marker: bytes, command: Sequence[str]) -> float:
    """Run ``command`` in a terminal of 80×24, and return the seconds until ``marker`` was written to it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True, close_fds=True
    )
    os.close(slave)
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([master], [], [], _GIVE_UP)
            if not ready:
                raise TimeoutError(f"no first screen after {_GIVE_UP:.0f} s: {seen[-400:]!r}")
            seen += os.read(master, 65536)
        return time.perf_counter() - begin
    finally:
        process.kill()
        process.wait()
        os.close(master)


def main() -> int:
    """Run all, return 1 where the ratio does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "home")
        demo = [sys.executable, "-m", "examtui", "demo", "--no-tui", "--home", home]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        sides = {
            "examtui": (b"Accueil", [sys.executable, "-m", "examtui", "--home", home, "--as", "gestionnaire"]),
            "minimal Textual": (b"premier", [sys.executable, "-c", MINIMAL]),
        }
        times: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(runs + 1):
            for name, (marker, command) in sides.items():
                spent = seconds_to(marker, command)
                if number:
                    times[name].append(spent)
    found = {name: statistics.median(values) for name, values in times.items()}
    ratio = found["examtui"] / found["minimal Textual"]
    for name, value in found.items():
        print(f"{name:<24}{value * 1000:8.1f} ms")
    print(f"{'ratio':<24}{ratio:8.2f}    (at most {MOST})")
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
