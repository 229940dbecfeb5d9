"""Excel: 10,000 people out and in, against openpyxl alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import Workbook, load_workbook

from models.intake.importer import check_import, preview_import, write_import
from models.intake.workbook_reader import read_workbook
from models.records.organisation import Person
from models.store.ledger import Ledger
from reports.sheets.register import write_register
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.places import ledger_in

ROWS = 10_000
_TIMES = 3
_HEAD = ("姓名", "性别", "手机", "人员类别")


def measure() -> Iterator[Figure]:
    """Import a workbook made by openpyxl, export what it brought."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made, exported = folder / "people.xlsx", folder / "export.xlsx"
        _make(made)
        value, baseline = compared(lambda: read_workbook(made), lambda: _read_raw(made), _TIMES)
        yield Figure(f"read a workbook of {ROWS:,} rows in a child process", value, baseline=baseline)
        with ledger_in(folder) as ledger:
            spent = _import(ledger, made)
            yield Figure(f"check and write {ROWS:,} rows", spent, baseline=baseline)
            assert len(ledger.find(Person)) == ROWS
            value, baseline = compared(
                lambda: write_register(ledger, Person.KIND, exported, phones=True),
                lambda: _write_raw(ledger, folder / "raw.xlsx"),
                _TIMES,
            )
            yield Figure(f"export {ROWS:,} people", value, baseline=baseline)


def _make(target: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人员")
    sheet.append(_HEAD)
    for place in range(ROWS):
        sheet.append((f"罗{place}", "女", f"139{place:08d}", "公务员"))
    book.save(target)


def _read_raw(source: Path) -> None:
    book = load_workbook(source, read_only=True, data_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) == ROWS + 1
    book.close()


def _write_raw(ledger: Ledger, target: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人员")
    for person in ledger.find(Person):
        sheet.append([*person.values().values(), person.id])
    book.save(target)


def _import(ledger: Ledger, source: Path) -> float:
    """Return the time in ms of the import, once: a second one would change nothing."""
    rows = read_workbook(source)
    start = perf_counter()
    checked = check_import(ledger, Person.KIND, rows, preview_import(ledger, Person.KIND, rows))
    assert not checked.errors
    write_import(ledger, checked)
    return (perf_counter() - start) * 1000
