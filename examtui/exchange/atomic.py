"""Files that appear only when they are whole: written under another name, flushed to the disk, then renamed."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from examtui.errors import InvalidInput, Unavailable
from examtui.files import reason

_LONGEST_NAME = 120


def csv_name(name: str) -> str:
    """Return the name of a CSV file that a person typed; it leads into no folder and hides nothing.

    Raises:
        InvalidInput: it is no simple name; the field is ``name``.
    """
    tidy = name.strip()
    is_simple = tidy.isprintable() and not tidy.startswith(".") and "/" not in tidy
    if not tidy or not is_simple or len(tidy.encode("utf-8", "surrogateescape")) > _LONGEST_NAME:
        raise InvalidInput("Donnez un nom de fichier simple, par exemple liste.csv.", "name")
    return tidy if tidy.lower().endswith(".csv") else f"{tidy}.csv"


@contextmanager
def whole_file(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Open a file to write that stands at ``path`` (mode 0600) when the block ends without an error.

    It takes the place of another file only where that was asked for (``overwrite``).

    Raises:
        InvalidInput: there is a file of that name, or it is no name; the field is ``name``.
        Unavailable: the folder cannot be written to, or the disk is full; ``path`` is as it was.
    """
    check_free(path, overwrite=overwrite)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        check_free(path, overwrite=overwrite)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _refused(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def check_free(path: Path, *, overwrite: bool) -> None:
    """Refuse to take the name of another file, unless that was asked for; the field of the error is ``name``.

    Raises:
        InvalidInput: there is one, or it is no name for a file.
    """
    try:
        path.lstat()
        if path.is_dir():
            raise InvalidInput(f"«{path}» est un dossier : donnez un nom de fichier.", "name")
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError):
        raise InvalidInput(f"«{path}» n'est pas un nom de fichier : donnez-en un autre.", "name") from None
    if not overwrite:
        raise InvalidInput(
            f"«{path.name}» existe déjà : choisissez un autre nom, ou demandez qu'il soit remplacé.", "name"
        )


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the file system can; the file is written in any case."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refused(path: Path, error: OSError) -> Unavailable:
    return Unavailable(f"«{path}» n'a pas été écrit ({reason(error)}) : choisissez un autre dossier, puis recommencez.")
