"""Write documents and lists as XLSX: text stays text, figures and dates stay themselves.

A sheet is ready to print: A4 landscape, as wide as the page, head repeated, page n of m at the foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.clock import now
from models.documents.blocks import Cell, Chart, Column, Document, Table, Title
from reports.paper.fonts import Role
from reports.paper.geometry import MM
from reports.paper.text import plain
from reports.sheets.charts import chart_rows, native_chart
from reports.sheets.names import sheet_names
from reports.sheets.rows import PLAIN, Look, Row, content, write_sheet

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BODY_FONT = Font(name=Role.BODY.word_name, size=11)
_MIDDLE = Alignment("center", "center", wrap_text=True)
_TITLE = Look(Font(name=Role.TITLE.word_name, size=18), _MIDDLE)
_HEAD = Look(Font(name=Role.HEI.word_name, size=11), _MIDDLE, _BOX)
_LIST_HEAD = Look(Font(name=Role.HEI.word_name, size=11))
_NOTE = Look(_BODY_FONT, Alignment("left", "top", wrap_text=True))
_TITLE_HEIGHT = 36  # pt
_WIDE = 2.1  # of a Han character, in characters of a column
_A4 = 9  # Excel's number for the paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to export: *name* of the worksheet, head and rows (any iterable, read once)."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(default=())


def render_xlsx(document: Document, stream: BinaryIO) -> None:
    """Write each table of *document* into *stream* on a sheet of its own, then each chart natively on its own.

    A document without tables begins with a sheet that holds its title alone.
    """
    book = _book(document.title)
    title = next((block.text for block in document.blocks if isinstance(block, Title)), document.title)
    tables = [*document.tables(), *document.sheets] or [Table((), ())]
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    names = sheet_names(
        [table.sheet or table.title or document.title for table in tables]
        + [f"图 {chart.title}" for chart in charts]
    )
    sheets = [book.create_sheet(name) for name in names]
    for sheet in sheets:
        _print_setup(sheet, document.footer)
    for sheet, table in zip(sheets, tables, strict=False):
        _fill(sheet, table, table.title if len(tables) > 1 and table.title else title)
    for sheet, chart in zip(sheets[len(tables) :], charts, strict=True):
        _draw(sheet, chart)
    book.save(stream)


def write_rows(stream: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write long lists into *stream* row by row (a hundred thousand rows take some 30 MB of memory)."""
    book = _book("")
    made = list(sheets)
    for sheet, name in zip(made, sheet_names([item.name for item in made]), strict=True):
        target = book.create_sheet(name)
        target.freeze_panes = "A2"
        _print_setup(target, "")
        target.print_title_rows = "1:1"
        for index, column in enumerate(sheet.columns, 1):
            width = max(8.0, min(40.0, 10 * column.weight), _width(column.label) + 3)
            target.column_dimensions[get_column_letter(index)].width = width
        if sheet.columns:
            target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}1"
        write_sheet(target, _listed(sheet))
    if not made:
        book.create_sheet("空")
    book.save(stream)


def _listed(sheet: Sheet) -> Iterator[Row]:
    yield Row([column.label for column in sheet.columns], [_LIST_HEAD] * len(sheet.columns))
    looks = [Look(number_format=column.number_format) for column in sheet.columns]
    for row in sheet.rows:
        yield Row(row, looks)


def put_row(sheet: Worksheet, row: int, values: Sequence[Cell]) -> list[SheetCell]:
    """Put *values* into *row* of *sheet*, which can still be written to, from column A on and return their cells."""
    cells = []
    for index, value in enumerate(values, 1):
        cell: SheetCell = sheet.cell(row=row, column=index)
        set_value(cell, value)
        cells.append(cell)
    return cells


def set_value(cell: Any, value: Cell) -> None:
    """Set *value* as :func:`content` says."""
    held, number_format = content(value)
    if held is not None:
        cell.value, cell.number_format = held, number_format or "General"
    if isinstance(held, str):
        cell.data_type = "s"  # "=1+1" is what somebody wrote, not something to compute


def _fill(sheet: Any, table: Table, title: str) -> None:
    """Write the sheet of a table: title over the columns, head, rows, note."""
    for index, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if table.columns:
        sheet.freeze_panes = "A3"
        sheet.print_title_rows = "1:2"
    if len(table.columns) > 1:
        last = get_column_letter(len(table.columns))
        for number in (1, *([3 + len(table.rows)] if table.note else [])):
            sheet.merged_cells.add(f"A{number}:{last}{number}")
    write_sheet(sheet, _rows(table, title))


def _rows(table: Table, title: str) -> Iterator[Row]:
    yield Row([plain(title)], [_TITLE], _TITLE_HEIGHT)
    yield Row([column.label for column in table.columns], [_HEAD] * len(table.columns))
    looks = [
        Look(_BODY_FONT, Alignment(column.align, "center", wrap_text=True), _BOX, column.number_format)
        for column in table.columns
    ]
    for row in table.rows:
        yield Row(row, looks, table.row_height_mm * MM)
    if table.note:
        yield Row([plain(table.note)], [_NOTE])


def _draw(sheet: Any, chart: Chart) -> None:
    """Write the sheet of a chart: its figures, the chart to the right of them."""
    widest = max(map(len, chart.categories), default=0)
    sheet.column_dimensions["A"].width = max(8, min(40, 2.1 * widest + 2))
    if chart.series and chart.categories:
        sheet.add_chart(native_chart(sheet, chart), f"{get_column_letter(len(chart.series) + 3)}2")
    write_sheet(sheet, (Row(row, [PLAIN] * len(row)) for row in chart_rows(chart)))


def _widths(table: Table) -> Iterator[float]:
    """Yield column widths in characters from the contents: the widest cell, not wider than 48."""
    for index, column in enumerate(table.columns):
        widest = _width(column.label)
        for row in table.rows[:2000]:
            text = _shown(row[index])
            if _WIDE * len(text) > widest:
                widest = max(widest, _width(text))
        yield max(6.0, min(48.0, widest + 2.5))


def _shown(value: Cell) -> str:
    return (
        "2026-12-31"
        if isinstance(value, date)
        else f"{value:.6g}"
        if isinstance(value, float)
        else str(value or "")
    )


def _width(text: str) -> float:
    return max(
        (sum(_WIDE if char > "\u2000" else 1.1 for char in line[:99]) for line in text.split("\n")),
        default=0.0,
    )


def _print_setup(sheet: Any, footer: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if footer:
        sheet.oddFooter.left.text = plain(footer, 80).replace("&", "&&")


def _book(title: str) -> Workbook:
    book = Workbook(write_only=True)
    properties: Any = book.properties
    properties.title, properties.creator = plain(title, 255), "法治台账"
    properties.created = properties.modified = now()
    return book
