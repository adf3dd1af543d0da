"""The help of a screen: what it is for, its keys, its rules. All of it comes from the screen and the registry."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from examtui.screens.actions import MOVES, Offer
from examtui.screens.base import BaseScreen
from examtui.screens.widgets.lines import PlainText
from examtui.settings.keymap import BY_NAME
from examtui.settings.keynames import display


class HelpScreen(BaseScreen):
    """The help of the screen that it is given."""

    OFFERS: ClassVar[tuple[Offer, ...]] = ()

    def __init__(self, subject: BaseScreen) -> None:
        super().__init__((*subject.path, "Aide"))
        self._subject = subject

    def body(self) -> ComposeResult:
        """Compose the help; it scrolls."""
        with VerticalScroll(can_focus=True, id="help"):
            if self._subject.HELP:
                yield PlainText((" À quoi sert cet écran", "bold"))
                yield PlainText(f"{self._subject.HELP}\n", classes="indented")
            yield PlainText((" Touches", "bold"))
            for shown, what in self._keys():
                with Horizontal():
                    yield PlainText((shown, "bold"), classes="key")
                    yield PlainText(what)
            if self._subject.RULES:
                yield PlainText(("\n Règles", "bold"))
                for rule in self._subject.RULES:
                    yield PlainText(f"· {rule}", classes="indented")

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.set_focus(self.query_one("#help"))

    def _keys(self) -> Iterator[tuple[str, str]]:
        keys = self.examtui.keys
        for offer in self._subject.offers():
            shown = ", ".join(display(key) for key in keys.of(offer.action))
            yield shown, offer.help or BY_NAME[offer.action].help
        yield from MOVES

    def action_help(self) -> None:
        """Go back: the key that opened the help closes it."""
        self.dismiss(None)
