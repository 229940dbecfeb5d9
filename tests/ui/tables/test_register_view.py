"""A register as a clerk works it: new, edit, remove, undo, menu, day, narrow window."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from models.records.organisation import Appointment, Membership, Person, Unit
from models.store.ledger import Ledger
from models.store.reader import Filter
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages
from ui.dialogs.day import DayDialog
from ui.session import Session
from ui.tables.filter_bar import Condition
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar

Make = Callable[..., RegisterView]
KEYS = Qt.KeyboardModifier


@pytest.fixture
def register(qtbot: QtBot, ledger: Ledger, qapp: QApplication) -> Iterator[Make]:
    session = Session(ledger)

    def make(kind_id: str, width: int = 1366, **options: bool) -> RegisterView:
        made = RegisterView(session, kind_id, **options)
        qtbot.addWidget(made)
        made.resize(width, 640)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    yield make
    session.deleteLater()


def names(shown: RegisterView) -> list[str]:
    return [str(shown.table.model.index(row, 0).data()) for row in range(shown.table.model.rowCount())]


def put(shown: RegisterView, field: str, text: str) -> QLineEdit:
    assert shown.pane.form
    shown.pane.form.editor(field).put_typed(text)
    return cast(QLineEdit, shown.pane.form.editor(field))


def test_a_new_record_is_entered_and_stands_in_the_list(register: Make, ledger: Ledger, qtbot: QtBot) -> None:
    shown = register("unit")
    qtbot.keyClick(shown.table.view, Qt.Key.Key_N, KEYS.ControlModifier)
    field = put(shown, "name", "县司法局")
    qtbot.keyClick(field, Qt.Key.Key_S, KEYS.ControlModifier)
    assert names(shown) == ["县司法局"]
    assert shown.table.current_id() == ledger.find(Unit)[0].id
    assert shown._counted.text() == "1 家"


def test_a_row_opens_by_enter_and_is_changed(
    register: Make, office: SmallOffice, ledger: Ledger, qtbot: QtBot
) -> None:
    shown = register("unit")
    shown.table.select(office.education.id)
    qtbot.keyClick(shown.table.view, Qt.Key.Key_Return)
    put(shown, "name", "县教育和体育局")
    assert shown.pane.form and shown.pane.form.save()
    assert names(shown) == ["县司法局", "县教育和体育局"]
    assert shown.table.current_id() == office.education.id
    ledger.undo()
    assert names(shown) == ["县司法局", "县教育局"]


@pytest.mark.parametrize(("answer", "left"), [("移到回收站", 3), ("取消", 4)])
def test_del_removes_what_is_selected_after_asking(
    register: Make, office: SmallOffice, ledger: Ledger, qtbot: QtBot, answer: str, left: int
) -> None:
    shown = register("person")
    shown.table.view.setFocus()
    shown.table.select(office.staff.id)
    with answering(answer) as asked:
        qtbot.keyClick(shown.table.view, Qt.Key.Key_Delete)
    assert asked[0].title == "把人员「尹素」移到回收站？"
    assert "还有 1 条任职用到它" in cast(messages.Message, asked[0]).points
    assert len(names(shown)) == len(ledger.find(Person)) == left


def test_esc_closes_the_form_and_gives_the_list_the_keyboard(
    register: Make, office: SmallOffice, qtbot: QtBot
) -> None:
    shown = register("unit")
    shown.open_record(office.justice.id)
    assert shown.new_button.property("kind") == "plain"  # 保存 is the one that goes on
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert shown.new_button.property("kind") == "primary"
    assert shown.pane.isHidden()
    assert QApplication.focusWidget() is shown.table.view


def test_unsaved_work_keeps_another_row_from_opening(register: Make, office: SmallOffice) -> None:
    shown = register("unit")
    shown.open_record(office.justice.id)
    put(shown, "name", "县司法局改")
    with answering("继续编辑", "继续编辑"):
        shown.open_record(office.education.id)
        assert not shown.can_leave()
    assert shown.pane.form and shown.pane.form.record.id == office.justice.id


def test_parts_of_one_owner_are_listed_and_numbered(
    register: Make, office: SmallOffice, ledger: Ledger
) -> None:
    with ledger.action("登记") as action:
        health = action.add(Unit(name="县卫生健康局"))
    shown = register("membership")
    shown.set_fixed((Filter("body", "=", office.body.id),), {"body": office.body.id})
    assert "body" not in shown.table.model.columns
    shown.new_record()
    put(shown, "unit", "县卫生健康局")
    assert shown.pane.form and shown.pane.form.save()
    added = ledger.find(Membership, "unit = ?", (health.id,))[0]
    assert (added.body, added.position) == (office.body.id, 3)


def test_the_menu_keeps_and_opens_views(register: Make, office: SmallOffice, ledger: Ledger) -> None:
    shown = register("unit", exchange=False)
    shown.table.show_columns(("name", "level"))
    with answering("只看层级"):
        _choose(shown, "保存当前视图")
    _choose(shown, "恢复默认列")
    assert "position" in shown.table.model.columns
    _choose(shown, "打开视图", "只看层级")
    assert shown.table.model.columns == ("name", "level")
    _choose(shown, "删除视图", "只看层级")
    assert ledger.saved_views("unit") == {}


def _choose(shown: RegisterView, *path: str) -> None:
    menu = shown.menu()
    for step in path:
        action = next(action for action in menu.actions() if action.text() == step)
        menu = action.menu() or menu  # type: ignore[assignment]
    action.trigger()


def test_the_day_button_shows_who_was_in_force(
    register: Make, office: SmallOffice, ledger: Ledger, qtbot: QtBot
) -> None:
    shown = register("appointment")

    def answer() -> None:
        dialog = cast(DayDialog, QApplication.activeModalWidget())
        dialog._field.setText("2024-02-29")
        dialog._finish()

    QTimer.singleShot(0, answer)
    shown._as_of_button.click()
    assert shown._as_of_button.text() == "按 2024年2月29日"
    assert shown.table.query.as_of == date(2024, 2, 29)
    assert names(shown) == []
    assert len(ledger.find(Appointment)) == 4


def test_clearing_the_filter_clears_what_was_typed(register: Make, office: SmallOffice) -> None:
    shown = register("unit")
    shown.search.setText("查无此单位")
    shown.search.search_now()
    shown.filters.add(Condition(Filter("category", "=", "学校"), "单位类别 是 学校"))
    assert names(shown) == []
    shown.table.clear_filter()
    assert (shown.search.text(), shown.filters.filters()) == ("", ())
    assert names(shown) == ["县司法局", "县教育局"]


@pytest.mark.parametrize(("width", "beside"), [(1366, True), (960, False)])
def test_the_form_takes_the_place_of_the_list_where_it_is_narrow(
    register: Make, office: SmallOffice, width: int, beside: bool
) -> None:
    shown = register("unit", width)
    shown.open_record(office.justice.id)
    assert shown.table.isVisible() is beside
    assert shown.pane.form
    shown.pane.form.close_form()
    assert shown.table.isVisible()
    assert shown.table.current_id() == office.justice.id


def test_every_control_has_its_name(register: Make, office: SmallOffice) -> None:
    shown = register("unit")
    shown.open_record(office.justice.id)
    assert walk.faults(shown) == []


def test_a_form_goes_with_its_record_and_follows_it(
    register: Make, office: SmallOffice, ledger: Ledger
) -> None:
    shown = register("unit")
    with ledger.action("登记单位") as action:
        new = action.add(Unit(name="县审计局"))
    shown.open_record(office.education.id)
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(office.education, name="县教体局"))
    assert shown.pane.form and shown.pane.form.editor("name").typed() == "县教体局"
    ledger.undo()
    shown.open_record(new.id)
    ledger.undo()
    assert shown.pane.form is None and shown.pane.isHidden()


def test_the_note_of_a_kept_draft_goes_after_the_save(
    register: Make, office: SmallOffice, ledger: Ledger
) -> None:
    shown = register("unit")
    ledger.save_draft(f"unit:{office.justice.id}", "unit", office.justice.id, {"short_name": "司法"})
    shown.open_record(office.justice.id)
    (note,) = shown.pane.findChildren(NoticeBar)
    assert note.isVisible()
    assert shown.pane.form and shown.pane.form.save()
    assert note.isHidden()


@pytest.mark.parametrize("kind_id", ["submission", "dynamic"])
def test_what_comes_in_is_entered_with_today(register: Make, kind_id: str) -> None:
    shown = register(kind_id)
    shown.new_record()
    assert shown.pane.form and not shown.pane.form.dirty()
    assert shown.pane.form.editor("received_on").read() == clock.today()


@pytest.mark.parametrize(("width", "folded"), [(1366, 0), (598, 1), (440, 3)])
def test_tools_without_room_stand_in_the_menu(register: Make, width: int, folded: int, qtbot: QtBot) -> None:
    shown = register("unit")
    shown.add_tool(Button("打开档案", icon="folder"))
    shown.setFixedWidth(width)
    line = shown._tools
    qtbot.waitUntil(lambda: len(line.folded) == folded)
    QApplication.processEvents()
    tools = [tool for tool in line.findChildren(QWidget) if tool.parent() is line and tool.isVisible()]
    places = sorted((tool.geometry() for tool in tools), key=lambda place: place.left())
    assert all(before.right() < after.left() for before, after in pairwise(places))
    assert all(tool.width() >= tool.minimumSizeHint().width() for tool in tools)
    menu = shown.menu()
    assert [tool.accessibleName() for tool in line.folded] == [
        action.text() for action in menu.actions()[: len(line.folded)]
    ]
    menu.deleteLater()
