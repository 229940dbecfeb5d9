"""Boxes ask by the deed, Esc is harmless, and what people typed is never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.answers import answering
from ui import messages
from ui.dialogs.message import MessageDialog


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    return window


def at_the_box(act: Callable[[MessageDialog], None]) -> None:
    """Do *act* with the box that opens next."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, MessageDialog) and box.isActiveWindow():
            act(box)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


DELETE = ("把会议「第一次<b>会议</b>」移到回收站？", "移到回收站")


def test_enter_does_the_deed(qtbot: QtBot, window: QWidget) -> None:
    at_the_box(lambda box: qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Return))
    assert messages.confirm(window, "写出 2026 年的汇总？", "写出")


def test_a_deed_that_removes_has_the_focus_on_cancel(qtbot: QtBot, window: QWidget) -> None:
    at_the_box(lambda box: qtbot.keyClick(box.focusWidget(), Qt.Key.Key_Return))
    assert not messages.confirm(window, *DELETE, danger=True)


def test_escape_changes_nothing(qtbot: QtBot, window: QWidget) -> None:
    at_the_box(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert not messages.confirm(window, *DELETE)
    at_the_box(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert messages.ask_save(window, "会议「第一次会议」") == "stay"


def test_words_are_plain_and_buttons_named_by_the_deed(window: QWidget) -> None:
    def look(box: MessageDialog) -> None:
        assert all(
            label.textFormat() == Qt.TextFormat.PlainText
            for label in box.findChildren(QLabel)
            if label.text()
        )
        assert [button.text() for button in box.findChildren(QPushButton)] == ["取消", "移到回收站"]
        assert box.accessibleName() == DELETE[0]
        box.reject()

    at_the_box(look)
    messages.confirm(window, *DELETE, "同时移走 3 条出席", ("30 天内可以恢复",))


@pytest.mark.parametrize(("deed", "answer"), [("不保存", "discard"), ("保存", "save"), ("继续编辑", "stay")])
def test_unsaved_changes_have_three_ways(window: QWidget, deed: str, answer: str) -> None:
    def press(box: MessageDialog) -> None:
        next(button for button in box.findChildren(QPushButton) if button.text() == deed).click()

    at_the_box(press)
    assert messages.ask_save(window, "会议「第一次会议」") == answer


def test_scripted_answers_notice_what_does_not_fit() -> None:
    with pytest.raises(AssertionError, match="nobody answers"), answering():
        messages.tell(None, "写好了。")
    with pytest.raises(AssertionError, match="does not offer"), answering("是"):
        messages.confirm(None, *DELETE)
    with pytest.raises(AssertionError, match="never asked"), answering("写出"):
        pass


def test_an_existing_file_is_replaced_only_when_told(tmp_path: Path) -> None:
    there, free = tmp_path / "纪要.pdf", tmp_path / "纪要2"
    there.touch()
    kinds = "PDF 文件 (*.pdf)"
    with answering(there, None, free) as asked:
        assert messages.save_file(None, "另存纪要", "关于“/”的纪要", kinds) == tmp_path / "纪要2.pdf"
    assert asked[0] == messages.Picker("另存纪要", "save", kinds, "关于“_”的纪要")
    assert asked[1].title == "替换已有的「纪要.pdf」？"
    with answering(there, "替换"):
        assert messages.save_file(None, "另存纪要", "", kinds) == there


def test_the_picker_puts_the_suffix_on_and_remembers_the_folder(
    qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    seen = []

    def save() -> None:
        picker = QApplication.activeModalWidget()
        assert isinstance(picker, QFileDialog)
        seen.append(Path(picker.directory().path()))
        picker.selectNameFilter("Word 文档 (*.docx)")
        picker.findChild(QLineEdit).setText(str(tmp_path / "名单"))
        picker.accept()

    for _ in range(2):
        QTimer.singleShot(100, save)
        path = messages.save_file(window, "另存名单", "名单", "PDF 文件 (*.pdf);;Word 文档 (*.docx)")
        assert path == tmp_path / "名单.docx"
    assert seen[1] == tmp_path


@pytest.mark.parametrize(
    ("title", "name"),
    [("关于召开 a/b:会议的通知", "关于召开 a_b_会议的通知"), (" 纪要. ", "纪要"), ("x" * 300, "x" * 100)],
)
def test_titles_become_names_every_file_system_takes(title: str, name: str) -> None:
    assert messages.file_name(title) == name
