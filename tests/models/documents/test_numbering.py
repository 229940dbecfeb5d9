"""Numbers of official documents and their sequence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.numbering import breaks, find_date, read_mark, to_chinese, to_int
from models.documents.text import clean


@pytest.mark.parametrize(
    ("line", "level", "value"),
    [
        ("一、总则", 1, 1),
        ("二十三．范围", 1, 23),
        ("（十）组织领导", 2, 10),
        ("(三)考核", 2, 3),
        ("四）考核", 2, 4),
        ("1.是否建立制度", 3, 1),
        ("１２．是否", 3, 12),
        ("1O、会议", 3, 10),
        ("（2）会议的主要内容", 4, 2),
        ("⑶平时动态", 4, 3),
        ("③其他", 5, 3),
        ("第二章 会议", 1, 2),
        ("第二部分 任务", 1, 2),
        ("第十五条 本规则自印发之日起施行", 2, 15),
    ],
)
def test_a_number_has_a_level_and_a_value(line: str, level: int, value: int) -> None:
    mark = read_mark(clean(line).text)
    assert mark is not None
    assert (mark.level, mark.value) == (level, value)


@pytest.mark.parametrize(
    "line", ["2022年度计划", "1.5亿元", "一是加强领导", "第一季度", "十分重要", "各单位", ""]
)
def test_other_lines_have_no_number(line: str) -> None:
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("一、|（一）|（二）|二、|（一）|三、", None),
        ("（一）|1.|2.|（二）|3.|4.", None),
        ("一、|二、|四、", "“二、”之后是“四、”，按顺序应为“三、”，请核对原文。"),
        ("一、|（一）|（三）", "“（一）”之后是“（三）”，按顺序应为“（二）”，请核对原文。"),
        ("1.|2.|2.", "“2.”之后是“2.”，按顺序应为“3.”，请核对原文。"),
        ("①|③", "“①”之后是“③”，按顺序应为“②”，请核对原文。"),
    ],
)
def test_a_broken_sequence_is_told(lines: str, message: str | None) -> None:
    marks = [mark for line in lines.split("|") if (mark := read_mark(line))]
    assert [b.message for b in breaks(marks)] == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二OO八年七月十五日", date(2008, 7, 15)),
        ("二○○八年十二月三十一日", date(2008, 12, 31)),
        ("二〇二一年十月二十日", date(2021, 10, 20)),
        ("2022年3月15日", date(2022, 3, 15)),
        ("２０２２ 年 3 月 5 日", date(2022, 3, 5)),
    ],
)
def test_dates_are_read_in_figures_and_in_chinese_digits(text: str, day: date) -> None:
    found = find_date(clean(text).text)
    assert found is not None
    assert found[0] == day


@pytest.mark.parametrize("text", ["2022年13月1日", "二〇二一年二月三十日", "2022年3月", ""])
def test_impossible_dates_are_no_dates(text: str) -> None:
    assert find_date(text) is None


@given(st.integers(1, 999))
def test_chinese_numerals_go_both_ways(value: int) -> None:
    assert to_int(to_chinese(value)) == value
