"""The workbench page over the small office: its lines open their records, the day can be chosen, counts follow."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models import clock
from models.deeds.presence import come_in
from models.records.meeting import Resolution
from models.records.organisation import Body
from models.records.rules import Clause
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.desk import Line
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import in_dialog
from ui.dialogs.obligation import ObligationDialog
from ui.dialogs.preset import PresetDialog
from ui.dialogs.records import RecordsDialog
from ui.main_window import MainWindow
from ui.navigation import NavButton
from ui.pages import workbench_rows as rows
from ui.pages.workbench import REGISTERED, WorkbenchPage
from ui.pages.workbench_rows import PROOF_COLUMN
from ui.session import Session
from ui.shell import make_window
from ui.tables.cell_model import CellModel
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
    assert page._sentence.text == "您有 1 件逾期。"
    with clock.held_at(NOW):
        page.look_at(date(2026, 10, 13))
    assert page._sentence.text == "按 10月13日 周二 看，有 1 件今天到期。"
    with clock.held_at(NOW):
        page.look_at(date(2026, 9, 1))
    assert page._sentence.text == "按 9月1日 周二 看，7 天内没有要办的事。"


def test_proofs_open_from_their_count(
    qtbot: QtBot, make: Make, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    add_clause(ledger, office)
    page, found = make(), opened(session)
    assert texts(page.rules, PROOF_COLUMN) == ["1 件"]
    in_dialog(RecordsDialog, lambda dialog: qtbot.keyClick(dialog.table, Qt.Key.Key_Return))
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


def late_case(ledger: Ledger, office: SmallOffice, matter: str = "公布清单") -> Case:
    with ledger.action("立项") as action:
        return action.add(
            Case(
                matter=matter, source="领导批示", lead_units=(office.education.id,), opened_on=date(2026, 9, 1),
                due_on=date(2026, 10, 20),
            )
        )  # fmt: skip


def press(qtbot: QtBot, table: DataTable, row: int, column: int) -> None:
    """Click a cell as a clerk does."""
    place = table.visualRect(table.model().index(row, column))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place.center())


def records_of(dialog: RecordsDialog) -> list[tuple[str, str]]:
    model = dialog.table.model()
    assert isinstance(model, CellModel)
    return [(row.kind, row.record_id) for row in model.rows]


def test_a_light_opens_exactly_its_records(
    qtbot: QtBot, make: Make, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    cases = [late_case(ledger, office, matter) for matter in ("清单", "名单")]
    page, found = make(), opened(session)
    line = list(Line).index(Line.CASES)
    assert [page.lights.model().index(line, column).data() for column in range(4)] == [
        "督办",
        "逾期 2",
        "—",
        "—",
    ]
    listed: list[tuple[str, str]] = []

    def read(dialog: RecordsDialog) -> None:
        listed.extend(records_of(dialog))
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    in_dialog(RecordsDialog, read)
    press(qtbot, page.lights, line, 1)
    assert sorted(listed) == sorted(("case", case.id) for case in cases)
    assert len(found) == 1 and found[0] in listed
    press(qtbot, page.lights, line, 2)  # nothing near its limit: nothing opens
    assert len(found) == 1


def test_a_single_record_opens_at_once(
    qtbot: QtBot, make: Make, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    case = late_case(ledger, office)
    page, found = make(), opened(session)
    page.lights.setFocus()
    page.lights.setCurrentIndex(page.lights.model().index(list(Line).index(Line.CASES), 0))
    qtbot.keyClick(page.lights, Qt.Key.Key_Return)
    assert found == [("case", case.id)]


def test_a_duty_opens_with_what_proves_it(
    qtbot: QtBot, make: Make, ledger: Ledger, office: SmallOffice
) -> None:
    with clock.held_at(datetime(2026, 1, 5)), ledger.action("登记") as action:
        action.add(
            Clause(
                name="报送半年进展", body=office.body.id, owed_by="每个成员单位", answered_by="报送", submission_item="半年度进展",
                deadline="06-10", valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
    page = make()
    seen: list[str] = []

    def read(dialog: ObligationDialog) -> None:
        seen.append(dialog.clause_button.text())
        dialog.reject()

    page.todos.setFocus()
    in_dialog(ObligationDialog, read)
    qtbot.keyClick(page.todos, Qt.Key.Key_Return)
    assert seen == ["打开条款"]


def test_a_figure_lists_this_years_or_last_years_records(
    qtbot: QtBot, make: Make, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("召开") as action:
        now = action.change(dataclasses.replace(office.meeting, state="召开"))
        before = action.add(
            dataclasses.replace(office.meeting, id="", starts_at=datetime(2025, 3, 1, 9), state="归档")
        )
    page = make()
    assert texts(page.trends, 0)[0] == "召开会议" and texts(page.trends, 3)[0] == "持平"
    for column, meeting in ((1, now), (2, before)):
        listed: list[tuple[str, str]] = []

        def read(dialog: RecordsDialog, listed: list[tuple[str, str]] = listed) -> None:
            listed.extend(records_of(dialog))
            dialog.reject()

        in_dialog(RecordsDialog, read)
        press(qtbot, page.trends, 0, column)
        assert listed == [("meeting", meeting.id)]


def test_the_words_at_the_top_lead_to_their_group(
    qtbot: QtBot, make: Make, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("立项") as action:
        action.add(
            Case(
                matter="等着办",
                source="领导批示",
                lead_units=(office.education.id,),
                opened_on=date(2026, 9, 1),
                state="交办",
            )
        )
    page = make()
    button = next(one for one in page.findChildren(Button) if one.accessibleName() == "1 件等待他人")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.todos.model().index(page.todos.currentIndex().row(), 1).data() == "等着办"
    assert page.todos.hasFocus()


def test_days_away_are_told_and_put_away(
    qtbot: QtBot, make: Make, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    come_in(ledger, date(2026, 10, 19))
    case = late_case(ledger, office)
    page, found = make(), opened(session)

    assert page.away.text.text() == "您不在的 2 个工作日（10月20日至10月21日）"
    assert page.away.isVisible() and not page.away_button.isVisible()
    words = {one.accessibleName(): one for one in page.away.findChildren(Button)}
    assert {name for name, button in words.items() if button.isEnabled()} == {"到期 1 件", "转为逾期 1 件"}
    with clock.held_at(NOW):
        words["转为逾期 1 件"].click()
        assert found == [("case", case.id)]
        page.away.closed.emit()
        assert not page.away.isVisible() and page.away_button.isVisible()
        page.away_button.click()
    assert page.away.isVisible() and walk.faults(page) == []


def test_late_things_are_counted_on_the_page_of_their_line(
    qtbot: QtBot, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    """A case on 督办, a paper on 报送, a lesson on 学法, a meeting that a rule asks for on 台账."""
    late_case(ledger, office)
    with clock.held_at(datetime(2026, 1, 5)), ledger.action("登记") as action:
        for asked in (
            {"answered_by": "报送", "submission_item": "半年度进展"},
            {"answered_by": "学法"},
            {"answered_by": "会议", "meeting_category": "专题会"},
        ):
            action.add(
                Clause(
                    name=asked["answered_by"],
                    body=office.body.id,
                    deadline="06-10",
                    valid_from=date(2026, 1, 1),
                    **asked,
                )
            )
    with clock.held_at(NOW):
        window = make_window(session)
        qtbot.addWidget(window)

        def badges() -> dict[str, str]:
            buttons = window.navigation.findChildren(NavButton)
            return {one.accessibleName(): one.accessibleDescription() for one in buttons}

        expected = {
            "督办": "逾期 1",
            "报送": "逾期 1",
            "学法": "逾期 1",
            "台账": "逾期 1",
            "会议": "逾期 1",
            "名册": "",
        }
        qtbot.waitUntil(lambda: badges().items() >= expected.items(), timeout=5000)
