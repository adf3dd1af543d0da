"""The home of the demonstration: a folder of its own, marked as such, that never takes the place of real data."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examtui import home as homes
from examtui.demo.build import Figures, figures, fill
from examtui.demo.candidates import Progress
from examtui.errors import HomeError
from examtui.files import create_private, reason, replace_private

MARKER = "demo.json"
VERSION = 1
"""Of the fictional data; a home of another version is made anew."""

DEFAULT_CANDIDATES = 2000
DEFAULT_SEED = 1


@dataclass(frozen=True)
class Prepared:
    """The opened demonstration: what it holds, and whether it was made now or found as it had been left."""

    path: Path
    figures: Figures
    candidates: int
    seed: int
    is_new: bool


def default_path() -> Path:
    """Where the demonstration is when nothing names it: ``EXAMTUI_HOME``, else a folder beside the real data's."""
    named = os.environ.get("EXAMTUI_HOME")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("examtui-demo", appauthor=False))


def prepare(
    path: Path,
    candidates: int | None = None,
    seed: int | None = None,
    *,
    anew: bool = False,
    progress: Progress | None = None,
) -> Prepared:
    """Open the demonstration at ``path``, made if it is not there with these ``candidates`` and ``seed``.

    What is None is taken as it is there. ``anew`` makes it again, without what was done in it.

    Raises:
        HomeError: ``path`` holds something else than a demonstration, cannot be written, or is being made elsewhere.
    """
    found = _read_marker(path)
    candidates = candidates if candidates is not None else int(found.get("candidates", DEFAULT_CANDIDATES))
    seed = seed if seed is not None else int(found.get("seed", DEFAULT_SEED))
    wanted = {"version": VERSION, "candidates": candidates, "seed": seed, "complete": True}
    if found == wanted and not anew:
        homes.open_home(path)
        with homes.connected():
            return Prepared(path, figures(), candidates, seed, is_new=False)
    if found:
        with _alone(path):
            _clear(path)
    with homes.new_home(path):
        create_private(path / MARKER, json.dumps({**wanted, "complete": False}).encode())
        with _alone(path):
            held = fill(candidates, seed, progress)
    replace_private(path / MARKER, json.dumps(wanted).encode())
    return Prepared(path, held, candidates, seed, is_new=True)


def is_demonstration(path: Path) -> bool:
    """Tell whether ``path`` is a demonstration's home, finished or not."""
    return (path / MARKER).is_file()


def _read_marker(path: Path) -> dict[str, Any]:
    """What the marker says; empty where there is no demonstration and one can be made.

    Raises:
        HomeError: the folder holds real data.
    """
    if not is_demonstration(path):
        if homes.exists(path):
            raise HomeError(
                f"Le dossier «{path}» contient de vraies données, pas une démonstration : rien n'a été changé. "
                "Donnez un autre dossier avec «--home»."
            )
        return {}
    try:
        values = json.loads((path / MARKER).read_text("utf-8"))
    except OSError as error:
        raise HomeError(f"La démonstration de «{path}» ne peut pas être lue : {reason(error)}.") from error
    except ValueError:
        values = None
    # A marker that says nothing is one of a demonstration that was interrupted: it is made again.
    return values if isinstance(values, dict) and values else {"complete": False}


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the marker's lock, which whoever makes a demonstration holds until it is made."""
    descriptor = os.open(path / MARKER, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise HomeError(
            f"Un autre programme prépare la démonstration de «{path}» : attendez qu'elle soit prête, puis recommencez."
        ) from error
    finally:
        os.close(descriptor)


def _clear(path: Path) -> None:
    """Empty the folder of a demonstration, its marker last, so that an interruption leaves it known for one."""
    try:
        for entry in sorted(path.iterdir(), key=lambda entry: entry.name == MARKER):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
    except OSError as error:
        raise HomeError(f"La démonstration de «{path}» ne peut pas être refaite : {reason(error)}.") from error
