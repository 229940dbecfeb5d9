"""The same work done raw: the queries without what is made of them, the cells of a paper without their paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.documents.blocks import Document, Table
from models.store.ledger import Ledger
from reports.paper.fonts import Role, faces
from reports.paper.text import cell_text

ROWS_A_PAGE = 25


def queries_of(ledger: Ledger, deed: Callable[[], object]) -> Callable[[], None]:
    """Return what asks the queries of *deed* again, as it asked them, and does nothing with the rows."""
    asked: list[str] = []
    ledger.db.conn.set_trace_callback(asked.append)
    deed()
    ledger.db.conn.set_trace_callback(None)
    queries = [sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]

    def ask() -> None:
        for sql in queries:
            ledger.db.conn.execute(sql).fetchall()

    return ask


def write_cells(document: Document) -> None:
    """Write every cell of *document* bare: of its tables as PDF, of tables and lists as XLSX; no lines broken, no rules,
    no styles."""
    canvas = Canvas(io.BytesIO(), pagesize=A4)
    font = faces().pick(Role.BODY, "法")[0].name
    for table in document.tables():
        for place, row in enumerate(_texts(table)):
            if place % ROWS_A_PAGE == 0:
                canvas.showPage()
                canvas.setFont(font, 9)
            for column, text in enumerate(row):
                canvas.drawString(40 + 60 * column, 780 - 30 * (place % ROWS_A_PAGE), text)
    canvas.save()
    book = Workbook(write_only=True)
    for number, table in enumerate([*document.tables(), *document.sheets]):
        sheet = book.create_sheet(f"{number}")
        for row in _texts(table):
            sheet.append(row)
    book.save(io.BytesIO())


def _texts(table: Table) -> Iterator[list[str]]:
    formats = [column.number_format for column in table.columns]
    for row in table.rows:
        yield [cell_text(value, form).replace("\n", " ") for value, form in zip(row, formats, strict=True)]
