"""Step 3: the text beside what was read in it; each proposal is accepted, edited or refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from models.documents.proposals import BodyProposal
from models.intake.accept import basis_of
from models.intake.review import Item, Review, State
from models.records.values import show_day
from ui import input_method, look
from ui.pages.intake.editors import BadEntry, BodyEditor, DocumentEditor, DutyEditor, Foot
from ui.pages.intake.item_row import ItemRow
from ui.pages.intake.source_text import Marked, SourceText
from ui.session import Session
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.card import Icon
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, scrolled
from ui.widgets.segmented import SegmentedControl

PANE = 632
_FILTERS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("全部", ("open", "doubtful", "accepted", "refused", "known")),
    ("需核对", ("doubtful",)),
    ("待采用", ("open",)),
    ("重复", ("known",)),
)
_FAMILIES = {"meeting": "meeting", "submission": "submission", "study": "study", "inspection": "inspection"}


class ReviewView(QWidget):
    """``changed`` follows each decision; ``writing``, ``later`` and ``again`` (with another text) are the ways on."""

    changed = Signal()
    writing = Signal()
    later = Signal()
    again = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.review: Review | None = None
        self.rows: list[ItemRow] = []
        self._editor: BodyEditor | DutyEditor | DocumentEditor | None = None
        self._foot: Foot | None = None
        self._open = -1
        self._editor_keys = (
            keys.bind(self, self._give_up, "Esc"), keys.bind(self, self._keep_and_accept, *keys.SAVE),
        )  # fmt: skip
        self._bind_editor(False)
        self._current = 0
        self.source = SourceText()
        self.source.picked.connect(self._go_to)
        self._name, self._size = Label("", "section", elide=Qt.TextElideMode.ElideMiddle), Label("", "help")
        self.filter = SegmentedControl([word for word, _ in _FILTERS])
        self.filter.picked.connect(lambda _position: self._show_filtered())
        self.reliable = Button("采用全部可靠项", "ghost", "check-check")
        self.reliable.clicked.connect(self.accept_reliable)
        self._list = column(spacing=0)
        self._whole = holder(self._list)
        self._scroll: QScrollArea = scrolled(self._whole)
        self._hint = Label("写入前可再改；写入后可整批撤销。", "help", wrap=True)
        self.write_button = Button("写入 0 条", "primary", "download")
        self.write_button.clicked.connect(self._write)
        self._again = Button("换一份")
        self._again.clicked.connect(self.again)
        self._later = Button("稍后再核对")
        self._later.clicked.connect(self.later)
        self._build()

    def show_review(self, review: Review, name: str) -> None:
        """Show *review* of the text from the file *name* ("" for pasted text)."""
        self._close_editor()
        self.review = review
        self._name.setText(name or review.proposals.title or "粘贴的文字")
        text = review.proposals.text
        self._size.setText(f"{len(text)} 字")
        marks = [Marked(item.number, span, family_of(item)) for item in review.items for span in item.spans()]
        self.source.show_text(text, marks)
        self._make_rows(review)
        self.filter.pick(0)
        self._current = 0
        self.show_states()
        self._scroll.verticalScrollBar().setValue(0)

    def first_focus(self) -> QWidget:
        """Return what has the keyboard first: what accepts all, or else what writes."""
        return self.reliable if self.reliable.isEnabled() else self.write_button

    def show_states(self) -> None:
        """Show every proposal as it stands now."""
        review = self.review
        if review is None:
            return
        for line, item in zip(self.rows[1:], review.items, strict=True):
            line.show_words(
                item.title, review.summary(item), doubt=item.doubt if item.state == "doubtful" else ""
            )
            line.show_state(item.state, edited=item.edited)
        self._show_head(review)
        for position, (word, states) in enumerate(_FILTERS):
            self.filter.set_words(position, f"{word} {review.count(*states)}")
        accepted = review.count("accepted")
        self.write_button.set_words(f"写入 {accepted} 条")
        self.write_button.setEnabled(accepted > 0)
        self.reliable.setEnabled(review.count("open") > 0)
        left = review.count("doubtful", "open")
        self._hint.setText(
            f"还有 {left} 条没有决定，不会写入。" if accepted and left else "写入前可再改；写入后可整批撤销。"
        )
        self._show_filtered()

    def accept_reliable(self) -> None:
        """Accept all that nothing speaks against, and go on to writing."""
        if self.review is not None and self.keep_open():
            self.review.accept_reliable()
            self._decided()
            self.write_button.setFocus()

    def edit(self, number: int) -> None:
        """Unfold the editor of a proposal, 0 for the document."""
        review = self.review
        if review is None or not self.keep_open():
            return
        if number == 0:
            self._editor, keep = DocumentEditor(review), "改好"
        else:
            proposal, keep = review.item(number).proposal, adopt_words(review.item(number))
            if isinstance(proposal, BodyProposal):
                self._editor = BodyEditor(self._session, review, proposal)
            else:
                self._editor = DutyEditor(proposal)
        self._foot = foot = Foot(keep)
        foot.away.clicked.connect(self._give_up)
        foot.kept.clicked.connect(self._keep_and_accept)
        self._open = number
        self._bind_editor(True)
        self.rows[number].unfold(holder(column(self._editor, foot, spacing=9)))
        self._editor.focus_first()
        QTimer.singleShot(0, self, lambda: self._show_whole(number))
        self._go_to(number, scroll=False)

    def _show_whole(self, number: int) -> None:
        """Scroll so far that all of an unfolded row is seen, or its head when it is higher than the list."""
        line = self.rows[number]
        whole = self._whole
        whole.resize(whole.width(), whole.sizeHint().height())
        self._list.activate()
        self._scroll.ensureWidgetVisible(line, 0, 0)
        if line.height() > self._scroll.viewport().height():
            self._scroll.verticalScrollBar().setValue(line.y())

    def keep_open(self) -> bool:
        """Take over what the open editor holds; False when something in it has to be mended."""
        if not self._take_over():
            return False
        if self._editor is not None:
            self._close_editor()
            self._decided()
        return True

    # Deciding --------------------------------------------------------------------------------

    def _accept(self, number: int) -> None:
        if self.review is None or not number:
            return
        if not self.review.accept(number):
            self.review.reopen(number)
            if self.review.item(number).state != "known":
                self.edit(number)
                self._show_missing(number)
            return
        self._decided(go_on=number)

    def _decide(self, decide: Callable[[int], None], number: int) -> None:
        if number and self.keep_open():
            decide(number)
            self._decided(go_on=number)

    def _decided(self, go_on: int = 0) -> None:
        self.show_states()
        self.changed.emit()
        following = [line for line in self.rows[go_on + 1 :] if line.isVisibleTo(self)] if go_on else []
        if following:
            following[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif go_on:
            self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_over(self) -> bool:
        """Put what the open editor holds into the review; False when something in it has to be mended."""
        if self._editor is None or self.review is None:
            return True
        input_method.commit_composition()
        try:
            self._take(self._editor, self.review)
        except BadEntry:
            return False
        return True

    def _take(self, editor: BodyEditor | DutyEditor | DocumentEditor, review: Review) -> None:
        if isinstance(editor, DocumentEditor):
            editor.write_to(review)
            return
        made = editor.read()
        if made != review.item(self._open).proposal:
            review.edit(self._open, made)
        if isinstance(editor, BodyEditor):
            for name, unit_id in editor.members.chosen.items():
                review.mean_unit(name, unit_id)

    def _keep_and_accept(self) -> None:
        """Accept what the editor holds; it stays open, and says why, when that cannot be written."""
        number, review = self._open, self.review
        if review is None or not self._take_over():
            return
        if number and not review.accept(number) and review.item(number).state != "known":
            review.reopen(number)
            self._decided()
            self._show_missing(number)
            return
        self._close_editor()
        self._decided(go_on=number)

    def _show_missing(self, number: int) -> None:
        """Say in the open editor what keeps proposal *number* from being written, beside its field."""
        if self._editor is None or self._foot is None or self.review is None:
            return
        item = self.review.item(number)
        line = self._editor.line_of(item.outcome.field)
        if line is not None:
            line.show_problem(item.obstacle)
            line.field.setFocus()
        self._foot.said.setText("" if line else item.obstacle)

    def _give_up(self) -> None:
        number = self._open
        self._close_editor()
        self.show_states()
        self.rows[number].setFocus()

    def _close_editor(self) -> None:
        if self._editor is not None and 0 <= self._open < len(self.rows):
            self.rows[self._open].fold()
        self._editor, self._open = None, -1
        self._bind_editor(False)

    def _bind_editor(self, is_open: bool) -> None:
        for key in self._editor_keys:
            key.setEnabled(is_open)

    def _write(self) -> None:
        if self.keep_open():
            self.writing.emit()

    # Showing ---------------------------------------------------------------------------------

    def _build(self) -> None:
        head = row(Icon("file-text", "text3", 16), self._name, self._size, STRETCH, margins=(16, 0, 16, 0))
        left = column(_bar(head), self.source, spacing=0)
        left.setStretch(1, 1)
        tools = row(self.filter, STRETCH, self.reliable, margins=(16, 0, 12, 0))
        foot = row(self._hint, self._again, self._later, self.write_button, margins=(16, 9, 16, 9))
        foot.setStretch(0, 1)
        right = column(_bar(tools), self._scroll, frame("foot", foot), spacing=0)
        right.setStretch(1, 1)
        self._pane = frame("pane-right", right)
        whole = row(frame("pane", left), self._pane, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _make_rows(self, review: Review) -> None:
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.rows = [ItemRow(0, "statutory")]
        self.rows += [ItemRow(item.number, family_of(item), adopt_words(item)) for item in review.items]
        for line in self.rows:
            line.picked.connect(self._row_picked)
            line.accepting.connect(self._accept)
            line.editing.connect(self.edit)
            line.refusing.connect(lambda number: self._decide(review.refuse, number))
            line.reopening.connect(lambda number: self._decide(review.reopen, number))
            line.setToolTip("Enter 采用，F2 改，Del 不要，↑↓ 上下走")
            line.installEventFilter(self)
            self._list.addWidget(line)
        self._list.addStretch(1)
        self.setTabOrder(self.rows[-1].last_focus, self._again)  # the foot comes after the rows
        self.setTabOrder(self._again, self._later)
        self.setTabOrder(self._later, self.write_button)

    def _show_head(self, review: Review) -> None:
        basis = basis_of(review.proposals) or "没有读到文件标题和文号"
        self.rows[0].show_words(f"依据：{basis}", f"登记的内容从 {show_day(review.on)} 起有效")
        self.rows[0].hide_state()

    def _show_filtered(self) -> None:
        if self.review is None:
            return
        _, states = _FILTERS[self.filter.current()]
        for line, item in zip(self.rows[1:], self.review.items, strict=True):
            line.setVisible(item.state in states or item.number == self._open)
        self.rows[0].setVisible(self.filter.current() == 0)

    def _row_picked(self, number: int) -> None:
        self._go_to(number, scroll=False)

    def _go_to(self, number: int, *, scroll: bool = True) -> None:
        """Show the same proposal on both sides."""
        self._current = number
        for line in self.rows:
            line.set_current(line.number == number)
        self.source.show_current(number)
        if scroll:
            if not self.rows[number].isVisibleTo(self):
                self.filter.pick(0)
            self._scroll.ensureWidgetVisible(self.rows[number], 0, look.px(40))
            self.rows[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the rows by ↑ and ↓."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, ItemRow) and watched.hasFocus():
            assert isinstance(event, QKeyEvent)
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                shown = [line for line in self.rows if line.isVisibleTo(self)]
                place = min(max(shown.index(watched) + step, 0), len(shown) - 1)
                shown[place].setFocus(Qt.FocusReason.TabFocusReason)
                self._scroll.ensureWidgetVisible(shown[place], 0, 0)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pane.setFixedWidth(min(look.px(PANE), round(self.width() * 0.62)))


def adopt_words(item: Item) -> str:
    """Return what accepting a proposal is called."""
    return "登记为条款" if item.unread else "采用"


def family_of(item: Item) -> str:
    """Return the colour family of a proposal: by what answers it; bodies have their own."""
    if isinstance(item.original, BodyProposal):
        return "case"
    return _FAMILIES.get(item.original.answers, "task")


def _bar(content: object) -> QWidget:
    made = frame("bar", content)  # type: ignore[arg-type]
    made.setFixedHeight(look.px(44))
    return made
