"""The records behind a figure or a proof: a list from which each opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from models.summaries.listed import Listed
from ui import look
from ui.dialogs.base import Dialog
from ui.dialogs.listed_rows import HEADERS, listed_rows
from ui.dialogs.obligation import ObligationDialog
from ui.session import Session
from ui.tables.cell_table import CellTable
from ui.widgets.label import Label

WIDTH, HEIGHT = 808, 320  # px, of the dialog and of its list


class RecordsDialog(Dialog):
    """Lists *records* under *heading*; a double click, Enter or 打开 shows one of them. *other* is something else to
    do about them: the words of its button and the deed."""

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        heading: str,
        records: Sequence[Listed],
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        super().__init__(parent, "记录清单")
        self.setModal(True)
        self._session = session
        self.table = CellTable("记录清单", HEADERS, (124, 300, 168, 104), stretch=1)
        self._model = self.table.content
        self._model.set_rows(listed_rows(records))
        self.table.setColumnHidden(HEADERS.index("日期"), not any(record.on for record in records))
        self.table.setColumnHidden(HEADERS.index("情况"), not any(record.words for record in records))
        self.table.setMinimumHeight(look.px(HEIGHT))
        self.setMinimumWidth(look.px(WIDTH))
        self.table.opened.connect(self._open)
        self.body.addWidget(Label(heading, "heading", wrap=True))
        self.body.addWidget(Label(f"共 {len(records)} 条，双击或按 Enter 打开", "secondary"))
        self.body.addWidget(self.table, 1)
        self.add_button("关闭").clicked.connect(self.reject)
        if other is not None:
            words, deed = other
            button = self.add_button(words)
            button.clicked.connect(self.accept)
            button.clicked.connect(lambda _checked: deed())
        opener = self.add_button("打开", "primary")
        opener.clicked.connect(lambda: self._open(self.table.currentIndex()))
        self.table.setCurrentIndex(self._model.index(0, HEADERS.index("记录")))
        self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is not None and isinstance(found.subject, Listed):
            self.accept()
            open_listed(self.parentWidget(), self._session, found.subject)


def open_listed(parent: QWidget | None, session: Session, record: Listed) -> None:
    """Show one record on its page, an obligation in its dialog."""
    if record.duty is not None:
        ObligationDialog(parent, session, record.duty).exec()
    else:
        session.open_record.emit(record.kind, record.id)


def show_listed(parent: QWidget | None, session: Session, heading: str, records: Sequence[Listed]) -> None:
    """Show a single record at once, of several the list; nothing for none."""
    if len(records) == 1:
        open_listed(parent, session, records[0])
    elif records:
        RecordsDialog(parent, session, heading, records).exec()
