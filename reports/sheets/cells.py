"""The one door into a cell of a workbook we write: what people typed stays text (``=1+1`` too)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from models.records.values import clean

Content = str | int | float | bool | date | datetime | None

LONGEST = 32_767  # characters in a cell, Excel's own limit
TEXT, DAY, MOMENT = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
FONT = "宋体"
_HAIR = Side(style="thin", color="B0B0B0")
BORDER = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_BAD_FILL = PatternFill("solid", fgColor="FBE3E0")


def cell(sheet: Worksheet, value: Content, *, bad: bool = False) -> Any:
    """Return a cell of a write-only *sheet*; *bad* marks one that has to be mended."""
    made = WriteOnlyCell(sheet, value=None)
    put(made, value)
    made.font = Font(name=FONT, size=10)
    made.border = BORDER
    made.alignment = Alignment(vertical="center", wrap_text=isinstance(value, str) and "\n" in value)
    if bad:
        made.fill = _BAD_FILL
    return made


def head_cell(sheet: Worksheet, label: str) -> Any:
    """Return a cell of the header row of a write-only *sheet*."""
    return dress_head(cell(sheet, label))


def dress_head(made: Any) -> Any:
    """Make a filled cell look like a header; return it."""
    made.font = Font(name=FONT, size=10, bold=True)
    made.fill = _HEAD_FILL
    made.border = BORDER
    made.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return made


def put(made: Any, value: Content) -> Any:
    """Put *value* into a cell, text as text whatever it begins with, dates as dates; return the cell."""
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, str):
        made.value = clean(value).replace("\x7f", "")[:LONGEST]
        made.data_type = "s"
        made.number_format = TEXT
        return made
    made.value = value
    if isinstance(value, datetime):
        made.number_format = MOMENT
    elif isinstance(value, date):
        made.number_format = DAY
    return made
