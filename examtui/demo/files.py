"""Which folder is a demonstration, and which of its files are the program's: nothing else is ever deleted."""

import json
import re
import sqlite3
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import quote

from examtui.access.folders import FOLDERS
from examtui.database.schema import BACKUPS
from examtui.demo.build import ACTION
from examtui.files import LOG_FILE
from examtui.home import AUDIT_KEY_FILE, DEMO_FILE
from examtui.settings.store import FILE_NAME

_DATABASE = "examtui.db"
_MOST_MARKER = 1000
_FILES = re.compile(
    "|".join(
        (
            re.escape(DEMO_FILE),
            re.escape(FILE_NAME),
            rf"\.({re.escape(DEMO_FILE)}|{re.escape(FILE_NAME)})\.[0-9]+",
            re.escape(AUDIT_KEY_FILE),
            rf"{re.escape(_DATABASE)}(-wal|-shm|-journal)?",
            r"upgrade\.lock",
            re.escape(LOG_FILE),
        )
    )
)
_BACKUP = re.compile(r"avant-mise-a-jour-[0-9]{8}-[0-9]{6}\.db")


@dataclass(frozen=True)
class Marker:
    """What stands in a demonstration's marker, and nothing else does."""

    version: int
    candidates: int
    seed: int
    complete: bool

    @classmethod
    def read(cls, content: bytes) -> "Marker | None":
        """Return the marker that ``content`` is; None where it is no marker of ours."""
        try:
            values = json.loads(content[:_MOST_MARKER])
        except (ValueError, RecursionError):
            return None
        types = {field.name: field.type for field in fields(cls)}
        if not isinstance(values, dict) or {name: type(value) for name, value in values.items()} != types:
            return None
        return cls(**values)


def is_ours(path: Path, marker: Marker) -> bool:
    """Tell whether the home at ``path`` was filled by the demonstration, or (not complete) has nobody's data yet.

    The audit log says so: that of a demonstration begins with its making, that of real data with something else.
    """
    file = path / _DATABASE
    if not file.exists():
        return not marker.complete and not (path / FILE_NAME).exists()
    try:
        connection = sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        try:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_entry'").fetchone():
                return not marker.complete and not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            first = connection.execute("SELECT action FROM audit_entry ORDER BY id LIMIT 1").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(first[0] == ACTION) if first else not marker.complete


def made_files(path: Path) -> tuple[list[Path], list[Path]]:
    """Return what the program made in ``path``, in an order to delete it in (the marker last), and all the rest.

    Folders come after what they hold; one that is a link, or that the program does not know, is of the rest.

    Raises:
        OSError: a folder cannot be read.
    """
    made: list[Path] = []
    foreign: list[Path] = []
    for entry in sorted(path.iterdir(), key=lambda entry: (entry.name == DEMO_FILE, entry.name)):
        if entry.is_symlink():
            foreign.append(entry)
        elif entry.is_file():
            (made if _FILES.fullmatch(entry.name) else foreign).append(entry)
        elif entry.is_dir() and entry.name == BACKUPS:
            inside = list(entry.iterdir())
            foreign += [
                file for file in inside if not _BACKUP.fullmatch(file.name) or not file.is_file() or file.is_symlink()
            ]
            made += [*inside, entry]
        elif entry.is_dir() and entry.name == FOLDERS:
            kept, others = _empty_folders(entry)
            made += kept
            foreign += others
        else:
            foreign.append(entry)
    return made, foreign


def _empty_folders(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders of persons that are empty, and what the others hold: it is theirs."""
    made: list[Path] = []
    foreign: list[Path] = []
    for entry in folder.iterdir():
        inside = list(entry.iterdir()) if entry.is_dir() and not entry.is_symlink() else [entry]
        foreign += inside
        made += [] if inside else [entry]
    return [*made, folder], foreign
