"""The workbench of the small office: each kind of line appears on its day and goes when it is answered."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.deeds.supervision import record_step
from models.records.filing import Submission
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Seat
from models.records.rules import Clause
from models.records.supervision import Case
from models.rules.duties import State
from models.rules.supervision import Entry
from models.store.ledger import Ledger
from models.summaries.desk import Line
from models.summaries.todos import Group
from models.summaries.workbench import Workbench, workbench
from tests.fixtures import SmallOffice


def lines(shown: Workbench) -> list[tuple[str, str, str]]:
    return [(todo.words, todo.subject, todo.who) for todo in shown.todos]


@pytest.fixture
def at_work(ledger: Ledger, office: SmallOffice) -> SmallOffice:
    """The office with two clauses, a resolution due on 10-20, and a vacant post."""
    with clock.held_at(datetime(2026, 1, 5, 9, 0)), ledger.action("登记样例") as action:
        action.add(
            Clause(
                name="每半年召开联席会议", body=office.body.id, answered_by="会议", meeting_category="联席会议", per="半年", valid_from=date(2026, 1, 1),
                position=1,
            )
        )  # fmt: skip
        action.add(
            Clause(
                name="报送年度工作总结", body=office.body.id, owed_by="每个成员单位", answered_by="报送",
                submission_item="年度工作总结", deadline="11-15", position=2, valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        action.add(
            Resolution(
                meeting=office.meeting.id, content="公布清单", lead_units=(office.education.id,), due_on=date(2026, 10, 20)
            )
        )  # fmt: skip
    return office


def hold(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        for person, status in ((office.head, "出席"), (office.deputy, "缺席")):
            row = Attendance(meeting=office.meeting.id, person=person.id, expected=True, status=status)
            action.add(row)


def test_nothing_entered_is_empty(ledger: Ledger) -> None:
    shown = workbench(ledger, date(2026, 10, 1))
    assert shown.empty and shown.todos == () and shown.rules == ()


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-10-02", []),
        ("2026-10-05", [("还有 5 天", "发出“第三季度联席会议”的通知")]),
        ("2026-10-13", [("今天", "登记“第三季度联席会议”的出席情况"), ("还有 7 天", "公布清单")]),
        ("2026-10-22", [("逾期 9 天", "登记“第三季度联席会议”的出席情况"), ("逾期 2 天", "公布清单")]),
    ],
)
def test_lines_come_with_their_days(
    ledger: Ledger, at_work: SmallOffice, on: str, expected: list[tuple[str, str]]
) -> None:
    shown = workbench(ledger, date.fromisoformat(on))
    of_clauses = {todo.subject for todo in shown.todos if todo.kind == "clause"}
    assert [line[:2] for line in lines(shown) if line[1] not in of_clauses] == expected


def test_duties_are_told_one_by_one_and_ruled_together(ledger: Ledger, at_work: SmallOffice) -> None:
    with ledger.action("收到") as action:
        action.add(
            Submission(
                item="年度工作总结", unit=at_work.justice.id, year=2026, received_on=date(2026, 11, 10)
            )
        )  # fmt: skip
    shown = workbench(ledger, date(2026, 11, 18))
    assert ("逾期 3 天", "报送年度工作总结", "县教育局") in lines(shown)
    rule = next(rule for rule in shown.rules if rule.clause.name == "报送年度工作总结")
    assert (rule.done, rule.needed, rule.measure, rule.words) == (1, 2, "家", "1 家逾期")
    assert [proof.on for proof in rule.evidence] == [date(2026, 11, 10)]


def test_a_rule_shows_the_period_that_runs(ledger: Ledger, at_work: SmallOffice) -> None:
    hold(ledger, at_work)
    spring, autumn = (workbench(ledger, date(2026, month, 20)).rules[0] for month in (5, 10))
    assert (spring.period, spring.done, spring.words) == ("上半年", 0, "剩 41 天")
    assert (autumn.period, autumn.done, autumn.words) == ("下半年", 1, "上半年逾期")


def test_a_rule_is_red_while_a_period_before_lacks_something(ledger: Ledger, at_work: SmallOffice) -> None:
    shown = workbench(ledger, date(2027, 1, 6))
    told = {rule.clause.name: (rule.period, rule.state, rule.words) for rule in shown.rules}
    assert told == {
        "每半年召开联席会议": ("上半年", State.OVERDUE, "前 2 期逾期"),
        "报送年度工作总结": ("2027年", State.OVERDUE, "2026年 2 家逾期"),
    }


def test_what_was_done_later_was_still_open_on_the_day(ledger: Ledger, at_work: SmallOffice) -> None:
    item = ledger.find(Resolution)[0]
    with ledger.action("办结") as action:
        action.change(dataclasses.replace(item, done_on=date(2026, 10, 25)))
    told = {on: [todo.words for todo in workbench(ledger, date(2026, 10, on)).todos if todo.kind == "resolution"]
            for on in (22, 25)}  # fmt: skip
    assert told == {22: ["逾期 2 天"], 25: []}


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        ("立项", date(2026, 12, 1), None),
        ("交办", date(2026, 12, 1), ("等待他人", "还有 41 天")),
        ("办理中", None, ("等待他人", "没有时限")),
        ("报结", date(2026, 12, 1), None),
        ("交办", date(2026, 10, 23), ("7 天内", "还有 2 天")),
        ("办理中", date(2026, 10, 20), ("逾期", "逾期 1 天")),
    ],
)
def test_a_case_at_its_unit_is_waited_for(
    ledger: Ledger, office: SmallOffice, state: str, due: date | None, expected: tuple[str, str] | None
) -> None:
    with ledger.action("立项") as action:
        action.add(
            Case(
                matter="公布清单", source="领导批示", lead_units=(office.education.id,), opened_on=date(2026, 9, 1), due_on=due,
                state=state, handler="罗屿", handler_phone="6200123",
            )
        )  # fmt: skip
    found = [todo for todo in workbench(ledger, date(2026, 10, 21)).todos if todo.kind == "case"]
    assert [(todo.group.value, todo.words) for todo in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("as_of", "kind", "expected"),
    [
        (date(2026, 10, 7), "", [("公布清单", "等待他人", "县教育局")]),
        (date(2026, 10, 8), "", [("批复“公布清单”的延期申请", "等待他人", "批准人")]),
        (date(2026, 10, 9), "延期批准", [("公布清单", "等待他人", "县教育局")]),
        (date(2026, 10, 9), "延期不批", [("公布清单", "等待他人", "县教育局")]),
        (
            date(2026, 10, 27),
            "",
            [("公布清单", "7 天内", "县教育局"), ("批复“公布清单”的延期申请", "等待他人", "批准人")],
        ),
    ],
)
def test_an_extension_asked_for_waits_for_its_decision(
    ledger: Ledger, office: SmallOffice, as_of: date, kind: str, expected: list[tuple[str, str, str]]
) -> None:
    with ledger.action("立项") as action:
        case = action.add(
            Case(
                matter="公布清单", source="领导批示", lead_units=(office.education.id,), opened_on=date(2026, 9, 1),
                due_on=date(2026, 10, 30), state="办理中", handler="罗屿", handler_phone="6200123",
            )
        )  # fmt: skip
    until = date(2026, 11, 30)
    record_step(
        ledger, case.id, Entry(kind="延期申请", on=date(2026, 10, 8), said="材料不齐", new_due_on=until)
    )
    if kind:
        record_step(ledger, case.id, Entry(kind=kind, on=date(2026, 10, 9), new_due_on=until))
    found = [todo for todo in workbench(ledger, as_of).todos if todo.kind == "case"]
    assert [(one.subject, one.group.value, one.who) for one in found] == expected


def test_many_cases_at_their_units_stand_in_one_line(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("立项") as action:
        cases = [
            action.add(
                Case(
                    matter=f"事项{number}", source="领导批示", lead_units=((office.justice if number % 2 else office.education).id,),
                    opened_on=date(2026, 9, 1), due_on=date(2026, 12, number), state="交办",
                )
            )
            for number in range(1, 7)
        ]  # fmt: skip
    (line,) = (todo for todo in workbench(ledger, date(2026, 10, 14)).todos if todo.kind == "case")
    assert (line.subject, line.who, line.due) == (
        "督办事项在承办单位办理",
        "县司法局等 2 家",
        date(2026, 12, 1),
    )
    assert {record.id for record in line.records} == {case.id for case in cases}
    assert workbench(ledger, date(2026, 10, 14)).count(Group.WAITING, line=Line.CASES) == 6


def test_papers_of_units_are_waited_for_in_their_last_month(ledger: Ledger, at_work: SmallOffice) -> None:
    """What is owed by 11-15: told from 10-16 on, within a week as due, of the unit that has not sent it."""
    groups = {
        on: [todo.group.value for todo in workbench(ledger, date.fromisoformat(on)).todos if todo.line is Line.FILING]
        for on in ("2026-10-15", "2026-10-16", "2026-11-08", "2026-11-15")
    }  # fmt: skip
    assert groups == {
        "2026-10-15": [], "2026-10-16": ["等待他人"] * 2, "2026-11-08": ["7 天内"] * 2, "2026-11-15": ["今天"] * 2,
    }  # fmt: skip


def test_a_draft_waits_for_its_signature(ledger: Ledger, at_work: SmallOffice) -> None:
    drafted = dataclasses.replace(
        at_work.meeting, state="纪要拟稿", drafted_on=date(2026, 10, 14), signer="陆怀谦"
    )
    with ledger.action("拟稿") as action:
        action.change(drafted)

    def of_meetings() -> list[tuple[str, str, str]]:
        shown = workbench(ledger, date(2026, 10, 15)).todos
        return [(todo.group.value, todo.subject, todo.who) for todo in shown if todo.kind == "meeting"]

    assert of_meetings() == [("等待他人", "等“第三季度联席会议”的纪要签发", "陆怀谦")]
    with ledger.action("签发") as action:
        action.change(dataclasses.replace(drafted, state="签发", signed_on=date(2026, 10, 15)))
    assert of_meetings() == []
    shown = workbench(ledger, date(2026, 10, 16)).todos
    assert "印发“第三季度联席会议”的纪要" in [todo.subject for todo in shown]


def test_a_post_that_a_seat_names_falls_vacant(ledger: Ledger, office: SmallOffice) -> None:
    post = next(post for post in ledger.find(Appointment) if post.person == office.teacher.id)
    with ledger.action("免职") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 9, 19)))
        action.add(Seat(body=office.body.id, role="成员", unit=office.education.id, post="分管负责人"))
    before, after = (workbench(ledger, date(2026, *day)) for day in ((9, 19), (10, 1)))
    assert before.count(Group.VACANT) == 0
    vacant = [todo for todo in after.todos if todo.group is Group.VACANT]
    assert [(todo.words, todo.who, todo.due) for todo in vacant] == [("空缺 12 天", "县教育局", None)]


TOLD = date(2026, 10, 11)


def test_coming_meetings_say_what_is_missing(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        for number, told, state in ((20, None, "计划"), (21, TOLD, "通知"), (22, TOLD, "计划")):
            action.add(
                Meeting(
                    name=f"会{number}", category="成员单位会议", body=office.body.id, notified_on=told, state=state,
                    starts_at=datetime(2026, 10, number, 9, 0),
                )
            )  # fmt: skip
    shown = workbench(ledger, date(2026, 10, 14))
    assert [(meeting.name, meeting.state) for meeting in shown.meetings] == [
        ("会20", "待发通知"),
        ("会21", "缺会前报告"),
        ("会22", "待发通知"),  # put off after the notice: the new date is not told yet
    ]


def test_a_limit_that_passed_before_the_clause_was_entered_is_not_called_for(
    ledger: Ledger, at_work: SmallOffice
) -> None:
    old = ledger.find(Clause, "per = '半年'")[0]
    with clock.held_at(datetime(2026, 10, 20, 9, 0)), ledger.action("登记旧文件") as action:
        action.add(dataclasses.replace(old, id="", name="旧文件的要求", valid_from=date(2008, 1, 1)))
    shown = workbench(ledger, date(2026, 10, 21))
    assert "旧文件的要求" not in [todo.subject for todo in shown.todos]
    assert "每半年召开联席会议" in [todo.subject for todo in shown.todos]
    later = workbench(ledger, date(2027, 1, 10))
    assert "旧文件的要求" in [todo.subject for todo in later.todos]


def test_what_is_owed_each_time_is_told_by_what_is_open(ledger: Ledger, office: SmallOffice) -> None:
    with clock.held_at(datetime(2026, 1, 5)), ledger.action("登记") as action:
        action.add(
            Clause(
                name="纪要十日内印发", body=office.body.id, answered_by="纪要印发", meeting_category="联席会议", per="每次",
                within_days=10, valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        for number in (1, 2):
            action.add(
                dataclasses.replace(
                    office.meeting,
                    id="",
                    name=f"会{number}",
                    state="召开",
                    starts_at=datetime(2026, 9, number, 9),
                )
            )

    def told(on: date) -> list[tuple[str, str, str]]:
        return [(rule.period, rule.figures, rule.words) for rule in workbench(ledger, on).rules]

    assert told(date(2026, 8, 1)) == [("每次", "没有未办", "已齐")]
    assert told(date(2026, 9, 3)) == [("每次", "2 件未办", "正常")]
    assert told(date(2026, 9, 12)) == [("每次", "2 件未办", "1 件逾期")]
    with ledger.action("印发") as action:
        for meeting in ledger.find(Meeting, "name LIKE '会%'"):
            action.change(dataclasses.replace(meeting, state="印发", issued_on=date(2026, 9, 12)))
    assert told(date(2026, 9, 13)) == [("每次", "没有未办", "已齐")]
