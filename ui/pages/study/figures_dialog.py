"""The local figures of study: how many 学时 a day is, the grades of exams, the shape of their papers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.rules.exam_paper import read_shape
from models.rules.study import read_bands
from models.settings import LABELS, save_settings
from ui import input_method
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label

TITLE = "学法设置"
_MOST_HOURS = 24


class FiguresDialog(Dialog):
    """Writes the settings when accepted."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, TITLE)
        self.setModal(True)
        self._session = session
        settings = session.settings
        self.hours, self.bands, self.shape = map(
            QLineEdit, (f"{settings.hours_per_day:g}", settings.exam_bands, settings.exam_shape)
        )
        hint = "只填了天数的按这个数折成学时，只填了学时的折成天数"
        self._hours_row = FieldRow(LABELS["hours_per_day"], self.hours, required=True, hint=hint)
        hint = "等次和占满分的百分比，如 优秀90、良好80、合格60；低于最末一档为不合格"
        self._bands_row = FieldRow(LABELS["exam_bands"], self.bands, required=True, hint=hint)
        hint = "题型、道数和每道分值，如 单选题30道2分、判断题10道1分"
        self._shape_row = FieldRow(LABELS["exam_shape"], self.shape, required=True, hint=hint)
        self.body.addWidget(Label(TITLE, "heading"))
        self.body.addWidget(self._hours_row)
        self.body.addWidget(self._bands_row)
        self.body.addWidget(self._shape_row)
        self.end_in("保存", self.finish)
        self.hours.setFocus()

    def finish(self) -> None:
        """Check all and save."""
        input_method.commit_composition()
        try:
            hours = float(self.hours.text())
        except ValueError:
            hours = 0.0
        wrong = "" if 0 < hours <= _MOST_HOURS else "填一天折合多少学时，如 8"
        self._hours_row.show_problem(wrong)
        bands, shape = self.bands.text().strip(), self.shape.text().strip()
        bad_bands = _fault(read_bands, bands) or ("" if bands else "考试等次没有填")
        bad_shape = _fault(read_shape, shape) or ("" if shape else "试卷结构没有填")
        self._bands_row.show_problem(bad_bands)
        self._shape_row.show_problem(bad_shape)
        if wrong or bad_bands or bad_shape:
            return
        now = dataclasses.replace(
            self._session.settings, hours_per_day=hours, exam_bands=bands, exam_shape=shape
        )
        save_settings(self._session.ledger, now)
        self._session.reload_settings()
        self.accept()


def _fault(read: Callable[[str], object], text: str) -> str:
    """Return why *text* cannot be read, "" when it can."""
    try:
        read(text)
    except ClerkError as error:
        return str(error)
    return ""
