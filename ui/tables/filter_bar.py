"""Conditions of a list: one line each in a small dialog, a removable chip each above the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.records.base import Field, FieldType, Kind, Value
from models.records.values import BadValue, show
from models.store.reader import Filter, Operator, Reader
from ui.dialogs.base import Dialog
from ui.forms.editors import Editor, editor_for
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label
from ui.widgets.layout import row

_WORDS: dict[Operator, str] = {
    "contains": "包含", "=": "是", "!=": "不是", ">=": "不早于", "<=": "不晚于", "empty": "没有填", "filled": "已填",
}  # fmt: skip
_DATES = (FieldType.DATE, FieldType.MOMENT)
_FIGURES = (FieldType.INTEGER, FieldType.NUMBER)


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter with the words it is shown by."""

    filter: Filter
    words: str


class FilterBar(QWidget):
    """The chips of the conditions in force; ``changed`` when the clerk adds or removes one."""

    changed = Signal()

    def __init__(self, kind: Kind, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._reader = kind, reader
        self._conditions: list[Condition] = []
        self._line = row(spacing=6)
        self.setLayout(self._line)
        self._show()

    def filters(self) -> tuple[Filter, ...]:
        """Return the conditions in force."""
        return tuple(condition.filter for condition in self._conditions)

    def add(self, condition: Condition) -> None:
        """Put one more condition in force."""
        self._conditions.append(condition)
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Take all conditions away, without ``changed``."""
        self._conditions.clear()
        self._show()

    def ask(self) -> None:
        """Let the clerk describe a condition."""
        dialog = FilterDialog(self.window(), self._kind, self._reader)
        if dialog.exec() and dialog.condition:
            self.add(dialog.condition)

    def _show(self) -> None:
        while item := self._line.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for condition in self._conditions:
            chip = Button(condition.words, "plain", "x", small=True)
            chip.setToolTip("去掉这个条件")
            chip.clicked.connect(lambda _checked=False, condition=condition: self._remove(condition))
            self._line.addWidget(chip)
        self._line.addStretch(1)
        self.setVisible(bool(self._conditions))

    def _remove(self, condition: Condition) -> None:
        self._conditions.remove(condition)
        self._show()
        self.changed.emit()


class FilterDialog(Dialog):
    """One condition: a field, how to compare, with what."""

    def __init__(self, parent: QWidget | None, kind: Kind, reader: Reader) -> None:
        super().__init__(parent, "筛选")
        self.setModal(True)
        self.condition: Condition | None = None
        self._reader = reader
        self._fields = [field for field in kind.columns if field.type is not FieldType.LONG]
        self._field_box, self._operator_box = ComboBox(), ComboBox()
        self._field_box.addItems([field.label for field in self._fields])
        self._field_box.currentIndexChanged.connect(self._field_changed)
        self._operator_box.currentIndexChanged.connect(self._operator_changed)
        self._value_row: FieldRow | None = None
        self.body.addWidget(Label("筛选", "heading"))
        self.body.addWidget(FieldRow("栏目", self._field_box))
        self.body.addWidget(FieldRow("条件", self._operator_box))
        self.end_in("筛选", self._finish)
        self._field_changed()

    def _field(self) -> Field:
        return self._fields[max(self._field_box.currentIndex(), 0)]

    def _operators(self) -> Sequence[Operator]:
        field = self._field()
        if field.type is FieldType.FLAG:
            return ("=",)
        if field.type in _DATES or field.type in _FIGURES:
            return ("=", ">=", "<=", "empty", "filled")
        if field.type in (FieldType.CHOICE, FieldType.REFERENCE):
            return ("=", "!=", "empty", "filled")
        if field.type is FieldType.REFERENCES:
            return ("=", "empty", "filled")
        return ("contains", "=", "empty", "filled")

    def _field_changed(self) -> None:
        figures = self._field().type in _FIGURES
        words = {**_WORDS, **({">=": "不小于", "<=": "不大于"} if figures else {})}
        self._operator_box.blockSignals(True)
        self._operator_box.clear()
        self._operator_box.addItems([words[operator] for operator in self._operators()])
        self._operator_box.blockSignals(False)
        if self._value_row is not None:
            self._value_row.hide()
            self._value_row.deleteLater()
        self._value_row = FieldRow("内容", editor_for(self._field(), self._reader))
        self.body.addWidget(self._value_row)
        self.setTabOrder(self._operator_box, self._value_row.field)  # not after the buttons of the foot
        self._operator_changed()

    def _operator_changed(self) -> None:
        if self._value_row is not None:
            self._value_row.setVisible(self._operator() not in ("empty", "filled"))

    def _operator(self) -> Operator:
        return self._operators()[max(self._operator_box.currentIndex(), 0)]

    def _finish(self) -> None:
        field, operator = self._field(), self._operator()
        value: Value = None
        assert self._value_row is not None
        editor = cast(Editor, self._value_row.field)
        if operator not in ("empty", "filled"):
            try:
                value = editor.read()
            except BadValue as error:
                self._value_row.show_problem(str(error))
                return
            if value in (None, "", ()):
                self._value_row.show_problem("这一项没有填")
                return
        if isinstance(value, tuple):
            value = value[0]
        self.condition = Condition(Filter(field.name, operator, value), self._words(field, value))
        self.accept()

    def _words(self, field: Field, value: Value) -> str:
        if value is False:
            return f"{field.label} 否"
        said = show(field, value, self._reader.name_of) if value is not None else ""
        return f"{field.label} {self._operator_box.currentText()} {said}".strip()
