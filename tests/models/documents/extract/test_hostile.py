"""No text makes the reader raise or hang; what it proposes lies inside the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.extract import extract, to_json
from models.documents.parse import parse

WORDS = [
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
_SAID = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)


@given(st.text() | _SAID)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    found = extract(text)
    spans = [p.span for group in (found.bodies, found.duties, found.tasks, found.check_items) for p in group]
    spans += [person.span for body in found.bodies for person in body.people]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(0 <= located.start <= located.end <= len(text) for located in parse(text))
    assert set(to_json(found)) >= {"tasks", "organisations", "duties", "check_items"}
