"""The calendar: everything that has a date between two days, and what each day is (holiday, lunar day)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.records.meeting import Attendance, Meeting, Resolution
from models.records.rules import Holiday, Submission
from models.rules.almanac import fixed_day, lunar_words
from models.rules.duties import Obligation, State
from models.rules.meetings import called_off
from models.rules.workdays import DayMark, day_mark, day_table, is_workday, warning
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.obligations import obligations
from models.summaries.todos import Names, short_day

NAMED = 12
"""How many who still owe a duty its event names."""


class EventKind(StrEnum):
    """What an event is about; colour and icon follow from it (look.md 2)."""

    MEETING = "会议"
    RESOLUTION = "议定事项"
    DUTY = "制度期限"
    SUBMISSION = "报送"
    STATUTORY = "法定日"


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated, from *on* to *until* (both included), at a time if *starts_at* is set.

    *light* and *words* say how it stands (postponed ones have words only), *about* who or where;
    *locked* says why it cannot be moved to another day, "" if it can. *part* tells events of one record
    apart.
    """

    kind: EventKind
    title: str
    on: date
    until: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    about: str = ""
    light: State | None = None
    words: str = ""
    record_kind: str = ""
    record_id: str = ""
    part: str = ""
    locked: str = ""

    @property
    def id(self) -> str:
        """The same for the same thing, whatever day it is moved to."""
        return "-".join(filter(None, (self.record_kind or "day", self.record_id, self.part)))

    @property
    def label(self) -> str:
        """The title with its time before it: 09:30 联席会议."""
        return f"{self.starts_at:%H:%M} {self.title}" if self.starts_at else self.title


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is: its lunar word (a festival first), the lunar date in full, 休 or 班, whether offices work."""

    on: date
    word: str
    lunar: str
    mark: DayMark | None
    workday: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days asked for and the events that touch them, by day and time.

    *warnings* name the years whose holidays are not known.
    """

    days: tuple[Day, ...]
    events: tuple[Event, ...]
    warnings: tuple[str, ...]

    def on(self, day: date) -> tuple[Event, ...]:
        """Return the events of one day."""
        return tuple(event for event in self.events if event.on <= day <= event.until)


def calendar(reader: Reader, first: date, last: date, as_of: date) -> Calendar:
    """Return the days from *first* to *last*, both included; lights are as of a day."""
    dates = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    table = day_table(reader.find(Holiday))
    days = tuple(Day(day, *lunar_words(day), day_mark(day, table), is_workday(day, table)) for day in dates)
    names = Names(reader)
    found = [*_meetings(reader, names, first, last, as_of), *_resolutions(reader, names, first, last, as_of)]
    found += [*_duties(reader, names, first, last, as_of), *_submissions(reader, names, first, last)]
    found += [
        Event(EventKind.STATUTORY, fixed_day(day), day, day, part=f"{day:%Y%m%d}", locked="法定日不能改期。")
        for day in dates
        if fixed_day(day)
    ]
    found = [event for event in found if event.on <= last and event.until >= first]
    found.sort(
        key=lambda event: (event.on, event.starts_at or datetime.combine(event.on, time.min), event.title)
    )
    warnings = (warning(year, table) for year in range(first.year, last.year + 1))
    return Calendar(days, tuple(found), tuple(filter(None, warnings)))


def _meetings(reader: Reader, names: Names, first: date, last: date, as_of: date) -> Iterator[Event]:
    day_after = (last + timedelta(days=1)).isoformat()
    start = first.isoformat()
    touching = reader.find(
        Meeting,
        "(starts_at < ? AND coalesce(ends_at, starts_at) >= ?) OR postponed_from BETWEEN ? AND ? "
        "OR reply_by BETWEEN ? AND ?",
        (day_after, start, start, day_after, start, day_after),
        order="starts_at, id",
    )
    ids = json.dumps([meeting.id for meeting in touching])
    marked = reader.find(Attendance, "status <> '' AND meeting IN (SELECT value FROM json_each(?))", (ids,))
    attended = {row.meeting for row in marked}
    for meeting in touching:
        if meeting.starts_at is not None:
            locked = _why_fixed(meeting, attended=meeting.id in attended)
            yield from _of_meeting(meeting, names.of(meeting.body), as_of, locked)


def _why_fixed(meeting: Meeting, *, attended: bool) -> str:
    """Say why a meeting keeps its day, "" for one that may be moved."""
    if meeting.held:
        return "会议已经召开，日期不能再改。"
    if meeting.state == "取消":
        return "会议已经取消，日期不能再改。"
    return "已登记出席情况，日期不能再改；登记错了先清除出席情况。" if attended else ""


def _of_meeting(meeting: Meeting, body: str, as_of: date, locked: str) -> Iterator[Event]:
    assert meeting.starts_at is not None
    start, end = meeting.starts_at, meeting.ends_at
    on = start.date()
    until = end.date() if end and end > start else on
    base = Event(EventKind.MEETING, meeting.name, on, until, record_kind="meeting", record_id=meeting.id)
    off = called_off(meeting, as_of)
    late = not (meeting.held or off) and on < as_of
    yield dataclasses.replace(
        base, starts_at=start, ends_at=end, about=" · ".join(filter(None, (meeting.place, body))),
        light=State.OVERDUE if late else None, words=meeting.state if off else "未登记召开" if late else "",
        locked=locked,
    )  # fmt: skip
    if meeting.postponed_from and meeting.postponed_from.date() != on:
        was = meeting.postponed_from.date()
        yield dataclasses.replace(
            base, on=was, until=was, starts_at=meeting.postponed_from, about=body, part="postponed",
            words=f"延期至{short_day(on, as_of)}", locked="这是原定时间，改期请移动新的日期。",
        )  # fmt: skip
    if meeting.reply_by and not off:
        yield dataclasses.replace(
            base, title=f"{meeting.name}报名截止", on=meeting.reply_by, until=meeting.reply_by, about=body,
            part="reply", locked="报名截止请在会议里改。",
        )  # fmt: skip


def _resolutions(reader: Reader, names: Names, first: date, last: date, as_of: date) -> Iterator[Event]:
    soon = as_of + timedelta(days=load_settings(reader).soon_days)
    for item in reader.find(
        Resolution, "due_on BETWEEN ? AND ?", (first.isoformat(), last.isoformat()), order="due_on, id"
    ):
        assert item.due_on is not None
        due = item.due_on
        done = item.done_on is not None and item.done_on <= as_of
        light = State.DONE if done else State.OVERDUE if due < as_of else State.SOON if due <= soon else None
        words = {State.DONE: "已办结", State.OVERDUE: f"逾期 {(as_of - due).days} 天"}.get(
            light or State.AHEAD, ""
        )
        if light is State.SOON:
            words = f"剩 {(due - as_of).days} 天" if due > as_of else "今天"
        yield Event(
            EventKind.RESOLUTION, item.headline(reader.name_of), due, due,
            about="、".join(names.of(unit) for unit in item.lead_units), light=light, words=words,
            record_kind="resolution", record_id=item.id,
            locked="议定事项已经办结，时限不能再改。" if item.done_on else "",
        )  # fmt: skip


def _duties(reader: Reader, names: Names, first: date, last: date, as_of: date) -> Iterator[Event]:
    """Yield one event for each clause and limit, however many owe it."""
    together: dict[tuple[str, date], list[Obligation]] = {}
    for item in obligations(reader, as_of, *range(first.year, last.year + 1), people=False):
        if first <= item.due <= last:
            together.setdefault((item.clause.id, item.due), []).append(item)
    for (clause_id, due), items in together.items():
        missing = [item for item in items if item.is_open]
        worst = missing[0] if missing else items[0]
        count = f"（{len(items) - len(missing)} / {len(items)}）" if len(items) > 1 else ""
        whose = [names.of(item.owner.id) or item.owner.name for item in missing or items]
        owing = "、".join(whose[:NAMED]) + (f"等 {len(whose)} 家（人）" if len(whose) > NAMED else "")
        light = worst.state if worst.state in (State.OVERDUE, State.SOON, State.DONE) else None
        yield Event(
            EventKind.DUTY, f"{worst.clause.name}{count}", due, due, about=owing, light=light,
            words=worst.words if light else "", record_kind="clause", record_id=clause_id, part=f"{due:%Y%m%d}",
            locked="这个期限由制度条款算出，要改请改条款。",
        )  # fmt: skip


def _submissions(reader: Reader, names: Names, first: date, last: date) -> Iterator[Event]:
    came: Sequence[Submission] = reader.find(
        Submission,
        "received_on BETWEEN ? AND ?",
        (first.isoformat(), last.isoformat()),
        order="received_on, id",
    )
    for paper in came:
        assert paper.received_on is not None
        who = names.of(paper.body) or names.of(paper.unit)
        yield Event(
            EventKind.SUBMISSION, paper.subject or f"{who}{paper.item}", paper.received_on, paper.received_on,
            about=f"收到 · {who}", record_kind="submission", record_id=paper.id,
            locked="收到日期请在报送记录里改。",
        )  # fmt: skip
