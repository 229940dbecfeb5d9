"""A row of a form: label, field, and what is to be said about it beneath."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.card import Icon
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, restyle, row

_MARKS = {"error": ("circle-alert", "red_mark"), "warning": ("triangle-alert", "amber_mark")}


class FieldRow(QWidget):
    """*label* (76 px, a red * if required) beside *field*; help or a problem in one sentence under it.

    The field's accessible name becomes the label, its description the help or the problem.
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field, self._hint = field, hint
        field.setAccessibleName(label)
        self.label = Label(label, "field-name", wrap=True)
        self.label.setBuddy(field)
        star = Label("*" if required else "", "required")
        heading = row(self.label, star, STRETCH, spacing=4)
        for part in (self.label, star):
            heading.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        beside = holder(heading)
        beside.setProperty("part", "field-name")
        self._sign = Icon("circle-alert", "red_mark", 14)
        self._said = Label("", "help", wrap=True)
        said = row(column(2, self._sign, STRETCH, spacing=0), self._said, spacing=4)
        said.setStretch(1, 1)
        self._below = holder(said)
        body = column(field, self._below, spacing=3)
        whole = row(beside, body, spacing=8)
        whole.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        whole.setStretch(1, 1)
        _give_height_to(field, body)
        self.setLayout(whole)
        self.show_problem("")

    def set_hint(self, hint: str) -> None:
        """Change the help under the field."""
        self._hint = hint
        self.show_problem("")

    def show_problem(self, message: str, level: Literal["error", "warning"] = "error") -> None:
        """Say what is wrong under the field; "" takes it away and shows the help again.

        An error marks the field red; a warning leaves the field as it is.
        """
        restyle(self.field, error=bool(message) and level == "error")
        self.field.setAccessibleDescription(message or self._hint)
        self._sign.setVisible(bool(message))
        if message:
            self._sign.show_icon(*_MARKS[level])
        self._said.setText(message or self._hint)
        restyle(self._said, role=level if message else "help")
        self._below.setVisible(bool(message or self._hint))


def _give_height_to(field: QWidget, body: QVBoxLayout) -> None:
    if field.sizePolicy().verticalPolicy() in (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred):
        body.setStretch(0, 1)
    else:
        body.addStretch(1)
