"""The box that asks for one line of text; opened by ui.messages only."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from ui import input_method
from ui.dialogs.base import Dialog
from ui.messages import Question
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label


class TextDialog(Dialog):
    """Asks *question*; the deed is not done without a text."""

    def __init__(self, parent: QWidget | None, question: Question) -> None:
        super().__init__(parent, question.title)
        self.setModal(True)
        self.setAccessibleName(question.title)
        self.body.addWidget(Label(question.title, "heading", wrap=True))
        if question.why:
            self.body.addWidget(Label(question.why, "secondary", wrap=True))
        self._field = QLineEdit(question.proposed)
        self._field.selectAll()
        self._row = FieldRow(question.label, self._field, required=True)
        self.body.addWidget(self._row)
        self.end_in("确定", self._finish)
        self._field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, question: Question) -> str | None:
        """Show the box; return the text, None when given up."""
        dialog = cls(parent, question)
        return dialog._field.text().strip() if dialog.exec() else None

    def _finish(self) -> None:
        input_method.commit_composition()
        if self._field.text().strip():
            self.accept()
        else:
            self._row.show_problem("这一项没有填")
