"""The rows of a worksheet, each written in one piece.

openpyxl makes an object and three elements of every cell, which takes most of the time of a long list; everything
around the rows is its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml.functions import fromstring

from models.documents.blocks import Cell
from reports.paper.text import lines

LONGEST_CELL = 32_767  # characters Excel takes in a cell
_CUT = "……（过长，以下略）"
_LARGEST_FIGURE = 10**15  # beyond 15 digits Excel rounds: such a number is written as text

Content = str | int | float | datetime | None


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """How cells look, *number_format* for their figures; a framed cell is there also when it is empty."""

    font: Font | None = None
    alignment: Alignment | None = None
    border: Border | None = None
    number_format: str = ""


PLAIN = Look()


class Row(NamedTuple):
    """Values with a look each; *height* in pt, 0 for what Excel gives it."""

    values: Sequence[Cell]
    looks: Sequence[Look]
    height: float = 0.0


def content(value: Cell, number_format: str = "") -> tuple[Content, str]:
    """Return what stands in a cell and its format: text as text whatever it starts with, cut where Excel would
    refuse it; days and figures as what they are."""
    match value:
        case None | "":
            return None, ""
        case bool():
            return "是" if value else "否", ""
        case str():
            text = "\n".join(lines(value))
            return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT, ""
        case datetime():
            return value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
        case date() if value.year >= 1900:
            return datetime.combine(value, time()), "yyyy-mm-dd"
        case date():
            return value.isoformat(), ""
        case _ if not math.isfinite(value) or abs(value) >= _LARGEST_FIGURE:
            return str(value), ""
        case _:
            return value, number_format


def write_sheet(sheet: Any, rows: Iterable[Row]) -> None:
    """Write *rows* on *sheet* of a write-only workbook and close it: nothing can be set on it afterwards."""
    sheet._writer = _Writer(sheet, rows)
    sheet._writer.write_top()
    sheet.close()


class _Writer(WorksheetWriter):  # type: ignore[misc]  # openpyxl is not typed
    def __init__(self, sheet: Any, rows: Iterable[Row]) -> None:
        super().__init__(sheet)
        self._given = rows
        self._styles = _Styles(sheet)

    def write_rows(self) -> None:
        stream = self.xf.send(True)
        with stream.element("sheetData"):
            for number, row in enumerate(self._given, 1):
                stream.write(fromstring(self._row(number, row)))
        self.xf.send(None)

    def _row(self, number: int, row: Row) -> str:
        height = f' ht="{row.height:g}" customHeight="1"' if row.height else ""
        cells = [
            self._cell(f"{get_column_letter(place)}{number}", value, look)
            for place, (value, look) in enumerate(zip(row.values, row.looks, strict=True), 1)
        ]
        return f'<row r="{number}"{height}>{"".join(cells)}</row>'

    def _cell(self, place: str, value: Cell, look: Look) -> str:
        held, number_format = content(value, look.number_format)
        if held is None and not look.border:
            return ""
        style = self._styles[look, number_format]
        if held is None:
            return f'<c r="{place}" s="{style}"/>'
        if isinstance(held, str):
            space = ' xml:space="preserve"' if held != held.strip() else ""
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{escape(held)}</t></is></c>'
        figure = to_excel(held) if isinstance(held, datetime) else held
        return f'<c r="{place}" s="{style}"><v>{figure:.16g}</v></c>'


class _Styles(dict[tuple[Look, str], int]):
    """The number of each style in the workbook of a sheet; every look is entered once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def __missing__(self, key: tuple[Look, str]) -> int:
        look, number_format = key
        cell = WriteOnlyCell(self._sheet)
        for name, wanted in (
            ("font", look.font), ("border", look.border), ("alignment", look.alignment), ("number_format", number_format),
        ):  # fmt: skip
            if wanted:
                setattr(cell, name, wanted)
        self[key] = cell.style_id
        return self[key]
