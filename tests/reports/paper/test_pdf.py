"""Pages measured in the PDF against the figures of GB/T 9704-2012."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pdfplumber
import pytest

from models.documents.blocks import (
    Addressee,
    AttachmentHead,
    AttachmentNote,
    BlankLines,
    Block,
    Column,
    Document,
    Heading,
    Mark,
    Number,
    PageBreak,
    Paragraph,
    People,
    SignOff,
    Table,
    Title,
)
from reports.paper.geometry import MM, PITCH, ROW
from reports.paper.linebreak import NO_END, NO_START
from reports.paper.pdf import joined, render_pdf
from tests.reports.paper.measure import Row, all_text, page_rows, pdf
from tests.reports.paper.samples import NASTY, SENTENCE, chart, everything, minutes, plain_text, table

LEFT, RIGHT = 28 * MM, 184 * MM


def rows_of(*blocks: Block) -> list[Row]:
    return page_rows(Document("", blocks))[0]


@pytest.fixture(scope="module")
def report() -> list[list[Row]]:
    return page_rows(plain_text())


def test_full_pages_have_22_rows_on_the_grid(report: list[list[Row]]) -> None:
    assert len(report) > 4
    for number, page in enumerate(report[:-1]):
        assert len(page) == (21 if number == 0 else 22)  # one row below the title is empty
        steps = [(row.base - page[0].base) / ROW for row in page]
        assert all(abs(step - round(step)) < 0.1 for step in steps)  # a title has its baseline lower
        assert round(steps[-1]) == 21


def test_full_lines_have_28_characters(report: list[list[Row]]) -> None:
    full = [row for page in report for row in page if row.left < LEFT + 1 and row.right > RIGHT - 9]
    assert len(full) > 60
    assert {len(row.text) for row in full} <= {27, 28, 29, 30}
    assert sum(len(row.text) == 28 for row in full) > len(full) / 2
    for row in full:
        marks = sum(char in "，。、；：“”（）《》" for char in row.text)
        assert len(row.text) <= 28 + marks / 2
        blank = 8 if row.text[-1] in "，。、；：”）》" else 0  # a squeezed mark has its ink in the left half
        assert row.right <= RIGHT + blank + 0.3


def test_no_mark_stands_where_it_must_not() -> None:
    for page in page_rows(minutes(4)):
        for row in page:
            assert row.text[0] not in NO_START
            assert row.text[-1] not in NO_END


def test_page_numbers_stand_outside_or_in_the_middle() -> None:
    for kind, places in {
        "outer": (RIGHT - 14, LEFT + 14),
        "center": (106 * MM, 106 * MM),
        "none": (0, 0),
    }.items():
        document = replace(plain_text(8), page_numbers=kind)
        with pdfplumber.open(pdf(document)) as opened:
            for page, place in zip(opened.pages[:2], places, strict=True):
                foot = [char for char in page.chars if char["top"] > 262 * MM + 5]
                text = "".join(char["text"] for char in foot)
                assert text == ("" if kind == "none" else f"— {page.page_number} —")
                if kind == "outer":
                    edge = foot[-1]["x1"] if page.page_number % 2 else foot[0]["x0"]
                    assert abs(edge - place) < 2
                elif kind == "center":
                    assert abs((foot[0]["x0"] + foot[-1]["x1"]) / 2 - place) < 1


def test_the_red_head() -> None:
    with pdfplumber.open(pdf(minutes())) as opened:
        page = opened.pages[0]
        red = [char for char in page.chars if char["non_stroking_color"] != (0, 0, 0) and char["size"] > 30]
        assert "".join(char["text"] for char in red) == "清河县全面依法治县委员会会议纪要"
        assert abs(min(char["top"] for char in red) - 72 * MM) < 10  # 37 + 35 mm to the top edge
        assert red[0]["x0"] >= LEFT
        assert red[-1]["x1"] <= RIGHT
        line = next(line for line in page.lines if line["stroking_color"] != (0, 0, 0))
        number = next(char for char in page.chars if char["text"] == "〔")
        assert abs(line["x0"] - LEFT) < 0.5
        assert abs(line["x1"] - RIGHT) < 0.5
        assert abs(line["top"] - number["bottom"] - 4 * MM) < 3
        title = min(char["top"] for char in page.chars if 20 < char["size"] < 24)
        assert 1.8 * ROW < title - line["top"] < 2.7 * ROW  # two empty rows


def test_a_long_mark_is_narrowed_to_the_page() -> None:
    with pdfplumber.open(pdf(Document("", (Mark("清河县全面依法治县委员会" * 4),)))) as opened:
        chars = opened.pages[0].chars
        assert chars[0]["x0"] >= LEFT
        assert chars[-1]["x1"] <= RIGHT


def test_signer_stands_on_the_row_of_the_number() -> None:
    row = rows_of(Number("依法治县办〔2026〕3号", "王秀兰"))[0]
    assert row.text == "依法治县办〔2026〕3号签发人：王秀兰"
    assert abs(row.left - LEFT - PITCH) < 0.5
    assert abs(row.right - RIGHT + PITCH) < 0.5


def test_indents_of_headings_and_paragraphs() -> None:
    rows = rows_of(
        Addressee("各乡镇人民政府:"), Heading(1, "一、总体要求"), Heading(2, "（一）目标。", "要做好。"), Paragraph("正文"),
        Paragraph("不缩进", 0), Paragraph("居右", align="right"),
    )  # fmt: skip
    assert [round((row.left - LEFT) / PITCH) for row in rows] == [0, 2, 2, 2, 0, 26]
    assert [row.text for row in rows][:3] == ["各乡镇人民政府：", "一、总体要求", "（一）目标。要做好。"]


def test_heading_faces() -> None:
    with pdfplumber.open(
        pdf(Document("", (Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙"), Title("丁"))))
    ) as opened:
        faces = {char["text"]: char["fontname"].partition("+")[2] for char in opened.pages[0].chars}
    assert faces["甲"].startswith("NotoSansSC")
    assert faces["乙"].startswith("FandolKai")
    assert faces["丙"].startswith("FandolFang")
    assert faces["丁"].startswith("NotoSerifSC-Bold")


def test_a_persons_name_stands_on_one_line() -> None:
    names = [f"赵钱{name}" for name in "甲乙丙丁戊己庚辛壬癸"]
    rows = rows_of(
        People("出席", tuple(f"县直{'第' * place}单位 {name}" for place, name in enumerate(names)))
    )
    assert len(rows) > 3
    assert [name for name in names if not any(name in row.text for row in rows)] == []


def test_people_run_over_is_aligned_after_the_colon() -> None:
    rows = rows_of(People("出席", tuple(f"县直单位赵钱{i}" for i in range(12))), People("请假", ("孙李",)))
    assert [round((row.left - LEFT) / PITCH) for row in rows] == [2, *[5] * (len(rows) - 2), 2]


@pytest.mark.parametrize(
    ("organisation", "sealed", "date_end", "organisation_start_before_date"),
    [
        ("中共清河县委全面依法治县委员会办公室", False, None, 2),
        ("司法局", False, 2, 2),
        ("清河县司法局", True, 4, None),
    ],
)
def test_sign_off(
    organisation: str, sealed: bool, date_end: int | None, organisation_start_before_date: int | None
) -> None:
    who, when = rows_of(Paragraph("正文"), SignOff(organisation, date(2026, 6, 5), sealed))[-2:]
    assert when.text == "2026年6月5日"
    if organisation_start_before_date:
        assert abs((when.left - who.left) / PITCH - 2) < 0.1
    if date_end:
        assert abs((RIGHT - when.right) / PITCH - date_end) < 0.1
    if sealed:
        assert abs((who.left + who.right) / 2 - (when.left + when.right) / 2) < 1
    if not sealed and date_end is None:
        assert abs((RIGHT - who.right) / PITCH - 2) < 0.1


def test_attachment_note_and_attachment_page() -> None:
    pages = page_rows(
        Document(
            "",
            (
                Paragraph("正文"),
                AttachmentNote(("回执", "很长的名称" * 8)),
                AttachmentHead("附件1", "回执"),
                Paragraph("内容"),
            ),
        )
    )
    note = pages[0][1:]
    assert note[0].text == "附件：1. 回执"
    assert (
        abs(note[2].left - LEFT - note[1].left + LEFT) > PITCH
    )  # run-over under the name, not under the number
    assert [row.text for row in pages[1]] == ["附件1", "回执", "内容"]
    assert [round((row.base - pages[1][0].base) / ROW) for row in pages[1]] == [0, 2, 4]


def test_imprint_ends_on_the_lower_edge_of_the_last_page() -> None:
    with pdfplumber.open(pdf(minutes(3))) as opened:
        page = opened.pages[-1]
        rules = sorted(page.lines, key=lambda line: line["top"])
        assert [round(line["linewidth"] / MM, 2) for line in rules] == [0.35, 0.25, 0.35]
        assert abs(rules[-1]["top"] - 262 * MM) < 0.5
        assert "2026年10月21日印发" in "".join(char["text"] for char in page.chars)


def test_a_table_repeats_its_head_and_keeps_its_rows_whole() -> None:
    with pdfplumber.open(pdf(Document("", (table(90),)))) as opened:
        assert len(opened.pages) > 2
        seen: list[str] = []
        for page in opened.pages:
            found = page.extract_tables()[0]
            assert found[0] == ["序号", "单位", "出席率", "日期"]
            seen += [row[0] for row in found[1:]]
            assert all(rect["bottom"] <= 262 * MM + 1 for rect in page.lines)
    assert seen == [str(number) for number in range(1, 91)]


@pytest.mark.parametrize(
    "below",
    [
        (Paragraph("正文。"),),
        (table(3),),
        (Table((Column("甲"),), (("乙",),)),),
        (chart("bar"),),
        (Heading(2, "（一）乙"), Paragraph("正文。")),
        (BlankLines(2), Paragraph("正文。")),
        (People("出席", ("苏映川",)),),
    ],
    ids=["text", "titled table", "table", "chart", "heading", "gap", "people"],
)
def test_no_heading_stands_alone_at_the_foot_of_a_page(below: tuple[Block, ...]) -> None:
    for above in range(14, 23):
        pages = page_rows(Document("", (*[Paragraph("上文。")] * above, Heading(1, "一、甲"), *below)))
        (page,) = [rows for rows in pages if any(row.text == "一、甲" for row in rows)]
        assert not page[-1].text.startswith(("一、甲", "（一）")), above
        assert sum(row.text == "上文。" for rows in pages for row in rows) == above


def test_the_note_of_a_table_stays_whole_with_its_last_row() -> None:
    note = "注：请于时限前书面报告办理结果；" + "确需延期的，在时限届满前提出申请；" * 2
    for count in range(20, 40):
        rows = tuple((f"第{number}行", "内容") for number in range(count))
        pages = page_rows(Document("表", (Table((Column("项"), Column("目")), rows, note=note),)))
        (told,) = [page for page in pages if any(row.text.startswith("注") for row in page)]
        assert told is pages[-1]
        assert len(told) >= 4 and told[-3].text == f"第{count - 1}行内容"


def test_no_page_holds_one_row_of_a_table_or_nothing_but_what_closes_the_paper() -> None:
    closing = (
        AttachmentNote(("会议一览表", "议定事项一览表")),
        SignOff("澜溪县依法治县办", date(2026, 12, 31)),
    )
    for count in range(20, 40):
        rows = tuple((f"第{number}行", "内容") for number in range(count))
        body = Table((Column("项"), Column("目")), rows)
        for blocks in ((body,), (body, *closing), (*[Paragraph("上文。")] * count, chart("bar"), *closing)):
            last = page_rows(Document("", blocks))[-1]
            assert sum("内容" in row.text for row in last) != 1, count
            assert any("内容" in row.text or "会议出席" in row.text for row in last), count


def test_the_rules_of_a_table_are_drawn_as_long_lines() -> None:
    table = Table((Column("甲"), Column("乙")), tuple((f"{place}", "字") for place in range(4)))
    with pdfplumber.open(pdf(Document("", (table,)))) as opened:
        drawn = opened.pages[0].lines
    upright = [line for line in drawn if line["x0"] == line["x1"]]
    assert (len(upright), len(drawn) - len(upright)) == (3, 6)  # three edges, a head and four rows
    assert len({(line["top"], line["bottom"]) for line in upright}) == 1


def test_rules_that_do_not_touch_stay_apart() -> None:
    apart = [(0.0, 0.0, 0.0, 10.0), (0.0, 12.0, 0.0, 20.0), (0.0, 0.0, 30.0, 0.0)]
    assert sorted(joined([*apart, (0.0, 5.0, 0.0, 10.0)])) == sorted(apart)


def test_text_after_a_table_is_back_on_the_grid() -> None:
    rows = rows_of(Paragraph("前"), Table((Column("甲"),), (("乙",),)), Paragraph("后"))
    assert (
        abs((rows[-1].base - rows[0].base) / ROW % 1) < 0.05
        or abs((rows[-1].base - rows[0].base) / ROW % 1) > 0.95
    )


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    long = "很长的内容" * 900
    pages = page_rows(Document("", (Table((Column("甲"), Column("乙")), ((long, "短"),)),)))
    assert len(pages) > 2
    assert sum(row.text.count("很长") for page in pages for row in page) > 850
    assert "短" in "".join(row.text for page in pages for row in page)


def test_a_row_with_the_wrong_number_of_cells_is_an_error_of_the_report() -> None:
    with pytest.raises(ValueError, match="argument"):
        render_pdf(Document("", (Table((Column("甲"), Column("乙")), (("一格",),)),)), io.BytesIO())


def test_landscape_pages_turn_and_carry_the_number_where_the_upright_sheet_has_it() -> None:
    with pdfplumber.open(pdf(Document("", (table(60),), landscape=True))) as opened:
        assert (round(opened.pages[0].width / MM), round(opened.pages[0].height / MM)) == (297, 210)
        for page in opened.pages[:2]:
            dash = next(char for char in page.chars if not char["upright"])
            assert dash["x0"] < 35 * MM
            assert (dash["top"] > 105 * MM) == (page.page_number % 2 == 1)


def test_blank_rows_and_page_breaks() -> None:
    pages = page_rows(
        Document(
            "", (Paragraph("甲"), BlankLines(2), Paragraph("乙"), PageBreak(), PageBreak(), Paragraph("丙"))
        )
    )
    assert [len(page) for page in pages] == [2, 1]
    assert round((pages[0][1].base - pages[0][0].base) / ROW) == 3


def test_the_text_of_a_paper_can_be_searched_whole() -> None:
    assert "".join(SENTENCE.split()) * 2 in all_text(Document("", (Paragraph(SENTENCE * 2),)))


@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_nothing_falls_off_the_page(text: str, landscape: bool) -> None:
    document = replace(everything(text[:90]), landscape=landscape)
    with pdfplumber.open(pdf(document)) as opened:
        for page in opened.pages:
            for char in page.chars:
                assert char["x0"] > 20 * MM, char
                assert char["x1"] < page.width - 20 * MM, char
                assert 20 * MM < char["top"] < char["bottom"] < page.height - 10 * MM, char


@pytest.mark.parametrize("text", ["<b>粗</b>&amp;<para>", "=1+1", "{}%s", "#N/A"])
def test_text_is_data(text: str) -> None:
    assert all_text(everything(text)).count(text) >= 15


def test_charts_say_their_figures() -> None:
    text = all_text(Document("", (chart("bar"), chart("stacked"), chart("line"))))
    assert text.count("会议出席") == 3
    assert "单位：人次" in text
    assert "应到" in text


@pytest.mark.parametrize(("whole", "first_page"), [(False, 22), (True, 20)])
def test_a_whole_paragraph_is_not_cut_by_the_end_of_a_page(whole: bool, first_page: int) -> None:
    above = [Paragraph(f"第{number}行") for number in range(20)]
    pages = page_rows(Document("", (*above, Paragraph("甲\n乙\n丙\n丁", whole=whole), Paragraph("末行"))))
    assert [len(page) for page in pages] == [first_page, 25 - first_page]
