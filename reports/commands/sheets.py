"""template, import, export: any kind as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from models import clock
from models.errors import ClerkError
from models.intake.importer import check_import, preview_import, sheet_kind, write_import
from models.intake.outcome import Existing
from models.intake.workbook_reader import SheetRows, read_workbook
from models.office import Office
from models.records.base import Kind
from models.store.backup import Reason
from models.summaries.computed import COMPUTED
from models.summaries.listing import known_kind
from reports.commands import Note
from reports.sheets.register import write_computed, write_errors, write_register
from reports.sheets.template import write_template


def template(kind_id: str, to: Path) -> Iterator[str]:
    """Write the empty sheet of a kind."""
    yield str(write_template(_stored(kind_id), _workbook(to)).path)


def read_for(kind_id: str, file: Path) -> tuple[Kind, SheetRows]:
    """Return the kind and the rows of *file*, before any office is opened or made."""
    return _stored(kind_id), read_workbook(file)


def import_sheet(
    office: Office, kind: Kind, table: SheetRows, *, existing: Existing, errors_to: Path | None
) -> Iterator[str]:
    """Import every row or none; when refused, the sheet with its errors goes to *errors_to*."""
    kind = sheet_kind(kind, table)
    preview = preview_import(office.ledger, kind, table)
    checked = check_import(office.ledger, kind, table, preview, existing=existing)
    yield from (Note(f"提示：{problem}") for problem in checked.warnings)
    if preview.ignored:
        yield Note(f"没有导入的列：{'、'.join(preview.ignored)}")
    if preview.totals:
        yield Note(preview.left_out())
    if checked.errors:
        if checked.errors[1:]:  # a single one stands in the sentence
            yield from (Note(str(problem)) for problem in checked.errors)
        if errors_to:
            yield str(write_errors(checked, _workbook(errors_to)).path)
        raise ClerkError(checked.sentence())
    if checked.written:
        office.try_back_up(Reason.BEFORE_IMPORT)
        write_import(office.ledger, checked)
    yield checked.sentence()


def export_sheet(
    office: Office, kind_id: str, to: Path, *, as_of: date | None, phones: bool
) -> Iterator[str]:
    """Write the records of a kind, or a computed list as of a day."""
    if computed := COMPUTED.get(kind_id):
        written = write_computed(office.ledger, computed, _workbook(to), as_of=as_of or clock.today())
    else:
        written = write_register(
            office.ledger, known_kind(kind_id, COMPUTED.values()), _workbook(to), as_of=as_of, phones=phones
        )
    yield str(written.path)


def _stored(kind_id: str) -> Kind:
    if computed := COMPUTED.get(kind_id):
        raise ClerkError(f"“{computed.label}”是由条款和记录算出来的，不能导入，只能导出。")
    kind = known_kind(kind_id)
    if kind.comes_from:
        raise ClerkError(f"“{kind.label}”不能导入：{kind.comes_from}。")
    return kind


def _workbook(path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise ClerkError(f"“{path.name}”应为 .xlsx 文件，请改文件名的后缀。")
    return path
