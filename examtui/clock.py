"""The one place that reads the clock, so that rules take times as values and tests set them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def utc_now() -> datetime:
    """The moment, in UTC, naive and to the second: the form in which the database keeps moments."""
    moment = _frozen.get() or datetime.now(UTC)
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def local(moment: datetime) -> datetime:
    """A moment kept by the database (UTC, naive) as the wall clock of French schools shows it."""
    return moment.replace(tzinfo=UTC).astimezone(PARIS)


def utc(wall: datetime) -> datetime:
    """A wall-clock time of French schools (naive) as the database keeps moments; the inverse of ``local``."""
    return wall.replace(tzinfo=PARIS).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Today's date on the wall of a French school."""
    return local(utc_now()).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` (aware) for the current context: for tests and for deterministic data."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
