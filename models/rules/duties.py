"""Clauses → obligations: what is due from whom, done or missing, as of a date (S0-15, 16, 25, 28, 29; S1-2 … 19).

Pure and computed anew each time, never stored. The rules of counting:

- A body or unit owes what falls due while it exists, under a clause that is in force on that day. A person
  owes hours and days by the months in service (S1-17), anything else like a unit.
- A record counts for the period its day is in; a paper for the period that its 所属年度 and 所属时段 name,
  also when it came in late (报上一周期: for the period after).
- What a unit did counts for itself and, once it is gone, for the unit it was merged into.
- What is owed each time is due some days after (or before) its event, and counts in the year it is due.
- A waiver takes out what is not done, and shows its reason.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from typing import NamedTuple, TypeVar

from models.records.rules import TIMES, Clause, Waiver
from models.records.values import figure
from models.rules.clause_words import counted_in, filters_of
from models.rules.periods import (
    MONTHS,
    Period,
    before,
    days_after,
    is_rolling,
    nominal_due,
    periods,
    term_end,
)
from models.rules.workdays import DayTable, shift


class State(StrEnum):
    """What a light says; colour and shape by look.md 3 are in :data:`SHOWN_AS`."""

    OVERDUE = "逾期"
    SOON = "临期"
    RUNNING = "正常"
    DONE = "已完成"
    AHEAD = "未开始"
    WAIVED = "免办"
    EARLIER = "登记前到期"  # before its clause or its owner was entered: the ledger could not call for it


SHOWN_AS = {
    State.OVERDUE: ("red", "◆"), State.SOON: ("amber", "▲"), State.RUNNING: ("green", "●"),
    State.DONE: ("green", "✓"), State.AHEAD: ("grey", "○"), State.WAIVED: ("grey", "‖"),
    State.EARLIER: ("grey", "○"),
}  # fmt: skip
SETTLED = (State.DONE, State.WAIVED, State.EARLIER)
"""States in which nothing is left to do; what fell due earlier may still be entered or waived."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owes: a ``body``, ``unit`` or ``person``, or the ``office`` itself (anybody's record answers for it).

    *unit* is the name of a person's unit, *entered* when the owner came into the ledger.
    """

    kind: str
    id: str
    name: str
    since: date | None = None
    until: date | None = None
    unit: str = ""
    entered: datetime | None = None

    @property
    def label(self) -> str:
        """The name, behind a person's the unit: 张三（县司法局）."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    def exists(self, on: date) -> bool:
        """Tell whether the owner exists that day."""
        return (self.since or date.min) <= on <= (self.until or date.max)


class Evidence(NamedTuple):
    """A record that may prove something: a meeting that was held, a paper that came in, a person's study.

    *bears* are the words it can be asked for by: (field of the clause, word). *units* are its unit and those
    that followed it; *span* the days a paper is about, None where *on* says it. *hours*, *days* and *heads*
    are what it amounts to, *share* (part, whole) what it adds to a rate.
    """

    kind: str
    id: str
    headline: str
    on: date
    bears: frozenset[tuple[str, str]] = frozenset()
    body: str = ""
    units: tuple[str, ...] = ()
    person: str = ""
    span: tuple[date, date] | None = None
    hours: float = 0
    days: float = 0
    heads: int = 0
    share: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event (a meeting, a case given out) that asks for an answer within some days; *answer* is None so far.

    *units* is the one unit that was in charge on the day of the event, if any.
    """

    id: str
    headline: str
    on: date
    answer: Evidence | None
    bears: frozenset[tuple[str, str]] = frozenset()
    body: str = ""
    units: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing due from one owner in one period, and the records that answer it.

    *needed* and *done* are figures of the clause's measure. *days* is how long it is overdue (逾期) or how
    long it still has; *late_days* how long after the limit it was done, 0 when in time. *reason* is why it is
    waived, *remark* what was noted on it; *occasion* the event that asks for it, "" for a period.
    """

    clause: Clause
    owner: Owner
    period: str
    start: date
    due: date
    needed: float
    done: float
    evidence: tuple[Evidence, ...]
    state: State
    days: int
    late_days: int
    occasion: str = ""
    reason: str = ""
    remark: str = ""

    @property
    def id(self) -> str:
        """The same for the same clause, owner and period, whatever the day."""
        since = self.start.isoformat().replace("-", "")
        return f"{self.clause.id}:{self.owner.id or 'office'}:{self.occasion or since}"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.state not in SETTLED

    @property
    def done_on(self) -> date | None:
        """The day on which the records came to what is needed, None while they do not."""
        if self.state is not State.DONE:
            return None
        return _reached_on(self.clause.measure, self.evidence, self.needed, self.due)

    @property
    def words(self) -> str:
        """The words beside the light: 逾期 3 天, 逾期, 剩 5 天, 今天到期, 正常, 已完成, 迟 2 天完成, 未开始, 免办, 登记前到期."""
        if self.state is State.OVERDUE:
            return f"逾期 {self.days} 天" if self.days else "逾期"
        if self.state is State.SOON:
            return f"剩 {self.days} 天" if self.days else "今天到期"
        if self.state is State.DONE and self.late_days:
            return f"迟 {self.late_days} 天完成"
        if self.state is State.DONE and self.clause.upper and self.done > self.clause.upper:
            return f"已完成，多于 {self.clause.upper} {counted_in(self.clause)}"
        return self.state.value

    @property
    def figures(self) -> str:
        """How far it is: 1 / 2 次, 12 / 40 学时."""
        return f"{figure(self.done)} / {figure(self.needed)} {counted_in(self.clause)}"

    @property
    def colour(self) -> str:
        return SHOWN_AS[self.state][0]

    @property
    def shape(self) -> str:
        return SHOWN_AS[self.state][1]


@dataclass(frozen=True, slots=True)
class Counting:
    """How an office counts: its day, its calendar, when 临期 begins (days), whether 临时 meetings count; *over* when
    the day has passed: what was due on it and is not done is missed."""

    as_of: date
    days: DayTable
    soon_days: int = 5
    irregular_counts: bool = False
    over: bool = False


def obligations_of(
    clause: Clause, owners: Iterable[Owner], evidence: Iterable[Evidence], year: int, counting: Counting,
    waivers: Sequence[Waiver] = (),
) -> Iterator[Obligation]:  # fmt: skip
    """Yield what *clause* asks of each owner in the periods that touch *year*; *waivers* are those of the clause."""
    asked = asked_by(clause, counting)
    counted = [item for item in evidence if item.on <= counting.as_of and asked <= item.bears]
    rolling = is_rolling(clause)
    spans = () if rolling else tuple(_spans(clause, year))
    places = cache(partial(_places, spans))
    for owner, own in _grouped(counted, owners):
        terms = _rolling_terms(clause, owner, own, year) if rolling else _terms(spans, own, places)
        for period, nominal, proofs in terms:
            needed = _needed(clause, owner, period, nominal)
            if not needed or (clause.valid_from and nominal < clause.valid_from):
                continue
            due = shift(nominal, clause.weekend, counting.days)
            found = _obligation(clause, owner, period, due, needed, proofs, counting)
            if clause.in_force(nominal) or _owed_before_its_end(found, counting.as_of):
                yield _excused(found, waivers, counting.as_of)


def occasions_of(
    clause: Clause, owners: Iterable[Owner], occasions: Iterable[Occasion], year: int, counting: Counting,
    waivers: Sequence[Waiver] = (),
) -> Iterator[Obligation]:  # fmt: skip
    """Yield what *clause* asks of each owner after (or before) each of its occasions that is due in *year*."""
    asked = asked_by(clause, counting)
    due_of = cache(partial(_due_after, clause, counting.days))
    counted = [
        item
        for item in occasions
        if asked <= item.bears and clause.in_force(item.on) and due_of(item.on).year == year
    ]
    for owner, own in _grouped(counted, owners):
        for item in own:
            if not owner.exists(item.on):
                continue
            due = due_of(item.on)
            answered = item.answer is not None and item.answer.on <= counting.as_of
            proofs = [item.answer] if item.answer and answered else []
            period = Period(item.headline, min(item.on, due), max(item.on, due))
            found = _obligation(clause, owner, period, due, 1, proofs, counting, item.id)
            yield _excused(found, waivers, counting.as_of)


def limits(clause: Clause, year: int, days: DayTable) -> list[date]:
    """Return the limits of the periods of *clause* that touch *year*."""
    return [shift(nominal_due(period, clause), clause.weekend, days) for period in periods(clause, year)]


def count_states(obligations: Iterable[Obligation]) -> Mapping[State, int]:
    """Return how many obligations stand in each state, every state named."""
    counts = dict.fromkeys(State, 0)
    for obligation in obligations:
        counts[obligation.state] += 1
    return counts


# Whose records, in which period -----------------------------------------------------------------


def asked_by(clause: Clause, counting: Counting) -> frozenset[tuple[str, str]]:
    """Return the words that a record must bear to answer *clause*."""
    asked = filters_of(clause)
    return asked - {("regular_only", "是")} if counting.irregular_counts else asked


Own = TypeVar("Own", Evidence, Occasion)


def _grouped(counted: list[Own], owners: Iterable[Owner]) -> Iterator[tuple[Owner, list[Own]]]:
    """Yield each owner with the records of its own; the office is answered for by anybody's."""
    owners = list(owners)
    kinds = {owner.kind for owner in owners}
    own: dict[tuple[str, str], list[Own]] = defaultdict(list)
    for item in counted:
        if "unit" in kinds:
            for unit in item.units:
                own["unit", unit].append(item)
        if "body" in kinds:
            own["body", item.body].append(item)
        if "person" in kinds:
            own["person", item.person].append(item)
    for owner in owners:
        yield owner, counted if owner.kind == "office" else own.get((owner.kind, owner.id), [])


def _due_after(clause: Clause, days: DayTable, on: date) -> date:
    """Return the limit of what an event of that day asks for."""
    return shift(days_after(on, clause.within_days or 0, clause.workdays, days), clause.weekend, days)


def _owed_before_its_end(found: Obligation, as_of: date) -> bool:
    """Tell whether a clause that ended before the limit had been answered by then, or has not ended yet on the day."""
    ended = found.clause.valid_until
    return ended is not None and (as_of <= ended or (found.done_on is not None and found.done_on <= ended))


Term = tuple[Period, date, list[Evidence]]
"""A period, its limit before weekends are looked at, the records that belong to it."""


Span = tuple[Period, Period, date]
"""A period, what papers of it are about, its limit."""
Places = Callable[[date, tuple[date, date] | None], tuple[int, ...]]
"""Which periods a record belongs to, by its day and the days it is about."""


def _spans(clause: Clause, year: int) -> Iterator[Span]:
    """Yield each period that touches *year*."""
    for period in periods(clause, year):
        yield period, before(period, clause) if clause.about_before else period, nominal_due(period, clause)


def _terms(spans: Sequence[Span], own: list[Evidence], places: Places) -> Iterator[Term]:
    """Yield each period with its limit and the records that belong to it."""
    proofs: list[list[Evidence]] = [[] for _ in spans]
    for item in own:
        for place in places(item.on, item.span):
            proofs[place].append(item)
    for (period, _, nominal), found in zip(spans, proofs, strict=True):
        yield period, nominal, found


def _places(spans: Sequence[Span], on: date, about: tuple[date, date] | None) -> tuple[int, ...]:
    return tuple(place for place, span in enumerate(spans) if _belongs(on, about, *span))


def _belongs(on: date, covers: tuple[date, date] | None, period: Period, about: Period, due: date) -> bool:
    """Tell whether a record belongs to the period: by its day, a paper by what it *covers*."""
    if covers is None:
        return period.start <= on <= period.end
    start, end = covers
    if about.start <= start and end <= about.end:
        return start <= due
    return start <= about.end and about.start <= end and period.start <= on <= period.end


def _rolling_terms(clause: Clause, owner: Owner, own: list[Evidence], year: int) -> Iterator[Term]:
    """Yield the terms from one answer to the next that concern *year*: an open one that is due by its end, one
    that was answered in it, one that fell due in it and was answered later.

    The first term runs from the day the owner came or the clause began. A term that would end before the
    clause began ends as if it had begun with it.
    """
    began = max((day for day in (owner.since, clause.valid_from) if day), default=date.min)
    ordered = sorted(own, key=lambda item: (item.on, item.id))
    earlier = [item.on for item in ordered if item.on <= began]
    since = earlier[-1] if earlier else began
    for item in [*ordered[len(earlier) :], None]:
        due = term_end(clause, since, year)
        if item is None:
            concerns = due.year <= year
        else:
            concerns = item.on.year == year or due.year == year < item.on.year
        if concerns:
            first = max(since, date(due.year - MONTHS[clause.per] // 12, 1, 1))
            yield Period(f"{due.year}年{due.month}月到期", first, due), due, [item] if item else []
        since = item.on if item else since


def _needed(clause: Clause, owner: Owner, period: Period, due: date) -> float:
    """Return how much *owner* owes in the period, 0 for nothing: a person's hours by months in service."""
    if clause.measure == TIMES:
        return (clause.times or 1) if owner.exists(due) else 0
    amount = clause.threshold or 0
    if owner.kind != "person" or clause.measure == "比率":
        return amount if owner.exists(due) else 0
    served = _months(max(owner.since or date.min, period.start), min(owner.until or date.max, period.end))
    return round(amount * served / _months(period.start, period.end), 1)


def _months(first: date, last: date) -> int:
    """Return the months from *first* to *last*, both counted; 0 when they are the wrong way round."""
    return (last.year - first.year) * 12 + last.month - first.month + 1 if first <= last else 0


# How it stands ---------------------------------------------------------------------------------


def _obligation(
    clause: Clause, owner: Owner, period: Period, due: date, needed: float, proofs: list[Evidence],
    counting: Counting, occasion: str = "",
) -> Obligation:  # fmt: skip
    proofs = sorted(proofs, key=lambda item: (item.on, item.id))
    done = _amount(clause.measure, proofs)
    left = (due - counting.as_of).days
    reached = done >= needed and (clause.measure != "比率" or left <= 0)
    late = 0
    if reached:
        state = State.DONE
        late = max((_reached_on(clause.measure, proofs, needed, due) - due).days, 0)
    elif left < counting.over:
        entered = max(clause.entered_at or datetime.min, owner.entered or datetime.min)
        state = State.EARLIER if due < entered.date() else State.OVERDUE
    elif counting.as_of < period.start and left > counting.soon_days:
        state = State.AHEAD
    else:
        state = State.SOON if left <= counting.soon_days else State.RUNNING
    return Obligation(
        clause, owner, period.label, period.start, due, needed, done, tuple(proofs), state, abs(left), late, occasion
    )  # fmt: skip


def _amount(measure: str, proofs: Sequence[Evidence]) -> float:
    """Return what the records come to; a rate of nothing is 100: nothing was missed."""
    match measure:
        case "学时":
            return round(sum(item.hours for item in proofs), 1)
        case "天数":
            return round(sum(item.days for item in proofs), 1)
        case "人次":
            return sum(item.heads for item in proofs)
        case "比率":
            part, whole = (sum(item.share[place] for item in proofs) for place in (0, 1))
            return round(100 * part / whole, 1) if whole else 100
    return len(proofs)


def _reached_on(measure: str, proofs: Sequence[Evidence], needed: float, due: date) -> date:
    """Return the day on which the records came to what is needed; a rate stands on its limit."""
    if measure != "比率":
        for place, item in enumerate(proofs, 1):
            if _amount(measure, proofs[:place]) >= needed:
                return item.on
    return due


def _excused(found: Obligation, waivers: Sequence[Waiver], as_of: date) -> Obligation:
    own = [waiver for waiver in waivers if _concerns(waiver, found, as_of)]
    if not own:
        return found
    reasons = [waiver.reason for waiver in own if waiver.decision != "说明"]
    remarks = [waiver.reason for waiver in own if waiver.decision == "说明"]
    waived = bool(reasons) and found.is_open
    return dataclasses.replace(
        found, state=State.WAIVED if waived else found.state, reason="；".join(reasons), remark="；".join(remarks)
    )  # fmt: skip


def _concerns(waiver: Waiver, found: Obligation, as_of: date) -> bool:
    """Tell whether the decision was taken by then, for this owner (or all), in this year and period."""
    whom = {"body": waiver.body, "unit": waiver.unit, "person": waiver.person}
    whose = not any(whom.values()) or (bool(found.owner.id) and whom.get(found.owner.kind) == found.owner.id)
    short = found.period.removeprefix(f"{found.start.year}年").removeprefix("第")
    when = waiver.period.removeprefix("第") in ("", short, found.period)
    year = waiver.year or 0
    in_year = found.start.year <= year <= max(found.due.year, found.start.year)
    return whose and when and in_year and (waiver.approved_on or date.min) <= as_of
