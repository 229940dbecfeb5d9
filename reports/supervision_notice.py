"""督查通报: who had what to do in a period and how far it got, with the list behind every figure (S0-36)."""

from __future__ import annotations

from models.documents.blocks import (
    AttachmentHead,
    AttachmentNote,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Series,
    SignOff,
    Table,
    Title,
)  # fmt: skip
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.supervision import CaseLine, Totals
from reports.words import page_numbers

PERCENT, DAY = "0.0%", "yyyy-mm-dd"
LIST = "督办事项一览表"
NOTE = "注：应办指期内立项和以前结转的事项；有几个承办单位的，计入列前的单位；在办含逾期。"
Row = tuple[Cell, ...]


def build_supervision_notice(totals: Totals, office: OfficeSettings) -> Document:
    """Return the 通报 of *totals*: figures by unit with a chart, what is overdue, who was urged too often."""
    period = f"{show_day(totals.since)}至{show_day(totals.until)}"
    title = f"关于{totals.since.year}年督办事项办理情况的通报"
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（{period}）", indent=0, align="center"),
        *_figures(totals),
        *_overdue(totals),
        *_urged(totals),
    ]
    if totals.lines:
        blocks.append(AttachmentNote((LIST,)))
    blocks.append(SignOff(office.office_name, totals.until))
    if totals.lines:
        blocks += [AttachmentHead("附件", LIST), _list(totals)]
    return Document(
        title, tuple(blocks), footer=f"截至{show_day(totals.until)}", page_numbers=page_numbers(office)
    )


def _figures(totals: Totals) -> list[Block]:
    heading = Heading(1, "一、总体情况")
    owed, closed = totals.count("owed"), totals.count("closed")
    if not owed:
        return [heading, Paragraph("期内没有应办的督办事项。")]
    late = totals.count("closed_late")
    text = f"期内应办督办事项{owed}件，涉及{len(totals.units)}个单位；已办结{closed}件"
    text += f"（其中逾期办结{late}件）" if late else ""
    text += (
        f"，在办{totals.count('running')}件，其中逾期{totals.count('overdue')}件；办结率{totals.rate:.1%}。"
    )
    labels = ("应办", "办结", "在办", "逾期")
    columns = (
        Column("承办单位", 2.8), *(Column(label, 0.8, "right") for label in labels),
        Column("办结率", 1.1, "right", PERCENT),
    )  # fmt: skip
    names = ("owed", "closed", "running", "overdue")
    rows: list[Row] = [
        (unit.name, *(len(getattr(unit, name)) for name in names), unit.rate) for unit in totals.units
    ]
    rows.append(("合计", *(totals.count(name) for name in names), totals.rate))
    return [
        heading,
        Paragraph(text),
        Table(columns, tuple(rows), note=NOTE, sheet="督办情况"),
        _chart(totals),
    ]


def _chart(totals: Totals) -> Chart:
    units = totals.units
    in_time = tuple(float(len(unit.running) - len(unit.overdue)) for unit in units)
    return Chart(
        "各单位督办事项办理情况",
        tuple(unit.name for unit in units),
        (
            Series("办结", tuple(float(len(unit.closed)) for unit in units)),
            Series("在办未到期", in_time),
            Series("逾期", tuple(float(len(unit.overdue)) for unit in units)),
        ),
        kind="stacked", unit="件",
    )  # fmt: skip


def _overdue(totals: Totals) -> list[Block]:
    heading = Heading(1, "二、逾期事项")
    if not totals.overdue:
        return [heading, Paragraph("没有逾期未办结的事项。")]
    columns = (
        Column("序号", 0.7, "center"), Column("督办编号", 1.7, "center"), Column("督办事项", 3.0), Column("承办单位", 2.0),
        Column("办理时限", 1.6, "center", DAY), Column("逾期天数", 0.7, "right"), Column("催办次数", 0.7, "right"),
    )  # fmt: skip
    rows = tuple(
        (
            number, _short(line), line.case.matter, line.lead, line.due,
            (totals.until - line.due).days if line.due else None, line.slips,
        )
        for number, line in enumerate(totals.overdue, 1)
    )  # fmt: skip
    return [heading, Table(columns, rows, sheet="逾期事项")]


def _urged(totals: Totals) -> list[Block]:
    if not totals.notify:
        return []
    named = "；".join(f"{line.lead}“{line.case.matter}”（催办{line.slips}次）" for line in totals.notify)
    return [
        Heading(1, "三、通报事项"),
        Paragraph(f"下列事项经多次催办仍未办结，予以通报：{named}。有关单位要说明原因，限期办结。"),
    ]


def _list(totals: Totals) -> Table:
    columns = (
        Column("序号", 0.7, "center"), Column("督办编号", 1.7, "center"), Column("督办事项", 2.9), Column("承办单位", 1.8),
        Column("时限", 1.6, "center", DAY), Column("办结", 1.6, "center", DAY), Column("状态", 1.8, "center"),
    )  # fmt: skip
    return Table(
        columns, tuple(_row(number, line, totals) for number, line in enumerate(totals.lines, 1)), sheet=LIST
    )


def _row(number: int, line: CaseLine, totals: Totals) -> Row:
    case = line.case
    closed = case.closed_on if case.closed_on and case.closed_on <= totals.until else None
    return (
        number, _short(line), case.matter, line.lead, line.due, closed,
        line.state if closed else f"{line.light.shape}{line.light.words}",
    )  # fmt: skip


def _short(line: CaseLine) -> str:
    """Return the number without the word that every one begins with."""
    return line.case.number.removeprefix("督办")
