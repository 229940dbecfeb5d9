"""Keys that do a deed while the focus is in a part of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

SAVE = ("Ctrl+S", "Ctrl+Return", "F2")
"""What saves a form, and ends a dialog in its deed."""


def bind(owner: QWidget, deed: Callable[[], object], *keys: str) -> QShortcut:
    """Let each of *keys* ("Ctrl+N") do *deed* while *owner* or a widget in it has the focus."""
    shortcut = QShortcut(owner)
    shortcut.setKeys([QKeySequence(one) for one in keys])
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: deed())
    return shortcut
