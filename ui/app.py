"""Start-up of the window, in the only order that works.

1. The log and the crash hooks, so that a failure in any later step is told and kept.
2. The way to the input method: Qt reads its environment once, when the application object is made.
3. Fractional scaling as it is (125 % stays 125 %): must be set before the application object too.
4. The application object and its names; its settings are a file in the data folder.
5. Qt's own words in Chinese; the theme (bundled fonts, Fusion style, palette, sheet).
6. The guard of half-composed words, which needs the application object.

Heavy libraries (reportlab, openpyxl, docx, pypdfium2) are imported by the job that needs them, never here.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui import crash, input_method, theme, work

NAME = "法治台账"
PROGRAM = "fazhi-ledger"
TITLE_BAR = 40  # px that a desktop may put above the window

log = logging.getLogger(__name__)


def start(argv: Sequence[str], data: Path) -> QApplication:
    """Make the application object, ready for windows; *data* is the data folder (made if missing)."""
    crash.install(data / "logs")
    way = input_method.prepare(os.environ)
    log.info("input method: %s (%s)", way.kind, way.reason)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(data))
    app = QApplication(list(argv))
    prepare_application(app)
    input_method.attach(app, way)
    app.aboutToQuit.connect(work.shutdown)
    return app


def prepare_application(app: QApplication) -> None:
    """Give *app* its names, fonts, Chinese and looks. Tests call it on their own application object."""
    app.setOrganizationName(PROGRAM)
    app.setApplicationName(PROGRAM)
    app.setApplicationDisplayName(NAME)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(app)
    theme.apply_chosen(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: theme.apply_chosen(app))


def run(app: QApplication, make_window: Callable[[], QWidget]) -> int:
    """Show the window, stay until it closes, tell of a crash of the session before. Return the exit code."""
    window = make_window()
    room = window.screen().availableGeometry()
    if window.width() >= room.width() or window.height() + TITLE_BAR >= room.height():
        window.showMaximized()
    else:
        window.show()
    crash.tell_of_last_session(window)
    gc.freeze()  # modules, descriptions and widgets are not gone through at every collection
    gc.enable()
    code = app.exec()
    shiboken6.delete(window)  # with its timers: the ledger is closed next
    return code


def run_window(data: Path) -> int:
    """Open the office in *data* (set up at the first start, unlocked by its clerk) and show its window."""
    app = start(sys.argv, data)
    from ui.opening.start import open_or_set_up, put_back
    from ui.session import Session
    from ui.shell import make_window

    folder = data
    while (opened := open_or_set_up(folder)) is not None:
        folder = opened.office.home.folder
        with opened.office as office:
            session = Session(office.ledger, office)
            code = run(app, lambda session=session, page=opened.first_page: make_window(session, page))
            if not session.restore_from:
                return code
            put_back(office, Path(session.restore_from))
    return 0


def _speak_chinese(app: QApplication) -> None:
    """Translate what Qt itself says (its buttons, menus of text fields, file picker)."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    else:
        log.warning("Qt's Chinese is missing in %s", folder)
