"""避头尾 holds for any text; numbers stay whole; what cannot be broken well is cut, never lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.paper.linebreak import NO_END, NO_START, break_lines, may_end

MIXED = st.text(
    alphabet="中文国法，。、；：？！“”‘’（）《》——……·％0123456789abc .,-/%:[]〔〕𬍛", max_size=400
)


def widths(text: str) -> list[float]:
    return [0.5 if char.isascii() else 1.0 for char in text]


def broken(text: str, room: float = 28) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, widths(text), room - 2, room)]


@settings(max_examples=400, deadline=None)
@given(MIXED, st.integers(5, 40))
def test_no_line_breaks_a_rule_that_could_be_kept(text: str, room: int) -> None:
    lines = break_lines(text, widths(text), room - 2, room)
    for line, following in pairwise(lines):
        if not may_end(text, line.end):
            assert not any(may_end(text, index) for index in range(line.start + 1, line.end)), text
        assert text[line.end : following.start].strip(" ") == ""
    assert "".join(text[line.start : line.end] for line in lines).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="中文国法治建设，。、（）《》“”", min_size=1, max_size=300).filter(
        lambda t: "，，" not in t
    )
)
def test_a_line_is_never_wider_than_its_marks_can_give_up(text: str) -> None:
    for line in break_lines(text, widths(text), 26, 28):
        part = text[line.start : line.end]
        marks = sum(char in "，。、（）《》“”" for char in part)
        assert len(part) <= line.room + marks / 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("法" * 26 + "，治国", "法" * 25),  # half the mark is not enough room: a character goes on with it
        ("法" * 12 + "、" + "法" * 13 + "。治", "法" * 12 + "、" + "法" * 13 + "。"),  # two halves are
        ("法" * 25 + "1,286件", "法" * 25),
        ("法" * 24 + "2026年", "法" * 24 + "2026"),
        ("法" * 25 + "《方案》", "法" * 25),
        ("法" * 25 + "——治", "法" * 24),
    ],
)
def test_where_the_first_line_ends(text: str, first: str) -> None:
    line, following = broken(text)[:2]
    assert line == first
    assert line[-1] not in NO_END
    assert following[0] not in NO_START


def test_a_web_address_is_cut_after_a_slash() -> None:
    lines = broken("详见" + "https://www.qinghe.example.gov.cn/zwgk/2026/10/tongzhi.html" + "公开的通知")
    assert lines[0].endswith("/")
    assert "".join(lines) == "详见https://www.qinghe.example.gov.cn/zwgk/2026/10/tongzhi.html公开的通知"


@pytest.mark.parametrize("text", ["", "，" * 500, "（" * 500, "a" * 100_000, "…" * 99])
def test_text_without_a_good_break_is_cut_and_kept(text: str) -> None:
    assert "".join(broken(text)) == text


@pytest.mark.parametrize(
    ("held", "lines"),
    [((), ["县司法局 尹永", "康、县财政局"]), ((6, 7), ["县司法局 ", "尹永康、县财政", "局"])],
)
def test_no_line_ends_where_a_name_is_held_together(held: tuple[int, ...], lines: list[str]) -> None:
    text = "县司法局 尹永康、县财政局"
    assert [
        text[line.start : line.end] for line in break_lines(text, widths(text), 6.5, 6.5 + 0.5, held)
    ] == lines
