"""Small files written whole: nobody reads half of one, and nobody else reads it at all."""

import errno
import os
from pathlib import Path

LOG_FILE = "examtui.log"
"""Where a home keeps the traceback of a bug."""

_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque dépassé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOENT: "le fichier ou le dossier n'existe pas",
    errno.ENOTDIR: "un fichier porte le nom d'un des dossiers",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "c'est un dossier",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EIO: "erreur de lecture ou d'écriture du disque",
}


def reason(error: OSError) -> str:
    """Say in a few French words why the system refused; its own words where the table has none."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def create_private(path: Path, content: bytes) -> None:
    """Make the file ``path`` with mode 0600.

    Raises:
        OSError: it exists already, or cannot be made.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def replace_private(path: Path, content: bytes) -> None:
    """Write ``path`` under another name, with mode 0600, and rename it once it is on the disk.

    Raises:
        OSError: the folder cannot be written, or the disk is full; the former file stays as it was.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        create_private(draft, content)
        with draft.open("rb") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
