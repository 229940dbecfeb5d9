"""The box that says or asks one thing; opened by ui.messages only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import icons, look
from ui.dialogs.base import Dialog
from ui.messages import CANCEL, Message

PROGRAM = "法治台账"


class MessageDialog(Dialog):
    """Shows *message*; :attr:`answer` is the deed pressed, the way out for Esc and the cross."""

    def __init__(self, parent: QWidget | None, message: Message) -> None:
        super().__init__(parent, PROGRAM)
        self.setModal(True)
        self.answer = message.way_out
        self.setAccessibleName(message.title)
        self.setAccessibleDescription("\n".join((message.text, *message.points)).strip())
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(_mark(message), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(_words(message.title, "heading"))
        if message.text:
            words.addWidget(_words(message.text, "secondary"))
        for point in message.points:
            words.addWidget(_words(f"•  {point}", ""))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.body.addStretch()
        self._add_deeds(message)

    def _add_deeds(self, message: Message) -> None:
        most = message.deeds[-1]
        for deed in message.deeds:
            kind = ""
            if deed == most and deed != message.way_out:
                kind = "danger-fill" if message.danger else "primary"
            button = self.add_button(deed, kind)
            button.setAutoDefault(True)  # here Enter presses the button that has the focus
            button.clicked.connect(lambda _checked=False, deed=deed: self._choose(deed))
            if deed == (message.way_out if message.danger else most):
                button.setFocus()

    def _choose(self, deed: str) -> None:
        self.answer = deed
        self.accept()


def _mark(message: Message) -> QLabel:
    name, token = "info", "accent"
    if message.danger:
        name, token = "triangle-alert", "red"
    elif CANCEL in message.deeds:
        name = "circle-question-mark"
    mark = QLabel()
    size = look.px(24)
    mark.setPixmap(icons.pixmap(name, token, size, mark.devicePixelRatioF()))
    mark.setFixedSize(size, size)
    return mark


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
