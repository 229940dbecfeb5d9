"""What the bodies and towns of the sample county handed in: on time, late, not at all (S0-28 … S0-31)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from models.demo.county import County
from models.records.rules import Submission
from models.rules.workdays import shift

Deed = tuple[datetime, Callable[[], None]]
BRANCHES = ("legislation", "enforcement", "justice", "publicity")
PAPERS = (("半年度进展", "上半年", 6, 10), ("年度工作计划", "全年", 11, 15), ("年度工作总结", "全年", 11, 15))
NEWS = (
    "印发年度工作要点", "开展专项治理阶段性总结", "典型经验被上级简报采用", "组织法治宣传进企业活动", "召开行政争议化解推进会",
    "案卷评查结果通报", "法治文化广场建成启用",
)  # fmt: skip


def plan_filings(county: County) -> Iterator[Deed]:
    """Yield the deeds that register each paper on the day it came in."""
    for year in range(county.first_year, county.today.year + 1):
        yield from _papers(county, year)
        yield from _yearly_reports(county, year)
        yield from _news(county, year)
        day = shift(date(year, 12, 8), "顺延", {})
        yield _deed(
            county,
            day,
            Submission(item="宪法宣传活动情况", body=county.bodies["office"], year=year, received_on=day),
        )


def _papers(county: County, year: int) -> Iterator[Deed]:
    """The half-year report and the two of mid November: mostly some days early, one late, one missing."""
    for number, branch in enumerate(BRANCHES):
        for item, half, month, day in PAPERS:
            early = county.chance.randint(1, 12)
            if branch == "justice" and item == "年度工作总结" and year == county.today.year:
                continue
            late = branch == BRANCHES[year % 4] and item == "半年度进展"
            received = shift(date(year, month, day) - timedelta(days=early), "提前", {})
            if late:
                received = date(year, month, day) + timedelta(days=3)
            made = Submission(
                item=item, body=county.bodies[branch], year=year, half=half, received_on=received, medium="纸质和电子",
                pages=county.chance.randint(3, 9), receiver="叶知秋", number=f"澜法治{number + 1}组〔{year}〕{month}号",
            )  # fmt: skip
            yield _deed(county, received, made)


def _yearly_reports(county: County, year: int) -> Iterator[Deed]:
    """Towns report on the year before by 1 March; one is late, this year one is missing."""
    towns = county.data["units"]["镇街"]
    for number, town in enumerate(towns):
        if number == 4 and year == county.today.year:
            continue
        lateness = 5 if number == year % len(towns) else -county.chance.randint(2, 30)
        received = date(year, 3, 1) + timedelta(days=lateness)
        made = Submission(
            item="法治建设年度报告", unit=county.units[town], year=year - 1, received_on=received, medium="纸质",
            pages=county.chance.randint(6, 14), receiver="叶知秋",
        )  # fmt: skip
        yield _deed(county, received, made)


def _news(county: County, year: int) -> Iterator[Deed]:
    for branch in BRANCHES:
        for quarter, subject in enumerate(county.chance.sample(NEWS, 4)):
            on = date(year, quarter * 3 + 1, 8) + timedelta(days=county.chance.randint(0, 60))
            made = Submission(
                item="工作动态", body=county.bodies[branch], year=year, subject=subject, received_on=on, medium="电子",
                half=("一季度", "二季度", "三季度", "四季度")[quarter], adopted=county.chance.random() < 0.5,
            )  # fmt: skip
            yield _deed(county, on, made)


def _deed(county: County, on: date, made: Submission) -> Deed:
    return datetime.combine(on, time(15, 40)), partial(_register, county, made)


def _register(county: County, made: Submission) -> None:
    with county.ledger.action(f"登记报送「{made.subject or made.item}」") as action:
        action.add(made)
