"""The week: whole days above, the hours of the day below, meetings as long as they last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models import clock
from models.summaries.calendar import Calendar
from models.summaries.dated import Event
from ui import look
from ui.calendars.chips import paint_chip
from ui.calendars.day_grid import KEY, Box, DayGrid
from ui.calendars.grid_model import DAY_HOURS, WeekModel
from ui.calendars.lanes import Placed, lay_out, minutes, shown, side_by_side
from ui.widgets import paint

HEAD, HOURS = 28, 48
STEP, CHIP = 22, 20
_LEAST_ROW = 26
_QUARTERS = timedelta(minutes=30)
_LANES_AT_MOST = 5


class WeekView(DayGrid):
    """Shows one week by the hour; moving up or down moves by half an hour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._more: list[tuple[str, QRectF]] = []
        super().__init__("周历", WeekModel(), parent)
        self.setItemDelegate(_HourCell(self))
        self.horizontalHeader().setFixedHeight(look.px(HEAD))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        rows = self.verticalHeader()
        rows.setFixedWidth(look.px(HOURS))
        rows.setMinimumSectionSize(look.px(_LEAST_ROW))

    def show_days(self, shown: Calendar, day: date) -> None:
        super().show_days(shown, day)
        self._set_heights()

    def place_events(self) -> None:
        self.boxes, self._more = [], []
        if not self.grid.weeks:
            return
        days = [day.on for day in self.grid.weeks[0]]
        top = self.rowViewportPosition(0) + 3
        fits, hidden = shown(self._whole_days(days), len(days), _LANES_AT_MOST)
        for one in fits:
            left, right = self._left(one.first), self._left(one.last) + self.columnWidth(one.last) - 8
            place = QRectF(left, top + one.lane * look.px(STEP), right - left, look.px(CHIP))
            self.boxes.append(Box(one.event, place, one.starts, one.ends))
        for column, count in enumerate(hidden):
            if count:
                under = top + (_LANES_AT_MOST - 1) * look.px(STEP)
                place = QRectF(self._left(column), under, self.columnWidth(column) - 8, look.px(CHIP))
                self._more.append((f"还有 {count} 项", place))
        for column, day in enumerate(days):
            self._place_timed(column, [event for event in self.grid.shown.on(day) if _timed(event)])

    def go_by_key(self, key: Qt.Key, day: date) -> None:
        if key in (KEY.Key_Left, KEY.Key_Right):
            super().go_by_key(key, day)
            return
        step = 1 if key == KEY.Key_Down else -1
        row = min(max(self.currentIndex().row() + step, 0), self.grid.rowCount() - 1)
        self.setCurrentIndex(self.grid.index(row, self.currentIndex().column()))

    def move_by_key(self, key: Qt.Key) -> None:
        event = self.current_event()
        if key in (KEY.Key_Left, KEY.Key_Right) or event is None:
            super().move_by_key(key)
        elif event.starts_at is not None:
            moment: datetime = event.starts_at + (_QUARTERS if key == KEY.Key_Down else -_QUARTERS)
            self.ask_move(event, moment.date(), moment.time())

    def _events_here(self) -> tuple[Event, ...]:
        """Return the events of the hour the keyboard is on; in the upper row those of the whole day."""
        index = self.currentIndex()
        hour = self.grid.hour_of(index) if index.isValid() else None
        events = super()._events_here()
        if hour is None:
            return events
        return tuple(event for event in events if _timed(event) and _covers(event, hour))

    def _whole_days(self, days: Sequence[date]) -> list[Placed]:
        return lay_out(days, (event for event in self.grid.shown.events if not _timed(event)))

    def _left(self, column: int) -> float:
        return self.columnViewportPosition(column) + 4

    def _place_timed(self, column: int, events: list[Event]) -> None:
        wide = self.columnWidth(column) - 8
        for event in events:
            start, end = minutes(event)
            place, count = side_by_side(events)[event.id]
            top, bottom = self._height_of(start), self._height_of(end)
            share = wide / count
            box = QRectF(
                self._left(column) + place * share, top + 1, share - 2, max(bottom - top - 2, look.px(CHIP))
            )
            self.boxes.append(Box(event, box))

    def _height_of(self, minute: int) -> float:
        """Return where a minute of the day stands in the viewport, px; before and after the hours at their edge."""
        since = min(max(minute / 60 - DAY_HOURS[0], 0), len(DAY_HOURS) - 0.5)
        row = int(since)
        return self.rowViewportPosition(row + 1) + (since - row) * self.rowHeight(row + 1)

    def _set_heights(self) -> None:
        rows = self.verticalHeader()
        days = [day.on for day in self.grid.weeks[0]]
        lanes = min(max((one.lane + 1 for one in self._whole_days(days)), default=1), _LANES_AT_MOST)
        rows.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        rows.resizeSection(0, lanes * look.px(STEP) + 8)
        self.place_events()

    def paint_events(self, painter: QPainter) -> None:
        for words, place in self._more:
            paint.words(painter, place.adjusted(5, 0, 0, 0), words, size=12, ink="accent")
        for box in self.boxes:
            paint_chip(painter, box.place, box.event, chosen=self.is_chosen(box.event))
            tall = box.place.height() > look.px(40)
            if tall and box.event.about:
                under = box.place.adjusted(7, look.px(20), -4, 0)
                under.setHeight(look.px(18))
                paint.words(painter, under, box.event.about, size=12, ink="text2")


class _HourCell(QStyledItemDelegate):
    """Paints the ground of an hour."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        day, box = self._view.grid.day_of(index), option.rect
        today = day.on == clock.today()
        painter.fillRect(
            box, look.colour("accent_ground" if today else "surface" if day.workday else "sunken")
        )
        line = "line3" if index.row() == 0 else "line"
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.colour(line))
        painter.fillRect(box.right(), box.y(), 1, box.height(), look.colour("line"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(look.colour("accent" if self._view.hasFocus() else "line2"))
            painter.drawRect(box.adjusted(0, 0, -2, -2))


def _timed(event: Event) -> bool:
    return event.starts_at is not None and event.on == event.until


def _covers(event: Event, hour: time) -> bool:
    start, end = minutes(event)
    return start < (hour.hour + 1) * 60 and end > hour.hour * 60
