"""A register: the tool line, the list and the form of one record kind. Pages put it where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from models import clock
from models.records.base import Value, kind_of
from models.records.values import show_day
from models.store.reader import Filter
from ui import look, messages
from ui.correction import move_to_bin
from ui.dialogs.day import ask_day
from ui.forms.form_pane import BesideForms, FormPane
from ui.session import Session
from ui.tables.columns_dialog import ColumnsDialog
from ui.tables.filter_bar import FilterBar
from ui.tables.layout import default_layout, from_text, to_text
from ui.tables.record_table import RecordTable
from ui.tables.tool_line import ToolLine
from ui.widgets import keys
from ui.widgets.buttons import Button, IconButton
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row

SEARCH_WIDTH = 120


class RegisterView(QWidget):
    """All of one kind, or with *fixed* values what belongs to one owner (agenda items of a meeting).

    ``opened`` tells a record the owner may show on a page of its own; unless *opens_form* is False it
    opens in the form at the right. *leading* is False where the page has its own step that goes on.
    """

    opened = Signal(str)

    def __init__(
        self, session: Session, kind_id: str, *, opens_form: bool = True, dated: bool = True,
        exchange: bool = True, leading: bool = True, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.kind = kind_of(kind_id)
        self._session, self._opens_form = session, opens_form
        self._leading = leading
        self._new_values: dict[str, Value] = {}
        self._as_of: date | None = None
        self.table = RecordTable(session, kind_id)
        self.pane = FormPane(session, kind_id)
        self.new_button = Button(f"新增{self.kind.label}", "primary" if leading else "plain", "plus")
        self._dated = dated and self.kind.period is not None
        self._exchange = exchange
        self._build()
        self.name_new(f"新增{self.kind.label}")
        self._connect()
        self._count(self.table.model.rowCount())

    # What the owner calls ------------------------------------------------------------------

    def add_tool(self, widget: QWidget) -> None:
        """Put a button of the owner's into the tool line."""
        self._tools.put_before(self.more, widget)

    def name_new(self, words: str, first: str = "") -> None:
        """Call the button for a new record *words*; an empty list says how to begin, *first* what comes before."""
        self.new_button.set_words(words)
        by_sheet = "，或在“更多”里从 Excel 导入" if self._exchange else ""
        self.table.set_begin(f"{first}按“{words}”登记{by_sheet}")

    def set_fixed(self, filters: Sequence[Filter], new_values: dict[str, Value] | None = None) -> None:
        """Show what belongs to one subject; a new record gets *new_values*, whose columns go without saying."""
        self._new_values = new_values or {}
        columns = default_layout(self.kind).columns
        if new_values and self.table.layout_now.columns == columns:
            self.table.show_columns([name for name in columns if name not in new_values])
        self.table.set_fixed(filters)

    def open_record(self, record_id: str) -> None:
        """Open a record in the form."""
        record = self._session.ledger.get(self.kind.record, record_id)
        if record is not None:
            self.table.select(record_id)
            self.pane.open(record, fixed=None)

    def new_record(self, values: dict[str, Value] | None = None) -> None:
        """Open an empty form."""
        fixed = {**self._new_values, **(values or {})}
        if self.pane.open(None, fixed=fixed or None):
            self.table.view.clearSelection()
            self._propose_position()
            self._propose_today()

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return self.pane.may_close()

    def refresh(self) -> None:
        """Read the list again."""
        self.table.reload()

    # Internal ------------------------------------------------------------------------------

    def _propose_position(self) -> None:
        """Number a new part after the last one of its owner."""
        form = self.pane.form
        if (
            form is not None
            and self._new_values
            and any(field.name == "position" for field in self.kind.fields)
        ):
            form.propose("position", self.table.model.rowCount() + 1)

    def _propose_today(self) -> None:
        """Take what is entered for what has come in today."""
        for field in self.kind.fields:
            if self.pane.form is not None and field.past and field.required:
                self.pane.form.propose(field.name, clock.today())

    def _build(self) -> None:
        self.search = SearchField(f"找{self.kind.label}")
        self.filters = FilterBar(self.kind, self._session.ledger)
        self._counted = Label("", "secondary")
        self._as_of_button = Button("全部日期", "ghost", "calendar")
        filter_button = Button("筛选", "ghost", "list-filter")
        filter_button.clicked.connect(self.filters.ask)
        self.more = IconButton("ellipsis", "更多")
        self.more.clicked.connect(self._show_menu)
        self._tools = ToolLine(
            self.search, self._counted, STRETCH, self._as_of_button, filter_button, self.more, self.new_button
        )
        self._tools.giving += [filter_button, self._as_of_button]
        self.search.setMinimumWidth(look.px(SEARCH_WIDTH))
        chips = row(self.filters, margins=(16, 0, 16, 0))
        left = column(frame("bar", column(self._tools, chips, spacing=0)), self.table, spacing=0)
        left.setStretch(1, 1)
        self.setLayout(column(BesideForms(frame("pane", left), self.pane), spacing=0))
        self._as_of_button.setVisible(self._dated)

    def _connect(self) -> None:
        self.search.searched.connect(self.table.search)
        self.filters.changed.connect(lambda: self.table.set_filters(self.filters.filters()))
        self.table.filter_cleared.connect(self._filter_cleared)
        self.table.opened.connect(self._open)
        self.table.counted.connect(self._count)
        self.new_button.clicked.connect(lambda: self.new_record())
        self._as_of_button.clicked.connect(self._pick_day)
        self.pane.opened.connect(self._show_leading)
        self.pane.closed.connect(self._show_leading)
        self.pane.saved.connect(self._saved)
        self.pane.closed.connect(lambda: self.table.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self._session.changed.connect(self._changed)
        keys.bind(self, self.new_record, "Ctrl+N")
        keys.bind(self.table.view, self.remove_selected, "Del")

    def _show_leading(self) -> None:
        """Fill one button only: 新增, or 保存 while a form is open."""
        self.new_button.set_kind("primary" if self._leading and self.pane.form is None else "plain")

    def _open(self, record_id: str) -> None:
        if self._opens_form:
            self.open_record(record_id)
        self.opened.emit(record_id)

    def _saved(self, record_id: str) -> None:
        self.table.select(record_id)

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        shown = {self.kind.id} | {field.target for field in self.kind.references}
        if kinds & shown and self.isVisible():
            self.table.reload()

    def _count(self, count: int) -> None:
        self._counted.setText(f"{count} {self.kind.measure}")

    def _filter_cleared(self) -> None:
        self.filters.clear()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _pick_day(self) -> None:
        chosen = ask_day(self.window(), "按日期看", self._as_of or clock.today(), none="全部日期")
        if chosen is not None:
            self._as_of = chosen or None
            self._as_of_button.set_words(f"按 {show_day(chosen)}" if chosen else "全部日期")
            self.table.set_as_of(self._as_of)

    # The menu ------------------------------------------------------------------------------

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return what 更多 offers."""
        menu = QMenu(self)
        for tool in self._tools.folded:
            menu.addAction(tool.accessibleName(), tool.click)
        if self._exchange:
            from ui.dialogs.exchange import add_exchange_actions

            add_exchange_actions(menu, self, self._session, self.table, self._new_values)
            menu.addSeparator()
        menu.addAction("选择列", self._choose_columns)
        menu.addAction("恢复默认列", self.table.reset_layout)
        menu.addAction("保存当前视图", self._save_view)
        self._add_views(menu)
        menu.addSeparator()
        menu.addAction("复制所选行  Ctrl+C", self.table.copy)
        menu.addAction("变更记录", self._show_history)
        remove = menu.addAction("删除所选  Del", self.remove_selected)
        remove.setEnabled(bool(self.table.view.selectionModel().selectedRows()))
        return menu

    def _add_views(self, menu: QMenu) -> None:
        views = self._session.ledger.saved_views(self.kind.id)
        if not views:
            return
        chosen = menu.addMenu("打开视图")
        gone = menu.addMenu("删除视图")
        for name, stored in views.items():
            chosen.addAction(name, lambda stored=stored: self.table.set_layout(from_text(self.kind, stored)))
            gone.addAction(name, lambda name=name: self._session.ledger.save_view(self.kind.id, name, ""))

    def _choose_columns(self) -> None:
        dialog = ColumnsDialog(self.window(), self.kind, self.table.layout_as_shown().columns)
        if dialog.exec():
            self.table.show_columns(dialog.names)

    def _save_view(self) -> None:
        name = messages.ask_text(self, "保存当前视图", "视图名称")
        if name:
            layout = to_text(self.table.layout_as_shown())
            self._session.ledger.save_view(self.kind.id, name, layout)

    def _show_history(self) -> None:
        from ui.dialogs.history import HistoryDialog

        record_id = self.table.current_id()
        HistoryDialog(self.window(), self._session, self.kind.id if record_id else "", record_id).exec()

    def remove_selected(self) -> None:
        """Move the selected records to the recycle bin after asking."""
        ledger = self._session.ledger
        found = [ledger.get(self.kind.record, record_id) for record_id in self.table.selected_ids()]
        records = [record for record in found if record is not None]
        if not records:
            return
        first = records[0].headline(ledger.name_of)
        what = (
            f"{self.kind.label}「{first}」"
            if len(records) == 1
            else f"{len(records)} {self.kind.measure}{self.kind.label}"
        )
        points = [f"还有 {n} 条{label}用到它" for label, n in self._uses(records).items()]
        move_to_bin(self, ledger, records, what, points)

    def _uses(self, records: Sequence[object]) -> dict[str, int]:
        used: dict[str, int] = {}
        for record in records[:50]:
            for label, count in self._session.ledger.referring(self.kind.id, record.id).items():  # type: ignore[attr-defined]
                used[label] = used.get(label, 0) + count
        return used
