"""From the command to a window that can be used, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from models.demo import make_county
from models.office import Setup, create_office
from tests.benchmarks.figures import Figure, compared
from tests.benchmarks.places import TODAY

_ROOT = Path(__file__).parents[2]
_TIMES = 7


def measure() -> Iterator[Figure]:
    """Start both in processes of their own, in turns."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "office"
        office, _ = create_office(data, Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县"))
        with office:
            make_county(office.ledger, today=TODAY)
        ours, bare = compared(lambda: _start("ours", str(data)), lambda: _start("bare"), _TIMES)
    yield Figure("start to usable window, the demo county", ours, baseline=bare, times=2.5)


def _start(*words: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-m", __name__, *words], cwd=_ROOT, check=True, env=environment, capture_output=True
    )


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("法治台账"))
    window.resize(1366, 700)
    window.show()
    app.processEvents()


def _ours(data: str) -> None:
    """Go the whole way of main.py; where it would wait for the clerk, draw what is due and leave."""
    from PySide6.QtWidgets import QApplication

    import main

    QApplication.exec = lambda *_: QApplication.processEvents() or 0  # type: ignore[method-assign,assignment]
    code = main.main(["--data", data])
    sys.stdout.flush()
    os._exit(code)  # leaving is not what is measured


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        _bare()
        os._exit(0)
    _ours(sys.argv[2])
