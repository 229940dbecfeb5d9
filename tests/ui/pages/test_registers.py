"""台账: the registers at the left, the chosen one beside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.records.base import kind_of
from models.records.rules import DocumentNumber
from models.store.ledger import Ledger
from tests.ui import walk
from tests.ui.answers import answering
from ui.pages.compliance import ComplianceView
from ui.pages.registers import RegistersPage
from ui.session import Session
from ui.tables.register_view import RegisterView

KINDS = ("clause", "submission", "document_number")


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> RegistersPage:
    made = RegistersPage(session, tuple(map(kind_of, KINDS)))
    qtbot.addWidget(made)
    made.resize(900, 420)
    with qtbot.waitExposed(made):
        made.show()
    return made


def register(page: RegistersPage, kind_id: str) -> RegisterView:
    view = page._views[kind_id]
    assert isinstance(view, RegisterView)
    return view


def test_how_clauses_are_kept_is_open_and_registers_are_made_when_chosen(page: RegistersPage) -> None:
    labels = ["制度执行", *(kind_of(kind).label for kind in KINDS)]
    assert [page._list.item(place).text() for place in range(4)] == labels
    assert list(page._views) == ["obligation"]
    page._list.setCurrentRow(3)
    assert page._stack.currentWidget() is page._views["document_number"]
    assert page.first_focus() is page._views["document_number"].table.view


def test_a_record_opens_in_its_register(page: RegistersPage, ledger: Ledger) -> None:
    with ledger.action("编号") as action:
        number = action.add(DocumentNumber(code="澜法办", year=2026, serial=7, subject="会议纪要"))
    page.show_record("document_number", number.id)
    form = register(page, "document_number").pane.form
    assert form and form.record == ledger.get(DocumentNumber, number.id)


def test_another_register_is_shown_after_unsaved_work_was_asked_about(
    page: RegistersPage, qtbot: QtBot
) -> None:
    page.new_record("clause", {})
    form = register(page, "clause").pane.form
    assert form
    form.editor("name").put_typed("每半年一次")

    def click(place: int) -> None:
        line = page._list.visualItemRect(page._list.item(place))
        qtbot.mouseClick(page._list.viewport(), Qt.MouseButton.LeftButton, pos=line.center())

    with answering("继续编辑"):
        click(0)
    assert form.isVisible()
    qtbot.waitUntil(lambda: [item.text() for item in page._list.selectedItems()] == ["制度条款"])
    with answering("不保存"):
        click(0)
    assert isinstance(page._stack.currentWidget(), ComplianceView)


def test_an_empty_register_says_so_and_controls_have_names(page: RegistersPage) -> None:
    page._list.setCurrentRow(1)
    empty = register(page, "clause").table.view._empty
    assert empty.isVisible()
    assert empty.text.text() == "还没有制度条款\n按“新增制度条款”登记，或在“更多”里从 Excel 导入"
    assert walk.faults(page) == []
