"""Which kinds of events the calendar shows: a button that drops a list of ticks with counts. It is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QWidget

from models.summaries.calendar import event_kinds, kind_label, without
from models.summaries.dated import Event
from ui import icons, look
from ui.calendars.chips import look_of
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, column, row

ALL = "全部类别"
_KEPT = "calendar/hidden"
_KIND = Qt.ItemDataRole.UserRole
_WIDTH, _ROW = 232, 28


class KindFilter(Button):
    """Says how many kinds are hidden; :meth:`keeps` tells what stays. ``changed`` follows each tick."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ALL, "plain", "list-filter", parent=parent)
        stored = str(QSettings().value(_KEPT, ""))
        self.hidden = {kind for kind in stored.split(",") if kind in event_kinds()}
        self.kinds, self._short = _Kinds(self), False
        self.clicked.connect(self._drop)
        self.kinds.list.itemChanged.connect(self._ticked)
        self.kinds.all.clicked.connect(self.restore)
        self.kinds.none.clicked.connect(lambda: self._hide(set(event_kinds())))
        self._say()

    def keeps(self, event: Event) -> bool:
        """Tell whether an event is of a kind that is shown."""
        return event.kind not in self.hidden

    def restore(self) -> None:
        """Show every kind again."""
        self._hide(set())

    def show_counts(self, events: Iterable[Event]) -> None:
        """Put behind each kind how many of *events* are of it."""
        self.kinds.show_counts(Counter(event.kind for event in events), self.hidden)

    def words(self, events: Iterable[Event]) -> str:
        """Say which kinds are hidden and how many of *events* that takes away, "" when none is."""
        left_out = without(events, self.hidden)
        return f"没有显示：{left_out}" if left_out else ""

    def _hide(self, kinds: set[str]) -> None:
        self.hidden = kinds
        QSettings().setValue(_KEPT, ",".join(sorted(kinds)))
        self._say()
        self.changed.emit()

    def shorten(self, short: bool) -> None:
        """Show the icon alone where there is little room."""
        self._short = short
        self._say()

    def _say(self) -> None:
        words = f"隐藏 {len(self.hidden)} 类" if self.hidden else ALL
        self.set_words(words)
        self.setToolTip(words if self._short else "")
        if self._short:
            self.setText("")
        self.set_kind("accent" if self.hidden else "plain")

    def _ticked(self, item: QListWidgetItem) -> None:
        off = item.checkState() == Qt.CheckState.Unchecked
        kind = item.data(_KIND)
        self._hide(self.hidden | {kind} if off else self.hidden - {kind})

    def _drop(self) -> None:
        self.kinds.hide() if self.kinds.isVisible() else self.kinds.drop()


class _Kinds(QFrame):
    """The list under the button: arrows walk, Space ticks, Esc closes, so does leaving it.

    It is a child of the window, not a window of its own, like :class:`ui.widgets.drop_list.DropList`.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.hide()
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)
        self.setProperty("part", "drop")
        self.setAccessibleName("显示的类别")
        self.list = QListWidget()
        self.list.setAccessibleName("显示的类别")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in event_kinds():
            item = QListWidgetItem(kind_label(kind))
            item.setData(_KIND, kind)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.all, self.none = Button("恢复全部", "link", small=True), Button("全部隐藏", "link", small=True)
        foot = row(self.all, STRETCH, self.none, margins=(8, 4, 8, 4))
        self.setLayout(column(self.list, foot, spacing=0, margins=(4, 4, 4, 4)))

    def show_counts(self, counts: Counter[str], hidden: set[str]) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            item = self.list.item(place)
            kind = item.data(_KIND)
            token, icon = look_of(kind)
            item.setIcon(icons.icon(icon, token, 16))
            item.setText(f"{kind_label(kind)}　{counts[kind]}")
            item.setCheckState(Qt.CheckState.Unchecked if kind in hidden else Qt.CheckState.Checked)
        self.list.blockSignals(False)

    def drop(self) -> None:
        window, owner = self._owner.window(), self._owner
        self.setParent(window)
        under = owner.mapTo(window, QPoint(0, owner.height() + 2))
        rows = self.list.sizeHintForRow(0) * self.list.count()
        high = min(rows + look.px(56), window.height() - under.y() - 4)
        left = min(under.x(), window.width() - look.px(_WIDTH) - 4)
        self.setGeometry(left, under.y(), look.px(_WIDTH), high)
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._owner.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            super().keyPressEvent(event)

    def _follow(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """Close when the focus goes elsewhere; the button itself closes by its click."""
        if entered not in (None, self._owner) and not self.isAncestorOf(entered):
            self.hide()
