"""Write documents and lists as XLSX. One append for every cell: text stays text, figures and dates stay themselves.

A sheet is ready to print: A4 landscape, as wide as the page, head repeated, page n of m at the foot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.clock import now
from models.documents.blocks import Cell, Chart, Column, Document, Table, Title
from reports.paper.fonts import Role
from reports.paper.geometry import MM
from reports.paper.text import lines, plain
from reports.sheets.charts import place_chart
from reports.sheets.names import sheet_names

LONGEST_CELL = 32_767  # characters Excel takes in a cell
_CUT = "……（过长，以下略）"
_HEAD_FONT = Font(name=Role.HEI.word_name, size=11)
_BODY_FONT = Font(name=Role.BODY.word_name, size=11)
_TITLE_FONT = Font(name=Role.TITLE.word_name, size=18)
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LARGEST_FIGURE = 10**15  # beyond 15 digits Excel rounds: such a number is written as text
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
    book = Workbook()
    _properties(book, document.title)
    title = next((block.text for block in document.blocks if isinstance(block, Title)), document.title)
    tables = list(document.tables()) or [Table((), ())]
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    names = sheet_names(
        [table.sheet or table.title or document.title for table in tables]
        + [f"图 {chart.title}" for chart in charts]
    )
    sheets = [book.active, *(book.create_sheet() for _ in names[1:])]
    for sheet, name in zip(sheets, names, strict=True):
        sheet.title = name
        _print_setup(sheet, document.footer)
    for sheet, table in zip(sheets, tables, strict=False):
        _fill(sheet, table, table.title if len(tables) > 1 and table.title else title)
    for sheet, chart in zip(sheets[len(tables) :], charts, strict=True):
        place_chart(sheet, chart, put_row)
    book.save(stream)


def write_rows(stream: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write long lists into *stream* row by row (a hundred thousand rows take some 30 MB of memory)."""
    book = Workbook(write_only=True)
    _properties(book, "")
    made = list(sheets)
    for sheet, name in zip(made, sheet_names([item.name for item in made]), strict=True):
        target = book.create_sheet(name)
        target.freeze_panes = "A2"
        _print_setup(target, "")
        target.print_title_rows = "1:1"
        for index, column in enumerate(sheet.columns, 1):
            width = max(8.0, min(40.0, 10 * column.weight), _width(column.label) + 3)
            target.column_dimensions[get_column_letter(index)].width = width
        target.append([_cell(target, column.label, _HEAD_FONT) for column in sheet.columns])
        formats = [column.number_format for column in sheet.columns]
        for row in sheet.rows:
            target.append(
                [_cell(target, value, number_format=form) for value, form in zip(row, formats, strict=True)]
            )
        if sheet.columns:
            target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}1"
    if not made:
        book.create_sheet("空")
    book.save(stream)


def put_row(
    sheet: Worksheet, row: int, values: Sequence[Cell], formats: Sequence[str] = ()
) -> list[SheetCell]:
    """Put *values* into *row* of *sheet* from column A on and return their cells: the one safe append."""
    cells = []
    for index, value in enumerate(values):
        cell: SheetCell = sheet.cell(row=row, column=index + 1)
        set_value(cell, value, formats[index] if index < len(formats) else "")
        cells.append(cell)
    return cells


def set_value(cell: Any, value: Cell, number_format: str = "") -> None:
    """Set *value*: text as text whatever it starts with, cut where Excel would refuse it; dates and figures typed."""
    match value:
        case None | "":
            return
        case bool():
            cell.value = "是" if value else "否"
        case str():
            text = "\n".join(lines(value))
            cell.value = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT
            cell.data_type = "s"  # "=1+1" is what somebody wrote, not something to compute
        case datetime():
            cell.value, cell.number_format = value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
        case date() if value.year >= 1900:
            cell.value, cell.number_format = datetime.combine(value, time()), "yyyy-mm-dd"
        case date():
            cell.value = value.isoformat()
        case _ if not math.isfinite(value) or abs(value) >= _LARGEST_FIGURE:
            cell.value = str(value)
        case _:
            cell.value, cell.number_format = value, number_format or "General"


def _cell(sheet: Any, value: Cell, font: Font | None = None, number_format: str = "") -> Any:
    """Return what a write-only sheet appends for *value*: a plain text as it is (quick), else a cell."""
    if font is None and isinstance(value, str) and value[:1] not in ("=", "#") and len(value) <= LONGEST_CELL:
        return "\n".join(lines(value)) or None
    cell = WriteOnlyCell(sheet)
    set_value(cell, value, number_format)
    if font:
        cell.font = font
    return cell


def _fill(sheet: Worksheet, table: Table, title: str) -> None:
    """Fill *sheet*: title over the columns, head, rows, note."""
    count = max(1, len(table.columns))
    last = get_column_letter(count)
    cell = put_row(sheet, 1, [plain(title)])[0]
    cell.font, cell.alignment = _TITLE_FONT, Alignment("center", "center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    if count > 1:
        sheet.merge_cells(f"A1:{last}1")
    formats = [column.number_format for column in table.columns]
    for cell in put_row(sheet, 2, [column.label for column in table.columns]):
        cell.font, cell.border, cell.alignment = (
            _HEAD_FONT,
            _BOX,
            Alignment("center", "center", wrap_text=True),
        )
    number = 2
    looks: dict[tuple[str, str], Any] = {}
    for number, row in enumerate(table.rows, 3):
        for cell, column, _ in zip(put_row(sheet, number, row, formats), table.columns, row, strict=True):
            _box(cell, column.align, looks)
        if table.row_height_mm:
            sheet.row_dimensions[number].height = table.row_height_mm * MM
    if table.note:
        note = put_row(sheet, number + 1, [plain(table.note)])[0]
        note.font, note.alignment = _BODY_FONT, Alignment("left", "top", wrap_text=True)
        if count > 1:
            sheet.merge_cells(f"A{number + 1}:{last}{number + 1}")
    for index, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if table.columns:
        sheet.freeze_panes = "A3"
        sheet.print_title_rows = "1:2"


def _box(cell: Any, align: str, looks: dict[tuple[str, str], Any]) -> None:
    """Give a body cell its font, frame and alignment. Cells that look alike share one style: openpyxl looks each
    one up among all others, which takes most of the time of a long table."""
    key = (align, cell.number_format)
    if key not in looks:
        cell.font, cell.border = _BODY_FONT, _BOX
        cell.alignment = Alignment(align, "center", wrap_text=True)
        looks[key] = cell._style
    cell._style = looks[key]


def _widths(table: Table) -> Iterator[float]:
    """Yield column widths in characters from the contents: the widest cell, not wider than 48."""
    for index, column in enumerate(table.columns):
        widest = max((_width(_shown(row[index])) for row in table.rows[:2000]), default=0.0)
        yield max(6.0, min(48.0, max(widest, _width(column.label)) + 2.5))


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
        (sum(2.1 if char > "\u2000" else 1.1 for char in line[:99]) for line in text.split("\n")), default=0.0
    )


def _print_setup(sheet: Any, footer: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if footer:
        sheet.oddFooter.left.text = plain(footer, 80).replace("&", "&&")


def _properties(book: Workbook, title: str) -> None:
    properties: Any = book.properties
    properties.title, properties.creator = plain(title, 255), "法治台账"
    properties.created = properties.modified = now()
