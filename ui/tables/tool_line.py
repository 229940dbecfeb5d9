"""The tool line above a list: what there is no room for gives way, and is offered in a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.buttons import Button
from ui.widgets.layout import Item, row

SPACING, SIDE = 8, 16  # px


class ToolLine(QFrame):
    """*items* side by side. The buttons in :attr:`giving` go one by one, the first first, while the line is too narrow."""

    def __init__(self, *items: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.giving: list[Button] = []
        self.folded: list[Button] = []
        self._items = row(*items, spacing=SPACING, margins=(SIDE, 8, SIDE, 8))
        self.setLayout(self._items)

    def put_before(self, place: QWidget, tool: QWidget) -> None:
        """Put one more *tool* before another."""
        self._items.insertWidget(self._items.indexOf(place), tool)
        if isinstance(tool, Button):
            self.giving.append(tool)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        """Hide what does not fit; a tool its owner has hidden stays so."""
        found = [self._items.itemAt(place).widget() for place in range(self._items.count())]
        tools = [tool for tool in found if tool and (tool in self.folded or not tool.isHidden())]
        over = sum(map(_room, tools)) + 2 * SIDE - self.width()
        gone: list[Button] = []
        for tool in self.giving:
            if over > 0 and tool in tools:
                gone.append(tool)
                over -= _room(tool)
        before, self.folded = self.folded, gone
        for tool in {*before, *gone}:
            if tool.isHidden() != (tool in gone):
                tool.setVisible(tool not in gone)


def _room(tool: QWidget) -> int:
    tool.ensurePolished()
    return max(tool.minimumWidth(), tool.minimumSizeHint().width()) + SPACING
