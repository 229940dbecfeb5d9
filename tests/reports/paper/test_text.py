"""The gate lets text through as it was written and keeps out what no printer shows."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.documents.blocks import Cell, People
from reports.paper.text import LONGEST, attachment_lines, cell_text, copy_text, lines, people_text, plain


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<b>&amp;</b> {x} %s \\n", "<b>&amp;</b> {x} %s \\n"),
        ("𠮷野家　龚䶮", "𠮷野家　龚䶮"),
        ("a\x00b\x07c\x7fd\x9f", "abcd"),
        ("\u202e反\u202c\u200b转\ufeff", "反转"),
        ("孤\ud800立\ufffe", "孤立"),
        ("一\t二\u00a0三\r\n四", "一 二 三 四"),
        ("☑\ufe0f", "☑"),
    ],
)
def test_what_is_printed(written: str, printed: str) -> None:
    assert plain(written) == printed


def test_a_text_beyond_reason_says_that_it_was_cut() -> None:
    assert plain("长" * (LONGEST + 1)).endswith("（过长，以下略）")
    assert len(plain("长" * (LONGEST * 2))) == LONGEST


def test_line_breaks_of_the_writer_are_lines() -> None:
    assert lines("一\n二\r\n\n三") == ["一", "二", "", "三"]


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (None, "", ""), (True, "", "是"), (3, "", "3"), (1286, "#,##0", "1,286"), (0.932, "0.0%", "93.2%"),
        (2.50, "", "2.5"), (2.5, "0.00", "2.50"), (date(2026, 6, 5), "", "2026年6月5日"),
        (datetime(2026, 6, 5, 9, 0), "", "2026年6月5日 09:00"), ("=1+1", "0", "=1+1"),
    ],
)  # fmt: skip
def test_cells(value: Cell, number_format: str, printed: str) -> None:
    assert cell_text(value, number_format) == printed


def test_people_copies_and_attachments() -> None:
    assert people_text(People("出席:", ("张三", "李四"))) == ("出席：", "张三、李四")
    assert people_text(People("出席", ("县公安局张三、李四", "王五"))) == (
        "出席：",
        "县公安局张三、李四；王五",
    )
    assert copy_text(("县委各常委", "各乡镇。")) == "抄送：县委各常委，各乡镇。"
    assert attachment_lines(("回执。",)) == [("附件：", "回执")]
    assert attachment_lines(("回执", "议程；")) == [("附件：1. ", "回执"), ("　　　2. ", "议程")]
