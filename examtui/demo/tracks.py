"""What the pupils of the fictional schools are in: year, class names, and the candidatures that go with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Track:
    """A year of a school; ``parts`` are the thousandths of the school's pupils, ``exams`` the keys of its programmes.

    ``letters`` tells whether its classes are 3A, 3B… or 2DE1, 2DE2…; ``born`` is the usual year of birth.
    """

    parts: int
    prefix: str
    mef: str
    born: int
    exams: tuple[tuple[str, str], ...] = ()
    letters: bool = False

    def division(self, number: int) -> str:
        """The name of the class of that number, from 0."""
        return f"{self.prefix}{chr(ord('A') + number) if self.letters else number + 1}"


_GENERAL_FIRST = Track(260, "1G", "20110010110", 2004, (("47A", "BCG"),))
_SECOND = Track(240, "2DE", "20010018110", 2005)
_LAST = Track(380, "TG", "20210010110", 2003, (("470", "BCG"),))


def _technological(parts: int, code: str, mef: str) -> Track:
    return Track(parts, f"1{code}", mef, 2004, (("43A", code),))


TRACKS: dict[str, tuple[Track, ...]] = {
    "CLG": (
        Track(180, "4", "10110012110", 2007, letters=True),
        Track(700, "3", "10310019110", 2006, (("DNB", "GEN"),), letters=True),
        Track(120, "3SEGPA", "16410002110", 2006, (("CFG", "CFG"), ("DNB", "PRO"))),
    ),
    "LGT": (
        _SECOND,
        _GENERAL_FIRST,
        _technological(80, "STMG", "21131010110"),
        _technological(40, "STL", "21131020110"),
        _LAST,
    ),
    "LPO": (
        _SECOND,
        _GENERAL_FIRST,
        _technological(40, "STMG", "21131010110"),
        _technological(30, "STI2D", "21131030110"),
        _technological(20, "STHR", "21131040110"),
        _technological(15, "STL", "21131020110"),
        _technological(15, "STD2A", "21131050110"),
        _LAST,
    ),
}
INDIVIDUAL = Track(0, "", "", 1999, (("470", "BCG"),))
"""A candidate without school."""
