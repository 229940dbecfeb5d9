"""Working days: published holidays, 调休, the office's own table, years nobody knows yet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import InvalidRecord
from models.records.rules import Holiday
from models.rules.workdays import DayMark, day_mark, day_table, is_workday, shift, warning
from models.store.ledger import Ledger

OWN = day_table([Holiday(observed_on=date(2027, 1, 1), name="元旦", mark="休"),
                 Holiday(observed_on=date(2027, 1, 3), name="元旦调休", mark="班"),
                 Holiday(observed_on=date(2026, 3, 2), name="县庆日", mark="休")])  # fmt: skip


@pytest.mark.parametrize(
    ("day", "mark", "works"),
    [
        (date(2026, 2, 14), DayMark("班", "春节"), True),  # a Saturday worked instead
        (date(2026, 2, 17), DayMark("休", "春节"), False),
        (date(2026, 11, 14), None, False),  # an ordinary Saturday
        (date(2026, 11, 16), None, True),
        (date(2026, 3, 2), DayMark("休", "县庆日"), False),  # the office's own day
        (date(2027, 1, 1), DayMark("休", "元旦"), False),
        (date(2027, 1, 3), DayMark("班", "元旦调休"), True),  # a Sunday
        (date(2027, 2, 8), None, True),  # not published: only weekends are known
    ],
)
def test_day(day: date, mark: DayMark | None, works: bool) -> None:
    assert day_mark(day, OWN) == mark
    assert is_workday(day, OWN) is works


@pytest.mark.parametrize(
    ("day", "rule", "moved"),
    [
        (date(2026, 11, 15), "不变", date(2026, 11, 15)),
        (date(2026, 11, 15), "提前", date(2026, 11, 13)),
        (date(2026, 11, 15), "顺延", date(2026, 11, 16)),
        (date(2026, 10, 1), "顺延", date(2026, 10, 8)),
        (date(2026, 2, 14), "提前", date(2026, 2, 14)),
    ],
)
def test_limit_on_a_day_off(day: date, rule: str, moved: date) -> None:
    assert shift(day, rule, {}) == moved


@given(st.dates(date(2004, 1, 1), date(2035, 12, 31)), st.sampled_from(["提前", "顺延"]))
def test_a_moved_limit_is_a_working_day_and_nearest(day: date, rule: str) -> None:
    moved = shift(day, rule, OWN)
    assert is_workday(moved, OWN)
    between = [
        date.fromordinal(n) for n in range(min(day, moved).toordinal(), max(day, moved).toordinal() + 1)
    ]
    assert not any(is_workday(one, OWN) for one in between if one != moved)


def test_years_without_data_are_told() -> None:
    assert warning(2026, {}) == ""
    assert "2028年的节假日和调休还没有收录" in warning(2028, OWN)
    assert warning(2027, OWN) == ""


def test_a_day_is_entered_once(ledger: Ledger) -> None:
    with ledger.action("登记节假日") as action:
        action.add(Holiday(observed_on=date(2027, 1, 1), name="元旦"))
    with pytest.raises(InvalidRecord, match="已经登记过"), ledger.action("再登记") as action:
        action.add(Holiday(observed_on=date(2027, 1, 1), name="新年"))
