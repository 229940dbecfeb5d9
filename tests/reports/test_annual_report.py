"""法治政府建设情况报告: five parts in the clerk's words, room to write where there are none, figures behind."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.documents.blocks import Addressee, Heading, Imprint, Paragraph
from models.records.year import REPORT_PARTS, YearText
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.year_figures import year_figures
from models.summaries.year_text import sentences
from reports.annual_report import DATA, addressees
from reports.catalog import ReportOptions, report_of, write_report
from reports.preview import make_preview
from reports.words import WRITING_LINE
from tests.fixtures import SmallOffice

FEBRUARY = date(2027, 2, 3)
DONE, LACKING, _LEADERS, NEXT, _OTHER = REPORT_PARTS
OPTIONS = ReportOptions(year=2026, as_of=FEBRUARY)


@pytest.fixture
def written(ledger: Ledger, office: SmallOffice) -> Ledger:
    """An office that held its meeting and has written two of the five parts."""
    save_settings(ledger, OfficeSettings(office_name="澜溪县依法治县办", area_name="澜溪县"))
    with ledger.action("写") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        action.add(
            YearText(year=2026, part=DONE, content="（一）抓实学法。带头讲法。\n1.清理文件。\n一是谋划早。")
        )
        action.add(YearText(year=2026, part=NEXT, content="抓好落实。"))
        action.add(YearText(year=2025, part=LACKING, content="力量不足。"))
    return ledger


def test_numbers_are_kept_and_room_is_left(written: Ledger) -> None:
    document = report_of("annual_report").build(written, OPTIONS)
    assert document.title == "澜溪县2026年法治政府建设情况报告"
    blocks = list(document.blocks)
    heads = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert heads == [f"{number}、{part}" for number, part in zip("一二三四五", REPORT_PARTS, strict=True)]
    first = blocks.index(Heading(1, heads[0]))
    assert blocks[first + 1 : first + 4] == [
        Heading(2, "（一）抓实学法。", "带头讲法。"), Heading(3, "1.清理文件。"), Paragraph("一是谋划早。"),
    ]  # fmt: skip
    assert blocks.count(Paragraph(WRITING_LINE, indent=0)) == 3 * 5
    assert not any("力量不足" in str(block) for block in blocks)


def test_the_preview_says_which_parts_are_blank(written: Ledger) -> None:
    preview = make_preview(written, report_of("annual-report"), OPTIONS)
    blank = [finding.text for finding in preview.findings if finding.text.endswith("还没有写")]
    assert blank == [
        f"“{number}、{REPORT_PARTS[place]}”还没有写" for number, place in (("二", 1), ("三", 2), ("五", 4))
    ]
    assert not preview.obstacle


def test_the_preview_says_which_sentences_the_figures_have_left(written: Ledger) -> None:
    said = sentences(year_figures(written, 2026, FEBRUARY))[0].words
    (done,) = written.find(YearText, "part = ? AND year = 2026", (DONE,))
    with written.action("写") as action:
        action.change(dataclasses.replace(done, content=said.replace("召开会议1次", "召开会议9次")))
    found = make_preview(written, report_of("annual-report"), OPTIONS).findings
    told = [(one.text, one.note) for one in found if "数据不同" in one.text]
    assert told == [("“2026年召开会议9次，定期会议1次。”与附表的数据不同", f"数据现在是：{said}")]


@pytest.mark.parametrize(
    ("area", "own", "to", "told"),
    [
        ("澜溪县", "", "市人民政府，县委、县人大常委会", ("县政协",)),
        ("云州市", "", "省人民政府，市委、市人大常委会", ("市政协",)),
        ("青塘镇", "", "县人民政府，镇党委、镇人大", ()),
        ("澜溪县", "云州市人民政府", "云州市人民政府", ("县政协",)),
        ("", "", "", ()),
    ],
)
def test_addressees_follow_the_level_or_the_settings(
    area: str, own: str, to: str, told: tuple[str, ...]
) -> None:
    found = addressees(OfficeSettings(area_name=area, report_to=own))
    assert (found.to, found.told) == (to, told)


def test_addressees_stand_on_the_paper(written: Ledger) -> None:
    blocks = report_of("annual_report").build(written, OPTIONS).blocks
    assert Addressee("市人民政府，县委、县人大常委会") in blocks
    assert Imprint(("县政协",), "澜溪县依法治县办", FEBRUARY) in blocks


def test_its_figures_are_those_of_the_year(written: Ledger, tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    write_report(written, report_of("annual_report"), OPTIONS, target)
    rows = {row[0]: row[2:] for row in load_workbook(target)[DATA].iter_rows(min_row=3, values_only=True)}
    figures = {f"{one.line}：{one.label}": one.value for one in year_figures(written, 2026, FEBRUARY).figures}
    assert rows["会议：召开会议"] == (1, 0, 1)
    assert rows.pop("出席：本人出席率") == ("—", "—", "无可比")  # nobody was expected: nothing to measure
    assert all(figures[name] == row[0] for name, row in rows.items() if not name.startswith("注"))


def test_what_is_lacking_and_planned_stands_in_the_summary(written: Ledger) -> None:
    blocks = report_of("annual").build(written, OPTIONS).blocks
    place = blocks.index(Heading(1, "九、下一年度工作安排"))
    assert blocks[place + 1] == Paragraph("抓好落实。")
    assert not any(block == Heading(1, f"十、{LACKING}") for block in blocks)
