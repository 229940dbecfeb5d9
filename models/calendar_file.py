"""A calendar as an .ics file (RFC 5545), for a telephone or another calendar program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock
from models.store.files import Written, write_file
from models.summaries.calendar import kind_label
from models.summaries.dated import Event

if TYPE_CHECKING:
    from icalendar import Event as Component

_CONTROLS = {code: None for code in range(32) if code != 10} | {127: None}


def write_calendar(target: Path, name: str, events: Iterable[Event]) -> Written:
    """Write *events* to *target* as calendar *name*. Meetings have local time, the others whole days.

    An event keeps its identifier from one export to the next, so that importing again changes it and
    never doubles it.
    """
    content = calendar_bytes(name, events, clock.now())
    return write_file(target, lambda stream: stream.write(content), expected=len(content))


def calendar_bytes(name: str, events: Iterable[Event], made_at: datetime) -> bytes:
    """Return the file; *made_at* is local time."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//Fazhi Ledger//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", _clean(name))
    for event in events:
        book.add_component(_component(event, made_at))
    return bytes(book.to_ical())


def _component(event: Event, made_at: datetime) -> Component:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", f"{event.id}@fazhi-ledger")
    made.add("dtstamp", made_at.astimezone(UTC))
    made.add("summary", _clean(f"{event.title}（{event.words}）" if event.words else event.title))
    made.add("categories", [kind_label(event.kind)])
    if event.starts_at is not None:
        made.add("dtstart", event.starts_at)
        made.add("dtend", event.ends_at or event.starts_at + timedelta(hours=1))
    else:
        made.add("dtstart", event.on)
        made.add("dtend", event.until + timedelta(days=1))
    if event.about:
        made.add("description", _clean(event.about))
    return made


def _clean(text: str) -> str:
    """Return *text* without control characters, which no calendar program can read."""
    return text.translate(_CONTROLS)
