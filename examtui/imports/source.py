"""The file itself: read whole, within limits, and told by its content what it is.

Nothing is believed: not the name, not the sizes that a ZIP declares. Whatever cannot be read is refused with one French
sentence (``FileRefused``) before anything is changed.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TextIO

from examtui.files import reason
from examtui.imports.decoding import encoding_of
from examtui.imports.grid import Grid, SpreadsheetGrid, TextGrid
from examtui.imports.problems import FileRefused
from examtui.plaintext import plain

MIB = 1024 * 1024
MOST_MIB = 20
"""The limit unless the setting says otherwise (FORMATS.md, SIECLE)."""
_CHUNK = 256 * 1024
_MOST_ENTRIES = 2000
_HEAD_ROWS = 40
_SNIFFED = 4096
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python's own reader raises on damaged archives, depending on where the damage is."""
_OTHERS = (
    (b"%PDF", "un document PDF"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur Excel ou un document Word (.xls, .doc)"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"SQLite format 3", "une base de données"),
    (b"\x7fELF", "un programme"),
)


class Shape(Enum):
    """What the bytes are."""

    XML = "xml"
    TEXT = "text"
    SPREADSHEET = "spreadsheet"


@dataclass
class Source:
    """A file that was read: its name, the SHA-256 of the file as it was given, and its content, unzipped."""

    name: str
    sha256: str
    shape: Shape
    content: bytes = field(repr=False)

    @property
    def is_table(self) -> bool:
        """Tell whether it has rows and cells: CSV or a spreadsheet."""
        return self.shape is not Shape.XML

    @property
    def ends_with_line(self) -> bool:
        """Tell whether nothing seems cut off a text: its last line is ended."""
        return self.shape is not Shape.TEXT or self.content.rstrip(b"\0")[-1:] in (b"\n", b"\r")

    @cached_property
    def encoding(self) -> str:
        """The encoding of a text (Python's name).

        Raises:
            FileRefused: the bytes are of none that is known.
        """
        return encoding_of(self.content, self.name)

    def text(self) -> TextIO:
        """Open a text; line ends are left as they are."""
        return io.TextIOWrapper(io.BytesIO(self.content), self.encoding, newline="")

    @cached_property
    def grid(self) -> Grid:
        """The rows of a table."""
        if self.shape is Shape.SPREADSHEET:
            return SpreadsheetGrid(self.content, self.name)
        return TextGrid(self.text, len(self.content))

    def head(self) -> list[list[str]]:
        """Return the cells of the first rows of a table, which tell what it is; none for XML."""
        return self._head

    @cached_property
    def _head(self) -> list[list[str]]:
        return self.grid.head(_HEAD_ROWS) if self.is_table else []


def read_source(path: Path, most_mib: int = MOST_MIB, most_table_mib: int | None = None) -> Source:
    """Read the file at ``path``, out of its ZIP if need be.

    ``most_mib`` is the most that it may unzip to, ``most_table_mib`` the most of a CSV, where it has its own limit.

    Raises:
        FileRefused: it is not there, not a plain file, empty, too large, or of no kind that can be read.
    """
    name = shown_name(path)
    table_mib = most_mib if most_table_mib is None else most_table_mib
    raw = _read_plain(path, name, max(most_mib, table_mib))
    sha256 = hashlib.sha256(raw).hexdigest()
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(f"Le fichier «{name}» est vide. Choisissez un autre fichier, ou exportez-le de nouveau.")
    if raw.startswith(b"PK"):
        shape, content = _unzipped(raw, name, most_mib)
    else:
        shape, content = _shape_of(raw, name), raw
    if shape is Shape.TEXT:
        _check_size(raw, name, table_mib, "imports.max_table_mib")
    else:
        _check_size(raw, name, most_mib)
    return Source(name, sha256, shape, content)


def shown_name(path: Path) -> str:
    """Return the name of a file as it is kept and shown: what is no UTF-8 in it, from an old disk, as «�»."""
    return plain(os.fsencode(path.name).decode("utf-8", "replace"))


def _read_plain(path: Path, name: str, most_mib: int) -> bytes:
    limit = most_mib * MIB
    try:
        # Non-blocking, so that opening a pipe that nobody writes to does not wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise FileRefused(f"Le fichier «{name}» n'existe pas. Vérifiez le nom et le dossier.") from None
    except PermissionError:
        raise FileRefused(f"Vous n'avez pas le droit de lire le fichier «{name}». Faites changer ses droits.") from None
    except OSError as error:
        raise FileRefused(f"Le fichier «{name}» ne peut pas être ouvert : {reason(error)}.") from error
    try:
        about = os.fstat(descriptor)
        mode = about.st_mode
        if stat.S_ISDIR(mode):
            raise FileRefused(f"«{name}» est un dossier : choisissez un fichier.")
        if not stat.S_ISREG(mode):
            raise FileRefused(f"«{name}» n'est pas un fichier ordinaire : choisissez un fichier enregistré sur disque.")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            raw = stream.read(min(limit, about.st_size) + 1)
    except OSError as error:
        raise FileRefused(f"Le fichier «{name}» ne peut pas être lu : {reason(error)}.") from error
    finally:
        os.close(descriptor)
    _check_size(raw, name, most_mib)
    return raw


def _check_size(raw: bytes, name: str, most_mib: int, setting: str = "imports.max_size_mib") -> None:
    if len(raw) > most_mib * MIB:
        raise _too_large(name, most_mib, setting)


def _too_large(name: str, limit: int, setting: str = "imports.max_size_mib") -> FileRefused:
    return FileRefused(
        f"Le fichier «{name}» dépasse {limit} Mio une fois décompressé : rien n'a été lu. S'il est bien celui qu'il "
        f"faut, l'administrateur peut relever la limite (réglage «{setting}»)."
    )


def _shape_of(raw: bytes, name: str) -> Shape:
    for start, what in _OTHERS:
        if raw.startswith(start):
            raise FileRefused(f"Le fichier «{name}» est {what} : enregistrez-le au format CSV, puis recommencez.")
    start = raw[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return Shape.XML
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in start)
    if controls * 50 > len(start):
        raise FileRefused(f"Le fichier «{name}» n'est ni un texte, ni un XML, ni un classeur : choisissez-en un autre.")
    return Shape.TEXT


def _unzipped(raw: bytes, name: str, most_mib: int) -> tuple[Shape, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                raise FileRefused(f"L'archive «{name}» contient trop de fichiers : mettez-y le seul fichier XML.")
            if _is_spreadsheet(archive):
                _check_spreadsheet(archive, name, most_mib)
                return Shape.SPREADSHEET, raw
            return Shape.XML, _only_xml(archive, name, most_mib)
    except _BROKEN_ZIP as error:
        raise FileRefused(
            f"L'archive ZIP «{name}» est abîmée ou incomplète : exportez-la ou copiez-la de nouveau."
        ) from error


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return True
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > len(_ODS) + 10:
        return False
    return archive.read("mimetype").strip() == _ODS


def _check_spreadsheet(archive: zipfile.ZipFile, name: str, limit: int) -> None:
    left = limit * MIB
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            raise _protected(name)
        left -= len(_content(archive, entry, left, name, limit))


def _only_xml(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    entries = [entry for entry in archive.infolist() if _is_visible_xml(entry)]
    if not entries:
        raise FileRefused(
            f"L'archive «{name}» ne contient aucun fichier XML : choisissez l'export de la base élèves (SIECLE)."
        )
    if len(entries) > 1:
        raise FileRefused(
            f"L'archive «{name}» contient {len(entries)} fichiers XML : n'en laissez qu'un, celui des élèves."
        )
    if entries[0].flag_bits & 1:
        raise _protected(name)
    content = _content(archive, entries[0], limit * MIB, name, limit)
    if not content.strip():
        raise FileRefused(f"Le fichier XML de l'archive «{name}» est vide : exportez-le de nouveau.")
    if _shape_of(content, name) is not Shape.XML:
        raise FileRefused(f"Le fichier de l'archive «{name}» n'est pas un XML : exportez-le de nouveau.")
    return content


def _is_visible_xml(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and not entry.is_dir() and parts[-1].lower().endswith(".xml")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str, limit: int) -> bytes:
    """Return what ``entry`` unzips to, refusing it once it is larger than ``most``, whatever it declares."""
    if entry.file_size > most:
        raise _too_large(name, limit)
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_large(name, limit)
            parts.append(chunk)
    return b"".join(parts)


def _protected(name: str) -> FileRefused:
    return FileRefused(f"L'archive «{name}» est protégée par un mot de passe : enregistrez-la sans.")
