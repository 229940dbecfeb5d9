"""Asks for one day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from PySide6.QtWidgets import QWidget

from models.records.values import BadValue, parse_day, show_day
from ui.dialogs.base import Dialog
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label


class DayDialog(Dialog):
    """Ends in :attr:`day`; False when *none* (a deed such as 全部日期) was pressed."""

    def __init__(self, parent: QWidget | None, title: str, day: date, *, none: str = "") -> None:
        super().__init__(parent, title)
        self.setModal(True)
        self.day: date | Literal[False] | None = None
        self._field = DateField(parse_day, show_day)
        self._field.set_date(day)
        self._row = FieldRow("日期", self._field)
        self.body.addWidget(Label(title, "heading"))
        self.body.addWidget(self._row)
        if none:
            self.add_button(none).clicked.connect(self._clear)
        self.end_in("确定", self._finish)
        self._field.setFocus()
        self._field.selectAll()

    def _clear(self) -> None:
        self.day = False
        self.accept()

    def _finish(self) -> None:
        try:
            self.day = self._field.read()
        except BadValue as error:
            self._row.show_problem(str(error))
            return
        if self.day is None:
            self._row.show_problem("日期没有填")
            return
        self.accept()


def ask_day(parent: QWidget | None, title: str, day: date, *, none: str = "") -> date | Literal[False] | None:
    """Ask for a day; None when cancelled, False for the deed *none*."""
    dialog = DayDialog(parent, title, day, none=none)
    return dialog.day if dialog.exec() else None
