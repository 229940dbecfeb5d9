"""The workbench page over the small office: its lines open their records, the day can be chosen, counts follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import clock
from models.records.meeting import Resolution
from models.records.organisation import Body
from models.records.rules import Clause
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from ui.dialogs.preset import PresetDialog
from ui.dialogs.proofs import ProofsDialog
from ui.main_window import MainWindow
from ui.pages import workbench_rows as rows
from ui.pages.workbench import REGISTERED, WorkbenchPage
from ui.pages.workbench_rows import PROOF_COLUMN
from ui.session import Session
from ui.shell import make_window
from ui.tables.view import DataTable
from ui.widgets.buttons import Button

NOW = datetime(2026, 10, 22, 8, 0)
Make = Callable[[], WorkbenchPage]


@pytest.fixture
def make(qtbot: QtBot, session: Session) -> Make:
    """Return what makes the page, after the test has entered what it shows."""

    def made() -> WorkbenchPage:
        page = WorkbenchPage(session, ("calendar", "registers", "intake"))
        qtbot.addWidget(page)
        page.resize(1190, 690)
        with clock.held_at(NOW):
            page.refresh()
            with qtbot.waitExposed(page):
                page.show()
        return page

    return made


def texts(table: DataTable, column: int) -> list[str]:
    model = table.model()
    return [
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        if model.index(row, column).data()
    ]


def opened(session: Session) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: found.append((kind, record_id)))
    return found


def in_dialog(kind: type, deed: Callable[..., None]) -> None:
    """Do *deed* with the dialog of *kind* that opens next."""

    def find() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        deed(dialog)

    QTimer.singleShot(0, find)


def add_clause(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.add(
            Clause(
                name="每半年召开联席会议", body=office.body.id, answered_by="会议", meeting_category="联席会议", per="半年",
                valid_from=date(2026, 7, 1),
            )
        )  # fmt: skip
        action.change(dataclasses.replace(office.meeting, state="召开"))


def test_lines_open_their_records(qtbot: QtBot, make: Make, session: Session, office: SmallOffice) -> None:
    page, found = make(), opened(session)
    assert texts(page.todos, 0) == ["逾期 1", "逾期 9 天"]
    page.todos.setFocus()
    qtbot.keyClick(page.todos, Qt.Key.Key_Return)
    assert found == [("meeting", office.meeting.id)]


def test_the_sentence_counts(make: Make, office: SmallOffice) -> None:
    page = make()
    assert page._sentence.text() == "你有 1 件逾期。"
    with clock.held_at(NOW):
        page.look_at(date(2026, 10, 13))
    assert page._sentence.text() == "按 10月13日 周二 看，有 1 件今天到期。"
    with clock.held_at(NOW):
        page.look_at(date(2026, 9, 1))
    assert page._sentence.text() == "按 9月1日 周二 看，7 天内没有要办的事。"


def test_proofs_open_from_their_count(
    qtbot: QtBot, make: Make, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    add_clause(ledger, office)
    page, found = make(), opened(session)
    assert texts(page.rules, PROOF_COLUMN) == ["1 件"]
    in_dialog(ProofsDialog, lambda dialog: qtbot.keyClick(dialog.table, Qt.Key.Key_Return))
    place = page.rules.visualRect(page.rules.model().index(0, PROOF_COLUMN))
    qtbot.mouseClick(page.rules.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert found == [("meeting", office.meeting.id)]


def test_a_change_is_shown_at_once(make: Make, ledger: Ledger, office: SmallOffice) -> None:
    page = make()
    with clock.held_at(NOW):
        add_clause(ledger, office)
    assert texts(page.rules, 0) == ["每半年召开联席会议"]
    assert texts(page.todos, 1) == ["起草“第三季度联席会议”的纪要"]


def test_registering_asks_for_an_empty_form(make: Make, session: Session, office: SmallOffice) -> None:
    asked: list[str] = []
    session.new_record.connect(lambda kind, _values: asked.append(kind))
    for action in make().register_menu().actions():
        action.trigger()
    assert asked == list(REGISTERED)


def test_an_empty_ledger_says_where_to_begin(qtbot: QtBot, make: Make, ledger: Ledger) -> None:
    page = make()
    buttons = [button for button in page.findChildren(Button) if button.isVisible()]
    assert [button.accessibleName() for button in buttons] == ["套用机构方案", "从文件识别", "登记第一家单位"]
    assert walk.faults(page) == []

    def apply(dialog: PresetDialog) -> None:
        dialog.area.setText("澜溪")
        dialog.finish()
        assert dialog.isVisible() and not ledger.find(Body)
        dialog.area.setText("澜溪县")
        dialog.finish()

    in_dialog(PresetDialog, apply)
    buttons[0].click()
    assert ledger.find(Body) and page._stack.currentIndex() == 0


def test_the_page_keeps_the_rules_of_pages(make: Make, ledger: Ledger, office: SmallOffice) -> None:
    add_clause(ledger, office)
    page = make()
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 904 and page.minimumSizeHint().height() <= 400


def test_the_window_counts_what_is_due(
    qtbot: QtBot, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    with clock.held_at(NOW):
        window: MainWindow = make_window(session)
        qtbot.addWidget(window)
        qtbot.waitUntil(lambda: window.top.due.accessibleName() == "到期 1", timeout=3000)
        with ledger.action("取消") as action:
            action.change(dataclasses.replace(office.meeting, state="取消", cancelled_on=date(2026, 10, 12)))
        qtbot.waitUntil(lambda: window.top.due.accessibleName() == "到期", timeout=3000)
        window.top.due.click()
    assert window.place is not None and window.place.page_id == "workbench"


def test_a_date_of_another_year_is_read_in_full(make: Make, ledger: Ledger, office: SmallOffice) -> None:
    held = dataclasses.replace(office.meeting, id="", starts_at=datetime(2025, 11, 20, 9, 0), state="召开")
    with ledger.action("登记") as action:
        action.add(
            Resolution(
                meeting=action.add(held).id, content="整治执法乱象", lead_units=(office.justice.id,),
                due_on=date(2025, 12, 10),
            )
        )  # fmt: skip
    todos = make().todos
    due = rows.TODO_HEADERS.index("期限")
    assert "2025年12月10日" in texts(todos, due)
    assert [todos.columnWidth(place) - todos.sizeHintForColumn(place) for place in (2, 3, due)] == [0, 0, 0]
    assert todos.horizontalHeader().length() <= todos.viewport().width()
