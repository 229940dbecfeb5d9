"""A window on the screen: the program's (``python -m tests.benchmarks.window DATA``) or a bare one.

Prints the second (of :func:`time.time`) in which it was painted, and goes the ordinary way.

Imports nothing but what it shows, so that only that is measured.
"""

import sys
import time


def bare() -> None:
    """Show a window with a few words and nothing behind it."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    _app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("法治台账"))
    window.resize(1366, 700)
    window.show()
    _painted()


def ours(data: str) -> None:
    """Go the whole way of main.py; where it would wait for the clerk, draw what is due and leave."""
    from PySide6.QtWidgets import QApplication

    import main

    QApplication.exec = lambda *_: _painted()  # type: ignore[method-assign,assignment]
    sys.exit(main.main(["--data", data]))


def _painted() -> int:
    """Draw what is due, tell when."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    print(time.time())
    return 0


if __name__ == "__main__":
    ours(sys.argv[1]) if sys.argv[1:] else bare()
