"""The home screen: what wants doing, then everything there is."""

from importlib import import_module
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from examtui.access.permissions import ROLE_LABELS
from examtui.plaintext import plain
from examtui.screens.actions import Offer
from examtui.screens.activities import MENUS, TODO_SOURCES, Activity, named, visible
from examtui.screens.base import BaseScreen
from examtui.screens.widgets.lines import clip, fit
from examtui.search.fold import fold
from examtui.settings.keynames import display
from examtui.todo import Todo

_AFTER_FIRST_PAINT = 0.02
_INDENT = 3
_MENU_WIDTH = 16
_BETWEEN = " · "

_NO_SUCH_ACTIVITY = "   Aucune activité de ce nom."
_NO_ROLE = "   Votre compte n'a encore aucun rôle : demandez-en un à l'administrateur."


class HomeMenu(Widget, can_focus=True):
    """The two lists as one: ↑ ↓ go through lines, ← → through the activities of a menu, letters filter them."""

    BINDINGS: ClassVar = [
        ("up", "line(-1)", ""),
        ("down", "line(1)", ""),
        ("left", "side(-1)", ""),
        ("right", "side(1)", ""),
        ("home", "line(-100)", ""),
        ("end", "line(100)", ""),
        ("pageup", "line(-10)", ""),
        ("pagedown", "line(10)", ""),
    ]
    DEFAULT_CSS = """
    HomeMenu { height: 1fr; width: 1fr; }
    """

    class Chosen(Message):
        """Enter on a line: open this activity."""

        def __init__(self, activity: str, arguments: dict[str, str]) -> None:
            super().__init__()
            self.activity = activity
            self.arguments = arguments

    def __init__(self, activities: list[Activity]) -> None:
        super().__init__()
        self._activities = activities
        self._todos: list[Todo] | None = None
        self._typed = ""
        self._targets: list[list[Todo | Activity]] = []
        self._line = 0
        self._side = 0
        self._moved = False
        self._arrange()

    @property
    def typed(self) -> str:
        """The letters of the filter."""
        return self._typed

    def show_todos(self, todos: list[Todo]) -> None:
        """Show what wants doing; the marker goes to the first line unless the user has begun to move."""
        if todos == self._todos:
            return
        here = self._here()
        self._todos = todos
        self._arrange()
        if self._moved and here is not None:
            self._go_to(here)
        else:
            self._line = self._side = 0
        self.refresh()
        self._place_cursor()

    def clear(self) -> bool:
        """Take the filter away; False if there was none."""
        if not self._typed:
            return False
        self._filter("")
        return True

    def _here(self) -> Todo | Activity | None:
        if not self._targets:
            return None
        return self._targets[self._line][self._side]

    def _go_to(self, target: Todo | Activity) -> None:
        for line, targets in enumerate(self._targets):
            if target in targets:
                self._line, self._side = line, targets.index(target)
                return
        self._line = self._side = 0

    def _arrange(self) -> None:
        words = fold(self._typed).split()
        lines: list[list[Todo | Activity]] = [] if words else [[todo] for todo in self._todos or ()]
        for menu in MENUS:
            found: list[Todo | Activity] = [
                activity
                for activity in self._activities
                if activity.menu == menu and all(_begins(activity, word) for word in words)
            ]
            if found:
                lines.append(found)
        self._targets = lines
        self._line = min(self._line, max(0, len(lines) - 1))
        self._side = min(self._side, len(lines[self._line]) - 1) if lines else 0

    def _filter(self, typed: str) -> None:
        self._typed = typed
        self._line = self._side = 0
        self._moved = True
        self._arrange()
        self.refresh()
        self._place_cursor()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Take what can stand in a name; ``q`` leaves as long as nothing is typed."""
        del key
        if character is None or not (character.isalnum() or character in " -'"):
            return False
        return bool(self._typed) or character not in "q "

    def on_key(self, event: events.Key) -> None:
        """Type the filter."""
        if event.key == "backspace" and self._typed:
            self._filter(self._typed[:-1])
        elif event.is_printable and self.check_consume_key(event.key, event.character):
            self._filter(self._typed + (event.character or ""))
        else:
            return
        event.stop()

    def action_line(self, step: int) -> None:
        """Go to another line."""
        self._moved = True
        self._line = max(0, min(self._line + step, len(self._targets) - 1))
        if self._targets:
            self._side = min(self._side, len(self._targets[self._line]) - 1)
        self.refresh()
        self._place_cursor()

    def action_side(self, step: int) -> None:
        """Go to another activity of the line."""
        self._moved = True
        if self._targets:
            self._side = max(0, min(self._side + step, len(self._targets[self._line]) - 1))
            self.refresh()
            self._place_cursor()

    def choose(self) -> None:
        """Open what is marked."""
        target = self._here()
        if isinstance(target, Todo):
            self.post_message(self.Chosen(target.activity, target.arguments))
        elif target is not None:
            self.post_message(self.Chosen(target.name, {}))

    def on_focus(self) -> None:
        """Put the real cursor on the marked line."""
        self.call_after_refresh(self._place_cursor)

    def on_resize(self) -> None:
        """Put the real cursor on the marked line."""
        self.call_after_refresh(self._place_cursor)

    # Drawing

    def _layout(self) -> tuple[list[list[tuple[str, str]]], Offset]:
        lines: list[list[tuple[str, str]]] = []
        cursor = Offset(0, 0)
        todos = [] if self._typed else self._todos
        place = 0
        if todos:
            lines.append([(" À faire", "bold")])
            for todo in todos:
                here = place == self._line
                if here:
                    cursor = Offset(1, len(lines))
                lines.append(self._todo_line(todo, here))
                place += 1
            lines.append([])
        hint = f"(filtre : {self._typed}_)" if self._typed else "(tapez quelques lettres d'un nom)"
        lines.append([(" Activités", "bold"), (fit(hint, max(0, self.size.width - 11), right=True), "")])
        if not self._targets[place:]:
            lines.append([(_NO_SUCH_ACTIVITY if self._typed else _NO_ROLE, "")])
        for number, targets in enumerate(self._targets[place:], place):
            rows, spot = self._menu_lines(targets, number == self._line)
            if spot is not None:
                cursor = Offset(spot.x, spot.y + len(lines))
            lines += rows
        return lines, cursor

    def _todo_line(self, todo: Todo, here: bool) -> list[tuple[str, str]]:
        activity = named(todo.activity)
        where = activity.label if activity is not None else ""
        room = self.size.width - _INDENT - 1
        side = min(cell_len(where), room // 3)
        text = fit(plain(todo.sentence), room - side - 1)
        mark = " ▸ " if here else "   "
        return [(mark, "bold"), (text, "bold" if here else ""), (" " + fit(where, side, right=True), "")]

    def _menu_lines(self, targets: list[Any], here: bool) -> tuple[list[list[tuple[str, str]]], Offset | None]:
        room = max(20, self.size.width - _INDENT - _MENU_WIDTH - 1)
        mark = " ▸ " if here else "   "
        line: list[tuple[str, str]] = [(mark, "bold"), (fit(targets[0].menu, _MENU_WIDTH), "bold" if here else "")]
        lines, used = [line], 0
        spot: Offset | None = None
        for place, activity in enumerate(targets):
            label = clip(activity.label, room)
            between = _BETWEEN if place else ""
            if used and used + cell_len(between) + cell_len(label) > room:
                line = [(" " * (_INDENT + _MENU_WIDTH), "")]
                lines.append(line)
                used, between = 0, ""
            chosen = here and place == self._side
            if chosen:
                spot = Offset(_INDENT + _MENU_WIDTH + used + cell_len(between), len(lines) - 1)
            line += [(between, ""), (label, "bold underline" if chosen else "")]
            used += cell_len(between) + cell_len(label)
        return lines, spot

    def render(self) -> Content:
        """Draw both lists, scrolled so that the marked line is seen."""
        lines, cursor = self._layout()
        top = self._scrolled(len(lines), cursor.y)
        parts: list[str | tuple[str, str]] = []
        for line in lines[top : top + self.size.height]:
            parts += [*line, "\n"]
        return Content.assemble(*parts[:-1])

    def _scrolled(self, count: int, y: int) -> int:
        if count <= self.size.height:
            return 0
        return max(0, min(y - self.size.height // 2, count - self.size.height))

    def _place_cursor(self) -> None:
        if self.is_attached and self.has_focus and self.size.width:
            lines, cursor = self._layout()
            top = self._scrolled(len(lines), cursor.y)
            self.app.cursor_position = self.content_region.offset + cursor - Offset(0, top)


def _begins(activity: Activity, word: str) -> bool:
    names = fold(f"{activity.label} {activity.menu}").replace("'", " ").split()
    return any(name.startswith(word) for name in names)


class HomeScreen(BaseScreen):
    """What wants doing comes from ``TODO_SOURCES``, what there is from ``ACTIVITIES``: both are data."""

    OFFERS: ClassVar[tuple[Offer, ...]] = (
        Offer("open"),
        Offer("search", label="candidat", help="Chercher un candidat par son nom ou son numéro."),
        Offer("palette"),
    )
    HELP = "L'accueil montre ce qui vous attend, puis toutes vos activités. Entrée ouvre la ligne marquée."
    RULES: ClassVar[tuple[str, ...]] = (
        "Tapez quelques lettres du nom d'une activité pour ne garder qu'elle ; Retour arrière efface.",
        "Vous ne voyez que ce que votre rôle permet.",
    )

    def __init__(self) -> None:
        super().__init__(("Accueil",))

    def header_right(self) -> str:
        """Give the place and the role."""
        if not self.actor.grants:
            return self.actor.name or self.actor.login
        grant = self.actor.grants[0]
        others = len(self.actor.grants) - 1
        more = f" et {others} autre{'s' if others > 1 else ''} rôle{'s' if others > 1 else ''}" if others else ""
        return f"{grant.place}   {ROLE_LABELS[grant.role]}{more}".strip()

    def body(self) -> ComposeResult:
        """Compose the lists."""
        yield HomeMenu(visible(self.actor))

    @property
    def menu(self) -> HomeMenu:
        """The lists."""
        return self.query_one(HomeMenu)

    def on_mount(self) -> None:
        """Enter the lists, and count after the first paint."""
        self.set_focus(self.menu)

    def on_screen_resume(self) -> None:
        """Count again each time one comes back."""
        if not visible(self.actor):
            self.tell("Aucun droit ne vous est donné : demandez à l'administrateur de vous en accorder.")
        self.set_timer(_AFTER_FIRST_PAINT, self._count)

    def _count(self) -> None:
        self.call(_todos, self.actor, then=self.menu.show_todos, group="todos")

    def available(self, action: str) -> bool:
        """Offer what there is."""
        if action == "search":
            return any(activity.name == "candidates" for activity in visible(self.actor))
        return True

    def label_of(self, offer: Offer) -> str:
        """Going back from here is leaving."""
        return "quitter" if offer.action == "back" else super().label_of(offer)

    def key_of(self, action: str, *, typing: bool) -> str:
        """Esc does not leave from here."""
        keys = self.examtui.keys.of(action)
        others = [key for key in keys if key != "escape"]
        return display(others[0]) if action == "back" and others else super().key_of(action, typing=typing)

    def on_key(self, event: events.Key) -> None:
        """Esc takes the filter away, and no more: who goes back and back stops here."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            if not self.menu.clear():
                self.tell(f"Vous êtes à l'accueil. Pour quitter examtui : {self.key_of('back', typing=False)}.")

    def on_home_menu_chosen(self, event: HomeMenu.Chosen) -> None:
        """Open the activity; one comes back to all of them."""
        self.menu.clear()
        self.examtui.open_activity(event.activity, **event.arguments)

    def action_open(self) -> None:
        """Open the marked line."""
        self.menu.choose()

    def action_search(self) -> None:
        """Open the search of candidates."""
        self.examtui.open_activity("candidates")

    def action_back(self) -> None:
        """Take the filter away, else leave."""
        if not self.menu.clear():
            self.examtui.leave()


def _todos(actor: Any) -> list[Todo]:
    """Ask every source that the role may; in a thread, since it imports the activities."""
    known = {activity.name for activity in visible(actor)}
    todos: list[Todo] = []
    for source, permission in TODO_SOURCES:
        if actor.can(permission):
            module, _, function = source.partition(":")
            todos += [todo for todo in getattr(import_module(module), function)(actor) if todo.activity in known]
    return sorted(todos, key=lambda todo: not todo.first_step)
