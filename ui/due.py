"""Keeps the counts at the edge of the window true: what is due today, what is late on which page."""

from __future__ import annotations

from PySide6.QtCore import QObject

from models import clock
from models.summaries.desk import Line, read_desk
from models.summaries.todos import Group, count, todos
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.paint import Mark

WAIT_MS = 250
"""Changes that follow one another closely are counted once."""
PAGES = {
    Line.MEETINGS: "meetings", Line.STUDY: "study", Line.CASES: "supervision", Line.FILING: "filing",
    Line.RULES: "registers", Line.STAFF: "roster",
}  # fmt: skip
"""On which page the things of a line of work are done."""


class DueCounts(QObject):
    """Counts anew after each change, for today whatever day a page looks at."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._wait = session.later(self, self.count, WAIT_MS)
        session.changed.connect(lambda _kinds, _sentence: self._wait.start())
        self._wait.start()

    def count(self) -> None:
        """Show what is overdue or due today, and the overdue things of each page."""
        found = todos(read_desk(self._session.ledger, clock.today()))
        self._window.set_due(count(found, Group.OVERDUE, Group.TODAY))
        for line, page_id in PAGES.items():
            self._window.set_badge(page_id, Mark.RED, count(found, Group.OVERDUE, line=line))
