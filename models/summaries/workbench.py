"""The workbench in one call: what there is to do, what the rules ask for, what comes next, as of any day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Body, Person, Unit
from models.records.rules import Clause
from models.rules.attendance import rates
from models.rules.clause_words import counted_in
from models.rules.duties import Evidence, Obligation, State
from models.rules.meetings import called_off, missing_reports
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.obligations import obligations, open_obligations
from models.summaries.todos import AHEAD, Group, Names, Todo, meetings_around, open_resolutions, todos

NEXT_MEETINGS = 4
MONTHS_SHOWN = 6
LATE_UNITS = 2
_WORST_FIRST = (State.OVERDUE, State.SOON, State.RUNNING, State.AHEAD, State.WAIVED, State.DONE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause in the period that runs on the day: *done* of *needed* (times of one owner, or owners that
    are through), the records that prove it, its light."""

    clause: Clause
    period: str
    done: float
    needed: float
    measure: str
    evidence: tuple[Evidence, ...]
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting to come; *state* is 待发通知, 已通知 or 缺会前报告."""

    id: str
    name: str
    starts_at: datetime
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class MonthRate:
    """Rates 0 … 1 of all meetings held in one month; *unit* counts proper substitutes too."""

    label: str
    own: float
    unit: float


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A lead unit with resolutions past their limit; *longest* in days."""

    id: str
    name: str
    count: int
    longest: int


@dataclass(frozen=True, slots=True)
class Resolutions:
    """The resolutions of this year's meetings and those still open from before, by state."""

    done: int
    running: int
    soon: int
    overdue: int
    late_units: tuple[LateUnit, ...]

    @property
    def total(self) -> int:
        return self.done + self.running + self.soon + self.overdue


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything the first page shows. *empty* tells that nothing at all is entered yet."""

    as_of: date
    todos: tuple[Todo, ...]
    rules: tuple[Rule, ...]
    meetings: tuple[NextMeeting, ...]
    months: tuple[MonthRate, ...]
    resolutions: Resolutions
    empty: bool

    def count(self, *groups: Group, kinds: Sequence[str] = ()) -> int:
        """Return how many things to do stand in *groups*, of record *kinds* only where given."""
        return sum(todo.group in groups and (not kinds or todo.kind in kinds) for todo in self.todos)


def workbench(reader: Reader, as_of: date) -> Workbench:
    """Return the workbench as of a day; read in one go, a few milliseconds for a county."""
    names = Names(reader)
    duties = open_obligations(reader, as_of, people=False)
    known = {item.id for item in duties}
    if (as_of + AHEAD).year > as_of.year:
        after = obligations(reader, as_of, as_of.year + 1, people=False)
        duties += [item for item in after if item.id not in known]
    called = [item for item in duties if not item.before_entry]
    meetings = meetings_around(reader, as_of)
    return Workbench(
        as_of=as_of,
        todos=tuple(todos(reader, names, called, meetings, as_of)),
        rules=tuple(_rules(duties, as_of)),
        meetings=tuple(_next_meetings(meetings, as_of)),
        months=tuple(_months(reader, meetings, as_of)),
        resolutions=_resolutions(reader, names, as_of),
        empty=is_empty(reader),
    )


def is_empty(reader: Reader) -> bool:
    """Tell whether no unit, body, person, meeting or clause is entered."""
    return not any(
        reader.db.execute(f"SELECT 1 FROM {kind.KIND.table} WHERE deleted_at IS NULL LIMIT 1").fetchone()
        for kind in (Unit, Body, Person, Meeting, Clause)
    )


def _rules(duties: Iterable[Obligation], as_of: date) -> list[Rule]:
    """Return a line for each clause: its period that began last, all its owners together."""
    by_clause: dict[str, list[Obligation]] = {}
    for item in duties:
        if item.start <= as_of:
            by_clause.setdefault(item.clause.id, []).append(item)
    rules = []
    for items in by_clause.values():
        latest = max(item.start for item in items)
        rules.append(_rule([item for item in items if item.start == latest], as_of))
    return sorted(rules, key=lambda rule: (rule.clause.position or 9999, rule.clause.name))


def _rule(items: Sequence[Obligation], as_of: date) -> Rule:
    first = items[0]
    state = min((item.state for item in items), key=_WORST_FIRST.index)
    evidence = {(proof.kind, proof.id): proof for item in items for proof in item.evidence}
    period = first.period.removeprefix(f"{as_of.year}年") or first.period
    if len(items) == 1:
        done, needed, measure, words = first.done, first.needed, counted_in(first.clause), first.words
    else:
        measure = {"unit": "家", "person": "人"}.get(first.owner.kind, "个")
        done = sum(item.state is State.DONE for item in items)
        needed = sum(item.state is not State.WAIVED for item in items)
        worst = sum(item.state is state for item in items)
        words = {State.OVERDUE: f"{worst} {measure}逾期", State.DONE: "已齐"}.get(state, "")
    if state in (State.RUNNING, State.SOON) and first.due > as_of:
        words = f"剩 {(first.due - as_of).days} 天"
    if state is State.OVERDUE and all(item.before_entry for item in items if item.state is state):
        state, words = State.AHEAD, "登记前到期"
    return Rule(
        first.clause, period, done, needed, measure, tuple(evidence.values()), state, words or state.value
    )


def _next_meetings(meetings: Iterable[Meeting], as_of: date) -> list[NextMeeting]:
    coming = [
        meeting
        for meeting in meetings
        if meeting.starts_at and meeting.starts_at.date() >= as_of and not called_off(meeting, as_of)
    ]
    return [_next_meeting(meeting, as_of) for meeting in coming[:NEXT_MEETINGS]]


def _next_meeting(meeting: Meeting, as_of: date) -> NextMeeting:
    assert meeting.starts_at is not None
    told = meeting.state != "计划" and meeting.notified_on is not None and meeting.notified_on <= as_of
    state = "已通知" if told else "待发通知"
    if told and "会前报告" in missing_reports(meeting, as_of):
        state = "缺会前报告"
    return NextMeeting(meeting.id, meeting.name, meeting.starts_at, meeting.place, state)


def _months(reader: Reader, meetings: Iterable[Meeting], as_of: date) -> list[MonthRate]:
    """Return the rates of the last months in which somebody was expected somewhere, oldest first."""
    first = as_of.year * 12 + as_of.month - MONTHS_SHOWN
    month_of = {
        meeting.id: meeting.starts_at.year * 12 + meeting.starts_at.month - 1
        for meeting in meetings
        if meeting.held and meeting.starts_at and meeting.starts_at.date() <= as_of
    }
    ids = [meeting_id for meeting_id, month in month_of.items() if month >= first]
    rows: dict[int, list[Attendance]] = {}
    for row in reader.find(
        Attendance, "meeting IN (SELECT value FROM json_each(?))", (json.dumps(ids),), order="id"
    ):
        rows.setdefault(month_of[row.meeting], []).append(row)
    counted = [(month, rates(rows[month])) for month in sorted(rows)]
    return [
        MonthRate(f"{month % 12 + 1}月", rate.own, rate.unit)
        for month, rate in counted
        if rate.own is not None and rate.unit is not None
    ]


def _resolutions(reader: Reader, names: Names, as_of: date) -> Resolutions:
    day, year = as_of.isoformat(), f"{as_of.year}-01-01"
    done = reader.find(
        Resolution,
        "done_on <= ? AND meeting IN (SELECT id FROM meeting WHERE starts_at BETWEEN ? AND ? "
        "AND deleted_at IS NULL)",
        (day, year, f"{day}T~"),
    )
    soon = as_of + timedelta(days=load_settings(reader).soon_days)
    still_open = [item for item, _ in open_resolutions(reader, as_of)]
    late = [item for item in still_open if item.due_on and item.due_on < as_of]
    near = [item for item in still_open if item.due_on and as_of <= item.due_on <= soon]
    running = len(still_open) - len(late) - len(near)
    return Resolutions(len(done), running, len(near), len(late), _late_units(late, names, as_of))


def _late_units(late: Iterable[Resolution], names: Names, as_of: date) -> tuple[LateUnit, ...]:
    days: dict[str, list[int]] = {}
    for item in late:
        if item.lead_units and item.due_on:
            days.setdefault(item.lead_units[0], []).append((as_of - item.due_on).days)
    worst = sorted(days.items(), key=lambda pair: (-len(pair[1]), -max(pair[1]), names.of(pair[0])))
    return tuple(LateUnit(unit, names.of(unit), len(own), max(own)) for unit, own in worst[:LATE_UNITS])
