"""The side bar: brand, pages in their sections, settings at the foot; icons only when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, look
from ui.page import PageSpec
from ui.widgets import paint
from ui.widgets.label import Drawn
from ui.widgets.layout import row, rule
from ui.widgets.paint import Mark

WIDE, NARROW = 176, 56
PROGRAM = "法治台账"


class Navigation(QFrame):
    """Shows registered pages only; ``picked`` tells the page id."""

    picked = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self.setAccessibleName("导航")
        self._brand = _Brand(office)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.setContentsMargins(0, 0, 0, 10)
        lines.addWidget(self._brand)
        lines.addSpacing(8)
        self._add_pages(
            lines, [page for page in pages if page.section not in ("settings", "whole") and not page.under]
        )
        lines.addStretch(1)
        self._add_pages(lines, [page for page in pages if page.section == "settings"])
        self.setLayout(lines)
        self.set_narrow(False)

    def set_current(self, page_id: str) -> None:
        """Mark *page_id* as the page shown; a page that is not listed leaves the mark where it is."""
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)

    def set_badge(self, page_id: str, mark: Mark, count: int) -> None:
        """Show *count* with its light beside a page; 0 takes it away."""
        self._buttons[page_id].set_badge(mark, count)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, with the words as tool tips."""
        self.setFixedWidth(look.px(NARROW if narrow else WIDE))
        self._brand.set_narrow(narrow)
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def _add_pages(self, lines: QVBoxLayout, pages: Sequence[PageSpec]) -> None:
        section = pages[0].section if pages else ""
        for page in pages:
            if page.section != section:
                section = page.section
                lines.addLayout(row(rule(), margins=(16, 5, 16, 5)))
            button = NavButton(page.title, page.icon)
            button.clicked.connect(lambda _checked, page_id=page.id: self.picked.emit(page_id))
            self._buttons[page.id] = button
            self._group.addButton(button)
            lines.addWidget(button)


class NavButton(QPushButton):
    """One page: icon, words, a light with a count."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(title.replace("&", "&&"), parent)
        self._title, self._icon = title, icon
        self._narrow, self._mark, self._count = False, Mark.RED, 0
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setProperty("kind", "nav")

    def set_badge(self, mark: Mark, count: int) -> None:
        """Show *count* beside the words."""
        self._mark, self._count = mark, count
        self.setAccessibleDescription(f"{mark.value[1]} {count}" if count else "")
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only."""
        self._narrow = narrow
        self.setToolTip(self._title if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(NARROW), look.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(NARROW), max(look.px(20), 26))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, on = QRectF(8, 0, self.width() - 16, self.height()), self.isChecked()
        if on:
            paint.rounded(painter, box, "nav_ground", 6)
            bar = look.px(16)
            paint.rounded(painter, QRectF(8, (self.height() - bar) / 2, 3, bar), "accent", 1.5)
        elif self.underMouse():
            paint.rounded(painter, box, "line", 6)
        size = look.px(18)
        left = (self.width() - size) / 2 if self._narrow else look.px(20)
        ink = "accent" if on else "text2"
        icons.paint(painter, self._icon, ink, left, round((self.height() - size) / 2), size)
        if not self._narrow:
            self._paint_words(painter, on)
        elif self._count:
            paint.mark(painter, self._mark, left + size + 3, box.y() + look.px(9), look.scaled(4.2))
        if self.hasFocus():
            paint.focus_ring(painter, box, 6)

    def _paint_words(self, painter: QPainter, on: bool) -> None:
        right = self.width() - look.px(20)
        place = QRectF(look.px(48), 0, right - look.px(48), self.height())
        if self._count:
            said = str(self._count)
            wide = paint.width(said, 12, 500)
            paint.words(painter, place, said, size=12, weight=500, ink=self._mark.family, align=paint.RIGHT)
            paint.mark(painter, self._mark, right - wide - 9, place.center().y(), look.scaled(4.2))
            place.adjust(0, 0, -wide - 20, 0)
        weight, ink = (500, "accent") if on else (400, "text")
        paint.words(painter, place, self._title, weight=weight, ink=ink)


class _Brand(Drawn):
    def __init__(self, office: str) -> None:
        super().__init__(f"{PROGRAM}，{office}" if office else PROGRAM)
        self._office, self._narrow = office, False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(NARROW), look.px(48))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = look.px(24)
        left = (self.width() - side) // 2 if self._narrow else look.px(16)
        seal = QRectF(left, look.px(12), side, side)
        paint.rounded(painter, seal, "accent", 6)
        paint.words(painter, seal, PROGRAM[0], weight=500, ink="on_accent", align=paint.CENTRE)
        if self._narrow:
            return
        place = QRectF(look.px(48), look.px(6), self.width() - look.px(56), look.px(20))
        paint.words(painter, place, PROGRAM, weight=500)
        under = QRectF(place.x(), look.px(26), place.width(), look.px(16))
        paint.words(painter, under, self._office, size=12, ink="text2")
