"""One more simple register takes one description and one migration: here 锦旗, and everything works with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
import shiboken6
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from models.deeds.recycle_bin import binned_deeds, restore_from_bin
from models.intake.importer import check_import, preview_import, write_import
from models.intake.workbook_reader import read_workbook
from models.office import Office, Setup, create_office
from models.records import base
from models.records.base import Kind, NameOf, Record, day, long_text, record_kind, reference, text
from models.records.organisation import Unit
from models.store.database import Database
from models.store.migrations import migrations
from models.store.reader import Filter, RowQuery
from models.store.schema import create_register
from reports.sheets.register import write_register
from reports.sheets.template import write_template
from tests.ui.answers import answering
from ui.dialogs.history import HistoryDialog
from ui.main_window import MainWindow
from ui.pages.registers import RegistersPage
from ui.session import Session
from ui.shell import make_window


@pytest.fixture
def banner(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The whole of the new register; known inside the test only."""
    monkeypatch.setattr(base, "_registry", dict(base._registry))
    monkeypatch.setattr(migrations, "_migrations", list(migrations._migrations))

    @migrations()
    def m900_banner(db: Database) -> None:
        create_register(
            db, "banner",
            """words TEXT
            giver TEXT
            unit -> unit
            given_on DATE
            shown_from DATE
            shown_until DATE
            note TEXT""",
        )  # fmt: skip

    @record_kind(
        "banner", "锦旗", family="registers", icon="flag", identity=("words", "giver"), sort=("-given_on",),
        period=("shown_from", "shown_until"), happened="given_on", measure="面",
    )  # fmt: skip
    class Banner(Record):
        words: str = text("锦旗文字", required=True, searched=True)
        giver: str = text("赠送人", searched=True)
        unit: str = reference("受赠单位", "unit")
        given_on: date | None = day("赠送日期")
        shown_from: date | None = day("悬挂起")
        shown_until: date | None = day("悬挂止")
        note: str = long_text("备注")

        def headline(self, name_of: NameOf) -> str:
            return f"“{self.words}”"

    return Banner


@pytest.fixture
def office(banner: Any, tmp_path: Path) -> Iterator[Office]:
    """An office with two banners, one of them taken down again."""
    made, _ = create_office(tmp_path / "台账", Setup(office_name="澜溪县依法治县办公室"))
    with made:
        with made.ledger.action("登记锦旗") as action:
            unit = action.add(Unit(name="县司法局"))
            action.add(
                banner(
                    words="公正为民", giver="查良", given_on=date(2025, 3, 1), shown_until=date(2025, 12, 31)
                )
            )
            action.add(banner(words="调解有方", giver="单雄", unit=unit.id, given_on=date(2026, 6, 1)))
        yield made


@pytest.fixture
def window(office: Office, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    made = make_window(Session(office.ledger, office))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    shiboken6.delete(made)  # with its timers, before the office closes


@pytest.fixture
def kind(banner: Any) -> Kind:
    return cast(Kind, banner.KIND)


def words(office: Office, query: RowQuery) -> list[object]:
    return [row[1] for row in office.ledger.rows(query)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["调解有方", "公正为民"]),
        ({"search": "tjyf"}, ["调解有方"]),
        ({"search": "shan"}, []),
        ({"search": "县司法局"}, ["调解有方"]),
        ({"filters": (Filter("given_on", "<=", date(2025, 12, 31)),)}, ["公正为民"]),
        ({"sort": ("giver",)}, ["调解有方", "公正为民"]),
        ({"as_of": date(2026, 1, 1)}, ["调解有方"]),
    ],
)
def test_its_list_searches_filters_sorts_and_looks_back(
    office: Office, asked: dict[str, Any], found: list[str]
) -> None:
    assert words(office, RowQuery("banner", ("words",), **asked)) == found


def test_it_is_entered_in_the_window_found_everywhere_and_taken_back(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    window.open_page("registers")
    page = cast(RegistersPage, window.page("registers"))
    labels = [page._list.item(place).text() for place in range(page._list.count())]
    page._list.setCurrentRow(labels.index("锦旗"))
    view = page._current()
    qtbot.mouseClick(view.new_button, Qt.MouseButton.LeftButton)
    assert view.new_button.text() == "新增锦旗"
    assert view.pane.form
    view.pane.form.editor("words").put_typed("普法先锋")
    view.pane.form.editor("given_on").put_typed("2026-11-20")
    assert view.pane.form.save()
    assert view._counted.text() == "3 面"
    hit = next(hit for hit in office.ledger.search("pfxf") if hit.kind == "banner")
    window.open_record(hit.kind, hit.id)
    assert view.pane.form.record.id == view.table.current_id() == hit.id
    history = HistoryDialog(window, page._session, "banner", hit.id)
    assert history.table.model().index(0, 2).data() == "登记锦旗「“普法先锋”」"
    with answering("移到回收站"):
        view.remove_selected()
    assert view._counted.text() == "2 面"
    restore_from_bin(office.ledger, binned_deeds(office.ledger)[0].records, "恢复锦旗")
    assert view._counted.text() == "3 面"


def test_its_template_comes_back_filled(office: Office, kind: Kind, tmp_path: Path) -> None:
    sheet = write_template(kind, tmp_path / "模板.xlsx").path
    book = load_workbook(sheet)
    page = book[kind.label]
    assert [cell.value for cell in page[1]][:3] == ["锦旗文字*", "赠送人", "受赠单位"]
    page.append(["依法行政", "某企业", "县司法局", "2026-07-01"])
    book.save(sheet)
    rows = read_workbook(sheet)
    done = write_import(
        office.ledger, check_import(office.ledger, kind, rows, preview_import(office.ledger, kind, rows))
    )
    assert done.own.added == 1
    assert words(office, RowQuery("banner", ("unit",), search="依法行政")) == ["县司法局"]


def test_an_export_is_an_import_that_changes_nothing(office: Office, kind: Kind, tmp_path: Path) -> None:
    sheet = write_register(office.ledger, kind, tmp_path / "锦旗.xlsx").path
    rows = read_workbook(sheet)
    checked = check_import(office.ledger, kind, rows, preview_import(office.ledger, kind, rows))
    assert (checked.errors, checked.own.added, checked.own.changed, checked.own.unchanged) == ((), 0, 0, 2)


def test_the_command_line_lists_it(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.close()
    assert main.main(["--data", str(tmp_path / "台账"), "list", "banner", "--as-of", "2026-01-01"]) == 0
    assert "调解有方" in (shown := capsys.readouterr().out)
    assert "公正为民" not in shown


def test_it_is_forgotten_after_the_test() -> None:
    assert "banner" not in base._registry
    assert "m900_banner" not in {step.name for step in migrations._migrations}
