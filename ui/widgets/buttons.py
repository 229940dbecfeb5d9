"""Buttons: verbs of a few characters. One filled button a window."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.widgets.layout import restyle

Kind = Literal["primary", "plain", "ghost", "link", "accent", "danger", "danger-fill"]
_ICON_INK = {
    "primary": "on_accent",
    "danger-fill": "on_danger",
    "link": "accent",
    "accent": "accent",
    "danger": "red",
}
_ICON_GAP = 5


class Button(QPushButton):
    """A button with words.

    *keys* ("Ctrl+S") are shown after the words, not bound: whoever owns the action binds them once.
    The accessible name is the words alone.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        icon: str = "",
        *,
        keys: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys, self._icon = keys, icon
        if small:
            self.setProperty("small", True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)
        self.set_words(text)

    def set_kind(self, kind: Kind) -> None:
        """Change how much the button says "this goes on"."""
        restyle(self, kind=kind)
        if self._icon:
            icons.put(self, self._icon, _ICON_INK.get(kind, "text2"), 16, _ICON_GAP)

    def set_words(self, text: str) -> None:
        """Change the words; "&" is a character, never a mnemonic."""
        self.setAccessibleName(text)
        self.setText((f"{text}  {self._keys}" if self._keys else text).replace("&", "&&"))


class IconButton(QPushButton):
    """A button of 32 px with an icon only; *text* is its tool tip and accessible name.

    Not a QToolButton: pressed over the accessibility bus, that one answers only when the menu or dialog
    it opens is closed again.
    """

    def __init__(self, icon: str, text: str, *, ink: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        icons.put(self, icon, ink, 18)


class HintButton(QPushButton):
    """The words beside a key that does the same deed; takes no focus, so that the keyboard stays where keys work."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "hint")
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
