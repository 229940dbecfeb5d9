"""Asks for a record, or several of one kind, by name, pinyin or initials."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from models.records.base import Field, Value
from models.records.values import BadValue
from models.store.reader import Reader
from ui import input_method
from ui.dialogs.base import Dialog
from ui.forms.editors import Editor, editor_for
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label


class PickDialog(Dialog):
    """Ends in :attr:`value`, what a form would read from *field*."""

    def __init__(
        self, parent: QWidget | None, title: str, field: Field, reader: Reader, value: Value, hint: str = ""
    ) -> None:
        super().__init__(parent, title)
        self.setModal(True)
        self.value: Value = None
        self.editor: QWidget = editor_for(field, reader)
        self._row = FieldRow(field.label, self.editor, hint=hint)
        cast(Editor, self.editor).put(value)
        self.body.addWidget(Label(title, "heading"))
        self.body.addWidget(self._row)
        self.end_in("确定", self.finish)
        self.editor.setFocus()

    def finish(self) -> None:
        """Read what was picked and accept."""
        input_method.commit_composition()
        try:
            value = cast(Editor, self.editor).read()
        except BadValue as error:
            self._row.show_problem(str(error))
            return
        if not value:
            self._row.show_problem("还没有选")
            return
        self.value = value
        self.accept()


def pick(
    parent: QWidget | None, title: str, field: Field, reader: Reader, *, value: Value = "", hint: str = ""
) -> Value:
    """Ask for what *field* refers to, *value* already chosen; None when cancelled."""
    dialog = PickDialog(parent, title, field, reader, value, hint)
    return dialog.value if dialog.exec() else None
