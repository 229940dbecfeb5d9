"""Who makes up a body on a day."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.errors import ClerkError
from models.records.organisation import Appointment
from models.rules.name_order import BY_NAME, BY_PINYIN, BY_SURNAME, BY_UNIT
from models.store.ledger import Ledger
from models.summaries.roster import roster_of
from tests.fixtures import SmallOffice

AS_OF = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", "陆怀谦 高书瑶 罗屿"),
        (BY_UNIT, "陆怀谦 高书瑶 罗屿"),
        (BY_SURNAME, "陆怀谦 罗屿 高书瑶"),
        (BY_PINYIN, "陆怀谦 高书瑶 罗屿"),
    ],
)
def test_order(ledger: Ledger, office: SmallOffice, order: str, names: str) -> None:
    assert " ".join(line.name for line in roster_of(ledger, office.body.id, AS_OF, order).lines) == names


def test_vacancy_since_when(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.deputy.id,))[0]
    with ledger.action("离任") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 8, 31)))
    roster = roster_of(ledger, office.body.id, AS_OF, BY_NAME)
    assert roster.vacancies == 1
    assert [(line.name, line.unit, line.since_vacant) for line in roster.lines if not line.name] == [
        ("", "县司法局", date(2026, 8, 31))
    ]
    assert roster_of(ledger, office.body.id, date(2026, 8, 31)).vacancies == 0


def test_refusals(ledger: Ledger, office: SmallOffice) -> None:
    with pytest.raises(ClerkError, match="没有“随意”这种排序"):
        roster_of(ledger, office.body.id, AS_OF, "随意")
    with pytest.raises(ClerkError, match="没有找到这个机构"):
        roster_of(ledger, "nothing", AS_OF)
    with ledger.action("撤销") as action:
        action.change(dataclasses.replace(office.body, valid_from=date(2026, 1, 1)))
    with pytest.raises(ClerkError, match="在2025年1月1日还没有成立"):
        roster_of(ledger, office.body.id, date(2025, 1, 1))
