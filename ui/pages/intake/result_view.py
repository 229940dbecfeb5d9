"""Step 4: what was written, where to look at it, and the way to take it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.intake.accept import Accepted
from models.records.organisation import Body
from models.records.rules import Clause
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Icon
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, row, scrolled


class ResultView(QWidget):
    """``undo`` asks to take the deed back, ``back`` to go on with the rest, ``again`` to begin with another text."""

    undo = Signal()
    back = Signal()
    again = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sentence = Label("", "title", wrap=True)
        self.links = column(spacing=2, margins=(14, 4, 14, 12))
        self._remarks = column(spacing=4, margins=(16, 4, 16, 12))
        self._made = Card("登记的内容", holder(self.links))
        self._told = Card("没有登记的", holder(self._remarks))
        self.take_back = Button("撤销这次写入", icon="undo-2")
        self.take_back.clicked.connect(self.undo)
        again = Button("再识别一份", icon="plus")
        again.clicked.connect(self.again)
        self._left = Label("", wrap=True)
        self.rest = Button("接着核对", icon="list-checks")
        self.rest.clicked.connect(self.back)
        self.roster = Button("打开名册", "primary", "users-round")
        self.roster.clicked.connect(lambda: session.open_page.emit("roster"))
        head = row(Icon("check", "accent", 24, disc=48), self._sentence, spacing=16)
        head.setStretch(1, 1)
        left = row(self._left, self.rest, spacing=12)
        left.setStretch(0, 1)
        lines = column(
            head, left, row(self.take_back, again, STRETCH, self.roster), self._made, self._told, STRETCH,
            spacing=16, margins=(20, 24, 20, 20),
        )  # fmt: skip
        inner = holder(lines)
        inner.setMaximumWidth(look.px(760))
        self.setLayout(column(scrolled(holder(row(STRETCH, inner, STRETCH)), white=False), spacing=0))
        lines.setStretch(0, 0)
        inner.setMinimumWidth(look.px(560))

    def show_result(self, done: Accepted, left: int) -> None:
        """Show what *done* wrote, and how many proposals are *left* unwritten."""
        self._left.setText(f"还有 {left} 条没有写入，都留着。")
        for part in (self._left, self.rest):
            part.setVisible(left > 0)
        self._sentence.setText(done.sentence())
        _empty(self.links)
        _empty(self._remarks)
        ledger = self._session.ledger
        for kind in (Body, Clause):
            for record_id in done.ids.get(kind.KIND.id, ()):
                link = Button(ledger.name_of(kind.KIND.id, record_id), "link", kind.KIND.icon)
                link.clicked.connect(
                    lambda _checked=False, kind_id=kind.KIND.id, record_id=record_id: (
                        self._session.open_record.emit(kind_id, record_id)
                    )
                )
                self.links.addLayout(row(link, STRETCH))
        for remark in dict.fromkeys(done.remarks):
            self._remarks.addWidget(Label(remark, "secondary", wrap=True))
        self._made.setVisible(self.links.count() > 0)
        self._told.setVisible(bool(done.remarks))


def _empty(box: object) -> None:
    while item := box.takeAt(0):  # type: ignore[attr-defined]
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            _empty(inner)
