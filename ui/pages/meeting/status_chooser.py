"""The five-way chooser on the current row of the grid: words, the chosen one outlined with its mark."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QToolButton, QWidget

from ui.tables.delegate import CellDelegate
from ui.widgets.layout import restyle, row

CHOICES = ("出席", "代", "请假", "列席", "缺席")
"""In the order of the keys 1 … 5."""


class StatusChooser(QFrame):
    """``picked`` gives the word that was pressed."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "chooser")
        self.setAutoFillBackground(True)
        self._buttons = {word: self._button(word) for word in CHOICES}
        self.setLayout(row(*self._buttons.values(), spacing=0, margins=(2, 1, 2, 1)))

    def show_status(self, status: str) -> None:
        """Outline the word that holds."""
        for word, button in self._buttons.items():
            button.setChecked(word == status)
            restyle(button, chosen=status if word == status else "")

    def _button(self, word: str) -> QToolButton:
        button = QToolButton()
        button.setText(word)
        button.setAccessibleName(word)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the grid keeps the keyboard: keys 1 … 5
        button.clicked.connect(lambda _on: self.picked.emit(word))
        return button


class GridDelegate(CellDelegate):
    """Paints cells; its editor for the status column is the chooser."""

    picked = Signal(str)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        chooser = StatusChooser(parent)
        chooser.picked.connect(self.picked)
        return chooser

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, StatusChooser):
            word = str(index.data() or "").split("（")[0]
            editor.show_status(word)

    def setModelData(
        self, _editor: QWidget, _model: QAbstractItemModel, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Nothing: the view writes what was picked."""
