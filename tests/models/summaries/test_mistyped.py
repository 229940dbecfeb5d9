"""A meeting of the right body in the right period under another type is pointed out, any other is not."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.records.meeting import AgendaItem, Meeting
from models.records.organisation import Body
from models.records.rules import Clause
from models.rules.duties import Obligation
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.mistyped import mistyped_meetings
from models.summaries.obligations import obligations
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 7, 10)
TYPE, TOPIC = "成员单位会议", "研究部署"


@pytest.fixture
def clause(ledger: Ledger, office: SmallOffice) -> Clause:
    """Each half-year a regular meeting of members with one topic."""
    with clock.held_at(LONG_AGO), ledger.action("登记条款") as action:
        return action.add(
            Clause(
                name="每半年召开成员单位会议", body=office.body.id, owed_by="本机构", answered_by="会议",
                meeting_category=TYPE, content_class=TOPIC, regular_only=True, per="半年",
                valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip


def hold(ledger: Ledger, office: SmallOffice, *, topic: str = TOPIC, **fields: object) -> None:
    meeting = Meeting(
        name="六月会议",
        category="专题会",
        nature="定期",
        body=office.body.id,
        starts_at=datetime(2026, 6, 3, 9),
        state="召开",
    )
    with ledger.action("登记会议") as action:
        held = action.add(dataclasses.replace(meeting, **fields))  # type: ignore[arg-type]
        action.add(AgendaItem(meeting=held.id, position=1, subject="议题", content_class=topic))


def pointed_out(ledger: Ledger, as_of: date = AS_OF) -> list[list[str]]:
    """What is pointed out for the first and the second half of the year."""

    def half(item: Obligation) -> list[str]:
        return [held.headline for held in mistyped_meetings(ledger, item, as_of)]

    return [half(item) for item in obligations(ledger, as_of, 2026)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, True),
        ({"category": TYPE}, False),
        ({"topic": "听取汇报"}, False),
        ({"nature": "临时"}, False),
        ({"state": "通知"}, False),
        ({"starts_at": datetime(2026, 7, 3, 9)}, False),
    ],
)
def test_what_answers_all_but_the_type_is_pointed_out(
    ledger: Ledger, office: SmallOffice, clause: Clause, fields: dict[str, str], told: bool
) -> None:
    hold(ledger, office, **fields)
    assert pointed_out(ledger) == [["六月会议"] if told else [], []]


def test_a_meeting_of_another_body_is_not(ledger: Ledger, office: SmallOffice, clause: Clause) -> None:
    with ledger.action("登记机构") as action:
        other = action.add(Body(name="澜溪县普法小组", category="协调小组"))
    hold(ledger, office, body=other.id)
    assert pointed_out(ledger)[0] == []


def test_an_irregular_meeting_is_pointed_out_where_they_count(
    ledger: Ledger, office: SmallOffice, clause: Clause
) -> None:
    save_settings(ledger, OfficeSettings(irregular_counts=True))
    hold(ledger, office, nature="临时")
    assert pointed_out(ledger)[0] == ["六月会议"]


def test_nothing_is_pointed_out_while_nothing_is_missing(
    ledger: Ledger, office: SmallOffice, clause: Clause
) -> None:
    hold(ledger, office)
    assert pointed_out(ledger, date(2026, 6, 10)) == [[], []]
    assert pointed_out(ledger, date(2026, 6, 28))[0] == ["六月会议"]
