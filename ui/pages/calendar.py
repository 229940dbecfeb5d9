"""日历: month, week, agenda and year over everything that has a date; the day at the right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.calendar_file import write_calendar
from models.deeds import calendar as deeds
from models.errors import ClerkError
from models.summaries.calendar import Calendar
from models.summaries.dated import Event
from ui import look, messages
from ui.bars import day_words
from ui.calendars.agenda import Agenda
from ui.calendars.content import Content
from ui.calendars.day_grid import DayGrid
from ui.calendars.day_pane import EventList
from ui.calendars.grid_model import month_days, week_days
from ui.calendars.kind_filter import KindFilter
from ui.calendars.month_view import MonthView
from ui.calendars.week_view import WeekView
from ui.calendars.year_view import YearKey, YearView
from ui.correction import corrected
from ui.page import Page
from ui.session import Session
from ui.widgets import keys, paint
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import NoticeBar
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, holder, row
from ui.widgets.segmented import SegmentedControl

PANE_WIDTH, NARROW = 264, 940
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
NEW_AT = time(9, 0)
MONTH, WEEK, AGENDA, YEAR = range(4)
_WIDEST_MONTH, _WIDEST_WEEK = "2026年10月", "10月26日至11月1日"
"""The title keeps this width, so that the arrows beside it stay under the mouse."""


class CalendarPage(Page):
    """Shows the days around :attr:`day`, at first and on each new day today; what is moved there is one action with
    undo.

    :attr:`content` is what is shown, without the kinds that the filter hides.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("日历", parent)
        self._session = session
        self.day = self._today = clock.today()
        self.content = Calendar((), (), ())
        self._content = Content(session, self)
        self.month, self.week, self.agenda, self.year = MonthView(), WeekView(), Agenda(), YearView()
        self._views = QStackedWidget()
        self.events = EventList()
        self._build()
        self._connect()
        session.changed.connect(lambda _kinds, _sentence: self._read() if self.isVisible() else None)

    # What the window calls -----------------------------------------------------------------

    def refresh(self) -> None:
        """Read again; on a new day go to it."""
        if self._today != clock.today():
            self.day = self._today = clock.today()
        self._read()

    def event(self, event: QEvent) -> bool:
        """Look at the clock when the window comes back to the front."""
        if event.type() == QEvent.Type.WindowActivate and self._today != clock.today() and self.isVisible():
            self.refresh()
        return super().event(event)

    def _read(self) -> None:
        first, last = self._range()
        self._content.read(first, last)
        self._show()

    def _show(self) -> None:
        whole = self._content.whole
        self.content = whole.only(self.filter.keeps)
        self.filter.show_counts(whole.events)
        view = self._view()
        if isinstance(view, MonthView):
            view.show_month(self.content, self.day.year, self.day.month, self.day)
        else:
            view.show_days(self.content, self.day)
        self._period.setText(self._words())
        self._warning.text.setText("\n".join(self.content.warnings))
        self._warning.setVisible(bool(self.content.warnings))
        hidden = self.filter.words(whole.events)
        self._hidden.text.setText(hidden)
        self._hidden.setAccessibleName(hidden)
        self._hidden.setVisible(bool(hidden))
        self._key.setVisible(view is self.year)
        self._fit()
        self._show_notices()
        self._show_day()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def first_focus(self) -> QWidget | None:
        return self._view()

    # What it does --------------------------------------------------------------------------

    def go(self, day: date) -> None:
        """Make *day* the current one, turning where needed."""
        self.day = min(max(day, FIRST_DAY), LAST_DAY)
        self._note.hide()
        self._read()

    def turn(self, pages: int) -> None:
        """Go on or back by a month, in the week and year views by as much."""
        if self._views.currentIndex() == WEEK:
            self.go(self.day + timedelta(days=7 * pages))
            return
        step = 12 if self._views.currentIndex() == YEAR else 1
        months = self.day.year * 12 + self.day.month - 1 + pages * step
        weeks = month_days(months // 12, months % 12 + 1)
        last = max(day.day for week in weeks for day in week if day.month == months % 12 + 1)
        self.go(date(months // 12, months % 12 + 1, min(self.day.day, last)))

    def move_event(self, event: Event, to: date, at: time | None = None) -> None:
        """Move an event; what may not be moved is told in the line above the grid."""
        try:
            ledger = self._session.ledger
            corrected(self, ledger, lambda: deeds.move_event(ledger, event, to, at))
        except ClerkError as error:
            self._say(str(error))
            return
        self.go(to)
        self._view().pick_event(event.id)
        self._show_day()

    def open_event(self, event: Event) -> None:
        """Show the record of an event on its page; a day fixed by law has none."""
        if event.record_id:
            self._session.open_record.emit(event.record_kind, event.record_id)

    def add_meeting(self, day: date, at: time | None = None) -> None:
        """Open the form of a new meeting on that day."""
        starts_at = datetime.combine(day, at or NEW_AT)
        self._session.new_record.emit("meeting", {"starts_at": starts_at})

    def print_shown(self) -> None:
        """Open the preview of the week of the current day, in the year view of the year."""
        if self._view() is self.year:
            hidden = ",".join(sorted(self.filter.hidden))
            self._session.open_report.emit("year_wall", {"year": self.day.year, "hidden": hidden})
        else:
            self._session.open_report.emit("week", {"as_of": self.day})

    def export(self) -> None:
        """Write what is shown as .ics."""
        self._content.settle()
        name = f"{self._session.settings.area_name or '法治台账'}日历 {self._words()}"
        path = messages.save_file(self, "导出日历", f"{name}.ics", "日历文件 (*.ics)")
        if path is None:
            return
        try:
            write_calendar(path, name, self.content.events)
        except ClerkError as error:
            messages.tell(self, "没有导出", str(error))
            return
        self._session.written.emit(path)

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._period = Label("", "title")
        before, after = IconButton("chevron-left", "上一页"), IconButton("chevron-right", "下一页")
        before.clicked.connect(lambda: self.turn(-1))
        after.clicked.connect(lambda: self.turn(1))
        today = Button("今天")
        today.clicked.connect(lambda: self.go(clock.today()))
        self._choice = SegmentedControl(("月", "周", "清单", "年"))
        self.filter = KindFilter()
        tools = row(
            self._period, before, today, after, 8, self._choice, STRETCH, self.filter, margins=(16, 8, 16, 8)
        )
        self._warning = NoticeBar("", "warning", closable=False)
        self._note = NoticeBar("", "info")
        self._note.hide()
        self._note.closed.connect(self._show_notices)
        restore = Button("恢复全部", "link", small=True)
        restore.clicked.connect(self.filter.restore)
        self._hidden = NoticeBar("", "info", (restore,), closable=False)
        self._notices = holder(column(self._warning, self._hidden, self._note, margins=(16, 0, 16, 8)))
        beside = holder(row(self.year, margins=(16, 0, 8, 0)))
        for view in (self.month, self.week, self.agenda, beside):
            self._views.addWidget(view)
        self._key = YearKey()
        bar = frame("bar", column(tools, self._notices, spacing=0))
        left = column(bar, self._views, self._key, spacing=0)
        left.setStretch(1, 1)
        whole = row(frame("pane", left), self._pane(), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _pane(self) -> QWidget:
        self._day_title, self._lunar = Label("", "heading"), Label("", "small")
        self._mark = Label("", "help")
        head = row(self._day_title, STRETCH, self._mark, self._lunar, margins=(16, 16, 16, 8))
        self._nothing = Label("这一天没有事项", "secondary")
        nothing = holder(row(self._nothing, margins=(16, 4, 16, 4)))
        self._nothing_box = nothing
        new, export = Button("新建会议", "ghost", "plus"), Button("导出日历", icon="download")
        new.clicked.connect(lambda: self.add_meeting(self.day))
        export.clicked.connect(self.export)
        self._print = Button("打印本周", icon="printer")
        self._print.clicked.connect(self.print_shown)
        foot = row(self._print, STRETCH, export, margins=(16, 4, 16, 10))
        new_line = row(new, STRETCH, margins=(8, 6, 16, 0))
        content = column(head, nothing, self.events, new_line, foot, spacing=0)
        content.setStretch(2, 1)
        pane = frame("pane-right", content)
        pane.setFixedWidth(look.px(PANE_WIDTH))
        return pane

    def _connect(self) -> None:
        self._choice.picked.connect(self._pick_view)
        self.filter.changed.connect(self._show)
        self._content.changed.connect(self._show)
        self.year.month_asked.connect(self._open_month)
        keys.bind(self, lambda: self.go(clock.today()), "T")
        for grid in (self.month, self.week, self.year):
            grid.opened.connect(self.open_event)
            grid.move_asked.connect(self.move_event)
            grid.refused.connect(self._say)
            grid.new_asked.connect(self.add_meeting)
            grid.day_shown.connect(self._day_picked)
            grid.day_asked.connect(self.go)
            grid.turned.connect(self.turn)
        self.agenda.event_opened.connect(self.open_event)
        self.agenda.move_asked.connect(self._move_by)
        self.agenda.day_shown.connect(self._day_picked)
        self.events.opened.connect(self.open_event)
        self.events.move_asked.connect(self._move_by)
        self.events.picked.connect(lambda event: self._view().pick_event(event.id))

    def _pick_view(self, position: int) -> None:
        self._views.setCurrentIndex(position)
        self._read()

    def _open_month(self, day: date) -> None:
        self.day = day
        self._choice.pick(MONTH)
        self.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def _view(self) -> DayGrid | Agenda:
        return (self.month, self.week, self.agenda, self.year)[self._views.currentIndex()]

    def _range(self) -> tuple[date, date]:
        if self._views.currentIndex() == WEEK:
            days = week_days(self.day)
            return days[0], days[-1]
        if self._views.currentIndex() == YEAR:
            return date(self.day.year, 1, 1), date(self.day.year, 12, 31)
        weeks = month_days(self.day.year, self.day.month)
        if self._views.currentIndex() == MONTH:
            return weeks[0][0], weeks[-1][-1]
        days = [day for week in weeks for day in week if day.month == self.day.month]
        return days[0], days[-1]

    def _words(self) -> str:
        if self._views.currentIndex() == YEAR:
            return f"{self.day.year}年"
        if self._views.currentIndex() != WEEK:
            return f"{self.day.year}年{self.day.month}月"
        first, last = self._range()
        until = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
        year = f"{first.year}年" if first.year != clock.today().year else ""
        return f"{year}{first.month}月{first.day}日至{until}"

    def _day_picked(self, day: date) -> None:
        self.day = day
        self._note.hide()
        self._show_notices()
        self._show_day()

    def _show_day(self) -> None:
        today = clock.today()
        day = next((one for one in self.content.days if one.on == self.day), None)
        events = self.content.on(self.day)
        this_week = "打印本周" if self.day in week_days(today) else "打印这一周"
        self._print.set_words("打印全年" if self._view() is self.year else this_week)
        self._day_title.setText(day_words(self.day, today))
        self._lunar.setText(day.lunar if day else "")
        self._mark.setText(day.mark.mark if day and day.mark else "")
        self._nothing_box.setVisible(not events)
        self.events.show_events(events, self._view().current_event())

    def _fit(self) -> None:
        """Give the title its room, the filter what is left."""
        narrow = self.width() < look.px(NARROW)
        widest = _WIDEST_WEEK if self._views.currentIndex() == WEEK else _WIDEST_MONTH
        self._period.setMinimumWidth(0 if narrow else round(paint.width(widest, 20, 500)) + 1)
        self.filter.shorten(narrow)

    def _move_by(self, event: Event, days: int) -> None:
        self.move_event(event, event.on + timedelta(days=days))

    def _say(self, words: str) -> None:
        self._note.text.setText(words)
        self._note.setAccessibleName(words)
        self._note.show()
        self._show_notices()

    def _show_notices(self) -> None:
        bars = (self._warning, self._hidden, self._note)
        self._notices.setVisible(not all(bar.isHidden() for bar in bars))
