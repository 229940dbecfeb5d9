"""撰写年度报告: a part is written beside last year's, figures are taken in and brought up to date."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models import clock
from models.records.year import REPORT_PARTS, YearText
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import work
from ui.pages.writing.beside import NO_FIGURES
from ui.pages.writing.page import WritingPage
from ui.session import Session
from ui.widgets.buttons import Button

DONE, LACKING, *_ = REPORT_PARTS
HELD = "2026年截至11月21日，召开会议1次，定期会议1次。"


@pytest.fixture
def page(session: Session, office: SmallOffice, ledger: Ledger, qtbot: QtBot) -> Iterator[WritingPage]:
    with ledger.action("去年") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        action.add(YearText(year=2025, part=DONE, content="2025年召开会议3次，定期会议2次，临时会议1次。"))
    with clock.held_at(datetime(2026, 11, 21, 9, 0)), work.at_once():
        made = WritingPage(session)
        qtbot.addWidget(made)
        made.resize(1190, 640)
        made.show()
        yield made
        made.form.give_up()  # no draft is kept once the ledger is closed


def press(page: WritingPage, words: str) -> None:
    next(button for button in page.sayings.findChildren(Button) if button.text() == words).click()


def stored(ledger: Ledger, part: str = DONE, year: int = 2026) -> str:
    return next((one.content for one in ledger.find(YearText, "year = ? AND part = ?", (year, part))), "")


def test_written_and_saved_by_keys(page: WritingPage, ledger: Ledger, qtbot: QtBot) -> None:
    page.show_part(2026, 1)
    assert not page.past.isEnabled()
    qtbot.waitUntil(page.form.isVisible)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.form.put("力量不足。")
    qtbot.waitUntil(page.form.text.hasFocus)
    qtbot.keyClick(page.form.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(ledger, LACKING) == "力量不足。")
    assert page.model.index(1, 0).data() == "二、不足和原因，已写 5 字"
    assert page.state.text().startswith("4 部分未写")
    assert page.past.isEnabled()


def test_last_year_comes_over_only_when_asked(page: WritingPage, ledger: Ledger) -> None:
    assert page.form.text.toPlainText() == ""
    assert page.last.text.toPlainText().startswith("2025年召开会议3次")
    page.last.take.click()
    assert page.form.text.toPlainText() == page.last.text.toPlainText()
    assert not page.last.take.isEnabled()
    assert stored(ledger) == ""


def test_figures_are_taken_in_once_and_brought_up_to_date(
    page: WritingPage, ledger: Ledger, qtbot: QtBot
) -> None:
    press(page, "写入")
    assert page.form.text.toPlainText() == HELD
    qtbot.waitUntil(lambda: walk.shown_words(page, "正文已有"))
    page.form.give_up()
    page.last.take.click()
    qtbot.waitUntil(lambda: walk.shown_words(page, "正文里是：2025年召开会议3次"))
    press(page, "更新")
    assert page.form.text.toPlainText() == HELD
    assert page.form.save() and stored(ledger) == HELD


def test_what_has_moved_since_is_told_in_the_list(
    page: WritingPage, ledger: Ledger, office: SmallOffice
) -> None:
    press(page, "写入")
    assert page.form.save()
    assert "有变" not in page.model.index(0, 0).data()
    with ledger.action("补登") as action:
        action.add(dataclasses.replace(office.meeting, id="", name="补登", state="召开"))
    assert page.model.index(0, 0).data() == f"一、举措和成效，已写 {len(HELD)} 字，1 处数据有变"


def test_a_figure_opens_its_records(page: WritingPage, session: Session, office: SmallOffice) -> None:
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    press(page, "依据")
    assert opened == [("meeting", office.meeting.id)]


def test_a_part_without_figures_says_so(page: WritingPage, qtbot: QtBot) -> None:
    page.show_part(2026, 4)
    qtbot.waitUntil(lambda: walk.shown_words(page, NO_FIGURES))


def test_unsaved_work_is_asked_about(page: WritingPage, ledger: Ledger, qtbot: QtBot) -> None:
    page.form.put("写了一半")
    with answering("继续编辑"):
        page.parts.setCurrentIndex(page.model.index(2, 0))
    qtbot.waitUntil(lambda: page.parts.currentIndex().row() == 0)
    assert page.form.text.toPlainText() == "写了一半"
    with answering("保存"):
        page.years.setCurrentText("2025 年")
    assert (stored(ledger), page.year, page.form.record.year) == ("写了一半", 2025, 2025)


def test_a_draft_waits_for_its_part(page: WritingPage, session: Session, qtbot: QtBot) -> None:
    page.show_part(2026, 3)
    page.form.put("断电之前")
    page.form.keep_draft()
    again = WritingPage(session)
    qtbot.addWidget(again)
    assert again.form.text.toPlainText() == ""
    again.new_record("year_text", {})
    assert (again.form.text.toPlainText(), again.parts.currentIndex().row()) == ("断电之前", 3)
    assert again.form.dirty()
    again.form.give_up()


def test_a_secret_does_not_pass(page: WritingPage, ledger: Ledger) -> None:
    page.form.put("摘自机密★5年文件")
    assert not page.form.save()
    assert stored(ledger) == ""


def test_nothing_is_stored_of_a_part_nobody_touched(
    page: WritingPage, session: Session, ledger: Ledger
) -> None:
    asked: list[tuple[str, object]] = []
    session.open_report.connect(lambda report, options: asked.append((report, options)))
    page.preview()
    assert asked == [("annual_report", {"year": 2026})]
    assert ledger.find(YearText, "year = 2026") == []


def test_what_is_undone_leaves_the_form(page: WritingPage, ledger: Ledger) -> None:
    page.form.put("写错了")
    assert page.form.save()
    ledger.undo()
    assert (page.form.text.toPlainText(), page.form.record.id) == ("", "")


def test_search_opens_the_part(page: WritingPage, ledger: Ledger) -> None:
    (text,) = ledger.find(YearText)
    page.show_record("year_text", text.id)
    assert (page.year, page.form.record) == (2025, text)


def test_names_and_sizes(page: WritingPage) -> None:
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 960 - 56
