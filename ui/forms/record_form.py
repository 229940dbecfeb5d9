"""The form of any record kind: load, check, save, errors beside the fields, drafts that survive kill -9."""

from __future__ import annotations

import dataclasses
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from models import clock
from models.errors import ClerkError, InvalidRecord, Problem
from models.records.base import Field, FieldType, Kind, Record, Value, kind_of
from models.records.checks import field_problems, problems_of
from models.records.values import BadValue
from models.store.action import LockedRecord
from ui import input_method, look, messages
from ui.correction import corrected
from ui.forms.editors import Editor, MomentEditor, editor_for
from ui.session import Session
from ui.widgets import keys
from ui.widgets.attachments import AttachmentStrip
from ui.widgets.buttons import Button, IconButton
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, scrolled

DRAFT_EVERY_MS = 2_000
WIDEST = 760


class RecordForm(QWidget):
    """A form for one record of *kind_id*, new or existing.

    ``saved`` gives the id after a save, ``closed`` asks the owner to put the form away.
    *fixed* values (the meeting of an agenda item) are set by the owner and not shown. Without *headed*
    the owner shows the title.
    """

    saved = Signal(str)
    closed = Signal()
    dirty_changed = Signal(bool)

    def __init__(
        self,
        session: Session,
        kind_id: str,
        *,
        fixed: dict[str, Value] | None = None,
        headed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: Kind = kind_of(kind_id)
        self._session, self._fixed = session, fixed or {}
        self._record: Record = self._blank()
        self._clean: dict[str, str] = {}
        self._loading = False
        self._was_dirty = False
        self._fields = [field for field in self.kind.entered_fields if field.name not in self._fixed]
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, FieldRow] = {}
        self._build(headed)
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_EVERY_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self.load(self._record)

    # What the owner calls ------------------------------------------------------------------

    @property
    def record(self) -> Record:
        """The record as loaded or last saved."""
        return self._record

    def load(self, record: Record | None) -> None:
        """Show *record*, or an empty form for a new one; an unsaved draft of it is offered by the owner."""
        self._loading = True
        self._record = record or self._blank()
        for field in self._fields:
            self._editors[field.name].put(getattr(self._record, field.name))
        self._clean = self._typed()
        self._loading = False
        self._show_problems(())
        self._show_fields()
        self._show_state()
        if self.attachments is not None:
            self.attachments.show_record(self._record)

    def dirty(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return self._typed() != self._clean

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        cast(QWidget, self._editors[self._fields[0].name]).setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, name: str, value: Value) -> None:
        """Put a value into an empty form that the clerk may change; it does not make the form dirty."""
        if name in self._editors and not self._editors[name].typed():
            self._loading = True
            self._editors[name].put(value)
            self._clean[name] = self._editors[name].typed()
            self._loading = False

    def editor(self, name: str) -> Editor:
        """Return the editor of one field (owners that prefill, tests)."""
        return self._editors[name]

    def check(self) -> tuple[Problem, ...]:
        """Read all fields and return what is wrong, shown beside them as well."""
        record, unread = self._read()
        if unread:
            told = {problem.field for problem in unread}
            others = [problem for problem in field_problems(record) if problem.field not in told]
            places = [field.name for field in self.kind.fields]
            problems = tuple(sorted((*unread, *others), key=lambda problem: places.index(problem.field)))
        else:
            stored = self._record if self._record.id else None
            problems = problems_of(record, self._session.ledger, stored)
        self._show_problems(problems)
        return problems

    def save(self) -> bool:
        """Commit what is being composed or edited, check, write; False when something must be mended."""
        input_method.commit_composition()
        self._commit_cell_editors()
        problems = self.check()
        errors = [problem for problem in problems if problem.level == "error"]
        if errors:
            self._focus_problem(errors[0])
            return False
        return self._write()

    def may_close(self) -> bool:
        """Ask about unsaved changes; True when the form may go."""
        input_method.commit_composition()
        if not self.dirty():
            return True
        new = not self._record.id
        what = self.kind.label if new else f"{self.kind.label}「{self._title()}」"
        answer = messages.ask_save(self, what, new=new)
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.give_up()
        return answer == "discard"

    def give_up(self) -> None:
        """Put back what is stored and forget the draft."""
        self._session.ledger.drop_draft(self.draft_name())
        self.load(self._record)

    # Drafts --------------------------------------------------------------------------------

    def draft_name(self) -> str:
        """Return the name of this form's draft."""
        return f"{self.kind.id}:{self._record.id or 'new'}"

    def keep_draft(self) -> None:
        """Write what is typed to the ledger's drafts (2 s after typing, and when the focus leaves)."""
        ledger = self._session.ledger
        if ledger.is_writing:
            self._draft_timer.start()
        elif self.dirty():
            ledger.save_draft(self.draft_name(), self.kind.id, self._record.id, self._typed())

    def take_draft(self, typed: dict[str, str]) -> None:
        """Put a kept draft back into the fields; the form is dirty then."""
        for name, text in typed.items():
            if name in self._editors:
                self._editors[name].put_typed(text)

    # Internal ------------------------------------------------------------------------------

    def _blank(self) -> Record:
        return dataclasses.replace(self.kind.record(), **self._fixed)  # type: ignore[arg-type]

    def _build(self, headed: bool) -> None:
        self.setAccessibleName(f"{self.kind.label}表单")
        body = QVBoxLayout()
        body.setContentsMargins(16, 16, 16, 16)
        body.setSpacing(9)
        section = ""
        self._preview = Label("", "preview", wrap=True)
        body.addWidget(self._preview)
        for field in self._fields:
            if field.section and field.section != section:
                section = field.section
                body.addSpacing(7)
                body.addWidget(Label(section, "section"))
            body.addWidget(self._row_of(field))
        self._pair_times()
        self.attachments = AttachmentStrip(self._session) if self.kind.attachable else None
        if self.attachments is not None:
            body.addWidget(self.attachments)
        body.addStretch(1)
        lines = holder(body)
        lines.setMaximumWidth(look.px(WIDEST))
        head = self._head()
        self._area = scrolled(holder(row(lines, spacing=0)))
        self.setLayout(column(head, self._area, self._foot(), spacing=0))
        head.setVisible(headed)  # inside the form: alone it would be a window
        keys.bind(self, self.save, *keys.SAVE)
        keys.bind(self, self.close_form, "Esc")

    def _pair_times(self) -> None:
        """Let the end of what lasts follow its beginning."""
        for field in self._fields:
            end = self._editors.get(field.dated.until) if field.dated else None
            begin = self._editors[field.name]
            if isinstance(end, MomentEditor) and isinstance(begin, MomentEditor):
                end.follow(begin)

    def _head(self) -> QWidget:
        self._heading = Label("", "heading", elide=Qt.TextElideMode.ElideRight)
        self._unsaved = Chip("未保存", "amber")
        self.close_button = IconButton("x", "关闭")
        self.close_button.clicked.connect(self.close_form)
        content = row(self._heading, self._unsaved, STRETCH, self.close_button, margins=(16, 8, 8, 8))
        return frame("bar", content)

    def _foot(self) -> QWidget:
        self._said = Label("", "error")
        self.discard_button = Button("放弃")
        self.discard_button.clicked.connect(self.give_up)
        self.save_button = Button("保存", "primary", keys="Ctrl+S")
        self.save_button.clicked.connect(self.save)
        content = row(self._said, STRETCH, self.discard_button, self.save_button, margins=(16, 9, 16, 9))
        return frame("foot", content)

    def _row_of(self, field: Field) -> FieldRow:
        widget = editor_for(field, self._session.ledger, adds_to=self._session.ledger)
        self._editors[field.name] = cast(Editor, widget)
        beside = "" if field.type is FieldType.FLAG else field.label  # a tick says its own word
        made = FieldRow(beside, widget, required=field.required, hint=field.help)
        widget.setAccessibleName(field.label)
        self._rows[field.name] = made
        self._editors[field.name].edited.connect(lambda name=field.name: self._edited(name))
        widget.installEventFilter(self)
        if field.past and isinstance(widget, DateField):
            widget.editingFinished.connect(lambda: self._warn_of_future(field.name, widget))
        return made

    def _warn_of_future(self, name: str, typed: DateField) -> None:
        """Tell a day that has not come yet where none can be: typed without its year it is of this one."""
        day = typed.readable()
        if day is not None and day > clock.today():
            self._rows[name].show_problem("这个日期在今天之后", "warning")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self._loading:
            self.keep_draft()
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._moves_on(watched, event)
        ):
            if watched is cast(QObject, self._editors[self._fields[-1].name]):
                self.save()
            else:
                self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    def _moves_on(self, watched: QObject, event: QKeyEvent) -> bool:
        """Enter goes to the next field; in several lines it makes a line, in an open list it picks."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers():
            return False
        if isinstance(watched, QPlainTextEdit) or input_method.composing():
            return False
        claims = getattr(watched, "list_open", None)
        return not (claims and claims())

    def _edited(self, name: str) -> None:
        if self._loading:
            return
        self._rows[name].show_problem("")
        self._show_fields()
        self._show_state()
        self._draft_timer.start()

    def _show_fields(self) -> None:
        """Show the fields that what is typed calls for, and the sentence that reads the record back."""
        typed = self._typed()
        for field in self._fields:
            if field.when is not None:
                other, words = field.when
                value = typed.get(other, str(self._fixed.get(other, "")))
                self._rows[field.name].setVisible(value in words)
        reads_back = self.kind.record.preview is not Record.preview
        said = self._read()[0].preview(self._session.ledger.name_of) if reads_back else ""
        self._preview.setText(said)
        self._preview.setVisible(bool(said))

    def _typed(self) -> dict[str, str]:
        return {name: editor.typed() for name, editor in self._editors.items()}

    def _read(self) -> tuple[Record, tuple[Problem, ...]]:
        values: dict[str, Value] = dict(self._fixed)
        problems = []
        for field in self._fields:
            try:
                values[field.name] = self._editors[field.name].read()
            except BadValue as error:
                problems.append(Problem(field.name, str(error)))
        record = dataclasses.replace(self._record, **values)  # type: ignore[arg-type]
        return record, tuple(problems)

    def _write(self) -> bool:
        typed, _ = self._read()
        ledger = self._session.ledger
        draft = self.draft_name()
        try:
            record = corrected(self, ledger, lambda: self._store(typed))
        except InvalidRecord as error:
            self._show_problems(error.problems)
            self._focus_problem(error.problems[0])
            return False
        except LockedRecord:  # told when the reason was asked for
            return False
        except ClerkError as error:
            messages.tell(self, "没有保存", str(error))
            return False
        ledger.drop_draft(draft)
        self.load(ledger.get(type(record), record.id))
        self.saved.emit(record.id)
        return True

    def _store(self, record: Record) -> Record:
        ledger = self._session.ledger
        name = record.headline(ledger.name_of)
        verb = "修改" if record.id else "登记"
        with ledger.action(f"{verb}{self.kind.label}「{name}」") as action:
            if action.reason:
                action.sentence = f"更正{self.kind.label}「{name}」"
            return action.change(record) if record.id else action.add(record)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        for name, made in self._rows.items():
            own = [problem for problem in problems if problem.field == name]
            own.sort(key=lambda problem: problem.level)
            made.show_problem(own[0].message if own else "", own[0].level if own else "error")
        errors = [problem for problem in problems if problem.level == "error"]
        general = next((problem.message for problem in errors if problem.field not in self._rows), "")
        self._said.setText(general or (f"{len(errors)} 处需要改正" if errors else ""))

    def _focus_problem(self, problem: Problem) -> None:
        """Put the keyboard on the field and scroll to it with what is said under it."""
        if problem.field in self._editors:
            cast(QWidget, self._editors[problem.field]).setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # make room for what is said
            self._area.ensureWidgetVisible(self._rows[problem.field])

    def _show_state(self) -> None:
        dirty = self.dirty()
        self._heading.setText(self._title())
        self._unsaved.setVisible(dirty)
        self.discard_button.setEnabled(dirty)
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _title(self) -> str:
        if self._record.id:
            return self._record.headline(self._session.ledger.name_of)
        return f"新建{self.kind.label}"

    def close_form(self) -> None:
        """Close, asking first when something would be lost."""
        if self.may_close():
            self.closed.emit()

    def _commit_cell_editors(self) -> None:
        for view in self.findChildren(QAbstractItemView):
            if view.state() == QAbstractItemView.State.EditingState:
                view.setCurrentIndex(view.currentIndex())
