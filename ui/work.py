"""The one door for slow work (anything over 50 ms): ``work.run(...)``.

A job runs in a thread of its own and touches neither widgets nor the window's database connection; it
opens a reader connection, works, and returns its result, which is handed over in the window's thread.
A panel with the progress appears after 400 ms. The clerk may stop the job or put it to the background.
What only the ledger's own thread may do (a large import) goes through ``work.run_in_turns(...)``: the job holds the
window's thread and gives it up at each report, behind a panel that lets nothing else be pressed.
Tests put ``with work.at_once():`` around what they press.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from models.errors import ClerkError
from ui import crash, messages

PANEL_AFTER_MS = 400
REPORT_EVERY_S = 0.05
SHUTDOWN_S = 5.0

T = TypeVar("T")
log = logging.getLogger(__name__)


class Stopped(Exception):
    """The clerk stopped the job. It passes through the job, whose ``with`` blocks clean up after it."""


class Progress:
    """How a job tells how far it is and learns that it should stop. Safe to use in the job's thread."""

    def __init__(
        self,
        tell: Callable[[float, str], None] | None = None,
        enter: Callable[[int], None] | None = None,
    ) -> None:
        self._tell, self._enter = tell, enter
        self.phase = 0
        self._stop = threading.Event()
        self._told = 0.0

    def report(self, fraction: float, text: str = "") -> None:
        """Tell that *fraction* (0 to 1) is done and *text* is in hand. Raises Stopped where one may stop."""
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if self._tell and (now - self._told >= REPORT_EVERY_S or fraction >= 1):
            self._told = now
            self._tell(min(max(fraction, 0.0), 1.0), text)

    def enter(self, phase: int) -> None:
        """Tell which of the job's phases (from 0) is under way; telling it again costs nothing."""
        if self._enter and phase != self.phase:
            self.phase = phase
            self._enter(phase)

    def cancelled(self) -> bool:
        """Tell whether the clerk pressed 停止; a job that must not break off mid-step asks between steps."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the job to stop at its next report."""
        self._stop.set()


class Task(QObject, Generic[T]):
    """One running job. Lives in the window's thread; only ``_work`` runs in the other."""

    reported = Signal(float, str)
    entered = Signal(int)
    ended = Signal()
    _finished = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None,
        quiet: bool,
        phases: Sequence[str],
        caution: str,
    ) -> None:
        super().__init__()
        self.phases, self.caution = phases, caution
        self.title = title
        self.progress = Progress(self.reported.emit, self.entered.emit)
        self._window, self._job, self._done, self._failed = parent, job, done, failed
        self.quiet = quiet
        self._result: list[T] = []
        self._error: Exception | None = None
        self._forgotten = False
        self.in_turns = self._has_panel = False
        self._began = 0.0
        self._thread = threading.Thread(target=self._work, name="work", daemon=True)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; the panel follows if it takes long."""
        _running.append(self)
        self._window.destroyed.connect(self.forget)
        self._thread.start()
        if not self.quiet:
            QTimer.singleShot(PANEL_AFTER_MS, self, self._show_panel)

    def stop(self) -> None:
        """Ask the job to stop. A job that is through before it hears of it still hands over its result."""
        self.progress.stop()

    def forget(self) -> None:
        """Stop, and hand nothing over: nobody waits for it any more."""
        self._forgotten = True
        self.progress.stop()

    def wait(self, seconds: float) -> bool:
        """Wait for the job's thread; tell whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def run_here(self) -> None:
        """Do the whole job now, in the calling thread."""
        self._attempt()
        self._hand_over()

    def run_in_turns(self) -> None:
        """Do the whole job in the window's thread, which paints and hears 停止 at each report."""
        self.in_turns = True
        self.progress = Progress(self._take_turn)
        self._began = time.monotonic()
        _running.append(self)
        with _hourglass():
            self._attempt()
        self._deliver()

    def _take_turn(self, fraction: float, text: str) -> None:
        if time.monotonic() - self._began < PANEL_AFTER_MS / 1000:
            return
        if not self._has_panel:
            self._show_panel()
        self.reported.emit(fraction, text)
        QApplication.processEvents()

    def _work(self) -> None:
        self._attempt()
        self._finished.emit()

    def _attempt(self) -> None:
        try:
            self._result.append(self._job(self.progress))
        except Stopped:
            self._forgotten = True
        except Exception as error:
            self._error = error

    def _deliver(self) -> None:
        _running.remove(self)
        self.ended.emit()
        self._hand_over()
        self.deleteLater()

    def _hand_over(self) -> None:
        if self._forgotten or not shiboken6.isValid(self._window):
            return
        error = self._error
        if error is None:
            self._done(self._result[0])
            return
        if not isinstance(error, ClerkError):
            crash.report(error, self._window)
        elif self._failed is None:
            messages.tell(self._window, str(error))
        if self._failed is not None:
            self._failed(error)

    def _show_panel(self) -> None:
        if self in _running and not self._forgotten and shiboken6.isValid(self._window):
            from ui.dialogs.progress import ProgressPanel

            self._has_panel = True
            ProgressPanel(self._window, self).open()


_running: list[Task[Any]] = []
_at_once = False


def run(
    parent: QWidget,
    title: str,
    job: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
    *,
    quiet: bool = False,
    phases: Sequence[str] = (),
    caution: str = "",
) -> Task[T]:
    """Run *job* beside the window *parent* and call *done* with its result in the window's thread.

    *title* is the deed ("写出年度汇总"); the panel says 正在 before it. Without *failed*, a ClerkError is
    told as its sentence; with it, *failed* gets every error and decides. An unexpected error always goes
    to the log and the crash dialog as well. A stopped job calls neither. *quiet* work (the timed backup) shows
    no panel; the panel lists *phases* (``Progress.enter``) and says what not to do meanwhile (*caution*).
    """
    task = Task(parent, title, job, done, failed, quiet, phases, caution)
    if _at_once:
        task.run_here()
    else:
        task.start()
    return task


def run_in_turns(
    parent: QWidget,
    title: str,
    job: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Like :func:`run`, in the window's own thread: for writes, which belong to the ledger's one connection.

    Returns when the job has ended. The job reports often; a stop raises Stopped through its open action, which rolls back.
    """
    task = Task(parent, title, job, done, failed, quiet=False, phases=(), caution="")
    task.run_here() if _at_once else task.run_in_turns()


def running() -> tuple[str, ...]:
    """Name the jobs under way, but quiet ones, so that a window can ask before it closes."""
    return tuple(task.title for task in _running if not task.quiet)


def shutdown() -> None:
    """Stop all jobs and wait for them, so that none is cut off in the middle of a file."""
    deadline = time.monotonic() + SHUTDOWN_S
    for task in tuple(_running):
        task.forget()
    for task in tuple(_running):
        if not task.wait(max(0.0, deadline - time.monotonic())):
            log.warning("a job did not stop in time: %s", task.title)


@contextmanager
def _hourglass() -> Iterator[None]:
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()


@contextmanager
def at_once() -> Iterator[None]:
    """Inside the block (tests, scripts) jobs run before :func:`run` returns, in the calling thread."""
    global _at_once
    before, _at_once = _at_once, True
    try:
        yield
    finally:
        _at_once = before
