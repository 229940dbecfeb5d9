"""DOCX on the same grid: faces on each run, no theme, numbers on the outer side, tables that repeat their head."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from models.documents.blocks import Column, Document, Heading, Mark, Number, Paragraph, People, Table, Title
from reports.paper.word import render_docx
from tests.reports.paper.samples import NASTY, chart, everything, minutes, table


def word(document: Document) -> docx.document.Document:
    stream = io.BytesIO()
    render_docx(document, stream)
    return docx.Document(stream)


def part(document: Document, name: str) -> str:
    stream = io.BytesIO()
    render_docx(document, stream)
    return zipfile.ZipFile(stream).read(name).decode()


def test_every_run_names_its_chinese_face() -> None:
    made = word(replace(minutes(), blocks=(*minutes().blocks, table(3))))
    roots = [made.element.body, made.sections[0].footer._element, made.sections[0].even_page_footer._element]
    runs = [run for root in roots for run in root.iter(qn("w:r"))]
    assert len(runs) > 40
    for run in runs:
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi"))
        assert fonts.get(qn("w:eastAsia")) in {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}


def test_no_theme_is_left() -> None:
    for name in ("word/styles.xml", "word/document.xml", "word/settings.xml"):
        assert not re.search(r"w:\w*[tT]heme\w*=|<w:themeFontLang", part(minutes(), name)), name


def test_faces_by_element() -> None:
    made = word(
        Document(
            "", (Title("标题"), Heading(1, "一、甲"), Heading(2, "（一）乙。", "接排"), Paragraph("正文"))
        )
    )
    faces = {
        run.text: run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for p in made.paragraphs
        for run in p.runs
    }
    assert faces == {
        "标题": "方正小标宋简体", "一、甲": "黑体", "（一）乙。": "楷体_GB2312", "接排": "仿宋_GB2312", "正文": "仿宋_GB2312",
    }  # fmt: skip


def test_page_and_grid() -> None:
    section = word(minutes()).sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm, 1) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (
        int(grid.get(qn("w:linePitch"))) * 22
        <= 225 / 25.4 * 1440
        < (int(grid.get(qn("w:linePitch"))) + 2) * 22
    )
    spacing = word(Document("", (Paragraph("正文"),))).paragraphs[0].runs[0]._r.rPr.find(qn("w:spacing"))
    pitch = 16 + int(spacing.get(qn("w:val"))) / 20
    assert int(156 / 25.4 * 72 / pitch) == 28


def test_page_numbers_odd_right_even_left_or_centred() -> None:
    made = word(minutes())
    assert made.settings.odd_and_even_pages_header_footer
    odd, even = (
        footer._element.xml for footer in (made.sections[0].footer, made.sections[0].even_page_footer)
    )
    assert "PAGE" in odd
    assert odd.index("<w:tab/>") < odd.index("PAGE")
    assert even.index("PAGE") < even.index("<w:tab/>")
    centred = word(replace(minutes(), page_numbers="center"))
    assert not centred.settings.odd_and_even_pages_header_footer
    assert 'w:val="center"' in centred.sections[0].footer._element.xml
    assert "PAGE" not in word(replace(minutes(), page_numbers="none")).sections[0].footer._element.xml


def test_people_hang_after_the_colon() -> None:
    layout = word(Document("", (People("出席", ("张三", "李四")),))).paragraphs[0].paragraph_format
    assert round(layout.left_indent.pt + layout.first_line_indent.pt) == round(2 * 15.79)
    assert round(layout.left_indent.pt) == round(5 * 15.79)


def test_tables_repeat_their_head_and_rows_may_grow() -> None:
    rows = (("很长" * 300, "乙"), ("短", "乙"))
    made = word(Document("", (Table((Column("甲"), Column("乙")), rows, row_height_mm=12),)))
    trs = made.tables[0]._tbl.tr_lst
    assert [tr.trPr.find(qn("w:tblHeader")) is not None for tr in trs] == [True, False, False]
    assert {row.height_rule.name for row in list(made.tables[0].rows)[1:]} == {"AT_LEAST"}
    assert [tr.trPr.find(qn("w:cantSplit")) is not None for tr in trs] == [True, False, True]


def test_each_line_of_a_cell_is_a_paragraph_that_looks_alike() -> None:
    rows = (("一\n二\n三", 5), ("=1+1", None))
    made = word(Document("", (Table((Column("甲"), Column("乙", align="right")), rows),))).tables[0]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["甲", "乙"],
        ["一\n二\n三", "5"],
        ["=1+1", ""],
    ]
    shapes = {(p.alignment.name, p.runs[0].font.size.pt) for p in made.rows[1].cells[0].paragraphs}
    assert shapes == {("LEFT", made.rows[0].cells[0].paragraphs[0].runs[0].font.size.pt)}


def test_a_chart_is_a_sharp_picture_with_words_for_it() -> None:
    made = word(Document("", (chart(),)))
    picture = made.inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "会议出席"
    image = next(rel.target_part for rel in made.part.rels.values() if "image" in rel.reltype)
    assert image.image.px_width / picture.width.inches > 280


def test_imprint_stands_in_a_frame_at_the_foot() -> None:
    xml = part(minutes(), "word/document.xml")
    assert xml.count('w:yAlign="bottom"') == 5  # three rules, two rows
    assert "抄送：县委各常委，各乡镇党委、政府。" in xml


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:8]))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    made = word(everything(text))
    shown = "\n".join(paragraph.text for paragraph in made.paragraphs)
    if text in ("<b>粗</b>&amp;<para>", "=1+1", "𠮷野家𬍛", "{}%s"):
        assert shown.count(text) >= 8
    assert "\u202e" not in shown


def test_the_red_line_follows_the_number_or_the_mark() -> None:
    for blocks, place in (
        ((Mark("纪要"), Number("〔2026〕1号")), "〔2026〕1号"),
        ((Mark("纪要"), Title("标题")), "纪要"),
    ):
        made = word(Document("", blocks))
        assert [p.text for p in made.paragraphs if p._p.xpath("./w:pPr/w:pBdr/w:bottom")] == [place]


def test_landscape() -> None:
    section = word(Document("", (table(3),), landscape=True)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_a_heading_stays_with_what_it_is_over() -> None:
    made = word(Document("", (Heading(1, "一、甲"), table(1), Heading(2, "（一）乙。", "接排"))))
    kept = {one.text: one.paragraph_format.keep_with_next for one in made.paragraphs if one.text}
    assert kept["一、甲"] and not kept["（一）乙。接排"]


def test_a_whole_paragraph_stays_on_one_page() -> None:
    made = word(Document("", (Paragraph("甲\n乙", whole=True), Paragraph("丙\n丁"))))
    kept = [
        (p.text, p.paragraph_format.keep_with_next, p.paragraph_format.keep_together) for p in made.paragraphs
    ]
    assert kept[:4] == [("甲", True, True), ("乙", False, True), ("丙", None, None), ("丁", None, None)]
