"""The box that says or asks one thing; opened by ui.messages only."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui import icons, look
from ui.dialogs.base import Dialog
from ui.messages import Message
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row

PROGRAM = "法治台账"


class MessageDialog(Dialog):
    """Shows *message*; :attr:`answer` is the deed pressed, the way out for Esc and the cross."""

    def __init__(self, parent: QWidget | None, message: Message) -> None:
        super().__init__(parent, PROGRAM)
        self.setModal(True)
        self.answer = message.way_out
        self.setAccessibleName(message.title)
        self.setAccessibleDescription("\n".join((message.text, *message.points)).strip())
        words = [Label(message.title, "heading", wrap=True)]
        if message.text:
            words.append(Label(message.text, "secondary", wrap=True))
        words += [Label(f"•  {point}", wrap=True) for point in message.points]
        mark = column(_mark(message), STRETCH)
        content = row(mark, column(*words), spacing=16)
        content.setStretch(1, 1)
        self.body.addLayout(content)
        self.body.addStretch()
        self._add_deeds(message)

    def showEvent(self, event: QShowEvent) -> None:
        height = self.heightForWidth(self.width())  # known only now that the labels have their fonts
        self.resize(self.width(), height)
        super().showEvent(event)

    def _add_deeds(self, message: Message) -> None:
        most = message.deeds[-1]
        for deed in message.deeds:
            kind = ""
            if deed == most and deed != message.way_out:
                kind = "danger-fill" if message.danger else "primary"
            button = self.add_button(deed, kind)
            button.setAutoDefault(True)  # here Enter presses the button that has the focus
            button.clicked.connect(lambda _checked=False, deed=deed: self._choose(deed))
            if deed == message.first_focus:
                button.setFocus()

    def _choose(self, deed: str) -> None:
        self.answer = deed
        self.accept()


def _mark(message: Message) -> QLabel:
    name, token = "info", "accent"
    if message.danger:
        name, token = "triangle-alert", "red"
    elif message.title.endswith("？"):
        name = "circle-question-mark"
    mark = QLabel()
    size = look.px(24)
    mark.setPixmap(icons.pixmap(name, token, size, mark.devicePixelRatioF()))
    mark.setFixedSize(size, size)
    return mark
