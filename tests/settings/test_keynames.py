"""The keys that a keymap may name: Textual must know each by the same name."""

import pytest
from textual.keys import _character_to_key

from examtui.settings.keymap import ACTIONS
from examtui.settings.keynames import display, known_key, types_a_character

SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~§£µ°€éàç¨²"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_has_textuals_name_and_is_shown_as_itself(sign):
    key = known_key(sign)
    assert key == _character_to_key(sign)
    assert known_key(key) == key
    assert display(key) == sign
    assert types_a_character(key)


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("e", "e", "e"),
        ("N", "N", "N"),
        ("Ctrl+W", "ctrl+w", "Ctrl+W"),
        ("alt+x", "alt+x", "Alt+X"),
        ("F12", "f12", "F12"),
        ("shift+f2", "shift+f2", "Maj+F2"),
        ("ctrl+up", "ctrl+up", "Ctrl+↑"),
        ("Enter", "enter", "Entrée"),
        ("slash", "slash", "/"),
    ],
)
def test_knows(text, key, shown):
    assert known_key(text) == key
    assert display(key) == shown


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "\x1b", "foo", "ctrl+foo", "ctrl+", "+ctrl", "ctrl+ctrl+x", "f25", "ctrl+é", "ctrl+i", "shift+x"],
)
def test_refuses(text):
    assert known_key(text) is None


def test_every_key_of_the_table_can_be_written_in_a_keymap():
    keys = [key for action in ACTIONS for key in action.keys]
    assert [known_key(key) for key in keys] == keys
    assert len(set(keys)) == len(keys)
