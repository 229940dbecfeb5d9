"""周安排表 and 工作年历: what they say, and that each is one landscape sheet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from models.documents.blocks import Table, YearWall
from models.records.meeting import Meeting
from models.records.supervision import Case
from models.store.ledger import Ledger
from reports.catalog import ReportOptions, report_of, write_report
from reports.charts import Box, Label
from reports.plans import COLUMNS
from reports.wall import ACROSS, draw_wall
from tests.fixtures import SmallOffice
from tests.reports.paper.measure import all_text

WEEK = ReportOptions(as_of=date(2026, 10, 14))


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    (table,) = report_of("week").build(ledger, WEEK).tables()
    assert isinstance(table, Table)
    return list(table.rows)


def sizes(path: Path) -> list[tuple[float, float]]:
    """Return width and height of each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_size() for page in document]


def test_a_week_says_when_what_where_and_who(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        for matter in ("整改", "清理"):
            action.add(
                Case(
                    matter=matter, source="领导批示", lead_units=(office.justice.id,), opened_on=date(2026, 9, 1),
                    due_on=date(2026, 10, 13),
                )
            )  # fmt: skip
    monday, meeting, limits, *_ = rows(ledger)
    assert monday == ("10月12日", "星期一", "", "无安排", "", "")
    assert meeting[:4] == ("10月13日", "星期二", "9:30", "第三季度联席会议")
    assert limits == ("", "", "截止", "整改、清理（督办事项）", "", "县司法局")


@pytest.mark.parametrize("meetings", [0, 5, 12])
def test_a_full_week_is_one_landscape_sheet(
    ledger: Ledger, office: SmallOffice, tmp_path: Path, meetings: int
) -> None:
    with ledger.action("登记") as action:
        for number in range(meetings):
            at = datetime(2026, 10, 12 + number % 5, 8 + number // 5)
            action.add(Meeting(name=f"碰头会{number}", category="其他", body=office.body.id, starts_at=at))
    written = write_report(ledger, report_of("week"), WEEK, tmp_path / "周.pdf")
    assert len(sizes(written.path)) == 1 and all(wide > high for wide, high in sizes(written.path))


def test_a_week_as_a_sheet_has_its_columns(ledger: Ledger, office: SmallOffice, tmp_path: Path) -> None:
    book = load_workbook(write_report(ledger, report_of("week"), WEEK, tmp_path / "周.xlsx").path)
    heads = [cell.value for cell in book["周安排"][2]]
    assert heads == [column.label for column in COLUMNS] == ["日期", "星期", "时间", "事项", "地点", "参加"]


def test_a_year_is_one_sheet_with_every_day(ledger: Ledger, office: SmallOffice, tmp_path: Path) -> None:
    options = ReportOptions(year=2026, as_of=date(2026, 10, 14))
    (wall,) = (
        block for block in report_of("year-wall").build(ledger, options).blocks if isinstance(block, YearWall)
    )
    days = {day.on: day for day in wall.days}
    assert len(days) == 365
    assert (days[date(2026, 10, 13)].signs, days[date(2026, 10, 13)].level) == ("会", 1)
    assert (days[date(2026, 10, 1)].mark, days[date(2026, 10, 10)].mark) == ("休", "班")
    written = write_report(ledger, report_of("year-wall"), options, tmp_path / "年.pdf")
    assert len(sizes(written.path)) == 1 and all(wide > high for wide, high in sizes(written.path))


def test_a_year_says_what_the_clerk_hid(ledger: Ledger, office: SmallOffice) -> None:
    options = ReportOptions(year=2026, as_of=date(2026, 10, 14), hidden=("meeting",))
    document = report_of("year_wall").build(ledger, options)
    (wall,) = (block for block in document.blocks if isinstance(block, YearWall))
    assert not any("会" in day.signs for day in wall.days)
    assert document.footer == "截至2026年10月14日　没有列出：会议，共 1 项"
    assert all_text(document).count("没有列出：会议") == 1


def test_a_wall_stays_in_its_frame(ledger: Ledger) -> None:
    document = report_of("year_wall").build(ledger, ReportOptions(year=2028))
    (wall,) = (block for block in document.blocks if isinstance(block, YearWall))
    width, height = 640.0, 380.0
    shapes = draw_wall(wall, width, height)
    edges = [(shape.x, shape.y) for shape in shapes if isinstance(shape, Box | Label)]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in edges)
    months = [shape for shape in shapes if isinstance(shape, Label) and shape.text.endswith("月")]
    assert len(months) == 12 and len(wall.days) == 366 and ACROSS == 4
