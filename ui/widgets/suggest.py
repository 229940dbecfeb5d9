"""A field for one of many records: type characters, pinyin or initials, pick with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.drop_list import Choice, DropList
from ui.widgets.inputs import trail


class SuggestCombo(QLineEdit):
    """*suggest* gives the choices for a text, best first ("" for all worth showing).

    What is typed stays as it is: :meth:`choice` is None until something is picked or the text names
    exactly one choice, so that a form can say 没有「…」 beside the field.
    """

    chosen = Signal(object)
    """A :class:`Choice`, or None when the text no longer stands for one."""

    def __init__(
        self,
        suggest: Callable[[str], Sequence[Choice]],
        *,
        nothing: str = "没有符合的",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._suggest, self._nothing = suggest, nothing
        self._choice: Choice | None = None
        self._list = DropList(self)
        self._list.chosen.connect(self._take)
        trail(self, "chevrons-up-down", "全部可选项").triggered.connect(self._show_all)
        self.textEdited.connect(self._edited)

    @property
    def suggestions(self) -> Callable[[str], Sequence[Choice]]:
        """What gives the choices for a text."""
        return self._suggest

    def set_suggestions(self, suggest: Callable[[str], Sequence[Choice]]) -> None:
        """Give other choices from now on (the leaders of one unit first)."""
        self._suggest = suggest

    def choice(self) -> Choice | None:
        """Return what the text stands for."""
        return self._choice

    def choose(self, choice: Choice | None) -> None:
        """Show *choice*, as loading a record does; ``chosen`` is not emitted."""
        self._choice = choice
        self.setText(choice.text if choice else "")

    def list_open(self) -> bool:
        """Tell whether the list is down, so that Enter picks and does not go on."""
        return self._list.isVisible()

    def settle(self) -> None:
        """Take the text for a choice if it names exactly one; keep it untouched if not."""
        typed = self.text().strip()
        if self._choice is not None or not typed:
            return
        same = [choice for choice in self._suggest(typed) if choice.text == typed]
        if len(same) == 1:
            self.choose(same[0])
            self.chosen.emit(same[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._show_all()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def _take(self, choice: Choice) -> None:
        """Show what was picked from the list and tell it."""
        self.choose(choice)
        self.chosen.emit(choice)

    def _edited(self, text: str) -> None:
        if self._choice is not None:
            self._choice = None
            self.chosen.emit(None)
        if text.strip():
            self._list.show_choices(self._suggest(text.strip()), self._nothing)
        else:
            self._list.hide()

    def _show_all(self) -> None:
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._list.show_choices(self._suggest(""), self._nothing)
