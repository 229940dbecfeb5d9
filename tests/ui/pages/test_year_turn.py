"""年度结转 in the window: what is told before, what is listed after, what the form asks for from then on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from models import clock
from models.records.meeting import Meeting
from models.records.year import ClosedYear
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import work
from ui.dialogs.year_turn import YearTurnDialog
from ui.forms.record_form import RecordForm
from ui.session import Session


@pytest.fixture
def dialog(qtbot: QtBot, office: SmallOffice, session: Session, ledger: Ledger) -> Iterator[YearTurnDialog]:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
    with clock.held_at(datetime(2027, 1, 4, 9)), work.at_once():
        made = YearTurnDialog(None, session)
        qtbot.addWidget(made)
        yield made


def test_close_and_see_the_seal(dialog: YearTurnDialog, ledger: Ledger) -> None:
    assert dialog.year == 2026
    assert "下一个督办编号是 督办〔2027〕1号" in dialog.told.text()
    assert "写 2027 年的报告时，上年正文放在旁边" in dialog.told.text()
    assert walk.faults(dialog) == []
    with answering("结转"):
        dialog.turn.click()
    assert [one.year for one in ledger.find(ClosedYear)] == [2026]
    assert not dialog.turn.isEnabled()
    assert dialog.model.index(0, 3).data() == "与封存时一致"


def test_nothing_is_closed_without_a_yes(dialog: YearTurnDialog, ledger: Ledger) -> None:
    with answering("取消"):
        dialog.turn.click()
    assert not ledger.find(ClosedYear)


def test_the_form_asks_for_the_reason(
    dialog: YearTurnDialog, session: Session, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    with answering("结转"):
        dialog.turn.click()
    form = RecordForm(session, "meeting")
    qtbot.addWidget(form)
    form.load(ledger.get(Meeting, office.meeting.id))
    form.editor("place").put("二楼会议室")
    with answering(None):
        assert not form.save()
    with answering("地点记错"):
        assert form.save()
    changed = ledger.get(Meeting, office.meeting.id)
    assert changed is not None and changed.place == "二楼会议室"
