"""A text becomes typed blocks, each with its place in the source."""

from datetime import date

import pytest

from models.documents.blocks import Addressee, Heading, Number, Paragraph, SignOff, Title
from models.documents.parse import number_problems, outline, parse, read_head
from models.documents.text import clean
from tests.models.documents import texts


def test_a_notice_is_read_into_blocks() -> None:
    blocks = [located.block for located in parse(texts.OFFICES)]
    assert blocks[0] == Number("澜法治〔2019〕4号")
    assert blocks[1] == Title("关于调整法治澜溪协调指导分支机构的通知")
    assert blocks[2] == Addressee("县委各部委、县各委办局：")
    assert blocks[4] == Heading(1, "一、分支机构组成及主要职责")
    assert blocks[5] == Heading(2, "（一）澜溪县依法行政协调指导办公室")
    assert blocks[-1] == SignOff("澜溪县依法治县领导小组办公室", date(2019, 7, 15))


def test_a_heading_keeps_what_runs_on_after_its_full_stop() -> None:
    (located,) = parse("（一）加强领导。各单位要高度重视。")
    assert located.block == Heading(2, "（一）加强领导。", "各单位要高度重视。")


def test_blocks_mark_their_place_in_the_source() -> None:
    for located in parse(texts.OFFICES):
        quotation = texts.OFFICES[located.start : located.end]
        if isinstance(located.block, Paragraph):
            assert clean(quotation).text == located.block.text
        assert quotation == quotation.strip()


def test_a_list_of_paragraphs_reads_like_their_text() -> None:
    assert parse(texts.ROSTER.splitlines()) == parse(texts.ROSTER.rstrip("\n"))


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (
            "澜溪县人民政府办公室关于成立县\n信用建设工作领导小组的通知\n各乡镇：",
            "澜溪县人民政府办公室关于成立县信用建设工作领导小组的通知",
        ),
        ("当前位置：首页 > 文件\n关于调整名单的通知\n正文。", "关于调整名单的通知"),
        ("学法用法制度（试行）\n第一条 为提高素养，制定本制度。", "学法用法制度（试行）"),
        (
            "全面推行执法公示制度\n法制审核制度的指导意见\n各乡镇：",
            "全面推行执法公示制度法制审核制度的指导意见",
        ),
        ("记者专访了主任。\n关键词", ""),
    ],
)
def test_the_title_is_found(source: str, title: str) -> None:
    assert read_head(outline(clean(source))).title == title


@pytest.mark.parametrize(
    ("end", "issuer", "day"),
    [
        ("澜溪县司法局\n2022年3月5日\n", "澜溪县司法局", date(2022, 3, 5)),
        ("特此通知。 澜溪县司法局\n二〇二二年三月五日", "澜溪县司法局", date(2022, 3, 5)),
        ("澜溪县人民政府办公室        2022年5月16日", "澜溪县人民政府办公室", date(2022, 5, 16)),
        ("会议于2022年5月16日召开。", "", None),
    ],
)
def test_the_sign_off_is_found(end: str, issuer: str, day: date | None) -> None:
    head = read_head(outline(clean(f"关于开会的通知\n各科室：\n请按时参加。\n{end}")))
    assert (head.issued_by, head.issued_on) == (issuer, day)


def test_the_tree_follows_the_numbers() -> None:
    items = outline(clean("一、甲\n（一）乙\n1.丙\n无号\n（二）丁\n二、戊"))
    assert [item.parent for item in items] == [-1, 0, 1, 2, 0, -1]
    assert [item.depth for item in items] == [1, 2, 3, 3, 2, 1]


def test_a_broken_sequence_is_reported() -> None:
    assert number_problems(outline(clean("一、甲\n三、乙"))) == [
        "“一、”之后是“三、”，按顺序应为“二、”，请核对原文。"
    ]
