"""The calendar driven by mouse and keys: move with undo, open, turn, export; locked events stay."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from models.records.meeting import Attendance, Meeting
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from ui import look, messages
from ui.calendars.day_grid import DayGrid
from ui.pages.calendar import AGENDA, MONTH, WEEK, CalendarPage
from ui.session import Session

NOW = datetime(2026, 10, 5, 8, 0)
KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session, office: SmallOffice) -> Iterator[CalendarPage]:
    with clock.held_at(NOW):
        made = CalendarPage(session)
        qtbot.addWidget(made)
        made.resize(1190, 690)
        with qtbot.waitExposed(made):
            made.show()
        made.go(date(2026, 10, 13))
        made.month.setFocus()
        yield made


def starts(ledger: Ledger) -> datetime | None:
    return ledger.find(Meeting)[0].starts_at


def chip(grid: DayGrid) -> QPoint:
    (box,) = grid.boxes
    return box.place.center().toPoint()


def cell(grid: DayGrid, day: date) -> QPoint:
    rect = grid.visualRect(grid.grid.index_of(day))
    return rect.bottomLeft() + QPoint(20, -10)


def drag(qtbot: QtBot, grid: DayGrid, to: QPoint) -> None:
    start = chip(grid)
    qtbot.mousePress(grid.viewport(), LEFT, pos=start)
    for point in (start + QPoint(12, 12), to):
        move_held(grid.viewport(), point)
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=to)


def move_held(target: QWidget, point: QPoint) -> None:
    """Move the mouse with its left button held down, which qtbot cannot say offscreen."""
    at = QPointF(point)
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


def test_dragging_to_another_day_is_one_action_with_undo(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger
) -> None:
    drag(qtbot, page.month, cell(page.month, date(2026, 10, 21)))
    assert starts(ledger) == datetime(2026, 10, 21, 9, 30)
    assert page.day == date(2026, 10, 21)
    assert [box.event.on for box in page.month.boxes] == [date(2026, 10, 21)]
    assert ledger.undo() == "会议「第三季度联席会议」改到2026年10月21日 09:30"
    assert [box.event.on for box in page.month.boxes] == [date(2026, 10, 13)]


def test_a_held_meeting_stays_and_says_why(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
    drag(qtbot, page.month, cell(page.month, date(2026, 10, 21)))
    assert starts(ledger) == datetime(2026, 10, 13, 9, 30)
    assert page._note.isVisible() and "已经召开" in page._note.text.text()


def test_a_meeting_with_attendance_entered_stays_and_says_why(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记出席") as action:
        action.add(Attendance(meeting=office.meeting.id, unit=office.justice.id, status="出席"))
    drag(qtbot, page.month, cell(page.month, date(2026, 10, 21)))
    assert starts(ledger) == datetime(2026, 10, 13, 9, 30)
    assert page._note.isVisible() and "已登记出席情况" in page._note.text.text()


def test_only_the_current_day_has_a_frame(page: CalendarPage) -> None:
    def edge(day: date) -> str:
        rect = page.month.visualRect(page.month.grid.index_of(day))
        return page.month.viewport().grab().toImage().pixelColor(rect.left() + 1, rect.center().y()).name()

    framed = [day.on for day in page.content.days if edge(day.on) == look.colour("accent").name()]
    assert framed == [page.day] != [NOW.date()]


@pytest.mark.parametrize(
    ("key", "day"), [(KEY.Key_Left, 12), (KEY.Key_Right, 14), (KEY.Key_Up, 6), (KEY.Key_Down, 20)]
)
@pytest.mark.parametrize("beside", [False, True])
def test_alt_with_an_arrow_moves(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, key: Qt.Key, day: int, beside: bool
) -> None:
    qtbot.keyClick(page.events if beside else page.month, key, ALT)
    assert starts(ledger) == datetime(2026, 10, day, 9, 30)
    assert page.month.current_event() is not None


def test_alt_with_an_arrow_is_not_the_way_back_of_the_window(page: CalendarPage) -> None:
    for part in (page.month, page.week, page.agenda, page.events):
        press = QKeyEvent(QKeyEvent.Type.ShortcutOverride, KEY.Key_Left, ALT)
        press.ignore()
        QApplication.sendEvent(part, press)
        assert press.isAccepted()


def test_in_the_week_a_meeting_goes_to_another_hour(qtbot: QtBot, page: CalendarPage, ledger: Ledger) -> None:
    page._choice.pick(WEEK)
    target = page.week.grid.index(1 + 14 - 7, 2)
    drag(qtbot, page.week, page.week.visualRect(target).center())
    assert starts(ledger) == datetime(2026, 10, 14, 14, 0)
    page.week.setCurrentIndex(target)
    qtbot.keyClick(page.week, KEY.Key_Down, ALT)
    assert starts(ledger) == datetime(2026, 10, 14, 14, 30)


def test_in_the_list_a_meeting_goes_a_day_on(qtbot: QtBot, page: CalendarPage, ledger: Ledger) -> None:
    page._choice.pick(AGENDA)
    qtbot.keyClick(page.agenda, KEY.Key_Right, ALT)
    assert starts(ledger) == datetime(2026, 10, 14, 9, 30)


def test_enter_and_double_click_open_the_record(
    qtbot: QtBot, page: CalendarPage, session: Session, office: SmallOffice
) -> None:
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    qtbot.keyClick(page.month, KEY.Key_Return)
    qtbot.mouseDClick(page.month.viewport(), LEFT, pos=chip(page.month))
    qtbot.keyClick(page.events, KEY.Key_Return)
    assert opened == [("meeting", office.meeting.id)] * 3


def test_an_empty_day_offers_a_new_meeting(qtbot: QtBot, page: CalendarPage, session: Session) -> None:
    asked: list[tuple[str, object]] = []
    session.new_record.connect(lambda kind, values: asked.append((kind, values["starts_at"])))
    qtbot.mouseDClick(page.month.viewport(), LEFT, pos=cell(page.month, date(2026, 10, 22)))
    page.go(date(2026, 10, 23))
    qtbot.keyClick(page.month, KEY.Key_Return)
    assert asked == [("meeting", datetime(2026, 10, day, 9, 0)) for day in (22, 23)]


@pytest.mark.parametrize(
    ("view", "key", "day"),
    [
        (MONTH, KEY.Key_PageDown, date(2026, 11, 13)),
        (MONTH, KEY.Key_PageUp, date(2026, 9, 13)),
        (MONTH, KEY.Key_Left, date(2026, 10, 12)),
        (MONTH, KEY.Key_Down, date(2026, 10, 20)),
        (WEEK, KEY.Key_PageDown, date(2026, 10, 20)),
    ],
)
def test_keys_go_through_the_days(
    qtbot: QtBot, page: CalendarPage, view: int, key: Qt.Key, day: date
) -> None:
    page._choice.pick(view)
    qtbot.keyClick(page._view(), key)
    assert page.day == day


def test_arrows_leave_the_month(qtbot: QtBot, page: CalendarPage) -> None:
    page.go(date(2026, 11, 1))
    qtbot.keyClick(page.month, KEY.Key_Right)
    page.go(date(2026, 8, 31))
    for _ in range(6):
        qtbot.keyClick(page.month, KEY.Key_Right)
    qtbot.keyClick(page.month, KEY.Key_Right)
    assert (page.day, page._period.text()) == (date(2026, 9, 7), "2026年9月")


def test_space_goes_to_the_next_event_of_the_day(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记") as action:
        action.add(
            Meeting(name="碰头会", category="其他", body=office.body.id, starts_at=datetime(2026, 10, 13, 15))
        )
    names = []
    for _ in range(3):
        names.append(event.title if (event := page.month.current_event()) else "")
        qtbot.keyClick(page.month, KEY.Key_Space)
    assert names == ["第三季度联席会议", "碰头会", "第三季度联席会议"]


def test_a_screen_reader_hears_the_day_with_its_events(page: CalendarPage) -> None:
    index = page.month.grid.index_of(date(2026, 10, 13))
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("10月13日 周二 九月初四：会议 09:30 第三季度联席会议")


def test_what_is_shown_is_exported(page: CalendarPage, session: Session, tmp_path: Path) -> None:
    written: list[Path] = []
    session.written.connect(written.append)
    with messages.answering(tmp_path / "十月.ics"):
        page.export()
    assert written == [tmp_path / "十月.ics"]
    assert "第三季度联席会议" in written[0].read_text("utf-8")


def test_a_year_without_holidays_warns(page: CalendarPage) -> None:
    assert not page._warning.isVisible()
    page.go(date(2098, 5, 1))
    assert page._warning.isVisible() and "2098年" in page._warning.text.text()


@pytest.mark.parametrize("view", [MONTH, WEEK, AGENDA])
def test_the_page_keeps_the_rules_of_pages(page: CalendarPage, view: int) -> None:
    page._choice.pick(view)
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 1366 - 176
