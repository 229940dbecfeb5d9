"""When the program fails: the clerk reads one sentence, the engineer a log without personal data.

Three doors lead here: errors nobody caught (in any thread), warnings of Qt, and a fault of the process
itself, which leaves its stack in ``fault.txt`` and is told of at the next start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import platform
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from models.program_log import log_to, redact
from ui import messages

SENTENCE = "程序出了意外，刚才的操作没有完成；已经保存的内容不受影响，可以接着用。"
LAST_TIME = "上次程序没有正常结束；已经保存的内容不受影响。"
HELP = "如果反复出现，按“复制”把详情交给维护人员；其中的证件号、电话和引号里的文字已经隐去。"
COPY, CLOSE = "复制", "关闭"
QUIET_S = 10.0  # one and the same error is told once in this time: a faulty paint would ask for ever

log = logging.getLogger(__name__)
_fault_file: IO[str] | None = None
_last_session = ""


def install(folder: Path) -> None:
    """Log to ``folder/program.log`` (7 files of 1 MB) and take over every way an error can come.

    A folder that cannot be written is no reason not to start: what opens the data there tells the clerk.
    """
    with contextlib.suppress(OSError):
        log_to(folder)
        _watch_for_faults(folder / "fault.txt")
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda args: log.error("unraisable", exc_info=args.exc_value)
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    qInstallMessageHandler(_qt_message)
    log.info("start: %s", _versions())


def _watch_for_faults(file: Path) -> None:
    """Keep what *file* tells of the session before, and let a fault of this one be written there."""
    global _fault_file, _last_session
    _last_session = file.read_text("utf-8", "replace").strip() if file.exists() else ""
    if _last_session:
        log.error("the session before ended in a fault:\n%s", _last_session)
    _fault_file = file.open("w", encoding="utf-8")  # stays open: the fault handler needs its descriptor
    faulthandler.enable(_fault_file)


def report(error: BaseException, parent: QWidget | None = None) -> None:
    """Log *error* with its traceback and tell the clerk. Callable from any thread."""
    log.error("unexpected error", exc_info=error)
    details = redact("".join(traceback.format_exception(error)))
    place = "".join(map(repr, traceback.extract_tb(error.__traceback__)[-1:]))
    _teller.told.emit(f"{type(error).__name__} {place}", details, parent)


def tell_of_last_session(parent: QWidget | None) -> None:
    """Tell, once, of a fault that ended the session before."""
    global _last_session
    fault, _last_session = _last_session, ""
    if fault:
        _show(parent, LAST_TIME, redact(fault))


class _Teller(QObject):
    """Carries errors to the window's thread and keeps them from piling up."""

    told = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._open = False
        self._shown: dict[str, float] = {}
        self.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _tell(self, signature: str, details: str, parent: QWidget | None) -> None:
        if self._open or time.monotonic() - self._shown.get(signature, -QUIET_S) < QUIET_S:
            return
        self._open = True
        try:
            _show(parent or QApplication.activeWindow(), SENTENCE, details)
        finally:
            self._open = False
            self._shown[signature] = time.monotonic()


_teller = _Teller()  # made on import, so that it lives in the window's thread


def _show(parent: QWidget | None, sentence: str, details: str) -> None:
    message = messages.Message(sentence, HELP, deeds=(COPY, CLOSE), way_out=CLOSE)
    if messages.show(parent, message) == COPY:
        QGuiApplication.clipboard().setText(f"{_versions()}\n{details}")


def _uncaught(kind: type[BaseException], error: BaseException | None, stack: TracebackType | None) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), stack)
    else:
        report(error)


_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger(f"qt.{context.category or 'default'}").log(_QT_LEVELS[kind], "%s", text)


def _versions() -> str:
    return f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.platform()}"
