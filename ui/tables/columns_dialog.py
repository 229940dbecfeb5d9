"""Which columns a list shows: ticks in order, up and down, 恢复默认列; the first column always stays."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from models.records.base import Kind
from ui import look
from ui.dialogs.base import Dialog
from ui.tables.layout import default_layout
from ui.tables.record_model import label_of
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row

_EXTRA = ("entered_at", "entered_by", "changed_at", "changed_by")


class ColumnsDialog(Dialog):
    """Ends in :attr:`names`, the columns chosen in order."""

    def __init__(self, parent: QWidget | None, kind: Kind, shown: Sequence[str]) -> None:
        super().__init__(parent, "选择列")
        self.setModal(True)
        self.names: tuple[str, ...] = tuple(shown)
        self._kind = kind
        self._list = QListWidget()
        self._list.setAccessibleName("列")
        self._list.setMinimumHeight(look.px(320))
        self._fill(shown)
        up, down = Button("上移", small=True), Button("下移", small=True)
        reset = Button("恢复默认列", "link", small=True)
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        reset.clicked.connect(lambda: self._fill(default_layout(kind).columns))
        self.body.addWidget(Label("选择列", "heading"))
        self.body.addWidget(self._list)
        self.body.addLayout(row(up, down, STRETCH, reset))
        self.end_in("确定", self._finish)

    def _fill(self, shown: Sequence[str]) -> None:
        self._list.clear()
        rest = [field.name for field in self._kind.columns if field.name not in shown]
        for name in [*shown, *rest, *(extra for extra in _EXTRA if extra not in shown)]:
            item = QListWidgetItem(label_of(self._kind, name))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _move(self, step: int) -> None:
        here = self._list.currentRow()
        if 0 <= here + step < self._list.count():
            item = self._list.takeItem(here)
            self._list.insertItem(here + step, item)
            self._list.setCurrentRow(here + step)

    def _finish(self) -> None:
        items = [self._list.item(position) for position in range(self._list.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        names = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen)
        self.names = names or default_layout(self._kind).columns[:1]
        self.accept()
