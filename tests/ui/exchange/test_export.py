"""Out of a register: the list as shown or every field, telephones masked unless ticked; an empty sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.records.base import kind_of
from models.records.organisation import Person
from models.store.ledger import Ledger
from tests.ui.answers import answering
from ui import work
from ui.exchange.export_dialog import ExportDialog
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.inputs import CheckBox, RadioButton


@pytest.fixture
def view(ledger: Ledger, qapp: QApplication, qtbot: QtBot) -> Iterator[RegisterView]:
    with ledger.action("登记") as action:
        action.add(Person(name="陆怀谦", phone="13900001111", note="=1+1"))
        action.add(Person(name="罗屿", phone="13900002222"))
    made = RegisterView(Session(ledger), "person")
    qtbot.addWidget(made)
    made.show()
    with work.at_once():
        yield made


def export(view: RegisterView, target: Path, *ticked: str) -> list[list[Any]]:
    """Choose 导出 Excel in the menu, tick *ticked* in its dialog, and return the rows of what was written."""

    def answer() -> None:
        dialog = next(one for one in view.window().findChildren(ExportDialog) if one.isVisible())
        for box in (*dialog.findChildren(CheckBox), *dialog.findChildren(RadioButton)):
            if box.text() in ticked:
                box.setChecked(True)
        dialog.accept()

    QTimer.singleShot(0, answer)
    trigger(view, "导出 Excel", target)
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(target).active.rows]


def trigger(view: RegisterView, words: str, target: Path) -> None:
    with answering(target):
        next(action for action in view.menu().actions() if action.text() == words).trigger()


def test_the_list_as_shown(view: RegisterView, tmp_path: Path) -> None:
    view.table.show_columns(["phone", "name"])
    view.table.search("ly")
    head, *rows = export(view, tmp_path / "人员.xlsx")
    assert head == ["手机", "姓名"]
    assert rows == [["139****2222", "罗屿"]]


def test_every_field_of_what_is_shown_can_come_back(view: RegisterView, tmp_path: Path) -> None:
    head, *rows = export(view, tmp_path / "人员.xlsx", "全部栏目", "写出完整电话号码")
    assert head == [*(field.label for field in kind_of("person").fields), "编号"]
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_name["陆怀谦"]["手机"] == "13900001111"
    assert by_name["陆怀谦"]["备注"] == "=1+1"
    view.table.search("罗屿")
    assert len(export(view, tmp_path / "一人.xlsx", "全部栏目")) == 2


def test_the_empty_sheet(view: RegisterView, tmp_path: Path) -> None:
    trigger(view, "下载导入模板", tmp_path / "模板.xlsx")
    assert openpyxl.load_workbook(tmp_path / "模板.xlsx").active["A1"].value == "姓名*"
