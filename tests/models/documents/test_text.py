"""Cleaning keeps the place of every character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.text import clean, sentences, unwrap, without_blanks


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("甲局,乙局;丙局:", "甲局，乙局；丙局："),
        ("（３）办公室", "（3）办公室"),
        ("⑴第一 ㈡第二", "（1）第一 （二）第二"),
        ("成员 。", "成员。"),
        ("组　　长：　林 晓", "组 长：林 晓"),
        ("10:30到3,000元", "10:30到3,000元"),
        ("2018 年 3 月不少于 2 次\n2 年度计划 6 月", "2018 年3月不少于2次\n2 年度计划 6月"),
        ("甲\u200b乙\ufeff\r\n丙", "甲乙\n丙"),
        ("甲\n \u3000\n乙", "甲\n \n乙"),
    ],
)
def test_clean_gives_one_width_and_no_stray_blanks(source: str, cleaned: str) -> None:
    assert clean(source).text == cleaned


def test_a_span_of_the_cleaned_text_marks_the_source() -> None:
    source = "\u3000\u3000组  长:林 晓(县司法局)"
    text = clean(source)
    start = text.text.index("林")
    assert text.span(start, start + 3).of(source) == "林 晓"


@given(st.text())
def test_every_kept_character_has_a_place_in_order(source: str) -> None:
    text = clean(source)
    assert len(text.offsets) == len(text.text)
    assert list(text.offsets) == sorted(text.offsets)
    assert all(0 <= offset < len(source) for offset in text.offsets)


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    words = "为切实加强对全镇法治政府建设示范创建工作的组织领导确保各项工作落到实处经研究决定成立工作领导小组并明确职责"
    broken = (
        "\n".join((words * 3)[i : i + 24] for i in range(0, len(words) * 3, 24))
        + "。\n一、组成人员\n组长：钟岳"
    )
    assert unwrap(clean(broken)).text == words * 3 + "。\n一、组成人员\n组长：钟岳"


def test_a_line_that_ends_inside_a_list_goes_on() -> None:
    roster = "成  员：县纪委监委、县委组织部、县发展改革局、\n        县司法局、县市场监管局、县税务局主要负\n        责同志\n一、\n甲、"
    assert unwrap(clean(roster)).text == (
        "成 员：县纪委监委、县委组织部、县发展改革局、县司法局、县市场监管局、县税务局主要负责同志\n一、\n甲、"
    )


def test_lines_of_a_list_stay_apart() -> None:
    listed = "\n".join(f"县第{n}局" for n in range(20))
    assert unwrap(clean(listed)).text == listed


def test_rows_of_a_roster_stay_apart() -> None:
    posts = ("县发展和改革局党组书记、局长", "县人力资源和社会保障局副局长", "县市场监督管理局党组成员")
    for row in ("林　晓　{}", "{}　林　晓", "林　晓（{}）"):
        roster = clean("\n".join(row.format(post) for post in posts * 3))
        assert unwrap(roster) == roster


def test_sentences_tell_where_they_begin() -> None:
    assert [(s.text, s.start) for s in sentences("甲。乙；丙", 10)] == [
        ("甲。", 10),
        ("乙；", 12),
        ("丙", 14),
    ]


def test_blanks_between_han_are_dropped_from_names() -> None:
    assert without_blanks("林 晓") == "林晓"
