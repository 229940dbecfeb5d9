"""数据和依据: a figure opens its records, from the keyboard too."""

from __future__ import annotations

import dataclasses
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import in_dialog
from ui import work
from ui.dialogs.records import RecordsDialog
from ui.dialogs.year_figures import YearFiguresDialog
from ui.session import Session


def test_a_figure_opens_its_records(qtbot: QtBot, office: SmallOffice, ledger: Ledger) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
    with work.at_once():
        dialog = YearFiguresDialog(None, Session(ledger), 2026, date(2026, 11, 21))
    qtbot.addWidget(dialog)
    dialog.show()
    assert walk.faults(dialog) == []
    assert dialog.model.index(1, 0).data() == "召开会议"
    opened: list[int] = []

    def read(found: RecordsDialog) -> None:
        opened.append(found.table.model().rowCount())
        found.reject()

    in_dialog(RecordsDialog, read)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert opened == [1]
    for part in range(3):
        dialog.parts.pick(part)
        assert dialog.table.model() is dialog.model
