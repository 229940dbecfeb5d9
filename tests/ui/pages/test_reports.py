"""报表: a paper is chosen with what it is about; the year is written, proved, and checked again later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models import clock
from models.records.filing import MediumUse
from models.store.files import sha256_of
from models.store.ledger import Ledger
from models.store.manifest import NAME, members_of
from reports.catalog import REPORTS
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages, work
from ui.pages.reports import ReportsPage
from ui.pages.year_export import Stick, YearExport
from ui.session import Session


@pytest.fixture
def page(session: Session, office: SmallOffice, qtbot: QtBot) -> Iterator[ReportsPage]:
    with clock.held_at(datetime(2026, 11, 21, 9, 0)), work.at_once():
        made = ReportsPage(session)
        qtbot.addWidget(made)
        made.resize(1190, 640)
        made.show()
        yield made


@pytest.mark.parametrize(
    "report_id", [one for one in REPORTS if REPORTS[one].about in ("meeting", "body", "year")]
)
def test_every_paper_opens_its_preview(
    page: ReportsPage, session: Session, office: SmallOffice, report_id: str
) -> None:
    asked: list[tuple[str, dict[str, str]]] = []
    session.open_report.connect(lambda report, options: asked.append((report, options)))
    page.choose(report_id)
    about = REPORTS[report_id].about
    page.subjects[about].preview.click()
    expected = {
        "meeting": {"meeting_id": office.meeting.id}, "body": {"body_id": office.body.id}, "year": {"year": "2026"},
    }  # fmt: skip
    assert asked == [(report_id, expected[about])]


@pytest.mark.parametrize(
    ("today", "looking_back"), [(datetime(2027, 1, 6, 9), "2026"), (datetime(2027, 3, 1, 9), "2027")]
)
def test_papers_that_look_back_open_with_the_year_in_hand(
    session: Session, office: SmallOffice, qtbot: QtBot, today: datetime, looking_back: str
) -> None:
    with clock.held_at(today), work.at_once():
        page = ReportsPage(session)
        qtbot.addWidget(page)
        chosen = {}
        for report_id in ("annual", "filing_reminder", "study_plan", "annual_report", "year_wall"):
            page.choose(report_id)
            chosen[report_id] = page.subjects["year"].current()
        assert chosen == {
            "annual": looking_back, "filing_reminder": looking_back, "study_plan": "2027",
            "annual_report": looking_back, "year_wall": "2027",
        }  # fmt: skip
        assert page.year.years.currentText() == f"{looking_back} 年"


def test_the_annual_report_is_written_from_here(page: ReportsPage, session: Session) -> None:
    opened: list[str] = []
    session.open_page.connect(opened.append)
    (write,) = page.actions_shown()
    write.click()
    assert opened == ["writing"]


def test_a_meeting_is_found_and_opened_by_keys(page: ReportsPage, session: Session, qtbot: QtBot) -> None:
    page.choose("minutes")
    asked: list[str] = []
    session.open_report.connect(lambda report, _options: asked.append(report))
    focus = page.first_focus()
    assert focus is page.subjects["meeting"].table
    qtbot.keyClick(focus.focusProxy(), Qt.Key.Key_Return)
    assert asked == ["minutes"]


def test_an_empty_ledger_says_what_to_do_first(ledger: Ledger, session: Session, qtbot: QtBot) -> None:
    page = ReportsPage(session)
    qtbot.addWidget(page)
    page.show()
    page.choose("minutes")
    assert walk.shown_words(page, "先在“会议”里登记")
    page.subjects["meeting"].preview.click()  # nothing to open, nothing happens


@pytest.fixture
def year(page: ReportsPage) -> YearExport:
    page.choose("")
    return page.year


def test_the_year_is_written_and_proved(year: YearExport, tmp_path: Path, qtbot: QtBot) -> None:
    with answering(tmp_path):
        year.export()
    (folder,) = tmp_path.glob("*年度")
    qtbot.waitUntil(lambda: walk.shown_words(year, "可以安全拔出"))
    (line,) = year._session.ledger.find(MediumUse)
    assert line.digest == sha256_of(folder / NAME)
    assert (line.files, line.clerk, line.place) == (len(members_of(folder)), "苏映川", str(folder))
    with answering(folder):
        year.verify()
    qtbot.waitUntil(lambda: walk.shown_words(year, "校验通过"))


def test_what_changed_on_the_way_is_named(year: YearExport, tmp_path: Path, qtbot: QtBot) -> None:
    with answering(tmp_path):
        year.export()
    (folder,) = tmp_path.glob("*年度")
    changed, lost, moved = sorted(folder.rglob("*.xlsx"))[:3]
    changed.write_bytes(b"other")
    lost.unlink()
    moved.rename(moved.with_name("改名.xlsx"))
    (folder / "多余.txt").write_text("多", "utf-8")
    with answering(folder):
        year.verify()
    rows = [[cell.plain for cell in row.cells] for row in year.findings.rows]
    assert [row[0] for row in rows] == ["内容被改动", "缺少", "改了名", "多出"]
    assert [changed.name in rows[0][1], lost.name in rows[1][1], "改名.xlsx" in rows[2][1]] == [True] * 3
    qtbot.waitUntil(lambda: walk.shown_words(year, "校验不通过"))


def test_a_folder_that_is_no_export_is_refused(year: YearExport, tmp_path: Path, qtbot: QtBot) -> None:
    with answering(tmp_path, None) as asked:
        year.verify()
    assert isinstance(asked[1], messages.Message)
    assert NAME in asked[1].title


def test_stopped_on_the_way_nothing_is_left(
    year: YearExport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work.Progress.report

    def stop_while_writing(progress: work.Progress, fraction: float, text: str = "") -> None:
        if text.startswith("写入文件：第 3 份"):
            progress.stop()
        real(progress, fraction, text)

    monkeypatch.setattr(work.Progress, "report", stop_while_writing)
    with answering(tmp_path):
        year.export()
    assert [path for path in tmp_path.rglob("*年度/**/*") if path.is_file()] == []


def test_a_stick_is_offered_while_it_is_plugged_in(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    plugged = [Stick(tmp_path, "U 盘 法治（可用 12.3 GB）")]
    pane = YearExport(session, lambda: plugged)
    qtbot.addWidget(pane)
    assert pane.target.currentText() == "U 盘 法治（可用 12.3 GB）"
    plugged.clear()
    pane.refresh()
    assert pane.target.currentText() == ""


def test_names_and_sizes(page: ReportsPage) -> None:
    for report_id in (*REPORTS, ""):
        page.choose(report_id)
        assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 960 - 56
