"""What the calendar has between two days: records at once, the limits that clauses set a moment later."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from models import clock
from models.summaries.calendar import OBLIGATION, Calendar, dated_records, duty_events
from models.summaries.dated import Event
from ui.session import Session

LATER_MS = 30


class Content(QObject):
    """:attr:`whole` is what there is; ``changed`` tells that more came.

    The limits of clauses are computed for a year together, which takes its time in a large county. So they are kept
    until the ledger changes, and the old ones stand until the new ones are there.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.whole = Calendar((), (), ())
        self._ledger = session.ledger
        self._duties: tuple[Event, ...] = ()
        self._asked: tuple[int, int, date] = (0, 0, date.min)
        self._stale = True
        self._later = session.later(self, self.settle, LATER_MS)
        session.changed.connect(self._forget)

    def read(self, first: date, last: date) -> None:
        """Read the days from *first* to *last*."""
        today = clock.today()
        asked = (first.year, last.year, today)
        if asked != self._asked:
            self._asked, self._duties, self._stale = asked, (), True
        self.whole = dated_records(self._ledger, first, last, today).with_events(self._duties)
        if self._stale:
            self._later.start()

    def settle(self) -> None:
        """Read now what would come later."""
        self._later.stop()
        if not self._stale:
            return
        first, last, today = self._asked
        before, self._stale = self._duties, False
        self._duties = duty_events(self._ledger, range(first, last + 1), today)
        if self._duties != before:
            kept = self.whole.only(lambda event: event.kind != OBLIGATION)
            self.whole = kept.with_events(self._duties)
            self.changed.emit()

    def _forget(self) -> None:
        self._stale = True
