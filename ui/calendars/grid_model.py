"""The days of a month or a week as a table: seven columns from Monday, each cell a day or an hour of it."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from datetime import date, time, timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from models.summaries.calendar import Calendar, Day
from models.summaries.dated import Event
from ui.calendars.chips import spoken

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DAY_HOURS = range(7, 21)


def month_days(year: int, month: int) -> list[list[date]]:
    """Return the whole weeks, Monday first, that a month touches: four to six."""
    return months.Calendar().monthdatescalendar(year, month)


def week_days(day: date) -> list[date]:
    """Return the week of *day*, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=step) for step in range(7)]


class GridModel(QAbstractTableModel):
    """Base: a table of seven columns over the days of a :class:`Calendar`."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = Calendar((), (), ())
        self.weeks: list[Sequence[Day]] = []

    def show_days(self, shown: Calendar) -> None:
        """Show *shown*, whole weeks."""
        self.beginResetModel()
        self.shown = shown
        self.weeks = [shown.days[at : at + 7] for at in range(0, len(shown.days), 7)]
        self.endResetModel()

    def day_of(self, index: Index) -> Day:
        """Return the day of a cell."""
        return self.weeks[index.row()][index.column()]

    def hour_of(self, index: Index) -> time | None:
        """Return the hour of a cell, None for a whole day."""
        return None

    def index_of(self, day: date, near: Index = _NOWHERE) -> QModelIndex:
        """Return the cell of *day*, invalid when it is not shown; *near* keeps the hour."""
        for row, week in enumerate(self.weeks):
            if week[0].on <= day <= week[-1].on:
                return self.index(row, day.weekday())
        return QModelIndex()

    def events_of(self, index: Index) -> tuple[Event, ...]:
        """Return the events of the day of a cell."""
        return self.shown.on(self.day_of(index).on) if index.isValid() else ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 7

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        return self._said(index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._column_words(section)
        return self._row_words(section)

    def day_words(self, index: Index) -> str:
        """Return the day of a cell in words: 10月1日 周四 八月廿一，休（国庆节）."""
        day = self.day_of(index)
        mark = f"，{day.mark.mark}（{day.mark.name}）" if day.mark else ""
        return f"{day.on.month}月{day.on.day}日 {WEEKDAYS[day.on.weekday()]} {day.lunar}{mark}"

    def _said(self, index: Index) -> str:
        events = "；".join(spoken(event) for event in self.events_of(index))
        return f"{self.day_words(index)}：{events}" if events else self.day_words(index)

    def _column_words(self, section: int) -> str:
        return WEEKDAYS[section]

    def _row_words(self, section: int) -> str:
        return str(self.weeks[section][0].on.isocalendar().week)


class MonthModel(GridModel):
    """Weeks by days; *month* is the month whose days stand out."""

    month = (1, 1)


class WeekModel(GridModel):
    """One week: a row for whole days, then one for each hour of :data:`DAY_HOURS`."""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or not self.weeks else 1 + len(DAY_HOURS)

    def day_of(self, index: Index) -> Day:
        return self.weeks[0][index.column()]

    def hour_of(self, index: Index) -> time | None:
        return time(DAY_HOURS[index.row() - 1]) if index.row() else None

    def index_of(self, day: date, near: Index = _NOWHERE) -> QModelIndex:
        week = self.weeks[0] if self.weeks else ()
        if not week or not week[0].on <= day <= week[-1].on:
            return QModelIndex()
        return self.index(near.row() if near.isValid() else 0, day.weekday())

    def _said(self, index: Index) -> str:
        hour = self.hour_of(index)
        if hour is None:
            return super()._said(index)
        day = self.day_of(index).on
        events = (
            event for event in self.events_of(index) if event.starts_at and event.starts_at.hour == hour.hour
        )
        return "；".join([f"{day.month}月{day.day}日 {hour:%H:%M}", *(spoken(event) for event in events)])

    def _column_words(self, section: int) -> str:
        if not self.weeks:
            return WEEKDAYS[section]
        day = self.weeks[0][section]
        return "  ".join(
            filter(None, (f"{WEEKDAYS[section]} {day.on.day}", day.mark.mark if day.mark else ""))
        )

    def _row_words(self, section: int) -> str:
        return f"{DAY_HOURS[section - 1]}:00" if section else "全天"
