"""A date as one types it: 2026年3月1日, 2026-3-1, 3月1日; a calendar drops on Alt+↓."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from ui import look
from ui.widgets.buttons import IconButton
from ui.widgets.inputs import trail
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row

_TURNS = (
    ("chevrons-left", "上一年", -12),
    ("chevron-left", "上一月", -1),
    ("chevron-right", "下一月", 1),
    ("chevrons-right", "下一年", 12),
)


class DateField(QLineEdit):
    """*parse* reads what was typed (raises ValueError), *show* writes a date.

    Typing is never blocked: what cannot be read stays as typed, and :meth:`read` says why.
    """

    date_changed = Signal()

    def __init__(
        self, parse: Callable[[str], date], show: Callable[[date], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parse, self._show = parse, show
        trail(self, "calendar", "选日期").triggered.connect(self.open_calendar)
        self.editingFinished.connect(self._tidy)

    def read(self) -> date | None:
        """Return the date, None if empty; raises what *parse* raises for anything else."""
        typed = self.text().strip()
        return self._parse(typed) if typed else None

    def set_date(self, day: date | None) -> None:
        """Show *day*."""
        self.setText(self._show(day) if day else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Drop the calendar at the date typed, or today."""
        if self.isReadOnly():
            return
        popup = _Popup(self, self.readable())
        popup.picked.connect(self._pick)
        popup.open_under(self)

    def readable(self) -> date | None:
        """Return the date, None if empty or unreadable."""
        try:
            return self.read()
        except ValueError:
            return None

    def _pick(self, day: date) -> None:
        self.set_date(day)
        self.date_changed.emit()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tidy(self) -> None:
        day = self.readable()
        if day is not None and self.text() != self._show(day):
            self.set_date(day)
        self.date_changed.emit()


class _Popup(QFrame):
    picked = Signal(object)

    def __init__(self, parent: QWidget, day: date | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month = Label("", "section")
        self._calendar = _month_grid()
        self._calendar.setMinimumSize(look.px(280), look.px(220))
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.activated.connect(self._take)
        self._calendar.clicked.connect(self._take)
        self._calendar.currentPageChanged.connect(lambda _year, _month: self._name_month())
        self._name_month()
        turns = [self._turn_button(*turn) for turn in _TURNS]
        head = row(*turns[:2], STRETCH, self._month, STRETCH, *turns[2:], spacing=2, margins=(4, 4, 4, 4))
        self.setLayout(column(head, self._calendar, spacing=0, margins=(1, 1, 1, 1)))

    def open_under(self, field: QWidget) -> None:
        corner = field.mapToGlobal(QPoint(0, field.height() + 2))
        size = self.sizeHint()
        room = field.screen().availableGeometry()
        left = min(corner.x(), room.right() - size.width())
        below = corner.y() + size.height() <= room.bottom()
        top = corner.y() if below else corner.y() - field.height() - size.height() - 4
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        self._calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _turn_button(self, icon: str, text: str, months: int) -> IconButton:
        button = IconButton(icon, text)
        button.clicked.connect(lambda: self._turn(months))
        return button

    def _turn(self, months: int) -> None:
        page = QDate(self._calendar.yearShown(), self._calendar.monthShown(), 1).addMonths(months)
        self._calendar.setCurrentPage(page.year(), page.month())

    def _name_month(self) -> None:
        self._month.setText(f"{self._calendar.yearShown()}年{self._calendar.monthShown()}月")

    def _take(self, day: QDate) -> None:
        self.picked.emit(date(day.year(), day.month(), day.day()))
        self.close()


def _month_grid() -> QCalendarWidget:
    """Return a month from Monday to Sunday in the colours of the theme."""
    grid = QCalendarWidget()
    grid.setAccessibleName("日历")
    grid.setNavigationBarVisible(False)
    grid.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    grid.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    head, weekend = QTextCharFormat(), QTextCharFormat()
    head.setForeground(look.colour("text2"))
    head.setBackground(look.colour("sunken"))
    weekend.setForeground(look.colour("text2"))
    grid.setHeaderTextFormat(head)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        grid.setWeekdayTextFormat(day, weekend)
    return grid
