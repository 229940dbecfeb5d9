"""Deeds on cases: one action each, undone as one; the resolution and the next meeting know what became of it."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.deeds.meeting import take_step
from models.deeds.supervision import FOLLOW_UP, case_from_resolution, record_step, write_follow_up
from models.errors import ClerkError, InvalidRecord
from models.records.meeting import AgendaItem, Meeting, Resolution
from models.records.supervision import Case, CaseStep
from models.rules.supervision import Entry
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice

TODAY = datetime(2026, 10, 20, 9, 0)


@pytest.fixture(autouse=True)
def _today() -> object:
    with clock.held_at(TODAY):
        yield


def resolution(ledger: Ledger, office: SmallOffice, **values: object) -> Resolution:
    shape = {
        "content": "印发任务清单",
        "lead_units": (office.education.id,),
        "due_on": date(2026, 11, 30),
        **values,
    }
    with ledger.action("登记议定事项") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        return action.add(Resolution(meeting=office.meeting.id, position=1, **shape))  # type: ignore[arg-type]


def run(ledger: Ledger, case: Case, *kinds: str) -> Case:
    for kind in kinds:
        extra = {"handler": "罗屿", "phone": "6200123"} if kind == "签收" else {}
        said = "清单已印发" if kind == "报结" else "x"
        record_step(ledger, case.id, Entry(kind=kind, on=TODAY.date(), said=said, **extra))
    stored = ledger.get(Case, case.id)
    assert stored is not None
    return stored


def test_a_resolution_becomes_a_case_and_its_closing_answers_it(ledger: Ledger, office: SmallOffice) -> None:
    asked = resolution(ledger, office)
    case = case_from_resolution(ledger, asked.id)
    assert (case.number, case.matter, case.source, case.basis) == (
        "督办〔2026〕1号", "印发任务清单", "重要会议", office.meeting.name,
    )  # fmt: skip
    assert (case.lead_units, case.due_on, case.opened_on) == (asked.lead_units, asked.due_on, TODAY.date())
    run(ledger, case, "交办", "签收", "进展", "报结", "审核", "办结")
    answered = ledger.get(Resolution, asked.id)
    assert answered and (answered.done_on, answered.outcome) == (TODAY.date(), "x")
    ledger.undo()
    again = ledger.get(Resolution, asked.id)
    assert again == asked or (again and again.done_on is None and again.outcome == "")
    assert (ledger.get(Case, case.id) or case).state == "审核"
    assert [step.kind for step in ledger.find(CaseStep)][-1:] != ["办结"]


def test_minutes_that_are_issued_do_not_stop_the_answer(ledger: Ledger, office: SmallOffice) -> None:
    asked = resolution(ledger, office)
    meeting = ledger.get(Meeting, office.meeting.id)
    assert meeting
    take_step(ledger, meeting, "印发", TODAY.date())
    case = case_from_resolution(ledger, asked.id)
    run(ledger, case, "交办", "签收", "进展", "报结", "审核", "办结")
    answered = ledger.get(Resolution, asked.id)
    assert answered and answered.done_on == TODAY.date()


@pytest.mark.parametrize(
    ("values", "words"), [({"lead_units": (), "due_on": None}, "牵头单位"), ({}, "已经转为")]
)
def test_what_is_not_turned_into_a_case(
    ledger: Ledger, office: SmallOffice, values: dict[str, object], words: str
) -> None:
    asked = resolution(ledger, office, **values)
    if not values:
        case_from_resolution(ledger, asked.id)
    with pytest.raises(ClerkError, match=words):
        case_from_resolution(ledger, asked.id)


def test_a_resolution_past_its_limit_keeps_it(ledger: Ledger, office: SmallOffice) -> None:
    asked = resolution(ledger, office, due_on=date(2026, 10, 15))
    case = case_from_resolution(ledger, asked.id)
    assert (case.opened_on, case.due_on) == (date(2026, 10, 13), date(2026, 10, 15))


def test_each_step_is_undone_alone(ledger: Ledger, office: SmallOffice) -> None:
    case = case_from_resolution(ledger, resolution(ledger, office).id)
    run(ledger, case, "交办", "催办")
    assert ledger.history()[0].sentence == "督办「印发任务清单」第1次催办"
    ledger.undo()
    assert [step.kind for step in ledger.find(CaseStep)] == ["交办"]
    ledger.undo()
    assert (ledger.get(Case, case.id) or case).state == "立项" and ledger.find(CaseStep) == []


def test_the_future_is_not_written_down(ledger: Ledger, office: SmallOffice) -> None:
    case = case_from_resolution(ledger, resolution(ledger, office).id)
    with pytest.raises(ClerkError, match="还没有到"):
        record_step(ledger, case.id, Entry(kind="交办", on=date(2026, 10, 21)))


def test_marks_of_secrets_stop_a_step(ledger: Ledger, office: SmallOffice) -> None:
    case = case_from_resolution(ledger, resolution(ledger, office).id)
    with pytest.raises(InvalidRecord, match="国家秘密"):
        record_step(ledger, case.id, Entry(kind="交办", on=TODAY.date(), said="按秘密★10年文件办理"))
    assert ledger.find(CaseStep) == [] and (ledger.get(Case, case.id) or case).state == "立项"


def test_the_next_meeting_hears_what_became_of_the_last(ledger: Ledger, office: SmallOffice) -> None:
    done, late = (
        resolution(ledger, office),
        resolution(ledger, office, content="公示清单", due_on=date(2026, 10, 18)),
    )
    run(ledger, case_from_resolution(ledger, done.id), "交办", "签收", "进展", "报结", "审核", "办结")
    with ledger.action("下次会议") as action:
        following = action.add(
            Meeting(
                name="第四季度联席会议",
                category="联席会议",
                body=office.body.id,
                starts_at=datetime(2026, 12, 8, 9),
            )
        )
        action.add(AgendaItem(meeting=following.id, position=1, subject="研究工作"))
    item = write_follow_up(ledger, following)
    assert item.record.split("\n") == [
        "第三季度联席会议议定事项2项，已办结1项，未办结1项。",
        "1.印发任务清单（县教育局）：已于10月20日办结。",
        "x",
        "2.公示清单（县教育局）：尚未办结，逾期 2 天。",
    ]
    assert [(one.position, one.subject) for one in ledger.find(AgendaItem)] == [
        (1, FOLLOW_UP),
        (2, "研究工作"),
    ]
    case_from_resolution(ledger, late.id)
    assert "2.公示清单（县教育局）：立项，逾期 2 天。" in write_follow_up(ledger, following).record
    assert len(ledger.find(AgendaItem)) == 2


def test_without_an_earlier_meeting_there_is_nothing_to_hear(ledger: Ledger, office: SmallOffice) -> None:
    with pytest.raises(ClerkError, match="不用通报"):
        write_follow_up(ledger, office.meeting)


LATER = date(2026, 12, 20)


def extended(ledger: Ledger, office: SmallOffice) -> Case:
    case = case_from_resolution(ledger, resolution(ledger, office).id)
    run(ledger, case, "交办", "签收", "进展", "催办")
    for kind in ("延期申请", "延期批准"):
        record_step(ledger, case.id, Entry(kind=kind, on=TODAY.date(), said="x", new_due_on=LATER))
    return ledger.get(Case, case.id)  # type: ignore[return-value]


def test_the_limit_of_a_case_given_out_moves_by_extension_only(ledger: Ledger, office: SmallOffice) -> None:
    case = case_from_resolution(ledger, resolution(ledger, office).id)
    with ledger.action("改时限") as action:
        case = action.change(dataclasses.replace(case, due_on=date(2026, 11, 29)))
    run(ledger, case, "交办")
    for due_on in (LATER, date(2026, 11, 1), None):
        with pytest.raises(InvalidRecord, match="只能通过延期更改"), ledger.action("改时限") as action:
            action.change(dataclasses.replace(ledger.get(Case, case.id), due_on=due_on))  # type: ignore[type-var]
    run(ledger, case, "签收")
    for kind in ("延期申请", "延期批准"):
        record_step(ledger, case.id, Entry(kind=kind, on=TODAY.date(), said="x", new_due_on=LATER))
    assert ledger.get(Case, case.id).due_on == LATER  # type: ignore[union-attr]
    ledger.undo()
    assert ledger.get(Case, case.id).due_on == date(2026, 11, 29)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("延期批准", {"new_due_on": date(2027, 1, 1)}), ("延期批准", {"kind": "进展"}), ("延期批准", None),
        ("签收", {"happened_on": date(2026, 10, 21)}), ("交办", None), ("进展", None), ("催办", {"kind": "办结"}),
    ],
)  # fmt: skip
def test_a_step_the_case_stands_on_is_not_changed_alone(
    ledger: Ledger, office: SmallOffice, kind: str, change: dict[str, object] | None
) -> None:
    case = extended(ledger, office)
    (step,) = ledger.find(CaseStep, "matter = ? AND kind = ?", (case.id, kind))
    with pytest.raises(ClerkError, match="不能单独"), ledger.action("改") as action:
        action.change(dataclasses.replace(step, **change)) if change else action.remove(step)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "change"), [("延期批准", {"said": "同意"}), ("催办", {"said": "催"}), ("催办", None)]
)
def test_what_is_only_told_is_corrected_and_deleted(
    ledger: Ledger, office: SmallOffice, kind: str, change: dict[str, object] | None
) -> None:
    case = extended(ledger, office)
    (step,) = ledger.find(CaseStep, "matter = ? AND kind = ?", (case.id, kind))
    with ledger.action("改") as action:
        action.change(dataclasses.replace(step, **change)) if change else action.remove(step)  # type: ignore[arg-type]
    ledger.undo()
    with ledger.action("删") as action:
        action.remove(case)
    assert ledger.find(CaseStep) == []
