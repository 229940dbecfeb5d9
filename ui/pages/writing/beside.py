"""What stands beside the text of one part: last year's text, and the figures of the year as sentences to take in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.summaries.year_text import Sentence
from ui import look
from ui.widgets.buttons import Button
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, scrolled

NOTHING_BEFORE = "上年没有写这一部分"
NO_FIGURES = "这一部分没有可用的数据"
COUNTING = "正在汇总本年数据"
_LAST_YEAR_HEIGHT = 120


class LastYear(QWidget):
    """Last year's text of the part, to read and copy from; ``wanted`` asks to begin with all of it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextArea()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("上年正文")
        self.text.setPlaceholderText(NOTHING_BEFORE)
        self.text.setMinimumHeight(look.px(_LAST_YEAR_HEIGHT))
        self.take = Button("沿用", icon="copy", small=True)
        self.take.clicked.connect(lambda: self.wanted.emit(self.text.toPlainText()))
        whole = column(row(Label("上年正文", "section"), STRETCH, self.take), self.text, spacing=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_text(self, before: str, *, is_blank: bool) -> None:
        """Show what stood there; it can be taken over only while nothing *is* written in its place."""
        if self.text.toPlainText() != before:
            self.text.setPlainText(before)
        self.take.setEnabled(bool(before) and is_blank)
        self.take.setToolTip("" if is_blank else "正文已有内容，从上年正文里复制需要的段落")


class Sayings(QWidget):
    """The sentences of one part. ``chosen`` gives what the text says so far, "" for nothing, and what to put there."""

    chosen = Signal(str, str)
    asked = Signal(object)
    """A sentence whose records are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = column(spacing=0)
        area = scrolled(holder(column(self._list, STRETCH, spacing=0)))
        whole = column(Label("可用数据", "section"), area, spacing=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._shown: list[tuple[Sentence, str]] | None = None

    def show_sentences(self, found: Sequence[Sentence] | None, text: str) -> None:
        """Show *found* and how each stands in *text*: not yet, as it is, or with other figures; None is still counted."""
        shown = None if found is None else [(one, one.standing_in(text)) for one in found]
        if shown == self._shown and self._list.count():
            return
        self._shown = shown
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one, standing in shown or ():
            self._list.addWidget(self._line(one, standing))
        if not shown:
            self._list.addWidget(Label(COUNTING if shown is None else NO_FIGURES, "secondary"))

    def _line(self, one: Sentence, standing: str) -> QWidget:
        is_stale = bool(standing) and standing != one.words
        deed = Button("更新" if is_stale else "写入", small=True)
        deed.clicked.connect(lambda: self.chosen.emit(standing, one.words))
        deed.setEnabled(standing != one.words)
        proofs = Button("依据", "link", small=True)
        proofs.clicked.connect(lambda: self.asked.emit(one))
        parts = column(Label(one.words, wrap=True), spacing=4, margins=(8, 6, 8, 6))
        if is_stale:
            parts.addWidget(Label(f"正文里是：{standing}", "warning", wrap=True))
        there = Label("" if deed.isEnabled() else "正文已有", "help")
        parts.addLayout(row(there, STRETCH, proofs, deed))
        return frame("item", parts)
