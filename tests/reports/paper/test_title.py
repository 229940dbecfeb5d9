"""Titles are broken by sense, into lines that form a 梯形 or 菱形."""

from __future__ import annotations

import pytest

from reports.paper.title import WORDS, break_title

TITLES = [
    "关于调整建设法治清河县协调指导分支机构的通知",
    "中共清河县委全面依法治县委员会办公室关于印发《清河县法治政府建设实施方案（2026—2030年）》的通知",
    "中共清河县委全面依法治县委员会办公室关于召开2026年度全面依法治县工作联席会议的通知",
    "清河县人民政府办公室关于进一步加强行政执法监督工作的实施意见",
    "清河县司法局关于报送2026年度行政复议和行政应诉工作情况的报告",
]


@pytest.mark.parametrize("title", TITLES)
def test_lines_fit_and_leave_nothing_alone(title: str) -> None:
    lines = break_title(title, 20)
    assert "".join(lines) == title
    assert all(len(line) >= 3 and sum(0.5 if c < "\u0100" else 1 for c in line) <= 20 for line in lines)


@pytest.mark.parametrize("title", TITLES)
def test_no_word_of_the_office_is_cut(title: str) -> None:
    lines = break_title(title, 20)
    assert not [
        word
        for word in WORDS
        if title.count(word) > sum(line.count(word) for line in lines) and len(word) > 2
    ]
    assert not any(line[0] in "的县，》）" or line.endswith(("关于", "《", "（")) for line in lines)


def test_a_short_title_stays_on_one_line() -> None:
    assert break_title("县委全面依法治县委员会组成人员名单", 20) == ["县委全面依法治县委员会组成人员名单"]


def test_breaks_of_the_writer_are_kept() -> None:
    assert break_title("清河县司法局\n关于有关工作的函", 20) == ["清河县司法局", "关于有关工作的函"]


@pytest.mark.parametrize("title", ["", "长" * 10_000, "。" * 90, "a" * 70, "《" * 30])
def test_any_text_comes_back_whole(title: str) -> None:
    assert "".join(break_title(title, 20)) == title
