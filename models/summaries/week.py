"""The plan of one week: what takes place, and what is to be done by which day, with place and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.records.base import DayRole, kind_of
from models.records.meeting import Meeting, Preparation
from models.rules.duties import State
from models.store.reader import Reader
from models.summaries.calendar import Calendar, Day, calendar
from models.summaries.dated import Event
from models.summaries.meeting import meeting_sheet


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One thing of a day; *host* holds a meeting, *units* are those who take part or answer for a limit."""

    event: Event
    host: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day with what takes place, by time, and the limits that end on it."""

    day: Day
    items: tuple[PlannedItem, ...]
    limits: tuple[PlannedItem, ...]


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """Monday to Sunday; a day off is left out when it has nothing."""

    first: date
    last: date
    days: tuple[PlannedDay, ...]


def week_plan(reader: Reader, on: date, as_of: date) -> WeekPlan:
    """Return the plan of the week of *on*. What is called off, was put off or is done stays out of it."""
    first = on - timedelta(days=on.weekday())
    last = first + timedelta(days=6)
    shown = calendar(reader, first, last, as_of)
    days = (_day(reader, shown, day) for day in shown.days)
    return WeekPlan(
        first, last, tuple(one for one in days if one.day.workday or one.items or one.limits)
    )  # fmt: skip


def _day(reader: Reader, shown: Calendar, day: Day) -> PlannedDay:
    events = [event for event in shown.on(day.on) if event.light is not None or not event.words]
    items = tuple(_item(reader, event) for event in events if _takes_place(event))
    limits = tuple(
        PlannedItem(event, "", _units(event))
        for event in events
        if event.role is not DayRole.FACT and not _takes_place(event) and event.light is not State.DONE
    )
    return PlannedDay(day, items, limits)


def _takes_place(event: Event) -> bool:
    """Tell whether an event is the thing itself, not a limit that goes with it (报名截止)."""
    return event.role is DayRole.PLANNED and kind_of(event.kind).happened == event.part


def _item(reader: Reader, event: Event) -> PlannedItem:
    if event.kind != Meeting.KIND.id:
        return PlannedItem(event, "", _units(event))
    sheet = meeting_sheet(reader, event.record_id)
    units = tuple(dict.fromkeys(one.unit for one in sheet.attendees if one.unit))
    return PlannedItem(event, sheet.host, units or _units(event))


def _units(event: Event) -> tuple[str, ...]:
    """Return whose an event is; what is got ready for a meeting is the office's own."""
    return (event.who,) if event.who and event.kind != Preparation.KIND.id else ()
