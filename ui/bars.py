"""The bars above and below the pages: title, actions, search, what is due; last deed, data, backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.records.values import short_day, weekday
from ui import look
from ui.search_box import Search, SearchBox
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Icon
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row

_SEARCH_WIDE, _SEARCH_NARROW = 296, 200


def day_words(day: date, today: date) -> str:
    """Write a date as the window does: 10月15日 周四, with the year only if it is not this year's."""
    return f"{short_day(day, today)} 周{weekday(day)}"


def moment_words(at: datetime, today: date) -> str:
    """Write a moment: 今天 09:42, 昨天 17:30, 10月15日 09:42, with the year only if it is not this year's."""
    days = (today - at.date()).days
    if days in (0, 1):
        return f"{('今天', '昨天')[days]} {at:%H:%M}"
    return f"{short_day(at, today)} {at:%H:%M}"


class TopBar(QFrame):
    """Back arrow (inside a record only), page title, page actions, search, due, date."""

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.back = IconButton("arrow-left", "返回")
        self.title = Label("", "heading", elide=Qt.TextElideMode.ElideRight)
        self.search = SearchBox(search)
        self.due = Button("到期", "ghost", "bell")
        self.help = IconButton("circle-question-mark", "帮助")
        self.help.setToolTip("帮助 F1")
        self.date = Label("", "secondary")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        line = row(
            self.back, self.title, self._actions, 8, self.search, 4, self.due, self.help, 4, self.date,
            margins=(20, 0, 20, 0),
        )  # fmt: skip
        line.setStretch(1, 1)
        self.setLayout(line)
        self._shown: Sequence[QWidget] = ()
        self._whole, self._narrow = False, False

    def show_actions(self, widgets: Sequence[QWidget]) -> None:
        """Put the page's own *widgets* before the search; the ones before stay with their page, hidden."""
        for widget in self._shown:
            self._actions.removeWidget(widget)
            widget.hide()
        for widget in widgets:
            self._actions.addWidget(widget)
            widget.show()
        self._shown = widgets

    def set_due(self, count: int) -> None:
        """Say how many things are due."""
        self.due.set_words(f"到期 {count}" if count else "到期")

    def set_narrow(self, narrow: bool) -> None:
        """Make the search shorter and leave the date out."""
        self._narrow = narrow
        self.search.setFixedWidth(look.px(_SEARCH_NARROW if narrow else _SEARCH_WIDE))
        self.date.setVisible(not narrow and not self._whole)

    def set_whole(self, whole: bool) -> None:
        """Leave the bar to the title and the actions of a page that takes the whole window."""
        self._whole = whole
        for part in (self.search, self.due, self.help):
            part.setVisible(not whole)
        self.date.setVisible(not self._narrow and not whole)


class StatusBar(QFrame):
    """Left: what was saved last, or the last deed with 撤销. Right: data file, backup, secrecy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "status")
        self._sign = Icon("check", "green", 14)
        self._last = Label("", elide=Qt.TextElideMode.ElideRight)
        self._offered = Button("撤销", "link")
        self._offered.hide()
        self._offered.clicked.connect(self._do_offered)
        self._offer: Callable[[], None] | None = None
        self._data = Label("", elide=Qt.TextElideMode.ElideMiddle)
        self._data.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._dot = Label("·")
        self._facts = Label("")
        self._alarm = Label("", "alarm")
        for part in (self._sign, self._dot, self._alarm):
            part.hide()
        line = row(
            self._sign,
            self._last,
            self._offered,
            STRETCH,
            self._data,
            self._dot,
            self._alarm,
            self._facts,
            spacing=6,
        )
        line.setContentsMargins(12, 0, 12, 0)
        self.setLayout(line)

    @property
    def last(self) -> str:
        """What it says at the left."""
        return self._last.text()

    def saved(self, moment: datetime) -> None:
        """Say that everything is saved since *moment*."""
        self.say(f"已保存 {moment:%H:%M}")

    def deed(self, sentence: str, undo: Callable[[], None]) -> None:
        """Say what was just done ("登记会议「…」") and offer to take it back."""
        self.offer(sentence, "撤销", undo)

    def offer(self, sentence: str, words: str, deed: Callable[[], None]) -> None:
        """Say what was done and offer the next step: 已写出「…」 打开所在文件夹. Both go when it is taken."""
        self.say(sentence)
        self._offer = deed
        self._offered.set_words(words)
        self._offered.show()

    def say(self, sentence: str) -> None:
        """Say one thing that is in order."""
        self._offer = None
        self._offered.hide()
        self._sign.setVisible(bool(sentence))
        self._last.setText(sentence)

    def note(self, sentence: str) -> None:
        """Say what the clerk should know though nothing was done: no tick before it."""
        self.say(sentence)
        self._sign.hide()

    def set_facts(self, data: str, *facts: str, alarm: str = "") -> None:
        """Show the data file and standing *facts* (备份 昨天 17:30 已核对, 内部资料 不得外传), *alarm* in amber."""
        self._alarm.setText(alarm)
        self._alarm.setVisible(bool(alarm))
        self._data.setText(f"数据 {data}" if data else "")
        self._dot.setVisible(bool(data and facts))
        self._facts.setText("  ·  ".join(facts))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the data file out."""
        for part in (self._data, self._dot):
            part.setVisible(not narrow)

    def _do_offered(self) -> None:
        offered = self._offer
        self.say("")
        if offered is not None:
            offered()
