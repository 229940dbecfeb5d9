"""The list of any kind, on a real ledger: what it shows, finds, sorts, copies and remembers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import clock
from models.records.meeting import AgendaItem, Meeting
from models.records.organisation import Appointment, Unit
from models.store.ledger import Ledger
from models.store.reader import Filter
from tests.fixtures import SmallOffice
from ui import look
from ui.session import Session
from ui.tables.cells import CELL_ROLE
from ui.tables.columns_dialog import ColumnsDialog
from ui.tables.layout import Layout, default_layout, from_text, to_text
from ui.tables.record_model import CHUNK, RecordModel
from ui.tables.record_table import RecordTable
from ui.widgets.paint import Mark

Make = Callable[[str], RecordTable]
HORIZONTAL, RIGHT = Qt.Orientation.Horizontal, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MANY = 2 * CHUNK + 50


@pytest.fixture
def table(qtbot: QtBot, ledger: Ledger, qapp: QApplication) -> Iterator[Make]:
    session = Session(ledger)

    def make(kind_id: str) -> RecordTable:
        made = RecordTable(session, kind_id)
        qtbot.addWidget(made)
        made.resize(900, 500)
        with qtbot.waitExposed(made):
            made.show()
        return made

    yield make
    session.deleteLater()


@pytest.fixture
def many(ledger: Ledger) -> list[str]:
    """More units than two chunks, in order; returns their ids."""
    with ledger.action("登记单位") as action:
        return [action.add(Unit(name=f"第{place}单位", position=place)).id for place in range(MANY)]


def column(shown: RecordTable, name: str) -> list[str]:
    place = shown.model.columns.index(name)
    return [str(shown.model.index(row, place).data()) for row in range(shown.model.rowCount())]


def test_chunks_arrive_when_they_are_looked_at(table: Make, many: list[str], qtbot: QtBot) -> None:
    shown = table("unit")
    qtbot.waitUntil(lambda: shown.model.rowCount() == MANY)
    assert shown.model.record_id(MANY - 1) == ""
    qtbot.waitUntil(lambda: shown.model.record_id(MANY - 1) == many[-1])
    shown.view.scrollToBottom()
    assert column(shown, "name")[-1] == f"第{MANY - 1}单位"


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_the_rules_of_item_models(ledger: Ledger, office: SmallOffice) -> None:
    model = RecordModel(Unit.KIND, ("name", "category"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(CHUNK, [(str(row), f"第{row}单位", "政府") for row in range(CHUNK)])
    model.set_count(CHUNK + 1)
    model.put_chunk(1, [("last", "最后", "")])
    assert model.record_id(CHUNK) == "last"
    model.set_columns(("category",))
    assert model.rowCount() == 0


def test_a_record_far_down_stays_current_when_the_list_is_read_again(
    table: Make, many: list[str], ledger: Ledger, qtbot: QtBot
) -> None:
    shown = table("unit")
    qtbot.waitUntil(lambda: shown.model.rowCount() == MANY)
    shown._load_chunk(2)
    assert shown.select(many[-1])
    height = shown.view.verticalScrollBar().value()
    with ledger.action("改名") as action:
        unit = ledger.get(Unit, many[-1])
        assert unit
        action.change(dataclasses.replace(unit, short_name="末"))
    shown.reload()
    assert shown.current_id() == many[-1]
    assert shown.view.verticalScrollBar().value() == height > 0


def test_the_selection_is_copied_as_text(table: Make, office: SmallOffice, qtbot: QtBot) -> None:
    shown = table("unit")
    shown.show_columns(("name", "category", "level"))
    shown.view.selectAll()
    qtbot.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "单位名称\t单位类别\t层级",
        "县司法局\t政府\t",
        "县教育局\t政府\t",
    ]


def test_a_click_on_a_heading_sorts_and_shows_it(table: Make, office: SmallOffice, qtbot: QtBot) -> None:
    shown = table("appointment")
    header = shown.view.horizontalHeader()
    place = shown.model.columns.index("unit")
    heading = QPoint(header.sectionViewportPosition(place) + 20, 10)
    for names in (["县司法局"] * 3 + ["县教育局"], ["县教育局"] + ["县司法局"] * 3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=heading)
        assert column(shown, "unit") == names
        assert header.sortIndicatorSection() == place
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert shown.layout_now.sort == ""


def test_search_filters_and_date_narrow_the_list(table: Make, office: SmallOffice, ledger: Ledger) -> None:
    shown = table("appointment")
    counts: list[int] = []
    shown.counted.connect(counts.append)
    shown.search("gsy")
    assert column(shown, "person") == ["高书瑶"]
    shown.search("")
    shown.set_filters([Filter("unit", "=", office.education.id)])
    assert column(shown, "person") == ["罗屿"]
    shown.set_filters([])
    shown.set_as_of(date(2024, 2, 29))
    assert counts == [1, 4, 1, 4, 0]


def test_an_empty_answer_says_so_and_offers_to_clear(table: Make, office: SmallOffice, qtbot: QtBot) -> None:
    shown = table("person")
    shown.search("查无此人")
    assert shown.view._empty.text.text() == "没有符合条件的人员"
    assert shown.view._empty.button.isVisible()
    with qtbot.waitSignal(shown.filter_cleared):
        qtbot.mouseClick(shown.view._empty.button, Qt.MouseButton.LeftButton)
    assert shown.model.rowCount() == 4
    assert not shown.view._empty.isVisible()


def test_columns_widths_and_order_are_kept_in_a_view(table: Make, office: SmallOffice) -> None:
    shown = table("appointment")
    shown.show_columns(("person", "title", "unit"))
    header = shown.view.horizontalHeader()
    header.moveSection(2, 0)
    header.resizeSection(0, 222)
    kept = to_text(shown.layout_as_shown())
    shown.reset_layout()
    assert shown.layout_now == default_layout(Appointment.KIND)
    assert shown.layout_as_shown() == default_layout(Appointment.KIND)
    shown.set_layout(from_text(Appointment.KIND, kept))
    assert shown.model.columns == ("unit", "person", "title")
    assert header.sectionSize(1) == 222


def test_the_spare_room_is_shared_by_all_columns_that_name_records(table: Make, office: SmallOffice) -> None:
    shown = table("appointment")
    shown.show_columns(("person", "title", "unit", "post"))
    header, own = shown.view.horizontalHeader(), shown.layout_now.widths
    person, title, unit = (header.sectionSize(place) - look.px(own[place]) for place in range(3))
    assert (title, 0 < person <= unit <= person + 1) == (0, True)


def test_a_list_of_nothing_but_who_entered_it_is_shown(table: Make, office: SmallOffice) -> None:
    shown = table("unit")
    shown.show_columns(("entered_by",))
    assert column(shown, "entered_by") == ["苏映川", "苏映川"]


def test_a_kept_view_survives_columns_that_are_gone() -> None:
    stored = '{"columns": ["name", "gone"], "widths": [200, 90], "sort": "-gone"}'
    assert from_text(Unit.KIND, stored) == Layout(("name",), (200,), "")
    assert from_text(Unit.KIND, '{"columns": [], "widths": []}') == default_layout(Unit.KIND)


def test_the_column_chooser_ticks_orders_and_resets(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = ColumnsDialog(None, Unit.KIND, ("category", "name"))
    qtbot.addWidget(dialog)
    dialog._move(1)
    item = dialog._list.item(2)
    item.setCheckState(Qt.CheckState.Checked)
    added = item.data(Qt.ItemDataRole.UserRole)
    dialog._finish()
    assert dialog.names == ("name", "category", added)
    dialog._fill(default_layout(Unit.KIND).columns)
    dialog._finish()
    assert dialog.names == default_layout(Unit.KIND).columns


def test_the_words_that_name_a_row_get_the_spare_room(table: Make, office: SmallOffice) -> None:
    shown = table("agenda_item")
    shown.show_columns(("position", "subject", "reporter"))
    header = shown.view.horizontalHeader()
    assert [header.sectionSize(place) > look.px(width) for place, width in ((0, 84), (1, 140))] == [
        False,
        True,
    ]
    align = Qt.ItemDataRole.TextAlignmentRole
    model = RecordModel(AgendaItem.KIND, ("position", "subject"))
    model.set_rows(1, [("one", 1, "听取汇报")])
    sides = [
        (model.headerData(place, HORIZONTAL, align), model.index(0, place).data(align)) for place in (0, 1)
    ]
    assert sides == [(RIGHT, RIGHT), (None, None)]


def test_the_progress_of_a_meeting_has_a_light_and_this_year_goes_without_saying() -> None:
    model = RecordModel(Meeting.KIND, ("state", "starts_at"))
    model.set_rows(2, [("a", "通知", "2026-03-05T09:00:00"), ("b", "延期", "2025-12-05T09:00:00")])
    with clock.held_at(datetime(2026, 11, 21)):
        marks = [model.index(row, 0).data(CELL_ROLE).mark for row in (0, 1)]
        days = [model.index(row, 1).data() for row in (0, 1)]
    assert (marks, days) == ([Mark.GREEN, Mark.AMBER], ["3月5日 09:00", "2025年12月5日 09:00"])
    assert model.words(0, 1) == "2026年3月5日 09:00"


def test_a_closed_ledger_is_not_asked(qtbot: QtBot, ledger: Ledger, many: list[str], table: Make) -> None:
    shown = table("unit")
    qtbot.waitUntil(lambda: shown.model.rowCount() == MANY)
    assert shown.model.record_id(CHUNK) == ""  # its chunk is wanted a turn later
    shown.search("单位")  # counted a turn later
    with qtbot.assertNotEmitted(shown.counted, wait=50):
        shown._session.close()
        ledger.close()
