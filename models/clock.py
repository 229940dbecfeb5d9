"""The one place that asks the machine what time it is.

Everything that depends on time takes a date or datetime as an argument; only the edges of the
program (a button pressed, a command run) ask here, so that tests and demo data can hold the clock.
Times are local wall-clock, naive, as an office writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

_held: list[datetime] = []


def now() -> datetime:
    """Return the local time, whole seconds."""
    return _held[-1] if _held else datetime.now().replace(microsecond=0)


def today() -> date:
    """Return the local date."""
    return now().date()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at *moment* inside the block (tests, demo data)."""
    _held.append(moment)
    try:
        yield
    finally:
        _held.pop()
