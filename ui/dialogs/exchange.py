"""A register and Excel: write it out, hand out an empty sheet, bring a filled one in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from models.intake.workbook_reader import SheetRows, read_workbook
from models.records.base import Kind, Value
from models.store.files import Written
from ui import messages, work
from ui.exchange.export_dialog import ExportDialog
from ui.exchange.import_dialog import ImportDialog
from ui.session import Session
from ui.tables.record_model import label_of
from ui.tables.record_table import RecordTable

WORKBOOK = "Excel 工作簿 (*.xlsx)"


def add_exchange_actions(
    menu: QMenu, view: QWidget, session: Session, table: RecordTable, given: Mapping[str, Value] | None = None
) -> None:
    """Put 导出 Excel, 下载导入模板 and 从 Excel 导入 of the kind that *table* shows into *menu*.

    *given* are the values of every record it shows (the exam its scores belong to).
    """
    menu.addAction("导出 Excel", lambda: export_list(view, session, table))
    menu.addAction("下载导入模板", lambda: save_template(view, session, table.kind))
    menu.addAction("从 Excel 导入", lambda: import_file(view, session, table.kind, given))


def export_list(view: QWidget, session: Session, table: RecordTable) -> None:
    """Write what the list shows, or every field of it, to a workbook of the clerk's choice."""
    kind, shown = table.kind, table.layout_as_shown()
    asked = ExportDialog(view.window(), kind, table.model.rowCount(), filtered=table.filtered)
    wanted = asked.exec()
    all_fields, phones = asked.all_fields, asked.with_phones
    asked.deleteLater()
    target = wanted and messages.save_file(view, "导出 Excel", f"{kind.label}.xlsx", WORKBOOK)
    if not target:
        return
    query = dataclasses.replace(table.query, columns=shown.columns)
    headings = [label_of(kind, name) for name in shown.columns]

    def job(_progress: work.Progress) -> Written:
        from reports.sheets.register import write_list, write_register

        with session.ledger.reading() as reader:
            if not all_fields:
                return write_list(reader, query, headings, target, phones=phones)
            only = {str(row[0]) for row in reader.rows(query)}
            return write_register(reader, kind, target, phones=phones, only=only)

    work.run(view, f"导出{kind.label}", job, lambda written: session.written.emit(written.path))


def save_template(view: QWidget, session: Session, kind: Kind) -> None:
    """Write the empty sheet of a kind where the clerk says."""
    target = messages.save_file(view, "下载导入模板", f"{kind.label}导入模板.xlsx", WORKBOOK)
    if target is None:
        return

    def job(_progress: work.Progress) -> Written:
        from reports.sheets.template import write_template

        return write_template(kind, target)

    work.run(view, f"写出{kind.label}导入模板", job, lambda written: session.written.emit(written.path))


def import_file(
    view: QWidget, session: Session, kind: Kind, given: Mapping[str, Value] | None = None
) -> None:
    """Let the clerk choose a workbook and lead through its import; *given* values hold for every row."""
    path = messages.open_file(view, f"从 Excel 导入{kind.label}", WORKBOOK)
    if path is not None:
        read_and_import(view, session, kind, path, given)


def read_and_import(
    view: QWidget, session: Session, kind: Kind, path: Path, given: Mapping[str, Value] | None = None
) -> None:
    """Read *path* beside the window and open the import over what was read."""

    def done(table: SheetRows) -> None:
        dialog = ImportDialog.over(view.window(), session, kind, table, path.name, given)
        if dialog is None:
            return
        ended = dialog.exec()
        dialog.deleteLater()
        if ended == ImportDialog.ANOTHER:
            import_file(view, session, kind, given)

    work.run(view, f"读取「{path.name}」", lambda _progress: read_workbook(path), done)
