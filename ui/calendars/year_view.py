"""The year on one wall (年): twelve months, each day coloured by how full it is, with marks for meetings and limits."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from models import clock
from models.summaries.calendar import LEVELS, Calendar, Day
from ui import look
from ui.calendars.chips import spoken
from ui.calendars.day_grid import KEY, DayGrid
from ui.calendars.grid_model import WEEKDAYS, GridModel, Index
from ui.widgets import paint
from ui.widgets.label import Label, plain_tip
from ui.widgets.layout import STRETCH, row
from ui.widgets.paint import Mark

HEAD_ROWS, WEEKS, WEEK = 2, 6, 7
BAND, BLOCK = HEAD_ROWS + WEEKS, WEEK + 1
"""Rows of a month with its head, columns with the gap after it."""
GROUNDS = ("surface", "accent_ground", "tint2", "accent")
_LEAST_ROW, _MONTH_ROW, _WEEKDAY_ROW = 22, 24, 16
_GAP, _WORD_FROM, _FOUR_FROM = 14, 28, 660
_TOLD = 8
_NOWHERE = QModelIndex()


class YearModel(GridModel):
    """Months side by side, *across* of them; cells between them are no days and cannot be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.across = 4
        self._places: dict[tuple[int, int], Day] = {}

    def show_days(self, shown: Calendar) -> None:
        self.beginResetModel()
        self.shown, self.weeks = shown, []
        self._places = {self._place(day.on): day for day in shown.days}
        self.endResetModel()

    def day_at(self, index: Index) -> Day | None:
        """Return the day of a cell, None between the days."""
        return self._places.get((index.row(), index.column()))

    def day_of(self, index: Index) -> Day:
        return self._places[index.row(), index.column()]

    def index_of(self, day: date, near: Index = _NOWHERE) -> QModelIndex:
        place = self._place(day)
        found = self._places.get(place)
        return self.index(*place) if found and found.on == day else QModelIndex()

    def head_of(self, index: Index) -> str:
        """Return what stands over the days: the month, the day of the week, "" elsewhere."""
        band, line = divmod(index.row(), BAND)
        block, weekday = divmod(index.column(), BLOCK)
        if line >= HEAD_ROWS or weekday == WEEK:
            return ""
        return WEEKDAYS[weekday][1:] if line else f"{band * self.across + block + 1}月"

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or not self.shown.days else -(-12 // self.across) * BAND

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.across * BLOCK - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.day_at(index) else Qt.ItemFlag.NoItemFlags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the heads stand among the cells

    def _said(self, index: Index) -> str:
        return super()._said(index) if self.day_at(index) else self.head_of(index)

    def _place(self, day: date) -> tuple[int, int]:
        band, block = divmod(day.month - 1, self.across)
        week = (day.day - 1 + day.replace(day=1).weekday()) // WEEK
        return band * BAND + HEAD_ROWS + week, block * BLOCK + day.weekday()


class YearView(DayGrid):
    """Shows a year; Enter or a double click on a day asks for its month."""

    month_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.year = YearModel()
        super().__init__("年历", self.year, parent)
        self.setItemDelegate(_YearCell(self))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(look.px(12))
        self.verticalHeader().setMinimumSectionSize(look.px(_WEEKDAY_ROW))

    def show_days(self, shown: Calendar, day: date) -> None:
        super().show_days(shown, day)
        self._arrange()
        index = self.grid.index_of(day)
        if index.isValid():
            self.scrollTo(index)

    def place_events(self) -> None:
        """Leave the events out: a day only tells how many it has."""

    def paint_events(self, painter: QPainter) -> None:
        """Leave it to the cells."""

    def spot(self, at: QPoint) -> tuple[date, time | None] | None:
        day = self.year.day_at(self.indexAt(at))
        return (day.on, None) if day else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day = self.current_day()
        if day is not None and event.key() in (KEY.Key_Return, KEY.Key_Enter):
            self.month_asked.emit(day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.spot(event.position().toPoint()) is not None:  # between the days the chosen one stays chosen
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.spot(event.position().toPoint())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.month_asked.emit(spot[0])

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            tip = self.tip_of(index) if self.year.day_at(index) else ""
            QToolTip.showText(event.globalPos(), plain_tip(tip) if tip else "", self)
            return True
        return super().viewportEvent(event)

    def tip_of(self, index: Index) -> str:
        """Return the day in words and its first events, a line each."""
        events = self.year.events_of(index)
        told = [spoken(event) for event in events[:_TOLD]]
        more = [f"还有 {len(events) - _TOLD} 项"] if len(events) > _TOLD else []
        return "\n".join([self.year.day_words(index), *told, *more])

    def resizeEvent(self, event: QResizeEvent) -> None:
        across = 4 if self.viewport().width() >= look.px(_FOUR_FROM) else 3
        if across != self.year.across:
            day = self.current_day()
            self.year.across = across
            if day is not None:
                self.show_days(self.year.shown, day)
        super().resizeEvent(event)
        self._set_heights()

    def _arrange(self) -> None:
        """Keep the gaps narrow and the name of a month over its seven days."""
        self.clearSpans()
        header = self.horizontalHeader()
        for column in range(self.year.columnCount()):
            gap = column % BLOCK == WEEK
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if gap else QHeaderView.ResizeMode.Stretch
            )
            if gap:
                header.resizeSection(column, look.px(_GAP))
        for month in range(12):
            band, block = divmod(month, self.year.across)
            self.setSpan(band * BAND, block * BLOCK, 1, WEEK)
        self._set_heights()

    def _set_heights(self) -> None:
        """Share the height among the weeks; where that is too little for a day, the view scrolls."""
        rows, count = self.verticalHeader(), self.year.rowCount()
        bands = count // BAND
        heads = look.px(_MONTH_ROW) + look.px(_WEEKDAY_ROW)
        room = self.viewport().height() - bands * heads
        week = max(room // max(bands * WEEKS, 1), look.px(_LEAST_ROW))
        for line in range(count):
            high = {0: look.px(_MONTH_ROW), 1: look.px(_WEEKDAY_ROW)}.get(line % BAND, week)
            rows.resizeSection(line, high)


class _YearCell(QStyledItemDelegate):
    """Paints a day: its ground says how full it is, marks say what there is."""

    def __init__(self, view: YearView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        day = self._view.year.day_at(index)
        painter.save()
        if day is not None:
            self._paint_day(painter, option.rect, day)
            if option.state & QStyle.StateFlag.State_Selected:
                paint.focus_ring(painter, QRectF(option.rect).adjusted(0, 0, -1, -1))
        elif (head := self._view.year.head_of(index)) and index.row() % BAND:
            paint.words(painter, QRectF(option.rect).adjusted(3, 0, 0, 0), head, size=12, ink="text3")
        elif head:
            paint.words(painter, QRectF(option.rect).adjusted(3, 0, 0, 0), head, weight=500)
        painter.restore()

    def _paint_day(self, painter: QPainter, box: QRect, day: Day) -> None:
        load = self._view.year.shown.load(day.on)
        full = load.level == len(GROUNDS) - 1
        ground = GROUNDS[load.level] if load.level or day.workday else "sunken"
        painter.fillRect(box.adjusted(0, 0, -1, -1), look.colour(ground))
        today = day.on == clock.today()
        ink = "on_accent" if full else "accent" if today else "text" if day.workday else "text3"
        place = QRectF(box).adjusted(3, 1, -3, -9)
        paint.words(painter, place, str(day.on.day), size=12, weight=500 if today else 400, ink=ink)
        if today:
            painter.fillRect(QRectF(place.x(), place.y() + look.px(13), look.px(14), 1.5), look.colour(ink))
        if day.mark is not None:
            self._paint_mark(painter, place, day.mark.mark, "on_accent" if full else "")
        middle, left = box.bottom() - 4.5, box.x() + look.px(7)
        for shown, mark in (
            (load.overdue, Mark.RED),
            (load.limit and not load.overdue, Mark.AMBER),
            (load.meeting, Mark.BLUE),
        ):
            if shown:
                if full:
                    paint.rounded(painter, QRectF(left - 5, middle - 5, 10, 10), "surface", 2)
                paint.mark(painter, mark, left, middle, 3.2)
                left += look.px(10)

    def _paint_mark(self, painter: QPainter, place: QRectF, word: str, ink: str) -> None:
        """Write 休 or 班 where there is room beside the number, else put a corner: filled or open."""
        own = ink or ("green" if word == "休" else "amber")
        if place.width() >= look.px(_WORD_FROM) - 5:
            paint.words(painter, place, word, size=12, weight=500, ink=own, align=paint.RIGHT)
            return
        corner = QRectF(place.right() - 5, place.y() + 1, 5, 5)
        if word == "休":
            painter.fillRect(corner, look.colour(own))
        else:
            painter.setPen(look.colour(own))
            painter.drawRect(corner.adjusted(0.5, 0.5, -0.5, -0.5))


class YearKey(QWidget):
    """What the colours and marks of the year mean, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grounds = [_KeyPart(words, ground=ground) for ground, words in zip(GROUNDS, LEVELS, strict=True)]
        marks = [
            _KeyPart(word, mark=mark)
            for word, mark in (("会议", Mark.BLUE), ("期限", Mark.AMBER), ("逾期", Mark.RED))
        ]
        self.setLayout(row(*grounds, *marks, STRETCH, spacing=12, margins=(16, 4, 16, 4)))


class _KeyPart(Label):
    """A sample and its words."""

    def __init__(self, words: str, *, ground: str = "", mark: Mark | None = None) -> None:
        super().__init__(words, "small")
        self._ground, self._mark = ground, mark
        self.setIndent(look.px(18))

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        painter = QPainter(self)
        middle = self.height() / 2
        if self._mark is not None:
            paint.mark(painter, self._mark, look.px(7), middle, look.scaled(4))
            return
        box = QRectF(1, middle - look.px(6), look.px(12), look.px(12))
        painter.fillRect(box, look.colour(self._ground))
        painter.setPen(look.colour("line3"))
        painter.drawRect(box)
