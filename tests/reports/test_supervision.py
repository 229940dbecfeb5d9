"""Papers of supervised cases as blocks; every figure of the 通报 counted from the records."""

from __future__ import annotations

import dataclasses
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from models import clock
from models.deeds.supervision import record_step
from models.documents.blocks import Addressee, Chart, Document, Paragraph, Table, Title
from models.errors import ClerkError
from models.records.supervision import Case, CaseStep
from models.rules.lights import shipped_presets, to_text
from models.rules.supervision import Entry
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from reports.catalog import ReportOptions, render, report_of
from tests.fixtures import SmallOffice

AS_OF = date(2026, 10, 15)


@pytest.fixture
def case(ledger: Ledger, office: SmallOffice) -> Case:
    """A case assigned, signed, urged twice and asked to be put off; granted."""
    save_settings(ledger, OfficeSettings(office_name="县依法治县办", area_name="澜溪县"))
    with ledger.action("立项") as action:
        case = action.add(
            Case(
                number="督办〔2026〕1号", matter="案卷问题整改", source="领导批示", basis="批示件", source_on=date(2026, 8, 20),
                lead_units=(office.justice.id,), co_units=(office.education.id,), opened_on=date(2026, 8, 21),
                due_on=date(2026, 9, 30), requirement="逐件整改",
            )
        )  # fmt: skip
    for kind, on, extra in (
        ("交办", "08-24", {}), ("签收", "08-25", {"handler": "马致遥", "phone": "6200123"}), ("催办", "09-20", {}),
        ("延期申请", "09-25", {"new_due_on": date(2026, 10, 12), "said": "资料未齐"}), ("延期批准", "09-28", {}),
        ("催办", "10-14", {"said": "两日内报结"}),
    ):  # fmt: skip
        take(ledger, case, kind, on, **extra)
    return case


def take(ledger: Ledger, case: Case, kind: str, on: str, **extra: object) -> None:
    with clock.held_at(datetime(2026, 12, 31)):
        entry = Entry(kind=kind, on=date.fromisoformat(f"2026-{on}"), **extra)  # type: ignore[arg-type]
        record_step(ledger, case.id, entry)


def paper(ledger: Ledger, name: str, record_id: str, as_of: date = AS_OF) -> Document:
    return report_of(name).build(ledger, ReportOptions(record_id=record_id, as_of=as_of))


def form(document: Document) -> dict[str, str]:
    return {str(label): str(value) for table in document.tables() for label, value in table.rows}


def step_id(ledger: Ledger, kind: str, place: int) -> str:
    return ledger.find(CaseStep, "kind = ?", (kind,), order="id")[place].id


def test_the_assignment_says_what_who_and_when(ledger: Ledger, case: Case) -> None:
    told = form(paper(ledger, "assignment", case.id))
    assert told["立项依据"] == "领导批示，批示件，2026年8月20日"
    assert told["办理时限"] == "2026年10月12日（原定2026年9月30日）"
    assert (told["承办单位"], told["协办单位"], told["经办人"]) == ("县司法局", "县教育局", "马致遥　6200123")


@pytest.mark.parametrize(
    ("requirement", "printed"),
    [
        ("", ["案卷问题整改"]), ("案卷问题整改", ["案卷问题整改"]), ("案卷问题整改，逐件销号", ["案卷问题整改，逐件销号"]),
        ("逐件整改", ["案卷问题整改", "逐件整改"]),
    ],
)  # fmt: skip
def test_what_is_asked_is_printed_once(
    ledger: Ledger, case: Case, requirement: str, printed: list[str]
) -> None:
    with ledger.action("改要求") as action:
        action.change(dataclasses.replace(ledger.get(Case, case.id), requirement=requirement))  # type: ignore[type-var]
    told = form(paper(ledger, "assignment", case.id))
    assert [told[label] for label in ("督办事项", "办理要求") if label in told] == printed


def test_each_slip_can_be_printed_again(ledger: Ledger, case: Case) -> None:
    first, second = (paper(ledger, "slip", step_id(ledger, "催办", place)) for place in (0, 1))
    assert first.blocks[:2] == (Title("督办催办单（第1次）"), Addressee("县司法局"))
    assert "办理时限为2026年9月30日，截至2026年9月20日，已有26天没有报告进展" in str(first.blocks[2])
    assert "办理时限为2026年10月12日，截至2026年10月14日，已逾期2天" in str(second.blocks[2])
    assert "第2次催办。两日内报结。请抓紧办理" in str(second.blocks[3])


def test_a_slip_knows_nothing_of_what_followed_on_its_day(ledger: Ledger, case: Case) -> None:
    take(ledger, case, "延期申请", "10-14", new_due_on=date(2026, 10, 30), said="资料未齐")
    take(ledger, case, "延期批准", "10-14")
    assert "办理时限为2026年10月12日，截至2026年10月14日，已逾期2天" in str(
        paper(ledger, "slip", step_id(ledger, "催办", 1)).blocks[2]
    )
    assert "办理时限为2026年10月30日" in str(paper(ledger, "slip", case.id).blocks[2])


def test_of_a_case_the_next_slip_is_printed(ledger: Ledger, case: Case) -> None:
    assert paper(ledger, "slip", case.id).blocks[0] == Title("督办催办单（第3次）")


def test_the_light_names_the_slip(ledger: Ledger, case: Case) -> None:
    repetition = to_text(shipped_presets()[2])
    save_settings(ledger, OfficeSettings(office_name="县依法治县办", lights=repetition))
    names = [paper(ledger, "slip", step_id(ledger, "催办", place)).title for place in (0, 1)]
    assert names == ["蓝色督办单", "橙色督办单"]


def test_the_application_keeps_the_limit_it_was_made_against(ledger: Ledger, case: Case) -> None:
    told = form(paper(ledger, "extension", case.id))
    assert (told["原定时限"], told["申请延期至"], told["申请理由"]) == (
        "2026年9月30日",
        "2026年10月12日",
        "资料未齐",
    )
    assert told["督办单位意见"] == "同意延期\n2026年9月28日"
    take(ledger, case, "延期申请", "10-15", new_due_on=date(2026, 11, 12))
    told = form(paper(ledger, "extension", case.id))
    assert (told["原定时限"], told["申请延期至"]) == ("2026年10月12日", "2026年11月12日")
    assert "签名" in told["督办单位意见"]


def test_the_closing_cover_tells_the_way(ledger: Ledger, case: Case) -> None:
    for kind, on in (("进展", "10-16"), ("报结", "10-18"), ("审核", "10-19"), ("办结", "10-20")):
        take(ledger, case, kind, on, said="全部整改" if kind == "报结" else "")
    told = form(paper(ledger, "closing", case.id, date(2026, 10, 31)))
    assert told["办理经过"] == "2026年8月24日交办，2026年8月25日签收，2026年10月18日报结，2026年10月20日办结"
    assert told["办理结果"] == "全部整改"


def notice(ledger: Ledger, since: date | None = None, as_of: date = AS_OF) -> Document:
    return report_of("supervision").build(ledger, ReportOptions(year=2026, since=since, as_of=as_of))


def test_the_notice_counts_by_unit(ledger: Ledger, case: Case, office: SmallOffice) -> None:
    with ledger.action("立项") as action:
        action.add(
            Case(
                matter="另一件", source="其他", lead_units=(office.education.id,), opened_on=date(2026, 10, 1)
            )
        )
    document = notice(ledger)
    figures, overdue, listed = document.tables()
    assert figures.rows == (
        ("县司法局", 1, 0, 1, 1, 0.0), ("县教育局", 1, 0, 1, 0, 0.0), ("合计", 2, 0, 2, 1, 0.0),
    )  # fmt: skip
    assert overdue.rows == ((1, "〔2026〕1号", "案卷问题整改", "县司法局", date(2026, 10, 12), 3, 2),)
    assert len(listed.rows) == 2
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert [series.values for series in chart.series] == [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]


def test_the_workbook_has_the_figures_of_the_paper(ledger: Ledger, case: Case) -> None:
    document, stream = notice(ledger), io.BytesIO()
    render(document, ".xlsx", stream)
    sheet = load_workbook(stream)["督办情况"]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3, max_row=4)]
    assert rows == [("县司法局", 1, 0, 1, 1, 0), ("合计", 1, 0, 1, 1, 0)]


def test_the_notice_is_of_a_period(ledger: Ledger, case: Case) -> None:
    assert (
        Paragraph("（2026年10月1日至2026年10月15日）", indent=0, align="center")
        in notice(ledger, date(2026, 10, 1)).blocks
    )
    empty = notice(ledger, date(2026, 1, 1), date(2026, 3, 31))
    assert not [block for block in empty.blocks if isinstance(block, Table)]
    with pytest.raises(ClerkError, match="早于起始日期"):
        notice(ledger, date(2026, 11, 1))
