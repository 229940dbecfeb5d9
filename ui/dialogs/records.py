"""The records that prove a clause: a list from which each opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from models.records.base import kind_of
from models.records.values import show_day
from models.rules.duties import Evidence
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import TextCell, leading, value
from ui.tables.view import DataTable
from ui.widgets.label import Label


class ProofsDialog(Dialog):
    """Lists *proofs*; a double click, Enter or 打开 shows the record on its page."""

    def __init__(
        self, parent: QWidget | None, session: Session, clause: str, proofs: Sequence[Evidence]
    ) -> None:
        super().__init__(parent, "依据记录")
        self.setModal(True)
        self._session = session
        self._model = CellModel(("日期", "记录", "类别"))
        self._model.set_rows(proof_rows(proofs))
        self.table = DataTable("依据记录", sortable=False)
        self.table.setModel(self._model)
        self.table.set_widths((124, 300, 88), stretch=1)
        self.table.setMinimumSize(620, 260)
        self.table.opened.connect(self._open)
        self.body.addWidget(Label(clause, "heading", wrap=True))
        self.body.addWidget(Label(f"{len(proofs)} 件记录，双击或按 Enter 打开", "secondary"))
        self.body.addWidget(self.table, 1)
        self.add_button("关闭").clicked.connect(self.reject)
        opener = self.add_button("打开", "primary")
        opener.clicked.connect(lambda: self._open(self.table.currentIndex()))
        self.table.setCurrentIndex(self._model.index(0, 0))
        self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is not None:
            self.accept()
            self._session.open_record.emit(found.kind, found.record_id)


def proof_rows(proofs: Sequence[Evidence]) -> list[CellRow]:
    """Return a line for each record: its day, its headline, what it is."""
    return [_row(proof) for proof in proofs]


def _row(proof: Evidence) -> CellRow:
    kind = kind_of(proof.kind)
    cells = (
        value(show_day(proof.on)),
        leading(proof.headline),
        TextCell(kind.label, "text2", 13, icon=kind.icon),
    )
    return CellRow(cells, proof.kind, proof.id)
