"""The board of a year, news by quarter and class, campaigns, deliveries, the register, as of a day."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models import clock
from models.records.filing import Dynamic, Submission
from models.records.organisation import Unit
from models.records.rules import Clause
from models.rules.duties import State
from models.rules.filing import FilingState
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.desk import Line, read_desk
from models.summaries.filing import FilingBoard, campaigns, deliveries, filing_board, news_lines
from models.summaries.todos import Group, count, todos
from models.summaries.year import year_summary
from tests.fixtures import LONG_AGO, SmallOffice


@pytest.fixture
def papers(ledger: Ledger, office: SmallOffice) -> dict[str, Submission]:
    """Every member unit owes a summary by 15 November 2026: 司法局 late and adopted later, 教育局's was returned."""
    with clock.held_at(LONG_AGO), ledger.action("登记条款和报送") as action:
        action.add(
            Clause(
                name="报送总结", body=office.body.id, owed_by="每个成员单位", answered_by="报送",
                submission_item="年度工作总结", deadline="11-15", valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        late, back = (
            action.add(
                Submission(item="年度工作总结", unit=unit.id, year=2026, received_on=on, returned_on=returned)
            )
            for unit, on, returned in (
                (office.justice, date(2026, 11, 18), None),
                (office.education, date(2026, 11, 10), date(2026, 11, 12)),
            )
        )
    return {"late": late, "back": back}


def states(ledger: Ledger, on: date) -> dict[str, list[FilingState]]:
    board = filing_board(ledger, 2026, on)
    return {row.owner.name: [cell.state for cell in row.cells.values()] for row in board.rows}


def test_the_board_as_of_each_day(ledger: Ledger, papers: dict[str, Submission]) -> None:
    assert states(ledger, date(2026, 11, 11)) == {
        "县司法局": [FilingState.WAITING],
        "县教育局": [FilingState.IN_TIME],
    }
    assert states(ledger, date(2026, 11, 17)) == {
        "县司法局": [FilingState.MISSING],
        "县教育局": [FilingState.RETURNED],
    }
    assert states(ledger, date(2026, 11, 20)) == {
        "县司法局": [FilingState.LATE],
        "县教育局": [FilingState.RETURNED],
    }
    with ledger.action("采用") as action:
        action.change(dataclasses.replace(papers["late"], adopted=True, adopted_on=date(2026, 11, 19)))
    assert states(ledger, date(2026, 11, 18))["县司法局"] == [FilingState.LATE]
    assert states(ledger, date(2026, 11, 19))["县司法局"] == [FilingState.ADOPTED]


def test_every_cell_opens_to_its_papers_and_the_sums_agree(
    ledger: Ledger, papers: dict[str, Submission]
) -> None:
    board = filing_board(ledger, 2026, date(2026, 11, 20))
    cells = [cell for row in board.rows for cell in row.cells.values()]
    assert [cell.papers for cell in cells] == [
        (("submission", papers["late"].id),), (("submission", papers["back"].id),)
    ]  # fmt: skip
    assert board.sentence == "应报 2 项，已报 1 项（迟报 1 项），未报 0 项，退改 1 项"
    assert [[cell.words for cell in row.lacking] for row in board.rows] == [[], ["退改（逾期 5 天）"]]


def test_the_annual_report_has_four_ticks(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("报送年度报告") as action:
        for unit, addressee in (("", "同级党委"), (office.justice.id, "同级人大常委会")):
            action.add(
                Submission(
                    item="法治建设年度报告", body="" if unit else office.body.id, unit=unit, addressee=addressee,
                    year=2025, received_on=date(2026, 2, 20),
                )
            )  # fmt: skip
    found = {one.addressee: (one.deed, one.on) for one in deliveries(ledger, 2025, date(2026, 3, 1))}
    assert found == {
        "上级政府": ("报告", None), "同级党委": ("报告", date(2026, 2, 20)), "同级人大常委会": ("报告", None),
        "同级政协": ("通报", None),
    }  # fmt: skip
    assert not any(one.on for one in deliveries(ledger, 2025, date(2026, 2, 19)))


@pytest.fixture
def news(ledger: Ledger, office: SmallOffice) -> None:
    rows = (
        (office.justice, date(2026, 3, 31), "重要文件", "", "", True),
        (office.justice, date(2026, 4, 1), "专项工作", "方案", "交通治理", False),
        (office.education, date(2026, 5, 2), "专项工作", "进展", "交通治理", False),
        (office.education, date(2025, 12, 31), "专项工作", "总结", "校园治理", True),
    )
    with ledger.action("登记动态") as action:
        for unit, on, word, stage, campaign, adopted in rows:
            action.add(
                Dynamic(
                    title=f"{campaign}{stage}" or "文件", dynamic_class=word, stage=stage, campaign=campaign, unit=unit.id,
                    received_on=on, adopted=adopted,
                )
            )  # fmt: skip


@pytest.mark.usefixtures("news")
def test_news_is_counted_by_sender_quarter_and_class(ledger: Ledger) -> None:
    first, _second, total = news_lines(ledger, 2026, date(2026, 12, 31))
    assert (first.name, [len(ids) for ids in first.by_quarter]) == ("县司法局", [1, 1, 0, 0])
    assert [len(ids) for ids in total.by_class] == [1, 2, 0, 0]
    assert (total.total, len(total.adopted)) == (3, 1)
    assert news_lines(ledger, 2026, date(2026, 4, 1))[-1].total == 2
    assert news_lines(ledger, 2024, date(2026, 4, 1)) == []


@pytest.mark.usefixtures("news")
def test_a_campaign_tells_how_long_it_was_silent(ledger: Ledger) -> None:
    running, ended = campaigns(ledger, date(2026, 6, 1))
    assert (running.name, len(running.plans), len(running.progress), running.silent) == ("交通治理", 1, 1, 30)
    assert running.senders == ("县司法局", "县教育局")
    assert (ended.name, bool(ended.summaries)) == ("校园治理", True)
    assert [one.name for one in campaigns(ledger, date(2026, 3, 1))] == ["校园治理"]


LAST, LATER = date(2026, 12, 31), date(2027, 1, 6)


@pytest.mark.parametrize(
    ("on", "over", "words"),
    [
        (LAST, False, ["待报（今天到期）", "待报（今天到期）"]),
        (LAST, True, ["未报（逾期）", "未报（逾期）"]),
        (LATER, False, ["迟 5 天", "未报（逾期 6 天）"]),
    ],
)
def test_a_year_that_is_over(
    ledger: Ledger, office: SmallOffice, on: date, words: list[str], *, over: bool
) -> None:
    with clock.held_at(LONG_AGO), ledger.action("登记条款") as action:
        action.add(
            Clause(
                name="报送总结", body=office.body.id, owed_by="每个成员单位", answered_by="报送", per="年",
                submission_item="年度工作总结", valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        received = date(2027, 1, 5)
        action.add(Submission(item="年度工作总结", unit=office.justice.id, year=2026, received_on=received))
    board = filing_board(ledger, 2026, on, over=over)
    assert [cell.words for row in board.rows for cell in row.cells.values()] == words
    missed = board.count(FilingState.MISSING)
    if over:
        found = [item.state for item in year_summary(ledger, 2026, on).obligations]
        assert found.count(State.OVERDUE) == missed
    elif on == LATER:
        assert count(todos(read_desk(ledger, on)), Group.OVERDUE, line=Line.FILING) == missed


def asked(ledger: Ledger, *clauses: Clause) -> FilingBoard:
    with clock.held_at(LONG_AGO), ledger.action("登记条款") as action:
        for place, clause in enumerate(clauses):
            action.add(
                dataclasses.replace(clause, answered_by="报送", position=place, valid_from=date(2026, 1, 1))
            )
    return filing_board(ledger, 2026, date(2026, 11, 20))


PLAN = Clause(name="计划", submission_item="年度工作计划")


def test_no_two_columns_have_one_heading(ledger: Ledger, office: SmallOffice) -> None:
    board = asked(
        ledger,
        dataclasses.replace(PLAN, owed_by="本机构", body=office.body.id),
        dataclasses.replace(PLAN, owed_by="每个单位", unit_category="政府"),
        dataclasses.replace(PLAN, owed_by="每个成员单位", body=office.body.id, name="部门计划"),
        dataclasses.replace(PLAN, owed_by="每个成员单位", body=office.body.id, name="补报计划"),
        dataclasses.replace(PLAN, owed_by="本机构", addressee="上级政府", submission_item="年度报告"),
    )
    assert [column.label for column in board.columns] == [
        "年度工作计划（本机构）", "年度工作计划（政府单位）", "年度工作计划（部门计划）", "年度工作计划（补报计划）",
        "年度报告（报上级政府）",
    ]  # fmt: skip


@pytest.mark.parametrize(("setting", "of_body"), [("main_body", "id"), ("office_name", "name")])
def test_the_office_has_one_row_of_its_own(
    ledger: Ledger, office: SmallOffice, setting: str, of_body: str
) -> None:
    save_settings(ledger, OfficeSettings(**{setting: getattr(office.body, of_body)}))
    board = asked(
        ledger,
        dataclasses.replace(PLAN, owed_by="本机构"),
        dataclasses.replace(PLAN, owed_by="本机构", body=office.body.id, name="机构计划"),
    )
    assert [(row.owner.id, row.own, len(row.cells)) for row in board.rows] == [(office.body.id, True, 2)]


@pytest.mark.parametrize(
    ("name", "owes"), [("澜溪县人民政府", False), ("澜溪县民政局", True), ("白石镇人民政府", True)]
)
def test_who_is_reported_to_hands_in_nothing(ledger: Ledger, name: str, *, owes: bool) -> None:
    save_settings(ledger, OfficeSettings(area_name="澜溪县"))
    with ledger.action("登记") as action:
        action.add(Unit(name=name, category="政府"))
    board = asked(ledger, dataclasses.replace(PLAN, owed_by="每个单位", unit_category="政府"))
    assert [row.owner.name for row in board.rows] == ([name] if owes else [])
