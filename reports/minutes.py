"""会议纪要: minutes in the form of GB/T 9704-2012, 10.3 (mark, 出席/请假/列席, no addressee, no seal).

The body is the clerk's own text when there is one, otherwise composed from the agenda and resolutions.
"""

from __future__ import annotations

from models.documents.blocks import Block, Document, Heading, Imprint, Mark, Number, Paragraph, People, Title
from models.documents.numbering import read_mark
from models.records.meeting import STATES, AgendaItem
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.meeting import Attendee, MeetingSheet, Resolved
from reports.words import STOOD_IN, lines, numbered, page_numbers, part_of_day

OPENING = {
    "学习贯彻": "会议学习了", "传达部署": "会议传达了", "交流情况": "会议交流了", "研究部署": "会议研究了",
    "协调解决": "会议研究协调了", "任务分解": "会议分解了", "听取汇报": "会议听取了", "其他": "会议审议了",
}  # fmt: skip
"""How the minutes begin to tell of an item of each content class (S0-22, S0-27)."""
_VERBS = (
    "传达",
    "学习",
    "贯彻",
    "通报",
    "交流",
    "研究",
    "部署",
    "协调",
    "听取",
    "审议",
    "讨论",
    "筹备",
    "分解",
)


def build_minutes(sheet: MeetingSheet, office: OfficeSettings, *, show_absent: bool = False) -> Document:
    """Return the minutes; marked 「（草稿）」 until they are signed. *show_absent* prints 缺席 too."""
    meeting = sheet.meeting
    draft = meeting.state in STATES and STATES.index(meeting.state) < STATES.index("签发")
    title = meeting.name if meeting.name.endswith("纪要") else f"{meeting.name}纪要"
    title += "（草稿）" if draft else ""
    blocks: list[Block] = [Mark(office.minutes_mark or f"{sheet.body.short_name or sheet.body.name}会议纪要")]
    issuer = office.office_name or sheet.body.name
    if meeting.minutes_issue:
        blocks.append(Number(f"第{meeting.minutes_issue}期"))
    blocks += [Title(title), *_body(sheet), *_people(sheet, show_absent=show_absent)]
    blocks.append(Imprint(tuple(lines(meeting.copy_to)), issuer, meeting.issued_on or meeting.signed_on))
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


def _body(sheet: MeetingSheet) -> list[Block]:
    if sheet.meeting.minutes_text.strip():
        return _own_text(sheet.meeting.minutes_text)
    blocks: list[Block] = [Paragraph(_introduction(sheet))]
    headed = len(sheet.agenda) + bool(sheet.resolutions) > 1
    for number, item in enumerate(sheet.agenda, 1):
        if headed:
            blocks.append(Heading(1, numbered(1, number) + item.subject))
        blocks += [Paragraph(text) for text in _told(item)]
    if sheet.resolutions:
        if headed:
            blocks.append(Heading(1, f"{numbered(1, len(sheet.agenda) + 1)}会议议定事项"))
        else:
            blocks.append(Paragraph("会议议定："))
        blocks += _resolutions(sheet.resolutions)
    return blocks


def _introduction(sheet: MeetingSheet) -> str:
    starts = sheet.meeting.starts_at
    assert starts is not None
    host = f"{sheet.host_duty}{sheet.host}同志" if sheet.host else ""
    by = "受委托，" if sheet.meeting.delegated and host else ""
    place = f"在{sheet.meeting.place}" if sheet.meeting.place else ""
    text = f"{show_day(sheet.on)}{part_of_day(starts)}，{by}{host}{place}主持召开{sheet.meeting.name}。"
    if not host:
        text = f"{show_day(sheet.on)}{part_of_day(starts)}，{place}召开{sheet.meeting.name}。"
    return text + ("现将会议主要内容纪要如下：" if sheet.agenda or sheet.resolutions else "")


def _told(item: AgendaItem) -> list[str]:
    """Return the paragraphs about one item; without a record, the one sentence its class speaks for."""
    if told := lines(item.record):
        return told
    subject = item.subject
    if subject.startswith(_VERBS):
        return [f"会议{subject}。"]
    reporter = f"{item.reporter}关于" if item.reporter and item.content_class == "听取汇报" else ""
    ending = "的汇报" if item.content_class == "听取汇报" else ""
    return [f"{OPENING.get(item.content_class, '会议研究了')}{reporter}{subject}{ending}。"]


def _resolutions(resolutions: tuple[Resolved, ...]) -> list[Block]:
    blocks: list[Block] = []
    for number, item in enumerate(resolutions, 1):
        content = " ".join(lines(item.record.content)).rstrip("。；")
        blocks.append(Paragraph(f"{numbered(3, number)}{content}。{_charge(item)}"))
    return blocks


def _charge(item: Resolved) -> str:
    """Return 「（牵头单位：…；配合单位：…；时限：…）」, the lead units in order (S2-5)."""
    parts = []
    if item.leads:
        parts.append(f"牵头单位：{'、'.join(item.leads)}")
    if item.partners:
        parts.append(f"配合单位：{'、'.join(item.partners)}")
    if item.record.due_on:
        parts.append(f"办理时限：{show_day(item.record.due_on)}前")
    return f"（{'；'.join(parts)}）" if parts else ""


def _own_text(text: str) -> list[Block]:
    """Return the clerk's text: numbered lines as headings, the first sentence in the heading's face."""
    blocks: list[Block] = []
    for line in lines(text):
        mark = read_mark(line)
        if mark and mark.level <= 2:
            head, stop, rest = line.partition("。")
            blocks.append(Heading(mark.level, head + stop if rest else line, rest))
        else:
            blocks.append(Paragraph(line))
    return blocks


def _people(sheet: MeetingSheet, *, show_absent: bool) -> list[Block]:
    """Return 出席, 请假, 列席 in the organisation's order; a substitute is printed with （代） (S0-20)."""
    present = [
        _entry(one, one.came, STOOD_IN if one.row.status == "代" else "") for one in sheet.expected if one.present
    ]  # fmt: skip
    present += [_entry(one, one.person) for one in sheet.guests if one.row.status == "出席"]
    leave = [
        _entry(one, one.person) for one in sheet.expected if one.row.status in ("请假", "代") and one.person
    ]
    absent = [_entry(one, one.person) for one in sheet.expected if one.row.status == "缺席" and one.person]
    guests = [_entry(one, one.person) for one in sheet.guests if one.row.status in ("列席", "特邀")]
    groups = [("出席", present), ("请假", leave), ("列席", guests)]
    if show_absent:
        groups.insert(2, ("缺席", absent))
    return [People(label, tuple(entries)) for label, entries in groups if entries]


def _entry(one: Attendee, name: str, mark: str = "") -> str:
    return f"{one.unit} {name}{mark}".strip()
