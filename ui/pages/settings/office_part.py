"""单位信息: names, 机关代字, mark of minutes, main body, how things are counted and numbered."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from models.presets import AREA_ENDINGS
from models.settings import LABELS, OfficeSettings, save_settings
from ui import input_method, messages
from ui.forms.editors import matching
from ui.pages.settings.part import Part, sheet
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.drop_list import Choice
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import CheckBox, ComboBox, SpinBox
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.suggest import SuggestCombo

_TEXTS = {
    "office_name": "如 中共澜溪县委全面依法治县委员会办公室；文书的落款和表头用它",
    "area_name": "如 澜溪县；会写进文件标题",
    "group_name": "如 中共澜溪县委全面依法治县委员会",
    "number_code": "发文字号里的代字，如 澜法治办发",
    "minutes_mark": "会议纪要首页的红色标志，如 澜溪县依法治县工作会议纪要",
    "report_to": "如 市人民政府，县委、县人大常委会；空着按所在地区的级别写",
}
_PAGE_NUMBERS = {"outer": "单页在右、双页在左（国家标准）", "center": "居中"}


class OfficePart(Part):
    """A form over the office's settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.rows: dict[str, FieldRow] = {}
        for name, hint in _TEXTS.items():
            self._row(name, QLineEdit(), hint, required=name in ("office_name", "area_name"))
        body = SuggestCombo(self._bodies, nothing="没有符合的机构")
        self._row("main_body", body, "条款没有写明机构时，指它和它下面的分支机构")
        numbers = ComboBox()
        numbers.addItems(list(_PAGE_NUMBERS.values()))
        self._row("page_numbers", numbers, "公文页码印在哪里")
        days = SpinBox()
        days.setRange(0, 60)
        days.setSuffix(" 天")
        self._row("soon_days", days, "离期限还有这么多天时，显示为临期")
        self._irregular = CheckBox(LABELS["irregular_counts"])
        names = [self.rows[name] for name in ("office_name", "area_name", "group_name", "main_body")]
        papers = [self.rows[name] for name in ("number_code", "minutes_mark", "report_to", "page_numbers")]
        content = sheet(
            Label("名称", "section"), *names, 10, Label("文书", "section"), *papers,
            10, Label("统计", "section"), self.rows["soon_days"], row(84, self._irregular, STRETCH, spacing=0),
        )  # fmt: skip
        self._said = Label("", "help")
        save = Button("保存", "primary", keys="Ctrl+S")
        save.clicked.connect(self.save)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.activated.connect(self.save)
        foot = frame("foot", row(self._said, STRETCH, save, margins=(24, 9, 16, 9)))
        whole = column(content, foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._put(session.settings)

    def refresh(self) -> None:
        if not self.dirty():
            self._put(self.session.settings)

    def dirty(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return self._typed() != self._clean

    def can_leave(self) -> bool:
        input_method.commit_composition()
        if not self.dirty():
            return True
        answer = messages.ask_save(self, "单位信息")
        if answer == "discard":
            self._put(self.session.settings)
        return answer == "discard" or (answer == "save" and self.save())

    def save(self) -> bool:
        """Check and store; False when something must be mended."""
        input_method.commit_composition()
        problems = self._problems()
        for name, line in self.rows.items():
            line.show_problem(problems.get(name, ""))
        if problems:
            self._said.setText(f"{len(problems)} 处需要改正")
            self.rows[next(iter(problems))].field.setFocus()
            return False
        save_settings(self.session.ledger, self._read())
        self.session.reload_settings()
        self._put(self.session.settings)
        self._said.setText("已保存")
        return True

    # Inside ----------------------------------------------------------------------------------

    def _row(self, name: str, field: QWidget, hint: str, *, required: bool = False) -> None:
        self.rows[name] = FieldRow(LABELS[name], field, required=required, hint=hint)

    def _line(self, name: str) -> QLineEdit:
        return cast(QLineEdit, self.rows[name].field)

    def _body(self) -> SuggestCombo:
        return cast(SuggestCombo, self.rows["main_body"].field)

    def _bodies(self, typed: str) -> list[Choice]:
        return matching(self.session.ledger, "body", typed)

    def _put(self, settings: OfficeSettings) -> None:
        for name in _TEXTS:
            self._line(name).setText(getattr(settings, name))
        name = self.session.ledger.name_of("body", settings.main_body)
        self._body().choose(Choice(settings.main_body, name) if name else None)
        shown = list(_PAGE_NUMBERS)
        place = shown.index(settings.page_numbers) if settings.page_numbers in shown else 0
        cast(ComboBox, self.rows["page_numbers"].field).setCurrentIndex(place)
        cast(SpinBox, self.rows["soon_days"].field).setValue(settings.soon_days)
        self._irregular.setChecked(settings.irregular_counts)
        self._clean = self._typed()

    def _typed(self) -> tuple[object, ...]:
        read = self._read()
        return (*(getattr(read, name) for name in (*_TEXTS, "page_numbers", "soon_days", "irregular_counts")),
                self._body().text().strip())  # fmt: skip

    def _read(self) -> OfficeSettings:
        chosen = self._body().choice()
        texts: dict[str, Any] = {name: self._line(name).text().strip() for name in _TEXTS}
        return dataclasses.replace(
            self.session.settings,
            **texts,
            main_body=str(chosen.key) if chosen else "",
            page_numbers=list(_PAGE_NUMBERS)[cast(ComboBox, self.rows["page_numbers"].field).currentIndex()],
            soon_days=cast(SpinBox, self.rows["soon_days"].field).value(),
            irregular_counts=self._irregular.isChecked(),
        )

    def _problems(self) -> dict[str, str]:
        self._body().settle()
        found = {
            name: f"{LABELS[name]}没有填"
            for name in ("office_name", "area_name")
            if not self._line(name).text().strip()
        }
        area = self._line("area_name").text().strip()
        if area and not area.endswith(AREA_ENDINGS):
            found["area_name"] = "地区名称应以省、市、县、区、镇、乡等结尾，如 澜溪县"
        typed = self._body().text().strip()
        if typed and self._body().choice() is None:
            found["main_body"] = f"没有名为“{typed}”的机构，先在名册里登记"
        return found
