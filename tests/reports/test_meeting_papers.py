"""会议通知 and 签到表 as blocks."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.documents.blocks import (
    Addressee,
    AttachmentHead,
    AttachmentNote,
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
from models.records.meeting import AgendaItem, Meeting
from models.records.organisation import Appointment, Unit
from models.records.rules import DocumentNumber
from models.settings import OfficeSettings
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance, meeting_sheet
from reports.notice import build_notice
from reports.sign_in import ROW_HEIGHT, SPARE_ROWS, build_sign_in
from tests.fixtures import SmallOffice

SETTINGS = OfficeSettings(office_name="澜溪县依法治县办公室")
AS_OF = date(2026, 10, 6)


def notice(ledger: Ledger, meeting: Meeting) -> Document:
    return build_notice(meeting_sheet(ledger, meeting.id), SETTINGS, AS_OF)


def test_full_notice_exactly(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("发通知") as action:
        meeting = action.change(
            dataclasses.replace(
                office.meeting, ends_at=datetime(2026, 10, 13, 11, 0), place="三楼会议室", requirements="带材料。",
                contact="尹素", contact_phone="6200123", reply_by=date(2026, 10, 12), notified_on=date(2026, 10, 8),
                invited="县统计局 负责人", copy_to="县委",
            )
        )  # fmt: skip
        action.add(AgendaItem(meeting=meeting.id, position=1, subject="交流情况", reporter="各单位"))
        action.add(AgendaItem(meeting=meeting.id, position=2, subject="部署任务。"))
        action.add(DocumentNumber(code="澜法治办发", year=2026, serial=7, subject="通知", meeting=meeting.id))
    blocks = notice(ledger, meeting).blocks
    assert blocks[:19] == (
        Mark("澜溪县依法治县办公室文件"),
        Number("澜法治办发〔2026〕7号"),
        Title("关于召开第三季度联席会议的通知"),
        Addressee("县司法局、县教育局"),
        Paragraph("经研究，定于2026年10月13日召开第三季度联席会议。现将有关事项通知如下："),
        Heading(1, "一、会议时间"),
        Paragraph("2026年10月13日（星期二）上午9:30至11:00。"),
        Heading(1, "二、会议地点"),
        Paragraph("三楼会议室。"),
        Heading(1, "三、会议内容"),
        Paragraph("交流情况；部署任务。"),
        Heading(1, "四、参加人员"),
        Paragraph("（一）出席：澜溪县依法行政协调小组主任、成员。"),
        Paragraph("（二）列席：县统计局 负责人。"),
        Heading(1, "五、有关要求"),
        Paragraph("（一）带材料。"),
        Paragraph("（二）请于2026年10月12日（星期一）前将参会回执报送澜溪县依法治县办公室。"),
        Paragraph("（三）联系人：尹素，联系电话：6200123。"),
        Paragraph("特此通知。"),
    )
    assert blocks[19:21] == (
        AttachmentNote(("会议议程", "参会回执")),
        SignOff("澜溪县依法治县办公室", date(2026, 10, 8)),
    )
    agenda, reply = (block for block in blocks if isinstance(block, Table))
    assert agenda.rows == ((1, "交流情况", "各单位"), (2, "部署任务。", ""))
    assert [column.label for column in reply.columns] == [
        "单位", "姓名", "职务", "联系电话", "本人参会", "代会人", "请假事由",
    ]  # fmt: skip
    assert [block for block in blocks if isinstance(block, AttachmentHead)] == [
        AttachmentHead("附件1", "会议议程"), AttachmentHead("附件2", "参会回执"),
    ]  # fmt: skip
    assert blocks[-1] == Imprint(("县委",), "澜溪县依法治县办公室", date(2026, 10, 8))


def test_notice_of_little(ledger: Ledger, office: SmallOffice) -> None:
    """Without number, agenda, place and requirements: no head, no gaps in the numbers, one attachment."""
    blocks = notice(ledger, office.meeting).blocks
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == ["一、会议时间", "二、参加人员"]
    assert not any(isinstance(block, Mark | Number | Imprint) for block in blocks)
    assert AttachmentNote(("参会回执",)) in blocks and AttachmentHead("附件", "参会回执") in blocks
    assert SignOff("澜溪县依法治县办公室", AS_OF) in blocks


def sign_in_rows(ledger: Ledger, office: SmallOffice) -> list[tuple[object, ...]]:
    tables = list(build_sign_in(meeting_sheet(ledger, office.meeting.id), SETTINGS).tables())
    assert all(table.row_height_mm == ROW_HEIGHT for table in tables)
    return [row for table in tables for row in table.rows]


def test_sign_in_sheet_before_the_meeting(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.deputy.id,))[0]
    with ledger.action("离任") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 9, 1)))
    rows = sign_in_rows(ledger, office)
    assert rows[:3] == [
        (1, "县司法局", "陆怀谦", "局长", "", "", ""),
        (2, "县司法局", "（空缺）", "分管负责人", "", "", ""),
        (3, "县教育局", "罗　屿", "副局长", "", "", ""),
    ]
    assert rows[3:] == [(number, *("",) * 6) for number in range(1, SPARE_ROWS + 1)]


def test_sign_in_sheet_knows_who_stands_in(ledger: Ledger, office: SmallOffice) -> None:
    asked = datetime(2026, 10, 12)
    with ledger.action("请假") as action:
        extra = dataclasses.replace(
            ledger.find(Appointment, "person = ?", (office.staff.id,))[0], post="班子成员", title="党组成员"
        )
        action.change(extra)
        head, deputy, teacher = expected_attendance(ledger, office.meeting)
        action.add(head)
        action.add(
            dataclasses.replace(
                deputy,
                status="代",
                leave_asked_at=asked,
                substitute=office.staff.id,
                substitute_duty="党组成员",
            )
        )
        action.add(dataclasses.replace(teacher, status="请假", leave_asked_at=asked))
    assert [row[2:4] + row[6:] for row in sign_in_rows(ledger, office)[:3]] == [
        ("陆怀谦", "局长", ""), ("尹　素", "党组成员", "（代）"), ("罗　屿", "副局长", "请假"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "landscape"), [("县司法局", False), ("县人力资源和社会保障与退役军人事务局", True)]
)
def test_long_units_turn_the_sheet(ledger: Ledger, office: SmallOffice, name: str, landscape: bool) -> None:
    unit = ledger.get(Unit, office.justice.id)
    assert unit is not None
    with ledger.action("改名") as action:
        action.change(dataclasses.replace(unit, name=name))
    assert build_sign_in(meeting_sheet(ledger, office.meeting.id), SETTINGS).landscape is landscape
