"""Leave, substitutes and rates (S0-18 … S0-20)."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.records.meeting import Attendance
from models.rules.attendance import Rates, attendance_problems, rates
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice

EARLY, LATE = datetime(2026, 10, 12, 16, 20), datetime(2026, 10, 13, 10, 5)


def row(office: SmallOffice, **values: object) -> Attendance:
    base = {
        "meeting": office.meeting.id,
        "unit": office.justice.id,
        "person": office.deputy.id,
        "expected": True,
    }
    return Attendance(**{**base, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"status": "出席"}, []),
        ({"status": "请假", "leave_asked_at": EARLY}, ["warning 未指定替代人"]),
        ({"status": "请假"}, ["warning 没有请假时间", "warning 未指定替代人"]),
        (
            {"status": "请假", "leave_asked_at": LATE},
            ["warning 未提前：请假时间不早于开会时间", "warning 未指定替代人"],
        ),
        ({"status": "代", "leave_asked_at": EARLY, "substitute": "head"}, []),
        ({"status": "代", "leave_asked_at": EARLY}, ["error “代”要填替代人：本单位其他领导"]),
        (
            {"status": "代", "leave_asked_at": EARLY, "substitute": "staff"},
            ["error 尹素（科员）不是本单位领导，替代人应为本单位其他领导"],
        ),
        (
            {"status": "代", "leave_asked_at": EARLY, "substitute": "teacher"},
            ["error 罗屿当天不在本单位任职，替代人应为本单位其他领导"],
        ),
        ({"status": "代", "leave_asked_at": EARLY, "substitute": "deputy"}, ["error 替代人不能是本人"]),
        ({"status": "出席", "substitute": "head"}, ["error 本人出席或未请假，不能另填替代人；改为“代”再填"]),
        ({"status": "缺席", "signed": True}, ["error 已缺席，不会有签到"]),
    ],
)  # fmt: skip
def test_rules_of_one_row(
    ledger: Ledger, office: SmallOffice, values: dict[str, object], told: list[str]
) -> None:
    if "substitute" in values:
        values = {**values, "substitute": getattr(office, str(values["substitute"])).id}
    found = attendance_problems(row(office, **values), ledger)
    assert [f"{problem.level} {problem.message}" for problem in found] == told


def test_nobody_stands_in_twice(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记出席") as action:
        action.add(row(office, status="代", leave_asked_at=EARLY, substitute=office.head.id))
    other = row(office, person=office.staff.id, status="代", leave_asked_at=EARLY, substitute=office.head.id)
    assert [p.message for p in attendance_problems(other, ledger)] == ["陆怀谦已经替代另一位参会，不能再替代"]


def test_who_is_expected_does_not_stand_in(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记出席") as action:
        action.add(row(office, person=office.head.id))
    stand_in = row(office, status="代", leave_asked_at=EARLY, substitute=office.head.id)
    assert [p.message for p in attendance_problems(stand_in, ledger)] == ["陆怀谦本人也应到会，不能替代他人"]


def test_own_and_unit_rate_are_apart(office: SmallOffice) -> None:
    rows = [
        row(office, status="出席"),
        row(office, status="代"),
        row(office, status="请假"),
        row(office, status="缺席"),
        row(office, person="", status=""),
        row(office, expected=False, status="列席"),
    ]
    counted = rates(rows)
    assert counted == Rates(expected=4, present=1, substituted=1, excused=1, absent=1, unmarked=0, guests=1)
    assert (counted.own, counted.unit) == (0.25, 0.5)
    assert rates([]).own is None
