"""A clause reads back as a sentence, and says what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from models.records.rules import ANSWERS, EACH_TIME, FILTERS, MEASURES, PERIODS, Clause
from models.rules.clause_words import clause_problems, filters_of, sentence

JOINT = {"meeting_category": "联席会议"}
REPORT = {"answered_by": "报送", "submission_item": "法治建设年度报告"}
STUDY = {"owed_by": "每名人员", "answered_by": "学法"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (JOINT | {"per": "半年", "regular_only": True}, "本办公室每半年召开定期联席会议 1 次"),
        (JOINT | {"times": 2, "weekend": "顺延"}, "本办公室每年召开联席会议不少于 2 次（逢休息日顺延）"),
        ({"content_class": "听取汇报", "per": "季度"}, "本办公室每季度召开会议（内容有“听取汇报”） 1 次"),
        (
            REPORT | {"owed_by": "每个单位", "unit_category": "镇街", "deadline": "03-01", "about_before": True},
            "每个镇街每年 3 月 1 日前报送上一年度法治建设年度报告 1 份",
        ),
        (
            REPORT | {"addressee": "同级党委", "valid_from": date(2026, 1, 1)},
            "本办公室每年向同级党委报送法治建设年度报告 1 份（自 2026 年 1 月 1 日起）",
        ),
        (REPORT | {"per": "半年", "deadline": "06-10"}, "本办公室每半年 6 月 10 日、12 月 10 日前报送法治建设年度报告 1 份"),
        (REPORT | {"per": "月", "deadline": "01-05", "suspended": True}, "本办公室每月 5 日前报送法治建设年度报告 1 份（已停用）"),
        (REPORT | {"times": 3, "upper": 5}, "本办公室每年报送法治建设年度报告 3 至 5 份"),
        (
            STUDY | {"staff_kinds": "公务员、执法人员", "measure": "学时", "threshold": 40},
            "每名公务员、执法人员每年参加学法不少于 40 学时",
        ),
        (
            STUDY | {"staff_kinds": "执法人员", "study_category": "专门培训", "per": "三年", "rolling": True},
            "每名执法人员从上一次起每三年参加专门培训 1 次",
        ),
        (
            {"answered_by": "督办", "measure": "比率", "threshold": 90, "owed_by": "每个单位", "enforcement_only": True},
            "每个有执法职能的单位每年办结督办事项，办结率不低于 90%",
        ),
        (
            {"answered_by": "督办签收", "per": "每次", "within_days": 3, "workdays": True, "owed_by": "每个单位"},
            "每个单位在每次督办事项交办后 3 个工作日内签收",
        ),
        (
            {"answered_by": "会前报告", "per": "每次", "within_days": -1, "owed_by": "每个分支机构"},
            "每个分支机构在每次会议召开前至少 1 天报送会前报告",
        ),
        (
            {"answered_by": "报送", "submission_item": "实施方案", "per": "一次", "valid_from": date(2026, 3, 1)},
            "本办公室自 2026 年 3 月 1 日起，报送实施方案 1 份",
        ),
    ],
)  # fmt: skip
def test_a_clause_reads_back(fields: dict[str, object], said: str) -> None:
    clause = Clause(name="条款", **fields)  # type: ignore[arg-type]
    assert list(clause_problems(clause)) == []
    assert sentence(clause) == said


def test_the_sentence_names_the_body() -> None:
    clause = Clause(name="条款", owed_by="每个成员单位", answered_by="报送", submission_item="专项工作方案")
    assert sentence(clause, "法宣协调小组") == "法宣协调小组每个成员单位每年报送专项工作方案 1 份"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ["meeting_category"]),
        ({"answered_by": "报送"}, ["submission_item"]),
        (JOINT | {"times": 0}, ["times"]),
        (JOINT | {"times": 3, "upper": 2}, ["upper"]),
        (JOINT | {"deadline": "2-30"}, ["deadline"]),
        (JOINT | {"measure": "学时", "threshold": 4}, ["measure"]),
        (JOINT | {"measure": "比率"}, ["threshold"]),
        (JOINT | {"measure": "比率", "threshold": 101}, ["threshold"]),
        (JOINT | {"owed_by": "每名人员"}, ["owed_by"]),
        (STUDY | {"staff_kinds": "公务员、园丁"}, ["staff_kinds"]),
        (JOINT | {"per": "每次"}, ["per"]),
        ({"answered_by": "会后情况"}, ["per"]),
        ({"answered_by": "会后情况", "per": "每次"}, ["within_days"]),
        (JOINT | {"per": "一次"}, ["valid_from"]),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused(fields: dict[str, object], told: list[str]) -> None:
    assert [problem.field for problem in clause_problems(Clause(name="条款", **fields))] == told  # type: ignore[arg-type]


def test_only_the_filters_of_the_answer_count() -> None:
    clause = Clause(
        name="条款",
        answered_by="报送",
        submission_item="其他",
        meeting_category="联席会议",
        leader_speaks=True,
    )
    assert filters_of(clause) == {("submission_item", "其他")}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_its_words(answer: str) -> None:
    """A new answer cannot be forgotten in the sentence or the measures."""
    each = answer in EACH_TIME
    clause = Clause(
        name="条款", answered_by=answer, per="每次" if each else "年", within_days=1 if each else None
    )
    assert sentence(clause)
    assert each or answer in MEASURES
    assert all(hasattr(clause, name) for name in FILTERS[answer])


@pytest.mark.parametrize("per", PERIODS)
def test_every_period_reads(per: str) -> None:
    assert sentence(Clause(name="条款", per=per, meeting_category="专题会", deadline="02-29"))
