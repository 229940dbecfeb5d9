"""The list that drops from a field one types in: choices, or hits of the search, grouped.

It is a child of the window, not a window of its own: the field keeps the keyboard and its input method.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
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
    """One row: what it stands for, its words, a note at the right, an icon, the group it belongs to.

    A *deed* does something when it is chosen (adds a record), so that it is never proposed by itself.
    """

    key: Hashable
    text: str
    note: str = ""
    icon: str = ""
    group: str = ""
    deed: bool = False


class DropList(QFrame):
    """Shows choices under *owner*, which keeps the focus: arrows walk, Enter chooses, Esc closes."""

    chosen = Signal(object)
    dismissed = Signal()
    """Esc closed the list."""

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
        self._owner.installEventFilter(self)
        if pick_first and choices and not choices[0].deed:
            self._move(1)

    def current(self) -> Choice | None:
        """Return the row the keyboard is on."""
        found: Choice | None = self._view.currentIndex().data(_CHOICE)
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the list is open its keys come before the owner's and before shortcuts of the window."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _TAKEN:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._take_key(Qt.Key(event.key()))
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self._owner.removeEventFilter(self)
        super().hideEvent(event)

    def _take_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.dismissed.emit()
        elif key in _KEYS:
            self._move(_KEYS[key])
        elif self.current() is None:
            return False
        else:
            self._choose(self._view.currentIndex())
        return True

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

    def _longest(self) -> int:
        """Return the width at which no choice is cut, with the border and room for a bar that scrolls."""
        found = (self._items.item(row).data(_CHOICE) for row in range(self._items.rowCount()))
        return max((_words_width(choice) for choice in found if choice), default=0) + look.px(34)

    def _place(self) -> None:
        window, owner = self._owner.window(), self._owner
        if self.parentWidget() is not window:
            self.setParent(window)
        shown = range(min(self._items.rowCount(), _ROWS_SHOWN))
        high = sum(self._view.sizeHintForRow(place) for place in shown) or look.px(32)
        high += 10  # border and air
        top = owner.mapTo(window, QPoint(0, owner.height() + 2))
        below, above = window.height() - top.y() - 4, top.y() - owner.height() - 8
        if below < high and above > below:
            high = min(high, above)
            top.setY(top.y() - owner.height() - 4 - high)
        else:
            high = min(high, max(below, look.px(42)))
        wide = min(max(owner.width(), self._longest()), window.width() - 8)
        left = max(4, min(top.x(), window.width() - 4 - wide))
        self.setGeometry(left, top.y(), wide, high)
        self.show()
        self.raise_()


def _words_width(choice: Choice) -> int:
    icon = look.px(16) + 8 if choice.icon else 0
    note = paint.width(choice.note, 12) + 12 if choice.note else 0
    return round(icon + paint.width(choice.text, 14) + note)


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
