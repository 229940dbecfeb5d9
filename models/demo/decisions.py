"""What the sample county decided about its duties: one waived in the first year, a remark on one that is late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from models.deeds.waivers import decide
from models.demo.county import County
from models.rules.duties import Obligation, State
from models.summaries.obligations import obligations

Deed = tuple[datetime, Callable[[], None]]


def plan_decisions(county: County) -> Iterator[Deed]:
    """Yield the deeds on the days they were taken."""
    first, this = county.first_year, county.today.year
    if first < this:
        yield datetime(first, 12, 30, 10, 0), lambda: _waive(county, date(first, 12, 30))
    yield datetime(this, 4, 15, 9, 0), lambda: _remark(county, date(this, 4, 15))


def _waive(county: County, on: date) -> None:
    """The body for legislation need not meet in the year it is set up."""
    item = _open(county, on, "成员单位会议", county.bodies["legislation"])
    if item is not None:
        decide(county.ledger, item, "免办", "当年组建，全年未安排立法协调事项", by="严以宁", on=on)


def _remark(county: County, on: date) -> None:
    """One town is late with its report and was called."""
    item = _open(county, on, "法治政府建设年度报告")
    if item is not None:
        decide(county.ledger, item, "说明", "已电话催报，该镇承诺年底前补报", by="叶知秋", on=on)


def _open(county: County, on: date, words: str, owner: str = "") -> Obligation | None:
    found = obligations(county.ledger, on, on.year, people=False)
    return next(
        (
            item
            for item in found
            if item.is_open
            and words in item.clause.name
            and item.owner.id == (owner or item.owner.id)
            and (owner or item.state is State.OVERDUE)
        ),
        None,
    )
