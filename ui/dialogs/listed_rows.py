"""Records as rows of a list: day, headline, how it stands, what it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from models.records.base import kind_of
from models.records.values import show_day
from models.summaries.listed import Listed
from ui.tables.cell_model import LaterRow
from ui.tables.cells import Cell, TextCell, leading, value

HEADERS = ("日期", "记录", "情况", "类别")


def listed_rows(records: Iterable[Listed]) -> list[LaterRow]:
    """Return a line for each record; its subject is the record."""
    return [LaterRow(partial(_cells, record), record.kind, record.id, record) for record in records]


def _cells(record: Listed) -> tuple[Cell, ...]:
    kind = kind_of(record.kind)
    return (
        value(show_day(record.on)),
        leading(record.headline),
        value(record.words),
        TextCell(kind.label, "text2", 13, icon=kind.icon),
    )
