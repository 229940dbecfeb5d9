"""Back after days away: what passed its limit, what was held, what others entered; weekends are no absence."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models import clock
from models.deeds.presence import come_in, put_away
from models.records.meeting import Resolution
from models.records.organisation import Person
from models.records.rules import Holiday
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.absence import Absence, missed_days, presence_of
from models.summaries.workbench import workbench
from tests.fixtures import SmallOffice

CLERK = "苏映川"


def back(ledger: Ledger, on: date) -> Absence | None:
    come_in(ledger, on)
    return workbench(ledger, on, ledger.clerk).absence


@pytest.mark.parametrize(
    ("last", "today", "days"),
    [
        ("2026-11-19", "2026-11-20", 0),
        ("2026-11-20", "2026-11-23", 0),  # Friday to Monday
        ("2026-11-19", "2026-11-23", 1),
        ("2026-11-19", "2026-11-22", 1),  # back on a Sunday
        ("2026-09-30", "2026-10-08", 0),  # the national holiday
        ("2026-11-09", "2026-11-23", 9),
    ],
)
def test_only_working_days_are_missed(ledger: Ledger, last: str, today: str, days: int) -> None:
    assert len(missed_days(ledger, date.fromisoformat(last), date.fromisoformat(today))) == days


def test_the_offices_own_holidays_are_no_absence(ledger: Ledger) -> None:
    with ledger.action("节假日") as action:
        action.add(Holiday(observed_on=date(2026, 11, 20), name="县庆", mark="休"))
        action.add(Holiday(observed_on=date(2026, 11, 21), name="县庆调休", mark="班"))
    assert missed_days(ledger, date(2026, 11, 19), date(2026, 11, 23)) == [date(2026, 11, 21)]


@pytest.fixture
def left(ledger: Ledger, office: SmallOffice) -> SmallOffice:
    """The clerk was there on Monday 10-12, then not until Monday 10-19; two limits on 10-14, one kept."""
    with clock.held_at(datetime(2026, 10, 12, 17)), ledger.action("登记") as action:
        for content, done in (("公布清单", None), ("报送名单", date(2026, 10, 13))):
            action.add(
                Resolution(
                    meeting=office.meeting.id, content=content, lead_units=(office.education.id,), due_on=date(2026, 10, 14),
                    done_on=done,
                )
            )  # fmt: skip
        for matter, due, closed in (("早逾期", 9, None), ("刚办结", 15, 14), ("今天到期", 19, None)):
            action.add(
                Case(
                    matter=matter, source="领导批示", lead_units=(office.justice.id,), opened_on=date(2026, 9, 1),
                    due_on=date(2026, 10, due), closed_on=date(2026, 10, closed) if closed else None,
                )
            )  # fmt: skip
    come_in(ledger, date(2026, 10, 12))
    return office


def test_what_happened_in_between(ledger: Ledger, left: SmallOffice) -> None:
    found = back(ledger, date(2026, 10, 19))
    assert found is not None
    assert (found.first, found.last, found.days) == (date(2026, 10, 13), date(2026, 10, 16), 4)
    step = "登记“第三季度联席会议”的出席情况"
    assert {record.headline for record in found.overdue} == {"公布清单", step}
    assert {record.headline for record in found.due} == {"公布清单", "报送名单", "刚办结", step}
    assert [(record.kind, record.id, record.words) for record in found.held] == [
        ("meeting", left.meeting.id, "未登记召开")
    ]
    assert found.entered == ()


def test_what_others_entered_opens_what_they_touched(ledger: Ledger, left: SmallOffice) -> None:
    ledger.clerk = "范柏舟"
    with clock.held_at(datetime(2026, 10, 14, 9)):
        with ledger.action("登记人员「叶雨桐」") as action:
            person = action.add(Person(name="叶雨桐"))
        with ledger.action("登记错了") as action:
            action.add(Person(name="错"))
        ledger.undo()
    ledger.clerk = CLERK
    found = back(ledger, date(2026, 10, 19))
    assert found is not None
    assert [(one.kind, one.id, one.headline, one.words) for one in found.entered] == [
        ("person", person.id, "登记人员「叶雨桐」", "范柏舟")
    ]


def test_each_clerk_has_an_absence_of_their_own(ledger: Ledger, left: SmallOffice) -> None:
    come_in(ledger, date(2026, 10, 16))
    assert back(ledger, date(2026, 10, 19)) is None
    ledger.clerk = "范柏舟"
    assert back(ledger, date(2026, 10, 19)) is None  # never there before: nothing to catch up with


def test_the_first_time_the_history_says_when(ledger: Ledger, office: SmallOffice) -> None:
    with clock.held_at(datetime(2026, 10, 12, 17)), ledger.action("登记") as action:
        action.add(Person(name="叶雨桐"))
    found = back(ledger, date(2026, 10, 16))
    assert found is not None and found.days == 3


def test_it_stays_the_same_day_and_is_put_away(ledger: Ledger, left: SmallOffice) -> None:
    first = back(ledger, date(2026, 10, 19))
    assert first is not None and back(ledger, date(2026, 10, 19)) == first
    put_away(ledger, away=True)
    assert presence_of(ledger, CLERK).put_away and back(ledger, date(2026, 10, 19)) == first
    assert back(ledger, date(2026, 10, 20)) is None and not presence_of(ledger, CLERK).put_away
