"""从文件识别: an official text becomes bodies, members, seats and clauses, after the clerk has looked at each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.documents.extract import extract
from models.documents.proposals import Proposals
from models.errors import ClerkError
from models.intake.review import Review
from ui import messages, work
from ui.correction import undo
from ui.page import Page
from ui.pages.intake.result_view import ResultView
from ui.pages.intake.review_view import ReviewView
from ui.pages.intake.source_view import SourceView
from ui.session import Session
from ui.widgets.layout import column
from ui.widgets.steps import Step, Steps

DRAFT = "intake"
"""Name and kind of the draft that keeps text and decisions until they are written."""
DRAFT_EVERY_MS = 2_000
_STEPS = tuple(map(Step, ("选文件", "识别", "核对", "写入")))
_KEPT = "没有写入的留着，回到“从文件识别”接着做"
_NOTHING = "没有读到机构或制度条款。检查文字是不是公文全文，也可以直接在名册、台账里登记。"


class IntakePage(Page):
    """Text and decisions stay when the clerk goes elsewhere, and come back after a restart."""

    def __init__(self, session: Session, note: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__("从文件识别", parent)
        self._session = session
        self._note = note
        self._written_as = 0
        self.source, self.review, self.result = SourceView(), ReviewView(session), ResultView(session)
        self._steps = Steps(_STEPS, 0)
        self._stack = QStackedWidget()
        for view in (self.source, self.review, self.result):
            self._stack.addWidget(view)
        self.setLayout(column(self._stack, spacing=0))
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_EVERY_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self.source.read.connect(self._read)
        for view in (self.source, self.review):
            view.changed.connect(self._draft_timer.start)
        self.review.writing.connect(self._write)
        self.review.later.connect(lambda: session.open_page.emit("roster"))
        self.result.undo.connect(self._undo)
        for view in (self.review, self.result):
            view.again.connect(self._begin_again)
        self.result.back.connect(self._show_rest)
        session.changed.connect(self._changed)
        self._take_draft()
        self._draft_timer.stop()

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._steps,)

    def first_focus(self) -> QWidget | None:
        shown = self._stack.currentWidget()
        if shown is self.review:
            return self.review.first_focus()
        return self.source.text if shown is self.source else self.result.roster

    def refresh(self) -> None:
        if self._stack.currentWidget() is self.review and self.review.review is not None:
            self.review.review.renew()
            self.review.show_states()

    def can_leave(self) -> bool:
        """Nothing is lost by leaving; only an entry that cannot be read is to be mended first."""
        if not self.review.keep_open():
            return False
        self.keep_draft()
        if any(name == DRAFT for name, *_ in self._session.ledger.drafts()):
            self._note(_KEPT)
        return True

    def keep_draft(self) -> None:
        """Keep what is not written yet where a power cut cannot reach it."""
        ledger = self._session.ledger
        if ledger.is_writing:
            self._draft_timer.start()
        elif self._under_review():
            assert self.review.review is not None
            ledger.save_draft(DRAFT, DRAFT, "", self.review.review.to_draft())
        elif self._stack.currentWidget() is self.source and (text := self.source.text.toPlainText()).strip():
            ledger.save_draft(DRAFT, DRAFT, "", {"text": text})
        else:
            ledger.drop_draft(DRAFT)

    def _under_review(self) -> bool:
        """Tell whether proposals wait for a decision: also those left over after others were written."""
        shown, review = self._stack.currentWidget(), self.review.review
        if review is None or shown is self.source:
            return False
        return shown is self.review or review.count("open", "doubtful", "accepted") > 0

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self.keep_draft()

    # The steps -------------------------------------------------------------------------------

    def _show_step(self, view: QWidget, step: int) -> None:
        self._steps.show_steps(_STEPS, step)
        self._stack.setCurrentWidget(view)
        if self.isVisible() and (target := self.first_focus()) is not None:
            target.setFocus()

    def _read(self) -> None:
        text = self.source.text.toPlainText()
        self._steps.show_steps(_STEPS, 1)
        work.run(self, "识别公文", lambda _progress: extract(text), self._read_done)

    def _read_done(self, proposals: Proposals) -> None:
        review = Review(self._session.ledger, proposals)
        if not review.items:
            self._steps.show_steps(_STEPS, 0)
            self.source.say(_NOTHING)
            return
        self._show_review(review)
        self._draft_timer.start()

    def _show_review(self, review: Review) -> None:
        self.review.show_review(review, self.source.file_name)
        self._show_step(self.review, 2)

    def _write(self) -> None:
        review, ledger = self.review.review, self._session.ledger
        if review is None:
            return
        try:
            done = review.write()
        except ClerkError as error:
            messages.tell(self, "没有写入", str(error))
            return
        newest = ledger.history(limit=1)
        self._written_as = newest[0].seq if newest else 0
        review.renew()
        self.result.show_result(done, review.count("open", "doubtful", "accepted"))
        self._show_step(self.result, 3)
        self.keep_draft()

    def _undo(self) -> None:
        if undo(self, self._session.ledger, self._written_as):
            self.keep_draft()

    def _changed(self, _kinds: set[str], _sentence: str) -> None:
        """Go back to the review when the writing was taken back elsewhere (Ctrl+Z)."""
        if self._stack.currentWidget() is self.result:
            newest = self._session.ledger.history(limit=1)
            if newest and newest[0].undoes == self._written_as:
                self._show_rest()

    def _show_rest(self) -> None:
        self._show_step(self.review, 2)
        self.refresh()

    def _begin_again(self) -> None:
        if self._under_review() and not messages.confirm(
            self, "还有没有写入的，换一份文件？", "换一份", "这一份没有写入的不再留着。"
        ):
            return
        self.source.put("")
        self._show_step(self.source, 0)
        self.keep_draft()

    def _take_draft(self) -> None:
        kept = {name: typed for name, _kind, _id, typed, _at in self._session.ledger.drafts()}.get(DRAFT)
        if kept is None:
            return
        self.source.put(kept.get("text", ""))
        if "decided" in kept:
            self._show_review(Review.from_draft(self._session.ledger, kept))
