"""Where events stand in one week: which lane, from which to which day. Pure, no drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.summaries.dated import Event


@dataclass(frozen=True, slots=True)
class Placed:
    """An event over the days *first* to *last* (positions in the week, both included) in *lane* 0, 1 …

    *starts* and *ends* tell whether the event begins and ends in this week.
    """

    event: Event
    first: int
    last: int
    lane: int
    starts: bool
    ends: bool


def lay_out(days: Sequence[date], events: Iterable[Event]) -> list[Placed]:
    """Place the events that touch *days*, consecutive ones; longer ones above shorter ones, none overlapping."""
    touching = [event for event in events if event.on <= days[-1] and event.until >= days[0]]
    touching.sort(key=lambda event: event.on == event.until)
    taken: list[set[int]] = []
    placed = []
    for event in touching:
        first = max((event.on - days[0]).days, 0)
        last = min((event.until - days[0]).days, len(days) - 1)
        wanted = set(range(first, last + 1))
        lane = next((at for at, used in enumerate(taken) if not used & wanted), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= wanted
        placed.append(Placed(event, first, last, lane, event.on >= days[0], event.until <= days[-1]))
    return placed


def shown(placed: Sequence[Placed], days: int, room: int) -> tuple[list[Placed], list[int]]:
    """Return what fits into *room* lanes, and for each of *days* how many events do not.

    A day with more than fits gives its last lane to the words 还有 n 项.
    """
    heights = [
        max((one.lane + 1 for one in placed if one.first <= day <= one.last), default=0)
        for day in range(days)
    ]
    limits = [room if high <= room else room - 1 for high in heights]
    fits = [one for one in placed if all(one.lane < limits[day] for day in range(one.first, one.last + 1))]
    kept = set(map(id, fits))
    hidden = [
        sum(one.first <= day <= one.last and id(one) not in kept for one in placed) for day in range(days)
    ]
    return fits, hidden


def side_by_side(events: Sequence[Event]) -> dict[str, tuple[int, int]]:
    """Return (place, of how many) for each timed event of one day, by id: overlapping ones share the width."""
    placing: dict[str, tuple[int, int]] = {}
    group: list[tuple[Event, int]] = []
    ends: list[float] = []

    def close() -> None:
        placing.update((event.id, (place, len(ends))) for event, place in group)
        group.clear()
        ends.clear()

    for event in sorted(events, key=minutes):
        start, end = minutes(event)
        if ends and start >= max(ends):
            close()
        place = next((at for at, until in enumerate(ends) if until <= start), len(ends))
        ends[place : place + 1] = [end]
        group.append((event, place))
    close()
    return placing


def minutes(event: Event) -> tuple[int, int]:
    """Return when a timed event begins and ends, minutes of its day; without an end it lasts one hour."""
    assert event.starts_at is not None
    start = event.starts_at.hour * 60 + event.starts_at.minute
    end = start + 60
    if event.ends_at is not None:
        end = event.ends_at.hour * 60 + event.ends_at.minute if event.until == event.on else 24 * 60
    return start, max(end, start + 30)
