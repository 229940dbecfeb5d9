"""What the sample county handed in: on time, late, returned, adopted, not at all; its news, campaign and sticks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from models.deeds.filing import attach
from models.demo.county import County
from models.demo.pictures import Colour, landscape_png
from models.records.filing import ADDRESSEES, Dynamic, Submission, UsbMedium
from models.rules.workdays import shift
from models.store.ids import uuid7

Deed = tuple[datetime, Callable[[], None]]
BRANCHES = ("legislation", "enforcement", "justice", "publicity")
PAPERS = (("半年度进展", "上半年", 6, 10), ("年度工作计划", "全年", 11, 15), ("年度工作总结", "全年", 11, 15))
NEWS = (
    ("印发年度工作要点", "重要文件"), ("开展专项治理阶段性总结", "专项工作"), ("典型经验被上级简报采用", "重要典型活动问题"),
    ("组织法治宣传进企业活动", "其他动态信息"), ("召开行政争议化解推进会", "重要典型活动问题"), ("案卷评查结果通报", "重要文件"),
    ("法治文化广场建成启用", "其他动态信息"),
)  # fmt: skip
CAMPAIGN = "道路交通秩序依法治理"
STAGES = (
    (2, "方案", "印发实施方案"),
    (4, "进展", "完成第一轮排查"),
    (7, "进展", "联合执法二十三次"),
    (10, "总结", "形成治理总结"),
)
PICTURES = {
    1: ("现场宣传.png", (120, 170, 215), (88, 140, 90)), 2: ("企业座谈.png", (225, 190, 160), (120, 100, 80)),
    3: ("广场启用.png", (150, 190, 225), (170, 150, 110)),
}  # fmt: skip
"""By quarter: what the publicity group sends with its news of this year."""


def plan_filings(county: County) -> Iterator[Deed]:
    """Yield the deeds that register each paper on the day it came in."""
    yield from _sticks(county)
    for year in range(county.first_year, county.today.year + 1):
        yield from _papers(county, year)
        yield from _yearly_reports(county, year)
        yield from _news(county, year)
        yield from _campaign(county, year)
        yield from _annual_report(county, year)
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
            adopted = branch == "legislation" and item == "年度工作总结"
            made = Submission(
                item=item, body=county.bodies[branch], year=year, half=half, received_on=received, medium="纸质和电子",
                adopted=adopted, pages=county.chance.randint(3, 9), receiver="叶知秋", number=f"澜法治{number + 1}组〔{year}〕{month}号",
            )  # fmt: skip
            returned = branch == "enforcement" and item == "年度工作计划" and year == county.today.year
            yield from _sent_back(county, made) if returned else [_deed(county, received, made)]


def _sent_back(county: County, made: Submission) -> Iterator[Deed]:
    """A paper that was returned two days before today and has not come again."""
    assert made.received_on is not None
    received = min(made.received_on, county.today - timedelta(days=4))
    paper = dataclasses.replace(made, received_on=received, id=uuid7())
    yield _deed(county, received, paper)
    back = county.today - timedelta(days=2)
    yield datetime.combine(back, time(10, 5)), partial(_return, county, paper.id, back)


def _return(county: County, paper_id: str, on: date) -> None:
    paper = county.ledger.get(Submission, paper_id)
    assert paper is not None
    with county.ledger.action(f"退改报送「{paper.item}」") as action:
        action.change(dataclasses.replace(paper, returned_on=on, note="措施没有写明责任单位和时限"))


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
        for quarter, (subject, word) in enumerate(county.chance.sample(NEWS, 4)):
            on = date(year, quarter * 3 + 1, 8) + timedelta(days=county.chance.randint(0, 60))
            adopted = county.chance.random() < 0.5
            made = Dynamic(
                title=subject, dynamic_class=word, body=county.bodies[branch], received_on=on, adopted=adopted,
                adopted_in=f"工作简报第{quarter * 3 + 2}期" if adopted else "",
                stage="总结" if word == "专项工作" else "",
            )  # fmt: skip
            shown = PICTURES.get(quarter) if branch == "publicity" and year == county.today.year else None
            yield datetime.combine(on, time(15, 40)), partial(_register_news, county, made, shown)


def _campaign(county: County, year: int) -> Iterator[Deed]:
    """The word on one campaign of the year, plan to summary (S2-6)."""
    for month, stage, said in STAGES:
        on = date(year, month, 17)
        made = Dynamic(
            title=f"{CAMPAIGN}{said}", dynamic_class="专项工作", stage=stage, campaign=f"{year}年{CAMPAIGN}",
            body=county.bodies["enforcement"], received_on=on,
        )  # fmt: skip
        if (year, stage) != (county.today.year, "总结"):
            yield datetime.combine(on, time(9, 30)), partial(_register_news, county, made, None)


def _annual_report(county: County, year: int) -> Iterator[Deed]:
    """The annual report to its addressees; this year's 通报 to the 政协 is still to come (S1-8)."""
    for place, addressee in enumerate(ADDRESSEES[:4]):
        on = shift(date(year, 2, 20) + timedelta(days=place), "提前", {})
        if addressee == "同级政协" and year == county.today.year:
            continue
        made = Submission(
            item="法治建设年度报告", body=county.bodies["office"], addressee=addressee, year=year - 1, received_on=on,
            number=f"澜府〔{year}〕{12 + place}号", medium="纸质", pages=18, signer="县长",
        )  # fmt: skip
        yield _deed(county, on, made)


def _sticks(county: County) -> Iterator[Deed]:
    on = datetime(county.first_year, 1, 8, 9, 0)
    for number, purpose in (("法治办-U-01", "年度材料归档"), ("法治办-U-02", "成员单位收发材料")):
        made = UsbMedium(number=number, purpose=purpose, keeper="叶知秋", registered_on=on.date())
        yield on, partial(_register_stick, county, made)


def _register_stick(county: County, made: UsbMedium) -> None:
    with county.ledger.action(f"登记U盘「{made.number}」") as action:
        action.add(made)


def _register_news(county: County, made: Dynamic, picture: tuple[str, Colour, Colour] | None) -> None:
    with county.ledger.action(f"登记工作动态「{made.title}」") as action:
        news = action.add(made)
    if picture is not None:
        name, sky, ground = picture
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(landscape_png(sky, ground))
            attach(county.ledger, news, [path])


def _deed(county: County, on: date, made: Submission) -> Deed:
    return datetime.combine(on, time(15, 40)), partial(_register, county, made)


def _register(county: County, made: Submission) -> None:
    with county.ledger.action(f"登记报送「{made.subject or made.item}」") as action:
        action.add(made)
