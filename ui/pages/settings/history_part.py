"""变更记录: all that was ever done, found by words, taken back from here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs.history import HistoryView
from ui.pages.settings.part import Part
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import column, frame, row


class HistoryPart(Part):
    """The whole history, newest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.search = SearchField("找操作、操作人、理由")
        self.search.setMinimumWidth(220)
        self.view = HistoryView(session)
        self.search.searched.connect(self.view.search)
        note = Label("可以撤销最近 100 步；后来又改动过的，先撤销后面的。", "help", wrap=True)
        undo = Button("撤销所选", icon="undo-2")
        undo.clicked.connect(self.view.undo_current)
        tools = frame("bar", row(self.search, note, margins=(16, 8, 16, 8)))
        foot = row(Label("每一步都记下谁、何时、改了什么，不能删改。", "help"), undo, margins=(16, 9, 16, 9))
        foot.setStretch(0, 1)
        whole = column(tools, self.view, frame("foot", foot), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))
        session.changed.connect(lambda _kinds, _sentence: self.refresh() if self.isVisible() else None)

    def refresh(self) -> None:
        self.view.reload()
