"""The calendar: everything that has a date between two days, and what each day is (holiday, lunar day)."""

from __future__ import annotations

import dataclasses
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.records.base import DayRole, all_kinds, kind_of
from models.records.meeting import Meeting, Resolution
from models.records.rules import Holiday
from models.records.values import short_day
from models.rules.almanac import fixed_day, lunar_words
from models.rules.duties import Obligation, State
from models.rules.meetings import called_off
from models.rules.workdays import DayMark, day_mark, day_table, is_workday, warning
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.dated import Event, Names, Span, described_events, names_of, short_name
from models.summaries.obligations import due_in
from models.summaries.supervision import supervised_among

NAMED = 12
"""How many who still owe a duty its event names."""


OBLIGATION, STATUTORY = "obligation", "statutory"
"""Groups of events that are no records: limits that clauses set, days that a law names."""
_LABELS = {OBLIGATION: "制度期限", STATUTORY: "法定日"}


def event_kinds() -> tuple[str, ...]:
    """Return every kind of event there may be, in order."""
    return (*(kind.id for kind in all_kinds() if kind.dated), OBLIGATION, STATUTORY)


def kind_label(kind: str) -> str:
    """Return what the clerk calls a kind of event."""
    return _LABELS.get(kind) or kind_of(kind).label


def without(events: Iterable[Event], hidden: Collection[str]) -> str:
    """Return which kinds are *hidden* and how many of *events* that takes away, "" for none."""
    names = [kind_label(kind) for kind in event_kinds() if kind in hidden]
    if not names:
        return ""
    which = "所有类别" if len(names) == len(event_kinds()) else "、".join(names)
    return f"{which}，共 {sum(event.kind in hidden for event in events)} 项"


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is: its lunar word (a festival first), the lunar date in full, 休 or 班, whether offices work."""

    on: date
    word: str
    lunar: str
    mark: DayMark | None
    workday: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How full a day is: events in all, whether meetings are among them, limits not yet met, limits missed."""

    events: int
    meeting: bool
    limit: bool
    overdue: bool

    @property
    def level(self) -> int:
        """0 for an empty day up to 3 for a full one; :data:`LEVELS` has the words."""
        return bisect_right(_LEVEL_FROM, self.events)


_LEVEL_FROM = (1, 3, 6)
LEVELS = ("没有", "1 至 2 项", "3 至 5 项", "6 项以上")


@dataclass(frozen=True)
class Calendar:
    """The days asked for and the events that touch them, by day, role and time.

    *warnings* name the years whose holidays are not known.
    """

    days: tuple[Day, ...]
    events: tuple[Event, ...]
    warnings: tuple[str, ...]

    def on(self, day: date) -> tuple[Event, ...]:
        """Return the events of one day."""
        return self._by_day.get(day, ())

    def only(self, keeps: Callable[[Event], bool]) -> Calendar:
        """Return the same days with the events that *keeps* keeps."""
        return dataclasses.replace(self, events=tuple(filter(keeps, self.events)))

    def with_events(self, more: Iterable[Event]) -> Calendar:
        """Return the same days with those of *more* that touch them."""
        first, last = self.days[0].on, self.days[-1].on
        found = [*self.events, *(event for event in more if event.on <= last and event.until >= first)]
        found.sort(key=_order)
        return dataclasses.replace(self, events=tuple(found))

    def load(self, day: date) -> Load:
        """Return how full a day is."""
        events = self.on(day)
        limits = [event for event in events if event.role is DayRole.LIMIT and event.light is not State.DONE]
        return Load(
            len(events), any(event.kind == Meeting.KIND.id for event in events), bool(limits),
            any(event.light is State.OVERDUE for event in limits),
        )  # fmt: skip

    @cached_property
    def _by_day(self) -> dict[date, tuple[Event, ...]]:
        found: dict[date, list[Event]] = defaultdict(list)
        for event in self.events:
            for step in range((event.until - event.on).days + 1):
                found[event.on + timedelta(days=step)].append(event)
        return {day: tuple(events) for day, events in found.items()}


def _order(event: Event) -> tuple[date, int, datetime, str]:
    """Put what takes place first, by time, then limits, then what came in or was done."""
    at = event.starts_at or datetime.combine(event.on, time.min)
    return event.on, _ROLES[event.role], at, event.title


_ROLES = {role: place for place, role in enumerate(DayRole)}


def calendar(reader: Reader, first: date, last: date, as_of: date) -> Calendar:
    """Return the days from *first* to *last*, both included; lights are as of a day."""
    duties = duty_events(reader, range(first.year, last.year + 1), as_of)
    return dated_records(reader, first, last, as_of).with_events(duties)


def bare_days(reader: Reader, first: date, last: date) -> Calendar:
    """Return the days with what they are, and the days fixed by law."""
    dates = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    table = day_table(reader.find(Holiday))
    days = tuple(Day(day, *lunar_words(day), day_mark(day, table), is_workday(day, table)) for day in dates)
    fixed = (
        Event(STATUTORY, fixed_day(day), day, day, part=f"{day:%Y%m%d}", locked="法定日不能改期。")
        for day in dates
        if fixed_day(day)
    )
    warnings = (warning(year, table) for year in range(first.year, last.year + 1))
    return Calendar(days, tuple(fixed), tuple(filter(None, warnings)))


def dated_records(reader: Reader, first: date, last: date, as_of: date) -> Calendar:
    """Return what :func:`calendar` does without the limits that clauses set; a month is quick in any office."""
    names = names_of(reader)
    span = Span(first, last, as_of, load_settings(reader).soon_days)
    found = _without_supervised(reader, list(described_events(reader, names, span)), as_of)
    return bare_days(reader, first, last).with_events(_meetings(reader, names, found, span))


def _without_supervised(reader: Reader, found: list[Event], as_of: date) -> list[Event]:
    """Leave out the resolutions that became cases: these are there themselves."""
    resolved = [event.record_id for event in found if event.kind == Resolution.KIND.id]
    gone = supervised_among(reader, resolved, as_of)
    return [event for event in found if event.record_id not in gone]


def _meetings(reader: Reader, names: Names, found: list[Event], span: Span) -> Iterator[Event]:
    """Yield the events *found*, those of meetings with what only a meeting has: its state, its first day."""
    day_after = (span.last + timedelta(days=1)).isoformat()
    ids = json.dumps([event.record_id for event in found if event.kind == Meeting.KIND.id])
    known = reader.find(
        Meeting,
        "id IN (SELECT value FROM json_each(?)) OR postponed_from >= ? AND postponed_from < ?",
        (ids, span.first.isoformat(), day_after),
    )
    meetings = {meeting.id: meeting for meeting in known}
    attended = _attended(reader, [meeting.id for meeting in known if not meeting.held])
    for event in found:
        meeting = meetings.get(event.record_id)
        if meeting is None:
            yield event
        elif event.part == "starts_at":
            yield _as_it_stands(event, meeting, span.as_of, attended=meeting.id in attended)
        elif not called_off(meeting, span.as_of):
            yield event
    for meeting in known:
        if (
            meeting.postponed_from
            and meeting.starts_at
            and meeting.postponed_from.date() != meeting.starts_at.date()
        ):
            yield _first_day(meeting, meeting.postponed_from, short_name(names, meeting.body), span.as_of)


def _attended(reader: Reader, meetings: Iterable[str]) -> set[str]:
    """Return which of *meetings* have attendance entered."""
    rows = reader.db.execute(
        "SELECT DISTINCT meeting FROM attendance WHERE deleted_at IS NULL AND status <> '' "
        "AND meeting IN (SELECT value FROM json_each(?))",
        (json.dumps(list(meetings)),),
    )
    return {str(row[0]) for row in rows}


def _as_it_stands(event: Event, meeting: Meeting, as_of: date, *, attended: bool) -> Event:
    off = called_off(meeting, as_of)
    late = not (meeting.held or off) and event.on < as_of
    return dataclasses.replace(
        event, light=State.OVERDUE if late else None,
        words=meeting.state if off else "未登记召开" if late else "",
        locked=_why_fixed(meeting, attended=attended),
    )  # fmt: skip


def _first_day(meeting: Meeting, was: datetime, body: str, as_of: date) -> Event:
    """Return the day a postponed meeting was first planned for."""
    assert meeting.starts_at is not None
    return Event(
        Meeting.KIND.id, meeting.name, was.date(), was.date(), starts_at=was, who=body,
        words=f"延期至{short_day(meeting.starts_at.date(), as_of)}", record_kind=Meeting.KIND.id,
        record_id=meeting.id, part="postponed_from", locked="这是原定时间，改期请移动新的日期。",
    )  # fmt: skip


def _why_fixed(meeting: Meeting, *, attended: bool) -> str:
    """Say why a meeting keeps its day, "" for one that may be moved."""
    if meeting.held:
        return "会议已经召开，日期不能再改。"
    if meeting.state == "取消":
        return "会议已经取消，日期不能再改。"
    return "已登记出席情况，日期不能再改；登记错了先清除出席情况。" if attended else ""


def duty_events(reader: Reader, years: Iterable[int], as_of: date) -> tuple[Event, ...]:
    """Return one event for each clause and limit that falls in *years*, however many owe it."""
    together: dict[tuple[str, date], list[Obligation]] = {}
    for item in due_in(reader, as_of, *years):
        together.setdefault((item.clause.id, item.due), []).append(item)
    return tuple(_duties(names_of(reader), together))


def _duties(names: Names, together: Mapping[tuple[str, date], list[Obligation]]) -> Iterator[Event]:
    for (clause_id, due), items in together.items():
        missing = [item for item in items if item.is_open]
        worst = missing[0] if missing else items[0]
        count = f"（{len(items) - len(missing)} / {len(items)}）" if len(items) > 1 else ""
        whose = [short_name(names, item.owner.id) or item.owner.name for item in missing or items]
        owing = "、".join(whose[:NAMED]) + (f"等 {len(whose)} 家（人）" if len(whose) > NAMED else "")
        light = worst.state if worst.state in (State.OVERDUE, State.SOON, State.DONE) else None
        yield Event(
            OBLIGATION, f"{worst.clause.name}{count}", due, due, DayRole.LIMIT, who=owing, light=light,
            words=worst.words if light else "", record_kind="clause", record_id=clause_id, part=f"{due:%Y%m%d}",
            locked="这个期限由制度条款算出，要改请改条款。",
        )  # fmt: skip
