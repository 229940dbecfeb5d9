"""First step of an import: which column of the sheet is which field. Remembered for the next sheet."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from models.intake.columns import ID, brought, companions, compared
from models.intake.outcome import Existing, Preview
from models.intake.workbook_reader import Cell, CellError, SheetRows
from models.records.base import Kind, kind_of
from ui import look
from ui.widgets.inputs import ComboBox, RadioButton
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row, scrolled

LEFT_OUT = "不导入"
_SAMPLE = 40


class ColumnsStep(QWidget):
    """Shows the header of a sheet as it was understood; the clerk may choose other fields."""

    def __init__(self, kind: Kind, table: SheetRows, preview: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._kind = kind
        fields = {name: field for name, field in brought(kind).items() if name not in preview.given}
        self._names = {LEFT_OUT: ""} | {field.label: name for name, field in fields.items()} | {ID: ID}
        self._help = {field.label: field.help for field in fields.values()}
        self.fields: dict[int, ComboBox] = {}
        self._update, skip = RadioButton("按表里的内容更新"), RadioButton("跳过，不改动")
        self._update.setChecked(True)
        self._missing, self._left_out = Label("", "warning", wrap=True), Label("", "warning", wrap=True)
        self._meaning = Label("", "help", wrap=True)
        self._required = {name: field.label for name, field in fields.items() if field.required}
        lines = QWidget()
        lines.setLayout(self._grid(table))
        told = (
            f"第 {preview.header_row} 行是表头，下面有 {preview.rows} 行。{preview.left_out()}"
            "空着的格子不改动原有内容。"
        )
        same = row(Label("台账里已有的："), self._update, 8, skip, STRETCH)
        self.setLayout(
            column(
                Label(told, "secondary", wrap=True),
                4,
                scrolled(lines),
                self._left_out,
                self._meaning,
                self._missing,
                same,
                spacing=8,
            )
        )
        self._note()

    @property
    def preview(self) -> Preview:
        """How the sheet is to be understood."""
        chosen = {place: self._names[combo.currentText()] for place, combo in self.fields.items()}
        ignored = tuple(str(self._preview.header[place]) for place, name in chosen.items() if not name)
        return dataclasses.replace(
            self._preview, mapping={place: name for place, name in chosen.items() if name}, ignored=ignored
        )

    @property
    def existing(self) -> Existing:
        """What happens to records that are there already."""
        return "update" if self._update.isChecked() else "skip"

    def _grid(self, table: SheetRows) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for place, words in enumerate(("表里的列", "第一行内容", "导入为")):
            grid.addWidget(Label(words, "small"), 0, place)
        labels = {name: label for label, name in self._names.items()}
        first = table.rows[self._preview.header_row] if len(table.rows) > self._preview.header_row else ()
        for place, cell in enumerate(self._preview.header):
            if not compared(cell):
                continue
            combo = self.fields[place] = ComboBox()
            combo.addItems(list(self._names))
            combo.setCurrentText(labels[self._preview.mapping.get(place, "")])
            combo.setAccessibleName(f"“{cell}”导入为")
            combo.setMinimumWidth(look.px(180))
            combo.textActivated.connect(lambda words, place=place: self._take(place, words))
            line = grid.rowCount()
            grid.addWidget(Label(str(cell)), line, 0)
            grid.addWidget(
                Label(_sample(first, place), "secondary", elide=Qt.TextElideMode.ElideRight), line, 1
            )
            grid.addWidget(combo, line, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid

    def _take(self, place: int, words: str) -> None:
        """A field comes from one column only: the one chosen last."""
        for other, combo in self.fields.items():
            if other != place and words != LEFT_OUT and combo.currentText() == words:
                combo.setCurrentText(LEFT_OUT)
        self._note()

    def _note(self) -> None:
        """Say what is not taken over, what a column means that rules go by, and what is missing."""
        preview = self.preview
        given = set(preview.mapping.values())
        self._left_out.setVisible(bool(preview.ignored))
        self._left_out.setText(f"表里有 {len(preview.ignored)} 列不导入：{'、'.join(preview.ignored)}。")
        along = [
            other for other in companions(self._kind) if any(name.startswith(f"{other}.") for name in given)
        ]
        missing = [label for name, label in self._required.items() if name not in given]
        missing += [
            field.label
            for other in along
            for field in kind_of(other).entered_fields
            if field.required
            and f"{other}.{field.name}" not in given
            and field.name != companions(self._kind)[other]
        ]
        self._missing.setVisible(bool(missing) and ID not in given)
        self._missing.setText(f"必填的{'、'.join(missing)}没有对应的列，新增的行会通不过检查。")
        self._meaning.setVisible("appointment" in along)
        self._meaning.setText(
            f"岗位：{self._help.get('岗位', '')}。表里没有填的，按职务定，职务看不出的空着。"
        )


def _sample(cells: tuple[Cell, ...], place: int) -> str:
    value = cells[place] if place < len(cells) else None
    if value is None:
        return "—"
    text = value.text if isinstance(value, CellError) else str(value)
    return text.replace("\n", " ")[:_SAMPLE]
