"""台账: how the clauses are kept, and the registers that have no page of their own, chosen at the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.records.base import Kind, Value
from ui import look
from ui.page import Page
from ui.pages.compliance import ComplianceView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.layout import column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.section_list import SectionList

LIST_WIDTH = 176
COMPLIANCE = "obligation"
"""The first entry: computed, so it is no register."""


class RegistersPage(Page):
    """Shows 制度执行 or one of the registers of *kinds*; each is made when it is first chosen."""

    def __init__(self, session: Session, kinds: tuple[Kind, ...], parent: QWidget | None = None) -> None:
        super().__init__("台账", parent)
        self._session = session
        self._ids = [COMPLIANCE, *(kind.id for kind in kinds)]
        self._views: dict[str, RegisterView | ComplianceView] = {}
        self._list = SectionList(
            "登记簿", [("制度执行", "list-checks"), *((kind.label, kind.icon) for kind in kinds)]
        )
        self._stack = QStackedWidget()
        left = frame("pane-left", column(self._list, spacing=0, margins=(8, 10, 8, 8)))
        left.setFixedWidth(look.px(LIST_WIDTH))
        whole = row(left, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._intake = Button("从文件识别", icon="search-check")
        self._intake.clicked.connect(lambda: session.open_page.emit("intake"))
        turn_parts(self._list, self.can_leave, self._show)
        self._list.setCurrentRow(0)

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open one record in its register."""
        self._register(kind_id).open_record(record_id)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form in the register of the kind."""
        self._register(kind_id).new_record(values)

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._intake,)

    def refresh(self) -> None:
        self._current().refresh()

    def can_leave(self) -> bool:
        return all(view.can_leave() for view in self._views.values() if isinstance(view, RegisterView))

    def first_focus(self) -> QWidget | None:
        current = self._current()
        return current.table.view if isinstance(current, RegisterView) else current.table

    def _current(self) -> RegisterView | ComplianceView:
        return self._views[self._ids[self._list.currentRow()]]

    def _register(self, kind_id: str) -> RegisterView:
        """Choose the register of a kind; return its view."""
        self._list.setCurrentRow(self._ids.index(kind_id))
        view = self._views[kind_id]
        assert isinstance(view, RegisterView)
        return view

    def _show(self, position: int) -> None:
        view_id = self._ids[position]
        if view_id not in self._views:
            made = (
                ComplianceView(self._session)
                if view_id == COMPLIANCE
                else RegisterView(self._session, view_id)
            )
            self._views[view_id] = made
            self._stack.addWidget(made)
        if view_id == COMPLIANCE:
            self._views[view_id].refresh()
        self._stack.setCurrentWidget(self._views[view_id])
