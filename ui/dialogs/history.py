"""Who changed what when, of one record or of the whole ledger; each deed can be taken back from here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from models.errors import ClerkError
from models.records.base import kind_of
from models.records.values import from_column, show
from models.store.history import Change, Entry
from ui import look, messages
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.tables.view import DataTable
from ui.widgets.label import Label

_DEEDS = {"add": "登记", "change": "修改", "remove": "删除", "restore": "恢复", "purge": "清除"}
SHOWN = 300


class HistoryDialog(Dialog):
    """The history of one record, or of everything when *kind_id* is empty."""

    def __init__(
        self, parent: QWidget | None, session: Session, kind_id: str = "", record_id: str = ""
    ) -> None:
        super().__init__(parent, "变更记录")
        self.setModal(True)
        self.resize(look.px(860), look.px(560))
        self._session, self._kind_id, self._record_id = session, kind_id, record_id
        self._entries: list[Entry] = []
        self.table = DataTable("变更记录", sortable=False)
        self._model = QStandardItemModel(0, 4)
        self._model.setHorizontalHeaderLabels(["时间", "操作人", "做了什么", "改动"])
        self.table.setModel(self._model)
        self.table.set_widths((150, 90, 260, 300), stretch=3)
        self.table.set_empty_note("还没有变更记录")
        name = session.ledger.name_of(kind_id, record_id) if record_id else "全部"
        self.body.addWidget(Label(f"变更记录：{name}", "heading"))
        self.body.addWidget(self.table)
        self._undo = self.add_button("撤销所选")
        self._undo.clicked.connect(self.undo_current)
        self.add_button("关闭", "primary").clicked.connect(self.accept)
        self.reload()

    def reload(self) -> None:
        """Read the history again."""
        ledger = self._session.ledger
        self._entries = ledger.history(limit=SHOWN, kind=self._kind_id, record_id=self._record_id)
        self._model.setRowCount(0)
        for entry in self._entries:
            sentence = entry.sentence + ("（已撤销）" if entry.undone else "")
            if entry.reason and entry.undoes is None:
                sentence += f"，理由：{entry.reason}"
            words = (f"{entry.at:%Y-%m-%d %H:%M}", entry.clerk, sentence, self._differences(entry))
            self._model.appendRow([_item(text) for text in words])

    def undo_current(self) -> None:
        """Take back the deed of the current row."""
        row = self.table.currentIndex().row()
        if row < 0:
            return
        try:
            self._session.ledger.undo(self._entries[row].seq)
        except ClerkError as error:
            messages.tell(self, "没有撤销", str(error))
        self.reload()

    def _differences(self, entry: Entry) -> str:
        changes = self._session.ledger.changes_of(entry.seq)
        if self._record_id:
            changes = [change for change in changes if change.record_id == self._record_id]
        told = "；".join(self._told(change) for change in changes[:4])
        return told + (f"；共 {len(changes)} 处" if len(changes) > 4 else "")

    def _told(self, change: Change) -> str:
        kind = kind_of(change.kind)
        name_of = self._session.ledger.name_of
        if change.operation != "change":
            return f"{_DEEDS[change.operation]}{kind.label}「{name_of(change.kind, change.record_id)}」"
        parts = []
        for column, after in change.after.items():
            field = kind.field(column)
            old = show(field, from_column(field, change.before[column]), name_of) or "空"
            new = show(field, from_column(field, after), name_of) or "空"
            parts.append(f"{field.label}：{old} → {new}")
        return "，".join(parts).replace("\n", " ")


def _item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
