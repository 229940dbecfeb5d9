"""XLSX: text stays text, figures and dates are themselves, sheets print on A4 landscape."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from models.documents.blocks import Cell, Column, Document, Table, Title
from reports.sheets.names import sheet_names
from reports.sheets.rows import LONGEST_CELL
from reports.sheets.workbook import Sheet, render_xlsx, write_rows
from tests.reports.paper.samples import NASTY, chart, everything, table


def book(document: Document) -> openpyxl.Workbook:
    stream = io.BytesIO()
    render_xlsx(document, stream)
    return openpyxl.load_workbook(stream)


def listed(values: list[Cell], number_format: str = "") -> list[object]:
    stream = io.BytesIO()
    write_rows(
        stream, [Sheet("表", [Column("列", number_format=number_format)], [(value,) for value in values])]
    )
    sheet = openpyxl.load_workbook(stream).active
    return [sheet.cell(row, 1).value for row in range(2, len(values) + 2)]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:8]))
def test_no_text_becomes_a_formula(text: str) -> None:
    stream = io.BytesIO()
    render_xlsx(everything(text), stream)
    write_rows(rows := io.BytesIO(), [Sheet(text, [Column(text)], [(text,), (text,)])])
    for made in (stream, rows):
        archive = zipfile.ZipFile(made)
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert sheets
        assert not any("<f>" in sheet or "<f " in sheet or 't="e"' in sheet for sheet in sheets)
        openpyxl.load_workbook(made)


def test_text_comes_back_as_it_was_written() -> None:
    texts: list[Cell] = [
        "=1+1",
        "+86",
        "@x",
        "-1",
        "#N/A",
        "007",
        "<b>&",
        "𠮷",
        "两\n行",
        "1e5",
        "2026-01-01",
        " 前后有空格 ",
    ]
    assert listed(texts) == texts
    cells = Document("", (Table((Column("列"),), tuple((text,) for text in texts)),))
    assert [row[0].value for row in book(cells).active.iter_rows(min_row=3)] == texts


def test_figures_and_dates_are_typed() -> None:
    values: list[Cell] = [3, 2.5, date(2026, 6, 5), datetime(2026, 6, 5, 9, 30), True, None]
    wanted = [3, 2.5, datetime(2026, 6, 5), datetime(2026, 6, 5, 9, 30), "是", None]
    assert listed(values) == wanted
    sheet = book(Document("", (table(2),))).active
    assert sheet["C3"].number_format == "0.0%"
    assert sheet["D3"].number_format == "yyyy-mm-dd"
    assert sheet["D3"].value == datetime(2026, 3, 8)


def test_what_excel_cannot_hold_is_written_as_text() -> None:
    assert listed([11010519491231002, float("nan"), float("inf"), date(1899, 12, 31)]) == [
        "11010519491231002", "nan", "inf", "1899-12-31",
    ]  # fmt: skip
    long = listed(["长" * 40_000])[0]
    assert isinstance(long, str)
    assert len(long) == LONGEST_CELL
    assert long.endswith("（过长，以下略）")


def test_each_table_has_a_sheet_ready_to_print() -> None:
    document = Document("年度", (Title("年度会议情况"), table(40), table(3)), footer="截至2026年R&D")
    made = book(document)
    assert made.sheetnames == ["出席情况", "出席情况 (2)"]
    for sheet in made:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert sheet.print_title_rows in ("1:2", "$1:$2")
        assert sheet.freeze_panes == "A3"
        assert sheet["A1"].value == "出席情况一览表"
        assert [cell.value for cell in sheet[2]] == ["序号", "单位", "出席率", "日期"]
    assert made["出席情况"].column_dimensions["B"].width > made["出席情况"].column_dimensions["A"].width
    assert made["出席情况"]["A43"].value == "注：按单位建制顺序排列。"


@pytest.mark.parametrize("kind", ["bar", "stacked", "line"])
def test_charts_are_native_and_draw_the_figures_beside_them(kind: str) -> None:
    stream = io.BytesIO()
    render_xlsx(Document("年度", (table(2), chart(kind))), stream)
    archive = zipfile.ZipFile(stream)
    drawn = archive.read("xl/charts/chart1.xml").decode()
    assert "'图 会议出席'!$B$3:$B$5" in drawn
    assert "'图 会议出席'!$A$3:$A$5" in drawn
    sheet = openpyxl.load_workbook(stream)["图 会议出席"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3, max_col=3)] == [
        [None, "应到", "实到"], ["第一季度", 30, 28],
    ]  # fmt: skip


def test_a_document_without_tables_still_opens() -> None:
    assert book(Document("空", ())).sheetnames == ["空"]
    write_rows(stream := io.BytesIO(), [])
    assert openpyxl.load_workbook(stream).sheetnames == ["空"]


def test_sheet_names() -> None:
    names = sheet_names(["甲/乙:丙", "", "'引'", "长" * 50, "长" * 50, "History", "a", "A"])
    assert names == ["甲 乙 丙", "表", "引", "长" * 31, "长" * 27 + " (2)", "History (2)", "a", "A (2)"]
    assert all(0 < len(name) <= 31 for name in names)


def test_lists_filter_and_freeze() -> None:
    write_rows(
        stream := io.BytesIO(), [Sheet("人员", [Column("姓名"), Column("单位", 3)], [("张三", "县司法局")])]
    )
    sheet = openpyxl.load_workbook(stream).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B1"
