"""The local figures of study: how many 学时 a day is, the grades of exams."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.rules.study import read_bands
from models.settings import LABELS, save_settings
from ui import input_method
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label

_MOST_HOURS = 24


class FiguresDialog(Dialog):
    """Writes the settings when accepted."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, "折算和等次")
        self.setModal(True)
        self._session = session
        self.hours, self.bands = (
            QLineEdit(f"{session.settings.hours_per_day:g}"),
            QLineEdit(session.settings.exam_bands),
        )
        hint = "只填了天数的按这个数折成学时，只填了学时的折成天数"
        self._hours_row = FieldRow(LABELS["hours_per_day"], self.hours, required=True, hint=hint)
        hint = "等次和占满分的百分比，如 优秀90、良好80、合格60；低于最末一档为不合格"
        self._bands_row = FieldRow(LABELS["exam_bands"], self.bands, required=True, hint=hint)
        self.body.addWidget(Label("折算和等次", "heading"))
        self.body.addWidget(self._hours_row)
        self.body.addWidget(self._bands_row)
        self.add_button("取消").clicked.connect(self.reject)
        self.add_button("保存", "primary").clicked.connect(self.finish)
        self.hours.setFocus()

    def finish(self) -> None:
        """Check both and save."""
        input_method.commit_composition()
        try:
            hours = float(self.hours.text())
        except ValueError:
            hours = 0.0
        wrong = "" if 0 < hours <= _MOST_HOURS else "填一天折合多少学时，如 8"
        self._hours_row.show_problem(wrong)
        bands = self.bands.text().strip()
        try:
            bad = "" if read_bands(bands) else "考试等次没有填"
        except ClerkError as error:
            bad = str(error)
        self._bands_row.show_problem(bad)
        if wrong or bad:
            return
        now = dataclasses.replace(self._session.settings, hours_per_day=hours, exam_bands=bands)
        save_settings(self._session.ledger, now)
        self._session.reload_settings()
        self.accept()
