"""The form of one part of the annual report: nothing but its text, as large as there is room."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.records.base import Value
from ui import input_method, look
from ui.forms.editors import LongEditor
from ui.forms.record_form import RecordForm
from ui.session import Session

_LEAST_HEIGHT = 200
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class TextForm(RecordForm):
    """*fixed* gives year and part."""

    def __init__(self, session: Session, kind_id: str, *, fixed: dict[str, Value]) -> None:
        super().__init__(session, kind_id, fixed=fixed)
        self.close_button.hide()
        line = self._rows["content"]
        cast(QWidget, line.label.parentWidget()).hide()
        cast(QVBoxLayout, cast(QWidget, line.parentWidget()).layout()).setStretchFactor(line, 100)
        self.text.setMinimumHeight(look.px(_LEAST_HEIGHT))
        self.text.setMaximumHeight(_NO_LIMIT)

    @property
    def text(self) -> LongEditor:
        """Where the part is written."""
        return cast(LongEditor, self.editor("content"))

    def focus_first(self) -> None:
        """Go on writing where the text ends."""
        super().focus_first()
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def put(self, words: str, instead_of: str = "") -> None:
        """Write *words* where the cursor is, or in the place of others; one step of the field's own undo."""
        found = self.text.document().find(instead_of) if instead_of else QTextCursor()
        (self.text.textCursor() if found.isNull() else found).insertText(words)
        self.text.setFocus()

    def save(self) -> bool:
        """Write what was changed; a part nobody has touched is not stored."""
        input_method.commit_composition()
        return not self.dirty() or super().save()

    def draft_name(self) -> str:
        """Return the name of the draft: of a part that is not stored by its year and place."""
        return super().draft_name() if self.record.id else draft_name(self._fixed)

    def _title(self) -> str:
        return str(self._fixed["part"])


def draft_name(fixed: dict[str, Value]) -> str:
    """Return the name of the draft of a part that is not stored yet."""
    return f"year_text:{fixed['year']}:{fixed['part']}"
