"""The periods of a clause and their limits: months to years, once, rolling from the last time. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from models.records.rules import EACH, ONCE, YEARS_LONG, Clause
from models.rules.workdays import DayTable, is_workday

MONTHS = {"月": 1, "季度": 3, "半年": 6, "年": 12, "两年": 24, "三年": 36, "五年": 60}
SPANS = {
    "上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a clause, both days included, e.g. 2026年上半年."""

    label: str
    start: date
    end: date


def periods(clause: Clause, year: int) -> list[Period]:
    """Return the clause's periods that touch *year*; those of several years count from its first year.

    What is owed each time, or from the last time on, has no periods of its own: none are returned.
    """
    if clause.per == EACH or is_rolling(clause):
        return []
    if clause.per == ONCE:
        return _once(clause, year)
    length = MONTHS[clause.per]
    if length <= 12:
        starts = [(year, month) for month in range(1, 13, length)]
    else:
        years = length // 12
        first = clause.valid_from.year if clause.valid_from else year - year % years
        starts = [(first + (year - first) // years * years, 1)]
    return [_period(start_year, month, length) for start_year, month in starts]


def is_rolling(clause: Clause) -> bool:
    """Tell whether the clause runs from the last time it was answered (S1-19)."""
    return clause.rolling and clause.per in YEARS_LONG


def nominal_due(period: Period, clause: Clause) -> date:
    """Return the limit before weekends are looked at: the clause's MM-DD, else the period's last day.

    In periods shorter than a year the limit has the same place in each: 06-10 of a half-yearly clause
    is 10 June and 10 December. 02-29 is 28 February in a common year.
    """
    if not clause.deadline or clause.per == ONCE:
        return period.end
    month, day = _month_day(clause)
    length = MONTHS[clause.per]
    if length < 12:
        month = period.start.month + (month - 1) % length
    return clipped(period.end.year, month, day)


def before(period: Period, clause: Clause) -> Period:
    """Return the period before: what a report due early in a period is about."""
    length = MONTHS.get(clause.per, 12)
    start = add_months(period.start, -length)
    return Period("", start, period.start - timedelta(days=1))


@lru_cache(maxsize=1024)
def span_of(year: int, half: str) -> tuple[date, date]:
    """Return the days that 所属年度 and 所属时段 of a paper mean."""
    first, last = SPANS.get(half, (1, 12))
    return date(year, first, 1), clipped(year, last, 31)


def add_months(day: date, months: int) -> date:
    """Return the same day *months* later, the last of a shorter month (29 February → 28)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return clipped(year, month + 1, day.day)


def term_end(clause: Clause, since: date, year: int) -> date:
    """Return the limit of a rolling term that began on *since*; for an unknown beginning (``date.min``) the end of
    *year*. A term that would end before the clause began ends as if it had begun with it."""
    if since == date.min:
        return date(year, 12, 31)
    due = add_months(since, MONTHS[clause.per])
    if clause.valid_from and due < clause.valid_from:
        return add_months(clause.valid_from, MONTHS[clause.per])
    return due


def days_after(day: date, days: int, workdays: bool, table: DayTable) -> date:
    """Return the day *days* later (earlier when negative); with *workdays* only those count."""
    if not workdays:
        return day + timedelta(days=days)
    step = timedelta(days=1 if days > 0 else -1)
    left = abs(days)
    while left:
        day += step
        left -= is_workday(day, table)
    return day


def clipped(year: int, month: int, day: int) -> date:
    """Return the day, the month's last when it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _once(clause: Clause, year: int) -> list[Period]:
    if clause.valid_from is None:
        return []
    start = clause.valid_from
    end = clause.valid_until or date(start.year, 12, 31)
    if clause.deadline:
        month, day = _month_day(clause)
        end = clipped(start.year, month, day)
        end = clipped(start.year + 1, month, day) if end < start else end
    return [Period("一次性", start, end)] if start.year <= year <= end.year else []


def _month_day(clause: Clause) -> tuple[int, int]:
    month, day = clause.deadline.split("-")
    return int(month), int(day)


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
    return Period(label, date(year, month, 1), clipped(end_year, end_month, 31))
