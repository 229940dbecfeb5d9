"""A small note while there is no window yet and something takes more than a moment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QFrame

from ui.widgets.card import Icon
from ui.widgets.label import Label
from ui.widgets.layout import column, row

_SHOWN_WITHIN_S = 0.3


@contextmanager
def busy(words: str, more: str = "") -> Iterator[None]:
    """Show *words* ("正在打开台账") inside the block; the window's thread is at work and paints nothing else."""
    note = QFrame(None, Qt.WindowType.SplashScreen)
    note.setWindowTitle("法治台账")
    note.setProperty("part", "card")
    lines = column(Label(words, "heading"), *([Label(more, "secondary")] if more else []), spacing=4)
    note.setLayout(row(Icon("timer", "accent", 24, disc=40), lines, spacing=16, margins=(28, 22, 36, 22)))
    note.show()
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    _paint(note)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()
        note.close()
        note.deleteLater()


def _paint(note: QFrame) -> None:
    """Let the note come on the screen: a window manager takes a few turns of the loop."""
    until = time.monotonic() + _SHOWN_WITHIN_S
    while time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        handle = note.windowHandle()
        if handle is not None and handle.isExposed():
            break
        time.sleep(0.01)
    note.repaint()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
