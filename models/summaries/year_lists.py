"""What a workbook of the year lists besides the paper: who was expected, who studied, steps of cases, what was called off.

The paper has sums of these only, thousands of lines would fill it; in Excel each figure has its list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from models.store.reader import Reader
from models.summaries.study import unit_of_people
from models.summaries.year_figures import Figure, ProofList, YearFigures

_AMONG = "IN (SELECT value FROM json_each(?))"
_QUERIES = {
    "attendance": (
        "出席人次清单",
        ("日期", "会议", "单位", "姓名", "出席情况"),
        "SELECT substr(m.starts_at, 1, 10), m.name, coalesce(u.name, ''), coalesce(p.name, ''), a.status FROM attendance a "
        "JOIN meeting m ON m.id = a.meeting LEFT JOIN unit u ON u.id = a.unit LEFT JOIN person p ON p.id = a.person "
        f"WHERE a.id {_AMONG} ORDER BY m.starts_at, m.id, a.position NULLS LAST, a.id",
    ),
    "case_step": (
        "催办和延期清单",
        ("日期", "办理", "文号", "督办编号", "督办事项"),
        "SELECT s.happened_on, s.kind, coalesce(s.number, ''), c.number, c.matter FROM case_step s "
        f"JOIN supervised_case c ON c.id = s.matter WHERE s.id {_AMONG} ORDER BY s.happened_on, s.id",
    ),
    "meeting": (
        "取消会议清单",
        ("日期", "会议", "会议类型", "取消日期"),
        "SELECT substr(starts_at, 1, 10), name, category, coalesce(cancelled_on, '') FROM meeting "
        f"WHERE id {_AMONG} ORDER BY starts_at, id",
    ),
}
_ONLY = {"meeting": ("meetings.cancelled",)}
"""Of which figures, where the others of the kind are listed in the paper."""
_STUDY = {"study.persons": "参加学法", "study.owing": "有学时学日要求", "study.met": "学时、学日都达标"}


def sheet_lists(reader: Reader, year: YearFigures) -> Iterator[ProofList]:
    """Yield the lists of the figures of *year* that the paper itself does not list."""
    for kind, (label, columns, sql) in _QUERIES.items():
        wanted = _ONLY.get(kind)
        ids = _ids(one for one in year.figures if one.kind == kind and (wanted is None or one.name in wanted))
        if ids:
            rows = reader.db.execute(sql, (json.dumps(ids),))
            yield ProofList(label, columns, tuple(tuple(map(str, row)) for row in rows))
    if people := tuple(_people(reader, year)):
        yield ProofList("学法人员清单", ("姓名", "单位", "人员类别", *_STUDY.values()), people)


def _people(reader: Reader, year: YearFigures) -> Iterator[tuple[str, ...]]:
    """Yield everybody in the figures of study, and in which of them."""
    counted = {one.name: frozenset(one.ids) for one in year.figures if one.name in _STUDY}
    everybody = sorted(frozenset().union(*counted.values()))
    places = unit_of_people(reader, year.as_of)
    sql = f"SELECT id, name, coalesce(staff_kind, '') FROM person WHERE id {_AMONG} ORDER BY headline, id"
    for person, name, kind in reader.db.execute(sql, (json.dumps(everybody),)):
        ticks = ("是" if person in counted.get(figure, ()) else "" for figure in _STUDY)
        yield name, places.get(person, ("", ""))[1], kind, *ticks


def _ids(figures: Iterable[Figure]) -> list[str]:
    return list(dict.fromkeys(record for one in figures for record in one.ids))
