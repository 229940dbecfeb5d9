"""台账: the registers that have no page of their own, chosen at the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from models.records.base import Kind, Value
from ui import icons, look
from ui.page import Page
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.layout import column, frame, row

LIST_WIDTH, ROW = 176, 32


class RegistersPage(Page):
    """Shows the registers of *kinds*, one at a time; each is made when it is first chosen."""

    def __init__(self, session: Session, kinds: tuple[Kind, ...], parent: QWidget | None = None) -> None:
        super().__init__("台账", parent)
        self._session, self._kinds = session, kinds
        self._views: dict[str, RegisterView] = {}
        self._list = QListWidget()
        self._list.setAccessibleName("登记簿")
        for kind in kinds:
            item = QListWidgetItem(icons.icon(kind.icon, "text2", 16), kind.label)
            item.setData(Qt.ItemDataRole.UserRole, kind.id)
            item.setSizeHint(QSize(0, look.px(ROW)))
            self._list.addItem(item)
        self._stack = QStackedWidget()
        left = frame("pane-left", column(self._list, spacing=0, margins=(8, 10, 8, 8)))
        left.setFixedWidth(look.px(LIST_WIDTH))
        whole = row(left, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._intake = Button("从文件识别", icon="search-check")
        self._intake.clicked.connect(lambda: session.open_page.emit("intake"))
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open one record in its register."""
        self._list.setCurrentRow([kind.id for kind in self._kinds].index(kind_id))
        self._views[kind_id].open_record(record_id)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form in the register of the kind."""
        self._list.setCurrentRow([kind.id for kind in self._kinds].index(kind_id))
        self._views[kind_id].new_record(values)

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._intake,)

    def refresh(self) -> None:
        self._current().refresh()

    def can_leave(self) -> bool:
        return all(view.can_leave() for view in self._views.values())

    def first_focus(self) -> QWidget | None:
        return self._current().table.view

    def _current(self) -> RegisterView:
        return self._views[self._kinds[self._list.currentRow()].id]

    def _show(self, position: int) -> None:
        kind_id = self._kinds[position].id
        if kind_id not in self._views:
            self._views[kind_id] = RegisterView(self._session, kind_id)
            self._stack.addWidget(self._views[kind_id])
        self._stack.setCurrentWidget(self._views[kind_id])
