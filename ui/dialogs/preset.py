"""Asks which ready-made shape of an organisation to set up, for which place, from which day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.presets import AREA_ENDINGS, apply_preset, presets
from models.records.values import BadValue, parse_day, show_day
from ui import input_method
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label


class PresetDialog(Dialog):
    """Sets the chosen shape up as one action; what is wrong stands beside its field."""

    def __init__(self, parent: QWidget | None, session: Session, today: date) -> None:
        super().__init__(parent, "套用机构方案")
        self.setModal(True)
        self._session, self._presets = session, presets()
        self.shape = ComboBox()
        self.shape.addItems([preset.title for preset in self._presets])
        self.area = QLineEdit(session.settings.area_name)
        self.since = DateField(parse_day, show_day)
        self.since.set_date(today)
        self._shape_row = FieldRow("机构方案", self.shape)
        self._area_row = FieldRow("所在地区", self.area, required=True, hint="写进机构名称，如 澜溪县")
        self._since_row = FieldRow("成立日期", self.since, required=True)
        self.body.addWidget(Label("套用机构方案", "heading"))
        for line in (self._shape_row, self._area_row, self._since_row):
            self.body.addWidget(line)
        self.shape.currentIndexChanged.connect(self._explain)
        self._explain()
        self.end_in("套用", self.finish)

    def finish(self) -> None:
        """Check, set up, close."""
        input_method.commit_composition()
        area, since = self.area.text().strip(), self._read_since()
        wrong = "" if area.endswith(AREA_ENDINGS) else "地区名称应以省、市、县、区、镇、乡等结尾，如 澜溪县"
        self._area_row.show_problem(wrong)
        self._shape_row.show_problem("")
        if wrong or since is None:
            return
        try:
            apply_preset(self._session.ledger, self._presets[self.shape.currentIndex()].id, area, since)
        except ClerkError as error:
            self._shape_row.show_problem(str(error))
            return
        self._session.reload_settings()
        self.accept()

    def _read_since(self) -> date | None:
        problem = ""
        day: date | None = None
        try:
            day = self.since.read()
            problem = "" if day else "成立日期没有填"
        except BadValue as error:
            problem = str(error)
        self._since_row.show_problem(problem)
        return day

    def _explain(self) -> None:
        chosen = self._presets[self.shape.currentIndex()]
        self._shape_row.set_hint(f"{chosen.note}（{chosen.bodies} 个机构、{chosen.clauses} 条制度条款）")
