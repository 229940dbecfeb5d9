"""One obligation: the clause it comes from, how it stands, the records that prove it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from models import clock
from models.records.values import show_day
from models.rules.duties import Evidence, Obligation
from models.summaries.listed import listed_proofs
from models.summaries.mistyped import mistyped_meetings
from ui import look
from ui.dialogs.base import Dialog
from ui.dialogs.listed_rows import HEADERS, listed_rows
from ui.dialogs.waiver import WaiverDialog
from ui.lights import OF_STATE
from ui.session import Session
from ui.tables.cell_table import CellTable
from ui.widgets.label import Label
from ui.widgets.layout import row
from ui.widgets.light import Light

WIDTH = 660  # px


class ObligationDialog(Dialog):
    """Shows *item*; its records open on their pages, 免办 and 说明 are written from here."""

    def __init__(self, parent: QWidget | None, session: Session, item: Obligation) -> None:
        super().__init__(parent, "制度要求")
        self.setModal(True)
        self.setMinimumWidth(look.px(WIDTH))
        self._session, self._item = session, item
        self._lines(item)
        others = mistyped_meetings(session.ledger, item, clock.today())
        if others:
            self.body.addWidget(Label(_hint(others), wrap=True))
        self.table = CellTable("依据记录", HEADERS, (124, 300, 80, 108), stretch=1)
        self._model = self.table.content
        self._model.set_rows(listed_rows([*listed_proofs(item.evidence), *listed_proofs(others, "类型不符")]))
        self.table.setColumnHidden(HEADERS.index("情况"), not others)
        self.table.setMinimumHeight(200)
        self.table.set_empty_note("还没有记录能证明这一项")
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.add_button("关闭").clicked.connect(self.reject)
        self.clause_button = self.add_button("打开条款")
        self.clause_button.clicked.connect(lambda: self._show("clause", item.clause.id))
        self.remark_button = self.add_button("说明")
        self.remark_button.clicked.connect(lambda: self._decide("说明"))
        self.waive_button = self.add_button("免办")
        self.waive_button.clicked.connect(lambda: self._decide("免办"))
        self.waive_button.setEnabled(item.is_open)
        self.open_button = self.add_button("打开记录", "primary")
        self.open_button.clicked.connect(lambda: self._open(self.table.currentIndex()))
        self.open_button.setEnabled(self._model.rowCount() > 0)
        self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.setFocus()

    def _lines(self, item: Obligation) -> None:
        clause = item.clause
        source = "：".join(filter(None, (clause.basis, clause.quotation)))
        self.body.addWidget(Label(clause.name, "heading", wrap=True))
        self.body.addWidget(Label(clause.preview(self._session.ledger.name_of), "preview", wrap=True))
        if source:
            self.body.addWidget(Label(source, "secondary", wrap=True))
        facts = f"{item.owner.label} · {item.period} · {show_day(item.due)}前 · {item.figures}"
        light = Light(OF_STATE[item.state], item.words)
        line = row(light, Label(facts, wrap=True))
        line.setStretch(1, 1)
        self.body.addLayout(line)
        for name, said in (("免办理由", item.reason), ("说明", item.remark)):
            if said:
                self.body.addWidget(Label(f"{name}：{said}", wrap=True))

    def _open(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is not None:
            self._show(found.kind, found.record_id)

    def _show(self, kind: str, record_id: str) -> None:
        self.accept()
        self._session.open_record.emit(kind, record_id)

    def _decide(self, decision: str) -> None:
        if WaiverDialog(self, self._session, self._item, decision, clock.today()).exec():
            self.accept()


def _hint(others: Sequence[Evidence]) -> str:
    """Point out meetings that were perhaps entered under another type."""
    if len(others) > 1:
        return f"同一机构这一时段另有 {len(others)} 次会议，类型不符。"
    return f"同一机构 {show_day(others[0].on)}有一次「{others[0].headline}」会议，类型不符。"
