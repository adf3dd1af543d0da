"""Lines of plain text: the breadcrumb, rules, messages and the line of keys."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from examtui.plaintext import plain

ELLIPSIS = "…"


def clip(text: str, width: int) -> str:
    """Return ``text`` cut to ``width`` cells, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` cut or padded to exactly ``width`` cells."""
    clipped = clip(text, width)
    padding = " " * (width - cell_len(clipped))
    return padding + clipped if right else clipped + padding


def tell_now(sender: Widget, handler: str, *arguments: object) -> None:
    """Call the method ``handler`` of the nearest ancestor that has it, before the next key is read.

    A message that is posted waits its turn: a fast typist's next keys would go to the widget that is being left.
    """
    for ancestor in sender.ancestors:
        method = getattr(ancestor, handler, None)
        if method is not None:
            method(*arguments)
            return


class PlainText(Widget):
    """Text shown as it is: no markup is obeyed in it, and control characters are taken out.

    ``show`` takes parts, each a text or a (text, style) pair; a style is Textual's: ``bold``, ``dim``, ``$error``.
    """

    DEFAULT_CSS = """
    PlainText { height: auto; width: 1fr; }
    """

    def __init__(self, *parts: str | tuple[str, str], id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._content = _content(parts)

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return self._content.plain

    def show(self, *parts: str | tuple[str, str]) -> None:
        """Replace what is shown; the same content repaints nothing."""
        content = _content(parts)
        if content != self._content:
            taller = content.plain.count("\n") != self._content.plain.count("\n")
            self._content = content
            self.refresh(layout=taller or self.styles.is_auto_height)

    def render(self) -> Content:
        """Give Textual the content."""
        return self._content


def _content(parts: Sequence[str | tuple[str, str]]) -> Content:
    pieces = []
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        pieces.append(("\n".join(plain(line) for line in text.split("\n")), style))
    return Content.assemble(*pieces)


class Rule(Widget):
    """A line that separates."""

    DEFAULT_CSS = """
    Rule { height: 1; width: 1fr; }
    """

    def render(self) -> Content:
        """Give Textual the line."""
        return Content("─" * self.size.width)


class Breadcrumb(Widget):
    """Where one is, in the seeds' words; on the right the place and role, where there is room."""

    DEFAULT_CSS = """
    Breadcrumb { height: 1; width: 1fr; }
    """

    def __init__(self, path: Sequence[str], right: str = "") -> None:
        super().__init__()
        self._path = [plain(part) for part in path]
        self._right = plain(right)

    def lead(self, path: Sequence[str]) -> None:
        """Show another path."""
        self._path = [plain(part) for part in path]
        self.refresh()

    def render(self) -> Content:
        """Give Textual the line, cut on its left so that the last words stay."""
        room = self.size.width - 2
        path = list(self._path)
        while len(path) > 1 and cell_len(" > ".join(path)) > room:
            path = [ELLIPSIS, *path[2 if path[0] == ELLIPSIS else 1 :]]
        before = " > ".join([*path[:-1], ""])
        last = clip(path[-1], room - cell_len(before))
        left = room - cell_len(before) - cell_len(last)
        right = self._right if cell_len(self._right) + 2 <= left else ""
        return Content.assemble(f" {before}", (last, "bold"), " " * (left - cell_len(right)), right)


class Messages(PlainText):
    """What the program has to say: one message at a time, an error in words and not by colour alone."""

    DEFAULT_CSS = """
    Messages { height: auto; max-height: 5; width: 1fr; padding: 0 1; display: none; }
    Messages.-said { display: block; }
    """

    def say(self, sentence: str) -> None:
        """Show a sentence; an empty one takes the message away."""
        self.show(sentence)
        self.set_class(bool(sentence), "-said")

    def warn(self, sentence: str) -> None:
        """Show an error."""
        self.show(("! ", "bold $error"), (sentence, "bold"))
        self.set_class(True, "-said")


class KeyLine(Widget):
    """The keys that do something now, most useful first; what does not fit is in the help."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show (key, label) pairs; the last two stay whatever the width."""
        if self._keys != tuple(keys):
            self._keys = tuple(keys)
            self.refresh()

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return self.render().plain

    def render(self) -> Content:
        """Give Textual the keys that fit."""
        room = self.size.width - 1
        tail = self._keys[-2:]
        used = sum(_length(pair) for pair in tail)
        kept: list[tuple[str, str]] = []
        for pair in self._keys[:-2]:
            if used + _length(pair) > room:
                break
            used += _length(pair)
            kept.append(pair)
        pieces: list[str | tuple[str, str]] = []
        for key, label in (*kept, *tail):
            pieces += [" ", (key, "bold"), f" {label}  "]
        return Content.assemble(*pieces)


def _length(pair: tuple[str, str]) -> int:
    return cell_len(pair[0]) + cell_len(pair[1]) + 4
