"""What a clause asks for once, from one answer to the next, after each event; what a decision takes out."""

from __future__ import annotations

from datetime import date

import pytest

from models.records.rules import EACH, ONCE, Clause, Waiver
from models.rules.duties import (
    Counting,
    Evidence,
    Occasion,
    Owner,
    State,
    obligations_of,
    occasions_of,
)
from tests.models.rules.asked import (
    OFFICE,
    ask,
    clause,
    held,
    paper_clause,
    training,
)

# Once, rolling, each time --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "until", "year", "due"),
    [
        ("08-22", None, 2026, date(2026, 8, 22)),
        ("02-10", None, 2026, date(2027, 2, 10)),
        ("02-10", None, 2027, date(2027, 2, 10)),
        ("", date(2026, 9, 30), 2026, date(2026, 9, 30)),
        ("", None, 2026, date(2026, 12, 31)),
        ("", None, 2027, None),
        ("", None, 2025, None),
    ],
)
def test_what_is_owed_once(deadline: str, until: date | None, year: int, due: date | None) -> None:
    rule = paper_clause("方案", deadline, per=ONCE, valid_from=date(2026, 3, 1), valid_until=until)
    assert [item.due for item in ask(rule, [], year, date(2026, 4, 1))] == ([due] if due else [])


@pytest.mark.parametrize(
    ("days", "year", "found"),
    [
        ([], 2026, []),  # due three years after the rule began
        ([], 2027, [(date(2027, 1, 1), State.RUNNING)]),
        ([date(2023, 5, 1)], 2026, [(date(2026, 5, 1), State.OVERDUE)]),
        ([date(2023, 5, 1)], 2027, [(date(2026, 5, 1), State.OVERDUE)]),
        ([date(2023, 5, 1), date(2026, 4, 1)], 2026, [(date(2026, 5, 1), State.DONE)]),
        ([date(2023, 5, 1), date(2026, 4, 1)], 2027, []),
        ([date(2023, 5, 1), date(2026, 8, 1)], 2026, [(date(2026, 5, 1), State.DONE)]),
        ([date(2022, 5, 1), date(2025, 8, 1)], 2026, []),
        ([date(2024, 2, 29)], 2027, [(date(2027, 2, 28), State.RUNNING)]),
        ([date(2020, 5, 1)], 2027, [(date(2027, 1, 1), State.RUNNING)]),  # long before the rule
    ],
)
def test_three_years_run_from_the_last_time(
    days: list[date], year: int, found: list[tuple[date, State]]
) -> None:
    rule = clause(
        answered_by="学法", owed_by="每名人员", per="三年", rolling=True, valid_from=date(2024, 1, 1)
    )
    person = Owner("person", "p", "罗屿")
    due = ask(rule, training(*days), year, date(2026, 10, 1), person)
    assert [(item.due, item.state) for item in due] == found


def each(within: int, **fields: object) -> Clause:
    return clause(answered_by="会后情况", per=EACH, within_days=within, meeting_category="", **fields)


def occasion(on: date, answered: date | None = None, body: str = "office") -> Occasion:
    answer = Evidence("meeting", "m", "会议", answered) if answered else None
    return Occasion(f"o{on}", "成员单位会议", on, answer, body=body)


@pytest.mark.parametrize(
    ("within", "workdays", "weekend", "due"),
    [
        (0, False, "不变", date(2026, 4, 30)),
        (5, False, "不变", date(2026, 5, 5)),
        (5, False, "顺延", date(2026, 5, 6)),  # 5 May is still holiday
        (3, True, "不变", date(2026, 5, 8)),
        (-1, False, "不变", date(2026, 4, 29)),
        (-1, True, "不变", date(2026, 4, 29)),
    ],
)
def test_each_time_within_days(within: int, workdays: bool, weekend: str, due: date) -> None:
    rule = each(within, workdays=workdays, weekend=weekend)
    counting = Counting(date(2026, 4, 1), {})
    (found,) = occasions_of(rule, [OFFICE], [occasion(date(2026, 4, 30))], 2026, counting)
    assert (found.due, found.state) == (due, State.AHEAD)


def test_an_occasion_belongs_to_the_year_it_is_due_and_to_its_owner() -> None:
    counting = Counting(date(2027, 1, 20), {})
    events = [occasion(date(2026, 12, 29), date(2027, 1, 9)), occasion(date(2026, 12, 30), body="other")]
    assert list(occasions_of(each(7), [OFFICE], events, 2026, counting)) == []
    (found,) = occasions_of(each(7), [OFFICE], events, 2027, counting)
    assert (found.due, found.words, found.period) == (date(2027, 1, 5), "迟 4 天完成", "成员单位会议")


def test_an_answer_after_the_day_looked_at_does_not_count_yet() -> None:
    event = occasion(date(2026, 4, 1), date(2026, 4, 20))
    found = [
        next(occasions_of(each(7), [OFFICE], [event], 2026, Counting(day, {}))).state
        for day in (date(2026, 4, 19), date(2026, 4, 20))
    ]
    assert found == [State.OVERDUE, State.DONE]


# Waivers -------------------------------------------------------------------------------------


def waiver(**fields: object) -> Waiver:
    return Waiver(**({"clause": "c1", "year": 2026, "reason": "机构改革"} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "waived"),
    [
        ({}, ["1月", "11月"]),
        ({"body": "office"}, ["1月", "11月"]),
        ({"body": "other"}, []),
        ({"unit": "office"}, []),
        ({"year": 2025}, []),
        ({"period": "1月"}, ["1月"]),  # not 11月
        ({"period": "2026年11月"}, ["11月"]),
        ({"approved_on": date(2026, 12, 1)}, []),  # decided after the day looked at
        ({"decision": "说明"}, []),
    ],
)
def test_a_waiver_takes_out_what_it_names(fields: dict[str, object], waived: list[str]) -> None:
    counting = Counting(date(2026, 11, 21), {})
    found = list(obligations_of(clause(per="月"), [OFFICE], [], 2026, counting, [waiver(**fields)]))
    shown = [
        item.period[5:] for item in found if item.state is State.WAIVED and item.period[5:] in ("1月", "11月")
    ]
    assert shown == waived
    remarks = {item.remark for item in found if item.remark}
    assert remarks == ({"机构改革"} if fields.get("decision") == "说明" else set())


def test_what_is_done_stays_done_beside_a_waiver() -> None:
    counting = Counting(date(2026, 11, 21), {})
    found = next(obligations_of(clause(), [OFFICE], [held(date(2026, 3, 1))], 2026, counting, [waiver()]))
    assert (found.state, found.reason) == (State.DONE, "机构改革")
