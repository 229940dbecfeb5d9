"""名册: the tree of bodies and units, one body on a day, its seats in the form."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from models.records.organisation import Appointment, Body, Seat, Unit
from models.store.ledger import Ledger
from models.summaries.organisation import Place
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui.pages.roster import RosterPage
from ui.session import Session
from ui.tables.cell_model import CellModel
from ui.tables.register_view import RegisterView

BEFORE, TODAY = date(2024, 2, 29), datetime(2026, 11, 21, 9, 0)


@pytest.fixture
def page(qtbot: QtBot, office: SmallOffice, session: Session) -> Iterator[RosterPage]:
    made = RosterPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    with clock.held_at(TODAY):
        made.refresh()
        yield made


def tree(page: RosterPage) -> list[str]:
    """The tree as indented lines."""

    def lines(parent: QModelIndex, depth: int) -> Iterator[str]:
        for place in range(page._model.rowCount(parent)):
            index = page._model.index(place, 0, parent)
            yield " " * depth + str(index.data())
            yield from lines(index, depth + 1)

    return list(lines(QModelIndex(), 0))


def people(page: RosterPage) -> list[tuple[str, str]]:
    return [(row.cells[0].text, row.cells[-1].text) for row in page._body_view._people.rows]  # type: ignore[union-attr]


def remove_teacher(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.teacher.id,))[0]
    with ledger.action("免职") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 5, 31)))


def test_the_tree_shows_bodies_units_and_registers(page: RosterPage) -> None:
    assert tree(page)[:5] == ["机构  1", " 澜溪县依法行政协调小组", "政府  2", " 县司法局", " 县教育局"]
    assert " 全部人员" in tree(page)
    assert page._body_view._title.text() == "澜溪县依法行政协调小组"


def test_a_body_shows_who_makes_it_up(page: RosterPage) -> None:
    assert people(page) == [("陆怀谦", "缺电话"), ("高书瑶", "缺电话"), ("罗屿", "缺电话")]
    assert page._body_view._counts.text() == "3 人 · 2 家单位"


def test_a_vacancy_is_shown_with_its_beginning(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    remove_teacher(ledger, office)
    assert people(page)[-1] == ("（空缺）", "空缺，6月1日起")
    assert page._body_view._counts.text() == "2 人 · 2 家单位 · 1 处空缺"


def test_another_day_shows_who_it_was_then(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    remove_teacher(ledger, office)
    page.day.chosen = date(2026, 5, 31)
    page.refresh()
    assert people(page)[-1] == ("罗屿", "缺电话")
    page.day.chosen = BEFORE
    page.refresh()
    assert [name for name, _ in people(page)] == ["（空缺）"] * 3


def test_the_tree_is_searched_and_keeps_its_place(page: RosterPage, office: SmallOffice) -> None:
    page._search.setText("教育")
    page._search.search_now()
    assert tree(page) == ["机构  0", "政府  1", " 县教育局"]
    page._search.clear()
    page._search.search_now()
    page.show_record("unit", office.education.id)
    page.refresh()
    assert page._tree.currentIndex().data() == "县教育局"


def test_searching_switches_nothing_until_something_is_chosen(page: RosterPage) -> None:
    page._search.setText("教育")
    page._search.search_now()
    assert page._stack.currentWidget() is page._body_view
    assert not page._tree.currentIndex().isValid()
    unit = page._model.index(0, 0, page._model.index(1, 0))
    page._tree.setCurrentIndex(unit)
    assert page._stack.currentWidget() is page._unit_view


def test_a_save_leaves_folders_and_place_as_they_are(
    page: RosterPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("单位") as action:
        for number in range(40):
            action.add(Unit(name=f"第{number}小学", category="学校"))
    page._tree.collapse(page._model.index(0, 0))
    page._tree.expand(page._model.index(2, 0))
    bar = page._tree.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(office.justice, short_name="司法局"))
    assert "司法局" in [line.strip() for line in tree(page)]
    assert (bar.value(), place > 0) == (place, True)
    opened = [page._tree.isExpanded(page._model.index(folder, 0)) for folder in range(3)]
    assert opened == [False, False, True]


def test_units_without_a_place_stand_by_pinyin(page: RosterPage, ledger: Ledger) -> None:
    with ledger.action("单位") as action:
        for name, position in (("县医保局", None), ("县水利局", None), ("县残联", None), ("县总工会", 1)):
            action.add(Unit(name=name, category="群团", position=position))
    lines = tree(page)
    start = lines.index("群团  4")
    assert lines[start + 1 : start + 5] == [" 县总工会", " 县残联", " 县水利局", " 县医保局"]


def test_a_unit_shows_who_works_there(page: RosterPage, office: SmallOffice) -> None:
    page.show_record("unit", office.justice.id)
    shown = cast(RegisterView, page._stack.currentWidget())
    assert shown.kind.id == "appointment"
    assert shown.table.model.rowCount() == 3


@pytest.mark.parametrize("kind_id", ["person", "appointment", "seat", "membership"])
def test_a_record_of_any_kind_opens_in_its_register(
    page: RosterPage, ledger: Ledger, office: SmallOffice, kind_id: str
) -> None:
    from models.records.base import kind_of

    record = ledger.find(kind_of(kind_id).record)[-1]
    page.show_record(kind_id, record.id)
    shown = cast(RegisterView, page._stack.currentWidget())
    assert (shown.kind.id, shown.table.current_id()) == (kind_id, record.id)
    assert shown.pane.form and shown.pane.form.record == record


def test_a_seat_is_opened_by_enter_and_changed(page: RosterPage, ledger: Ledger, qtbot: QtBot) -> None:
    table = page._body_view._table
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    form = page._body_view._seat_pane.form
    assert form
    form.editor("role").put_typed("副主任")
    assert form.save()
    assert [seat.role for seat in ledger.find(Seat, order="position")] == ["副主任", "成员", "成员"]
    assert page._body_view._people.rows[0].cells[3].text == "副主任"  # type: ignore[union-attr]


def test_a_new_seat_belongs_to_the_body(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    page._body_view._open_seat(None)
    form = page._body_view._seat_pane.form
    assert form
    form.editor("role").put_typed("联络员")
    cast(QLineEdit, form.editor("person")).setText("尹素")
    assert form.save()
    assert [seat.body for seat in ledger.find(Seat, "role = '联络员'")] == [office.body.id]
    assert ("尹素", "缺电话") in people(page)


def test_unsaved_work_on_a_seat_keeps_the_page(page: RosterPage) -> None:
    page._body_view._open_seat(None)
    form = page._body_view._seat_pane.form
    assert form
    form.editor("role").put_typed("联络员")
    with answering("继续编辑"):
        assert not page.can_leave()
    form.give_up()


def test_a_body_is_printed_as_of_the_day_that_is_shown(
    page: RosterPage, office: SmallOffice, qtbot: QtBot
) -> None:
    page.day.chosen = BEFORE
    page.refresh()
    with qtbot.waitSignal(page._session.open_report) as asked:
        page._body_view._print()
    assert asked.args == ["roster", {"body_id": office.body.id, "as_of": BEFORE}]


def test_units_that_are_gone_stay_in_reach(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("撤并") as action:
        action.add(Unit(name="县文化局", category="政府", valid_until=BEFORE, successor=office.education.id))
    assert tree(page)[5:7] == ["已撤并单位  1", " 县文化局"]


def test_a_vacant_seat_is_filled_from_where_it_shows(
    page: RosterPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    remove_teacher(ledger, office)
    table = page._body_view._table
    table.setCurrentIndex(table.model().index(2, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    form = page._body_view._post_pane.form
    assert form
    assert (form.editor("unit").read(), form.editor("post").read()) == (office.education.id, "分管负责人")
    cast(QLineEdit, form.editor("person")).setText("尹素")
    form.editor("title").put_typed("副局长")
    assert form.save()
    assert people(page)[-1] == ("尹素", "缺电话")


def test_a_row_offers_what_can_be_done_with_it(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    remove_teacher(ledger, office)
    held, empty = page._body_view._people.rows[0].subject, page._body_view._people.rows[2].subject
    for place, may_fill in ((held, False), (empty, True)):
        offered = page._body_view.menu(cast(Place, place)).actions()
        assert [action.text() for action in offered] == ["补报任职", "修改席位", "移出"]
        assert offered[0].isEnabled() is may_fill


def test_who_is_moved_out_stays_on_the_lists_before(page: RosterPage, ledger: Ledger) -> None:
    place = cast(Place, page._body_view._people.rows[0].subject)
    with answering("移出"):
        page._body_view.menu(place).actions()[2].trigger()
    assert [name for name, _ in people(page)] == ["高书瑶", "罗屿"]
    page.day.chosen = date(2026, 11, 20)
    page.refresh()
    assert [name for name, _ in people(page)] == ["陆怀谦", "高书瑶", "罗屿"]


def test_ctrl_n_opens_a_new_seat(page: RosterPage, qtbot: QtBot) -> None:
    page._body_view._table.setFocus()
    qtbot.keyClick(page._body_view._table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page._body_view._seat_pane.form
    assert form and not form.record.id
    form.close_form()
    page._tree.setFocus()
    qtbot.keyClick(page._tree, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page._body_view._seat_pane.form


def test_phones_are_shown_in_full(page: RosterPage, ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("电话") as action:
        action.change(dataclasses.replace(office.head, phone="13600002071"))
    page.refresh()
    assert page._body_view._people.rows[0].cells[4].text == "13600002071"  # type: ignore[union-attr]


@pytest.mark.usefixtures("qapp")
def test_the_model_of_short_lists_keeps_the_rules() -> None:
    model = CellModel(("姓名", "状态"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows([])


def test_an_empty_ledger_says_what_to_do(qtbot: QtBot, ledger: Ledger, session: Session) -> None:
    page = RosterPage(session)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.show_home()
    assert ledger.find(Body) == []
    shown = cast(RegisterView, page._stack.currentWidget())
    assert shown.table.view._empty.isVisible()


def test_every_control_has_its_name_and_fits(page: RosterPage) -> None:
    page._body_view._open_seat(None)
    assert walk.faults(page) == []
    hint = cast(QWidget, page).minimumSizeHint()
    assert hint.width() <= 1366 - 176 and hint.height() <= 690 - 74


def test_the_tree_goes_back_to_the_form_that_is_not_saved(
    page: RosterPage, office: SmallOffice, qtbot: QtBot
) -> None:
    page.show_record("unit", office.justice.id)
    page._unit_view.new_record()
    form = page._unit_view.pane.form
    assert form is not None
    form.editor("post").put_typed("副局长")
    with answering("继续编辑"):
        page._select(("unit", office.education.id))
    qtbot.waitUntil(lambda: page._tree.currentIndex().data() == "县司法局")
    assert form.isVisible()
    with answering("不保存"):
        page._select(("unit", office.education.id))
    assert page._unit_view.pane.form is None
