"""Any kind as an Excel workbook: exported so that it can come back, or handed back with its errors."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.intake.cells import masked_phone
from models.intake.columns import ERROR, ID
from models.intake.importer import CheckedImport
from models.intake.references import NameIndex
from models.intake.workbook_reader import Cell, CellError
from models.records.base import Field, FieldType, Kind, Record, kind_of
from models.store.files import Written, write_file
from models.store.reader import Reader
from models.summaries.computed import ComputedKind
from models.summaries.listing import records_as_of
from reports.sheets.cells import Content, cell, head_cell

_WIDEST = 48  # characters of half width
_SAMPLE = 300  # rows looked at for the widths

# Export --------------------------------------------------------------------------------------


def write_register(
    reader: Reader, kind: Kind, target: Path, *, as_of: date | None = None, phones: bool = False
) -> Written:
    """Write the records of *kind* to *target* so that an import of it changes nothing.

    The last column is the record's id. Telephones are masked unless *phones*.
    """
    names = {field.target: NameIndex(reader, kind_of(field.target)) for field in kind.references}
    header = [*(field.label for field in kind.fields), ID]
    rows = [
        [*(_content(field, record, names, phones) for field in kind.fields), record.id]
        for record in records_as_of(reader, kind, as_of)
    ]
    return _write(target, kind.label, header, rows)


def write_computed(reader: Reader, kind: ComputedKind, target: Path, *, as_of: date) -> Written:
    """Write a computed list as of a day to *target*."""
    rows = [
        [
            "、".join(value) if isinstance(value, tuple) else value
            for value in (row[c.name] for c in kind.columns)
        ]
        for row in kind.rows(reader, as_of)
    ]
    return _write(target, kind.label, [column.label for column in kind.columns], rows)


def _content(field: Field, record: Record, names: dict[str, NameIndex], phones: bool) -> Content:
    value = getattr(record, field.name)
    if field.type is FieldType.REFERENCE:
        return names[field.target].written(value) if value else None
    if field.type is FieldType.REFERENCES:
        return "、".join(names[field.target].written(item) for item in value) or None
    if field.type is FieldType.PHONE and not phones:
        return masked_phone(value) or None
    return None if value == "" else value


# Handed back -------------------------------------------------------------------------------


def write_errors(checked: CheckedImport, target: Path) -> Written:
    """Write the sheet as it came, wrong cells marked and each row's errors in a last column."""
    wrong: dict[int, list[str]] = {}
    marked: set[tuple[int, int | None]] = set()
    for problem in checked.errors:
        wrong.setdefault(problem.row, []).append(f"{problem.label}：{problem.message}".removeprefix("："))
        marked.add((problem.row, problem.column))
    rows = checked.table.rows
    width = max(len(row) for row in rows)
    head = checked.preview.header_row

    def fill(sheet: Worksheet) -> None:
        sheet.column_dimensions[get_column_letter(width + 1)].width = _WIDEST
        for number, row in enumerate(rows, start=1):
            padded = [_as_content(value) for value in row] + [None] * (width - len(row))
            if number == head:
                sheet.append([head_cell(sheet, str(value or "")) for value in [*padded, ERROR]])
                continue
            cells = [cell(sheet, value, bad=(number, at) in marked) for at, value in enumerate(padded)]
            sheet.append([*cells, cell(sheet, "；".join(wrong.get(number, ())) or None, bad=number in wrong)])

    return _save(target, checked.kind.label, fill)


def _as_content(value: Cell) -> Content:
    return value.text if isinstance(value, CellError) else value


# Common ------------------------------------------------------------------------------------


def _write(target: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[Content]]) -> Written:
    def fill(sheet: Worksheet) -> None:
        for index, label in enumerate(header, start=1):
            shown = [label, *(str(row[index - 1] or "") for row in rows[:_SAMPLE])]
            letter = get_column_letter(index)
            sheet.column_dimensions[letter].width = min(_WIDEST, max(map(text_width, shown)) + 3)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
        sheet.append([head_cell(sheet, label) for label in header])
        for row in rows:
            sheet.append([cell(sheet, value) for value in row])

    return _save(target, title, fill)


def _save(target: Path, title: str, fill: Callable[[Worksheet], None]) -> Written:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    print_well(sheet)
    fill(sheet)
    return write_file(target, book.save)


def print_well(sheet: Worksheet) -> None:
    """Print on A4 landscape, all columns on one page across, the header on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def text_width(text: str) -> int:
    """Return the width of the longest line in characters of half width."""
    return max(
        (
            sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
            for line in text.split("\n")
        ),
        default=0,
    )
