"""Step 1: the text, pasted or opened from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from models.documents.reading import read_document
from models.errors import ClerkError
from ui import input_method, messages, work
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row

KINDS = "公文 (*.docx *.txt)"


class SourceView(QWidget):
    """``read`` asks to have the text read."""

    read = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file_name = ""
        self.text = TextArea()
        self.text.setAccessibleName("公文全文")
        self.text.setPlaceholderText(
            "把通知、方案、规则的全文粘贴到这里（Ctrl+V），或打开 Word、文本文件。\n"
            "程序从中找出机构、成员单位、组内职务和制度条款，逐条核对后才写入台账。"
        )
        self.text.textChanged.connect(self.changed)
        self._notice = NoticeBar("", "warning")
        self._notice.hide()
        opener = Button("打开文件", icon="folder")
        opener.clicked.connect(self.open_file)
        self.go = Button("识别", "primary", "search-check", keys="Ctrl+Enter")
        self.go.clicked.connect(self._ask_to_read)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._ask_to_read)
        foot = row(
            Label("文件只在本机读取，不上传。", "help"), STRETCH, opener, self.go, margins=(20, 9, 16, 9)
        )
        area = column(self._notice, self.text, margins=(20, 16, 20, 16))
        whole = column(frame("pane", area), frame("foot", foot), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def put(self, text: str, file_name: str = "") -> None:
        """Show *text*, read from the file *file_name* or from a draft."""
        self.text.setPlainText(text)
        self.file_name = file_name
        self.say("")

    def say(self, problem: str) -> None:
        """Tell why nothing could be read; "" takes it away."""
        self._notice.text.setText(problem)
        self._notice.setVisible(bool(problem))

    def open_file(self) -> None:
        """Let the clerk pick a file and show its text."""
        path = messages.open_file(self, "打开公文", KINDS)
        if path is not None:
            work.run(
                self, f"打开「{path.name}」", lambda _progress: read_document(path),
                lambda text: self._opened(path, text), self._not_opened,
            )  # fmt: skip

    def _opened(self, path: Path, text: str) -> None:
        self.put(text.replace("\r\n", "\n").replace("\r", "\n"), path.name)
        self.go.setFocus()

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, ClerkError):
            self.say(str(error))

    def _ask_to_read(self) -> None:
        input_method.commit_composition()
        if not self.text.toPlainText().strip():
            self.say("还没有文字，先粘贴全文或打开文件。")
            self.text.setFocus()
            return
        self.say("")
        self.read.emit()
