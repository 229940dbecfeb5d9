"""How a cell of the board stands, what it says, what its form starts with. Pure."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.records.filing import Submission
from models.records.rules import Clause
from models.rules.duties import Evidence, Obligation, Owner, State
from models.rules.filing import FilingState, filing_state, filing_words, first_values, is_about

PROOF = Evidence("submission", "p1", "总结", date(2026, 11, 10))
OWED = Obligation(
    Clause(id="c1", name="报送总结", answered_by="报送", submission_item="年度工作总结", per="年", deadline="11-15"),
    Owner("unit", "u1", "县司法局"), "2026年", date(2026, 1, 1), date(2026, 11, 15), 1, 0, (), State.RUNNING, 30, 0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "adopted", "returned", "standing", "words"),
    [
        ({}, (), False, FilingState.AHEAD, "未到期"),
        ({"state": State.SOON, "days": 3}, (), False, FilingState.WAITING, "待报（剩 3 天）"),
        ({"state": State.SOON, "days": 0}, (), False, FilingState.WAITING, "待报（今天到期）"),
        ({"state": State.OVERDUE, "days": 6}, (), False, FilingState.MISSING, "未报（逾期 6 天）"),
        ({"state": State.OVERDUE, "days": 6}, (), True, FilingState.RETURNED, "退改（逾期 6 天）"),
        ({}, (), True, FilingState.RETURNED, "退改"),
        ({"state": State.DONE, "evidence": (PROOF,)}, (), True, FilingState.IN_TIME, "按时"),
        ({"state": State.DONE, "evidence": (PROOF,), "late_days": 2}, (), False, FilingState.LATE, "迟 2 天"),
        ({"state": State.DONE, "evidence": (PROOF,), "late_days": 2}, ("p1",), False, FilingState.ADOPTED, "采用"),
        ({"state": State.WAIVED}, (), True, FilingState.WAIVED, "免办"),
    ],
)  # fmt: skip
def test_how_a_cell_stands(
    changes: dict[str, object], adopted: tuple[str, ...], returned: bool, standing: FilingState, words: str
) -> None:
    item = dataclasses.replace(OWED, **changes)  # type: ignore[arg-type]
    assert filing_state(item, adopted, returned) is standing
    assert filing_words(item, standing) == words


@pytest.mark.parametrize(
    ("paper", "about"),
    [
        ({}, True), ({"item": "年度工作计划"}, False), ({"unit": "u2"}, False), ({"year": 2025}, False),
        ({"half": "上半年"}, True),
    ],
)  # fmt: skip
def test_which_papers_were_meant_for_it(paper: dict[str, object], about: bool) -> None:
    made = dataclasses.replace(Submission(item="年度工作总结", unit="u1", year=2026), **paper)  # type: ignore[arg-type]
    assert is_about(made, OWED) is about


@pytest.mark.parametrize(
    ("clause", "start", "due", "values"),
    [
        ({}, date(2026, 1, 1), date(2026, 11, 15), {"year": 2026, "half": "全年"}),
        ({"about_before": True}, date(2026, 1, 1), date(2026, 3, 1), {"year": 2025, "half": "全年"}),
        ({"per": "半年"}, date(2026, 7, 1), date(2026, 12, 31), {"year": 2026, "half": "下半年"}),
        ({"per": "季度"}, date(2026, 4, 1), date(2026, 6, 30), {"year": 2026, "half": "二季度"}),
        ({"submission_item": "半年度进展"}, date(2026, 1, 1), date(2026, 6, 10), {"year": 2026, "half": "上半年"}),
        ({"addressee": "同级党委"}, date(2026, 1, 1), date(2026, 3, 1), {"addressee": "同级党委"}),
        ({"answered_by": "工作动态", "dynamic_class": "专项工作"}, date(2026, 1, 1), date(2026, 3, 1), {"dynamic_class": "专项工作"}),
    ],
)  # fmt: skip
def test_what_the_form_starts_with(
    clause: dict[str, object], start: date, due: date, values: dict[str, object]
) -> None:
    asked = dataclasses.replace(OWED.clause, **clause)  # type: ignore[arg-type]
    item = dataclasses.replace(OWED, clause=asked, start=start, due=due)
    assert first_values(item).items() >= {"unit": "u1", **values}.items()
