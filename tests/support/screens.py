"""Reading and driving screens in tests."""

from typing import Any

from textual.events import Key
from textual.pilot import Pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every call of the screens has delivered."""
    for _ in range(200):
        await pilot.pause()
        app: Any = pilot.app
        if not app.key_under_way and not any(getattr(screen, "busy", False) for screen in app.screen_stack):
            await pilot.pause()
            return
    raise AssertionError("a call never came back")


def shown(pilot: Pilot[None]) -> list[str]:
    """Return the lines that the screen shows, without styles."""
    screen = pilot.app.screen
    width, height = screen.size
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip)[:width].rstrip() for strip in strips[:height]]


def text(pilot: Pilot[None]) -> str:
    """Return what the screen shows, as one text of its lines."""
    return "\n".join(shown(pilot))


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait for what they started, and return what the screen shows."""
    await pilot.press(*keys)
    await settle(pilot)
    return text(pilot)


async def opened(pilot: Pilot[None], activity: str) -> str:
    """Open an activity by its name, and return what it shows."""
    app: Any = pilot.app
    app.open_activity(activity)
    await settle(pilot)
    return text(pilot)


def type_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys that arrive together, as over a slow line."""
    characters = {"space": " ", "slash": "/"}
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else characters.get(key)))
