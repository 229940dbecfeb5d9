"""The calendar driven by mouse and keys: move with undo, open, turn, export; locked events stay."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from models.records.meeting import Attendance, Meeting, Preparation
from models.records.rules import Clause
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.calendar import OBLIGATION, STATUTORY, event_kinds
from reports.catalog import REPORTS
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import look
from ui.calendars.day_grid import DayGrid
from ui.pages.calendar import AGENDA, MONTH, WEEK, YEAR, CalendarPage
from ui.session import Session
from ui.shell import page_specs

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
    QSettings().remove("calendar")


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
    for part in (page.month, page.week, page.agenda, page.year, page.events):
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


def test_every_kind_in_the_calendar_opens_on_a_page(session: Session) -> None:
    opened = frozenset().union(*(spec.kinds for spec in page_specs(session)))
    assert set(event_kinds()) - opened == {OBLIGATION, STATUTORY}


def test_the_limit_of_a_case_stays_and_says_how_it_is_changed(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("立项") as action:
        action.remove(office.meeting)
        action.add(
            Case(
                matter="整改", source="领导批示", lead_units=(office.justice.id,), opened_on=date(2026, 9, 1),
                due_on=date(2026, 10, 14),
            )
        )  # fmt: skip
    drag(qtbot, page.month, cell(page.month, date(2026, 10, 21)))
    assert ledger.find(Case)[0].due_on == date(2026, 10, 14)
    assert page._note.isVisible() and "延期" in page._note.text.text()


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
    with answering(tmp_path / "十月.ics"):
        page.export()
    assert written == [tmp_path / "十月.ics"]
    assert "第三季度联席会议" in written[0].read_text("utf-8")


@pytest.fixture
def duty(ledger: Ledger, office: SmallOffice) -> Clause:
    """A clause whose limit is on 20 October."""
    with ledger.action("登记") as action:
        return action.add(
            Clause(
                name="报送进展", body=office.body.id, owed_by="每个成员单位", answered_by="报送",
                submission_item="其他", deadline="10-20",
            )
        )  # fmt: skip


def titles(page: CalendarPage) -> list[str]:
    return [event.title for event in page.content.events]


def test_limits_of_clauses_follow_and_are_exported_with_the_rest(
    qtbot: QtBot, page: CalendarPage, duty: Clause, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: "报送进展（0 / 2）" in titles(page))
    with answering(tmp_path / "十月.ics"):
        page.export()
    assert len(icalendar.Calendar.from_ical((tmp_path / "十月.ics").read_bytes()).walk("VEVENT")) == 2


def test_a_kind_can_be_hidden_and_that_is_said_and_remembered(
    qtbot: QtBot, page: CalendarPage, duty: Clause, session: Session, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: len(page.content.events) == 2)
    assert not page._hidden.isVisible() and page.filter.text() == "全部类别"
    kinds = page.filter.kinds
    qtbot.mouseClick(page.filter, LEFT)
    (row,) = (at for at in range(kinds.list.count()) if kinds.list.item(at).text() == "会议　1")
    kinds.list.setCurrentRow(row)
    qtbot.keyClick(kinds.list, KEY.Key_Space)
    qtbot.keyClick(kinds.list, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not kinds.isVisible())
    assert QApplication.focusWidget() is page.filter
    assert titles(page) == ["报送进展（0 / 2）"]
    assert page._hidden.isVisible() and page._hidden.accessibleName() == "没有显示：会议，共 1 项"
    assert page.filter.accessibleName() == "隐藏 1 类"
    with answering(tmp_path / "历.ics"):
        page.export()
    assert "第三季度联席会议" not in (tmp_path / "历.ics").read_text("utf-8")
    again = CalendarPage(session)
    qtbot.addWidget(again)
    assert again.filter.hidden == {"meeting"}
    page.filter.restore()
    assert len(titles(page)) == 2 and not page._hidden.isVisible()


def test_the_list_of_kinds_closes_when_it_is_left_or_its_button_pressed_again(
    qtbot: QtBot, page: CalendarPage
) -> None:
    qtbot.mouseClick(page.filter, LEFT)
    assert page.filter.kinds.isVisible() and page.filter.kinds.list.hasFocus()
    page.month.setFocus()
    assert not page.filter.kinds.isVisible()
    for shown in (True, False):
        qtbot.mouseClick(page.filter, LEFT)
        assert page.filter.kinds.isVisible() == shown


def test_all_kinds_can_be_hidden_at_once(qtbot: QtBot, page: CalendarPage) -> None:
    qtbot.mouseClick(page.filter.kinds.none, LEFT)
    assert titles(page) == [] and page._hidden.accessibleName() == "没有显示：所有类别，共 1 项"
    qtbot.mouseClick(page.filter.kinds.all, LEFT)
    assert titles(page) == ["第三季度联席会议"]


def test_the_year_shows_every_day_and_lists_the_one_that_is_clicked(qtbot: QtBot, page: CalendarPage) -> None:
    page._choice.pick(YEAR)
    model = page.year.year
    days = [day for month in range(1, 13) for day in (date(2026, month, 1), date(2026, month, 28))]
    assert all(model.day_of(model.index_of(day)).on == day for day in days)
    assert (page._period.text(), len(page.content.days)) == ("2026年", 365)
    qtbot.mouseClick(page.year.viewport(), LEFT, pos=page.year.visualRect(model.index_of(days[0])).center())
    assert page.day == date(2026, 1, 1) and not page.events.model().rowCount()
    qtbot.mouseClick(page.year.viewport(), LEFT, pos=page.year.visualRect(model.index(0, 0)).center())
    qtbot.keyClick(page.year, KEY.Key_Home)
    assert page.day == days[0] and page.year.selectedIndexes() == [model.index_of(days[0])]
    page.go(date(2026, 10, 13))
    qtbot.waitUntil(lambda: page.events.model().rowCount() == 1)
    assert "第三季度联席会议" in page.year.tip_of(model.index_of(date(2026, 10, 13)))
    said = model.index_of(date(2026, 10, 1)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "10月1日 周四 八月廿一，休（国庆节）"


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (KEY.Key_Right, date(2026, 10, 14)),
        (KEY.Key_Down, date(2026, 10, 20)),
        (KEY.Key_PageDown, date(2027, 10, 13)),
        (KEY.Key_PageUp, date(2025, 10, 13)),
        (KEY.Key_T, NOW.date()),
    ],
)
def test_keys_go_through_the_year(qtbot: QtBot, page: CalendarPage, key: Qt.Key, day: date) -> None:
    page._choice.pick(YEAR)
    page.year.setFocus()
    qtbot.keyClick(page.year, key)
    assert page.day == day


def test_arrows_cross_the_year(qtbot: QtBot, page: CalendarPage) -> None:
    page._choice.pick(YEAR)
    page.go(date(2026, 12, 31))
    qtbot.keyClick(page.year, KEY.Key_Right)
    assert (page.day, page._period.text()) == (date(2027, 1, 1), "2027年")


@pytest.mark.parametrize("by_key", [True, False])
def test_a_day_of_the_year_opens_its_month(qtbot: QtBot, page: CalendarPage, by_key: bool) -> None:
    page._choice.pick(YEAR)
    page.go(date(2026, 4, 9))
    if by_key:
        qtbot.keyClick(page.year, KEY.Key_Return)
    else:
        at = page.year.visualRect(page.year.year.index_of(date(2026, 4, 9))).center()
        qtbot.mouseDClick(page.year.viewport(), LEFT, pos=at)
    assert (page._choice.current(), page._period.text(), page.day) == (MONTH, "2026年4月", date(2026, 4, 9))


@pytest.mark.parametrize(("width", "across"), [(1190, 4), (860, 3)])
def test_a_narrow_year_has_fewer_months_across(
    qtbot: QtBot, page: CalendarPage, width: int, across: int
) -> None:
    page._choice.pick(YEAR)
    page.resize(width, 460)
    qtbot.waitUntil(lambda: page.year.year.across == across)
    assert page.year.current_day() == page.day


@pytest.mark.parametrize(
    ("view", "words", "report"),
    [
        (MONTH, "打印这一周", ("week", {"as_of": date(2026, 10, 13)})),
        (YEAR, "打印全年", ("year_wall", {"year": 2026, "hidden": "meeting,statutory"})),
    ],
)
def test_what_is_shown_is_printed(
    page: CalendarPage, session: Session, view: int, words: str, report: tuple[str, object]
) -> None:
    asked: list[tuple[str, object]] = []
    session.open_report.connect(lambda name, options: asked.append((name, options)))
    page._choice.pick(view)
    page.filter._hide({"statutory", "meeting"})
    assert page._print.text() == words
    page._print.click()
    assert asked == [report] and report[0] in REPORTS


def test_a_new_day_is_gone_to_and_its_week_is_printed(page: CalendarPage, session: Session) -> None:
    asked: list[object] = []
    session.open_report.connect(lambda _name, options: asked.append(options))
    page.refresh()
    assert page.day == date(2026, 10, 13)  # the day that was chosen today stays
    for now, coming in (
        (datetime(2026, 11, 3, 8), page.refresh),
        (datetime(2027, 1, 6, 8), lambda: activate(page)),
    ):
        with clock.held_at(now):
            coming()
            assert page.day == now.date()
            assert page._print.text() == "打印本周"
            page._print.click()
    assert asked == [{"as_of": date(2026, 11, 3)}, {"as_of": date(2027, 1, 6)}]


def activate(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.WindowActivate))


def test_the_week_says_what_does_not_fit(
    qtbot: QtBot, page: CalendarPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记") as action:
        for number in range(8):
            action.add(Preparation(meeting=office.meeting.id, item=f"事{number}", due_on=date(2026, 10, 14)))
    page._choice.pick(WEEK)
    assert [words for words, _place in page.week._more] == ["还有 4 项"]


def test_a_year_without_holidays_warns(page: CalendarPage) -> None:
    assert not page._warning.isVisible()
    page.go(date(2098, 5, 1))
    assert page._warning.isVisible() and "2098年" in page._warning.text.text()


@pytest.mark.parametrize("view", [MONTH, WEEK, AGENDA, YEAR])
def test_the_page_keeps_the_rules_of_pages(page: CalendarPage, view: int) -> None:
    page._choice.pick(view)
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 1366 - 176
