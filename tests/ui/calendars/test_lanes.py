"""Events of a week in lanes: nothing overlaps, nothing is lost, drawings as tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.summaries.dated import Event
from ui.calendars.grid_model import month_days, week_days
from ui.calendars.lanes import lay_out, shown, side_by_side

MONDAY = date(2026, 10, 12)
WEEK = week_days(MONDAY)


def event(name: str, first: int, last: int) -> Event:
    """An event from day *first* to *last* counted from Monday."""
    start, end = (MONDAY + timedelta(days=day) for day in (first, last))
    return Event("meeting", name, start, end, record_kind="meeting", record_id=name)


def drawn(events: list[Event], room: int = 9) -> tuple[list[str], str]:
    """Draw lanes as rows of seven letters, and the counts of what did not fit."""
    fits, hidden = shown(lay_out(WEEK, events), 7, room)
    lanes = [["·"] * 7 for _ in range(max((one.lane + 1 for one in fits), default=0))]
    for one in fits:
        for day in range(one.first, one.last + 1):
            lanes[one.lane][day] = one.event.title
    return ["".join(lane) for lane in lanes], "".join(map(str, hidden))


@pytest.mark.parametrize(
    ("events", "room", "lanes", "hidden"),
    [
        ([], 3, [], "0000000"),
        ([("a", 0, 0), ("b", 0, 0), ("c", 2, 2)], 3, ["a·c····", "b······"], "0000000"),
        ([("a", 1, 1), ("s", 0, 4)], 3, ["sssss··", "·a·····"], "0000000"),
        ([("s", -3, 1), ("t", 2, 9)], 3, ["ssttttt"], "0000000"),
        ([("a", 3, 3), ("b", 3, 3), ("c", 3, 3)], 3, ["···a···", "···b···", "···c···"], "0000000"),
        ([("a", 3, 3), ("b", 3, 3), ("c", 3, 3), ("d", 3, 3)], 3, ["···a···", "···b···"], "0002000"),
        ([("a", 3, 3), ("b", 3, 3)], 1, [], "0002000"),
        ([("a", 3, 3)], 1, ["···a···"], "0000000"),
        ([("x", -9, -8), ("y", 8, 9)], 3, [], "0000000"),
    ],
)
def test_lanes(events: list[tuple[str, int, int]], room: int, lanes: list[str], hidden: str) -> None:
    assert drawn([event(*one) for one in events], room) == (lanes, hidden)


spans = st.lists(st.tuples(st.integers(-4, 9), st.integers(0, 5)), max_size=12)


@given(spans, st.integers(1, 5))
def test_no_two_share_a_place_and_none_is_lost(found: list[tuple[int, int]], room: int) -> None:
    events = [event(str(at), first, first + length) for at, (first, length) in enumerate(found)]
    placed = lay_out(WEEK, events)
    places = [(one.lane, day) for one in placed for day in range(one.first, one.last + 1)]
    assert len(places) == len(set(places))
    fits, hidden = shown(placed, 7, room)
    for day in range(7):
        here = [one for one in fits if one.first <= day <= one.last]
        all_here = [item for item in events if item.on <= WEEK[day] <= item.until]
        assert len(here) + hidden[day] == len(all_here)
        assert all(one.lane < room - bool(hidden[day]) for one in here)


@given(st.integers(1950, 2099), st.integers(1, 12))
def test_a_month_is_whole_weeks_with_every_day_once(year: int, month: int) -> None:
    weeks = month_days(year, month)
    days = [day for week in weeks for day in week]
    assert 4 <= len(weeks) <= 6
    assert [day.weekday() for day in days] == list(range(7)) * len(weeks)
    assert days == [days[0] + timedelta(days=step) for step in range(len(days))]
    inside = [day.day for day in days if (day.year, day.month) == (year, month)]
    assert inside == list(range(1, len(inside) + 1)) and len(inside) >= 28
    assert all(any((day.year, day.month) == (year, month) for day in week) for week in weeks)


def timed(name: str, start: str, end: str) -> Event:
    first, last = (datetime.combine(MONDAY, datetime.strptime(at, "%H:%M").time()) for at in (start, end))
    return Event(
        "meeting", name, MONDAY, MONDAY, starts_at=first, ends_at=last, record_kind="m", record_id=name
    )


@pytest.mark.parametrize(
    ("events", "places"),
    [
        ([("a", "9:00", "10:00"), ("b", "10:00", "11:00")], {"m-a": (0, 1), "m-b": (0, 1)}),
        ([("a", "9:00", "10:30"), ("b", "10:00", "11:00")], {"m-a": (0, 2), "m-b": (1, 2)}),
        (
            [
                ("a", "9:00", "12:00"),
                ("b", "9:00", "10:00"),
                ("c", "10:00", "11:00"),
                ("d", "13:00", "14:00"),
            ],
            {"m-a": (1, 2), "m-b": (0, 2), "m-c": (0, 2), "m-d": (0, 1)},
        ),
    ],
)
def test_meetings_at_one_time_stand_side_by_side(
    events: list[tuple[str, str, str]], places: dict[str, tuple[int, int]]
) -> None:
    assert side_by_side([timed(*one) for one in events]) == places
