"""A window on the screen, then gone: the program's (``python -m tests.benchmarks.window DATA``) or a bare one.

Imports nothing but what it shows, so that only that is measured.
"""

import os
import sys


def bare() -> None:
    """Show a window with a few words and nothing behind it."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("法治台账"))
    window.resize(1366, 700)
    window.show()
    app.processEvents()


def ours(data: str) -> None:
    """Go the whole way of main.py; where it would wait for the clerk, draw what is due and leave."""
    from PySide6.QtWidgets import QApplication

    import main

    QApplication.exec = lambda *_: QApplication.processEvents() or 0  # type: ignore[method-assign,assignment]
    if main.main(["--data", data]) != 0:
        os._exit(1)


if __name__ == "__main__":
    ours(sys.argv[1]) if sys.argv[1:] else bare()
    os._exit(0)  # leaving is not what is measured
