"""The terminal driver: Textual's own, with the real cursor shown, and all output in ASCII where UTF-8 is missing.

The real cursor sits on the selected line or field, so that braille displays and screen readers follow it. In ASCII mode
each character is replaced by one of the same width, so that columns stay where they are.
"""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from textual.drivers.linux_driver import LinuxDriver

_SHOW_CURSOR = "\x1b[?25h"

_TWINS = str.maketrans(
    {
        "▸": ">", "▾": "v", "→": ">", "←": "<", "↑": "^", "↓": "v", "─": "-", "│": "|", "…": "~", "·": "-", "•": "*",
        "«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "°": "o", "✓": "x",
        "œ": "o", "Œ": "O", "æ": "a", "Æ": "A", "ß": "s", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
        "ð": "d", "þ": "t", "ı": "i", "█": "#", "▌": "#", "░": ".", "▒": ":", "▏": "|", "€": "E", "\u00a0": " ",
        "\u202f": " ",
    }
)  # fmt: skip


@lru_cache(1 << 12)
def _twin(character: str) -> str:
    base = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part) and part.isascii()
    )
    width = cell_len(character)
    return base if len(base) == width else "?" * width


def to_ascii(text: str) -> str:
    """Return ``text`` in ASCII, each character replaced by one of the same width in cells."""
    if text.isascii():
        return text
    return "".join(character if character.isascii() else _twin(character) for character in text.translate(_TWINS))


class CursorDriver(LinuxDriver):
    """Textual's driver, which hides the cursor; here it is shown, and each frame ends at ``App.cursor_position``."""

    def start_application_mode(self) -> None:
        """Enter the full screen, and show the cursor."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(_SHOW_CURSOR)
        self.flush()


class AsciiDriver(CursorDriver):
    """The same, for a terminal without UTF-8."""

    def write(self, data: str) -> None:
        """Send ``data`` in ASCII."""
        super().write(to_ascii(data))
