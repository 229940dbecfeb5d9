"""年度总结: the year's lines of work, last year's figures beside them, with the lists that prove them.

Every figure comes from :mod:`models.summaries.year` and :mod:`models.summaries.year_figures`; the attachments are the records behind the figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

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
from models.documents.parse import body_blocks
from models.records.values import show_day
from models.records.year import REPORT_PARTS
from models.rules.attendance import Rates
from models.settings import OfficeSettings
from models.summaries.year import RESOLUTION_STATES, RateLine, ResolutionLine, YearSummary
from models.summaries.year_figures import ProofList, YearFigures
from models.summaries.year_text import PartText
from reports.annual_duties import duty_lists, duty_section
from reports.annual_lines import line_sections, proof_tables
from reports.words import numbered, page_numbers

_SECTIONS = 8
_IN_WORDS = (REPORT_PARTS[1], *REPORT_PARTS[3:])
PERCENT = "0.0%"
DAY = "yyyy-mm-dd"
Row = tuple[Cell, ...]
RATE_COLUMNS = (
    Column("应到", 0.8, "right"), Column("本人出席", 1.1, "right"), Column("代会", 0.8, "right"),
    Column("请假", 0.8, "right"), Column("缺席", 0.8, "right"), Column("本人出席率", 1.3, "right", PERCENT),
    Column("单位出席率", 1.3, "right", PERCENT),
)  # fmt: skip
RATE_NOTE = "注：本人出席率＝本人出席÷应到，单位出席率另计代会；空缺席位不计应到。"


def build_annual(
    figures: YearFigures,
    office: OfficeSettings,
    parts: tuple[PartText, ...] = (),
    lists: Iterable[ProofList] = (),
) -> Document:
    """Return the summary of the year; day and serial stand in the footer (ideas 8).

    Of *parts*, the words of the annual report, it tells what the figures cannot: what is lacking, what comes next.
    *lists* are too long for paper and stand in a workbook only.
    """
    summary = figures.summary
    title = f"{office.area_name}{summary.year}年度工作总结"
    attachments = [*_attachments(summary), *proof_tables(figures.proofs)]
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（截至{show_day(summary.as_of)}）", indent=0, align="center"),
        *_meetings(summary),
        *_attendance(summary),
        *duty_section(summary.obligations),
        *_resolutions(summary.resolutions),
        *line_sections(figures),
        *_situation(parts),
        *([AttachmentNote(tuple(name for name, _ in attachments))] if attachments else []),
        SignOff(office.office_name, summary.as_of),
    ]
    for number, (name, table) in enumerate(attachments, 1):
        blocks += [AttachmentHead(f"附件{number}", name), table]
    footer = f"截至{show_day(summary.as_of)}　编号 {figures.serial}"
    sheets = tuple(table for _, table in proof_tables(lists))
    return Document(title, tuple(blocks), footer=footer, page_numbers=page_numbers(office), sheets=sheets)


# 一、会议召开情况 ------------------------------------------------------------------------------


def _meetings(summary: YearSummary) -> list[Block]:
    kinds = "、".join(f"{count.label}{count.number}次" for count in summary.categories)
    irregular = sum(body.irregular.number for body in summary.bodies)
    total = len(summary.meetings)
    text = f"{summary.year}年共召开会议{total}次"
    if total:
        text += f"，其中{kinds}；定期会议{total - irregular}次，临时会议{irregular}次"
    if summary.cancelled.number:
        text += f"。另有{summary.cancelled.number}次会议取消"
    blocks: list[Block] = [Heading(1, "一、会议召开情况"), Paragraph(f"{text}。")]
    if not total:
        return blocks
    columns = (
        Column("机构", 3.4), Column("定期", 0.8, "right"), Column("临时", 0.8, "right"), Column("合计", 0.8, "right"),
    )  # fmt: skip
    rows: list[Row] = [
        (body.name, body.regular.number, body.irregular.number, body.regular.number + body.irregular.number)
        for body in summary.bodies
    ]
    rows.append(("合计", total - irregular, irregular, total))
    chart = Chart(
        f"{summary.year}年各机构开会次数",
        tuple(body.name for body in summary.bodies),
        (
            Series("定期", tuple(float(body.regular.number) for body in summary.bodies)),
            Series("临时", tuple(float(body.irregular.number) for body in summary.bodies)),
        ),
        kind="stacked", unit="次",
    )  # fmt: skip
    return [*blocks, Table(columns, tuple(rows), sheet="会议召开"), chart]


# 二、出席情况 ----------------------------------------------------------------------------------


def _attendance(summary: YearSummary) -> list[Block]:
    all_rates = summary.attendance
    if not all_rates.expected:
        return [Heading(1, "二、出席情况"), Paragraph("没有出席登记。")]
    text = (
        f"全年应到{all_rates.expected}人次，本人出席{all_rates.present}人次，代会{all_rates.substituted}人次，"
        f"请假{all_rates.excused}人次，缺席{all_rates.absent}人次；本人出席率{_percent(all_rates.own)}，"
        f"单位出席率{_percent(all_rates.unit)}。"
    )
    if all_rates.unmarked:
        text += f"还有{all_rates.unmarked}人次没有登记出席情况。"
    lines = [(body.name, *_rate_cells(body.attendance.rates)) for body in summary.bodies]
    lines.append(("合计", *_rate_cells(all_rates)))
    table = Table((Column("机构", 2.4), *RATE_COLUMNS), tuple(lines), note=RATE_NOTE, sheet="出席情况")
    return [Heading(1, "二、出席情况"), Paragraph(text), table]


def _rate_cells(rates: Rates) -> Row:
    return (
        rates.expected, rates.present, rates.substituted, rates.excused, rates.absent, rates.own, rates.unit,
    )  # fmt: skip


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


# 四、议定事项办理情况 ---------------------------------------------------------------------------


def _resolutions(resolutions: tuple[ResolutionLine, ...]) -> list[Block]:
    heading = Heading(1, "四、议定事项办理情况")
    if not resolutions:
        return [heading, Paragraph("没有登记议定事项。")]
    counts = {name: sum(item.state == name for item in resolutions) for name in RESOLUTION_STATES}
    told = "，".join(f"{name}{number}项" for name, number in counts.items())
    text = f"会议议定事项共{len(resolutions)}项，{told}；办结率{_percent(_done_share(resolutions))}。"
    by_lead: dict[str, list[ResolutionLine]] = defaultdict(list)
    for item in resolutions:
        by_lead[item.lead_id].append(item)
    columns = (
        Column("牵头单位", 2.8), *(Column(label, 0.8, "right") for label in ("议定", "办结", "在办")),
        Column("逾期未办结", 1.4, "right"), Column("办结率", 1.1, "right", PERCENT),
    )  # fmt: skip
    rows = tuple(
        (
            items[0].lead or "（未定牵头单位）", len(items), sum(item.done for item in items),
            sum(item.state == "在办" for item in items), sum(item.state == "逾期未办结" for item in items),
            _done_share(items),
        )
        for items in sorted(by_lead.values(), key=len, reverse=True)
    )  # fmt: skip
    note = "注：有几个牵头单位的，计入列前的牵头单位。"
    return [heading, Paragraph(text), Table(columns, rows, note=note, sheet="议定事项")]


def _done_share(items: Iterable[ResolutionLine]) -> float:
    done = [item.done for item in items]
    return sum(done) / len(done)


# 九、十、十一: in words ------------------------------------------------------------------------


def _situation(parts: tuple[PartText, ...]) -> Iterator[Block]:
    told = [one for one in parts if one.part in _IN_WORDS and not one.is_blank]
    for number, one in enumerate(told, _SECTIONS + 1):
        yield Heading(1, f"{numbered(1, number)}{one.part}")
        yield from body_blocks(one.record.content)


# 附件 -----------------------------------------------------------------------------------------


def _attachments(summary: YearSummary) -> list[tuple[str, Table]]:
    """Return the lists behind the figures, those that hold something."""
    tables = [
        ("会议一览表", _meeting_list(summary)),
        *duty_lists(summary.obligations),
        ("议定事项办理情况一览表", _resolution_list(summary.resolutions)),
        ("单位出席情况", _rate_list("单位出席", summary.units, people=False)),
        ("人员出席情况", _rate_list("人员出席", summary.people, people=True)),
    ]
    return [(name, table) for name, table in tables if table.rows]


def _meeting_list(summary: YearSummary) -> Table:
    columns = (
        Column("序号", 0.8, "center"), Column("日期", 1.7, "center", DAY), Column("会议", 3.6),
        *(Column(label, 0.8, "right") for label in ("应到", "出席", "代会", "请假", "缺席", "议定")),
    )  # fmt: skip
    rows = tuple(
        (
            number, line.on, line.meeting.name, *_rate_cells(line.rates)[:5], line.resolutions,
        )
        for number, line in enumerate(summary.meetings, 1)
    )  # fmt: skip
    return Table(columns, rows, sheet="会议一览")


def _resolution_list(resolutions: tuple[ResolutionLine, ...]) -> Table:
    columns = (
        Column("序号", 0.8, "center"), Column("会议", 2.2), Column("议定事项", 3.4), Column("牵头单位", 1.6),
        Column("时限", 1.5, "center", DAY), Column("办结", 1.5, "center", DAY), Column("状态", 1.2, "center"),
    )  # fmt: skip
    rows = tuple(
        (
            number, item.meeting, item.record.content, "、".join(item.leads), item.record.due_on,
            item.record.done_on if item.done else None, item.state + (f"{item.days}天" if item.days else ""),
        )
        for number, item in enumerate(resolutions, 1)
    )  # fmt: skip
    return Table(columns, rows, sheet="议定事项一览")


def _rate_list(sheet: str, lines: tuple[RateLine, ...], *, people: bool) -> Table:
    name = [Column("姓名", 1.4), Column("单位", 2.2)] if people else [Column("单位", 2.6)]
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        who: Row = (number, line.name, line.unit) if people else (number, line.name)
        rows.append((*who, *_rate_cells(line.rates)))
    return Table(
        (Column("序号", 0.8, "center"), *name, *RATE_COLUMNS), tuple(rows), note=RATE_NOTE, sheet=sheet
    )
