"""Invented papers for the tests of the renderers, and strings that break careless ones."""

from __future__ import annotations

from datetime import date

from models.documents.blocks import (
    Addressee,
    AttachmentHead,
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Imprint,
    Mark,
    Note,
    Number,
    Paragraph,
    People,
    Series,
    SignOff,
    Table,
    Title,
)

SENTENCE = (
    "会议听取了县委依法治县办关于前三季度法治建设重点任务进展情况的汇报，审议了《清河县法治政府建设示范创建工作方案》（送审稿），"
    "研究了行政执法监督、公共法律服务、矛盾纠纷多元化解等问题。会议指出，各乡镇、各部门认真落实“八五”普法规划，"
    "共办结行政复议案件1,286件，满意率97.3%……成绩来之不易——但问题也不容忽视；龚䶮、李𬍛、𠮷野三名同志作了发言。"
)

NASTY = [
    "", "   ", "<b>粗</b>&amp;<para>", "=1+1", "+86", "@SUM(A1)", "-1", "#N/A", "'引号", "{}%s", "\x00控\x07制\x1b",
    "孤\ud800立", "\u202e反转\u202c", "𠮷野家𬍛", "😀👨\u200d👩\u200d👧", "换\n行\r\n符", "\t制表", "，" * 200, "（" * 200,
    "“”" * 100, "——" * 50, "a" * 1200, "长" * 1200, "1" * 300, "https://" + "x/" * 300,
]  # fmt: skip


def minutes(times: int = 1) -> Document:
    """Return minutes with every element of a 纪要; *times* lengthens the body."""
    body: list[Block] = []
    for _ in range(times):
        body += [
            Heading(1, "一、关于前三季度工作"), Paragraph(SENTENCE), Heading(2, "（一）总体评价。", SENTENCE),
            Heading(3, "1. 普法责任。", SENTENCE), Paragraph(SENTENCE),
        ]  # fmt: skip
    return Document(
        "清河县法治会议纪要",
        (
            Mark("清河县全面依法治县委员会会议纪要"), Number("依法治县委纪要〔2026〕3号"),
            Title("清河县全面依法治县委员会守法普法协调小组2026年第三次全体会议纪要"), *body,
            People("出席", ("县委政法委王秀兰", "县司法局李𬍛", "县人民法院张喆", "县教育局欧阳文静", "县财政局刘一")),
            People("请假", ("县民政局周㛃",)),
            SignOff("中共清河县委全面依法治县委员会办公室", date(2026, 10, 20)), Note("（此件公开发布）"),
            Imprint(("县委各常委", "各乡镇党委、政府"), "县委依法治县办", date(2026, 10, 21)),
        ),
        footer="截至2026年10月21日",
    )  # fmt: skip


def plain_text(times: int = 30) -> Document:
    """Return nothing but a title and body text of full-width characters."""
    text = SENTENCE.replace("1,286", "一千").replace("97.3%", "较高").replace("𠮷野", "王某")
    return Document("正文", (Title("关于做好有关工作的报告"), *(Paragraph(text * 2) for _ in range(times))))


def table(rows: int = 60) -> Table:
    """Return a table of several pages with text, a figure and a date."""
    columns = (
        Column("序号", 0.5, "center"), Column("单位", 2), Column("出席率", 1, "right", "0.0%"), Column("日期", 1, "center"),
    )  # fmt: skip
    cells = tuple(
        (number, f"第{number}单位", number / 100, date(2026, 3, 8)) for number in range(1, rows + 1)
    )
    return Table(columns, cells, title="出席情况一览表", note="注：按单位建制顺序排列。", sheet="出席情况")


def chart(kind: str = "bar") -> Chart:
    """Return a chart of two series."""
    series = (Series("应到", (30, 28, 26)), Series("实到", (28, 28, 20)))
    return Chart("会议出席", ("第一季度", "第二季度", "第三季度"), series, kind, "人次")  # type: ignore[arg-type]


def everything(text: str) -> Document:
    """Return a document with *text* in every place that takes text."""
    rows = ((text, 1.5, date(2026, 1, 1)), ("短", None, text))
    return Document(
        text,
        (
            Mark(text), Number(text, text), Title(text), Addressee(text), Heading(1, text), Heading(2, text, text),
            Paragraph(text), Paragraph(text, 0, "right"), People(text, (text, "甲、乙")),
            Table((Column(text), Column("乙", 2), Column("丙", 0.01, "right")), rows, text, text, 10, text),
            Chart(text, (text, "乙"), (Series(text, (1, -2)), Series("丁", (3,))), "stacked", text),
            SignOff(text, date(2026, 1, 1)), SignOff(text, None, sealed=True), AttachmentNote((text, text)), Note(text),
            AttachmentHead(text, text), Imprint((text,), text, date(2026, 1, 1)),
        ),
        footer=text, properties={"subject": text, "author": text},
    )  # fmt: skip
