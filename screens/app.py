"""The application: who works in which home, themes, keys in force, and how activities open."""

import logging
import os
import sys
from typing import Any, ClassVar

from textual.driver import Driver

from examtui import home as homes
from examtui.access import Actor
from examtui.files import LOG_FILE
from examtui.screens.activities import named
from examtui.screens.base import BaseScreen
from examtui.screens.typeahead import TypeAheadApp
from examtui.settings.keymap import Keys

log = logging.getLogger("examtui.screens")


class ExamtuiApp(TypeAheadApp):
    """The Textual application over an opened home and an actor."""

    CSS_PATH = "examtui.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar = [("ctrl+c", "how_to_leave", "")]
    TITLE = "examtui"

    def __init__(
        self, actor: Actor, *, keymap: dict[str, str] | None = None, light: bool = False, ascii_only: bool = False
    ) -> None:
        super().__init__()
        self.driver_class = _driver(ascii_only)
        self.actor = actor
        self.keys = Keys(keymap)
        self.animation_level = "none"
        self.theme = "ansi-light" if light else "ansi-dark"
        self.bug: Exception | None = None
        self.last_words = ""

    def on_mount(self) -> None:
        """Open the home screen."""
        self.set_keymap(self.keys.changes())
        from examtui.screens.home import HomeScreen

        self.push_screen(HomeScreen())

    def open_activity(self, name: str, **arguments: Any) -> None:
        """Open the activity of that name over the home screen; ``arguments`` go to its screen."""
        activity = named(name)
        if activity is None or not self.actor.can(activity.permission):
            return
        current = self.screen
        if isinstance(current, BaseScreen) and any(_unsaved(screen) for screen in self.screen_stack):
            keys = f"{self.keys.shown('save')} l'enregistre, {self.keys.shown('back')} l'abandonne"
            current.tell_error(f"Terminez d'abord votre saisie : {keys}. «{activity.label}» s'ouvrira ensuite.")
            return
        self.push_screen(activity.make(**arguments))

    def leave(self) -> None:
        """Leave the program; what is typed and not saved is asked about first."""
        lost = next((screen.unsaved() for screen in reversed(self.screen_stack) if _unsaved(screen)), "")
        current = self.screen
        if lost and isinstance(current, BaseScreen):
            current.confirm(f"{lost} Quitter sans enregistrer ?", self.exit, yes="Quitter", no="Rester")
        else:
            self.exit()

    def action_how_to_leave(self) -> None:
        """Answer Ctrl+C, which people type out of habit: it must lose nothing."""
        if isinstance(self.screen, BaseScreen):
            self.screen.tell(f"Pour quitter examtui : {self.keys.shown('leave')}.")

    def _fatal_error(self) -> None:
        # Textual prints a traceback on the terminal; a user gets a sentence, and the log gets the traceback.
        error = sys.exc_info()[1]
        self.last_words = self.report_bug(error if isinstance(error, Exception) else self._exception)
        self._close_messages_no_wait()

    def report_bug(self, error: Exception | None) -> str:
        """Write a bug to the log, and return the sentence for the user."""
        self.bug = error
        log.error("bug", exc_info=error)
        return (
            f"Le programme a rencontré une erreur imprévue ({type(error).__name__}). Le détail est dans "
            f"«{homes.current().path / LOG_FILE}» : transmettez-le à l'administrateur."
        )


def _unsaved(screen: Any) -> bool:
    return isinstance(screen, BaseScreen) and bool(screen.unsaved())


def _driver(ascii_only: bool) -> type[Driver]:
    from examtui.screens.driver import AsciiDriver, CursorDriver

    return AsciiDriver if ascii_only else CursorDriver


def utf8_is_missing() -> bool:
    """Tell whether the locale of the terminal is not UTF-8."""
    named_locale = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "")
    return "utf-8" not in named_locale.lower() and "utf8" not in named_locale.lower()


def run_app(actor: Actor) -> int:
    """Run the screens for ``actor`` over the current home; returns the exit status.

    The terminal must not be ``dumb``; a bug leaves a sentence on stderr and its traceback in the home's log file.
    """
    home = homes.current()
    if os.environ.get("TERM", "dumb") == "dumb":
        print(
            "Ce terminal ne peut pas afficher d'écran (TERM=dumb) : utilisez les commandes, voyez «examtui --help».",
            file=sys.stderr,
        )
        return 1
    _log_to(home)
    app = ExamtuiApp(
        actor,
        keymap=home.settings.get("keymap"),
        light=home.settings.get("display.theme") == "clair",
        ascii_only=home.settings.get("display.ascii") or utf8_is_missing(),
    )
    app.run(mouse=home.settings.get("display.mouse"))
    if app.last_words:
        print(app.last_words, file=sys.stderr)
        return 1
    return 0


def _log_to(home: homes.Home) -> None:
    path = home.path / LOG_FILE
    path.touch(mode=0o600, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    root = logging.getLogger("examtui")
    root.addHandler(handler)
    root.propagate = False
