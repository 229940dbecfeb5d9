"""The words of the annual report: five parts beside last year's, sentences that the records prove."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from models.errors import InvalidRecord
from models.records.meeting import Resolution
from models.records.rules import Clause
from models.records.year import REPORT_PARTS, YearText
from models.store.ledger import Ledger
from models.summaries.year_figures import year_figures
from models.summaries.year_text import Sentence, part_texts, records_behind, sentences
from tests.fixtures import SmallOffice

DONE, LACKING, *_ = REPORT_PARTS


@pytest.fixture
def held(ledger: Ledger, office: SmallOffice) -> Resolution:
    """The meeting of 2026 was held and left one resolution, due at the end of October."""
    with ledger.action("召开") as action:
        meeting = action.change(dataclasses.replace(office.meeting, state="召开"))
        return action.add(Resolution(meeting=meeting.id, content="清理文件", due_on=date(2026, 10, 31)))


def said(ledger: Ledger, as_of: date, part: str = DONE) -> list[Sentence]:
    return [one for one in sentences(year_figures(ledger, 2026, as_of)) if one.part == part]


def test_last_year_stands_beside_and_nothing_is_copied(ledger: Ledger) -> None:
    with ledger.action("写") as action:
        action.add(YearText(year=2025, part=DONE, content="（一）抓 实 学 法。"))
        action.add(YearText(year=2026, part=LACKING, content=" \n"))
    now, then = part_texts(ledger, 2026), part_texts(ledger, 2025)
    assert [one.part for one in now] == list(REPORT_PARTS)
    assert (now[0].before, now[0].words, now[0].record.id) == ("（一）抓 实 学 法。", "未写", "")
    assert (now[1].words, bool(now[1].record.id)) == ("未写", True)
    assert (then[0].words, then[0].before) == ("已写 8 字", "")


def test_each_part_of_a_year_is_written_once_and_bears_no_secret(ledger: Ledger) -> None:
    with ledger.action("写") as action:
        action.add(YearText(year=2025, part=DONE, content="甲"))
    for wrong, told in (
        (YearText(year=2025, part=DONE, content="乙"), "已经有正文"),
        (YearText(year=2025, part=LACKING, content="机密★5年"), "密级标志"),
        (YearText(year=2025, part="前言"), "不在可选项里"),
    ):
        with pytest.raises(InvalidRecord, match=told), ledger.action("写") as action:
            action.add(wrong)


def test_sentences_are_of_their_day_and_carry_the_records(ledger: Ledger, held: Resolution) -> None:
    early, late = said(ledger, date(2026, 10, 20)), said(ledger, date(2027, 2, 3))
    assert [one.words for one in early] == [
        "2026年截至10月20日，召开会议1次，定期会议1次。",
        "2026年截至10月20日，议定事项1项。",
    ]
    assert [one.words for one in late] == ["2026年召开会议1次，定期会议1次。", "2026年议定事项1项。"]
    assert late[1].figures[0].ids == (held.id,)
    assert [one.words for one in said(ledger, date(2026, 11, 3), LACKING)] == [
        "2026年截至11月3日，议定事项逾期未办结1项。"
    ]


def test_behind_a_sentence_are_its_records_or_duties(ledger: Ledger, held: Resolution) -> None:
    with ledger.action("条款") as action:
        action.add(Clause(name="每年两次联席会议", meeting_category="联席会议", times=2))
    figures = year_figures(ledger, 2026, date(2027, 2, 3))
    behind = {one.words: records_behind(ledger, figures, one) for one in sentences(figures)}
    assert [(one.kind, one.id) for one in behind["2026年议定事项1项。"]] == [("resolution", held.id)]
    (missed,) = behind["2026年制度要求逾期未完成1项。"]
    assert missed.duty in figures.summary.obligations


def test_no_sentence_leaves_a_gap_or_says_nothing(ledger: Ledger, held: Resolution) -> None:
    for one in sentences(year_figures(ledger, 2026, date(2027, 2, 3))):
        assert not re.search(r"[{}\[\]]|(?<!\d)0[次项件人条]", one.words)
        assert re.fullmatch(one.pattern, one.words)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("一年来，2026年议定事项1项。", "2026年议定事项1项。"),
        (
            "2025年议定事项36项，按期办结28项，逾期办结8项。下面",
            "2025年议定事项36项，按期办结28项，逾期办结8项。",
        ),
        ("2026年截至6月30日，议定事项12项，按期办结7项。", "2026年截至6月30日，议定事项12项，按期办结7项。"),
        ("议定事项若干项。", ""),
        ("", ""),
    ],
)
def test_a_sentence_is_found_again_with_other_figures(
    ledger: Ledger, held: Resolution, text: str, stands: str
) -> None:
    (one,) = (one for one in said(ledger, date(2027, 2, 3)) if "议定" in one.words)
    assert one.standing_in(text) == stands
