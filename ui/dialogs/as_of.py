"""按日期看: the day a page looks at, and the year it stands in where the page turns by years."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models import clock
from models.records.values import show_day
from models.summaries.years import year_in_hand
from ui.dialogs.day import ask_day
from ui.widgets.buttons import Button, IconButton
from ui.widgets.label import Label
from ui.widgets.layout import row

WORDS = "按日期看"


class AsOfButton(Button):
    """Asks for the day to look at; *today* goes on with the clock until another day is chosen."""

    changed = Signal()

    def __init__(self, *, small: bool = False) -> None:
        super().__init__(WORDS, "ghost", "calendar", small=small)
        self.chosen: date | None = None
        self.clicked.connect(self._ask)

    @property
    def on(self) -> date:
        """The day that is looked at."""
        return self.chosen or clock.today()

    def look_at(self, day: date | None) -> None:
        """Look at *day*, None for today."""
        self.chosen = day
        self.tell(day)
        self.changed.emit()

    def tell(self, day: date | None) -> None:
        """Name *day* on the button, nothing for today."""
        self.set_words(f"按 {show_day(day)}" if day else WORDS)

    def _ask(self) -> None:
        picked = ask_day(self.window(), WORDS, self.on, none="今天")
        if picked is not None:
            self.look_at(picked or None)


class YearAsOf(QWidget):
    """‹ 2026 年 › and the day: a year that is over is looked at as of today too, unless another day is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.year = year_in_hand(clock.today())
        self.day = AsOfButton()
        self.day.changed.connect(lambda: self.show_year(self.day.on.year))
        earlier, self._later = IconButton("chevron-left", "上一年"), IconButton("chevron-right", "下一年")
        earlier.clicked.connect(lambda: self.show_year(self.year - 1))
        self._later.clicked.connect(lambda: self.show_year(self.year + 1))
        self._label = Label("", "section")
        self.setLayout(row(earlier, self._label, self._later, self.day))

    @property
    def on(self) -> date:
        """The day that is looked at."""
        return self.day.on

    def start_anew(self) -> None:
        """Look at today again, and at the year in hand."""
        self.year, self.day.chosen = year_in_hand(clock.today()), None

    def show_year(self, year: int) -> None:
        """Turn to another year; a day chosen before it is left."""
        self.year = year
        if self.on.year < year:
            self.day.chosen = None
        self.tell()
        self.changed.emit()

    def tell(self) -> None:
        """Show year and day as they are now."""
        self._label.setText(f"{self.year} 年")
        self._later.setEnabled(self.year < clock.today().year)
        self.day.tell(None if self.on == clock.today() else self.on)
