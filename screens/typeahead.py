"""Keys one after the other: each is done with before the next is looked at.

A key travels from the application to the widget that has the focus, and back up through its ancestors, by way of a
queue at each; keys that arrive together (a slow line, a fast typist) would be handed to the widget that the first of
them is just leaving. So the next key waits until the one before has come back; a fence that follows it tells when.
"""

from collections import deque

from textual import events
from textual.app import App
from textual.message import Message

_STUCK_SECONDS = 0.3


class KeyDone(Message):
    """Travels behind a key, by the same way: when it arrives, the key has been done with."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class TypeAheadApp(App[None], inherit_bindings=False):
    """An application that takes keys one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_waiting: deque[events.Key] = deque()
        self._key_number = 0
        self._key_under_way = False

    @property
    def key_under_way(self) -> bool:
        """Tell whether a key is not done with yet."""
        return self._key_under_way

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while another is under way."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._key_under_way:
            self._keys_waiting.append(event)
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key) -> None:
        self._key_under_way = True
        self._key_number += 1
        number = self._key_number
        target = self.focused or self.screen
        await super().on_event(event)
        # The widget may be on its way out, and then no fence comes back from it.
        self.set_timer(_STUCK_SECONDS, lambda: self._go_on(number))
        if not target.post_message(KeyDone(number)):
            self._go_on(number)

    def on_key_done(self, message: KeyDone) -> None:
        """Take the next key."""
        self._go_on(message.number)

    def _go_on(self, number: int) -> None:
        if number == self._key_number and self._key_under_way:
            self._key_under_way = False
            if self._keys_waiting:
                self.call_later(self._take_key, self._keys_waiting.popleft())
