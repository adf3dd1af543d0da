"""How long ``examtui --help`` takes beside the barest Click program.

Processes are started in turn, so that both sides meet the same machine; medians and ratios are printed.

    python benchmarks/start.py [--runs N]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

BARE = "import click\n@click.command()\ndef main():\n    '''Help.'''\nmain()"
MOST = 3.0


def seconds(command: Sequence[str]) -> float:
    """Wall time of one run of ``command``."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "0"})
    return time.perf_counter() - begin


def medians(commands: dict[str, list[str]], runs: int) -> dict[str, float]:
    """The median of ``runs`` runs of each command, the commands taken in turn; one more run warms the disk."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            spent = seconds(command)
            if number:
                times[name].append(spent)
    return {name: statistics.median(values) for name, values in times.items()}


def measure_help(runs: int) -> bool:
    """Print the figures of ``--help``; tell whether the ratio holds."""
    found = medians(
        {
            "examtui --help": [sys.executable, "-m", "examtui", "--help"],
            "bare Click": [sys.executable, "-c", BARE, "--help"],
        },
        runs,
    )
    ratio = found["examtui --help"] / found["bare Click"]
    for name, value in found.items():
        print(f"{name:<24}{value * 1000:8.1f} ms")
    print(f"{'ratio':<24}{ratio:8.2f}    (at most {MOST})")
    return ratio <= MOST


def main() -> int:
    """Run all, return 1 where a ratio does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    return 0 if measure_help(parser.parse_args().runs) else 1


if __name__ == "__main__":
    sys.exit(main())
