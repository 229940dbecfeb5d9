"""Years that are closed: what they came to is kept, what is dated in them may only be corrected (ideas 17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.errors import Problem
from models.records.base import Look, NameOf, Record, day, integer, long_text, record_kind, text


@record_kind(
    "closed_year", "年度结转", family="year", icon="lock", identity=("year",), sort=("-year",), measure="个"
)  # fmt: skip
class ClosedYear(Record):
    """A closed year: *figures* is the sealed copy of its figures (JSON), *digest* its SHA-256 with the ids behind."""

    year: int | None = integer("年度", required=True)
    closed_on: date | None = day("结转日期", system=True)
    serial: str = text("编号", system=True)
    digest: str = text("校验值", system=True, column=False)
    figures: str = long_text("年度数据", system=True)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return f"{self.year}年度"

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.digest:
            yield Problem("year", "年度不在这里登记，请在“报表”的“年度导出”里结转")
        if look.find(ClosedYear, "year = ? AND id <> ?", (self.year, self.id)):
            yield Problem("year", f"{self.year}年度已经结转")


def lock_of(record: Record, look: Look) -> str:
    """Return why *record* may only be changed as a 更正: for its own reason, or because its year is closed; or ""."""
    if why := record.locked(look):
        return why
    closed = {one.year for one in look.find(ClosedYear)}
    on = record.settled_on(look) if closed else None
    return f"{on.year}年度已结转" if on and on.year in closed else ""
