"""What the calendar has between two days; what takes its time comes a moment after the first paint."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from models import clock
from models.summaries.calendar import OBLIGATION, Calendar, bare_days, dated_records, duty_events
from models.summaries.dated import Event
from ui.session import Session

LATER_MS = 30
AT_ONCE = 42
"""Days whose records are read at once, in any office: a month with the weeks around it."""


class Content(QObject):
    """:attr:`whole` is what there is; ``changed`` tells that more came.

    The limits of clauses are computed for a year together, so they are kept until the ledger changes, and the old
    ones stand until the new ones are there. Of a year that was not shown yet the bare days come first.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.whole = Calendar((), (), ())
        self._ledger = session.ledger
        self._span = (date.min, date.min)
        self._duties: tuple[Event, ...] = ()
        self._asked: tuple[int, int, date] = (0, 0, date.min)
        self._stale, self._bare = True, False
        self._later = session.later(self, self.settle, LATER_MS)
        session.changed.connect(self._forget)

    def read(self, first: date, last: date) -> None:
        """Read the days from *first* to *last*."""
        asked = (first.year, last.year, clock.today())
        if asked != self._asked:
            self._asked, self._duties, self._stale = asked, (), True
        self._bare = (first, last) != self._span and (last - first).days >= AT_ONCE
        self._span = (first, last)
        if self._bare:
            self.whole = bare_days(self._ledger, first, last)
        else:
            self._read_records()
        if self._bare or self._stale:
            self._later.start()

    def settle(self) -> None:
        """Read now what would come later."""
        self._later.stop()
        if not (self._bare or self._stale):
            return
        if self._stale:
            first, last, today = self._asked
            self._duties, self._stale = duty_events(self._ledger, range(first, last + 1), today), False
        if self._bare:
            self._read_records()
        else:
            self.whole = self.whole.only(lambda event: event.kind != OBLIGATION).with_events(self._duties)
        self.changed.emit()

    def _read_records(self) -> None:
        self._bare = False
        self.whole = dated_records(self._ledger, *self._span, self._asked[2]).with_events(self._duties)

    def _forget(self) -> None:
        self._stale = True
