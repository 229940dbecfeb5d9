"""The month: a cell a day, chips in lanes, spans across days, 还有 n 项 where the room ends."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models import clock
from models.rules.duties import State
from models.summaries.calendar import Calendar, Day
from ui import look
from ui.calendars.chips import look_of, paint_chip
from ui.calendars.day_grid import Box, DayGrid
from ui.calendars.grid_model import MonthModel
from ui.calendars.lanes import lay_out, shown
from ui.widgets import paint
from ui.widgets.label import Label
from ui.widgets.paint import Mark

HEAD, WEEK_NUMBERS = 28, 34
STEP, CHIP, MARGIN = 22, 20, 4
_TILE = 18


class MonthView(DayGrid):
    """Shows the weeks that a month touches."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.days = MonthModel()
        super().__init__("月历", self.days, parent)
        self.setItemDelegate(_DayCell(self))
        self.horizontalHeader().setFixedHeight(look.px(HEAD))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setFixedWidth(look.px(WEEK_NUMBERS))
        self.verticalHeader().setMinimumSectionSize(look.px(HEAD + STEP))
        corner = Label("周次", "small", parent=self)
        corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        corner.setGeometry(0, 0, look.px(WEEK_NUMBERS), look.px(HEAD))
        self._more: list[tuple[str, bool, QRectF]] = []

    def show_month(self, content: Calendar, year: int, month: int, day: date) -> None:
        """Show the weeks of *content*; days outside the month stand back."""
        self.days.month = (year, month)
        self.show_days(content, day)

    def place_events(self) -> None:
        self.boxes, self._more = [], []
        for row, week in enumerate(self.days.weeks):
            top = self.rowViewportPosition(row) + look.px(HEAD)
            room = max((self.rowHeight(row) - look.px(HEAD)) // look.px(STEP), 1)
            placed = lay_out([day.on for day in week], self.days.shown.events)
            fits, hidden = shown(placed, len(week), room)
            for one in fits:
                place = self._place(one.first, one.last, top + one.lane * look.px(STEP))
                self.boxes.append(Box(one.event, place, one.starts, one.ends))
            kept = {id(one.event) for one in fits}
            for column, day in enumerate(week):
                if hidden[column]:
                    place = self._place(column, column, top + (room - 1) * look.px(STEP))
                    rest = [event for event in self.days.shown.on(day.on) if id(event) not in kept]
                    late = any(event.light is State.OVERDUE for event in rest)
                    words = f"还有 {len(rest)} 项" if room > 1 else f"共 {len(rest)} 项"
                    self._more.append((words, late, place))

    def _place(self, first: int, last: int, top: float) -> QRectF:
        left = self.columnViewportPosition(first) + MARGIN
        right = self.columnViewportPosition(last) + self.columnWidth(last) - MARGIN - 1
        return QRectF(left, top, right - left, look.px(CHIP))

    def paint_events(self, painter: QPainter) -> None:
        for box in self.boxes:
            paint_chip(painter, box.place, box.event, chosen=self.is_chosen(box.event))
            if box.starts and box.event.on != box.event.until:
                ink = look.colour(look_of(box.event.kind)[0])
                painter.fillRect(QRectF(box.place.x(), box.place.y(), 3, box.place.height()), ink)
        for words, late, place in self._more:
            paint.words(painter, place.adjusted(5, 0, 0, 0), words, size=12, ink="accent")
            if late:
                paint.mark(
                    painter, Mark.RED, place.right() - look.px(10), place.center().y(), look.scaled(4.5)
                )


class _DayCell(QStyledItemDelegate):
    """Paints the ground of a day: number, lunar word, 休 or 班."""

    def __init__(self, view: MonthView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        day, box = self._view.days.day_of(index), option.rect
        today = day.on == clock.today()
        ground = "accent_ground" if today else "surface" if day.workday else "sunken"
        painter.fillRect(box, look.colour(ground))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.colour("line"))
        painter.fillRect(box.right(), box.y(), 1, box.height(), look.colour("line"))
        painter.save()
        self._paint_head(painter, box, day, today)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.focus_ring(painter, QRectF(box).adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRect, day: Day, today: bool) -> None:
        inside = (day.on.year, day.on.month) == self._view.days.month
        first = day.on.day == 1 and not inside
        number = f"{day.on.month}月{day.on.day}日" if first else str(day.on.day)
        line = QRectF(box.x() + 8, box.y() + 4, box.width() - 12, look.px(24))
        if today:
            side = look.px(22)
            disc = QRectF(box.x() + 6, line.center().y() - side / 2, side, side)
            paint.rounded(painter, disc, "accent", side / 2)
            paint.words(painter, disc, number, size=13, weight=500, ink="on_accent", align=paint.CENTRE)
            used = side - 2.0
        else:
            used = paint.words(
                painter, line, number, weight=500 if inside else 400, ink="text" if inside else "text3"
            )
        if day.mark is not None:
            side = look.px(_TILE)
            tile = QRectF(box.right() - side - 5, line.center().y() - side / 2, side, side)
            family = "green" if day.mark.mark == "休" else "amber"
            paint.rounded(painter, tile, f"{family}_ground", 4)
            paint.words(painter, tile, day.mark.mark, size=12, weight=500, ink=family, align=paint.CENTRE)
            line.setRight(tile.x() - 2)
        rest = line.adjusted(used + 6, 0, 0, 0)
        paint.words(painter, rest, day.word, size=12, ink="text2" if inside else "text3")
