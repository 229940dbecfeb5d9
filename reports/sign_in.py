"""签到表: who is expected, with room for a pen; vacancies shown, guests apart (conventions 2.4)."""

from __future__ import annotations

from models.documents.blocks import Block, Column, Document, Paragraph, Table, Title
from models.settings import OfficeSettings
from models.summaries.meeting import Attendee, MeetingSheet
from reports.words import STOOD_IN, VACANT, column_name, day_and_time, page_numbers

ROW_HEIGHT = 11.0
"""Minimum height of a row in mm: a signature takes about 10."""
SPARE_ROWS = 3
"""Empty rows for guests who come unannounced."""
WIDE = 13
"""A unit or title of more characters than this turns the sheet on its side."""


def build_sign_in(sheet: MeetingSheet, office: OfficeSettings) -> Document:
    """Return the sheet: the expected in the organisation's order, then guests with spare rows.

    The telephone column is left empty: the sheet goes round, and numbers are personal data.
    """
    meeting = sheet.meeting
    assert meeting.starts_at is not None
    landscape = any(max(len(one.unit), len(_duty(one))) > WIDE for one in sheet.attendees)
    guests = [_row(number, one) for number, one in enumerate(sheet.guests, 1)]
    spare = [(len(guests) + number, *("",) * 6) for number in range(1, SPARE_ROWS + 1)]
    blocks: list[Block] = [
        Title(f"{meeting.name}签到表"),
        Paragraph(f"时间：{day_and_time(meeting.starts_at)}", indent=0),
        Paragraph(f"地点：{meeting.place}", indent=0),
        Table(
            _columns(landscape), tuple(_row(number, one) for number, one in enumerate(sheet.expected, 1)),
            row_height_mm=ROW_HEIGHT, sheet="应到人员",
        ),
        Table(
            _columns(landscape), (*guests, *spare), title="列席人员", row_height_mm=ROW_HEIGHT, sheet="列席人员"
        ),
    ]  # fmt: skip
    return Document(
        f"{meeting.name}签到表", tuple(blocks), landscape=landscape,
        page_numbers=page_numbers(office),
    )  # fmt: skip


def _columns(landscape: bool) -> tuple[Column, ...]:
    wide = 3.5 if landscape else 2.9
    return (
        Column("序号", 0.85, "center"), Column("单位", wide, "center"), Column("姓名", 1.4, "center"),
        Column("职务", wide * 0.65, "center"), Column("签名", 1.7, "center"), Column("联系电话", 1.7, "center"),
        Column("备注", 1.1, "center"),
    )  # fmt: skip


def _duty(one: Attendee) -> str:
    return one.row.substitute_duty if one.row.status == "代" else one.row.duty


def _row(number: int, one: Attendee) -> tuple[int | str, ...]:
    stood_in = one.row.status == "代"
    note = STOOD_IN if stood_in else "请假" if one.row.status == "请假" else ""
    name = column_name(one.came) if one.came else VACANT
    return (number, one.unit, name, _duty(one), "", "", note)
