"""会议纪要 as blocks: composed from the meeting, or the clerk's own text."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.documents.blocks import Heading, Imprint, Mark, Number, Paragraph, People, Title
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Person
from models.settings import OfficeSettings
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance, meeting_sheet
from reports.minutes import build_minutes
from tests.fixtures import SmallOffice

SETTINGS = OfficeSettings(office_name="澜溪县依法治县办公室", minutes_mark="澜溪县依法治县工作会议纪要")


@pytest.fixture
def meeting(ledger: Ledger, office: SmallOffice) -> Meeting:
    """Held, one substitute, one on leave, one guest; two items, one resolution; issued as number 3."""
    with ledger.action("开会") as action:
        member = action.add(Person(name="蔺清和"))
        action.add(Appointment(person=member.id, unit=office.justice.id, title="党组成员", post="班子成员"))
        held = action.change(dataclasses.replace(office.meeting, place="三楼会议室", state="召开"))
        head, deputy, teacher = expected_attendance(ledger, held)
        asked = datetime(2026, 10, 12, 15)
        for row in (
            dataclasses.replace(head, status="出席", signed=True),
            dataclasses.replace(deputy, status="代", leave_asked_at=asked, substitute=member.id),
            dataclasses.replace(teacher, status="请假", leave_asked_at=asked),
            Attendance(
                meeting=held.id, unit=office.justice.id, person=office.staff.id, status="列席", position=9
            ),
        ):
            action.add(row)
        action.add(AgendaItem(meeting=held.id, position=1, subject="交流工作情况", record="甲说。\n\n乙说。"))
        action.add(
            AgendaItem(
                meeting=held.id, position=2, subject="全年进展", content_class="听取汇报", reporter="县司法局"
            )
        )
        action.add(
            Resolution(
                meeting=held.id, content="月底前报计划。", lead_units=(office.education.id, office.justice.id),
                co_units=(office.justice.id,), due_on=date(2026, 10, 31),
            )
        )  # fmt: skip
        return action.change(
            dataclasses.replace(
                held, state="印发", drafted_on=date(2026, 10, 14), signed_on=date(2026, 10, 15),
                issued_on=date(2026, 10, 16), minutes_issue=3, copy_to="县委\n县政府",
            )
        )  # fmt: skip


def test_composed_minutes_exactly(ledger: Ledger, meeting: Meeting) -> None:
    document = build_minutes(meeting_sheet(ledger, meeting.id), SETTINGS)
    assert document.title == "第三季度联席会议纪要"
    assert document.blocks == (
        Mark("澜溪县依法治县工作会议纪要"),
        Number("第3期"),
        Title("第三季度联席会议纪要"),
        Paragraph(
            "2026年10月13日上午，澜溪县依法行政协调小组主任陆怀谦同志在三楼会议室主持召开第三季度联席会议。"
            "现将会议主要内容纪要如下："
        ),
        Heading(1, "一、交流工作情况"),
        Paragraph("甲说。"),
        Paragraph("乙说。"),
        Heading(1, "二、全年进展"),
        Paragraph("会议听取了县司法局关于全年进展的汇报。"),
        Heading(1, "三、会议议定事项"),
        Paragraph(
            "1.月底前报计划。（牵头单位：县教育局、县司法局；配合单位：县司法局；办理时限：2026年10月31日前）"
        ),
        People("出席", ("县司法局 陆怀谦", "县司法局 蔺清和（代）")),
        People("请假", ("县司法局 高书瑶", "县教育局 罗屿")),
        People("列席", ("县司法局 尹素",)),
        Imprint(("县委", "县政府"), "澜溪县依法治县办公室", date(2026, 10, 16)),
    )


def test_own_text_is_kept_with_its_numbers(ledger: Ledger, meeting: Meeting) -> None:
    text = "会议认为，要抓紧。\n一、提高认识\n（一）落实责任。各单位要明确专人。\n1.写清楚<b>&=1+1"
    sheet = meeting_sheet(ledger, meeting.id)
    own = dataclasses.replace(sheet, meeting=dataclasses.replace(sheet.meeting, minutes_text=text))
    assert build_minutes(own, SETTINGS).blocks[3:7] == (
        Paragraph("会议认为，要抓紧。"),
        Heading(1, "一、提高认识"),
        Heading(2, "（一）落实责任。", "各单位要明确专人。"),
        Paragraph("1.写清楚<b>&=1+1"),
    )


@pytest.mark.parametrize(
    ("state", "draft"),
    [("召开", True), ("纪要拟稿", True), ("签发", False), ("印发", False), ("归档", False)],
)
def test_marked_as_draft_until_signed(ledger: Ledger, meeting: Meeting, state: str, draft: bool) -> None:
    sheet = meeting_sheet(ledger, meeting.id)
    shown = build_minutes(
        dataclasses.replace(sheet, meeting=dataclasses.replace(meeting, state=state)), SETTINGS
    )
    assert shown.title.endswith("（草稿）") is draft
    assert Title(shown.title) in shown.blocks


def test_absent_are_printed_only_when_asked(ledger: Ledger, meeting: Meeting) -> None:
    row = ledger.find(Attendance, "status = '请假'")[0]
    with ledger.action("更正出席", reason="登记有误") as action:
        action.change(dataclasses.replace(row, status="缺席", leave_asked_at=None))
    sheet = meeting_sheet(ledger, meeting.id)
    labels = [block.label for block in build_minutes(sheet, SETTINGS).blocks if isinstance(block, People)]
    assert labels == ["出席", "请假", "列席"]
    shown = build_minutes(sheet, SETTINGS, show_absent=True)
    assert People("缺席", ("县教育局 罗屿",)) in shown.blocks


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (AgendaItem(subject="宪法", content_class="学习贯彻"), "会议学习了宪法。"),
        (AgendaItem(subject="传达上级精神", content_class="传达部署"), "会议传达上级精神。"),
        (AgendaItem(subject="进展", content_class="听取汇报"), "会议听取了进展的汇报。"),
        (AgendaItem(subject="难点"), "会议研究了难点。"),
    ],
)
def test_an_item_without_a_record_is_one_sentence(
    ledger: Ledger, meeting: Meeting, item: AgendaItem, text: str
) -> None:
    sheet = dataclasses.replace(meeting_sheet(ledger, meeting.id), agenda=(item,), resolutions=())
    assert build_minutes(sheet, SETTINGS).blocks[4] == Paragraph(text)


def test_a_delegated_host_is_told(ledger: Ledger, meeting: Meeting) -> None:
    sheet = meeting_sheet(ledger, meeting.id)
    told = dataclasses.replace(sheet, meeting=dataclasses.replace(meeting, delegated=True))
    opening = build_minutes(told, SETTINGS).blocks[3]
    assert isinstance(opening, Paragraph) and "，受委托，澜溪县依法行政协调小组主任陆怀谦同志" in opening.text
