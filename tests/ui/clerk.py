"""A clerk in a process of its own, to be killed: enters one meeting after the other through the real window.

``python -m tests.ui.clerk DATA ROUND`` prints one line for each thing the window told:
"typed NAME" once the draft is kept, "saved NAME" once the status bar says so.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from models.office import open_office
from models.records.organisation import Body
from ui.app import prepare_application
from ui.forms.record_form import RecordForm
from ui.main_window import MainWindow
from ui.pages.meeting.meetings import MeetingsPage
from ui.session import Session
from ui.shell import make_window

STARTS = datetime(2026, 3, 20, 9, 30)


def enter(window: MainWindow, form: RecordForm, name: str, body: str) -> None:
    """Type one meeting and save it; print what the window told."""
    form.editor("name").put_typed(name)
    form.keep_draft()
    print("typed", name, flush=True)
    form.editor("category").put("专题会")
    form.editor("body").put(body)
    form.editor("starts_at").put(STARTS)
    form.save_button.click()
    if name in window.status.last:
        print("saved", name, flush=True)


def main() -> None:
    data, number = Path(sys.argv[1]), sys.argv[2]
    app = QApplication(sys.argv[:1])
    prepare_application(app)
    office = open_office(data)
    window = make_window(Session(office.ledger, office))
    window.resize(1366, 768)
    window.show()
    (body,) = office.ledger.find(Body)
    page = window.page("meetings")
    assert isinstance(page, MeetingsPage)
    window.open_page("meetings")
    app.processEvents()
    print("ready", flush=True)
    place = 0
    while True:
        window.open_page("meetings")
        page.new_meeting()
        assert page.list.pane.form is not None
        enter(window, page.list.pane.form, f"第{number}天第{place}次会", body.id)
        app.processEvents()
        place += 1


if __name__ == "__main__":
    main()
