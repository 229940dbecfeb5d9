"""The window as a picture, drawn without a screen: for the showcase and for support."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from models.errors import ClerkError
from models.office import Office
from models.store.files import write_file
from ui.app import prepare_application

SIZE = (1366, 768)
SETTLE_MS = 1_500  # lists load in pieces after the window is shown

log = logging.getLogger(__name__)


def draw_window(office: Office, target: Path) -> Path:
    """Write a picture of the window over *office* to *target* (.png). Raises ClerkError for another name."""
    if target.suffix.lower() != ".png":
        raise ClerkError(f"“{target.name}”应为 .png 文件，请改文件名的后缀。")
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(lambda _kind, _context, text: log.info("%s", text))
        prepare_application(QApplication(sys.argv[:1]))
    from ui.session import Session
    from ui.shell import make_window

    window = make_window(Session(office.ledger, office))
    window.resize(*SIZE)
    window.show()
    settled = QEventLoop()
    QTimer.singleShot(SETTLE_MS, settled.quit)
    settled.exec()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    window.close()
    window.deleteLater()
    return write_file(target, lambda file: file.write(buffer.data().data())).path
