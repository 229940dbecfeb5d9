"""年度结转: what goes on, what is sealed, what a correction leaves behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime

import pytest

from models import clock
from models.deeds.year_turn import changed_since, close_year, plan_turn
from models.errors import ClerkError
from models.records.base import Record
from models.records.filing import Submission
from models.records.meeting import AgendaItem, Meeting, Resolution
from models.records.supervision import Case, CaseStep
from models.records.year import REPORT_PARTS, ClosedYear, YearText
from models.store.action import LockedRecord
from models.store.ledger import Ledger
from models.summaries.year_text import part_texts
from tests.fixtures import SmallOffice

NEW_YEAR = datetime(2027, 1, 4, 9)


@pytest.fixture(autouse=True)
def new_year() -> Iterator[None]:
    with clock.held_at(NEW_YEAR):
        yield


@pytest.fixture
def old(ledger: Ledger, office: SmallOffice) -> dict[str, Record]:
    """What 2026 left: a held meeting with a finished and an open resolution, a closed and an open case, a paper."""
    lead = (office.justice.id,)
    with ledger.action("去年的事") as action:
        meeting = action.change(dataclasses.replace(office.meeting, state="召开"))
        held = meeting.id
        return {
            "meeting": meeting,
            "item": action.add(AgendaItem(meeting=held, subject="通报")),
            "done": action.add(Resolution(meeting=held, content="办完", done_on=date(2026, 11, 2))),
            "going": action.add(Resolution(meeting=held, content="在办", due_on=date(2026, 12, 1))),
            "closed": action.add(
                Case(
                    matter="旧案", source="其他", lead_units=lead, opened_on=date(2026, 3, 1), state="办结",
                    closed_on=date(2026, 4, 1), handler="尹素", handler_phone="13800000000",
                )
            ),
            "open": action.add(Case(matter="新案", source="其他", lead_units=lead, opened_on=date(2026, 9, 1))),
            "paper": action.add(
                Submission(item="年度工作总结", unit=lead[0], year=2026, received_on=date(2026, 11, 9))
            ),
        }  # fmt: skip


def test_what_goes_on_is_told(ledger: Ledger, old: dict[str, Record]) -> None:
    turn = plan_turn(ledger, 2026)
    assert (turn.open_cases, turn.open_resolutions) == ((old["open"].id,), (old["going"].id,))
    assert turn.next_number == "督办〔2027〕1号"
    assert {one.name: one.value for one in turn.figures}["meetings"] == 1


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("meeting", {"place": "二楼"}), ("item", {"record": "补记"}), ("done", {"outcome": "好"}),
        ("closed", {"result": "好"}), ("paper", {"subject": "总结"}),
    ],
)  # fmt: skip
def test_what_is_dated_in_it_is_only_corrected(
    ledger: Ledger, old: dict[str, Record], name: str, change: dict[str, object]
) -> None:
    close_year(ledger, 2026)
    changed = dataclasses.replace(old[name], **change)  # type: ignore[arg-type]
    with pytest.raises(ClerkError, match="2026年度已结转"), ledger.action("改") as action:
        action.change(changed)
    with pytest.raises(ClerkError, match="更正"), ledger.action("删") as action:
        action.remove(old[name])
    with ledger.action("更正", reason="记错了") as action:
        action.change(changed)


def test_what_runs_on_is_worked_on(ledger: Ledger, old: dict[str, Record]) -> None:
    close_year(ledger, 2026)
    with ledger.action("新年的事") as action:
        action.change(dataclasses.replace(old["going"], done_on=date(2027, 1, 3)))  # type: ignore[arg-type]
        action.add(CaseStep(matter=old["open"].id, happened_on=date(2027, 1, 4), kind="进展", said="推进"))
        action.add(Submission(item="年度工作总结", body="", unit=old["paper"].unit, year=2026, received_on=date(2027, 1, 4)))  # type: ignore[attr-defined]  # fmt: skip
    assert changed_since(ledger, ledger.find(ClosedYear)[0]) == []


def test_an_entry_for_the_closed_year_needs_its_reason_and_shows(
    ledger: Ledger, old: dict[str, Record]
) -> None:
    closed = close_year(ledger, 2026)
    late = Meeting(
        name="补登", category="专题会", state="召开", body=old["meeting"].body, starts_at=datetime(2026, 12, 30, 9)  # type: ignore[attr-defined]
    )  # fmt: skip
    with pytest.raises(ClerkError, match="更正"), ledger.action("登记") as action:
        action.add(late)
    with ledger.action("补登", reason="漏登") as action:
        action.add(late)
    assert "会议“召开会议”结转时 1，现在 2" in changed_since(ledger, closed)


def test_a_running_year_and_a_closed_one_are_refused(ledger: Ledger, old: dict[str, Record]) -> None:
    with pytest.raises(ClerkError, match="还没有过完"):
        close_year(ledger, 2027)
    close_year(ledger, 2026)
    with pytest.raises(ClerkError, match="已经结转"):
        close_year(ledger, 2026)


def test_the_report_on_it_is_still_written_and_stands_beside_the_next(ledger: Ledger) -> None:
    close_year(ledger, 2026)
    with ledger.action("写") as action:
        text = action.add(YearText(year=2026, part=REPORT_PARTS[0], content="抓实学法。"))
    first = part_texts(ledger, 2027)[0]
    assert (first.before, first.is_blank) == (text.content, True)
    assert ledger.find(YearText, "year = 2027") == []


def test_it_is_opened_again_with_a_reason(ledger: Ledger, old: dict[str, Record]) -> None:
    close_year(ledger, 2026)
    with pytest.raises(LockedRecord):
        ledger.undo()
    with ledger.correcting("点早了"):
        ledger.undo()
    with ledger.action("改") as action:
        action.change(dataclasses.replace(old["paper"], subject="总结"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        ({}, {"adopted": True, "adopted_on": date(2027, 1, 4)}, False),
        ({}, {"adopted": True, "adopted_on": date(2026, 12, 20)}, True),
        ({"adopted": True}, {"adopted_on": date(2027, 1, 4)}, True),
        ({"adopted": True}, {"adopted": False}, True),
        ({"adopted": True, "adopted_on": date(2027, 1, 4)}, {"adopted": False, "adopted_on": None}, False),
    ],
)  # fmt: skip
def test_adopting_asks_only_when_it_changes_the_closed_year(
    ledger: Ledger, old: dict[str, Record], before: dict[str, object], after: dict[str, object], asks: bool
) -> None:
    made = dataclasses.replace(old["paper"], id="", **before)  # type: ignore[arg-type]
    with ledger.action("收件") as action:
        paper = action.add(made)
    closed = close_year(ledger, 2026)
    with pytest.raises(LockedRecord) if asks else nullcontext(), ledger.action("采用") as action:
        action.change(dataclasses.replace(paper, **after))  # type: ignore[arg-type]
    assert changed_since(ledger, closed) == []
