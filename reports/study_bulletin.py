"""学法情况通报 of a year or its first half: what was held, who met what is asked, unit by unit, who is short (S2-11, S3-14)."""

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
from models.records.organisation import STAFF_KINDS
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.exams import ExamSheet
from models.summaries.study import GapLine
from models.summaries.study_year import StudyYear
from reports.words import column_name, page_numbers

PERCENT = "0.0%"
Row = tuple[Cell, ...]


def build_bulletin(summary: StudyYear, office: OfficeSettings) -> Document:
    """Return the bulletin; every figure is of :func:`models.summaries.study_year.study_year`."""
    title = f"关于{summary.period}学法情况的通报"
    attachments = _attachments(summary)
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（截至{show_day(summary.as_of)}）", indent=0, align="center"),
        *_held(summary), *_met(summary), *_exams(summary.exams, len(summary.tests)),
        *([AttachmentNote(tuple(name for name, _ in attachments))] if attachments else []),
        SignOff(office.office_name, summary.as_of),
    ]  # fmt: skip
    for number, (name, table) in enumerate(attachments, 1):
        blocks += [AttachmentHead(f"附件{number}", name), table]
    footer = f"截至{show_day(summary.as_of)}"
    return Document(title, tuple(blocks), page_numbers=page_numbers(office), footer=footer)


# 一、学法活动 ----------------------------------------------------------------------------------


def _held(summary: StudyYear) -> list[Block]:
    heading = Heading(1, "一、学法活动开展情况")
    if not summary.sessions:
        return [heading, Paragraph(f"{summary.period}没有登记学法活动。")]
    text = (
        f"{summary.period}共开展学法活动{len(summary.sessions)}次，参加{summary.heads}人次，"
        f"名册内人员{summary.persons}人参加。"
    )
    if summary.before:
        told = "、".join(f"{line.label}前{len(line.ids)}次" for line in summary.before)
        text += f"其中会前学法{sum(len(line.ids) for line in summary.before)}次（{told}）。"
    if summary.led:
        text += f"领导干部讲法{len(summary.led)}次。"
    columns = (
        Column("学法形式", 2.4), Column("次数", 1, "right"), Column("参加人次", 1.2, "right"),
        Column("名册内人数", 1.4, "right"),
    )  # fmt: skip
    rows: list[Row] = [(line.label, len(line.ids), line.heads, line.persons) for line in summary.forms]
    rows.append(("合计", len(summary.sessions), summary.heads, summary.persons))
    note = "注：人次含名册以外的人员；一人参加几次的，人数只算一人。"
    return [heading, Paragraph(text), Table(columns, tuple(rows), note=note, sheet="学法活动")]


# 二、学时完成情况 ------------------------------------------------------------------------------


def _met(summary: StudyYear) -> list[Block]:
    heading = Heading(1, "二、学时完成情况")
    people = len(summary.people)
    if not people:
        return [heading, Paragraph("没有登记对人员的学法要求。")]
    short = len(summary.short)
    late = sum(line.standing.special_is_late for line in summary.people)
    text = f"应完成学时的人员{people}人，已达标{people - short}人，达标率{(people - short) / people:.1%}；未达标{short}人"
    text += f"，其中专门培训过期{late}人。" if late else "。"
    worst = [unit.name for unit in sorted(summary.units, key=lambda unit: unit.rate) if unit.short][:3]
    text += f"达标率较低的单位是：{'、'.join(worst)}。" if worst else ""
    kinds = [kind for kind in STAFF_KINDS if any(line.staff_kind == kind for line in summary.people)]
    short_ids = {line.id for line in summary.short}
    counts = [[line.id in short_ids for line in summary.people if line.staff_kind == kind] for kind in kinds]
    chart = Chart(
        "各类人员学时完成情况", tuple(kinds),
        (
            Series("已达标", tuple(float(len(told) - sum(told)) for told in counts)),
            Series("未达标", tuple(float(sum(told)) for told in counts)),
        ),
        kind="stacked", unit="人",
    )  # fmt: skip
    return [heading, Paragraph(text), chart]


# 三、考试和任前考法 ----------------------------------------------------------------------------


def _exams(exams: tuple[ExamSheet, ...], tests: int) -> list[Block]:
    if not exams and not tests:
        return []
    blocks: list[Block] = [Heading(1, "三、考试和任前考法情况")]
    if tests:
        blocks.append(Paragraph(f"任前法律知识考试{tests}人次。"))
    if exams:
        words = exams[0].words
        columns = (
            Column("考试", 2.8), Column("参考", 0.8, "right"),
            *(Column(word, 0.9, "right") for word in words), Column("合格率", 1.1, "right", PERCENT),
        )  # fmt: skip
        rows = tuple(
            (sheet.exam.name, sheet.sat, *(sheet.count(word) for word in words), sheet.pass_rate)
            for sheet in exams
        )
        note = "注：补考的取最高分；合格率＝合格以上÷参考。"
        blocks.append(Table(columns, rows, note=note, sheet="考试"))
    return blocks


# 附件 -----------------------------------------------------------------------------------------


def _attachments(summary: StudyYear) -> list[tuple[str, Table]]:
    tables = [
        ("各单位学时完成情况", _unit_table(summary)),
        ("未达标人员名单", _gap_table(summary.short)),
        ("学法活动一览表", _session_table(summary)),
    ]
    return [(name, table) for name, table in tables if table.rows]


def _unit_table(summary: StudyYear) -> Table:
    columns = (
        Column("序号", 0.7, "center"), Column("单位", 3), Column("应完成", 0.9, "right"), Column("已达标", 0.9, "right"),
        Column("未达标", 0.9, "right"), Column("达标率", 1, "right", PERCENT), Column("人均学时", 1.1, "right"),
    )  # fmt: skip
    rows = tuple(
        (place, unit.name, unit.owed, unit.met, unit.short, unit.rate, unit.hours)
        for place, unit in enumerate(summary.units, 1)
    )
    return Table(columns, rows, sheet="各单位学时")


def _gap_table(lines: tuple[GapLine, ...]) -> Table:
    columns = (
        Column("序号", 0.7, "center"), Column("单位", 2.4), Column("姓名", 1.1, "center"), Column("人员类别", 1.5, "center"),
        Column("已学学时", 0.9, "right"), Column("情况", 2.6),
    )  # fmt: skip
    rows = tuple(
        (place, line.unit_name, column_name(line.name), line.staff_kind, line.standing.hours, line.standing.words)
        for place, line in enumerate(lines, 1)
    )  # fmt: skip
    return Table(columns, rows, sheet="未达标人员")


def _session_table(summary: StudyYear) -> Table:
    columns = (
        Column("序号", 0.7, "center"), Column("日期", 1.5, "center", "yyyy-mm-dd"), Column("学习主题", 3.2),
        Column("学法形式", 1.3, "center"), Column("组织单位", 2.2), Column("人次", 0.8, "right"),
    )  # fmt: skip
    rows = tuple(
        (place, line.on, line.session.subject, line.session.category, line.host, line.heads)
        for place, line in enumerate(summary.sessions, 1)
    )
    return Table(columns, rows, sheet="学法活动一览")
