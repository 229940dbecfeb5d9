"""Any kind as an Excel workbook: exported so that it can come back, or handed back with its errors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from models.documents.blocks import Cell, Column
from models.intake import workbook_reader
from models.intake.cells import masked_phone
from models.intake.columns import ERROR, ID
from models.intake.outcome import CheckedImport
from models.intake.references import NameIndex
from models.records.base import Field, FieldType, Kind, Record, kind_of
from models.records.values import from_column, show
from models.store.files import Written, write_file
from models.store.reader import Reader, RowQuery
from models.summaries.computed import ComputedKind
from models.summaries.listing import records_as_of
from reports.sheets.workbook import Sheet, put_row, write_rows
from reports.words import half_widths

WIDEST = 40  # characters of half width
_SAMPLE = 300  # rows looked at for the widths
_WRONG = PatternFill("solid", fgColor="FBE3E0")
_BOLD = Font(bold=True)


def write_register(
    reader: Reader, kind: Kind, target: Path, *, as_of: date | None = None, phones: bool = False,
    only: Collection[str] | None = None,
) -> Written:  # fmt: skip
    """Write the records of *kind*, or those with the ids *only*, to *target* so that an import changes nothing.

    The last column is the record's id. Telephones are masked unless *phones*.
    """
    names = {field.target: NameIndex(reader, kind_of(field.target)) for field in kind.references}
    rows = [
        [*(_content(field, record, names, phones) for field in kind.fields), record.id]
        for record in records_as_of(reader, kind, as_of)
        if only is None or record.id in only
    ]
    return _write(target, kind.label, [*(field.label for field in kind.fields), ID], rows)


def write_list(
    reader: Reader, query: RowQuery, headings: Sequence[str], target: Path, *, phones: bool = False
) -> Written:
    """Write what a list shows to *target*: its columns under *headings*, its filter, its order."""
    kind = kind_of(query.kind)
    described = {field.name: field for field in kind.columns}
    fields = [described.get(name) for name in query.columns]
    rows = [
        [_listed(field, stored, phones) for field, stored in zip(fields, row[1:], strict=True)]
        for row in reader.rows(query)
    ]
    return _write(target, kind.label, headings, rows)


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


def write_errors(checked: CheckedImport, target: Path) -> Written:
    """Write the sheet as it came, wrong cells marked and each row's errors in a last column."""
    wrong: dict[int, list[str]] = {}
    for problem in checked.errors:
        wrong.setdefault(problem.row, []).append(f"{problem.label}：{problem.message}".removeprefix("："))
    marked = {(problem.row, problem.column) for problem in checked.errors}
    width = max(len(row) for row in checked.table.rows)
    book = Workbook()
    sheet = book.active
    sheet.title = checked.kind.label
    for number, row in enumerate(checked.table.rows, start=1):
        is_header = number == checked.preview.header_row
        said = ERROR if is_header else "；".join(wrong.get(number, ()))
        cells = put_row(sheet, number, [*map(_as_content, row), *[None] * (width - len(row)), said or None])
        for index, cell in enumerate(cells):
            if is_header:
                cell.font = _BOLD
            elif (number, index) in marked or (said and index == width):
                cell.fill = _WRONG
    sheet.column_dimensions[get_column_letter(width + 1)].width = 2 * WIDEST
    return write_file(target, book.save)


def text_width(text: str) -> int:
    """Return the width of the longest line in characters of half width."""
    return max(map(half_widths, text.split("\n")))


def _content(field: Field, record: Record, names: dict[str, NameIndex], phones: bool) -> Cell:
    value: Any = getattr(record, field.name)
    if field.type is FieldType.REFERENCE:
        return names[field.target].written(value)
    if field.type is FieldType.REFERENCES:
        return "、".join(names[field.target].written(item) for item in value)
    if field.type is FieldType.PHONE and not phones:
        return masked_phone(value)
    if field.type is FieldType.MONTH_DAY:
        return show(field, value)
    shown: Cell = value
    return shown


def _listed(field: Field | None, stored: Any, phones: bool) -> Cell:
    """Return a stored column for a cell; a reference is stored by name, a stamp as text."""
    if stored is None or stored == "":
        return None
    if field is None or field.target:
        return str(stored)
    if field.type is FieldType.PHONE and not phones:
        return masked_phone(stored)
    if field.type is FieldType.MONTH_DAY:
        return show(field, stored)
    value: Any = from_column(field, stored)
    shown: Cell = value
    return shown


def _as_content(cell: workbook_reader.Cell) -> Cell:
    return cell.text if isinstance(cell, workbook_reader.CellError) else cell


def _write(target: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Written:
    columns = []
    for index, label in enumerate(header):
        widest = max(text_width(str(row[index] or "")) for row in [header, *rows[:_SAMPLE]])
        columns.append(Column(label, weight=min(WIDEST, widest + 2) / 10))
    return write_file(target, lambda stream: write_rows(stream, [Sheet(title, columns, rows)]))
