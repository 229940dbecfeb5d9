"""Records as rows of a list: day, headline, how it stands, what it is."""

from __future__ import annotations

from collections.abc import Iterable

from models.records.base import kind_of
from models.records.values import show_day
from models.summaries.listed import Listed
from ui.tables.cell_model import CellRow
from ui.tables.cells import TextCell, leading, value

HEADERS = ("日期", "记录", "情况", "类别")


def listed_rows(records: Iterable[Listed]) -> list[CellRow]:
    """Return a line for each record; its subject is the record."""
    return [_row(record) for record in records]


def _row(record: Listed) -> CellRow:
    kind = kind_of(record.kind)
    cells = (
        value(show_day(record.on) if record.on else ""),
        leading(record.headline),
        value(record.words),
        TextCell(kind.label, "text2", 13, icon=kind.icon),
    )
    return CellRow(cells, record.kind, record.id, record)
