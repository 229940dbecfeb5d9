"""名册: bodies and units in a tree, who makes them up on a day, and the registers behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStackedWidget, QTreeView, QWidget

from models.records.base import Value
from models.records.organisation import UNIT_CATEGORIES, Body, Unit
from models.rules.reading import syllables
from models.store.reader import Filter
from ui import icons, look, messages
from ui.dialogs.as_of import AsOfButton
from ui.page import Page
from ui.pages.body_view import BodyView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.inputs import SearchField
from ui.widgets.layout import column, frame, row

KINDS = ("unit", "person", "appointment", "body", "membership", "seat")
_REGISTERS = {
    "unit": "全部单位", "person": "全部人员", "appointment": "全部任职", "body": "全部机构",
    "membership": "全部成员单位", "seat": "全部组内职务",
}  # fmt: skip
_NODE = Qt.ItemDataRole.UserRole + 1
TREE_WIDTH, ROW = 240, 30


class RosterPage(Page):
    """The organisation as of a day (today unless the clerk picks another)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("名册", parent)
        self._session = session
        self.day = AsOfButton(small=True)
        self.day.changed.connect(self.refresh)
        self._views: dict[str, RegisterView] = {}
        self._stack = QStackedWidget()
        self._body_view = BodyView(session)
        self._unit_view = RegisterView(session, "appointment")
        self._unit_id = ""
        self._shown: tuple[str, str] | None = None
        self._searched = ""
        dossier = Button("单位档案", icon="folder")
        dossier.clicked.connect(lambda: session.open_record.emit("unit", self._unit_id))
        self._unit_view.add_tool(dossier)
        for view in (self._body_view, self._unit_view):
            self._stack.addWidget(view)
        self._model = QStandardItemModel()
        self._build()
        session.changed.connect(self._changed)

    def refresh(self) -> None:
        """Read the tree and what is open beside it."""
        self._fill_tree()
        self._show_again()

    def show_home(self) -> None:
        """Open the first body, or the register of units while there is none."""
        if not self._tree.currentIndex().isValid():
            self._fill_tree()

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open a body or unit in the tree, others in their register."""
        self._search.clear()
        self._fill_tree()
        if kind_id in ("body", "unit") and self._select((kind_id, record_id)):
            return
        self._select(("register", kind_id))
        self._register(kind_id).open_record(record_id)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form in the register of the kind."""
        self._search.clear()
        self._fill_tree()
        self._select(("register", kind_id))
        self._register(kind_id).new_record(values)

    def can_leave(self) -> bool:
        current = self._stack.currentWidget()
        return not isinstance(current, RegisterView | BodyView) or current.can_leave()

    def first_focus(self) -> QWidget | None:
        return self._tree

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._search = SearchField("找单位、机构")
        self._search.searched.connect(lambda _typed: self._fill_tree())
        self._tree = QTreeView()
        self._tree.setAccessibleName("机构和单位")
        self._tree.setHeaderHidden(True)
        self._tree.setModel(self._model)
        self._tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self._tree.setIndentation(look.px(18))
        self._tree.setUniformRowHeights(True)
        self._tree.selectionModel().currentChanged.connect(lambda now, _was: self._show_node(now))
        foot = frame("foot", row(self.day, margins=(8, 4, 8, 4)))
        search = row(self._search, margins=(12, 10, 12, 6))
        left = frame("pane-left", column(search, self._tree, foot, spacing=0))
        left.layout().setStretch(1, 1)
        left.setFixedWidth(look.px(TREE_WIDTH))
        keys.bind(left, self._new, "Ctrl+N")
        whole = row(left, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if kinds & {"unit", "body", "membership", "seat", "appointment"} and self.isVisible():
            self._fill_tree()
            self._show_again()

    def _new(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, RegisterView | BodyView):
            current.new_record()

    # The tree ------------------------------------------------------------------------------

    def _fill_tree(self) -> None:
        """Read the tree: folders stay open, the list where it is, what is shown beside it too."""
        typed, bar = self._search.text().strip(), self._tree.verticalScrollBar()
        if not self._searched:
            self._opened, self._height = self._open_folders(), bar.value()
        self._searched = typed
        with QSignalBlocker(self._tree.selectionModel()):
            self._model.clear()
            self._add_bodies(typed)
            self._add_units(typed)
            if not typed:
                self._add_registers()
            if found := self._find(self._model.invisibleRootItem(), self._shown):
                self._tree.setCurrentIndex(found.index())
        self._expand(typed)
        self._tree.doItemsLayout()
        bar.setValue(0 if typed else self._height)
        if not found and not typed:
            first = self._model.index(0, 0)
            inner = self._model.index(0, 0, first)
            self._tree.setCurrentIndex(inner if inner.isValid() else first)

    def _add_bodies(self, typed: str) -> None:
        bodies = _matching(self._session.ledger.in_force(Body, self.day.on), typed)
        ids = {body.id for body in bodies}
        root = _item("机构", "landmark", ("register", "body"), len(bodies))
        items = {body.id: _item(body.short_name or body.name, "users", ("body", body.id)) for body in bodies}
        for body in bodies:
            parent = items[body.parent] if body.parent in ids else root
            parent.appendRow(items[body.id])
        self._model.appendRow(root)

    def _add_units(self, typed: str) -> None:
        units = _matching(self._session.ledger.in_force(Unit, self.day.on), typed)
        for category in (*UNIT_CATEGORIES, ""):
            own = sorted((unit for unit in units if unit.category == category), key=_place)
            if own:
                group = _item(category or "未分类单位", "folder", ("category", category), len(own))
                for unit in own:
                    group.appendRow(_item(unit.short_name or unit.name, "building-2", ("unit", unit.id)))
                self._model.appendRow(group)
        gone = [unit for unit in _matching(self._session.ledger.find(Unit), typed) if unit.valid_until]
        gone = [unit for unit in gone if unit.valid_until and unit.valid_until < self.day.on]
        if gone:
            group = _item("已撤并单位", "archive", ("gone", ""), len(gone))
            for unit in gone:
                group.appendRow(_item(unit.name, "building-2", ("unit", unit.id)))
            self._model.appendRow(group)

    def _add_registers(self) -> None:
        root = _item("登记簿", "book-open-text", ("register", "unit"))
        for kind_id, label in _REGISTERS.items():
            root.appendRow(_item(label, "list-checks", ("register", kind_id)))
        self._model.appendRow(root)

    def _open_folders(self) -> set[tuple[str, str]] | None:
        """Return which folders are open, None while the tree is empty."""
        folders = self._folders(QModelIndex())
        return {tuple(one.data(_NODE)) for one in folders if self._tree.isExpanded(one)} if folders else None

    def _folders(self, parent: QModelIndex) -> list[QModelIndex]:
        inner = [self._model.index(place, 0, parent) for place in range(self._model.rowCount(parent))]
        folders = [index for index in inner if self._model.hasChildren(index)]
        return folders + [deeper for index in folders for deeper in self._folders(index)]

    def _expand(self, typed: str) -> None:
        """Open what was open; at first the bodies and the registers; all there is while searching."""
        for index in self._folders(QModelIndex()):
            node = tuple(index.data(_NODE))
            at_first = node[0] in ("register", "body")
            self._tree.setExpanded(
                index, bool(typed) or (at_first if self._opened is None else node in self._opened)
            )

    def _select(self, node: Sequence[str] | None) -> bool:
        if not node:
            return False
        found = self._find(self._model.invisibleRootItem(), tuple(node))
        if found is None:
            return False
        index = found.index()
        moved = index != self._tree.currentIndex()
        self._tree.setCurrentIndex(index)
        self._tree.scrollTo(index)
        if not moved:
            self._show_node(index)
        return True

    def _find(self, item: QStandardItem, node: tuple[str, ...] | None) -> QStandardItem | None:
        for position in reversed(range(item.rowCount())):
            child = item.child(position)
            if tuple(child.data(_NODE)) == node and (node[0] != "register" or not child.hasChildren()):
                return child
            if found := self._find(child, node):
                return found
        return None

    # What a node shows ---------------------------------------------------------------------

    def _show_node(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        node = tuple(index.data(_NODE))
        if node != self._shown and not self.can_leave():
            QTimer.singleShot(0, self._tree, lambda: self._select(self._shown))  # once the click is over
            return
        self._shown = node
        self._show_again()

    def _show_again(self) -> None:
        if self._shown is None:
            return
        kind, key = self._shown
        shows: dict[str, Callable[[str], QWidget]] = {
            "body": self._show_body, "unit": self._show_unit, "register": self._register,
            "category": self._show_category, "gone": self._show_gone,
        }  # fmt: skip
        self._stack.setCurrentWidget(shows[kind](key))

    def _show_body(self, body_id: str) -> QWidget:
        self._body_view.show_body(body_id, self.day.on)
        return self._body_view

    def _show_unit(self, unit_id: str) -> QWidget:
        if unit_id != self._unit_id and self._unit_view.pane.form is not None:
            self._unit_view.pane.close_form()
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._unit_id = unit_id
        self._unit_view.set_fixed((Filter("unit", "=", unit_id),), {"unit": unit_id})
        self._unit_view.table.set_as_of(self.day.on)
        return self._unit_view

    def _show_category(self, category: str) -> QWidget:
        view = self._register("unit")
        view.set_fixed((Filter("category", "=", category),))
        view.table.set_as_of(self.day.on)
        return view

    def _show_gone(self, _key: str) -> QWidget:
        view = self._register("unit")
        view.set_fixed((Filter("valid_until", "filled"),))
        view.table.set_as_of(None)
        return view

    def _register(self, kind_id: str) -> RegisterView:
        if kind_id not in self._views:
            view = self._views[kind_id] = RegisterView(self._session, kind_id)
            self._stack.addWidget(view)
            if kind_id in ("unit", "person"):
                self._offer_dossier(view)
            else:
                view.name_new(view.new_button.text(), _BY_INTAKE.get(kind_id, ""))
        view = self._views[kind_id]
        view.set_fixed(())
        return view

    def _offer_dossier(self, view: RegisterView) -> None:
        """Lead from the chosen line of a list to its 档案."""
        button = Button("打开档案", icon="folder")
        button.clicked.connect(lambda: self._open_dossier(view))
        view.add_tool(button)

    def _open_dossier(self, view: RegisterView) -> None:
        if record_id := view.table.current_id():
            self._session.open_record.emit(view.kind.id, record_id)
        else:
            messages.tell(
                self,
                "还没有选中",
                f"先在列表里选中一{'家' if view.kind.id == 'unit' else '位'}，再打开档案。",
            )


_BY_INTAKE = {"body": "有成立机构的文件，用“台账”里的“从文件识别”一次登记；没有就"}


def _item(text: str, icon: str, node: tuple[str, str], count: int | None = None) -> QStandardItem:
    item = QStandardItem(
        icons.icon(icon, "text2", look.px(16)), text if count is None else f"{text}  {count}"
    )
    item.setData(list(node), _NODE)
    item.setToolTip("")
    item.setSizeHint(QSize(0, look.px(ROW)))
    return item


def _place(unit: Unit) -> tuple[bool, int, tuple[str, ...]]:
    """Order units by their place in the establishment, those without one after them by pinyin."""
    return unit.position is None, unit.position or 0, syllables(unit.short_name or unit.name)


def _matching(found: Sequence[Body] | Sequence[Unit], typed: str) -> list:  # type: ignore[type-arg]
    return [one for one in found if typed in one.name or typed in one.short_name]
