"""报送情况一览表, 催报通知, 介质使用登记簿: the words and figures on paper."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from models import clock
from models.deeds.filing import Export, register_use
from models.documents.blocks import Addressee, Document, Paragraph, Table
from models.records.filing import Submission, UsbMedium
from models.records.rules import Clause
from models.store.ledger import Ledger
from reports.catalog import REPORTS, ReportOptions
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 11, 20)


@pytest.fixture
def owed(ledger: Ledger, office: SmallOffice) -> None:
    """A summary by 15 November and a quarterly paper of each member unit; 县司法局's summary came late."""
    with clock.held_at(LONG_AGO), ledger.action("登记条款和报送") as action:
        for place, item, per, deadline in (
            (1, "年度工作总结", "年", "11-15"),
            (2, "活动推进情况", "季度", ""),
        ):
            action.add(
                Clause(
                    name=f"报送{item}", body=office.body.id, owed_by="每个成员单位", answered_by="报送",
                    submission_item=item, per=per, deadline=deadline, position=place, valid_from=date(2026, 10, 1),
                )
            )  # fmt: skip
        action.add(
            Submission(item="年度工作总结", unit=office.justice.id, year=2026, received_on=date(2026, 11, 18))
        )


def paper(ledger: Ledger, identifier: str, **options: str) -> Document:
    return REPORTS[identifier].build(ledger, ReportOptions(year=2026, as_of=AS_OF, **options))  # type: ignore[arg-type]


@pytest.mark.usefixtures("owed")
def test_the_matrix_with_limits_words_and_sums(ledger: Ledger) -> None:
    document = paper(ledger, "filing")
    matrix, sums, ticks = document.tables()
    assert document.landscape
    labels = [column.label for column in matrix.columns[2:]]
    assert labels == ["年度工作总结\n11-15", "活动推进情况 第四季度\n12-31"]
    assert matrix.rows == ((1, "县司法局", "迟 3 天", "未到期"), (2, "县教育局", "未报", "未到期"))
    assert sums.rows[-1] == ("合计", 4, 1, 1, 0, 1, 0)
    assert [row[3] for row in ticks.rows] == ["未报"] * 4


@pytest.mark.parametrize(
    ("columns", "parts"), [(1, [1]), (8, [8]), (9, [5, 4]), (15, [8, 7]), (16, [8, 8]), (17, [6, 6, 5])]
)
def test_a_wide_matrix_is_cut_into_parts_alike(
    ledger: Ledger, office: SmallOffice, columns: int, parts: list[int]
) -> None:
    with clock.held_at(LONG_AGO), ledger.action("登记条款") as action:
        for place in range(columns):
            action.add(
                Clause(
                    name=f"第{place}项", body=office.body.id, owed_by="每个成员单位", answered_by="报送", position=place,
                    submission_item=f"第{place}项材料", per="年", valid_from=date(2026, 1, 1),
                )
            )  # fmt: skip
    tables = [table for table in paper(ledger, "filing").tables() if table.sheet.startswith("报送情况")]
    assert [len(table.columns) - 2 for table in tables] == parts


@pytest.mark.usefixtures("owed")
def test_the_reminder_names_who_owes_what(ledger: Ledger, office: SmallOffice) -> None:
    document = paper(ledger, "filing_reminder")
    assert [block.text for block in document.blocks if isinstance(block, Addressee)] == ["县教育局"]
    (table,) = document.tables()
    assert table.rows == ((1, "县教育局", "2026年度工作总结", date(2026, 11, 15), "未报（逾期5天）"),)
    assert not list(paper(ledger, "filing_reminder", record_id=office.justice.id).tables())


@pytest.mark.usefixtures("owed")
def test_nobody_is_urged_before_the_limit_and_the_count_is_that_of_the_list(ledger: Ledger) -> None:
    for as_of, owing, number in (
        (date(2026, 12, 31), "县教育局", 1),
        (date(2027, 1, 1), "县司法局、县教育局", 3),
    ):
        with clock.held_at(datetime.combine(as_of, time(9))):
            document = REPORTS["filing_reminder"].build(ledger, ReportOptions(year=2026, as_of=as_of))
        assert [block.text for block in document.blocks if isinstance(block, Addressee)] == [owing]
        assert [len(table.rows) for table in document.tables()] == [number]
        assert any(f"下列{number}项材料已超过期限" in str(block) for block in document.blocks)


def test_a_year_without_clauses_has_its_papers_too(ledger: Ledger, office: SmallOffice) -> None:
    texts = [block.text for block in paper(ledger, "filing_reminder").blocks if isinstance(block, Paragraph)]
    assert texts == ["截至2026年11月20日，各单位到期应报的材料均已报送。"]
    assert "没有要报送的事项。" in [
        b.text for b in paper(ledger, "filing").blocks if isinstance(b, Paragraph)
    ]


def test_the_register_of_media_is_printed_in_order(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.action("登记U盘") as action:
        stick = action.add(UsbMedium(number="U-01", purpose="归档"))
    file = tmp_path / "单位.xlsx"
    file.write_bytes(b"x")
    for moment, medium in ((datetime(2026, 11, 3, 9, 0), stick.id), (datetime(2026, 11, 2, 9, 0), "")):
        with clock.held_at(moment):
            line = register_use(ledger, Export("写出「单位.xlsx」", file, medium=medium))
    (table,) = (block for block in paper(ledger, "medium_use").blocks if isinstance(block, Table))
    assert [(row[1], row[3], row[5]) for row in table.rows] == [
        ("2026-11-02 09:00", "未登记", line.digest[:16]),
        ("2026-11-03 09:00", "U-01", line.digest[:16]),
    ]


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(
    ("as_of", "told", "cells"),
    [
        (date(2026, 12, 31), "截至2026年12月31日", ("迟 3 天", "未报")),
        (date(2027, 1, 6), "截至2027年1月6日", ("迟 3 天", "未报")),
    ],
)
def test_a_year_that_is_over_has_nothing_waiting(
    ledger: Ledger, as_of: date, told: str, cells: tuple[str, ...]
) -> None:
    with clock.held_at(datetime(2027, 1, 6, 9, 0)):
        document = REPORTS["filing"].build(ledger, ReportOptions(year=2026, as_of=as_of))
    assert document.footer == told
    assert next(document.tables()).rows[0][2:] == cells
