"""The empty Excel sheet of a kind: filled in by somebody else, brought back by the import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from models.intake.columns import brought, heading
from models.records.base import Field, FieldType, Kind, kind_of
from models.store.files import Written, write_file
from reports.sheets.register import text_width
from reports.sheets.workbook import set_value

GUIDE, LISTS = "填写说明", "选项"
_ROWS = 2_000  # rows that offer the choices
_TEXT = "@"  # keeps the zeros of a number and all digits of an id
_FORMATS = {
    FieldType.DATE: "yyyy-mm-dd", FieldType.MOMENT: "yyyy-mm-dd hh:mm", FieldType.INTEGER: "0",
    FieldType.NUMBER: "General",
}  # fmt: skip
_HEAD = PatternFill("solid", fgColor="E8EDF3")
_HOW: dict[FieldType, tuple[str, str | int | float]] = {
    FieldType.TEXT: ("文字", "文字"),
    FieldType.LONG: ("文字，可以换行", "第一条\n第二条"),
    FieldType.INTEGER: ("整数", 3),
    FieldType.NUMBER: ("数字", 2.5),
    FieldType.FLAG: ("是 或 否", "是"),
    FieldType.DATE: ("日期，如 2026-10-15", "2026-10-15"),
    FieldType.MOMENT: ("日期和时间，如 2026-10-15 09:30", "2026-10-15 09:30"),
    FieldType.MONTH_DAY: ("每年的月日，如 11月15日", "11月15日"),
    FieldType.PHONE: ("11 位手机号，或 区号-号码", "13800008000"),
    FieldType.CHOICE: ("从下拉选项里选", ""),
}


def write_template(kind: Kind, target: Path) -> Written:
    """Write the template of *kind*: a header with ``*`` for what must be filled, choices to pick from, text
    columns as text (numbers keep their zeros), a second sheet that explains each column."""
    book = Workbook()
    sheet, guide, lists = book.active, book.create_sheet(GUIDE), book.create_sheet(LISTS)
    sheet.title = kind.label
    lists.sheet_state = "hidden"
    for index, field in enumerate(brought(kind).values(), start=1):
        letter = get_column_letter(index)
        _head(sheet.cell(1, index), heading(field))
        sheet.column_dimensions[letter].width = max(14, text_width(heading(field)) + 4)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(field.type, _TEXT)
        if choices := _choices(field):
            _offer(sheet, lists, letter, choices, strict=not field.open_choices)
    sheet.freeze_panes = "A2"
    for page in (sheet, guide):
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_setup.fitToHeight = 0
    _explain(guide, kind)
    return write_file(target, book.save)


def _head(cell: Any, label: str) -> None:
    set_value(cell, label)
    cell.font, cell.fill = Font(bold=True), _HEAD
    cell.alignment = Alignment("center", "center", wrap_text=True)


def _choices(field: Field) -> tuple[str, ...]:
    return ("是", "否") if field.type is FieldType.FLAG else field.choices


def _offer(
    sheet: Worksheet, lists: Worksheet, letter: str, choices: tuple[str, ...], *, strict: bool
) -> None:
    """Offer *choices* in the column; they stand in the hidden sheet, as a list in the cell may be too long."""
    at = lists.max_column + 1 if lists["A1"].value else 1
    for row, word in enumerate(choices, start=1):
        set_value(lists.cell(row, at), word)
    column = get_column_letter(at)
    rule = DataValidation(
        type="list", formula1=f"{LISTS}!${column}$1:${column}${len(choices)}", allow_blank=True
    )
    rule.showErrorMessage, rule.error, rule.errorTitle = strict, "请从下拉选项里选择。", "不在选项里"
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(rule)


def _explain(guide: Worksheet, kind: Kind) -> None:
    """Say for each column whether it must be filled, how, and show an example."""
    set_value(
        guide["A1"],
        f"{kind.label}导入说明：在第一张表里一行填一条，* 为必填；空着的格子导入时不改动原有内容。",
    )
    for column, (label, width) in enumerate(
        (("栏目", 16), ("必填", 8), ("怎么填", 60), ("示例", 24)), start=1
    ):
        _head(guide.cell(2, column), label)
        guide.column_dimensions[get_column_letter(column)].width = width
    for row, field in enumerate(brought(kind).values(), start=3):
        how, example = _how(field)
        for column, value in enumerate(
            (field.label, "必填" if field.required else None, how, example), start=1
        ):
            cell = guide.cell(row, column)
            set_value(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _how(field: Field) -> tuple[str, str | int | float]:
    how: str
    example: str | int | float
    if field.type is FieldType.REFERENCE:
        how, example = f"已登记的{kind_of(field.target).label}的名称；有重名的，后面加（）写明", ""
    elif field.type is FieldType.REFERENCES:
        how, example = f"已登记的{kind_of(field.target).label}的名称，几个之间用顿号“、”隔开", ""
    else:
        how, example = _HOW[field.type]
    if choices := _choices(field):
        how = f"{'可选' if field.open_choices else '选一个'}：{'、'.join(choices)}"
        example = choices[0]
    return (f"{how}。{field.help}" if field.help else how), example
