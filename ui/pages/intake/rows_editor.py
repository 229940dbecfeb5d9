"""Several short lines of fields, one under the other: member units, people. Rows come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from models.records.organisation import Unit
from models.store.reader import Reader
from ui.forms.editors import matching
from ui.widgets.buttons import Button, IconButton
from ui.widgets.drop_list import Choice
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, row
from ui.widgets.suggest import SuggestCombo

NEW = "新建"


class RowsEditor(QWidget):
    """Rows of plain fields under *labels*; *measure* words the button (加一家)."""

    def __init__(self, name: str, labels: Sequence[str], measure: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._labels = name, tuple(labels)
        self._rows: list[tuple[QWidget, tuple[QLineEdit, ...]]] = []
        self._lines = column(spacing=4)
        add = Button(f"加一{measure}", "ghost", "plus", small=True)
        add.clicked.connect(lambda: self.add(("",) * len(self._labels), focus=True))
        heads = row(*(Label(label, "help") for label in labels), spacing=6, margins=(0, 0, 38, 0))
        for position in range(len(labels)):
            heads.setStretch(position, 1)
        self.setLayout(column(heads, self._lines, row(add, STRETCH), spacing=4))

    def put(self, rows: Sequence[Sequence[str]]) -> None:
        """Show *rows*."""
        while self._rows:
            self._remove(self._rows[-1][0])
        for values in rows:
            self.add(values)

    def read(self) -> list[tuple[str, ...]]:
        """Return the rows whose first or second field is filled, without blanks at the ends."""
        found = [tuple(field.text().strip() for field in fields) for _, fields in self._rows]
        return [values for values in found if any(values)]

    def add(self, values: Sequence[str], *, focus: bool = False) -> None:
        """Add a row at the end."""
        fields = self.make_fields(values)
        for label, field in zip(self._labels, fields, strict=True):
            field.setAccessibleName(f"{self._name}{len(self._rows) + 1} {label}")
        away = IconButton("x", f"去掉{self._name}{len(self._rows) + 1}")
        line = row(*fields, away, spacing=6)
        for position in range(len(fields)):
            line.setStretch(position, 1)
        made = holder(line)
        away.clicked.connect(lambda: self._remove(made))
        self._rows.append((made, fields))
        self._lines.addWidget(made)
        if focus:
            fields[0].setFocus()

    def make_fields(self, values: Sequence[str]) -> tuple[QLineEdit, ...]:
        """Return the fields of one row."""
        return tuple(QLineEdit(value) for value in values)

    def _remove(self, made: QWidget) -> None:
        self._rows = [pair for pair in self._rows if pair[0] is not made]
        self._lines.removeWidget(made)
        made.hide()
        made.deleteLater()


class MembersEditor(RowsEditor):
    """Member units as written, each with the unit of the register it means; *match* finds it by name."""

    def __init__(
        self, reader: Reader, match: Callable[[str], Unit | None], parent: QWidget | None = None
    ) -> None:
        super().__init__("成员单位", ("文中的单位", "对应台账里的"), "家", parent)
        self._reader, self._match = reader, match
        self.chosen: dict[str, str] = {}
        """Units the clerk chose here: id by name as written, "" for a new one."""

    def names(self) -> tuple[str, ...]:
        """Return the units as written, in order, each once."""
        return tuple(dict.fromkeys(values[0] for values in self.read() if values[0]))

    def make_fields(self, values: Sequence[str]) -> tuple[QLineEdit, ...]:
        name, meant = QLineEdit(values[0]), SuggestCombo(self._suggest)
        self._show_match(name, meant)
        name.editingFinished.connect(lambda: self._show_match(name, meant))
        meant.chosen.connect(lambda choice: self._choose(name, choice))
        return (name, meant)

    def _suggest(self, typed: str) -> Sequence[Choice]:
        return [Choice("", NEW, "登记为新单位", "plus"), *matching(self._reader, "unit", typed)]

    def _show_match(self, name: QLineEdit, meant: SuggestCombo) -> None:
        typed = name.text().strip()
        if typed in self.chosen:
            known = self._reader.get(Unit, self.chosen[typed])
        else:
            known = self._match(typed) if typed else None
        meant.choose(Choice(known.id, known.name) if known else Choice("", NEW) if typed else None)
        meant.setCursorPosition(0)

    def _choose(self, name: QLineEdit, choice: Choice | None) -> None:
        if choice is not None and name.text().strip():
            self.chosen[name.text().strip()] = str(choice.key)
