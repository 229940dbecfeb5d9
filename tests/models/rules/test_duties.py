"""What a clause asks for: periods, limits, who owes, what counts, lights."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.rules import EACH, ONCE, PERIODS, Clause
from models.rules.duties import LIGHTS, Counting, Evidence, Obligation, Owner, State, obligations_of
from models.rules.periods import nominal_due, periods, span_of

OFFICE = Owner("body", "office", "县委依法治县办")
ANYWHEN = Owner("office", "", "本办公室")


def clause(**fields: object) -> Clause:
    given = {"id": "c1", "name": "联席会议", "meeting_category": "联席会议", "answered_by": "会议"} | fields
    return Clause(**given)  # type: ignore[arg-type]


def paper_clause(item: str, deadline: str = "", **fields: object) -> Clause:
    return clause(name=item, answered_by="报送", submission_item=item, deadline=deadline, **fields)


def held(on: date, *, body: str = "office", regular: bool = True, unit: str = "") -> Evidence:
    words = {("meeting_category", "联席会议"), *([("regular_only", "是")] if regular else [])}
    return Evidence("meeting", f"m{on}", "联席会议", on, frozenset(words), body, (unit,))


def came(
    item: str, on: date, year: int, half: str = "全年", *, body: str = "office", unit: str = ""
) -> Evidence:
    words = frozenset({("submission_item", item)})
    return Evidence("submission", f"s{on}", item, on, words, body, (unit,), span=span_of(year, half))


def ask(
    rule: Clause, evidence: list[Evidence], year: int, as_of: date, *owners: Owner, **how: bool
) -> list[Obligation]:
    counting = Counting(as_of, {}, irregular_counts=how.get("irregular_counts", False))
    return list(obligations_of(rule, owners or (OFFICE,), evidence, year, counting))


# Periods and limits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "deadline", "expected"),
    [
        ("月", "", [("2024年1月", date(2024, 1, 31)), ("2024年2月", date(2024, 2, 29))]),
        ("季度", "", [("2024年第一季度", date(2024, 3, 31)), ("2024年第二季度", date(2024, 6, 30))]),
        ("季度", "01-10", [("2024年第一季度", date(2024, 1, 10)), ("2024年第二季度", date(2024, 4, 10))]),
        ("半年", "", [("2024年上半年", date(2024, 6, 30)), ("2024年下半年", date(2024, 12, 31))]),
        ("半年", "06-10", [("2024年上半年", date(2024, 6, 10)), ("2024年下半年", date(2024, 12, 10))]),
        ("年", "11-15", [("2024年", date(2024, 11, 15))]),
        ("年", "02-29", [("2024年", date(2024, 2, 29))]),
        ("两年", "", [("2024年至2025年", date(2025, 12, 31))]),
        ("三年", "", [("2022年至2024年", date(2024, 12, 31))]),
    ],
)
def test_periods_of_2024_and_their_limits(per: str, deadline: str, expected: list[tuple[str, date]]) -> None:
    rule = clause(per=per, deadline=deadline)
    found = [(period.label, nominal_due(period, rule)) for period in periods(rule, 2024)]
    assert found[:2] == expected[:2]


def test_a_leap_day_limit_in_a_common_year() -> None:
    rule = clause(per="年", deadline="02-29")
    assert nominal_due(periods(rule, 2025)[0], rule) == date(2025, 2, 28)


def test_periods_of_years_count_from_the_first_year_of_the_rule() -> None:
    rule = clause(per="三年", valid_from=date(2023, 5, 1))
    assert [period.label for period in periods(rule, 2027)] == ["2026年至2028年"]


@given(st.sampled_from([per for per in PERIODS if per not in (EACH, ONCE)]), st.integers(2000, 2060))
def test_periods_cover_the_year_without_gap_or_overlap(per: str, year: int) -> None:
    found = periods(clause(per=per), year)
    assert found[0].start <= date(year, 1, 1)
    assert found[-1].end >= date(year, 12, 31)
    for one, other in pairwise(found):
        assert other.start == one.end + timedelta(days=1)


# Lights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "held_on", "state", "words"),
    [
        (date(2025, 12, 31), None, State.AHEAD, "未开始"),
        (date(2026, 1, 1), None, State.RUNNING, "正常"),
        (date(2026, 6, 24), None, State.RUNNING, "正常"),
        (date(2026, 6, 25), None, State.SOON, "剩 5 天"),
        (date(2026, 6, 30), None, State.SOON, "今天到期"),
        (date(2026, 7, 3), None, State.OVERDUE, "逾期 3 天"),
        (date(2026, 7, 3), date(2026, 6, 30), State.DONE, "已完成"),
        (date(2026, 5, 1), date(2026, 5, 2), State.RUNNING, "正常"),  # the day before it is held
        (date(2026, 7, 3), date(2026, 7, 1), State.OVERDUE, "逾期 3 天"),  # belongs to the second half
        (date(2026, 7, 3), date(2025, 12, 31), State.OVERDUE, "逾期 3 天"),  # belongs to the year before
    ],
)
def test_light_of_the_first_half(as_of: date, held_on: date | None, state: State, words: str) -> None:
    first, _ = ask(clause(per="半年"), [held(held_on)] if held_on else [], 2026, as_of)
    assert (first.state, first.words, first.period) == (state, words, "2026年上半年")
    assert (first.colour, first.shape) == LIGHTS[state]


def test_late_papers_are_done_but_told() -> None:
    rule = paper_clause("年度工作总结", "11-15")
    (item,) = ask(rule, [came("年度工作总结", date(2026, 11, 18), 2026)], 2026, date(2027, 1, 5))
    assert (item.state, item.late_days, item.words) == (State.DONE, 3, "迟 3 天完成")


def test_weekend_rule_moves_the_limit() -> None:
    rule = paper_clause("年度工作计划", "11-15", weekend="顺延")  # 2026-11-15 is a Sunday
    (item,) = ask(rule, [came("年度工作计划", date(2026, 11, 16), 2026)], 2026, date(2026, 12, 1))
    assert (item.due, item.late_days) == (date(2026, 11, 16), 0)


def test_twice_a_year_needs_two() -> None:
    rule = clause(times=2)
    once, twice = [held(date(2026, 3, 1))], [held(date(2026, 3, 1)), held(date(2026, 10, 1))]
    assert ask(rule, once, 2026, date(2027, 1, 1))[0].state is State.OVERDUE
    assert ask(rule, twice, 2026, date(2027, 1, 1))[0].done == 2


# What counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regular", "regular_only", "setting", "counts"),
    [
        (True, True, False, True),
        (False, True, False, False),  # S0-16
        (False, True, True, True),
        (False, False, False, True),
    ],
)
def test_irregular_meetings(regular: bool, regular_only: bool, setting: bool, counts: bool) -> None:
    rule = clause(per="半年", regular_only=regular_only)
    evidence = [held(date(2026, 3, 1), regular=regular)]
    first = ask(rule, evidence, 2026, date(2026, 7, 1), irregular_counts=setting)[0]
    assert (first.state is State.DONE) is counts


@pytest.mark.parametrize(
    ("item", "per", "deadline", "year", "half", "received", "counts"),
    [
        ("半年度进展", "年", "06-10", 2026, "上半年", date(2026, 6, 9), True),
        ("半年度进展", "年", "06-10", 2026, "下半年", date(2026, 6, 9), False),
        ("半年度进展", "年", "06-10", 2025, "上半年", date(2026, 6, 9), False),
        ("年度工作计划", "年", "11-15", 2026, "全年", date(2025, 12, 30), True),  # handed in before the year
        ("法治建设年度报告", "年", "03-01", 2025, "全年", date(2026, 2, 20), True),  # about the year before
        ("法治建设年度报告", "年", "03-01", 2026, "全年", date(2026, 2, 20), False),
        ("专项工作方案", "年", "03-01", 2026, "全年", date(2026, 2, 20), True),  # a plan looks ahead
        ("工作动态", "季度", "", 2026, "一季度", date(2026, 4, 5), True),
        ("工作动态", "季度", "", 2026, "全年", date(2026, 3, 5), True),  # by the day it came
        ("工作动态", "季度", "", 2026, "全年", date(2026, 4, 5), False),
        ("工作动态", "月", "", 2026, "全年", date(2026, 1, 5), True),
        ("年度工作总结", "三年", "", 2025, "全年", date(2025, 12, 5), True),
    ],
)
def test_the_period_a_paper_answers(
    item: str, per: str, deadline: str, year: int, half: str, received: date, counts: bool
) -> None:
    early_report = item == "法治建设年度报告"  # 上一年度
    rule = paper_clause(item, deadline, per=per, valid_from=date(2024, 1, 1), about_before=early_report)
    first = ask(rule, [came(item, received, year, half)], 2026, date(2026, 12, 31))[0]
    assert bool(first.evidence) is counts


def test_only_the_owners_own_records_count() -> None:
    evidence = [held(date(2026, 3, 1), body="other")]
    assert not ask(clause(), evidence, 2026, date(2026, 4, 1))[0].evidence
    assert ask(clause(), evidence, 2026, date(2026, 4, 1), ANYWHEN)[0].evidence


# Who owes when -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "labels"),
    [
        (None, None, ["2026年上半年", "2026年下半年"]),
        (date(2026, 7, 15), None, ["2026年下半年"]),
        (date(2026, 6, 30), None, ["2026年上半年", "2026年下半年"]),
        (None, date(2026, 6, 29), []),
        (None, date(2026, 9, 1), ["2026年上半年"]),
    ],
)
@pytest.mark.parametrize("whose", ["owner", "rule"])
def test_owed_while_the_owner_exists_and_the_rule_holds(
    since: date | None, until: date | None, labels: list[str], whose: str
) -> None:
    rule = clause(per="半年", valid_from=since, valid_until=until) if whose == "rule" else clause(per="半年")
    owner = Owner("body", "office", "办", since, until) if whose == "owner" else OFFICE
    assert [item.period for item in ask(rule, [], 2026, date(2026, 12, 31), owner)] == labels


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=6),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["月", "季度", "半年", "年"]),
)
def test_every_meeting_proves_at_most_one_period_and_nothing_from_the_future(
    days: list[date], as_of: date, per: str
) -> None:
    evidence = [held(day) for day in set(days)]
    found = ask(clause(per=per), evidence, 2026, as_of)
    proofs = [proof.id for item in found for proof in item.evidence]
    assert len(proofs) == len(set(proofs))
    assert set(proofs) == {item.id for item in evidence if item.on.year == 2026 and item.on <= as_of}
    for item in found:
        assert (item.state is State.DONE) is bool(item.evidence)
        assert (item.state is State.OVERDUE) is (not item.evidence and item.due < as_of)
