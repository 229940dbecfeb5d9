"""Clauses → obligations: what is due from whom, done or missing, as of a date (S0-15, 16, 25, 28, 29).

Pure and computed anew each time, never stored. The rules of counting:

- A body or unit owes what falls due while it exists, under a clause that is in force on that day.
- Only meetings that were held count, inside the period; 临时 ones unless the clause says 只算定期会议.
- A paper counts for the period its 所属年度 and 所属时段 name, also when it came in late; a returned one
  does not. A yearly report or summary due by April is about the year before.
- What a unit did counts for the unit it was merged into.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.records.rules import Clause
from models.rules.workdays import DayTable, shift

MONTHS = {"月": 1, "季度": 3, "半年": 6, "年": 12, "两年": 24, "三年": 36, "五年": 60}
SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
_LOOKS_BACK = ("报告", "总结")
_EARLY_MONTH = 4


class State(StrEnum):
    """What a light says; colour and shape by look.md 3 are in :data:`LIGHTS`."""

    OVERDUE = "逾期"
    SOON = "临期"
    RUNNING = "正常"
    DONE = "已完成"
    AHEAD = "未开始"


LIGHTS = {
    State.OVERDUE: ("red", "◆"), State.SOON: ("amber", "▲"), State.RUNNING: ("green", "●"),
    State.DONE: ("green", "✓"), State.AHEAD: ("grey", "○"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes: a ``body``, a ``unit``, or the ``office`` itself (any body's meeting answers for it)."""

    kind: str
    id: str
    name: str
    since: date | None = None
    until: date | None = None

    def exists(self, on: date) -> bool:
        """Tell whether the owner exists that day."""
        return (self.since or date.min) <= on <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that may prove something: a meeting that was held, a paper that came in.

    *what* is the meeting's category or the paper's item; *unit* already is the unit of today (for a
    meeting the host unit of its body); *year* and *half* are what a paper is about.
    """

    kind: str
    id: str
    headline: str
    on: date
    what: str
    body: str = ""
    unit: str = ""
    regular: bool = True
    year: int = 0
    half: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a clause, both days included, e.g. 2026年上半年."""

    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing due from one owner in one period, and the records that answer it.

    *days* is how long it is overdue (逾期) or how long it still has; *late_days* how long after the
    limit it was done, 0 when in time.
    """

    clause: Clause
    owner: Owner
    period: str
    start: date
    due: date
    needed: int
    evidence: tuple[Evidence, ...]
    state: State
    days: int
    late_days: int

    @property
    def id(self) -> str:
        """The same for the same clause, owner and period, whatever the day."""
        return f"{self.clause.id}:{self.owner.id or 'office'}:{self.start:%Y%m%d}"

    @property
    def done(self) -> int:
        return len(self.evidence)

    @property
    def words(self) -> str:
        """The words beside the light: 逾期 3 天, 剩 5 天, 今天到期, 正常, 已完成, 迟 2 天完成, 未开始."""
        if self.state is State.OVERDUE:
            return f"逾期 {self.days} 天"
        if self.state is State.SOON:
            return f"剩 {self.days} 天" if self.days else "今天到期"
        if self.state is State.DONE and self.late_days:
            return f"迟 {self.late_days} 天完成"
        return self.state.value

    @property
    def colour(self) -> str:
        return LIGHTS[self.state][0]

    @property
    def shape(self) -> str:
        return LIGHTS[self.state][1]


@dataclass(frozen=True, slots=True)
class Counting:
    """How an office counts: its day, its calendar, when 临期 begins (days), whether 临时 meetings count."""

    as_of: date
    days: DayTable
    soon_days: int = 5
    irregular_counts: bool = False


def obligations_of(
    clause: Clause, owners: Iterable[Owner], evidence: Iterable[Evidence], year: int, counting: Counting
) -> Iterator[Obligation]:
    """Yield what *clause* asks of each owner in the periods that touch *year*."""
    counted = [item for item in evidence if item.on <= counting.as_of and _answers(item, clause, counting)]
    by_owner = dict(_grouped(counted, owners))
    for period in periods(clause, year):
        nominal = nominal_due(period, clause)
        if not (clause.valid_from or date.min) <= nominal <= (clause.valid_until or date.max):
            continue
        for owner, own in by_owner.items():
            if owner.exists(nominal):
                proofs = [item for item in own if _in(item, period, nominal, clause)]
                yield _obligation(clause, owner, period, nominal, proofs, counting)


def _grouped(counted: list[Evidence], owners: Iterable[Owner]) -> Iterator[tuple[Owner, list[Evidence]]]:
    """Yield each owner with the records of its own; the office is answered for by anybody's."""
    bodies: dict[str, list[Evidence]] = defaultdict(list)
    units: dict[str, list[Evidence]] = defaultdict(list)
    for item in counted:
        bodies[item.body].append(item)
        units[item.unit].append(item)
    for owner in owners:
        own = bodies if owner.kind == "body" else units
        yield owner, counted if owner.kind == "office" else own.get(owner.id, [])


def periods(clause: Clause, year: int) -> list[Period]:
    """Return the clause's periods that touch *year*; those of several years count from its first year."""
    length = MONTHS[clause.per]
    if length <= 12:
        starts = [(year, month) for month in range(1, 13, length)]
    else:
        years = length // 12
        first = clause.valid_from.year if clause.valid_from else year - year % years
        starts = [(first + (year - first) // years * years, 1)]
    return [_period(start_year, month, length) for start_year, month in starts]


def _period(year: int, month: int, length: int) -> Period:
    end_year, end_month = year + (month + length - 2) // 12, (month + length - 2) % 12 + 1
    match length:
        case 1:
            label = f"{year}年{month}月"
        case 3:
            label = f"{year}年第{'一二三四'[month // 3]}季度"
        case 6:
            label = f"{year}年{'上' if month == 1 else '下'}半年"
        case 12:
            label = f"{year}年"
        case _:
            label = f"{year}年至{end_year}年"
    return Period(label, date(year, month, 1), _day(end_year, end_month, 31))


def nominal_due(period: Period, clause: Clause) -> date:
    """Return the limit before weekends are looked at: the clause's MM-DD, else the period's last day.

    In periods shorter than a year the limit has the same place in each: 06-10 of a half-yearly clause
    is 10 June and 10 December. 02-29 is 28 February in a common year.
    """
    if not clause.deadline:
        return period.end
    month, day = (int(part) for part in clause.deadline.split("-"))
    length = MONTHS[clause.per]
    if length < 12:
        month = period.start.month + (month - 1) % length
    return _day(period.end.year, month, day)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _answers(item: Evidence, clause: Clause, counting: Counting) -> bool:
    if clause.answered_by == "会议":
        counts = item.regular or not clause.regular_only or counting.irregular_counts
        return item.kind == "meeting" and item.what == clause.meeting_category and counts
    return item.kind == "submission" and item.what == clause.submission_item


def _in(item: Evidence, period: Period, due: date, clause: Clause) -> bool:
    """Tell whether the record belongs to the period."""
    if item.kind == "meeting":
        return period.start <= item.on <= period.end
    back = clause.per == "年" and due.month <= _EARLY_MONTH and clause.submission_item.endswith(_LOOKS_BACK)
    first, last = SPANS.get(item.half, (1, 12))
    start, end = date(item.year + back, first, 1), _day(item.year + back, last, 31)
    if period.start <= start and end <= period.end:
        return start <= due
    return start <= period.end and period.start <= end and period.start <= item.on <= period.end


def _obligation(
    clause: Clause,
    owner: Owner,
    period: Period,
    nominal: date,
    proofs: list[Evidence],
    counting: Counting,
) -> Obligation:
    due = shift(nominal, clause.weekend, counting.days)
    needed = clause.times or 1
    proofs.sort(key=lambda item: (item.on, item.id))
    left = (due - counting.as_of).days
    late = 0
    if len(proofs) >= needed:
        state, late = State.DONE, max((proofs[needed - 1].on - due).days, 0)
    elif left < 0:
        state = State.OVERDUE
    elif counting.as_of < period.start:
        state = State.AHEAD
    else:
        state = State.SOON if left <= counting.soon_days else State.RUNNING
    return Obligation(
        clause, owner, period.label, period.start, due, needed, tuple(proofs), state, abs(left), late
    )


def count_states(obligations: Iterable[Obligation]) -> Mapping[State, int]:
    """Return how many obligations stand in each state, every state named."""
    counts = dict.fromkeys(State, 0)
    for obligation in obligations:
        counts[obligation.state] += 1
    return counts
