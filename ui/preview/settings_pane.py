"""At the right of the desk: the printer, what changes the paper, what was found in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.records.values import BadValue, parse_day, show_day
from models.rules.name_order import ORDERS
from reports.catalog import Report, ReportOptions
from reports.preview import Finding, PageNumbers
from ui import look
from ui.preview.printing import PrintJob, printers
from ui.widgets.buttons import Button
from ui.widgets.card import Icon
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import CheckBox, ComboBox, RadioButton, SpinBox
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, rule, scrolled

WIDTH = 304
NO_PRINTER = "没有找到打印机"
_NUMBERS: dict[str, PageNumbers | None] = {
    "按设置": None, "外侧（单右双左）": "outer", "居中": "center", "不印": "none",
}  # fmt: skip
_SIGNS = {
    "good": ("check", "green_mark"), "info": ("info", "text3"),
    "warning": ("triangle-alert", "amber_mark"), "error": ("circle-alert", "red_mark"),
}  # fmt: skip
_MOST_COPIES = 999


class SettingsPane(QWidget):
    """``changed`` tells that the paper has to be made again; ``page_wanted`` a page (from 0) to look at."""

    changed = Signal()
    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(look.px(WIDTH))
        self._options = ReportOptions()
        self._make_printing()
        self._make_options()
        self._findings = column(spacing=6)
        self._count = Chip("", "amber")
        self._note = Label("", "help", wrap=True)
        checks = column(
            row(Label("公文检查", "section"), self._count, STRETCH), 4, self._findings, STRETCH, self._note,
            margins=(16, 14, 16, 12),
        )  # fmt: skip
        content = QWidget()
        content.setLayout(column(self._printing, rule(), self._asked, holder(checks), spacing=0))
        content.layout().setStretch(3, 1)  # type: ignore[union-attr]
        area = scrolled(content)
        self.setLayout(column(frame("pane-right", column(area, spacing=0)), spacing=0))

    # What the page reads ---------------------------------------------------------------------

    @property
    def page_numbers(self) -> PageNumbers | None:
        """Where page numbers go; None leaves it to the paper."""
        return _NUMBERS[self._numbers.currentText()]

    @property
    def options(self) -> ReportOptions:
        """The options of the paper with what was chosen here."""
        return self._options

    def job(self, title: str, page: int) -> PrintJob | None:
        """Return what is to be printed, *page* being the one in sight; None without a printer."""
        if self._printer.currentText() == NO_PRINTER:
            return None
        only = page if self._range.currentIndex() == 1 else None
        return PrintJob(
            self._printer.currentText(), title, self._copies.value(), only, self._two_sided.isChecked()
        )

    # What the page tells ---------------------------------------------------------------------

    def show_options(self, report: Report, options: ReportOptions) -> None:
        """Offer what this paper can be asked for."""
        self._options = options
        for name, part in self._rows.items():
            part.setVisible(name in report.asks)
        self.order.setCurrentText(options.order or next(iter(ORDERS)))
        for name, line in self._days.items():
            cast(DateField, line.field).set_date(getattr(options, name))
        self._absent.setChecked(options.show_absent)

    def show_pages(self, pages: int) -> None:
        """Say how many pages there are."""
        self._range.setItemText(0, f"全部 {pages} 页")

    def show_findings(self, findings: Sequence[tuple[Finding, int | None]]) -> None:
        """List what was found, each with the page (from 0) it speaks of."""
        _empty(self._findings)
        for finding, page in findings:
            self._findings.addWidget(self._line(finding, page))
        told = sum(finding.level in ("warning", "error") for finding, _ in findings)
        self._count.setText(f"{told} 处提示")
        self._count.setVisible(bool(told))
        blocked = any(finding.blocks for finding, _ in findings)
        self._note.setText("红色的一处改好后才能打印和另存。" if blocked else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._find_printers)  # may take a moment: not before the first paint

    # Internal ----------------------------------------------------------------------------------

    def _find_printers(self) -> None:
        chosen, found = self._printer.currentText(), printers() or [NO_PRINTER]
        self._printer.clear()
        self._printer.addItems(found)
        if chosen in found:
            self._printer.setCurrentText(chosen)

    def _make_printing(self) -> None:
        self._printer, self._range = ComboBox(), ComboBox()
        self._printer.addItem(NO_PRINTER)
        self._range.addItems(["全部", "当前页"])
        self._copies = SpinBox()
        self._copies.setRange(1, _MOST_COPIES)
        self._copies.setSuffix(" 份")
        one_sided, self._two_sided = RadioButton("单面"), RadioButton("双面")
        one_sided.setChecked(True)
        sides = holder(row(one_sided, 8, self._two_sided, STRETCH, margins=(0, 6, 0, 6)))
        self._printing = holder(
            column(
                Label("打印", "section"), 2,
                FieldRow("打印机", self._printer), FieldRow("份数", self._copies), FieldRow("范围", self._range),
                FieldRow("单双面", sides),
                margins=(16, 14, 16, 10),
            )
        )  # fmt: skip

    def _make_options(self) -> None:
        self.order, self._numbers = ComboBox(), ComboBox()
        self.order.addItems(list(ORDERS))
        self._numbers.addItems(list(_NUMBERS))
        self._absent = CheckBox("写明缺席人员")
        self._days = {
            name: FieldRow(label, DateField(parse_day, show_day))
            for name, label in (("since", "起始日期"), ("as_of", "截至日期"))
        }
        self._rows: dict[str, QWidget] = {
            "order": FieldRow("姓名排序", self.order), **self._days, "show_absent": self._absent,
        }  # fmt: skip
        self.order.textActivated.connect(lambda word: self._choose(order=word))
        self._absent.clicked.connect(lambda on: self._choose(show_absent=on))
        for name, line in self._days.items():
            cast(DateField, line.field).date_changed.connect(partial(self._take_day, name))
        self._numbers.textActivated.connect(lambda _word: self.changed.emit())
        rows = column(
            Label("内容", "section"), 2, *self._rows.values(), FieldRow("页码", self._numbers),
            margins=(16, 14, 16, 10),
        )  # fmt: skip
        self._asked = holder(column(holder(rows), rule(), spacing=0))

    def _choose(self, **changed: object) -> None:
        now = dataclasses.replace(self._options, **changed)  # type: ignore[arg-type]
        if now != self._options:
            self._options = now
            self.changed.emit()

    def _take_day(self, name: str) -> None:
        line = self._days[name]
        try:
            day: date | None = cast(DateField, line.field).read()
        except BadValue as error:
            line.show_problem(str(error))
            return
        line.show_problem("" if day else "日期没有填")
        if day:
            self._choose(**{name: day})

    def _line(self, finding: Finding, page: int | None) -> QWidget:
        sign = column(3, Icon(*_SIGNS[finding.level], 14), STRETCH, spacing=0)
        strong = "" if finding.level in ("warning", "error") else "secondary"
        said = column(Label(finding.text, strong, wrap=True), spacing=0)
        if finding.note:
            said.addWidget(Label(finding.note, "help", wrap=True))
        line = row(sign, said, spacing=6)
        line.setStretch(1, 1)
        if page is not None:
            go = Button(f"第 {page + 1} 页", "link")
            go.clicked.connect(lambda: self.page_wanted.emit(page))
            line.addLayout(column(go, STRETCH, spacing=0))
        return holder(line)


def _empty(box: QVBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
