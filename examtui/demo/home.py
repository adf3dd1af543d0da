"""The home of the demonstration: a folder of its own, marked as such, that never takes the place of real data."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from examtui import home as homes
from examtui.demo.build import Figures, figures, fill
from examtui.demo.candidates import Progress
from examtui.demo.files import Marker, is_ours, made_files
from examtui.errors import HomeError
from examtui.files import reason, replace_private
from examtui.home import DEMO_FILE

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
    found = _found(path)
    candidates = candidates if candidates is not None else (found.candidates if found else DEFAULT_CANDIDATES)
    seed = seed if seed is not None else (found.seed if found else DEFAULT_SEED)
    wanted = Marker(VERSION, candidates, seed, complete=True)
    if found == wanted and not anew:
        homes.open_home(path)
        with homes.connected():
            return Prepared(path, figures(), candidates, seed, is_new=False)
    if found:
        with _alone(path):
            _clear(path)
    with homes.new_home(path):
        _mark(path, Marker(VERSION, candidates, seed, complete=False))
        with _alone(path):
            held = fill(candidates, seed, progress)
            _mark(path, wanted)
    return Prepared(path, held, candidates, seed, is_new=True)


def _found(path: Path) -> Marker | None:
    """The marker of the demonstration at ``path``, finished or not; None where there is nothing.

    Raises:
        HomeError: the folder holds something else, a marker or not.
    """
    try:
        if (path / DEMO_FILE).is_symlink() or (path / DEMO_FILE).exists():
            text = (path / DEMO_FILE).read_bytes()
        elif homes.exists(path):
            text = b""
        else:
            return None
    except OSError as error:
        raise HomeError(f"La démonstration de «{path}» ne peut pas être lue : {reason(error)}.") from error
    marker = Marker.read(text)
    if marker is None or not is_ours(path, marker):
        raise HomeError(
            f"Le dossier «{path}» ne contient pas une démonstration, mais d'autres données, peut-être les vraies "
            "données : rien n'a été changé. Donnez un autre dossier avec «--home»."
        )
    return marker


def _mark(path: Path, marker: Marker) -> None:
    replace_private(path / DEMO_FILE, json.dumps(marker.__dict__).encode())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the marker's lock, which whoever makes a demonstration holds until it is made."""
    descriptor = os.open(path / DEMO_FILE, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who made it meanwhile put another marker in the place of the one that was opened.
        if not os.path.samestat(os.fstat(descriptor), (path / DEMO_FILE).stat()):
            raise BlockingIOError
        yield
    except BlockingIOError as error:
        raise HomeError(
            f"Un autre programme prépare la démonstration de «{path}» : attendez qu'elle soit prête, puis recommencez."
        ) from error
    finally:
        os.close(descriptor)


def _clear(path: Path) -> None:
    """Delete the files of a demonstration, its marker last, so that an interruption leaves it known for one.

    Raises:
        HomeError: something in the folder is none of them, then nothing is deleted; or they cannot be deleted.
    """
    try:
        made, foreign = made_files(path)
        if foreign:
            raise HomeError(
                f"Le dossier «{path}» contient aussi «{foreign[0].relative_to(path)}», qui n'est pas de la "
                "démonstration : rien n'a été changé. Rangez-le ailleurs, ou donnez un autre dossier avec «--home»."
            )
        for entry in made:
            if entry.is_dir() and not entry.is_symlink():
                entry.rmdir()
            else:
                entry.unlink()
    except OSError as error:
        raise HomeError(f"La démonstration de «{path}» ne peut pas être refaite : {reason(error)}.") from error
