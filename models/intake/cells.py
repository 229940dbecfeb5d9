"""One cell of a foreign sheet → one value of a field."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from enum import Enum
from typing import Literal

from models.intake.workbook_reader import Cell, CellError
from models.records.base import Field, FieldType, Value
from models.records.values import BadValue, clean, parse, parse_tolerant_choice

_PRECISE = 10**15  # Excel keeps 15 digits of a number; an 18-digit id typed as one has lost its end


class Unchanged(Enum):
    """What an empty cell says: leave it as it is."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


def parse_cell(field: Field, cell: Cell) -> Value | Literal[Unchanged.UNCHANGED]:
    """Return the value *cell* means for a field that is no reference. Raises BadValue.

    A masked telephone (138****8000, as exported) means: unchanged.
    """
    if isinstance(cell, datetime):
        return _from_moment(field, cell)
    if isinstance(cell, bool) and field.type is FieldType.FLAG:
        return cell
    typed = cell_text(cell)
    if not typed or (field.type is FieldType.PHONE and "*" in typed):
        return UNCHANGED
    if field.type is FieldType.CHOICE:
        return parse_tolerant_choice(field, typed)
    return parse(field, typed)


def cell_text(cell: Cell) -> str:
    """Return what the cell shows, cleaned. Raises BadValue for an error value or a number cut by Excel."""
    match cell:
        case None:
            return ""
        case CellError(text):
            raise BadValue(f"单元格显示错误 {text}，请改正后再导入")
        case bool():
            return "是" if cell else "否"
        case datetime():
            return f"{cell:%Y-%m-%d}" if cell.hour == cell.minute == 0 else f"{cell:%Y-%m-%d %H:%M}"
        case int() | float():
            if abs(cell) >= _PRECISE:
                raise BadValue("数字超过 15 位，Excel 已丢掉末几位，请把这一列设为文本格式后重新填写")
            return str(cell)
        case _:
            return clean(cell).strip()


def is_same_text(one: Value, other: Value) -> bool:
    """Tell whether two texts differ only in what cannot be seen and what an export does not carry."""
    return isinstance(one, str) and isinstance(other, str) and _visible(one) == _visible(other)


def _visible(text: str) -> str:
    kept = "".join(
        char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Mn")
    )
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).rstrip()


def masked_phone(phone: str) -> str:
    """Return a telephone number with its middle hidden: 138****8000, ****5678."""
    shown = phone[:3] if len(phone) >= 11 else ""  # of a short number the rest would stand there whole
    return f"{shown}****{phone[-4:]}" if len(phone) >= 7 else phone


def _from_moment(field: Field, moment: datetime) -> Value:
    if field.type is FieldType.DATE:
        return moment.date()
    if field.type is FieldType.MOMENT:
        return moment
    return parse(field, cell_text(moment))
