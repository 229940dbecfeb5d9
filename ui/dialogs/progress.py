"""What the clerk sees of slow work after 400 ms; opened by ui.work only."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.dialogs.base import Dialog
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row
from ui.work import Task

STEPS = 1000
GUESS_AFTER_S, GUESS_AFTER_FRACTION = 2.0, 0.05


class ProgressPanel(Dialog):
    """Shows how far *task* is. Esc and the cross put it to the background, only 停止 stops it."""

    def __init__(self, parent: QWidget, task: Task[Any]) -> None:
        super().__init__(parent, task.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
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
        self.body.addStretch()
        self.foot.insertWidget(0, Label("可以先做别的，做完会提示。", "small"))
        away = self.add_button("放到后台")
        away.clicked.connect(self.reject)
        away.setFocus()
        self._stop = self.add_button("停止")
        self._stop.clicked.connect(self._ask_to_stop)
        task.reported.connect(self._show)
        task.ended.connect(self.close)

    def _show(self, fraction: float, text: str) -> None:
        self._bar.setValue(round(fraction * STEPS))
        if text:
            self._now.setText(text)
        self._left.setText(time_left(time.monotonic() - self._began, fraction))

    def _ask_to_stop(self) -> None:
        self._task.stop()
        self._stop.setEnabled(False)
        self._now.setText("正在停止")


def time_left(elapsed: float, fraction: float) -> str:
    """Guess the time left in words from *elapsed* seconds and the *fraction* done: "约剩 12 秒", or ""."""
    if elapsed < GUESS_AFTER_S or not GUESS_AFTER_FRACTION <= fraction < 1:
        return ""
    seconds = elapsed / fraction * (1 - fraction)
    return f"约剩 {seconds:.0f} 秒" if seconds < 90 else f"约剩 {seconds / 60:.0f} 分钟"
