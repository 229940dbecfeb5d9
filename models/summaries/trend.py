"""This year until a day beside last year until the same day: one figure for each line of work, computed anew.

29 February is compared with 28 February.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.records.meeting import STATES
from models.records.values import figure, stored_span
from models.rules.duties import Obligation, State
from models.rules.periods import add_months
from models.store.reader import Reader, remembered
from models.summaries.desk import Desk, Line, line_of
from models.summaries.listed import Listed, listed, listed_duty
from models.summaries.obligations import moved_into
from models.summaries.study import credits_between, hours_between

Period = tuple[date, date]
"""First and last day, both counted."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of one *period*; None where there was nothing to measure. *duties* are behind it when it counts those."""

    value: float | None
    period: Period
    duties: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure of this year and of last year. *measure* is its unit; of rates it is %."""

    name: str
    label: str
    measure: str
    now: Amount
    before: Amount

    @property
    def change(self) -> float | None:
        """How much more it is than last year, None where one of the two is not known."""
        if self.now.value is None or self.before.value is None:
            return None
        return round(self.now.value - self.before.value, 1)

    @property
    def words(self) -> str:
        """The change in words: 多 3 次, 低 2.5 个百分点, 持平."""
        if self.change is None:
            return "无可比"
        if not self.change:
            return "持平"
        if self.measure == "%":
            return f"{'高' if self.change > 0 else '低'} {figure(abs(self.change))} 点"
        return f"{'多' if self.change > 0 else '少'} {figure(abs(self.change))} {self.measure}"


def trends(desk: Desk) -> tuple[Trend, ...]:
    """Return the figures of the year until the day, each with last year's."""
    last = add_months(desk.as_of, -12)
    now, before = ((date(day.year, 1, 1), day) for day in (desk.as_of, last))
    found = [
        Trend(name, label, measure, *(Amount(_rounded(_counted(desk.reader, name, *period)), period) for period in (now, before)))
        for name, (label, measure, _count, _behind) in _FIGURES.items()
    ]  # fmt: skip
    return (*found, Trend("papers", "按时报送", "%", _on_time(desk, now), _on_time(desk, before)))


def behind(reader: Reader, trend: Trend, amount: Amount) -> list[Listed]:
    """Return the records that *amount*, one of the two of *trend*, is counted from."""
    if trend.name in _FIGURES:
        return _FIGURES[trend.name][3](reader, *amount.period)
    return [listed_duty(item) for item in amount.duties]


@remembered
def _counted(reader: Reader, name: str, first: date, last: date) -> float | None:
    return _FIGURES[name][2](reader, first, last)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _rate(part: float | None, whole: float | None) -> float | None:
    return 100 * (part or 0) / whole if whole else None


# Meetings --------------------------------------------------------------------------------------

_HELD = f"m.deleted_at IS NULL AND m.starts_at BETWEEN ? AND ? AND m.state IN {STATES[2:]}"
_EXPECTED = (
    f"FROM meeting m JOIN attendance a ON a.meeting = m.id AND a.deleted_at IS NULL AND a.expected AND a.person "
    f"IS NOT NULL WHERE {_HELD}"
)


def _held(reader: Reader, first: date, last: date) -> float:
    return float(
        reader.db.execute(
            f"SELECT count(*) FROM meeting m WHERE {_HELD}", stored_span(first, last)
        ).fetchone()[0]
    )


def _held_behind(reader: Reader, first: date, last: date) -> list[Listed]:
    rows = reader.db.execute(f"SELECT m.id FROM meeting m WHERE {_HELD}", stored_span(first, last))
    return listed(reader, "meeting", [row[0] for row in rows])


def _attendance(reader: Reader, first: date, last: date) -> float | None:
    """Return 本人出席率 in per cent of those who were expected."""
    sql = f"SELECT sum(a.status = '出席'), count(*) {_EXPECTED}"
    return _rate(*reader.db.execute(sql, stored_span(first, last)).fetchone())


def _attendance_behind(reader: Reader, first: date, last: date) -> list[Listed]:
    """Return the meetings with how many of the expected came themselves."""
    sql = (
        f"SELECT m.id, m.headline, substr(m.starts_at, 1, 10), sum(a.status = '出席'), count(*) {_EXPECTED} "
        "GROUP BY m.id ORDER BY m.starts_at DESC"
    )
    return [
        Listed("meeting", meeting, headline, date.fromisoformat(on), f"{came} / {expected} 人")
        for meeting, headline, on, came, expected in reader.db.execute(sql, stored_span(first, last))
    ]


# Study and cases -------------------------------------------------------------------------------


def _study_behind(reader: Reader, first: date, last: date) -> list[Listed]:
    """Return the sessions with the hours of all who took part."""
    hours: dict[str, float] = {}
    for one in credits_between(reader, first, last):
        hours[one.session] = hours.get(one.session, 0) + one.hours
    return [
        Listed(one.kind, one.id, one.headline, one.on, f"{figure(hours[one.id])} 学时")
        for one in listed(reader, "study_session", hours)
    ]


_OWED = "deleted_at IS NULL AND opened_on <= ? AND coalesce(closed_on, '9999') >= ?"


def _cases(reader: Reader, first: date, last: date) -> float | None:
    """Return 办结率: of what was open at some time of the period, what was closed by its end (S0-36)."""
    sql = f"SELECT sum(closed_on <= ?), count(*) FROM supervised_case WHERE {_OWED}"
    days = (last.isoformat(), last.isoformat(), first.isoformat())
    return _rate(*reader.db.execute(sql, days).fetchone())


def _cases_behind(reader: Reader, first: date, last: date) -> list[Listed]:
    sql = (
        "SELECT id, headline, opened_on, CASE WHEN closed_on <= ? THEN '办结' ELSE '在办' END FROM supervised_case "
        f"WHERE {_OWED} ORDER BY 4, opened_on DESC, headline"
    )
    days = (last.isoformat(), last.isoformat(), first.isoformat())
    return [
        Listed("case", case, headline, date.fromisoformat(on), words)
        for case, headline, on, words in reader.db.execute(sql, days)
    ]


# Papers ----------------------------------------------------------------------------------------


def _on_time(desk: Desk, period: Period) -> Amount:
    """Return the share in per cent of the papers due in *period* that came by their limit."""
    first, last = period
    asked = (*desk.by_year[last.year], *moved_into(desk.reader, desk.as_of, last.year))
    due = tuple(
        item
        for item in asked
        if line_of(item.clause) is Line.FILING and first <= item.due <= last and item.state not in (State.WAIVED, State.EARLIER)
    )  # fmt: skip
    in_time = sum(item.state is State.DONE and not item.late_days for item in due)
    return Amount(_rounded(_rate(in_time, len(due))), period, due)


_Count = Callable[[Reader, date, date], float | None]
_Behind = Callable[[Reader, date, date], list[Listed]]
_FIGURES: dict[str, tuple[str, str, _Count, _Behind]] = {
    "meetings": ("召开会议", "次", _held, _held_behind),
    "attendance": ("出席率", "%", _attendance, _attendance_behind),
    "study": ("学法学时", "学时", hours_between, _study_behind),
    "cases": ("办结率", "%", _cases, _cases_behind),
}
