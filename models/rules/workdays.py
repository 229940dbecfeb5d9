"""Working days: weekends, published holidays with their 调休, and the office's own table before both.

``chinese_calendar`` knows the years the State Council has published (2004 to this one). Other years
count weekends and the office's own days only, and :func:`warning` says so (conventions 2.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import chinese_calendar

from models.records.rules import Holiday

Mark = Literal["休", "班"]
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayMark:
    """What a calendar prints on a day: 休 or 班 and the name of the holiday."""

    mark: Mark
    name: str


DayTable = Mapping[date, DayMark]
"""The office's own days; an empty one means the published holidays alone."""


def day_table(entered: Iterable[Holiday]) -> dict[date, DayMark]:
    """Return the table that the records of kind ``holiday`` make."""
    return {
        item.observed_on: DayMark("班" if item.mark == "班" else "休", item.name)
        for item in entered
        if item.observed_on
    }


def day_mark(day: date, table: DayTable) -> DayMark | None:
    """Return 休/班 for a holiday or a moved workday, None for any other day."""
    return table[day] if day in table else _published_mark(day)


@lru_cache(maxsize=8192)
def _published_mark(day: date) -> DayMark | None:
    """Return what the State Council published for a day; the library goes through all its years each time."""
    if not published(day.year):
        return None
    is_off, name = chinese_calendar.get_holiday_detail(day)
    return DayMark("休" if is_off else "班", _NAMES[name]) if name else None


def is_workday(day: date, table: DayTable) -> bool:
    """Tell whether offices work that day."""
    marked = day_mark(day, table)
    return marked.mark == "班" if marked else day.weekday() < _SATURDAY


SHIFTS = {"提前": -1, "顺延": 1}
"""Which way a limit moves that is no working day; 不变 is the third."""


def shift(day: date, rule: str, table: DayTable) -> date:
    """Return the day a limit really ends: 提前 to the workday before, 顺延 to the next one, 不变 as it is."""
    step = SHIFTS.get(rule, 0)
    moved = day
    while step and not is_workday(moved, table):
        moved += timedelta(days=step)
    return moved


class WorkdayCount:
    """Counts working days between two days; remembers, because a list asks for the same days again and again."""

    def __init__(self, table: DayTable) -> None:
        self._table = table
        self._known: dict[date, bool] = {}
        self._counted: dict[tuple[date, date], int] = {}

    def between(self, since: date, until: date) -> int:
        """Return the working days after *since* up to and including *until*; negative when *until* comes first."""
        if until < since:
            return -self.between(until, since)
        if (since, until) not in self._counted:
            days = (since + timedelta(days=step) for step in range(1, (until - since).days + 1))
            self._counted[since, until] = sum(self._works(day) for day in days)
        return self._counted[since, until]

    def _works(self, day: date) -> bool:
        if day not in self._known:
            self._known[day] = is_workday(day, self._table)
        return self._known[day]


def published(year: int) -> bool:
    """Tell whether the holidays of *year* are known."""
    return bool(_FIRST <= year <= _LAST)


def warning(year: int, table: DayTable) -> str:
    """Return the sentence to show for a year whose holidays are neither published nor entered, or ""."""
    if published(year) or any(day.year == year for day in table):
        return ""
    return f"{year}年的节假日和调休还没有收录，只按周六、周日计算；公布后请在“节假日”里登记。"


_NAMES = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
_YEARS = [day.year for day in chinese_calendar.constants.holidays]
_FIRST, _LAST = min(_YEARS), max(_YEARS)
