"""报送: the board opens papers and forms, news is counted, sticks and their register are kept."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models import clock
from models.records.filing import Dynamic, Submission, UsbMedium
from models.records.rules import Clause
from models.store.ledger import Ledger
from tests.fixtures import LONG_AGO, SmallOffice
from tests.ui import walk
from tests.ui.answers import in_dialog
from ui.dialogs.records import RecordsDialog
from ui.pages.filing.page import LISTS, FilingPage
from ui.session import Session
from ui.shell import make_window
from ui.tables.cells import LightCell

NOW = datetime(2026, 11, 20, 9, 0)


@pytest.fixture
def paper(ledger: Ledger, office: SmallOffice) -> Submission:
    """Both units owe a summary; 县司法局 has handed in."""
    with clock.held_at(LONG_AGO), ledger.action("登记条款和报送") as action:
        action.add(
            Clause(
                name="报送总结", body=office.body.id, owed_by="每个成员单位", answered_by="报送",
                submission_item="年度工作总结", deadline="11-15", valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        return action.add(
            Submission(item="年度工作总结", unit=office.justice.id, year=2026, received_on=date(2026, 11, 10))
        )


@pytest.fixture
def page(qtbot: QtBot, session: Session, paper: Submission) -> FilingPage:
    with clock.held_at(NOW):
        made = FilingPage(session)
        qtbot.addWidget(made)
        made.resize(1190, 690)
        with qtbot.waitExposed(made):
            made.show()
        session.open_record.connect(made.show_record)
        session.new_record.connect(made.new_record)
        made.refresh()
    return made


def words(page: FilingPage) -> list[list[str]]:
    return [[cell.plain for cell in row.cells] for row in page.board.model.rows]


def test_the_board_says_who_handed_in(page: FilingPage) -> None:
    assert words(page) == [["县司法局", "按时"], ["县教育局", "未报（逾期 5 天）"]]
    assert all(isinstance(row.cells[1], LightCell) for row in page.board.model.rows)
    assert walk.shown_words(page, "应报 2 项，已报 1 项（迟报 0 项），未报 1 项，退改 0 项")
    assert walk.faults(page) == []
    least = page.minimumSizeHint()
    assert (least.width() <= 960 - 56, least.height() <= 500) == (True, True)


def test_a_cell_opens_its_paper(page: FilingPage, paper: Submission) -> None:
    page.board.table.opened.emit(page.board.model.index(0, 1))
    assert page.chooser.current() == LISTS.index("收件登记")
    assert page.receipts.pane.form is not None
    assert page.receipts.pane.form.record.id == paper.id


def test_a_returned_paper_is_shown_and_received_again(
    page: FilingPage, ledger: Ledger, office: SmallOffice, paper: Submission
) -> None:
    with clock.held_at(NOW):
        with ledger.action("退改") as action:
            action.change(dataclasses.replace(paper, returned_on=date(2026, 11, 12)))
        page.refresh()
    assert words(page)[0] == ["县司法局", "退改（逾期 5 天）"]
    listed: list[str] = []

    def again(dialog: RecordsDialog) -> None:
        listed.extend(str(dialog.table.model().index(0, place).data()) for place in range(2))
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "重新收件").click()

    with clock.held_at(NOW):
        in_dialog(RecordsDialog, again)
        page.board.table.opened.emit(page.board.model.index(0, 1))
    assert listed[0] == "2026年11月10日"
    form = page.receipts.pane.form
    assert form is not None
    assert (form.record.id, form.record.unit) == ("", office.justice.id)


def test_an_empty_cell_opens_the_form_filled_and_its_save_fills_the_board(
    page: FilingPage, ledger: Ledger, office: SmallOffice
) -> None:
    assert page.board.table.currentIndex().row() == 1  # the first that is lacking
    with clock.held_at(NOW):
        page.board.receive()
        form = page.receipts.pane.form
        assert form is not None
        assert form.save()
    made = ledger.find(Submission, "unit = ?", (office.education.id,))
    assert [(one.item, one.year, one.half, one.received_on) for one in made] == [
        ("年度工作总结", 2026, "全年", date(2026, 11, 20))
    ]
    assert words(page)[1] == ["县教育局", "迟 5 天"]


@pytest.mark.parametrize("way", ["save", "close_form"])
def test_a_form_opened_from_the_board_leads_back_to_its_cell(page: FilingPage, way: str) -> None:
    with clock.held_at(NOW):
        page.board.receive()
        form = page.receipts.pane.form
        assert form is not None
        getattr(form, way)()
    at = page.board.table.currentIndex()
    assert (page.chooser.current(), at.row(), at.column()) == (0, 1, 1)
    assert page.receipts.pane.form is None


def test_a_form_opened_from_its_own_list_stays_after_a_save(page: FilingPage) -> None:
    with clock.held_at(NOW):
        page.show_list("收件登记")
        page.board.receive()
        assert page.receipts.pane.form is not None
        assert page.receipts.pane.form.save()
    assert (page.chooser.current(), page.receipts.pane.form is None) == (LISTS.index("收件登记"), False)


def test_going_home_leaves_the_paper_opened_from_the_board(page: FilingPage) -> None:
    page.board.table.opened.emit(page.board.model.index(0, 1))
    page.show_home()
    assert (page.chooser.current(), page.receipts.pane.form) == (0, None)


def test_the_four_addressees_are_ticked_one_by_one(
    page: FilingPage, ledger: Ledger, office: SmallOffice
) -> None:
    said = [button.text() for button in page.board.deliveries]
    assert said[0] == "○ 上级政府 未报告" and said[3] == "○ 同级政协 未通报"
    page.board.deliveries[3].click()
    form = page.receipts.pane.form
    assert form is not None
    form.editor("body").put(office.body.id)
    form.editor("received_on").put(date(2026, 2, 20))
    assert form.save()
    with clock.held_at(NOW):
        page.show_list("报送情况")
    assert page.board.deliveries[3].text() == "✓ 同级政协 02-20"


def test_news_is_counted_and_campaigns_are_watched(
    page: FilingPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记动态") as action:
        news = action.add(
            Dynamic(
                title="印发方案", dynamic_class="专项工作", stage="方案", campaign="交通治理", unit=office.justice.id,
                received_on=date(2026, 10, 1), adopted=True,
            )
        )  # fmt: skip
    with clock.held_at(NOW):
        page.show_list("工作动态")
        page.news._segments.pick(1)
        assert [cell.plain for cell in page.news.counts.model().rows[0].cells][:6] == [
            "县司法局",
            "—",
            "—",
            "—",
            "1",
            "1",
        ]
        page.news._segments.pick(2)
    row = page.news.campaigns.model().rows[0]
    assert (row.cells[0].plain, row.cells[5].plain) == ("交通治理", "50 天没有进展")
    page.news.campaigns.opened.emit(page.news.campaigns.model().index(0, 0))
    assert page.news.register.pane.form is not None
    assert page.news.register.pane.form.record.id == news.id


def test_a_stick_is_registered_once(page: FilingPage, ledger: Ledger, qtbot: QtBot) -> None:
    for _ in range(2):
        page.new_record("usb_medium", {"number": "U-01", "purpose": "归档"})
        form = page.media.pane.form
        assert form is not None
        form.save()
    assert [one.number for one in ledger.find(UsbMedium)] == ["U-01"]
    qtbot.waitUntil(lambda: walk.shown_words(page.media, "编号已用于“归档”"))


def test_a_file_is_found_and_opens_its_record(qtbot: QtBot, ledger: Ledger, paper: Submission) -> None:
    from models.records.filing import Attachment
    from ui.shell import _search

    with ledger.action("附件") as action:
        action.add(
            Attachment(name="总结原件.pdf", owner_kind="submission", owner=paper.id, digest="0" * 64, size=1)
        )
    session = Session(ledger)
    window = make_window(session)
    qtbot.addWidget(window)
    (hit,) = _search(session, window, "总结原件")
    assert (hit.kind, hit.id) == ("submission", paper.id)


def test_in_january_the_board_is_of_the_year_just_over_as_of_today(
    qtbot: QtBot, session: Session, paper: Submission
) -> None:
    with clock.held_at(datetime(2027, 1, 6, 9, 0)):
        made = FilingPage(session)
        qtbot.addWidget(made)
        made.refresh()
    assert words(made) == [["县司法局", "按时"], ["县教育局", "未报（逾期 52 天）"]]
    assert (made.board.when.year, made.board.when.day.text()) == (2026, "按日期看")
