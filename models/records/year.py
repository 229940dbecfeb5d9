"""The year: what its annual report says in words, and years that are closed.

Of a closed year what it came to is kept, and what is dated in it may only be corrected (ideas 17). The report on it
is written after its end, so its text stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.errors import Problem
from models.records.base import (
    Field,
    Look,
    NameOf,
    Record,
    choice,
    day,
    integer,
    long_text,
    record_kind,
    text,
)
from models.records.values import YEAR_FAULT, YEARS

REPORT_PARTS = (
    "主要举措和成效", "存在的不足和原因", "党政主要负责人履行推进法治建设第一责任人职责情况", "下一年度工作安排",
    "其他需要报告的情况",
)  # fmt: skip
"""The five parts of the 法治政府建设情况报告 (法治政府建设与责任落实督察工作规定; conventions 2.4)."""


@record_kind(
    "year_text", "年度报告正文", family="year", icon="file-text", identity=("year", "part"), sort=("-year", "part"),
    measure="篇",
)  # fmt: skip
class YearText(Record):
    """What the clerk wrote for one part of the report on a year; without *content* it counts as not written."""

    year: int | None = integer("年度", required=True)
    part: str = choice("部分", REPORT_PARTS, required=True)
    content: str = long_text("正文", searched=True)

    @property
    def length(self) -> int:
        """How many characters are written, without blanks."""
        return len("".join(self.content.split()))

    def headline(self, name_of: NameOf) -> str:
        return f"{self.year}年度报告：{self.part}"

    def check(self, look: Look) -> Iterable[Problem]:
        if self.year is not None and self.year not in YEARS:
            yield Problem("year", YEAR_FAULT)
        if look.find(YearText, "year = ? AND part = ? AND id <> ?", (self.year, self.part, self.id)):
            yield Problem("part", f"{self.year}年度的这一部分已经有正文")


@record_kind(
    "closed_year", "年度结转", family="year", icon="lock", identity=("year",), sort=("-year",), measure="个",
    comes_from="年度在“报表”的“年度导出”里结转",
)  # fmt: skip
class ClosedYear(Record):
    """A closed year: *figures* is the sealed copy of its figures (JSON), *digest* its SHA-256 with the ids behind."""

    year: int | None = integer("年度", required=True)
    closed_on: date | None = day("结转日期", system=True)
    serial: str = text("编号", system=True)
    digest: str = text("校验值", system=True, column=False)
    figures: str = long_text("年度数据", system=True)
    note: str = long_text("备注", afterwards=True)

    def headline(self, name_of: NameOf) -> str:
        return f"{self.year}年度"

    def locked(self, look: Look) -> str:
        return f"{self.year}年度已结转" if self.entered_at and not self.deleted_at else ""

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.digest:
            yield Problem("year", f"{self.KIND.comes_from}，不在这里登记")
        if look.find(ClosedYear, "year = ? AND id <> ?", (self.year, self.id)):
            yield Problem("year", f"{self.year}年度已经结转")


def lock_of(look: Look, before: Record | None, after: Record | None) -> str:
    """Return why *before* may become *after* (None: not there) only as a 更正, or "".

    It is locked for its own reason (issued minutes), which does not hold back what comes afterwards; or a closed year
    is touched: a record dated in it is added, removed, moved into or out of it, or changed but for what goes on later.
    """
    changed = [before.KIND.field(name) for name in after.changed_since(before)] if before and after else []
    return _own_lock(look, before, after, changed) or _year_lock(look, before, after, changed)


def _own_lock(look: Look, before: Record | None, after: Record | None, changed: list[Field]) -> str:
    if changed and all(field.afterwards for field in changed):
        return ""
    moved = after is not None and before is not None and after.belongs_to != before.belongs_to
    locked = (record.locked(look) for record in (before or after, after if moved else None) if record)
    return next(filter(None, locked), "")


def _year_lock(look: Look, before: Record | None, after: Record | None, changed: list[Field]) -> str:
    closed = {one.year for one in look.find(ClosedYear)}
    if not closed:
        return ""
    counted = [record.counted_on(look) if record else set() for record in (before, after)]
    touched: set[object] = {*(counted[0] ^ counted[1])}
    if before and after:
        if not (changed and all(field.later for field in changed)):
            touched |= {before.settled_on(look)}
        touched |= {
            record.day_of(field.name) for record in (before, after) for field in changed if field.later
        }
    years = sorted(on.year for on in touched if isinstance(on, date) and on.year in closed)
    return f"{years[0]}年度已结转" if years else ""
