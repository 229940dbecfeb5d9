"""The frame: pages made when visited, ways to and back, keys, search, narrow windows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages, theme, work
from ui.bars import day_words
from ui.main_window import MainWindow
from ui.navigation import NavButton
from ui.page import Page, PageSpec
from ui.search_box import Hit
from ui.widgets.buttons import Button
from ui.widgets.card import EmptyPage, Icon
from ui.widgets.drop_list import DropList
from ui.widgets.layout import column
from ui.widgets.paint import Mark

KEYS = Qt.KeyboardModifier
HITS = [
    Hit("person", "人员", "p1", "罗屿", "县教育局 副局长", "users-round"),
    Hit("meeting", "会议", "m1", "罗湾现场会", "10月13日", "presentation"),
    Hit("person", "人员", "p2", "罗子衿", "县人大 副主任", "users-round"),
]
NAV = [
    ("workbench", "工作台", "layout-dashboard", "today", ()),
    ("calendar", "日历", "calendar-days", "today", ()),
    ("roster", "名册", "users-round", "records", ("person", "unit")),
    ("meetings", "会议", "presentation", "records", ("meeting",)),
    ("study", "学法", "graduation-cap", "records", ()),
    ("cases", "督办", "clipboard-check", "records", ()),
    ("tasks", "任务", "list-checks", "records", ()),
    ("submissions", "报送", "send", "records", ()),
    ("inspections", "督查考核", "search-check", "records", ()),
    ("ledgers", "台账", "book-open-text", "records", ()),
    ("reports", "报表", "file-chart-column", "papers", ()),
    ("settings", "设置", "settings", "settings", ()),
]


class Sheet(Page):
    """A page with one field; it notes what the window asks of it."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.calls: list[str] = []
        self.stays = False
        self.field = QLineEdit()
        self.field.setAccessibleName("姓名")
        self.action = Button(f"新增{title}", icon="plus")
        self.setLayout(column(self.field, EmptyPage("folder", f"还没有{title}", "登记后会出现在这里。")))

    def actions_shown(self) -> Sequence[QWidget]:
        return (self.action,)

    def refresh(self) -> None:
        self.calls.append("refresh")

    def show_home(self) -> None:
        self.calls.append("home")

    def show_record(self, kind_id: str, record_id: str) -> None:
        self.calls.append(f"{kind_id} {record_id}")

    def can_leave(self) -> bool:
        return not self.stays


@pytest.fixture
def made() -> list[str]:
    """The titles of the pages made, in order."""
    return []


@pytest.fixture
def window(qtbot: QtBot, made: list[str]) -> Iterator[MainWindow]:
    def maker(title: str) -> Callable[[MainWindow], Page]:
        return lambda _window: made.append(title) or Sheet(title)  # type: ignore[func-returns-value]

    specs = [
        PageSpec(page_id, title, icon, maker(title), section, frozenset(kinds))  # type: ignore[arg-type]
        for page_id, title, icon, section, kinds in NAV
    ]
    frame = MainWindow(specs, lambda text: [hit for hit in HITS if text in hit.title], "澜溪县依法治县办")
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.open_page("workbench")
    yield frame
    for page_id, *_ in NAV:
        frame.page(page_id).stays = False
    frame.close()
    frame.deleteLater()


def sheet(window: MainWindow, page_id: str) -> Sheet:
    page = window.page(page_id)
    assert isinstance(page, Sheet)
    return page


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, held: KEYS = KEYS.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def drop(window: MainWindow) -> DropList:
    return next(child for child in window.findChildren(DropList) if child.isVisible())


def test_a_page_is_made_at_its_first_visit_and_kept(window: MainWindow, made: list[str]) -> None:
    assert made == ["工作台"]
    window.open_page("meetings")
    window.open_page("workbench")
    window.open_page("meetings")
    assert made == ["工作台", "会议"]
    assert sheet(window, "meetings").calls == ["home", "refresh"] * 2


def test_the_navigation_shows_registered_pages_only_and_by_name(window: MainWindow, qtbot: QtBot) -> None:
    names = [walk.spoken_name(button) for button in window.navigation.findChildren(NavButton)]
    assert names == [title for _, title, *_ in NAV]
    meetings = next(button for button in window.navigation._buttons.values() if button.text() == "会议")
    qtbot.mouseClick(meetings, Qt.MouseButton.LeftButton)
    assert window.place is not None
    assert (window.place.page_id, window.top.title.text()) == ("meetings", "会议")


def test_frame_and_page_have_names_and_plain_words(window: MainWindow) -> None:
    window.set_badge("cases", Mark.RED, 4)
    window.set_badge("no such page", Mark.RED, 4)
    window.set_due(5)
    window.status.saved(datetime(2026, 10, 15, 9, 42))
    assert walk.faults(window) == []
    assert walk.spoken_name(window.top.due) == "到期 5"


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (960, 500)])
@pytest.mark.parametrize("points", [10.5, 13.5])
def test_it_fits_small_screens(
    window: MainWindow, qapp: QApplication, tmp_path: Path, width: int, height: int, points: float
) -> None:
    theme.apply_theme(qapp, "light", points=points, cache=tmp_path)
    try:
        window.resize(width, height)
        window.set_due(12)
        window.status.deed("把「第三季度依法治县联席会议」移到回收站" * 3, lambda: None)
        window.status.set_facts(
            "D:\\法治台账\\" + "很长的文件夹\\" * 10, "备份 昨天 17:30 已核对", "内部资料 不得外传"
        )
        QApplication.processEvents()
        needed = window.centralWidget().minimumSizeHint()
        assert needed.width() <= width
        assert needed.height() <= height
        assert (window.width(), window.height()) == (width, height)
    finally:
        theme.apply_theme(qapp, "light", cache=tmp_path)


def test_a_narrow_window_keeps_icons_and_tells_the_words(window: MainWindow) -> None:
    window.resize(1366, 690)
    wide = (window.navigation.width(), window.top.search.width(), window.top.date.isVisible())
    window.resize(960, 500)
    QApplication.processEvents()
    narrow = (window.navigation.width(), window.top.search.width(), window.top.date.isVisible())
    assert (wide, narrow) == ((176, 296, True), (56, 200, False))
    button = next(iter(window.navigation._buttons.values()))
    assert (button.toolTip(), walk.spoken_name(button)) == ("工作台", "工作台")


def test_a_record_opens_on_the_page_of_its_kind_and_back_leads_where_one_was(window: MainWindow) -> None:
    window.open_record("meeting", "m1")
    window.open_record("person", "p1")
    assert window.top.back.isVisible()
    assert sheet(window, "roster").calls[0] == "person p1"
    window.go_back()
    assert sheet(window, "meetings").calls[-2:] == ["meeting m1", "refresh"]
    window.go_back()
    assert window.place is not None
    assert window.place.page_id == "workbench"
    assert not window.top.back.isVisible()
    assert not window.go_back()


def test_a_kind_without_a_page_is_an_error_not_a_dead_end(window: MainWindow) -> None:
    assert window.opens("unit")
    assert not window.opens("gallery")
    with pytest.raises(KeyError):
        window.open_record("gallery", "x")


def test_unsaved_work_keeps_the_page(window: MainWindow) -> None:
    window.open_page("roster")
    sheet(window, "roster").stays = True
    assert not window.open_page("meetings")
    assert not window.open_record("meeting", "m1")
    assert not window.close()
    assert window.isVisible()
    checked = [page_id for page_id, button in window.navigation._buttons.items() if button.isChecked()]
    assert checked == ["roster"]
    sheet(window, "roster").stays = False
    assert window.open_page("meetings")


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_1, "workbench"), (Qt.Key.Key_4, "meetings")])
def test_numbers_with_ctrl_open_pages(window: MainWindow, qtbot: QtBot, key: Qt.Key, page: str) -> None:
    window.open_page("study")
    press(qtbot, window, key, KEYS.ControlModifier)
    assert window.place is not None
    assert window.place.page_id == page


def test_keys_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.open_record("meeting", "m1")
    calls = sheet(window, "meetings").calls
    calls.clear()
    press(qtbot, window, Qt.Key.Key_F5)
    assert calls == ["refresh"]
    with qtbot.waitSignal(window.help_requested, check_params_cb=lambda page_id: page_id == "meetings"):
        press(qtbot, window, Qt.Key.Key_F1)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.place is not None
    assert window.place.page_id == "workbench"


def test_a_page_opens_with_the_keyboard_on_its_first_field_and_its_own_actions(window: MainWindow) -> None:
    window.open_page("roster")
    page = sheet(window, "roster")
    assert QApplication.focusWidget() is page.field
    assert page.action.isVisible()
    window.open_page("meetings")
    assert not page.action.isVisible()
    window.open_page("roster")
    assert page.action.isVisible()


def test_search_groups_hits_and_opens_them_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_K, KEYS.ControlModifier)
    assert QApplication.focusWidget() is window.top.search
    walk.commit(window.top.search, "罗")
    qtbot.waitUntil(lambda: any(child.isVisible() for child in window.findChildren(DropList)))
    rows = [drop(window)._items.item(row).text() for row in range(drop(window)._items.rowCount())]
    assert rows == ["人员", "罗屿，县教育局 副局长", "罗子衿，县人大 副主任", "会议", "罗湾现场会，10月13日"]
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Return)
    assert sheet(window, "meetings").calls[0] == "meeting m1"
    assert window.top.search.text() == ""


def test_search_says_when_nothing_is_found_and_esc_clears_it(window: MainWindow, qtbot: QtBot) -> None:
    window.open_record("person", "p1")
    window.top.search.setFocus()
    walk.commit(window.top.search, "没有这个人")
    press(qtbot, window, Qt.Key.Key_Return)
    assert drop(window)._empty.text() == "没有找到“没有这个人”"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.top.search.text() == ""
    assert not any(child.isVisible() for child in window.findChildren(DropList))
    assert window.place is not None
    assert window.place.record_id == "p1"


def test_half_composed_words_are_not_searched(window: MainWindow, qtbot: QtBot) -> None:
    window.top.search.setFocus()
    walk.compose(window.top.search, "luo")
    qtbot.wait(250)
    assert not any(child.isVisible() for child in window.findChildren(DropList))


def test_the_last_deed_can_be_taken_back_once(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[str] = []
    window.status.deed("登记会议「…」", lambda: undone.append("会议"))
    undo = next(button for button in window.status.findChildren(Button) if button.text() == "撤销")
    assert undo.isVisible()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == ["会议"]
    assert not undo.isVisible()


def test_the_date_follows_the_clock(window: MainWindow) -> None:
    with clock.held_at(datetime(2026, 10, 15, 9, 0)):
        window.refresh()
    assert window.top.date.text() == "10月15日 周四"
    assert day_words(date(2025, 1, 3), date(2026, 10, 15)) == "2025年1月3日 周五"


def test_work_under_way_is_asked_about_before_the_window_closes(window: MainWindow, qtbot: QtBot) -> None:
    go_on = threading.Event()
    work.run(window, "写出年度汇总", lambda _progress: go_on.wait(5), lambda _done: None)
    with answering("取消", "停下并关闭") as asked:
        assert not window.close()
        assert window.close()
    assert isinstance(asked[0], messages.Message)
    assert asked[0].points == ("写出年度汇总",)
    go_on.set()
    qtbot.waitUntil(lambda: not work.running())


def test_advice_stands_in_the_status_bar_without_a_tick(window: MainWindow) -> None:
    ticks = window.status.findChildren(Icon)
    window.status.say("已保存")
    assert any(tick.isVisible() for tick in ticks)
    window.status.note("没有找到中文输入法")
    assert not any(tick.isVisible() for tick in ticks)
