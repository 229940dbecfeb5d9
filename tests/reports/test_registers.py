"""Registers out to Excel and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.deeds.filing import home_of
from models.intake.columns import brought
from models.intake.importer import check_import, preview_import
from models.intake.workbook_reader import Cell, SheetRows, read_workbook
from models.records.base import Kind, all_kinds, kind_of
from models.records.organisation import Person, Unit
from models.store.files import Cancelled
from models.store.ledger import Ledger
from models.store.reader import RowQuery
from models.summaries.computed import COMPUTED
from reports.sheets.register import write_computed, write_register
from reports.sheets.template import GUIDE, LISTS, write_template
from reports.year_folder import export_year

KINDS = all_kinds()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_an_export_brought_back_changes_nothing(county: Ledger, tmp_path: Path, kind: Kind) -> None:
    count = county.count(RowQuery(kind.id, ()))
    if not count:
        pytest.skip("the sample county has none")
    write_register(county, kind, tmp_path / "表.xlsx")
    rows = read_workbook(tmp_path / "表.xlsx")
    checked = check_import(county, kind, rows, preview_import(county, kind, rows))
    assert [str(problem) for problem in checked.errors] == []
    assert (checked.own.added, checked.own.changed, checked.own.unchanged) == (0, 0, count)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_an_export_without_ids_is_recognised_by_identity(county: Ledger, tmp_path: Path, kind: Kind) -> None:
    """What a clerk gets who deletes the column 编号: the same records, or a sentence that asks for it."""
    count = county.count(RowQuery(kind.id, ()))
    if not count:
        pytest.skip("the sample county has none")
    if kind.comes_from:
        pytest.skip(kind.comes_from)
    write_register(county, kind, tmp_path / "表.xlsx", phones=True)
    read = read_workbook(tmp_path / "表.xlsx")
    rows = SheetRows(read.name, tuple(row[: len(kind.fields)] for row in read.rows))
    checked = check_import(county, kind, rows, preview_import(county, kind, rows))
    assert checked.own.added == checked.own.changed == 0
    assert all("编号" in str(problem) or "重复" in str(problem) for problem in checked.errors)


def test_every_nasty_text_comes_back_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+86",
        "@SUM(A1)",
        "-1",
        "<b>粗</b>",
        "0012",
        "１２３",
        "葛󠄀城",
        "𬍛䶮",
        "a\tb",
        "110101199003070011",
    ]
    with ledger.action("登记") as action:
        for text in texts:
            action.add(Unit(name=f"{text}局", short_name=text, note=f"{text}\n第二行"))
    write_register(ledger, kind_of("unit"), tmp_path / "表.xlsx")
    sheet = load_workbook(tmp_path / "表.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    rows = read_workbook(tmp_path / "表.xlsx")
    checked = check_import(ledger, kind_of("unit"), rows, preview_import(ledger, kind_of("unit"), rows))
    assert (checked.errors, checked.own.changed, checked.own.unchanged) == ((), 0, len(texts))


def test_people_of_one_name_stay_apart(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.action("登记") as action:
        for _ in range(2):
            action.add(Person(name="尹素"))
    write_register(ledger, kind_of("person"), tmp_path / "表.xlsx")
    rows = read_workbook(tmp_path / "表.xlsx")
    checked = check_import(ledger, kind_of("person"), rows, preview_import(ledger, kind_of("person"), rows))
    assert (checked.errors, checked.own.unchanged) == ((), 2)


def test_a_computed_list_is_exported_as_of_a_day(county: Ledger, tmp_path: Path) -> None:
    write_computed(county, COMPUTED["obligation"], tmp_path / "表.xlsx", as_of=date(2026, 11, 21))
    rows = read_workbook(tmp_path / "表.xlsx").rows
    assert rows[0][:2] == ("状态", "条款要求")
    assert len(rows) == 1 + len(COMPUTED["obligation"].rows(county, date(2026, 11, 21)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_template_has_the_fields_a_clerk_fills_in(kind: Kind, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "模板.xlsx")
    book = load_workbook(tmp_path / "模板.xlsx")
    assert book.sheetnames == [kind.label, GUIDE, LISTS]
    labels = [cell.value for cell in book[kind.label][1]]
    assert labels == [f"{f.label}{'*' if f.required else ''}" for f in brought(kind).values()]
    explained = [row[0].value for row in book[GUIDE].iter_rows(min_row=3)]
    assert explained == [field.label for field in brought(kind).values()]
    offered = {str(rule.sqref) for rule in book[kind.label].data_validations.dataValidation}
    choices = [f for f in brought(kind).values() if f.choices or f.type.value == "flag"]
    assert len(offered) == len(choices)


def test_the_header_of_a_template_is_understood_in_full(ledger: Ledger, tmp_path: Path) -> None:
    for kind in KINDS:
        header: tuple[Cell, ...] = tuple(f"{f.label}*" for f in kind.entered_fields)
        preview = preview_import(ledger, kind, SheetRows("表", (header, ("x",))))
        assert list(preview.mapping.values()) == [f.name for f in kind.entered_fields]


def test_a_cancelled_year_leaves_nothing(county: Ledger, tmp_path: Path) -> None:
    written: list[int] = []
    with pytest.raises(Cancelled):
        export_year(
            county, 2026, tmp_path / "2026", attachments=home_of(county).attachments,
            progress=lambda phase, done, of: written.append(done) if phase == 1 else None,
            cancelled=lambda: len(written) == 5,
        )  # fmt: skip
    assert written == [1, 2, 3, 4, 5]
    assert not list((tmp_path / "2026").iterdir())
