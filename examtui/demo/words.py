"""Words for addresses that belong to nobody: only domains that are reserved for examples (RFC 2606)."""

from functools import lru_cache

from examtui.search.fold import words_of

PUPILS_DOMAIN = "eleves.example.org"
FAMILIES_DOMAIN = "familles.example.net"


@lru_cache(1 << 14)
def mail_word(text: str) -> str:
    """Return ``text`` as it stands in an address: folded words joined by hyphens, ASCII only."""
    joined = "-".join(words_of(text))
    return joined.encode("ascii", "ignore").decode().strip("-") or "x"
