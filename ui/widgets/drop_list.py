"""The list that drops from a field one types in: choices, or hits of the search, grouped.

It is a child of the window, not a window of its own: the field keeps the keyboard and its input method.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import icons, look
from ui.widgets import paint
from ui.widgets.label import Label
from ui.widgets.layout import column

_CHOICE = Qt.ItemDataRole.UserRole + 1
_ROWS_SHOWN = 12
_KEYS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS_SHOWN,
    Qt.Key.Key_PageUp: -_ROWS_SHOWN,
}
_TAKEN = {*_KEYS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it stands for, its words, a note at the right, an icon, the group it belongs to."""

    key: Hashable
    text: str
    note: str = ""
    icon: str = ""
    group: str = ""


class DropList(QFrame):
    """Shows choices under *owner*; the owner passes its keys to :meth:`take_key`."""

    chosen = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self.hide()
        self._owner = owner
        self.setProperty("part", "drop")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items = QStandardItemModel(self)
        self._view = QListView()
        self._view.setAccessibleName("可选项")
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.setMouseTracking(True)
        self._view.setModel(self._items)
        self._view.setItemDelegate(_ChoiceDelegate(self._view))
        self._view.clicked.connect(self._choose)
        self._empty = Label("", "secondary")
        self._empty.setContentsMargins(10, 6, 10, 6)
        self.setLayout(column(self._empty, self._view, spacing=0, margins=(4, 4, 4, 4)))
        owner.destroyed.connect(self.deleteLater)

    def show_choices(self, choices: Sequence[Choice], nothing: str, *, pick_first: bool = True) -> None:
        """Drop the list with *choices*; with none of them say *nothing*."""
        self._items.clear()
        group = ""
        for choice in choices:
            if choice.group != group:
                group = choice.group
                self._items.appendRow(_heading(group))
            item = QStandardItem("，".join(filter(None, (choice.text, choice.note))))
            item.setData(choice, _CHOICE)
            self._items.appendRow(item)
        self._empty.setText(nothing)
        self._empty.setVisible(not choices)
        self._view.setVisible(bool(choices))
        self._place()
        if pick_first:
            self._move(1)

    def current(self) -> Choice | None:
        """Return the row the keyboard is on."""
        found: Choice | None = self._view.currentIndex().data(_CHOICE)
        return found

    def take_key(self, event: QKeyEvent) -> bool:
        """Handle a key of the owner; True if it was one of the list's."""
        if not self.isVisible():
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current() is None:
                return False
            self._choose(self._view.currentIndex())
        elif key in _KEYS:
            self._move(_KEYS[key])
        else:
            return False
        return True

    def claims(self, event: QEvent) -> bool:
        """Return whether a shortcut of the window must wait for the open list (Esc, Enter, arrows)."""
        return (
            self.isVisible()
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in _TAKEN
        )

    def _choose(self, index: QModelIndex) -> None:
        choice = index.data(_CHOICE)
        if choice is not None:
            self.hide()
            self.chosen.emit(choice)

    def _move(self, step: int) -> None:
        rows = [row for row in range(self._items.rowCount()) if self._items.item(row).data(_CHOICE)]
        if not rows:
            return
        now = self._view.currentIndex().row()
        place = rows.index(now) + step if now in rows else (0 if step > 0 else len(rows) - 1)
        target = rows[max(0, min(place, len(rows) - 1))]
        self._view.setCurrentIndex(self._items.index(target, 0))

    def _place(self) -> None:
        window, owner = self._owner.window(), self._owner
        if self.parentWidget() is not window:
            self.setParent(window)
        rows = min(max(self._items.rowCount(), 1), _ROWS_SHOWN)
        high = rows * look.px(32) + 12
        top = owner.mapTo(window, QPoint(0, owner.height() + 2))
        below, above = window.height() - top.y() - 4, top.y() - owner.height() - 8
        if below < high and above > below:
            high = min(high, above)
            top.setY(top.y() - owner.height() - 4 - high)
        else:
            high = min(high, max(below, look.px(32) + 12))
        self.setGeometry(top.x(), top.y(), owner.width(), high)
        self.show()
        self.raise_()


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look.px(120), look.px(32 if index.data(_CHOICE) else 26))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice, box = index.data(_CHOICE), QRectF(option.rect)
        inner = box.adjusted(8, 0, -8, 0)
        painter.save()
        if choice is None:
            paint.words(painter, inner, index.data(), size=12, weight=500, ink="text3")
            painter.restore()
            return
        states = QStyle.StateFlag
        if option.state & states.State_Selected:
            paint.rounded(painter, box, "accent_ground", 4)
        elif option.state & states.State_MouseOver:
            paint.rounded(painter, box, "sunken", 4)
        if choice.icon:
            size = look.px(16)
            icons.paint(painter, choice.icon, "text3", inner.x(), round(inner.center().y() - size / 2), size)
            inner.adjust(size + 8, 0, 0, 0)
        note = min(paint.width(choice.note, 12), inner.width() / 2)
        if choice.note:
            right = QRectF(inner.right() - note, inner.y(), note, inner.height())
            paint.words(painter, right, choice.note, size=12, ink="text3", align=paint.RIGHT)
            note += 12
        paint.words(painter, inner.adjusted(0, 0, -note, 0), choice.text)
        painter.restore()
