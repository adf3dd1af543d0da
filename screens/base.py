"""The frame of every screen: breadcrumb, body, messages, keys; and how a screen calls a use case."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from examtui.access import Actor
from examtui.errors import ExamtuiError
from examtui.screens.actions import COMMON, Offer, bindings
from examtui.screens.calls import Calls, Failed, Then
from examtui.screens.widgets.lines import Breadcrumb, KeyLine, Messages, Rule
from examtui.settings.keymap import BY_NAME

if TYPE_CHECKING:
    from examtui.screens.app import ExamtuiApp


class BaseScreen(Screen[Any]):
    """A full screen.

    A subclass gives ``OFFERS`` (an ``action_<name>`` method for each), ``HELP`` (what the screen is for) and ``RULES``,
    and ``body()``. ``path`` is the breadcrumb; an activity's own is given by the registry.
    """

    OFFERS: ClassVar[tuple[Offer, ...]] = ()
    HELP: ClassVar[str] = ""
    RULES: ClassVar[tuple[str, ...]] = ()
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Turn the offers into Textual's bindings, each under its action's name, by which a keymap finds it."""
        from textual.binding import Binding

        cls.BINDINGS = [
            Binding(keys, action, label, id=action) for keys, action, label in bindings((*COMMON, *cls.OFFERS))
        ]
        super().__init_subclass__(**options)

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.path = path
        self._calls = Calls(self, self._report_bug)

    @property
    def examtui(self) -> "ExamtuiApp":
        """The application, with its own type."""
        return cast("ExamtuiApp", self.app)

    @property
    def actor(self) -> Actor:
        """Who works at this screen."""
        return self.examtui.actor

    def body(self) -> ComposeResult:
        """Compose what stands between the rules."""
        yield from ()

    def header_right(self) -> str:
        """Give what stands on the right of the breadcrumb."""
        return ""

    def compose(self) -> ComposeResult:
        """Compose the frame around the body."""
        yield Breadcrumb(self.path, self.header_right())
        yield Rule()
        with Vertical(id="body"):
            yield from self.body()
        yield Messages()
        yield Rule()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the keys."""
        self.show_keys()

    # Calls

    def call(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        group: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Call ``use_case(*args, **kwargs)`` in a thread that holds a connection, then ``then(result)``.

        A named error is shown by ``tell_error`` unless ``failed`` takes it. With a ``group`` the newest call wins:
        older results of the group are dropped.
        """
        self._calls.start(partial(use_case, *args, **kwargs), then, failed or self.tell_error, group)

    def _report_bug(self, error: Exception) -> None:
        self.tell_error(self.examtui.report_bug(error))

    @property
    def busy(self) -> bool:
        """Tell whether a call has not delivered yet."""
        return self._calls.busy

    # Messages

    def tell(self, sentence: str) -> None:
        """Show a sentence on the line of messages; an empty one takes it away."""
        for messages in self.query(Messages):
            messages.say(sentence)

    def tell_error(self, error: ExamtuiError | str) -> None:
        """Show an error on the line of messages."""
        for messages in self.query(Messages):
            messages.warn(str(error))

    @property
    def message(self) -> str:
        """The message shown, empty if none is."""
        messages = self.query_one(Messages)
        return messages.text if messages.has_class("-said") else ""

    def confirm(self, question: str, then: Callable[[], object], *, yes: str, no: str = "Annuler") -> None:
        """Ask before a dangerous act; ``question`` says how many and whom it touches. «Annuler» has the focus."""
        from examtui.screens.widgets.dialogs import ConfirmDialog

        def answered(agreed: bool | None) -> None:
            if agreed:
                then()

        self.app.push_screen(ConfirmDialog(question, yes=yes, no=no), answered)

    # Actions

    def offers(self) -> Iterator[Offer]:
        """Give what the actor may do here now, most useful first."""
        seen: set[str] = set()
        for owner in type(self).__mro__:
            for offer in owner.__dict__.get("OFFERS", ()):
                if offer.action not in seen and self._may(offer):
                    seen.add(offer.action)
                    yield offer
        yield from (offer for offer in COMMON if offer.action not in seen)

    def available(self, action: str) -> bool:
        """Tell whether an offered action makes sense now; a subclass answers for its own."""
        del action
        return True

    def _may(self, offer: Offer) -> bool:
        allowed = offer.permission is None or self.actor.can(offer.permission)
        return allowed and self.available(offer.action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse what the role may not do, and what makes no sense now."""
        if action in BY_NAME:
            return any(offer.action == action for offer in self.offers())
        return super().check_action(action, parameters)

    def show_keys(self) -> None:
        """Bring the line of keys up to date."""
        typing = isinstance(self.focused, Input)
        shown: list[tuple[str, str]] = []
        last: list[tuple[str, str]] = []
        for offer in self.offers():
            if not offer.shown:
                continue
            key = self.key_of(offer.action, typing=typing)
            if key:
                common = offer.action in _LAST
                label = self.label_of(offer)
                (last if common else shown).append((key, label))
        for line in self.query(KeyLine):
            line.show([*self.extra_keys(typing), *shown, *reversed(last)])

    def extra_keys(self, typing: bool) -> list[tuple[str, str]]:
        """Give keys of the focused widget that belong on the line of keys: (key, label)."""
        del typing
        return []

    def key_of(self, action: str, *, typing: bool) -> str:
        """Give the key of the line of keys for an action, empty if none works while ``typing`` in a field."""
        return self.examtui.keys.shown(action, typing=typing)

    def label_of(self, offer: Offer) -> str:
        """Give the word of the line of keys for an offer."""
        return offer.label or BY_NAME[offer.action].label

    def on_descendant_focus(self) -> None:
        """Show the keys that work with the new focus."""
        self.show_keys()

    def on_key(self, event: events.Key) -> None:
        """Take the message away once the user goes on."""
        if event.key not in _KEEP_MESSAGE:
            self.tell("")

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show what the screen is for, its keys and its rules."""
        from examtui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def action_palette(self) -> None:
        """Look for an activity or an action by its name."""
        from examtui.screens.palette import Palette

        self.app.push_screen(Palette(self), self._chosen)

    def _chosen(self, choice: Callable[[], object] | None) -> None:
        if choice is not None:
            choice()

    def action_repaint(self) -> None:
        """Paint everything again."""
        self.app.refresh(repaint=True, layout=True)

    def action_leave(self) -> None:
        """Leave the program."""
        self.examtui.leave()

    def unsaved(self) -> str:
        """Name what would be lost by leaving, empty if nothing would."""
        return ""


_LAST: Mapping[str, None] = {"help": None, "back": None}
_KEEP_MESSAGE = {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"}
