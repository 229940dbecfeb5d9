"""One proposal in the review: number, words, state, what to do with it; its editor unfolds in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from models.intake.review import State
from ui import look
from ui.widgets import paint
from ui.widgets.buttons import Button, IconButton
from ui.widgets.label import Drawn, Label
from ui.widgets.layout import column, frame, holder, restyle, row
from ui.widgets.light import Light
from ui.widgets.paint import Mark

STATES: dict[State, tuple[Mark, str]] = {
    "open": (Mark.GREY, "待采用"),
    "doubtful": (Mark.AMBER, "需核对"),
    "accepted": (Mark.DONE, "已采用"),
    "refused": (Mark.PAUSED, "不要"),
    "known": (Mark.GREY, "不重复采用"),
}
HEIGHT = 50


class ItemRow(QFrame):
    """Up and down walk the rows; Enter or Space accepts, F2 edits, Del refuses."""

    picked = Signal(int)
    accepting = Signal(int)
    editing = Signal(int)
    refusing = Signal(int)
    reopening = Signal(int)

    def __init__(self, number: int, family: str, adopt: str = "采用", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self._adopt = number, adopt
        self.setProperty("part", "item")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._disc = NumberDisc(str(number) if number else "文", family)
        self._title = Label("", elide=Qt.TextElideMode.ElideRight)
        self._meta = Label("", "small", elide=Qt.TextElideMode.ElideRight)
        self._light = Light(Mark.GREY, "")
        self._buttons = {
            "accept": Button(adopt, "accent", small=True),
            "edit": Button("改", small=True),
            "refuse": Button("不要", small=True),
        }
        self._more = self.last_focus = IconButton("ellipsis", "更多")
        self._more.clicked.connect(self._show_menu)
        for deed, signal in (
            ("accept", self.accepting), ("edit", self.editing), ("refuse", self.refusing),
        ):  # fmt: skip
            self._buttons[deed].clicked.connect(
                lambda _checked=False, signal=signal: signal.emit(self.number)
            )
        line = row(
            self._disc, column(self._title, self._meta, spacing=1), self._light, *self._buttons.values(),
            self._more, spacing=8, margins=(13, 4, 12, 4),
        )  # fmt: skip
        line.setStretch(1, 1)
        self._head = holder(line)
        self._head.setFixedHeight(look.px(HEIGHT) - 1)
        self._fold = column(self._head, spacing=0)
        self.setLayout(self._fold)
        self.editor: QWidget | None = None
        self.state: State = "open"

    def show_words(self, title: str, meta: str, *, doubt: str = "") -> None:
        """Show what is proposed; a *doubt* stands in place of *meta*."""
        self._title.setText(title)
        self._meta.setText(doubt or meta)
        restyle(self._meta, role="warning" if doubt else "small")
        self._say()

    def show_state(self, state: State, *, edited: bool = False) -> None:
        """Show where the decision stands; open ones offer all three deeds, others keep them in 更多."""
        self.state = state
        mark, word = STATES[state]
        self._light.show_state(mark, "改后采用" if state == "accepted" and edited else word)
        undecided = state in ("open", "doubtful")
        for button in self._buttons.values():
            button.setVisible(undecided and self.editor is None)
        self._more.setVisible(not undecided and self.editor is None)
        restyle(self._title, role="secondary" if state in ("known", "refused") else "")
        self._say()

    def hide_state(self) -> None:
        """Show neither light nor decisions, only 改: the row of the document itself."""
        self._light.hide()
        for deed, button in self._buttons.items():
            button.setVisible(deed == "edit" and self.editor is None)
        self._more.hide()
        self.setAccessibleName(self._title.text())

    def set_current(self, current: bool) -> None:
        """Show that the text beside it shows this proposal."""
        restyle(self, current=current)

    def unfold(self, editor: QWidget) -> None:
        """Open *editor* below the row."""
        self.editor = editor
        self._fold.addWidget(frame("item-editor", column(editor, margins=(48, 4, 16, 12))))
        restyle(self, open=True)
        for part in (*self._buttons.values(), self._more):
            part.hide()

    def fold(self) -> None:
        """Put the editor away."""
        item = self._fold.takeAt(1)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        self.editor = None
        restyle(self, open=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {
            Qt.Key.Key_Return: self.accepting, Qt.Key.Key_Enter: self.accepting,
            Qt.Key.Key_Space: self.accepting, Qt.Key.Key_F2: self.editing, Qt.Key.Key_Delete: self.refusing,
        }  # fmt: skip
        signal = deeds.get(Qt.Key(event.key()))
        if signal is None or self.editor is not None or not self.hasFocus():
            super().keyPressEvent(event)
        else:
            signal.emit(self.number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picked.emit(self.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.picked.emit(self.number)

    def menu(self) -> QMenu:
        """Return what 更多 offers for a proposal that is decided."""
        menu = QMenu(self)
        if self.state != "accepted":
            menu.addAction(f"{self._adopt}  Enter", lambda: self.accepting.emit(self.number))
        menu.addAction("改  F2", lambda: self.editing.emit(self.number))
        if self.state != "refused":
            menu.addAction("不要  Del", lambda: self.refusing.emit(self.number))
        if self.state != "known":
            menu.addAction("再想想", lambda: self.reopening.emit(self.number))
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.exec(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        menu.deleteLater()

    def _say(self) -> None:
        words = (str(self.number), self._title.text(), self._meta.text(), self._light.text())
        self.setAccessibleName("，".join(filter(None, words)))


class NumberDisc(Drawn):
    """The number that stands beside the mark in the text, in the same colour."""

    def __init__(self, text: str, family: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self._family = family
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(22), look.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        paint.rounded(painter, box, f"{self._family}_ground", box.height() / 2)
        paint.words(painter, box, self.text(), size=12, weight=500, ink=self._family, align=paint.CENTRE)
