"""Walks over widgets for rules every page keeps: plain text, names, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

SMALL_SCREEN = (1366, 690)


def everything(root: QWidget) -> Iterator[QWidget]:
    """Yield *root* and all widgets in it; not the windows Qt keeps ready for its own pop-ups."""
    yield root
    yield from (child for child in root.findChildren(QWidget) if child.window() is root.window())


def spoken_name(widget: QWidget) -> str:
    """Return the name a screen reader, or a program on the accessibility bus, finds *widget* by."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def labels_not_plain(root: QWidget) -> list[str]:
    """Return the words of labels that would read text from people as markup."""
    labels = (widget for widget in everything(root) if isinstance(widget, QLabel))
    return [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText]


def without_name(root: QWidget) -> list[str]:
    """Return controls the keyboard reaches that have no accessible name."""
    reached = (widget for widget in everything(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ours = (
        widget
        for widget in reached
        if not widget.objectName().startswith("qt_") and widget.focusProxy() is None
    )
    return [repr(widget) for widget in ours if not spoken_name(widget)]


def misnamed_buttons(root: QWidget) -> list[str]:
    """Return buttons whose accessible name is not the words shown; keys may follow the words."""
    wrong = []
    for button in (widget for widget in everything(root) if isinstance(widget, QAbstractButton)):
        shown = button.text().replace("&&", "&")
        if shown and shown.split("  ")[0] != spoken_name(button):
            wrong.append(f"{shown!r} is called {spoken_name(button)!r}")
    return wrong


@contextmanager
def windows_shown() -> Iterator[list[QWidget]]:
    """Collect what is shown as a window of its own inside the block, be it for a moment before it has its place."""

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                found.append(watched)
            return False

    found: list[QWidget] = []
    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    yield found
    app.removeEventFilter(watch)


def shown_words(root: QWidget, words: str) -> bool:
    """Tell whether a visible label or button in *root* says *words*."""
    said = (widget for widget in everything(root) if isinstance(widget, QLabel | QAbstractButton))
    return any(words in widget.text() for widget in said if widget.isVisible())


def compose(field: QWidget, text: str) -> None:
    """Type *text* into an input method: shown in the field, not yet part of it."""
    QApplication.sendEvent(field, QInputMethodEvent(text, []))


def commit(field: QWidget, text: str) -> None:
    """Have the input method hand over *text*."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def faults(root: QWidget) -> list[str]:
    """Return all of the above; a test of a page asserts that there are none."""
    found = [f"not plain text: {text!r}" for text in labels_not_plain(root)]
    found += [f"no name: {widget}" for widget in without_name(root)]
    return found + misnamed_buttons(root)
