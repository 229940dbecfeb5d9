"""What has a date: the days of records that their kinds describe as days of the calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import cast

from models.records.base import Dated, DayRole, Field, FieldType, Kind, all_kinds
from models.rules.duties import State
from models.store.reader import Reader, Row

Names = Mapping[str, tuple[str, str]]
"""Name and short name of bodies and units by id."""
LONGEST = timedelta(days=366)
"""Something that lasts longer is not looked for before the days asked for."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated, from *on* to *until* (both included), at a time if *starts_at* is set.

    *kind* is the id of the record kind, or of a group that has none. *light* and *words* say how it stands
    (what was put off has words only), *word* what the day is, *place* and *who* where and whose it is. *locked*
    says why it cannot be moved to another day, "" if it can. *part* tells events of one record apart: the field
    that holds the day, where it is one.
    """

    kind: str
    title: str
    on: date
    until: date
    role: DayRole = DayRole.FACT
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    word: str = ""
    place: str = ""
    who: str = ""
    light: State | None = None
    words: str = ""
    record_kind: str = ""
    record_id: str = ""
    part: str = ""
    locked: str = ""

    @property
    def id(self) -> str:
        """The same for the same thing, whatever day it is moved to."""
        return "-".join(filter(None, (self.record_kind or self.kind, self.record_id, self.part)))

    @property
    def label(self) -> str:
        """The title with its time before it: 09:30 联席会议."""
        return f"{self.starts_at:%H:%M} {self.title}" if self.starts_at else self.title

    @property
    def about(self) -> str:
        """What the day is, where and whose: 收到 · 县司法局."""
        return " · ".join(filter(None, (self.word, self.place, self.who)))


@dataclass(frozen=True, slots=True)
class Span:
    """The days *first* to *last*, both included, as of a day; 临期 begins *soon* days before a limit."""

    first: date
    last: date
    as_of: date
    soon: int


def names_of(reader: Reader) -> Names:
    """Return what bodies and units are called, in full and for short."""
    called = "SELECT id, name, coalesce(nullif(short_name, ''), name) FROM"
    rows = reader.db.execute(f"{called} body UNION ALL {called} unit").fetchall()
    return {record_id: (name, short) for record_id, name, short in rows}


def short_name(names: Names, record_id: str) -> str:
    """Return the short name, "" for an unknown id."""
    return names.get(record_id, ("", ""))[1]


def described_events(reader: Reader, names: Names, span: Span) -> Iterator[Event]:
    """Yield the events of all kinds that describe a day of theirs; one query for each, bounded by the days."""
    for kind in all_kinds():
        for name, dated in kind.dated.items():
            field = kind.field(name)
            for row in _rows(reader, kind, field, dated, span):
                yield _event(kind, field, dated, row, names, span)


def _rows(reader: Reader, kind: Kind, field: Field, dated: Dated, span: Span) -> list[Row]:
    """Return id, headline, day, end, settled day, place, the whole's name, then the fields that say whose it is."""
    place = next((other.name for other in kind.fields if other.label == "地点"), "''")
    whole = "''"
    if kind.part_of:
        target = kind.field(kind.part_of).target
        whole = f"(SELECT headline FROM {target} AS whole WHERE whole.id = {kind.table}.{kind.part_of})"
    columns = ["id", "headline", field.name, dated.until or "NULL", dated.settled_by or "NULL", place, whole]
    sql = (
        f"SELECT {', '.join([*columns, *_owners(kind)])} FROM {kind.table} "
        f"WHERE deleted_at IS NULL AND {field.name} >= ? AND {field.name} < ?"
    )
    first = span.first - LONGEST if dated.until else span.first
    params = [first.isoformat(), (span.last + timedelta(days=1)).isoformat()]
    if dated.until:
        sql += f" AND coalesce({dated.until}, {field.name}) >= ?"
        params.append(span.first.isoformat())
    if dated.void_by:
        sql += f" AND {dated.void_by} IS NULL"
    return reader.db.execute(sql, params).fetchall()


def _owners(kind: Kind) -> list[str]:
    """Return the fields that name a body or unit, in order; the first with a value says whose something is."""
    return [field.name for field in kind.references if field.target in ("body", "unit")]


def _event(kind: Kind, field: Field, dated: Dated, row: Row, names: Names, span: Span) -> Event:
    record_id, headline, day, end, settled, place, whole, *owners = cast("tuple[str, ...]", row)
    starts_at, ends_at, on = None, None, date.fromisoformat(day[:10])
    if field.type is FieldType.MOMENT:
        starts_at = datetime.fromisoformat(day)
        ends_at = datetime.fromisoformat(end) if end and end > day else None
    whose = [names[one] for one in _owner_ids(owners) if one in names]
    for name, short in whose:
        if headline.startswith(name):
            headline = short + headline[len(name) :]
    light, words = _standing(dated, on, settled, span) if dated.role is DayRole.LIMIT else (None, "")
    return Event(
        kind.id, headline + dated.word if dated.named else headline, on, ends_at.date() if ends_at else on,
        dated.role, starts_at, ends_at, "" if dated.named else dated.word, place,
        "、".join([short for _, short in whose]) or whole, light, words, kind.id, record_id, field.name,
        _why_fixed(kind, field, dated, on, bool(settled), span.as_of),
    )  # fmt: skip


def _owner_ids(owners: list[str]) -> tuple[str, ...]:
    """Return the ids in the first of the fields that has any."""
    return next((ids for stored in owners if stored and (ids := _ids(stored))), ())


@lru_cache(maxsize=4096)
def _ids(stored: str) -> tuple[str, ...]:
    """Return what a reference holds, be it to one or to several; the same units stand in many records."""
    return tuple(json.loads(stored)) if stored.startswith("[") else (stored,)


def _standing(dated: Dated, on: date, settled: str, span: Span) -> tuple[State | None, str]:
    """Return the light of a limit and the words beside it."""
    left = (on - span.as_of).days
    if settled and date.fromisoformat(settled[:10]) <= span.as_of:
        return State.DONE, "已办结"
    if left < 0:
        return State.OVERDUE, f"逾期 {-left} 天" if dated.settled_by else "已到期"
    if left <= span.soon:
        return State.SOON, f"剩 {left} 天" if left else "今天"
    return None, ""


def _why_fixed(kind: Kind, field: Field, dated: Dated, on: date, settled: bool, as_of: date) -> str:
    """Say why a day keeps its place, "" for one that may be moved."""
    if dated.role is DayRole.FACT or (dated.named and dated.role is DayRole.LIMIT):
        return f"{field.label}不在日历里改，打开这{kind.measure}{kind.label}来改。"
    if settled:
        return f"{kind.label}已经办结，{field.label}不能再改。"
    if dated.fixed:
        return dated.fixed
    if dated.role is DayRole.PLANNED and on < as_of:
        return f"这一天已经过去；登记错了，打开这{kind.measure}{kind.label}来改。"
    return ""
