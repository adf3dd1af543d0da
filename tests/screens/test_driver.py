"""ASCII output and the real cursor."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from examtui.plaintext import plain
from examtui.screens.driver import to_ascii


def test_french_and_signs_keep_their_meaning():
    assert to_ascii("▸ Élève «Noël» · œuvre … → 8–9 ½").startswith('> Eleve "Noel" - ouvre ~ > 8-9')
    assert to_ascii("\x1b[1m─\x1b[0m") == "\x1b[1m-\x1b[0m"


@given(st.text())
def test_ascii_has_the_same_width(text):
    safe = plain(text)
    assert to_ascii(safe).isascii()
    assert cell_len(to_ascii(safe)) == cell_len(safe) or any(cell_len(c) == 0 for c in safe)


@given(st.text())
def test_plain_text_is_one_printable_line(text):
    safe = plain(text)
    assert plain(safe) == safe
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029")
    safe.encode()
