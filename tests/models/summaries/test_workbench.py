"""The workbench of the small office: each kind of line appears on its day and goes when it is answered."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Seat
from models.records.rules import Clause, Submission
from models.store.ledger import Ledger
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
    assert (autumn.period, autumn.done, autumn.words) == ("下半年", 1, "已完成")


def test_what_was_done_later_was_still_open_on_the_day(ledger: Ledger, at_work: SmallOffice) -> None:
    item = ledger.find(Resolution)[0]
    with ledger.action("办结") as action:
        action.change(dataclasses.replace(item, done_on=date(2026, 10, 25)))
    open_on = {on: workbench(ledger, date(2026, 10, on)).resolutions for on in (22, 25)}
    assert (open_on[22].overdue, open_on[22].late_units[0].longest) == (1, 2)
    assert (open_on[25].overdue, open_on[25].done) == (0, 1)


def test_a_post_that_a_seat_names_falls_vacant(ledger: Ledger, office: SmallOffice) -> None:
    post = next(post for post in ledger.find(Appointment) if post.person == office.teacher.id)
    with ledger.action("免职") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 9, 19)))
        action.add(Seat(body=office.body.id, role="成员", unit=office.education.id, post="分管负责人"))
    before, after = (workbench(ledger, date(2026, *day)) for day in ((9, 19), (10, 1)))
    assert before.count(Group.VACANT) == 0
    vacant = [todo for todo in after.todos if todo.group is Group.VACANT]
    assert [(todo.words, todo.who, todo.due) for todo in vacant] == [("空缺 12 天", "县教育局", None)]


def test_rates_are_by_month(ledger: Ledger, office: SmallOffice) -> None:
    hold(ledger, office)
    assert workbench(ledger, date(2026, 10, 12)).months == ()
    months = workbench(ledger, date(2026, 11, 2)).months
    assert [(month.label, month.own, month.unit) for month in months] == [("10月", 0.5, 0.5)]


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
