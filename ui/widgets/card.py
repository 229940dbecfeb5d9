"""Cards (workbench and empty pages only), empty pages and notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui import icons, look
from ui.widgets import paint
from ui.widgets.buttons import Button, IconButton
from ui.widgets.label import Drawn, Label
from ui.widgets.layout import STRETCH, Item, column, holder, row


class Card(QFrame):
    """A white box with a title line; *right* widgets stand at the end of the title line."""

    def __init__(
        self,
        title: str,
        content: QWidget,
        *,
        note: str = "",
        right: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.setAccessibleName(title)
        self.note = Label(note, "help")
        head = holder(row(Label(title, "section"), STRETCH, self.note, *right, margins=(16, 6, 14, 6)))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        whole = column(head, content, spacing=0, margins=(1, 1, 1, 1))
        whole.setStretch(1, 1)
        self.setLayout(whole)


class Icon(Drawn):
    """An icon that says nothing by itself; it stands beside words."""

    def __init__(
        self, name: str, ink: str = "text2", size: int = 16, *, disc: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._name, self._token, self._size, self._disc = name, ink, size, disc
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._token = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        side = look.px(max(self._size, self._disc))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look.px(self._size)
        if self._disc:
            paint.rounded(painter, QRectF(self.rect()), "accent_ground", self.width() / 2)
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        icons.paint(painter, self._name, self._token, left, top, side)


class EmptyPage(QWidget):
    """A page with nothing on it yet: one sentence of fact, one of use, what to do; rules may follow as a card."""

    def __init__(
        self,
        icon: str,
        fact: str,
        use: str,
        buttons: Sequence[Button] = (),
        card: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title, help_line = Label(fact, "title", wrap=True), Label(use, "secondary", wrap=True)
        for label in (title, help_line):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        parts: list[Item] = [row(STRETCH, Icon(icon, "accent", 32, disc=72), STRETCH), 16, title, help_line]
        if buttons:
            parts += [12, row(STRETCH, *buttons, STRETCH)]
        if card is not None:
            card.setMaximumWidth(look.px(540))
            parts += [24, row(STRETCH, card, STRETCH)]
        self.setLayout(column(STRETCH, *parts, STRETCH, spacing=6, margins=(20, 20, 20, 20)))


Level = Literal["info", "warning", "error", "good"]
_LEVEL_ICON = {"info": "info", "warning": "triangle-alert", "error": "circle-alert", "good": "check"}
_LEVEL_INK = {"info": "accent", "warning": "amber_mark", "error": "red_mark", "good": "green_mark"}


class NoticeBar(QFrame):
    """A line across a page that stays until dealt with: 恢复了未保存的内容, 备份没有成功."""

    closed = Signal()

    def __init__(
        self,
        text: str,
        level: Level = "info",
        buttons: Sequence[Button] = (),
        *,
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self.setProperty("level", level)
        self.text = Label(text, f"level-{level}", wrap=True)
        self.setAccessibleName(text)
        close = IconButton("x", "关闭")
        if not closable:
            close.hide()
        close.clicked.connect(self._close)
        sign = Icon(_LEVEL_ICON[level], _LEVEL_INK[level], 16)
        line = row(sign, self.text, *buttons, close, margins=(12, 4, 6, 4))
        line.setStretch(1, 1)
        self.setLayout(line)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
