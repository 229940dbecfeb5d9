"""What the dossiers of units and persons are made of, and the parts both have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.records.base import FieldType, kind_of
from models.records.filing import Attachment
from models.records.meeting import Attendance, Meeting
from models.records.organisation import Person, Unit
from models.records.values import show, stored_span
from models.rules.attendance import Rates, rates
from models.rules.duties import Obligation
from models.store.reader import Reader
from models.summaries.obligations import obligations, obligations_of_person

_ENDING = ("valid_until", "successor", "left_on")
"""What is known of a unit or person only once it has gone."""
Shown = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line of a part and the record it speaks of; *kind* is "" for what is computed and opens nothing."""

    cells: tuple[Shown, ...]
    kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list under *title*; *note* sums it up in words."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[DossierLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The record (*kind*, *id*), what is known of it as (label, text), and the parts that hold something."""

    kind: str
    id: str
    name: str
    about: str
    as_of: date
    year: int
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def dossier_with(
    reader: Reader, record: Unit | Person, about: str, as_of: date, year: int, parts: Sequence[Part]
) -> Dossier:
    """Return the dossier of *record*: its facts, *parts*, and the files of the records that stand in them."""
    facts = []
    end = record.valid_until if isinstance(record, Unit) else record.left_on
    to_come = _ENDING if end and end > as_of else ()
    for field in record.KIND.fields:
        if field.name in to_come:
            continue
        text = show(field, getattr(record, field.name), reader.name_of)
        if text and field.type is not FieldType.PHONE:
            facts.append((field.label, text))
    shown = tuple(part for part in (*parts, _attachments(reader, parts, as_of)) if part.lines)
    return Dossier(record.KIND.id, record.id, record.name, about, as_of, year, tuple(facts), shown)


def within(year: int, as_of: date) -> tuple[str, str]:
    """Return between what the days of *year* until a day are stored."""
    return stored_span(date(year, 1, 1), min(as_of, date(year, 12, 31)))


def marks(ids: Sequence[str]) -> str:
    """Return the place holders for *ids* in SQL."""
    return ", ".join("?" * len(ids))


# What units and persons both have -------------------------------------------------------------


def meetings(reader: Reader, owner: str, ids: Sequence[str], year: int, as_of: date) -> Part:
    """Return the year's meetings at which the unit or person was expected, invited or stood in."""
    meetings = {
        meeting.id: meeting
        for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", within(year, as_of))
        if meeting.held
    }
    whose = f"{owner} IN ({marks(ids)})" + (" OR substitute = ?" if owner == "person" else "")
    given = (*ids, *ids) if owner == "person" else ids
    found = [row for row in reader.find(Attendance, whose, given) if row.meeting in meetings]
    found.sort(key=lambda row: (str(meetings[row.meeting].starts_at), row.position or 0), reverse=True)
    people = reader.names("person", {key for row in found for key in (row.person, row.substitute) if key})
    lines = [_meeting_line(row, meetings[row.meeting], people) for row in found]
    counted = rates(row for row in found if getattr(row, owner) in ids)
    return Part("会议", ("日期", "会议", "应到人", "职务", "出席情况"), tuple(lines), _rate_words(counted))


def _meeting_line(row: Attendance, meeting: Meeting, people: dict[str, str]) -> DossierLine:
    status = row.status or "未登记"
    if row.status == "代":
        status = f"代（{people.get(row.substitute, '')}）"
    name = people.get(row.person, "（空缺）")
    on = meeting.starts_at.date() if meeting.starts_at else None
    return DossierLine((on, meeting.name, name, row.duty, status), "meeting", meeting.id)


def _rate_words(counts: Rates) -> str:
    if not counts.expected:
        return ""
    return (
        f"应到 {counts.expected} 人次，本人出席 {counts.present}、代会 {counts.substituted}、请假 {counts.excused}、"
        f"缺席 {counts.absent}；本人出席率 {counts.own:.1%}，单位出席率 {counts.unit:.1%}"
    )


def duties(reader: Reader, kind: str, record_id: str, year: int, as_of: date) -> Part:
    """Return what the year's clauses ask of a unit or person, with the light and what proves it."""
    if kind == "person":
        found = obligations_of_person(reader, as_of, year, record_id)
    else:
        asked = obligations(reader, as_of, year, people=False)
        found = [item for item in asked if item.owner.kind == kind and item.owner.id == record_id]
    lines = [
        DossierLine(
            (item.clause.name, item.period, item.due, item.figures, f"{item.shape} {item.words}", _proof(item)),
            "clause", item.clause.id,
        )
        for item in found
    ]  # fmt: skip
    open_ones = sum(item.is_open for item in found)
    note = f"{year}年 {len(found)} 项，{len(found) - open_ones} 项已完成或免办"
    return Part("制度要求", ("条款要求", "周期", "期限", "完成", "情况", "依据"), tuple(lines), note)


def _proof(item: Obligation) -> str:
    """Return the latest record that answers *item* and how many there are; of a waived one the reason."""
    if not item.evidence:
        return item.reason
    latest = max(item.evidence, key=lambda one: one.on).headline
    return latest if len(item.evidence) == 1 else f"{latest}等 {len(item.evidence)} 项"


def _attachments(reader: Reader, parts: Iterable[Part], as_of: date) -> Part:
    """Return the files put by that day to the records that stand in *parts*."""
    owners = {line.id: line.kind for part in parts for line in part.lines if line.kind}
    found = reader.find(
        Attachment, "owner IN (SELECT value FROM json_each(?)) AND entered_at <= ?",
        (json.dumps([key for key, kind in owners.items() if kind_of(kind).attachable]), stored_span(as_of, as_of)[1]),
        order="entered_at DESC, id",
    )  # fmt: skip
    lines = [
        DossierLine(
            (file.name, reader.name_of(file.owner_kind, file.owner), file.entered_at and file.entered_at.date()),
            file.owner_kind, file.owner,
        )
        for file in found
    ]  # fmt: skip
    return Part("附件", ("文件", "所属记录", "添加日期"), tuple(lines), f"{len(lines)} 个")
