"""What only a workbook lists: each figure has as many lines as it says."""

from __future__ import annotations

import dataclasses
from datetime import date

from models import clock
from models.records.meeting import Attendance, Meeting
from models.records.rules import Clause
from models.records.supervision import Case, CaseStep
from models.store.ledger import Ledger
from models.summaries.year_figures import year_figures
from models.summaries.year_lists import sheet_lists
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 11, 21)


def fill(ledger: Ledger, office: SmallOffice) -> None:
    with clock.held_at(LONG_AGO), ledger.action("一年") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        for person, status in ((office.head, "出席"), (office.teacher, "缺席")):
            action.add(
                Attendance(
                    meeting=office.meeting.id, person=person.id, unit=office.justice.id, expected=True, status=status
                )
            )  # fmt: skip
        action.add(
            Meeting(
                name="取消的会", body=office.body.id, category="专题会", state="取消", cancelled_on=date(2026, 5, 1),
                starts_at=dataclasses.replace(office.meeting).starts_at,
            )
        )  # fmt: skip
        case = action.add(
            Case(
                matter="修路", number="督办〔2026〕1号", source="领导批示", requirement="修好", opened_on=date(2026, 3, 2),
                lead_units=(office.justice.id,),
            )
        )  # fmt: skip
        action.add(CaseStep(matter=case.id, happened_on=date(2026, 4, 1), kind="催办", number="第1次"))
        action.change(dataclasses.replace(office.teacher, staff_kind="公务员"))
        action.add(
            Clause(
                name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40
            )
        )  # fmt: skip


def test_every_list_has_the_lines_of_its_figures(ledger: Ledger, office: SmallOffice) -> None:
    fill(ledger, office)
    found = {one.label: one.rows for one in sheet_lists(ledger, year_figures(ledger, 2026, AS_OF))}
    assert found == {
        "出席人次清单": (
            ("2026-10-13", office.meeting.name, "县司法局", "陆怀谦", "出席"),
            ("2026-10-13", office.meeting.name, "县司法局", "罗屿", "缺席"),
        ),
        "催办和延期清单": (("2026-04-01", "催办", "第1次", "督办〔2026〕1号", "修路"),),
        "取消会议清单": (("2026-10-13", "取消的会", "专题会", "2026-05-01"),),
        "学法人员清单": (("罗屿", "县教育局", "公务员", "", "是", ""),),
    }


def test_an_empty_year_has_none(ledger: Ledger, office: SmallOffice) -> None:
    assert list(sheet_lists(ledger, year_figures(ledger, 2024, AS_OF))) == []
