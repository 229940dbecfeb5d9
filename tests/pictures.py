"""Draw the pictures of the README from the sample county, without a screen.

.venv/bin/python -m tests.pictures [FOLDER]        default: docs/pictures
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shiboken6
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models import clock
from models.demo import make_county
from models.office import Setup, create_office
from models.records.meeting import Meeting
from tests.desktop.notice import TEXT
from ui import work
from ui.app import prepare_application
from ui.main_window import MainWindow
from ui.pages.intake.page import IntakePage
from ui.session import Session
from ui.shell import make_window

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1366, 768)
NOW = datetime(2026, 11, 21, 9, 0)
SETTLE_MS = 1_500
COLOURS = 256


def meeting_of(session: Session) -> str:
    """Return the last meeting that was held: its attendance is filled in, its minutes are out."""
    held = [one for one in session.ledger.find(Meeting, order="starts_at") if one.state in ("印发", "归档")]
    return held[-1].id


def show_intake(window: MainWindow, _session: Session) -> None:
    window.open_page("intake")
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    page.source.put(TEXT)
    page.source.go.click()


VIEWS: dict[str, Callable[[MainWindow, Session], object]] = {
    "workbench": lambda window, _session: window.open_page("workbench"),
    "calendar": lambda window, _session: window.open_page("calendar"),
    "attendance": lambda window, session: window.open_record("meeting", meeting_of(session)),
    "preview": lambda _window, session: session.open_report.emit(
        "minutes", {"meeting_id": meeting_of(session)}
    ),
    "intake": show_intake,
}


def draw(folder: Path) -> None:
    """Write one PNG for each view into *folder*."""
    app = QApplication(sys.argv[:1])
    prepare_application(app)
    folder.mkdir(parents=True, exist_ok=True)
    setup = Setup(office_name="中共澜溪县委全面依法治县委员会办公室", area_name="澜溪县", clerk="苏映川")
    with tempfile.TemporaryDirectory() as data, clock.held_at(NOW), work.at_once():
        office, _code = create_office(Path(data) / "法治台账", setup)
        with office:
            make_county(office.ledger, today=NOW.date())
            session = Session(office.ledger)
            window = make_window(session)
            window.resize(*SIZE)
            window.show()
            for name, show in VIEWS.items():
                show(window, session)
                QTest.qWait(SETTLE_MS)
                target = folder / f"{name}.png"
                window.grab().save(str(target))
                with Image.open(target) as full:
                    few = full.convert("RGB").quantize(
                        COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
                    )
                few.save(target, optimize=True)
                print(target, f"{target.stat().st_size / 1000:.0f} KB")
            shiboken6.delete(window)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
