"""Conditions of a list: what the dialog offers for each kind of field, and the chips it leaves."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.records.base import kind_of
from models.store.ledger import Ledger
from models.store.reader import Filter, RowQuery
from tests.fixtures import SmallOffice
from tests.ui import walk
from ui.forms.editors import Editor
from ui.tables.filter_bar import Condition, FilterBar, FilterDialog
from ui.widgets.buttons import Button


@pytest.fixture
def dialog(qtbot: QtBot, ledger: Ledger, office: SmallOffice, qapp: QApplication) -> FilterDialog:
    made = FilterDialog(None, kind_of("appointment"), ledger)
    qtbot.addWidget(made)
    return made


def choose(dialog: FilterDialog, field: str, operator: str, typed: str = "") -> None:
    dialog._field_box.setCurrentText(field)
    dialog._operator_box.setCurrentText(operator)
    assert dialog._value_row
    cast(Editor, dialog._value_row.field).put_typed(typed)
    dialog._finish()


@pytest.mark.parametrize(
    ("field", "operator", "typed", "words", "found"),
    [
        ("姓名", "是", "高书瑶", "姓名 是 高书瑶", 1),
        ("姓名", "不是", "高书瑶", "姓名 不是 高书瑶", 3),
        ("职务", "包含", "局长", "职务 包含 局长", 3),
        ("岗位", "是", "分管负责人", "岗位 是 分管负责人", 2),
        ("任职起", "不早于", "2024-3-1", "任职起 不早于 2024年3月1日", 4),
        ("任职起", "不晚于", "2024-2-29", "任职起 不晚于 2024年2月29日", 0),
        ("任职止", "没有填", "", "任职止 没有填", 4),
        ("排序", "已填", "", "排序 已填", 0),
    ],
)
def test_a_condition_finds_and_reads_well(
    dialog: FilterDialog, ledger: Ledger, field: str, operator: str, typed: str, words: str, found: int
) -> None:
    choose(dialog, field, operator, typed)
    assert dialog.condition
    assert dialog.condition.words == words
    assert ledger.count(RowQuery("appointment", (), filters=(dialog.condition.filter,))) == found


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("任职起", "昨天下午", "“昨天下午”不是日期，应如 2026-10-15 或 10月15日"),
        ("姓名", "查无此人", "没有名为“查无此人”的人员，先登记再选"),
        ("岗位", "", "这一项没有填"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(
    dialog: FilterDialog, field: str, typed: str, told: str
) -> None:
    choose(dialog, field, "是", typed)
    assert dialog.condition is None
    assert dialog._value_row
    assert dialog._value_row.field.accessibleDescription() == told


def test_a_flag_can_be_asked_for_both_ways(qtbot: QtBot, ledger: Ledger, office: SmallOffice) -> None:
    made = FilterDialog(None, kind_of("membership"), ledger)
    qtbot.addWidget(made)
    choose(made, "牵头", "是")
    assert made.condition == Condition(Filter("lead", "=", False), "牵头 否")
    assert ledger.count(RowQuery("membership", (), filters=(made.condition.filter,))) == 1


def test_chips_take_their_condition_away(qtbot: QtBot, ledger: Ledger, qapp: QApplication) -> None:
    bar = FilterBar(kind_of("unit"), ledger)
    qtbot.addWidget(bar)
    school = Condition(Filter("category", "=", "学校"), "单位类别 是 学校")
    bar.add(school)
    bar.add(Condition(Filter("level", "empty"), "层级 没有填"))
    with qtbot.waitSignal(bar.changed):
        chip = next(chip for chip in bar.findChildren(Button) if chip.text() == "层级 没有填")
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert bar.filters() == (school.filter,)
    assert walk.faults(bar) == []
