"""督办: list, case, board and register driven as a clerk does."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from models import clock
from models.deeds.supervision import case_from_resolution, record_step
from models.records.meeting import AgendaItem, Meeting, Resolution
from models.records.supervision import Case, CaseStep
from models.records.year import ClosedYear
from models.rules.supervision import Entry
from models.store.ledger import Ledger
from models.store.reader import Filter
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering, in_dialog
from ui.pages.meeting.meetings import MeetingsPage
from ui.pages.settings.lights_part import LightsPart
from ui.pages.supervision.page import BOARD, REGISTER, SupervisionPage
from ui.pages.supervision.step_dialog import StepDialog
from ui.session import Session
from ui.tables.cells import CELL_ROLE, GroupCell
from ui.tables.filter_bar import Condition
from ui.widgets.buttons import Button
from ui.widgets.inputs import TextArea

TODAY = datetime(2026, 10, 15, 9, 42)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.held_at(TODAY):
        yield


@pytest.fixture
def cases(ledger: Ledger, office: SmallOffice) -> list[Case]:
    """An overdue case of 县司法局 with its handler, one soon due and one without limit of 县教育局."""
    shapes = (
        ("案卷整改", office.justice.id, date(2026, 10, 12)), ("清单公示", office.education.id, date(2026, 10, 18)),
        ("教材审核", office.education.id, None),
    )  # fmt: skip
    made = []
    for number, (matter, unit, due) in enumerate(shapes, 1):
        with ledger.action("立项") as action:
            case = Case(
                number=f"督办〔2026〕{number}号", matter=matter, source="领导批示", lead_units=(unit,), due_on=due,
                opened_on=date(2026, 8, 21),
            )  # fmt: skip
            made.append(action.add(case))
    record_step(ledger, made[0].id, Entry(kind="交办", on=date(2026, 8, 24)))
    return made


@pytest.fixture
def page(qtbot: QtBot, session: Session, cases: list[Case]) -> SupervisionPage:
    made = SupervisionPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    session.open_record.connect(made.show_record)
    made.show_home()
    made.refresh()
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(page: SupervisionPage) -> list[str]:
    model = page.list.table.model()
    cells = [model.index(place, 0).data(CELL_ROLE) for place in range(model.rowCount())]
    return [f"[{cell.text} {cell.count}]" if isinstance(cell, GroupCell) else cell.text for cell in cells]


def answer(qtbot: QtBot, *, key: str = "保存", **typed: str) -> list[str]:
    """Fill in the dialog of the step that is taken next and press *key*; one that stays open is left by Esc.

    Return what that one will have told.
    """
    told: list[str] = []

    def fill(dialog: StepDialog) -> None:
        for name, text in typed.items():
            field = getattr(dialog, name)
            (field.setPlainText if isinstance(field, TextArea) else field.setText)(text)
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == key)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        if dialog.isVisible():
            told.append(dialog._wrong.text())
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(StepDialog, fill)
    return told


def test_the_worst_light_stands_first(page: SupervisionPage) -> None:
    assert shown(page) == ["[逾期 1]", "案卷整改", "[临期 1]", "清单公示", "[在办 1]", "教材审核"]
    assert page.case.sheet and page.case.sheet.case.matter == "案卷整改"
    assert page.list.scope.accessibleName() == "在办 3"


def test_the_row_the_clerk_moves_to_is_shown(page: SupervisionPage, qtbot: QtBot) -> None:
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.case.sheet and page.case.sheet.case.matter == "清单公示"
    page.refresh()
    assert page.case.sheet.case.matter == "清单公示"


@pytest.mark.parametrize(("typed", "left"), [("教育", 2), ("整改", 1), ("〔2026〕3号", 1), ("没有的", 0)])
def test_found_by_matter_number_and_unit(page: SupervisionPage, typed: str, left: int) -> None:
    page.list.search.setText(typed)
    page.list.search.search_now()
    assert len([word for word in shown(page) if not word.startswith("[")]) == left


def test_closed_cases_are_found_by_their_unit(page: SupervisionPage, ledger: Ledger) -> None:
    with ledger.action("办结") as action:
        case = ledger.find(Case, "matter = ?", ("清单公示",))[0]
        action.change(
            dataclasses.replace(
                case, state="办结", closed_on=case.opened_on, handler="马致遥", handler_phone="6200123"
            )
        )
    page.list._turn_closed()
    page.list.search.setText("教育")
    page.list.search.search_now()
    assert "清单公示" in shown(page)


def test_filtered_by_unit_source_and_state(page: SupervisionPage, office: SmallOffice) -> None:
    for field, value, left in (
        ("lead_units", office.education.id, 2),
        ("state", "立项", 2),
        ("source", "其他", 0),
    ):
        page.list.filters.add(Condition(Filter(field, "=", value), field))
        assert len(page.list.lines) == left
    page.list.clear()
    assert len(page.list.lines) == 3


def test_a_step_is_taken_and_undone(page: SupervisionPage, ledger: Ledger, qtbot: QtBot) -> None:
    answer(qtbot, handler="马致遥", phone="6200123")
    assert page.case.next_button.accessibleName() == "登记签收"
    qtbot.mouseClick(page.case.next_button, Qt.MouseButton.LeftButton)
    assert page.case.sheet and (page.case.sheet.case.state, page.case.sheet.case.handler) == (
        "签收",
        "马致遥",
    )
    assert page.case.next_button.accessibleName() == "登记进展"
    ledger.undo()
    page.refresh()
    assert page.case.sheet.case.state == "交办"


def test_a_case_just_closed_stays_until_it_is_left(
    page: SupervisionPage, ledger: Ledger, cases: list[Case]
) -> None:
    at = TODAY.date()
    for step in ("签收", "进展", "报结", "审核", "办结"):
        record_step(
            ledger, cases[0].id, Entry(kind=step, on=at, said="办好了", handler="梁文", phone="13900000001")
        )
    assert shown(page) == ["[临期 1]", "清单公示", "[在办 1]", "教材审核", "[办结 1]", "案卷整改"]
    assert page.list.current() == cases[0].id
    assert page.case.next_button.accessibleName() == "登记反馈"
    assert page.list.scope.accessibleName() == "在办 2"
    page.list._find("整改")
    assert shown(page) == []


def test_what_is_refused_is_said_in_the_dialog(page: SupervisionPage, ledger: Ledger, qtbot: QtBot) -> None:
    case = page.case.sheet.case if page.case.sheet else None
    assert case
    dialog = StepDialog(page, case, "进展", lambda entry: record_step(ledger, case.id, entry))
    qtbot.addWidget(dialog)
    dialog.said.setPlainText("已经开始")
    dialog.finish()
    assert "不能登记" in dialog._wrong.text() and dialog.said.toPlainText() == "已经开始"
    assert [step.kind for step in ledger.find(CaseStep)] == ["交办"]


def test_slips_are_numbered_on_the_button_and_printed(
    page: SupervisionPage, session: Session, qtbot: QtBot
) -> None:
    papers: list[tuple[str, object]] = []
    session.open_report.connect(lambda report, options: papers.append((report, options)))
    for number in (1, 2):
        assert page.case.urge_button.accessibleName() == f"催办（第 {number} 次）"
        answer(qtbot)
        qtbot.mouseClick(page.case.urge_button, Qt.MouseButton.LeftButton)
    assert page.case.sheet
    links = page.case.side.papers(page.case.sheet)
    assert [link.words for link in links] == ["督办单", "第1次催办单", "第2次催办单", "办结报告"]
    links[1].deed()
    assert papers == [("slip", {"record_id": page.case.sheet.steps[1].id})]


def test_an_extension_is_asked_for_and_decided(page: SupervisionPage, ledger: Ledger, qtbot: QtBot) -> None:
    answer(qtbot, said="资料未齐", until="2026-11-12")
    page.case._extend()
    assert page.case.extend_button.accessibleName() == "批延期"
    answer(qtbot)
    assert page.case.take("延期批准")
    sheet = page.case.sheet
    assert sheet and (sheet.case.first_due_on, sheet.line.due) == (date(2026, 10, 12), date(2026, 11, 12))
    assert page.case._facts["办理时限"].text() == "11月12日（延期 1 次，原定 10月12日）"


def test_what_happened_is_counted_by_what_it_is(
    page: SupervisionPage, ledger: Ledger, cases: list[Case]
) -> None:
    for kind, extra in (
        ("签收", {"handler": "马致遥", "phone": "6200123"}), ("进展", {"said": "方案已报"}),
        ("延期申请", {"said": "资料未齐", "new_due_on": date(2026, 11, 2)}), ("延期批准", {}),
    ):  # fmt: skip
        record_step(ledger, cases[0].id, Entry(kind=kind, on=TODAY.date(), **extra))  # type: ignore[arg-type]
    page.show_record("case", cases[0].id)
    words = [button.text() for button in page.case.shown.findChildren(QToolButton)]
    assert words == ["全部 5", "进展 1", "催办 0", "延期 1 次"]


def test_progress_asks_for_the_handler_of_the_unit_and_knows_who_reported_last(
    page: SupervisionPage, ledger: Ledger, cases: list[Case]
) -> None:
    record_step(ledger, cases[0].id, Entry(kind="签收", on=TODAY.date(), by="马致遥"))
    page.show_record("case", cases[0].id)
    seen: list[str] = []
    in_dialog(
        StepDialog,
        lambda one: (seen.extend((one.handler.accessibleName(), one.handler.text())), one.reject()),
    )
    page.case.take("进展")
    assert seen == ["承办单位经办人", "马致遥"]


def test_a_step_in_a_closed_year_asks_for_its_reason_and_is_left_by_esc(
    page: SupervisionPage, ledger: Ledger, cases: list[Case], qtbot: QtBot
) -> None:
    with ledger.action("结转") as action:
        action.change(dataclasses.replace(cases[1], opened_on=date(2025, 9, 1)))
        action.add(ClosedYear(year=2025, digest="封"))
    page.show_record("case", cases[1].id)
    before = len(ledger.history())
    typed = {"day": "2025-12-30", "said": "见批示"}
    answer(qtbot, key="取消", **typed)
    assert not page.case.take("批示")
    with answering(None):
        told = answer(qtbot, **typed)
        assert not page.case.take("批示")
    assert "2025年度已结转" in told[0]
    assert len(ledger.history()) == before
    with answering("年底漏登"):
        answer(qtbot, **typed)
        assert page.case.take("批示")
    assert ledger.history()[0].reason == "年底漏登"


def test_the_form_says_beside_the_limit_how_it_is_moved(page: SupervisionPage, cases: list[Case]) -> None:
    page.show_view(REGISTER)
    page.register.open_record(cases[0].id)
    form = page.register.pane.form
    assert form is not None
    form.editor("due_on").put(date(2026, 12, 1))
    assert not form.save()
    assert walk.shown_words(form, "已经交办，时限只能通过延期更改")


def test_the_board_has_a_column_for_each_state(page: SupervisionPage) -> None:
    page.show_view(BOARD)
    counts = {state: one.table.model().rowCount() for state, one in page.board.columns.items()}
    assert {state: count for state, count in counts.items() if count} == {"立项": 2, "交办": 1}
    page.board.columns["交办"].table.opened.emit(page.board.columns["交办"].table.model().index(0, 0))
    assert page.case.isVisible() and page.case.sheet and page.case.sheet.case.matter == "案卷整改"


def test_a_new_case_gets_the_next_number(
    page: SupervisionPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.list.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.register.pane.form
    assert form is not None
    assert (form.editor("number").typed(), form.editor("opened_on").read()) == (
        "督办〔2026〕4号",
        TODAY.date(),
    )
    for name, value in (("matter", "新事项"), ("source", "其他"), ("lead_units", (office.justice.id,))):
        form.editor(name).put(value)
    assert form.save()
    assert page.case.sheet and page.case.sheet.case.matter == "新事项" and not page.case.isHidden()


def test_in_a_narrow_window_list_and_case_take_turns(page: SupervisionPage, cases: list[Case]) -> None:
    page.resize(780, 450)
    QApplication.processEvents()
    assert page.list.isVisible() and not page.case.isVisible()
    page.show_record("case", cases[2].id)
    assert page.case.isVisible() and not page.list.isVisible()
    page.show_home()
    assert page.list.isVisible()


def test_every_control_has_a_name(page: SupervisionPage) -> None:
    for place in (REGISTER, BOARD, 0):
        page.show_view(place)
        assert walk.faults(page) == []


def test_a_resolution_becomes_a_case_and_says_how_it_stands(
    qtbot: QtBot, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("议定") as action:
        item = action.add(
            Resolution(
                meeting=office.meeting.id, position=1, content="印发清单", lead_units=(office.justice.id,)
            )
        )
    meetings = MeetingsPage(session)
    qtbot.addWidget(meetings)
    meetings.show_record("resolution", item.id)
    meetings.meeting.resolutions.table.select(item.id)
    meetings.meeting.supervise.click()
    (case,) = ledger.find(Case)
    assert (case.resolution, meetings.meeting.supervise.accessibleName()) == (item.id, "督办：立项")
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    meetings.meeting.supervise.click()
    assert opened == [("case", case.id)]


def test_a_limit_corrected_in_the_resolution_is_told_at_both_ends_and_taken_over(
    page: SupervisionPage, session: Session, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    with ledger.action("议定") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        item = action.add(
            Resolution(
                meeting=office.meeting.id, position=1, content="印发清单", lead_units=(office.justice.id,),
                due_on=date(2026, 10, 30),
            )
        )  # fmt: skip
    case = case_from_resolution(ledger, item.id)
    meetings = MeetingsPage(session)
    qtbot.addWidget(meetings)

    def resolve(due_on: date) -> list[str]:
        """Correct the limit in the resolution; return what the meeting and the case tell."""
        with ledger.action("更正") as action:
            action.change(dataclasses.replace(ledger.get(Resolution, item.id), due_on=due_on))  # type: ignore[type-var]
        meetings.show_record("meeting", office.meeting.id)
        page.show_record("case", case.id)
        notices = (meetings.meeting._notice, page.case._apart)
        return [notice.text.text() for notice in notices if not notice.isHidden()]

    assert resolve(date(2026, 10, 30)) == []
    assert resolve(date(2026, 11, 5)) == [
        "“印发清单”的督办时限是2026年10月30日，与议定事项的2026年11月5日不同：打开督办事项，按提示改",
        "议定事项的办理时限是2026年11月5日，与督办事项的时限不同",
    ]
    page.case._take_over.click()
    assert ledger.get(Case, case.id).due_on == date(2026, 11, 5)  # type: ignore[union-attr]
    record_step(ledger, case.id, Entry(kind="交办", on=TODAY.date()))
    assert len(resolve(date(2026, 11, 12))) == 2
    answer(qtbot)
    page.case._take_over.click()
    assert ledger.find(CaseStep)[-1].new_due_on == date(2026, 11, 12)
    assert not page.case._take_over.isVisible()
    assert resolve(date(2026, 10, 28))[1].endswith("已经交办，时限只能延后，不能提前")


def test_the_agenda_takes_in_what_became_of_the_last_meeting(
    qtbot: QtBot, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("下次会议") as action:
        action.add(Resolution(meeting=office.meeting.id, position=1, content="印发清单"))
        held = ledger.get(Meeting, office.meeting.id)
        assert held
        following = action.add(
            Meeting(
                name="第四季度会议", category="联席会议", body=held.body, starts_at=datetime(2026, 12, 8, 9)
            )
        )
    meetings = MeetingsPage(session)
    qtbot.addWidget(meetings)
    meetings.show_record("agenda_item", "")
    meetings.meeting.show_meeting(following.id, part="agenda_item")
    button = next(b for b in meetings.findChildren(Button) if b.accessibleName() == "上次议定落实")
    with answering("知道了") as asked:
        button.click()
        assert asked, "the meeting before was not held yet"
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(held, state="召开"))
    button.click()
    assert [item.subject for item in ledger.find(AgendaItem)] == ["上次会议议定事项落实情况"]


def test_the_lights_are_chosen_and_edited(
    qtbot: QtBot, session: Session, page: SupervisionPage, ledger: Ledger
) -> None:
    part = LightsPart(session)
    qtbot.addWidget(part)
    assert not part.dirty()
    part._choose(2)
    assert part.dirty() and len(part.rules) == 5
    part.rules[-1].word.setText("")
    assert not part.save() and "名称" in part._said.text()
    part.rules[-1].word.setText("平稳")
    assert part.save() and not part.dirty()
    page.refresh()
    assert {word for word in shown(page) if word.startswith("[")} == {"[逾期待催 1]", "[平稳 2]"}
