"""The steps of a case, pure: what each asks for, what it leaves behind."""

from __future__ import annotations

from datetime import date

import pytest

from models.errors import ClerkError
from models.records.supervision import Case, CaseStep
from models.rules.supervision import (
    FROM,
    Entry,
    due_as_of,
    feedback_days,
    last_word,
    limit_resolved,
    pending_extension,
    possible,
    state_as_of,
    take,
)  # fmt: skip

NEW = Case(
    id="c1", matter="整改", source="领导批示", lead_units=("u1",), opened_on=date(2026, 8, 21), due_on=date(2026, 9, 30),
)  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def run(*entries: Entry, case: Case = NEW) -> tuple[Case, list[CaseStep]]:
    steps: list[CaseStep] = []
    for entry in entries:
        case, step = take(case, entry, steps)
        steps.append(step)
    return case, steps


ASSIGN = Entry(kind="交办", on=day("08-24"))
SIGN = Entry(kind="签收", on=day("08-25"), handler="马致遥", phone="13900000001")
BEGIN = Entry(kind="进展", on=day("09-10"), said="方案已报")
REPORT = Entry(kind="报结", on=day("09-28"), said="全部整改")
WHOLE = (
    ASSIGN, SIGN, BEGIN, REPORT, Entry(kind="审核", on=day("09-29")), Entry(kind="办结", on=day("09-30")),
    Entry(kind="反馈", on=day("10-08")), Entry(kind="销号", on=day("10-09")),
)  # fmt: skip


def test_from_beginning_to_end() -> None:
    case, steps = run(*WHOLE)
    assert case.state == "销号"
    dates = (
        case.assigned_on,
        case.signed_on,
        case.reported_on,
        case.closed_on,
        case.feedback_on,
        case.written_off_on,
    )
    assert dates == tuple(day(text) for text in ("08-24", "08-25", "09-28", "09-30", "10-08", "10-09"))
    assert case.result == "全部整改"
    assert [step.kind for step in steps] == [entry.kind for entry in WHOLE]
    assert all(step.said and step.matter == "c1" for step in steps)
    assert feedback_days(case, day("12-31")) == 8


@pytest.mark.parametrize("kind", [kind for kind, states in FROM.items() if "立项" not in states])
def test_a_new_case_can_only_be_assigned(kind: str) -> None:
    with pytest.raises(ClerkError):
        take(NEW, Entry(kind=kind, on=day("09-01"), said="x", new_due_on=day("12-01")), [])
    assert possible(NEW, []) == ("交办", "批示")


def test_under_way_needs_handler_and_phone() -> None:
    case, steps = run(ASSIGN, Entry(kind="签收", on=day("08-25"), handler="马致遥"))
    with pytest.raises(ClerkError, match="经办人和电话"):
        take(case, BEGIN, steps)
    assert take(case, Entry(kind="进展", on=day("09-01"), phone="6200123"), steps)[0].state == "办理中"


def test_an_extension_is_asked_for_and_granted_and_the_first_limit_stays() -> None:
    asked = Entry(kind="延期申请", on=day("09-20"), said="资料未齐", new_due_on=day("10-20"))
    case, steps = run(ASSIGN, SIGN, BEGIN, asked)
    assert case.due_on == day("09-30") and pending_extension(steps) is steps[-1]
    again = Entry(kind="延期申请", on=day("10-10"), new_due_on=day("11-20"))
    case, steps = run(
        ASSIGN, SIGN, BEGIN, asked, Entry(kind="延期批准", on=day("09-22")), again,
        Entry(kind="延期批准", on=day("10-12"), new_due_on=day("11-10")),
    )  # fmt: skip
    assert (case.first_due_on, case.due_on, case.state) == (day("09-30"), day("11-10"), "办理中")
    limits = [due_as_of(case, steps, day(text)) for text in ("09-21", "09-22", "10-11", "10-12")]
    assert limits == [day("09-30"), day("10-20"), day("10-20"), day("11-10")]
    for resolved, told in (("09-30", None), ("10-20", None), ("11-10", None), ("10-15", day("10-15"))):
        assert limit_resolved(case, steps, day(resolved)) == told
    assert limit_resolved(case, steps, None) is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(kind="延期批准", on=day("09-20"), new_due_on=day("10-20")), "没有待批"),
        (Entry(kind="延期申请", on=day("09-20"), new_due_on=day("09-30")), "晚于"),
        (Entry(kind="延期申请", on=day("09-20")), "晚于"),
        (Entry(kind="签收", on=day("09-20")), "不能登记"),
        (Entry(kind="进展", on=day("08-20"), said="x"), "早于立项"),
        (Entry(kind="进展", on=day("09-20")), "写明"),
        (Entry(kind="报结", on=day("09-09")), "早于上一步"),
    ],
)
def test_what_is_refused(entry: Entry, words: str) -> None:
    case, steps = run(ASSIGN, SIGN, BEGIN)
    with pytest.raises(ClerkError, match=words):
        take(case, entry, steps)


def test_refused_extension_leaves_the_limit() -> None:
    asked = Entry(kind="延期申请", on=day("09-20"), new_due_on=day("10-20"))
    case, steps = run(ASSIGN, SIGN, BEGIN, asked, Entry(kind="延期不批", on=day("09-22")))
    assert (case.due_on, case.first_due_on, pending_extension(steps)) == (day("09-30"), None, None)


def test_slips_are_numbered_and_are_no_word_of_the_unit() -> None:
    urge = [Entry(kind="催办", on=day(text)) for text in ("09-20", "10-14")]
    case, steps = run(ASSIGN, SIGN, BEGIN, *urge)
    assert [(step.number, step.said) for step in steps[3:]] == [
        ("第1次", "第 1 次催办"),
        ("第2次", "第 2 次催办"),
    ]
    assert last_word(case, steps, day("10-15")) == day("09-10")
    assert last_word(case, steps, day("08-24")) == day("08-24")


def test_a_case_sent_back_is_under_way_again() -> None:
    back = Entry(kind="退回", on=day("09-29"), said="缺佐证")
    case, steps = run(ASSIGN, SIGN, BEGIN, REPORT, back)
    assert (case.state, case.reported_on) == ("办理中", None)
    assert state_as_of(case, steps, day("09-28")) == "报结"
    assert state_as_of(case, steps, day("08-23")) == "立项"
