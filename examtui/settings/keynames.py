"""Names of keys: as a keymap writes them, as Textual knows them, and as the screens show them."""

import unicodedata
from functools import cache

MOVING = frozenset(("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"))
"""The keys that only move: they belong to lists and fields, and cannot be changed."""

_DISPLAY = {"enter": "Entrée", "space": "Espace", "escape": "Esc", "tab": "Tab", "delete": "Suppr"}
_DISPLAY |= {"up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Début", "end": "Fin"}
_DISPLAY |= {"pageup": "PgPréc", "pagedown": "PgSuiv", "insert": "Inser", "backspace": "Retour arrière"}
_FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 25))
_TEXTUALS_OWN = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_SAME_AS_OTHERS = "him"
"""Ctrl+H, Ctrl+I and Ctrl+M reach a program as backspace, tab and enter."""


def display(key: str) -> str:
    """Name a key as French keyboards do: ``Ctrl+S``, ``Entrée``, ``?``."""
    modifiers, _, last = key.rpartition("+")
    if modifiers:
        names = {"ctrl": "Ctrl", "shift": "Maj"}
        prefix = "+".join(names.get(part, part.capitalize()) for part in modifiers.split("+"))
        return f"{prefix}+{display(last) if len(last) > 1 else last.upper()}"
    if key in _FUNCTION_KEYS:
        return key.upper()
    return _DISPLAY.get(key) or _characters().get(key, key)


def types_a_character(key: str) -> bool:
    """Tell whether a text field takes the key as a character, so that it cannot act while one has the focus."""
    return len(key) == 1 or key == "space" or key in _characters()


def known_key(text: str) -> str | None:
    """Return Textual's name of the key that a keymap writes (``Ctrl+W``, ``f2``, ``/``, ``e``); None for no key."""
    if len(text) == 1:
        return _named(text) if text.isprintable() and text != " " else None
    *modifiers, last = text.lower().split("+")
    if len(set(modifiers)) != len(modifiers) or not set(modifiers) <= {"ctrl", "shift", "alt"}:
        return None
    if last in _DISPLAY or last in _FUNCTION_KEYS:
        return "+".join([*modifiers, last])
    if not modifiers:
        return last if last in _characters() else None
    is_letter = len(last) == 1 and last.isascii() and last.isalpha()
    if not is_letter or modifiers not in (["ctrl"], ["alt"]) or (modifiers == ["ctrl"] and last in _SAME_AS_OTHERS):
        return None
    return f"{modifiers[0]}+{last}"


@cache
def _characters() -> dict[str, str]:
    """The signs that a keyboard has, by their names."""
    signs = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x100)) if not chr(code).isalnum()]
    return {_named(sign): sign for sign in (*signs, "€") if sign.isprintable()}


def _named(sign: str) -> str:
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign, sign).lower().replace("-", "_").replace(" ", "_")
    return _TEXTUALS_OWN.get(name, name)
