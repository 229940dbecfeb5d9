"""The checks every record passes before it is written, whatever door it came through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.errors import Problem
from models.records.base import Field, FieldType, Look, Record
from models.records.secrecy import secrecy_mark
from models.records.values import LONGEST, BadValue, parse_phone


def problems_of(record: Record, look: Look, before: Record | None = None) -> tuple[Problem, ...]:
    """Return everything wrong with *record*, or with what becomes of the stored one *before*.

    Errors stop a save, warnings are only shown.
    """
    kind = record.KIND
    found = field_problems(record)
    if kind.period:
        found.extend(_period_problems(record, *kind.period))
    found.extend(ring_problems(record, look))
    if not any(problem.level == "error" for problem in found):
        found.extend(record.check(look))
        found.extend(record.check_change(before, look) if before else ())
    return tuple(found)


def ring_problems(record: Record, look: Look) -> Iterator[Problem]:
    """Yield each field that leads from *record* over others of its kind back to itself (上级机构, 并入单位)."""
    for field in record.KIND.references:
        if field.target != record.KIND.id or field.type is not FieldType.REFERENCE or not record.id:
            continue
        passed: set[str] = set()
        above = getattr(record, field.name)
        while above and above != record.id and above not in passed:
            passed.add(above)
            found = look.get(type(record), above)
            above = getattr(found, field.name) if found else ""
        if above == record.id:
            yield Problem(
                field.name,
                f"{field.label}绕成了圈：最后又回到自己，请改选" if passed else f"{field.label}不能是自己",
            )


def field_problems(record: Record) -> list[Problem]:
    """Return what is wrong with single fields: required and empty, too long, not among the choices."""
    return [problem for field in record.KIND.fields for problem in _field_problems(field, record)]


def _field_problems(field: Field, record: Record) -> Iterator[Problem]:
    value = getattr(record, field.name)
    if field.required and (value is None or value == () or (isinstance(value, str) and not value.strip())):
        yield Problem(field.name, f"{field.label}没有填")
        return
    if isinstance(value, str):
        yield from _text_problems(field, value)


def _text_problems(field: Field, value: str) -> Iterator[Problem]:
    if len(value) > LONGEST:
        yield Problem(field.name, f"{field.label}太长：{len(value)} 字，最多 {LONGEST} 字")
    if field.type is FieldType.CHOICE and value and not field.open_choices and value not in field.choices:
        yield Problem(field.name, f"{field.label}“{value}”不在可选项里")
    if field.type is FieldType.PHONE:
        try:
            parse_phone(value)
        except BadValue as error:
            yield Problem(field.name, str(error))
    if not field.target and (mark := secrecy_mark(value)):
        yield Problem(field.name, f"含有密级标志“{mark}”：本系统不得存储国家秘密，请删去后再保存")


def _period_problems(record: Record, since: str, until: str) -> Iterator[Problem]:
    start, end = getattr(record, since), getattr(record, until)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        label = record.KIND.field(until).label
        yield Problem(until, f"{label}早于{record.KIND.field(since).label}")
