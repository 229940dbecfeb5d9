"""The pane at the right in which a record opens; in a window below 1200 px it takes the list's place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from models.records.base import Record, Value
from ui import look
from ui.forms.record_form import RecordForm
from ui.main_window import NARROW_BELOW
from ui.session import Session
from ui.widgets.card import NoticeBar
from ui.widgets.layout import column, row

WIDTH = 352
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class FormPane(QFrame):
    """Holds one form at a time, made by *make*. ``saved`` gives the id; ``closed`` when nothing is open any more."""

    opened = Signal()
    saved = Signal(str)
    closed = Signal()

    def __init__(
        self, session: Session, kind_id: str, parent: QWidget | None = None, *,
        make: Callable[..., RecordForm] = RecordForm,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self._session, self._kind_id, self._make = session, kind_id, make
        self.form: RecordForm | None = None
        self._box = column(spacing=0)
        self.setLayout(self._box)
        self.setMinimumWidth(look.px(WIDTH))
        self.hide()
        session.changed.connect(self._follow)

    def open(self, record: Record | None, *, fixed: dict[str, Value] | None = None) -> bool:
        """Show *record*, or an empty form; False when the clerk stays with unsaved work."""
        if self.form is not None and not self.form.may_close():
            return False
        self._clear()
        form = self._make(self._session, self._kind_id, fixed=fixed)
        form.load(record)
        form.saved.connect(self.saved)
        form.closed.connect(self.close_form)
        self.form = form
        self._box.addWidget(form)
        self._offer_draft(form)
        self.show()
        self.opened.emit()
        form.focus_first()
        return True

    def may_close(self) -> bool:
        """Ask about unsaved work; True when the pane may go."""
        return self.form is None or self.form.may_close()

    def close_form(self) -> None:
        """Put the form away (its owner has asked)."""
        self._clear()
        self.hide()
        self.closed.emit()

    def _clear(self) -> None:
        while item := self._box.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.form = None

    def _follow(self, kinds: set[str], _sentence: str) -> None:
        """Go with a record that was removed; show what became of one that is not being changed here."""
        form = self.form
        if form is None or not form.record.id or self._kind_id not in kinds:
            return
        stored = self._session.ledger.get(type(form.record), form.record.id)
        if stored is None or stored.deleted_at:
            self.close_form()
        elif stored != form.record and not form.dirty():
            form.load(stored)

    def _offer_draft(self, form: RecordForm) -> None:
        kept = {draft[0]: draft for draft in self._session.ledger.drafts()}.get(form.draft_name())
        if kept is None:
            return
        *_, typed, at = kept
        form.take_draft(typed)
        note = NoticeBar(f"已恢复 {at.month}月{at.day}日 {at:%H:%M} 没有保存的内容", "warning")
        self._box.insertWidget(0, note)
        form.dirty_changed.connect(lambda dirty: None if dirty else note.hide())


class BesideForms(QWidget):
    """*content* with *panes* at its right; in a narrow window an open pane stands in its place."""

    def __init__(self, content: QWidget, *panes: FormPane) -> None:
        super().__init__()
        self._content, self._panes = content, panes
        whole = row(content, *panes, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        for pane in panes:
            pane.opened.connect(self._share_room)
            pane.closed.connect(self._share_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        narrow = self.window().width() < look.px(NARROW_BELOW)
        for pane in self._panes:
            pane.setMaximumWidth(_NO_LIMIT if narrow else look.px(WIDTH))
        self._content.setVisible(not (narrow and any(pane.form is not None for pane in self._panes)))
