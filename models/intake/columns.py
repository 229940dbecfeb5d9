"""The columns of a kind's Excel sheet: what they are called and which of a foreign sheet's they are."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.intake.workbook_reader import Cell
from models.records.base import Field, Kind, kind_of
from models.store.ledger import Ledger
from models.store.reader import Reader

ID = "编号"
ERROR = "错误"
HEADER_ROWS = 10  # a title or a note may stand above the header
_MEASURE = "(?:人|名|家|个|条|份|件|场|次)"
_TOTAL = re.compile(rf"(?:合计|总计|小计|共计)[:(]?\d*{_MEASURE}?\)?|共?\d+{_MEASURE}")

_SYNONYMS = {
    "unit.name": ("单位", "单位全称", "名称", "机关名称"),
    "unit.category": ("类别", "单位性质"),
    "unit.position": ("顺序", "排序", "建制序"),
    "body.name": ("机构", "机构全称", "名称"),
    "body.category": ("类别",),
    "body.host_unit": ("设在单位", "办公室设在"),
    "membership.unit": ("单位名称", "成员单位"),
    "membership.body": ("机构名称", "所属机构"),
    "person.name": ("名字", "人员", "人员姓名"),
    "person.phone": ("手机号", "手机号码", "联系电话", "移动电话", "电话"),
    "person.office_phone": ("座机", "固定电话", "办公室电话"),
    "appointment.person": ("人员", "人员姓名"),
    "appointment.unit": ("单位名称", "所在单位", "工作单位"),
    "appointment.title": ("现任职务", "职位"),
    "appointment.valid_from": ("任职时间", "任职日期"),
    "appointment.valid_until": ("免职时间", "免职日期", "离任日期"),
    "seat.body": ("机构名称", "所属机构"),
    "meeting.name": ("名称", "会议"),
    "meeting.starts_at": ("时间", "会议时间", "召开时间"),
    "meeting.place": ("会议地点",),
    "attendance.meeting": ("会议名称",),
    "attendance.person": ("姓名", "人员"),
    "agenda_item.meeting": ("会议名称",),
    "resolution.meeting": ("会议名称",),
    "clause.name": ("条款", "要求"),
    "study_session.subject": ("主题", "课题", "学习内容"),
    "study_session.before_meeting": ("会前学法",),
    "study_session.starts_at": ("学习时间", "开始时间"),
    "study_attendance.person": ("人员", "学员", "学员姓名", "人员姓名"),
    "study_attendance.unit": ("单位名称", "所在单位", "工作单位"),
    "study_attendance.hours": ("获得学时", "累计学时", "总学时", "学习学时"),
    "exam_score.exam": ("考试名称",),
    "exam_score.person": ("人员", "考生", "考生姓名", "人员姓名"),
    "exam_score.unit": ("单位名称", "所在单位", "工作单位"),
    "exam_score.score": ("得分", "分数", "考试成绩", "总分"),
    "appointment_test.person": ("姓名", "人员"),
    "question.form": ("题目类型", "试题类型"),
    "question.stem": ("题目", "试题", "题目内容", "试题内容"),
    "question.option_a": ("A", "A选项"),
    "question.option_b": ("B", "B选项"),
    "question.option_c": ("C", "C选项"),
    "question.option_d": ("D", "D选项"),
    "question.option_e": ("E", "E选项"),
    "question.answer": ("正确答案", "标准答案"),
    "question.explanation": ("答案解析", "试题解析"),
    "question.basis": ("法律依据", "出处"),
}


def companions(kind: Kind) -> dict[str, str]:
    """Return the kinds whose columns may stand in a sheet of *kind* too: persons come with their posts.

    They are those that *kind* gathers in its lists; each with its field that names the record of *kind*.
    """
    return {field.gathers.kind: field.gathers.by for field in kind.gathered if field.gathers}


def brought(kind: Kind) -> dict[str, Field]:
    """Return what the columns of a sheet may be, by name: ``phone``, of a companion ``appointment.title``.

    What a companion wants filled a row need not have: without any of it there is none.
    """
    found = {field.name: field for field in kind.entered_fields}
    for other, by in companions(kind).items():
        for field in kind_of(other).entered_fields:
            if field.name != by:
                found[f"{other}.{field.name}"] = replace(field, required=False)
    return found


def is_total(cells: Sequence[Cell]) -> bool:
    """Tell whether a row only counts the others: 合计, 总计 12, 共 14 人."""
    first = next((plain for cell in cells if (plain := "".join(str(cell or "").split()))), "")
    return bool(_TOTAL.fullmatch(unicodedata.normalize("NFKC", first)))


def heading(field: Field) -> str:
    """Return the header of a field's column; ``*`` marks what must be filled."""
    return f"{field.label}*" if field.required else field.label


def compared(header: object) -> str:
    """Return a header as it is compared: one width, no blanks, marks or remarks in brackets."""
    if not isinstance(header, str):
        return ""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header))
    return re.sub(r"\([^)]*\)|[*:?]", "", plain)


def find_header(kind: Kind, rows: Sequence[Sequence[Cell]], remembered: Mapping[str, str]) -> int:
    """Return the index of the row that holds most of the kind's headers; the first filled one if none does."""
    known = {*_known(kind), *(header for header, name in remembered.items() if name)}
    counts = [len({compared(cell) for cell in row} & known) for row in rows[:HEADER_ROWS]]
    if any(counts):
        return counts.index(max(counts))
    return next((index for index, row in enumerate(rows) if row), 0)


def map_columns(kind: Kind, header: Sequence[Cell], remembered: Mapping[str, str]) -> dict[int, str]:
    """Return field names (or :data:`ID`) by column index: as last time, by label, by synonym; each once."""
    known = _known(kind)
    mapping: dict[int, str] = {}
    for index, cell in enumerate(header):
        name = compared(cell)
        wanted = remembered.get(name, known.get(name, ""))
        if wanted and wanted not in mapping.values():
            mapping[index] = wanted
    return mapping


def remembered_mapping(reader: Reader, kind: Kind) -> dict[str, str]:
    """Return the choices made at the last import of the kind: field name (or "") by compared header."""
    stored = reader.setting(_setting(kind))
    read = json.loads(stored) if stored else {}
    names = {*brought(kind), ID, ""}
    return {header: name for header, name in read.items() if name in names}


def remember_mapping(ledger: Ledger, kind: Kind, header: Sequence[Cell], mapping: Mapping[int, str]) -> None:
    """Keep how the columns of *header* were understood, those left out too."""
    chosen = {compared(cell): mapping.get(index, "") for index, cell in enumerate(header) if compared(cell)}
    if chosen != {name: _known(kind).get(name, "") for name in chosen}:
        merged = remembered_mapping(ledger, kind) | chosen
        ledger.set_setting(_setting(kind), json.dumps(merged, ensure_ascii=False))


def _known(kind: Kind) -> dict[str, str]:
    """Return field names by every header that means them, labels before synonyms."""
    known: dict[str, str] = {}
    fields = list(reversed(brought(kind).items()))  # of one name for two, the kind's own holds
    for name, _ in fields:
        for synonym in _SYNONYMS.get(name if "." in name else f"{kind.id}.{name}", ()):
            known[compared(synonym)] = name
    known |= {compared(field.label): name for name, field in fields}
    return known | {ID: ID}


def _setting(kind: Kind) -> str:
    return f"import_mapping.{kind.id}"
