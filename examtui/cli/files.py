"""Files that a command reads: named, or sent on its standard input."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from examtui.cli.frame import Invocation
from examtui.errors import InvalidInput

_SENT = "entrée-standard"
_CHUNK = 1024 * 1024


@contextmanager
def given_file(invocation: Invocation, named: Path) -> Iterator[Path]:
    """Give the path of the file that ``named`` means; «-» is what comes on the standard input, kept for the block.

    What comes is not read further than the largest file that may be imported.

    Raises:
        InvalidInput: nothing can come, the standard input being a terminal.
        Forbidden: over SSH, the file is not one of the actor's own folder.
    """
    if str(named) != "-":
        yield invocation.file(named)
        return
    if sys.stdin.isatty():
        raise InvalidInput("Rien n'arrive sur l'entrée standard : donnez le fichier par «< FICHIER».")
    settings = invocation.home().settings
    left = max(settings.get("imports.max_size_mib"), settings.get("imports.max_table_mib")) * _CHUNK + 1
    with tempfile.TemporaryDirectory(prefix="examtui-") as folder:
        path = Path(folder) / _SENT
        with path.open("wb") as stream:
            while left > 0 and (chunk := sys.stdin.buffer.read(min(_CHUNK, left))):
                stream.write(chunk)
                left -= len(chunk)
        yield path
