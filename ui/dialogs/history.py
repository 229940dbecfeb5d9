"""Who changed what when, of one record or of the whole ledger; each deed can be taken back from here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from models.records.base import kind_of
from models.records.values import from_column, show
from models.store.history import Change, Entry
from models.store.ledger import UNDONE
from ui import look
from ui.correction import undo
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.tables.view import DataTable
from ui.widgets.label import Label

_DEEDS = {"add": "登记", "change": "修改", "remove": "删除", "restore": "恢复", "purge": "清除"}
SHOWN = 60


class HistoryView(DataTable):
    """The history of one record, or of everything when *kind_id* is empty."""

    def __init__(
        self, session: Session, kind_id: str = "", record_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("变更记录", sortable=False, parent=parent)
        self._session, self._kind_id, self._record_id, self._words = session, kind_id, record_id, ""
        self._entries: list[Entry] = []
        self._limit = SHOWN
        self._rows = QStandardItemModel(0, 4, self)
        self._rows.setHorizontalHeaderLabels(["时间", "操作人", "做了什么", "改动"])
        self.setModel(self._rows)
        self.set_widths((150, 90, 260, 300), stretch=3)
        self.set_empty_note("还没有变更记录")
        self.verticalScrollBar().valueChanged.connect(self._fetch_at_the_end)
        self.reload()

    def search(self, words: str) -> None:
        """Show what has *words* in its sentence, reason or clerk."""
        self._words, self._limit = words, SHOWN
        self.set_empty_note("没有符合的变更记录" if words else "还没有变更记录")
        self.reload()

    def reload(self) -> None:
        """Read the history again."""
        self._rows.setRowCount(0)
        self._entries = []
        self._fetch()

    def _fetch_at_the_end(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum() and len(self._entries) == self._limit:
            self._limit += SHOWN
            self._fetch()

    def _fetch(self) -> None:
        """Show what is not shown yet, up to the limit."""
        found = self._session.ledger.history(
            limit=self._limit, kind=self._kind_id, record_id=self._record_id, search=self._words
        )
        added, self._entries = found[len(self._entries) :], found
        for entry in added:
            sentence = entry.sentence + ("（已撤销）" if entry.undone else "")
            if entry.reason and entry.reason != UNDONE:
                sentence += f"，理由：{entry.reason}"
            words = (f"{entry.at:%Y-%m-%d %H:%M}", entry.clerk, sentence, self._differences(entry))
            self._rows.appendRow([_item(text) for text in words])

    def undo_current(self) -> None:
        """Take back the deed of the current row."""
        place = self.currentIndex().row()
        if place < 0:
            return
        if undo(self, self._session.ledger, self._entries[place].seq):
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


class HistoryDialog(Dialog):
    """The history of one record, or of everything when *kind_id* is empty."""

    def __init__(
        self, parent: QWidget | None, session: Session, kind_id: str = "", record_id: str = ""
    ) -> None:
        super().__init__(parent, "变更记录")
        self.setModal(True)
        self.resize(look.px(860), look.px(560))
        self.table = HistoryView(session, kind_id, record_id)
        name = session.ledger.name_of(kind_id, record_id) if record_id else "全部"
        self.body.addWidget(Label(f"变更记录：{name}", "heading"))
        self.body.addWidget(self.table)
        self.add_button("撤销所选").clicked.connect(self.table.undo_current)
        self.add_button("关闭", "primary").clicked.connect(self.accept)


def _item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
