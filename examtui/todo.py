"""A line of «À faire»: what activities tell the home screen, each through a use case of its own."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Todo:
    """Something that wants doing: the French sentence, and the activity (its name) that leads to it.

    ``arguments`` are given to the activity's screen; ``first_step`` marks what an empty base needs before all else.
    """

    sentence: str
    activity: str
    arguments: dict[str, str] = field(default_factory=dict)
    first_step: bool = False


def first_import(what: str) -> Todo:
    """The first step that imports ``what`` (French, with its article); the screen asks for the file at once."""
    return Todo(f"Pour commencer : importez {what}", "imports", {"begin": "oui"}, first_step=True)
