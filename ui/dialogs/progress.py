"""What the clerk sees of slow work after 400 ms; opened by ui.work only."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from ui import look
from ui.dialogs.base import Dialog
from ui.widgets import paint
from ui.widgets.card import NoticeBar
from ui.widgets.label import Drawn, Label
from ui.widgets.layout import STRETCH, row
from ui.work import Task

STEPS = 1000
GUESS_AFTER_S, GUESS_AFTER_FRACTION = 2.0, 0.05


class ProgressPanel(Dialog):
    """Shows how far *task* is. Esc and the cross put it to the background, only 停止 stops it.

    A task that holds the window's thread has no background: the panel stays till it has ended.
    """

    def __init__(self, parent: QWidget, task: Task[Any]) -> None:
        super().__init__(parent, task.title)
        modality = Qt.WindowModality
        self.setWindowModality(modality.ApplicationModal if task.in_turns else modality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._task, self._began = task, time.monotonic()
        self._left = Label("", "secondary")
        self.body.addLayout(row(Label(f"正在{task.title}", "heading"), STRETCH, self._left))
        self._now = Label("正在准备", "help", elide=Qt.TextElideMode.ElideMiddle)
        self.body.addWidget(self._now)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._bar.setRange(0, STEPS)
        self.body.addWidget(self._bar)
        self._phases = [_Phase(words) for words in task.phases]
        for phase in self._phases:
            self.body.addWidget(phase)
        if task.caution:
            self.body.addWidget(NoticeBar(task.caution, "warning", closable=False))
        self.body.addStretch()
        if not task.in_turns:
            self.foot.insertWidget(0, Label("可以先做别的，做完会提示。", "small"))
            away = self.add_button("放到后台")
            away.clicked.connect(self.reject)
            away.setFocus()
        self._stop = self.add_button("停止")
        self._stop.clicked.connect(self._ask_to_stop)
        task.reported.connect(self._show)
        task.entered.connect(self._enter)
        self._enter(task.progress.phase)
        task.ended.connect(self.accept)

    def _show(self, fraction: float, text: str) -> None:
        self._bar.setValue(round(fraction * STEPS))
        if text:
            self._now.setText(text)
        self._left.setText(time_left(time.monotonic() - self._began, fraction))

    def _enter(self, phase: int) -> None:
        for place, line in enumerate(self._phases):
            line.show_state("done" if place < phase else "now" if place == phase else "later")

    def reject(self) -> None:
        if self._task.in_turns:
            self._ask_to_stop()
        else:
            super().reject()

    def _ask_to_stop(self) -> None:
        self._task.stop()
        self._stop.setEnabled(False)
        self._now.setText("正在停止")


class _Phase(Drawn):
    """One phase in a line: tick, ring with a dot, hollow ring."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._state = "later"
        self.setMinimumHeight(look.px(28))

    def show_state(self, state: str) -> None:
        self._state = state
        self.setAccessibleDescription({"done": "已完成", "now": "进行中", "later": "未开始"}[state])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, radius = QPainter(self), look.scaled(8)
        paint.circle(painter, radius + 1, self.height() / 2, self._state, radius)
        place = QRectF(2 * radius + 10, 0, self.width(), self.height())
        now = self._state == "now"
        ink = "text" if now else "text2" if self._state == "done" else "text3"
        paint.words(painter, place, self.text(), weight=500 if now else 400, ink=ink)


def time_left(elapsed: float, fraction: float) -> str:
    """Guess the time left in words from *elapsed* seconds and the *fraction* done: "约剩 12 秒", or ""."""
    if elapsed < GUESS_AFTER_S or not GUESS_AFTER_FRACTION <= fraction < 1:
        return ""
    seconds = elapsed / fraction * (1 - fraction)
    return f"约剩 {seconds:.0f} 秒" if seconds < 90 else f"约剩 {seconds / 60:.0f} 分钟"
