"""组成人员名单 and 年度总结: the lines, the rule under the list, figures that their lists prove."""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook

from models.documents.blocks import AttachmentNote, Chart, Column, Document, Paragraph, Table, Title
from models.records.organisation import Appointment
from models.records.rules import Clause
from models.rules.duties import Obligation, Owner, State
from models.rules.name_order import BY_POST, BY_SURNAME
from models.settings import OfficeSettings, load_settings
from models.store.ledger import Ledger
from models.summaries.roster import roster_of
from models.summaries.year import YearSummary
from models.summaries.year_figures import year_figures
from reports.annual import build_annual
from reports.annual_duties import CLAUSES, duty_section
from reports.catalog import REPORTS, ReportOptions
from reports.roster import build_roster
from reports.sheets.workbook import render_xlsx
from reports.words import by_content
from tests.fixtures import SmallOffice

AS_OF = date(2026, 11, 21)


def test_roster_exactly(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.deputy.id,))[0]
    with ledger.action("离任") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 8, 31)))
        action.change(dataclasses.replace(office.body, basis="澜法治委发〔2025〕2号"))
    document = build_roster(roster_of(ledger, office.body.id, AS_OF, BY_SURNAME), OfficeSettings())
    assert document.blocks[:2] == (
        Title("澜溪县依法行政协调小组组成人员名单"),
        Paragraph("（截至2026年11月21日）", indent=0, align="center"),
    )
    (table,) = document.tables()
    assert table.rows == (
        (1, "主任", "陆怀谦", "县司法局局长"),
        (2, "成员", "罗　屿", "县教育局副局长"),
        (3, "成员", "（空缺）", "县司法局分管负责人"),
    )
    assert table.note == "注：成员按姓氏笔画为序。空缺 1 席。依据：澜法治委发〔2025〕2号。"


def test_roster_by_post_needs_no_rule(ledger: Ledger, office: SmallOffice) -> None:
    (table,) = build_roster(roster_of(ledger, office.body.id, AS_OF, BY_POST), OfficeSettings()).tables()
    assert table.note == ""


@pytest.fixture(scope="module")
def year(county: Ledger) -> tuple[YearSummary, Document]:
    figures = year_figures(county, 2026, AS_OF)
    return figures.summary, build_annual(figures, load_settings(county))


def sheet(document: Document, name: str) -> Table:
    return next(table for table in document.tables() if table.sheet == name)


def test_annual_says_its_day_and_serial(county: Ledger, year: tuple[YearSummary, Document]) -> None:
    _summary, document = year
    assert document.title == "澜溪县2026年度工作总结"
    assert document.footer == f"截至2026年11月21日　编号 {year_figures(county, 2026, AS_OF).serial}"
    assert Paragraph("（截至2026年11月21日）", indent=0, align="center") in document.blocks


def test_every_total_is_the_length_of_its_list(year: tuple[YearSummary, Document]) -> None:
    summary, document = year
    assert (
        len(sheet(document, "会议一览").rows)
        == len(summary.meetings)
        == sheet(document, "会议召开").rows[-1][-1]
    )
    duties = sheet(document, "制度要求").rows
    assert sum(int(str(row[1])) for row in duties) == len(summary.obligations)
    listed = [item for item in summary.obligations if item.owner.kind != "person"]
    assert len(sheet(document, "要求与依据").rows) == len(listed)
    for row in duties:
        assert row[1] == sum(int(str(part)) for part in row[2:])
    resolved = sheet(document, "议定事项").rows
    assert sum(int(str(row[1])) for row in resolved) == len(sheet(document, "议定事项一览").rows)
    listed = sheet(document, "会议一览").rows
    total = sheet(document, "出席情况").rows[-1]
    assert [sum(int(str(row[column])) for row in listed) for column in range(3, 8)] == list(total[1:6])


def test_rates_are_shares_with_a_percent_format(year: tuple[YearSummary, Document]) -> None:
    table = sheet(year[1], "出席情况")
    for row in table.rows:
        expected, present, stood_in, own, unit = row[1], row[2], row[3], row[6], row[7]
        assert isinstance(expected, int) and isinstance(present, int) and isinstance(stood_in, int)
        assert own == pytest.approx(present / expected)
        assert unit == pytest.approx((present + stood_in) / expected)
    assert [column.number_format for column in table.columns[-2:]] == ["0.0%", "0.0%"]


def test_missed_duties_are_named_and_done_ones_proved(year: tuple[YearSummary, Document]) -> None:
    summary, document = year
    text = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    missed = [item for item in summary.obligations if item.state is State.OVERDUE]
    assert missed
    for name, number in Counter(item.clause.name for item in missed).most_common(CLAUSES):
        told = text.partition(f"“{name}”{number}项，")[2].partition("；")[0]
        owners = {item.owner.name for item in missed if item.clause.name == name}
        assert any(owner in told for owner in owners), told
    assert "逐项见附件“制度要求完成情况及依据”" in text
    for row in sheet(document, "要求与依据").rows:
        done = str(row[5]).endswith(("完成", "已完成"))
        assert (bool(row[4]) and bool(row[6])) is done or not done


def test_many_missed_duties_are_summed_up_in_a_few_words() -> None:
    missed = []
    for clause, most in enumerate((40, 9, 2, 1, 1, 1, 1), 1):
        asked = Clause(name=f"第{clause}条", owed_by="每个单位", answered_by="报送", id=f"c{clause}")
        missed += [owed(asked, Owner("unit", f"u{place % 30}", f"{place % 30}局")) for place in range(most)]
    (told,) = [block.text for block in duty_section(tuple(missed)) if isinstance(block, Paragraph)]
    assert "“第1条”40项，0局、1局、2局等30家；“第2条”9项，0局、1局、2局等9家；“第3条”2项，0局、1局；" in told
    assert told.endswith("；其他2条共2项。逐项见附件“制度要求完成情况及依据”。")
    assert len(told) < 300


def owed(clause: Clause, owner: Owner) -> Obligation:
    day = date(2026, 6, 30)
    return Obligation(clause, owner, "2026年", day, day, 1, 0, (), State.OVERDUE, 30, 0)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("督办事项一览表", ("序号", "督办编号", "督办事项", "承办单位", "立项日期", "办理时限", "办结日期")),
        ("报送一览表", ("序号", "报送事项", "报送单位", "报送机构", "所属年度", "收到日期")),
    ],
)
def test_a_list_tells_where_each_record_stood_on_the_day(
    county: Ledger, name: str, columns: tuple[str, ...]
) -> None:
    table = sheet(build_annual(year_figures(county, 2026, date(2026, 9, 30)), load_settings(county)), name)
    assert tuple(column.label for column in table.columns) == columns
    told = [columns.index(name) for name in ("办结日期", "收到日期", "退改日期") if name in columns]
    days = [day for row in table.rows for place in told if isinstance(day := row[place], date)]
    assert days
    assert max(days) <= date(2026, 9, 30)


def test_persons_are_counted_and_those_who_missed_named(county: Ledger) -> None:
    figures = year_figures(county, 2026, date(2027, 1, 5))
    document = build_annual(figures, load_settings(county))
    people = [item for item in figures.summary.obligations if item.owner.kind == "person"]
    missed = [item for item in people if item.state is State.OVERDUE]
    named = sheet(document, "人员名单").rows
    assert sum(int(str(row[3])) for row in named) == len(missed) > 0
    told = {(name, row[2]) for row in named for name in str(row[4]).split("、")}
    assert told == {(item.owner.name, item.owner.unit) for item in missed}
    assert "学时、学日都达标的人数见“五、学法情况”" in sheet(document, "制度要求").note
    (met,) = [row[2] for row in sheet(document, "学法情况").rows if row[0] == "学时、学日都达标"]
    amounts = [item for item in people if item.clause.measure in ("学时", "天数")]
    short = {item.owner.id for item in amounts if item.state is not State.DONE}
    assert met == len({item.owner.id for item in amounts} - short)
    owners = {row[2] for row in sheet(document, "要求与依据").rows}
    assert not owners & {item.owner.label for item in people}


def test_chart_shows_the_bodies(year: tuple[YearSummary, Document]) -> None:
    summary, document = year
    chart, _compared = [block for block in document.blocks if isinstance(block, Chart)]
    assert chart.categories == tuple(body.name for body in summary.bodies)
    assert sum(sum(series.values) for series in chart.series) == len(summary.meetings)


def test_a_year_without_anything(ledger: Ledger) -> None:
    document = build_annual(year_figures(ledger, 2026, AS_OF), OfficeSettings())
    assert not list(document.tables())
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)][1:]
    assert texts == ["2026年共召开会议0次。", "没有出席登记。", "没有登记制度条款。", "没有登记议定事项。",
        "没有登记学法活动。", "没有登记督办事项。", "没有登记报送材料。", "两年都没有可比的数据。",
    ]  # fmt: skip
    assert not [block for block in document.blocks if isinstance(block, AttachmentNote)]


def test_lists_too_long_for_paper_are_in_the_workbook_only(county: Ledger) -> None:
    document = REPORTS["annual"].build(county, ReportOptions(year=2026, as_of=AS_OF))
    labels = {table.sheet for table in document.sheets}
    assert {"出席人次清单", "学法人员清单"} <= labels
    assert not labels & {table.sheet for table in document.tables()}
    stream = io.BytesIO()
    render_xlsx(document, stream)
    assert labels <= set(load_workbook(stream, read_only=True).sheetnames)


def test_a_column_of_words_is_as_wide_as_what_mostly_stands_in_it() -> None:
    columns = (Column("序号", 0.8, "center"), Column("要求", 3), Column("谁来办", 2), Column("依据记录", 3))
    rows = [(1, "部门办公会议每半年听取一次汇报", "县教育局", "")] * 9 + [
        (2, "短", "乙", "一次很长的会议纪要" * 3)
    ]
    number, asked, who, proof = (column.weight for column in by_content(columns, rows))
    assert (number, round(asked + who + proof, 6)) == (0.8, 8)
    assert asked > 2 * who > 0 and who < proof < asked
    assert by_content(columns, [])[0].weight == 0.8


def test_the_chart_stands_before_the_last_table_so_that_rows_go_with_the_sign_off(
    year: tuple[YearSummary, Document],
) -> None:
    blocks = list(year[1].blocks)
    closing = next(place for place, block in enumerate(blocks) if isinstance(block, AttachmentNote))
    assert [type(block) for block in blocks[closing - 2 : closing]] == [Chart, Table]
