"""What the parts of the settings page share."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import look
from ui.session import Session
from ui.widgets.layout import STRETCH, Item, column, holder, row, scrolled

SHEET = 720  # px


class Part(QWidget):
    """One part of the settings, made when it is first chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def refresh(self) -> None:
        """Read again what is shown; not what is being typed."""

    def can_leave(self) -> bool:
        """Ask about unsaved work; True when the clerk may go elsewhere."""
        return True


def sheet(*items: Item, spacing: int = 9) -> QWidget:
    """Lay *items* one under the other on a white sheet that scrolls."""
    inner = holder(column(*items, STRETCH, spacing=spacing, margins=(24, 20, 24, 20)))
    inner.setMaximumWidth(look.px(SHEET))
    line = row(inner, STRETCH, spacing=0)
    line.setStretch(0, 1000)  # as wide as it may be, then air
    return scrolled(holder(line))
