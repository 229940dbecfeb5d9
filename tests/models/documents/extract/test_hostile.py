"""No text makes the reader raise or hang; what it proposes lies inside the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.extract import extract, to_json
from models.documents.parse import parse
from tests.models.documents import texts

_WORDS = [
    "县司法局",
    "各乡镇",
    "王某某",
    "办公室",
    "设在",
    "由",
    "组成",
    "等部门",
    "任组长",
    "成员单位",
    "：",
    "（",
    "）",
    "。",
    "，",
    "；",
    "、",
    "\n",
    "一、",
    "（一）",
    "1.",
    "第一条",
    "每年",
    "每半年",
    "不少于",
    "两次",
    "40学时",
    "11月15日前",
    "年底前",
    "牵头",
    "配合",
    "负责",
    "责任单位：",
    "是否",
    "检查内容",
    "序号",
    "任务",
    "组长：",
    "成立",
    "领导小组",
    "二OO八年七月十五日",
    "会议",
    "报送",
    "的",
    "\u3000",
    "O",
]
_SAID = st.lists(st.sampled_from(_WORDS), max_size=60).map("".join)


@given(st.text() | _SAID)
@settings(max_examples=150, deadline=2000)
def test_any_text_is_read(text: str) -> None:
    found = extract(text)
    spans = [p.span for group in (found.bodies, found.duties, found.tasks, found.check_items) for p in group]
    spans += [person.span for body in found.bodies for person in body.people]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(0 <= located.start <= located.end <= len(text) for located in parse(text))
    assert set(to_json(found)) >= {"tasks", "organisations", "duties", "check_items"}


@pytest.mark.parametrize("word", [*_WORDS, "每年，", "县司法局、", "一、\n", "成员：", "（负责"])
def test_long_runs_take_no_longer_than_their_length(word: str) -> None:
    text = word * (10_000 // len(word))
    started = time.process_time()
    extract(text)
    assert time.process_time() - started < 2


def test_fifty_pages_are_read_within_a_second() -> None:
    pages = "\n".join((texts.OFFICES, texts.ROSTER, texts.TABLE, texts.MINUTES))
    text = (pages * (30_000 // len(pages) + 1))[:30_000]
    started = time.process_time()
    extract(text)
    assert time.process_time() - started < 1.5
