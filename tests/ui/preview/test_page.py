"""The preview shows the very PDF, tells what was found, saves and prints what it shows, and goes back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import clock
from models.records.organisation import Person
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages, work
from ui.main_window import MainWindow
from ui.preview.address import from_address, to_address
from ui.preview.desk import FIT_PAGE
from ui.preview.page import PreviewPage
from ui.preview.settings_pane import NO_PRINTER
from ui.session import Session
from ui.shell import make_window
from ui.widgets.date_field import DateField

RARE = "\U0003134a"


@pytest.fixture
def session(ledger: Ledger, qapp: QApplication) -> Session:
    return Session(ledger)


@pytest.fixture
def window(session: Session, office: SmallOffice, qtbot: QtBot) -> Iterator[MainWindow]:
    with clock.held_at(datetime(2026, 11, 21, 9, 0)), work.at_once():
        made = make_window(session)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        yield made


Open = Callable[..., PreviewPage]


@pytest.fixture
def preview(window: MainWindow, session: Session, office: SmallOffice) -> Open:
    def show(report_id: str = "roster") -> PreviewPage:
        window.open_page("reports")
        subject = {"meeting_id": office.meeting.id, "body_id": office.body.id, "as_of": date(2026, 11, 21)}
        session.open_report.emit(report_id, subject)
        page = window.page("preview")
        assert isinstance(page, PreviewPage)
        return page

    return show


def printed(page: PreviewPage) -> str:
    assert page.preview is not None
    sheets = pdfium.PdfDocument(page.preview.pdf)
    return "".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)


def findings(page: PreviewPage) -> list[str]:
    assert page.preview is not None
    return [finding.text for finding in page.preview.findings]


def test_the_pixels_are_those_of_the_pdf(preview: Open) -> None:
    page = preview()
    assert page.preview is not None
    place = page.desk.place_of(0)
    grabbed = page.desk.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    seen = place.intersected(page.desk.viewport().rect())
    assert seen.height() > 300
    document = pdfium.PdfDocument(page.preview.pdf)
    drawn = document[0].render(scale=place.width() / document[0].get_width(), prefer_bgrx=True)
    whole = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
    moved = seen.translated(-place.topLeft())
    assert grabbed.copy(seen) == whole.copy(moved)


def test_leads_back_to_where_it_was_opened(preview: Open, window: MainWindow, qtbot: QtBot) -> None:
    page = preview()
    assert (window.navigation.isVisible(), window.top.back.isVisible()) == (False, True)
    qtbot.keyClick(page.desk, Qt.Key.Key_Escape)
    assert window.place is not None
    assert window.place.page_id == "reports"
    assert window.navigation.isVisible()


@pytest.mark.parametrize(
    ("report_id", "suffixes"), [("roster", {".pdf", ".docx", ".xlsx"}), ("minutes", {".pdf", ".docx"})]
)
def test_saves_every_format_the_paper_has(
    preview: Open, window: MainWindow, tmp_path: Path, report_id: str, suffixes: set[str]
) -> None:
    page = preview(report_id)
    assert page.preview is not None
    assert {suffix for suffix, button in page.saves.items() if button.isVisible()} == suffixes
    for suffix in suffixes:
        with answering(tmp_path / f"文书{suffix}") as asked:
            page.save(suffix)
        assert isinstance(asked[0], messages.Picker)
        assert asked[0].name == f"{page.preview.document.title}{suffix}"
        assert (tmp_path / f"文书{suffix}").stat().st_size > 1000
    assert (tmp_path / "文书.pdf").read_bytes() == page.preview.pdf
    assert walk.shown_words(window.status, "已写出「文书")


def test_a_name_no_face_can_draw_is_told_and_shown(
    preview: Open, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    page = preview()
    assert "文字全部可印" in findings(page)
    with ledger.action("改名") as action:
        action.change(
            dataclasses.replace(ledger.get(Person, office.head.id) or office.head, name=f"陆{RARE}")
        )
    assert f"“{RARE}”印不出，将印成“〓”" in findings(page)
    qtbot.waitUntil(lambda: walk.shown_words(page.settings, "第 1 页"))
    with answering(None) as asked:
        page.print_out()
    assert isinstance(asked[0], messages.Message)
    assert RARE in asked[0].points[0]


def test_options_change_the_paper(preview: Open, qtbot: QtBot) -> None:
    page = preview()
    before = page.preview
    qtbot.keyClick(page.settings.order, Qt.Key.Key_Down)
    assert page.preview is not None
    assert before is not None
    assert page.preview.pdf != before.pdf


@pytest.mark.parametrize(
    ("typed", "shown"), [("2026-6-30", "2026年6月30日"), ("2025.12.31", "2025年12月31日")]
)
def test_another_day_changes_the_paper(preview: Open, qtbot: QtBot, typed: str, shown: str) -> None:
    page = preview("roster")
    (field,) = [one for one in page.settings.findChildren(DateField) if one.isVisible()]
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == shown
    assert f"截至{shown}" in printed(page)


def test_keys_turn_pages_and_zoom(preview: Open, qtbot: QtBot) -> None:
    page = preview("notice")
    desk = page.desk
    qtbot.keyClick(desk, Qt.Key.Key_End)
    last = desk.page
    assert last > 0
    qtbot.keyClick(desk, Qt.Key.Key_PageUp)
    assert desk.page == last - 1
    qtbot.keyClick(desk, Qt.Key.Key_Home)
    assert (desk.page, page.thumbnails.currentIndex().row()) == (0, 0)
    before = desk.factor
    qtbot.keyClick(desk, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.factor < before
    desk.set_zoom(FIT_PAGE)
    assert desk.place_of(0).height() <= desk.viewport().height()
    qtbot.mouseClick(page.thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(70, 240))
    assert desk.page == 1


def test_without_a_printer_it_says_what_to_do(preview: Open) -> None:
    page = preview()
    if page.settings.job("名单", 0) is not None:
        pytest.skip("this machine has a printer")
    with answering(None) as asked:
        page.print_out()
    assert isinstance(asked[0], messages.Message)
    assert asked[0].title == NO_PRINTER


def test_fits_small_windows_and_names_everything(preview: Open, window: MainWindow) -> None:
    for size in ((1366, 690), (960, 500)):
        window.resize(*size)
        page = preview()
        assert walk.faults(window) == []
        assert window.width() == size[0]
        assert window.centralWidget().layout().minimumSize().width() <= 960 or size[0] > 960
        assert page.desk.viewport().width() > 400


def test_an_address_carries_what_the_calendar_hides() -> None:
    report, options = from_address(to_address("year_wall", {"year": 2026, "hidden": "meeting,statutory"}))
    assert (report.identifier, options.year, options.hidden) == ("year_wall", 2026, ("meeting", "statutory"))
