"""After the minutes are issued and the year is closed: what goes on unasked, and what only a 更正 may do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from models import clock
from models.deeds.attendance import add_guest, build_expected, mark_rest_present, save_row
from models.deeds.filing import Kept, detach, put_to
from models.deeds.meeting import call_off, put_off, take_step
from models.deeds.recycle_bin import binned_deeds, restore_from_bin
from models.deeds.study import add_people
from models.deeds.supervision import case_from_resolution, record_step
from models.deeds.templates import fill_agenda
from models.deeds.year_turn import changed_since, close_year
from models.records.base import Record
from models.records.filing import Submission
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.rules import Clause, Waiver
from models.records.study import StudySession
from models.records.supervision import Case, CaseStep
from models.rules.supervision import Entry
from models.store.action import LockedRecord
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice

NEW_YEAR = datetime(2027, 1, 10, 9)
TODAY = NEW_YEAR.date()
LAST_DAY = date(2026, 12, 30)
Old = dict[str, Any]
Deed = Callable[[Ledger, Old], object]


@pytest.fixture(autouse=True)
def new_year() -> Iterator[None]:
    with clock.held_at(NEW_YEAR):
        yield


@pytest.fixture
def old(ledger: Ledger, office: SmallOffice) -> Old:
    """What closed 2026 left: meetings issued, held, planned; cases finished and open; a paper; the numbers of deeds."""
    lead, handler = (office.justice.id,), {"handler": "尹素", "handler_phone": "13800000000"}

    def meeting(name: str, **more: Any) -> Meeting:
        return Meeting(
            name=name, category="专题会", body=office.body.id, starts_at=datetime(2026, 12, 28, 9), **more
        )

    with ledger.action("去年的事") as action:
        made: Old = {
            "issued": action.add(meeting("印发了的", state="召开")),
            "held": action.add(meeting("开过的", state="召开")),
            "planned": action.add(meeting("没开的", state="通知")),
            "session": action.add(
                StudySession(
                    subject="宪法", category="集体学法", unit=lead[0], starts_at=datetime(2026, 5, 8, 9)
                )
            ),
            "closed": action.add(
                Case(matter="办结的", source="其他", lead_units=lead, opened_on=date(2026, 3, 1), state="办结",
                     closed_on=date(2026, 12, 20), **handler)
            ),
            "open": action.add(
                Case(matter="在办的", source="其他", lead_units=lead, opened_on=date(2026, 9, 1), state="办理中",
                     due_on=date(2026, 12, 1), **handler)
            ),
            "drafted": action.add(
                Case(matter="立项的", source="其他", lead_units=lead, opened_on=date(2026, 9, 1), due_on=date(2026, 12, 1))
            ),
            "paper": action.add(
                Submission(item="年度工作总结", unit=lead[0], year=2026, received_on=date(2026, 12, 9))
            ),
            "clause": action.add(Clause(name="总结", answered_by="报送", submission_item="年度工作总结")),
            "head": office.head,
        }  # fmt: skip
        held = made["held"].id
        made["going"] = action.add(Resolution(meeting=held, content="在办", lead_units=lead))
        made["overdue"] = action.add(
            Resolution(meeting=held, content="逾期", lead_units=lead, due_on=date(2026, 12, 29))
        )
        made["item"] = action.add(AgendaItem(meeting=made["issued"].id, subject="通报"))
        made["row"] = action.add(Attendance(meeting=made["issued"].id, person=office.head.id, status="缺席"))
    go_on(ledger, made, lead)
    with ledger.action("今年的事") as action:
        made["new"] = action.add(Submission(item="其他", unit=lead[0], year=2027, received_on=TODAY))
    made["seal"] = close_year(ledger, 2026)
    return made


def go_on(ledger: Ledger, made: Old, lead: tuple[int, ...]) -> None:
    """Do what leaves deeds to undo, a deleted paper, a file and issued minutes; keep the numbers of the deeds."""
    with ledger.action("收到") as action:
        made["entered"] = action.add(
            Submission(item="工作动态", unit=lead[0], year=2026, received_on=date(2026, 12, 9))
        )
    made["entering"] = ledger.undoable()[0].seq
    with ledger.action("改出席") as action:
        made["row"] = action.change(dataclasses.replace(made["row"], status="出席"))
    made["marking"] = ledger.undoable()[0].seq
    with ledger.action("删") as action:
        action.remove(
            action.add(Submission(item="其他", unit=lead[0], year=2026, received_on=date(2026, 5, 9)))
        )
    made["file"] = put_to(ledger, made["issued"], [Kept("照片.png", 3, "ab" * 32)])[0]
    made["issued"] = take_step(ledger, made["issued"], "印发", date(2026, 12, 29))
    made["issuing"] = ledger.undoable()[0].seq


def change(name: str, **to: Any) -> Deed:
    def deed(ledger: Ledger, old: Old) -> None:
        with ledger.action("改") as action:
            action.change(dataclasses.replace(old[name], **to))

    return deed


def remove(name: str) -> Deed:
    def deed(ledger: Ledger, old: Old) -> None:
        with ledger.action("删") as action:
            action.remove(old[name])

    return deed


def add(make: Callable[[Old], Record]) -> Deed:
    def deed(ledger: Ledger, old: Old) -> None:
        with ledger.action("登记") as action:
            action.add(make(old))

    return deed


def step(name: str, *kinds: str, **more: Any) -> Deed:
    def deed(ledger: Ledger, old: Old) -> None:
        for kind in kinds:
            record_step(ledger, old[name].id, Entry(**{"kind": kind, "on": TODAY, "said": "说明", **more}))

    return deed


GOES_ON: dict[str, Deed] = {
    "feedback and write-off": step("closed", "反馈", "销号"),
    "an extension": lambda ledger, old: (
        step("open", "延期申请", new_due_on=date(2027, 3, 1))(ledger, old), step("open", "延期批准")(ledger, old),
    ),
    "finishing a case": step("open", "报结", "审核", "办结"),
    "filing away": lambda ledger, old: take_step(ledger, old["issued"], "归档", TODAY),
    "a report after": change("issued", report_after=TODAY),
    "a resolution done": change("going", done_on=TODAY),
    "a case from it": lambda ledger, old: case_from_resolution(ledger, old["going"].id),
    "a paper returned": change("paper", returned_on=TODAY),
    "a meeting called off": lambda ledger, old: call_off(ledger, old["planned"], TODAY),
    "a meeting put off": lambda ledger, old: put_off(ledger, old["planned"], datetime(2027, 2, 1, 9)),
    "a planned meeting deleted": remove("planned"),
    "a paper of this year": remove("new"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOES_ON)
def test_the_normal_life_goes_on_unasked_and_is_taken_back_unasked(
    ledger: Ledger, old: Old, name: str
) -> None:
    last = ledger.undoable()[0].seq
    GOES_ON[name](ledger, old)
    deeds = [entry for entry in ledger.undoable() if entry.seq > last]
    assert deeds
    assert changed_since(ledger, old["seal"]) == []
    for entry in deeds:
        ledger.undo(entry.seq)


def test_papers_are_put_to_issued_minutes_and_stay(ledger: Ledger, old: Old) -> None:
    put_to(ledger, old["issued"], [Kept("盖章.pdf", 3, "cd" * 32)])
    with pytest.raises(LockedRecord):
        ledger.undo()


def test_the_minutes_of_december_are_written_in_january(ledger: Ledger, old: Old) -> None:
    with ledger.action("写纪要") as action:
        meeting = action.change(dataclasses.replace(old["held"], minutes_text="纪要", signer="陆怀谦"))
    for kind in ("纪要拟稿", "签发", "印发", "归档"):
        meeting = take_step(ledger, meeting, kind, TODAY)
    ledger.undo()
    with pytest.raises(LockedRecord, match="会议纪要已印发"):
        ledger.undo()


ONLY_CORRECTED: dict[str, Deed] = {
    # issued minutes
    "a guest": lambda ledger, old: add_guest(
        ledger, old["issued"], name="邱岚", person="", unit="", duty="", status="列席"
    ),
    "the expected": lambda ledger, old: build_expected(ledger, old["issued"]),
    "the rest present": lambda ledger, old: mark_rest_present(ledger, old["issued"]),
    "a mark": lambda ledger, old: save_row(
        ledger, old["issued"], dataclasses.replace(old["row"], status="请假")
    ),
    "the place": change("issued", place="二楼"),
    "an item": remove("item"),
    "a file taken away": lambda ledger, old: detach(ledger, old["file"]),
    "the template agenda": lambda ledger, old: fill_agenda(ledger, old["held"]),
    "undo of the issue": lambda ledger, old: ledger.undo(old["issuing"]),
    "undo of a mark": lambda ledger, old: ledger.undo(old["marking"]),
    # the closed year
    "a paper": remove("paper"),
    "its title": change("paper", subject="总结"),
    "returned in the year": change("paper", returned_on=LAST_DAY),
    "moved into the year": change("new", received_on=LAST_DAY),
    "moved out of it": change("paper", received_on=TODAY),
    "entered late": add(
        lambda old: Submission(item="其他", unit=old["paper"].unit, year=2026, received_on=LAST_DAY)
    ),
    "undo of an entry": lambda ledger, old: ledger.undo(old["entering"]),
    "from the bin": lambda ledger, old: restore_from_bin(ledger, binned_deeds(ledger)[0].records, "恢复"),
    "a waiver": add(lambda old: Waiver(clause=old["clause"].id, year=2026, reason="理由")),
    "one more resolution": add(lambda old: Resolution(meeting=old["held"].id, content="补一项")),
    "a resolution taken away": remove("going"),
    "the limit of one overdue": change("overdue", due_on=date(2027, 3, 1)),
    "the limit of a case overdue": change("drafted", due_on=date(2027, 3, 1)),
    "done in the year": change("going", done_on=LAST_DAY),
    "an open case deleted": remove("open"),
    "an open case begun earlier": change("open", opened_on=date(2025, 9, 1)),
    "a case finished in the year": change("open", state="办结", closed_on=LAST_DAY),
    "a finished case opened again": change("closed", state="办理中", closed_on=None),
    "a step of the year": add(lambda old: CaseStep(matter=old["open"].id, happened_on=LAST_DAY, kind="催办")),
    "a meeting held after all": lambda ledger, old: take_step(ledger, old["planned"], "召开", TODAY),
    "people of a session": lambda ledger, old: add_people(ledger, old["session"], [(old["head"].id, "")]),
    "opening it again": lambda ledger, old: ledger.undo(),
}


@pytest.mark.parametrize("name", ONLY_CORRECTED)
def test_what_is_locked_asks_and_then_works(ledger: Ledger, old: Old, name: str) -> None:
    entries = len(ledger.history())
    with pytest.raises(LockedRecord, match="更正"):
        ONLY_CORRECTED[name](ledger, old)
    assert len(ledger.history()) == entries
    with ledger.correcting("登记有误"):
        ONLY_CORRECTED[name](ledger, old)
    assert ledger.history()[0].reason == "登记有误"
    assert len(ledger.history()) > entries
