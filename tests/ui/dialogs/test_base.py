"""The keys of every dialog with fields: those of a form."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from models.records.supervision import Case
from ui.dialogs.base import Dialog
from ui.pages.supervision.step_dialog import VERBS, StepDialog
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox, TextArea

ENTER, S = Qt.Key.Key_Return, Qt.Key.Key_S


class Asking(Dialog):
    """Two fields with a button between them; counts how often its deed is done."""

    def __init__(self) -> None:
        super().__init__(None, "登记")
        self.done_times = 0
        self.first, self.between, self.last = QLineEdit(), QPushButton("选择"), ComboBox()
        for part in (FieldRow("名称", self.first), self.between, FieldRow("类型", self.last)):
            self.body.addWidget(part)
        self.button = self.end_in("保存", self._count)
        self.first.setFocus()

    def _count(self) -> None:
        self.done_times += 1


@pytest.fixture
def asking(qtbot: QtBot) -> Asking:
    dialog = Asking()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.first.hasFocus)
    return dialog


def test_enter_goes_to_the_next_field_and_does_the_deed_from_the_last(qtbot: QtBot, asking: Asking) -> None:
    qtbot.keyClick(asking.first, ENTER)
    assert (asking.focusWidget(), asking.done_times) == (asking.last, 0)
    qtbot.keyClick(asking.last, ENTER)
    assert (asking.focusWidget(), asking.done_times) == (asking.last, 1)


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, asking: Asking) -> None:
    for button, times in ((asking.between, 0), (asking.button, 1)):
        button.setFocus()
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, ENTER)
        assert asking.done_times == times


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (S, Qt.KeyboardModifier.ControlModifier),
        (ENTER, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_keys_that_save_a_form_do_the_deed_unless_it_is_shut(
    qtbot: QtBot, asking: Asking, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    qtbot.keyClick(asking.first, key, modifier)
    asking.button.setEnabled(False)
    qtbot.keyClick(asking.first, key, modifier)
    assert asking.done_times == 1


@pytest.mark.parametrize("kind", VERBS)
def test_a_step_begins_where_the_clerk_types(qtbot: QtBot, kind: str) -> None:
    dialog = StepDialog(None, Case(matter="清理证明事项", state="签收"), kind, lambda _entry: None)
    qtbot.addWidget(dialog)
    waits_for_a_day = kind in ("延期申请", "延期批准")
    assert dialog.focusWidget() is (dialog.until if waits_for_a_day else dialog.said)


def test_a_step_with_its_new_limit_known_begins_in_its_words(qtbot: QtBot) -> None:
    case, until = Case(matter="清理证明事项", state="签收"), date(2026, 12, 1)
    dialog = StepDialog(None, case, "延期批准", lambda _entry: None, new_due_on=until)
    qtbot.addWidget(dialog)
    assert isinstance(dialog.focusWidget(), TextArea)
