"""Every door to a locked record asks once for the reason of the 更正, and then does it; without one nothing happens."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from models.records.base import all_kinds
from models.records.meeting import AgendaItem, Meeting
from models.records.study import StudySession
from models.records.supervision import Case
from models.records.year import ClosedYear
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui.answers import answering
from ui.correction import undo
from ui.dialogs.history import HistoryView
from ui.messages import Question
from ui.pages.meeting import attendance_view
from ui.pages.meeting.attendance_view import AttendanceView
from ui.pages.meeting.guest_dialog import Guest
from ui.pages.meeting.meeting_view import MeetingView
from ui.pages.settings.bin_part import BinPart
from ui.pages.study.session_view import SessionView
from ui.pages.supervision.case_view import CaseView
from ui.session import Session
from ui.tables.register_view import RegisterView

REASON = "漏登"
SURE = "移到回收站"


@pytest.fixture
def sealed(ledger: Ledger, office: SmallOffice) -> dict[str, str]:
    """A meeting with issued minutes, an open and a binned item, a study session, a finished case: all of closed 2026."""
    lead = (office.justice.id,)
    with ledger.action("去年的事") as action:
        item = action.add(AgendaItem(meeting=office.meeting.id, subject="通报"))
        gone = action.add(AgendaItem(meeting=office.meeting.id, subject="另议"))
        study = action.add(
            StudySession(
                subject="宪法", category="集体学法", unit=lead[0], starts_at=datetime(2026, 5, 8, 9), hours=2
            )
        )
        case = action.add(
            Case(
                matter="旧案", source="其他", lead_units=lead, opened_on=date(2026, 3, 1), state="办结",
                closed_on=date(2026, 4, 1), handler="尹素", handler_phone="13800000000",
            )
        )  # fmt: skip
    with ledger.action("删") as action:
        action.remove(gone)
    with ledger.action("印发") as action:
        action.change(dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20)))
        action.add(ClosedYear(year=2026, digest="封"))
    return {"meeting": office.meeting.id, "item": item.id, "study": study.id, "case": case.id}


Door = Callable[[QtBot, Session, dict[str, str]], object]


def attendance(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> AttendanceView:
    view = AttendanceView(session)
    qtbot.addWidget(view)
    view.show_meeting(sealed["meeting"])
    return view


def add_guest(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    class Filled:
        guest = Guest("邱岚", "", "", "律师", "列席")

        def __init__(self, *_: object) -> None: ...

        def exec(self) -> int:
            return 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance_view, "GuestDialog", Filled)
        attendance(qtbot, session, sealed).add_guest()


def remove_item(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = RegisterView(session, "agenda_item")
    qtbot.addWidget(view)
    view.table.select(sealed["item"])
    view.remove_selected()


def remove_meeting(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = MeetingView(session)
    qtbot.addWidget(view)
    view.show_meeting(sealed["meeting"])
    view._remove()


def remove_case(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = CaseView(session)
    qtbot.addWidget(view)
    view.show_case(sealed["case"])
    view._remove()


def remove_study(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = SessionView(session)
    qtbot.addWidget(view)
    view.show_session(sealed["study"])
    view._remove()


def add_people(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = SessionView(session)
    qtbot.addWidget(view)
    view.show_session(sealed["study"])
    unit = session.ledger.get(StudySession, sealed["study"]).unit  # type: ignore[union-attr]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.pages.study.participants_view.pick", lambda *_a, **_k: (unit,))
        view.people.add_units()


def restore(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    part = BinPart(session)
    qtbot.addWidget(part)
    part.table.selectRow(1)
    part.restore_selected()


def undo_old(qtbot: QtBot, session: Session, sealed: dict[str, str]) -> None:
    view = HistoryView(session, "agenda_item", "")
    qtbot.addWidget(view)
    place = next(i for i, entry in enumerate(view._entries) if entry.sentence == "删")
    view.setCurrentIndex(view.model().index(place, 0))
    view.undo_current()


@pytest.mark.parametrize(
    ("door", "asked_before"),
    [
        (add_guest, []), (lambda *all: attendance(*all).rebuild(), []), (lambda *all: attendance(*all).mark_rest(), []),
        (remove_item, [SURE]), (remove_meeting, [SURE]), (remove_case, [SURE]), (remove_study, [SURE]), (add_people, []),
        (restore, []), (undo_old, []),
    ],
    ids=[
        "guest", "expected", "rest", "item", "meeting", "case", "study", "people", "bin", "undo",
    ],
)  # fmt: skip
def test_a_door_asks_once(
    qtbot: QtBot,
    session: Session,
    ledger: Ledger,
    sealed: dict[str, str],
    door: Door,
    asked_before: list[str],
) -> None:
    before = everything(ledger)
    with answering(*asked_before, None):
        door(qtbot, session, sealed)
    assert everything(ledger) == before
    with answering(*asked_before, REASON):
        door(qtbot, session, sealed)
    assert ledger.history()[0].reason == REASON
    assert everything(ledger) != before


def test_the_reason_of_the_deed_before_is_proposed(
    qtbot: QtBot, session: Session, sealed: dict[str, str]
) -> None:
    with answering(REASON, REASON) as asked:
        attendance(qtbot, session, sealed).rebuild()
        attendance(qtbot, session, sealed).mark_rest()
    assert [question.proposed for question in asked if isinstance(question, Question)] == ["", REASON]


def test_the_last_deed_on_what_is_open_is_taken_back_unasked(
    session: Session, ledger: Ledger, office: SmallOffice, sealed: dict[str, str]
) -> None:
    with ledger.action("登记会议") as action:
        action.add(
            Meeting(name="新会", category="专题会", body=office.body.id, starts_at=datetime(2027, 1, 8, 9))
        )
    with answering():
        assert undo(None, ledger) == "登记会议"


def everything(ledger: Ledger) -> set[tuple[str, str]]:
    """Return all live records."""
    return {(kind.id, record.id) for kind in all_kinds() for record in ledger.find(kind.record)}
