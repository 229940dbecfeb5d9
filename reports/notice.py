"""会议通知 with the agenda and the 回执 as attachments (fields of conventions 2.4)."""

from __future__ import annotations

from datetime import date

from models.documents.blocks import (
    Addressee,
    AttachmentHead,
    AttachmentNote,
    Block,
    Column,
    Document,
    Heading,
    Imprint,
    Mark,
    Number,
    Paragraph,
    SignOff,
    Table,
    Title,
)  # fmt: skip
from models.records.organisation import leads_all
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.meeting import MeetingSheet
from reports.words import day_and_time, day_and_weekday, lines, numbered, page_numbers

REPLY_ROWS = 4
REPLY_COLUMNS = (
    Column("单位", 1.5, "center"), Column("姓名", 1.1, "center"), Column("职务", 1.1, "center"),
    Column("联系电话", 1.4, "center"), Column("本人参会", 1.3, "center"), Column("代会人", 1.1, "center"),
    Column("请假事由", 1.3, "center"),
)  # fmt: skip
AGENDA, REPLY = "会议议程", "参会回执"


def build_notice(sheet: MeetingSheet, office: OfficeSettings, as_of: date) -> Document:
    """Return the notice, with a red head when it was given a number; undated notices bear *as_of*."""
    issuer = office.office_name or sheet.body.name
    title = f"关于召开{sheet.meeting.name}的通知"
    attachments = ([AGENDA] if sheet.agenda else []) + [REPLY]
    on = sheet.meeting.notified_on or as_of
    blocks: list[Block] = [Mark(f"{issuer}文件"), Number(sheet.number)] if sheet.number else []
    blocks += [
        Title(title),
        *_addressee(sheet),
        Paragraph(_opening(sheet)),
        *_sections(sheet, office),
        Paragraph("特此通知。"),
        AttachmentNote(tuple(attachments)),
        SignOff(issuer, on),
    ]
    for place, name in enumerate(attachments, 1):
        blocks.append(AttachmentHead(f"附件{place}" if len(attachments) > 1 else "附件", name))
        blocks += _agenda(sheet) if name == AGENDA else _reply(sheet)
    if sheet.number:
        blocks.append(Imprint(tuple(lines(sheet.meeting.copy_to)), issuer, on))
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


def _addressee(sheet: MeetingSheet) -> list[Block]:
    """Return the expected units in 建制顺序, each once; a leader's own 县委 or 县政府 is not written to."""
    units = {one.unit: one.unit_position for one in sheet.expected if one.unit and not leads_all(one.unit)}
    names = sorted(units, key=lambda name: (units[name] is None, units[name] or 0))
    return [Addressee("、".join(names))] if names else []


def _opening(sheet: MeetingSheet) -> str:
    return f"经研究，定于{show_day(sheet.on)}召开{sheet.meeting.name}。现将有关事项通知如下："


def _sections(sheet: MeetingSheet, office: OfficeSettings) -> list[Block]:
    """Return 一、会议时间 … as far as the meeting says something about it."""
    meeting = sheet.meeting
    assert meeting.starts_at is not None
    told: list[tuple[str, list[str]]] = [
        ("会议时间", [day_and_time(meeting.starts_at, meeting.ends_at)]),
        ("会议地点", [meeting.place] if meeting.place else []),
        ("会议内容", _contents(sheet)),
        ("参加人员", _participants(sheet)),
        ("有关要求", _requirements(sheet, office)),
    ]
    blocks: list[Block] = []
    for number, (heading, texts) in enumerate((item for item in told if item[1]), 1):
        blocks.append(Heading(1, numbered(1, number) + heading))
        many = len(texts) > 1
        blocks += [
            Paragraph((numbered(2, place) if many else "") + _sentence(text))
            for place, text in enumerate(texts, 1)
        ]
    return blocks


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "；", "：")) else f"{text}。"


def _contents(sheet: MeetingSheet) -> list[str]:
    if not sheet.agenda:
        return []
    return ["；".join(item.subject.rstrip("。；") for item in sheet.agenda)]


def _participants(sheet: MeetingSheet) -> list[str]:
    """Return who attends and who is invited; the list of names is not part of a notice."""
    roles = list(dict.fromkeys(one.row.role for one in sheet.expected if one.row.role))
    short = sheet.body.short_name or sheet.body.name
    texts = [f"出席：{short}{'、'.join(roles)}" if roles else f"出席：{short}组成人员"]
    if invited := lines(sheet.meeting.invited):
        texts.append(f"列席：{'、'.join(invited)}")
    return texts


def _requirements(sheet: MeetingSheet, office: OfficeSettings) -> list[str]:
    meeting = sheet.meeting
    texts = lines(meeting.requirements)
    if meeting.reply_by:
        to = office.office_name or sheet.body.name
        texts.append(f"请于{day_and_weekday(meeting.reply_by)}前将参会回执报送{to}")
    if meeting.contact or meeting.contact_phone:
        phone = f"联系电话：{meeting.contact_phone}" if meeting.contact_phone else ""
        person = f"联系人：{meeting.contact}" if meeting.contact else ""
        texts.append("，".join(filter(None, (person, phone))))
    return texts


def _agenda(sheet: MeetingSheet) -> list[Block]:
    columns = (Column("序号", 0.6, "center"), Column("议题", 4.4), Column("汇报单位（人员）", 2.2, "center"))
    rows = tuple((place, item.subject, item.reporter) for place, item in enumerate(sheet.agenda, 1))
    return [Table(columns, rows, row_height_mm=12)]


def _reply(sheet: MeetingSheet) -> list[Block]:
    note = (
        "注：“本人参会”填是或否；因故不能参会的，须在会前请假，并指定本单位其他领导代会，代会人填姓名和职务。"
    )
    return [
        Paragraph(f"会议名称：{sheet.meeting.name}", indent=0),
        Table(REPLY_COLUMNS, (("",) * len(REPLY_COLUMNS),) * REPLY_ROWS, row_height_mm=14, note=note),
    ]
