"""Calling use cases from a screen: in a thread, with a connection of its own; the newest question wins."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker

from examtui.errors import ExamtuiError
from examtui.home import connected

Then = Callable[[Any], object]
Failed = Callable[[ExamtuiError], object]
Bug = Callable[[Exception], object]


@dataclass(frozen=True)
class _Call:
    work: Callable[[], Any]
    then: Then | None
    failed: Failed


@dataclass(frozen=True)
class _Bug:
    error: Exception


class Calls:
    """The calls of one screen.

    A call of a ``group`` replaces those of the group that wait, and the results of those that run are dropped: a fast
    typist never sees an old answer, nor piles up threads. A call without group always delivers its result (a write).
    """

    def __init__(self, owner: DOMNode, bug: Bug) -> None:
        self._owner = owner
        self._bug = bug
        self._newest: dict[str, _Call] = {}
        self._running: set[str] = set()
        self._pending = 0

    @property
    def busy(self) -> bool:
        """Tell whether a call has not delivered yet."""
        return self._pending > 0 or bool(self._running)

    def start(self, work: Callable[[], Any], then: Then | None, failed: Failed, group: str | None = None) -> None:
        """Run ``work`` in a thread, then ``then(result)`` or ``failed(error)`` in the event loop."""
        call = _Call(work, then, failed)
        if group is None:
            self._pending += 1
            self._worker(self._alone(call))
            return
        self._newest[group] = call
        if group not in self._running:
            self._running.add(group)
            self._worker(self._in_turn(group))

    def forget(self, group: str) -> None:
        """Drop what waits or runs in the group."""
        self._newest.pop(group, None)

    def _worker(self, coroutine: Any) -> Worker[None]:
        return self._owner.run_worker(coroutine, exit_on_error=True)

    async def _alone(self, call: _Call) -> None:
        try:
            result = await _outcome(call)
        finally:
            self._pending -= 1
        self._deliver(call, result)

    async def _in_turn(self, group: str) -> None:
        done: _Call | None = None
        try:
            while (call := self._newest.get(group)) is not None and call is not done:
                result = await _outcome(call)
                done = call
                if self._newest.get(group) is call:
                    self._deliver(call, result)
        finally:
            self._running.discard(group)

    def _deliver(self, call: _Call, result: Any) -> None:
        if not self._owner.is_attached:
            return
        if isinstance(result, ExamtuiError):
            call.failed(result)
        elif isinstance(result, _Bug):
            self._bug(result.error)
        elif call.then is not None:
            call.then(result)


async def _outcome(call: _Call) -> Any:
    try:
        return await asyncio.to_thread(_with_connection, call.work)
    except ExamtuiError as error:
        return error
    except Exception as error:
        return _Bug(error)


def _with_connection(work: Callable[[], Any]) -> Any:
    with connected():
        return work()
