"""Kinds that are computed, never stored, listed by command line and window like any register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from models.records.base import Value
from models.rules.duties import Obligation
from models.store.reader import Reader
from models.summaries.obligations import missing_meeting_reports, open_obligations
from models.summaries.study import GapLine, credits_between, gaps
from models.summaries.supervision import CaseLine, open_lines

ComputedRow = dict[str, Value]


@dataclass(frozen=True, slots=True)
class ComputedColumn:
    """One column: its name in rows and JSON, its heading."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ComputedKind:
    """A list that is computed as of a date. Each row holds its ``id`` and a value for every column."""

    id: str
    label: str
    icon: str
    columns: tuple[ComputedColumn, ...]
    rows: Callable[[Reader, date], list[ComputedRow]]


def obligation_row(item: Obligation) -> ComputedRow:
    """Return one obligation as the row of a list; ``colour`` and ``shape`` are its light's, ``records`` the ids of
    what proves it."""
    return {
        "id": item.id,
        "state": item.words,
        "colour": item.colour,
        "shape": item.shape,
        "clause": item.clause.name,
        "owner": item.owner.label,
        "period": item.period,
        "due": item.due,
        "needed": item.needed,
        "done": item.done,
        "reason": "；".join(filter(None, (item.reason, item.remark))),
        "evidence": "、".join(proof.headline for proof in item.evidence),
        "records": tuple(proof.id for proof in item.evidence),
        "basis": item.clause.basis,
        "quotation": item.clause.quotation,
    }


def _obligations(reader: Reader, as_of: date) -> list[ComputedRow]:
    return [obligation_row(item) for item in open_obligations(reader, as_of)]


def _missing_reports(reader: Reader, as_of: date) -> list[ComputedRow]:
    found = missing_meeting_reports(reader, as_of, as_of.year)
    return [
        {"id": item.meeting, "meeting": item.name, "body": item.body, "on": item.on, "missing": "、".join(item.missing)}
        for item in found
    ]  # fmt: skip


def light_row(line: CaseLine) -> ComputedRow:
    """Return the light of one case as the row of a list."""
    return {
        "id": line.case.id,
        "light": line.light.word,
        "words": line.light.words,
        "colour": line.light.colour,
        "shape": line.light.shape,
        "number": line.case.number,
        "matter": line.case.matter,
        "unit": line.lead,
        "state": line.state,
        "due": line.due,
        "silent": line.silent,
        "slips": line.slips,
    }


def _lights(reader: Reader, as_of: date) -> list[ComputedRow]:
    return [light_row(line) for line in open_lines(reader, as_of)]


def _gaps(reader: Reader, as_of: date) -> list[ComputedRow]:
    behind: dict[str, list[str]] = defaultdict(list)
    for one in credits_between(reader, date(as_of.year, 1, 1), as_of):
        behind[one.person].append(one.id)
    return [_gap_row(line, behind[line.id]) for line in gaps(reader, as_of.year, as_of)]


def _gap_row(line: GapLine, records: Iterable[str]) -> ComputedRow:
    """Return one person's year of study as the row of a list; *records* are the ids behind hours and days."""
    stands = line.standing
    return {
        "id": line.id, "name": line.name, "unit": line.unit_name, "staff_kind": line.staff_kind, "year": stands.year,
        "owed_hours": stands.owed_hours, "hours": stands.hours, "missing_hours": stands.missing_hours,
        "owed_days": stands.owed_days, "days": stands.days, "missing_days": stands.missing_days,
        "special_due": stands.special_due, "state": stands.state.value, "words": stands.words,
        "records": tuple(records),
    }  # fmt: skip


def _columns(**labels: str) -> tuple[ComputedColumn, ...]:
    return tuple(ComputedColumn(name, label) for name, label in labels.items())


COMPUTED: dict[str, ComputedKind] = {
    kind.id: kind
    for kind in (
        ComputedKind(
            "obligation", "制度要求", "flag",
            _columns(
                state="状态", clause="条款要求", owner="谁来办", period="周期", due="期限", needed="应办", done="已办",
                evidence="依据记录", reason="免办理由和说明", basis="依据文件",
            ),
            _obligations,
        ),
        ComputedKind(
            "missing_report", "会前会后报告缺报", "send",
            _columns(meeting="会议", body="机构", on="开会日期", missing="缺少"),
            _missing_reports,
        ),
        ComputedKind(
            "gap", "学时差额", "graduation-cap",
            _columns(
                name="姓名", unit="单位", staff_kind="人员类别", year="年度", owed_hours="应学学时", hours="已学学时",
                owed_days="应学天数", days="已学天数", special_due="专门培训到期", words="情况",
            ),
            _gaps,
        ),
        ComputedKind(
            "light", "督办灯", "clipboard-check",
            _columns(
                light="灯", words="情况", shape="形状", number="督办编号", matter="督办事项", unit="承办单位", state="办理状态",
                due="办理时限", silent="距上次进展（天）", slips="催办次数",
            ),
            _lights,
        ),
    )
}  # fmt: skip
