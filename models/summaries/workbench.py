"""The workbench in one call: what there is to do, what the rules ask for, what comes next, as of any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.records.meeting import Meeting
from models.records.organisation import Body, Person, Unit
from models.records.rules import EACH, Clause
from models.records.values import figure
from models.rules.clause_words import counted_in
from models.rules.duties import Evidence, Obligation, State
from models.rules.meetings import called_off, missing_reports
from models.store.reader import Reader, remembered
from models.summaries.absence import Absence, absence
from models.summaries.desk import Desk, Line, read_desk
from models.summaries.lights import LineLights, lights
from models.summaries.todos import Group, Todo, count, todos
from models.summaries.trend import Trend, trends

NEXT_MEETINGS = 4
_WORST_FIRST = (
    State.OVERDUE, State.SOON, State.RUNNING, State.AHEAD, State.EARLIER, State.WAIVED, State.DONE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause in the period that runs on the day: *done* of *needed* (times of one owner, or owners that
    are through), the records that prove it, its light. Of what is owed each time *needed* is what is open."""

    clause: Clause
    period: str
    done: float
    needed: float
    measure: str
    evidence: tuple[Evidence, ...]
    state: State
    words: str

    @property
    def figures(self) -> str:
        """How far it is: 1 / 2 次, or how much is open: 3 件未办."""
        if self.clause.per == EACH:
            return f"{figure(self.needed)} {self.measure}未办" if self.needed else "没有未办"
        return f"{figure(self.done)} / {figure(self.needed)} {self.measure}"


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting to come; *state* is 待发通知, 已通知 or 缺会前报告."""

    id: str
    name: str
    starts_at: datetime
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything the first page shows. *empty* tells that nothing at all is entered yet."""

    desk: Desk
    todos: tuple[Todo, ...]
    rules: tuple[Rule, ...]
    meetings: tuple[NextMeeting, ...]
    lights: tuple[LineLights, ...]
    trends: tuple[Trend, ...]
    absence: Absence | None
    empty: bool

    @property
    def as_of(self) -> date:
        return self.desk.as_of

    def count(self, *groups: Group, line: Line | None = None) -> int:
        """Return how many things to do stand in *groups*, of one *line* of work only where given."""
        return count(self.todos, *groups, line=line)


@remembered
def workbench(reader: Reader, as_of: date, clerk: str | None = None) -> Workbench:
    """Return the workbench as of a day; *clerk* is told what happened while they were away."""
    desk = read_desk(reader, as_of)
    shown = todos(desk)
    return Workbench(
        desk=desk, todos=tuple(shown), rules=tuple(_rules(desk)),
        meetings=tuple(_next_meetings(desk.meetings, as_of)), lights=lights(desk), trends=trends(desk),
        absence=None if clerk is None else absence(desk, shown, clerk), empty=is_empty(reader),
    )  # fmt: skip


def is_empty(reader: Reader) -> bool:
    """Tell whether no unit, body, person, meeting or clause is entered."""
    return not any(
        reader.db.execute(f"SELECT 1 FROM {kind.KIND.table} WHERE deleted_at IS NULL LIMIT 1").fetchone()
        for kind in (Unit, Body, Person, Meeting, Clause)
    )


def _rules(desk: Desk) -> list[Rule]:
    """Return a line for each clause: its period that began last, all its owners together."""
    by_clause: dict[str, list[Obligation]] = {}
    for item in desk.duties:
        if item.start <= desk.as_of and item.clause.per != EACH:
            by_clause.setdefault(item.clause.id, []).append(item)
    still_open: dict[str, list[Obligation]] = defaultdict(list)
    for item in desk.duties:
        if item.is_open:
            still_open[item.clause.id].append(item)
    each_time = desk.reader.in_force(Clause, desk.as_of, "per = ?", (EACH,))
    rules = [_rule_each(clause, still_open[clause.id]) for clause in each_time]
    for items in by_clause.values():
        latest = max(item.start for item in items)
        late = [item for item in items if item.start < latest and item.state is State.OVERDUE]
        rules.append(_rule([item for item in items if item.start == latest], late, desk.as_of))
    rules = [rule for rule in rules if not rule.clause.suspended]
    return sorted(rules, key=lambda rule: (rule.clause.position or 9999, rule.clause.name))


def _rule_each(clause: Clause, still_open: Sequence[Obligation]) -> Rule:
    """Return the line of a clause that asks anew after every event: what of it is open."""
    state = min((item.state for item in still_open), key=_WORST_FIRST.index, default=State.DONE)
    late = sum(item.state is State.OVERDUE for item in still_open)
    words = f"{late} 件逾期" if late else "已齐" if not still_open else state.value
    return Rule(clause, "每次", 0, len(still_open), "件", (), state, words)


def _rule(items: Sequence[Obligation], late: Sequence[Obligation], as_of: date) -> Rule:
    """Return the line of the period that runs; red where those before it still lack something (*late*)."""
    first = items[0]
    state = min((item.state for item in items), key=_WORST_FIRST.index)
    evidence = {(proof.kind, proof.id): proof for item in items for proof in item.evidence}
    owners = {"unit": "家", "person": "人"}.get(first.owner.kind, "个")
    if len(items) == 1:
        done, needed, measure, words = first.done, first.needed, counted_in(first.clause), first.words
    else:
        measure = owners
        done = sum(item.state is State.DONE for item in items)
        needed = sum(item.state is not State.WAIVED for item in items)
        worst = sum(item.state is state for item in items)
        words = {State.OVERDUE: f"{worst} {measure}逾期", State.DONE: "已齐"}.get(state, "")
    if state in (State.RUNNING, State.SOON) and first.due > as_of:
        words = f"剩 {(first.due - as_of).days} 天"
    if late:
        state, words = State.OVERDUE, _late_words(late, owners, as_of)
    return Rule(
        first.clause, _short(first.period, as_of), done, needed, measure, tuple(evidence.values()), state, words or state.value
    )  # fmt: skip


def _late_words(late: Sequence[Obligation], owners: str, as_of: date) -> str:
    """Return 上半年 20 家逾期, 2 期逾期: of which period before, or of how many."""
    periods = dict.fromkeys(_short(item.period, as_of) for item in late)
    which = next(iter(periods)) if len(periods) == 1 else f"前 {len(periods)} 期"
    return f"{which} {len(late)} {owners}逾期" if len(late) > len(periods) else f"{which}逾期"


def _short(period: str, as_of: date) -> str:
    """Return a period without the year that runs."""
    return period.removeprefix(f"{as_of.year}年") or period


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
