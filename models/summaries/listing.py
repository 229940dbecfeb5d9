"""Any kind as plain rows, for the command line and for exports: field names, ids and what is shown.

A kind is listed as of a day: what is in force then, what happened until then, and the parts of both.
Without a day everything live is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from models.errors import ClerkError
from models.records.base import FieldType, Kind, Record, Value, all_kinds, kind_of
from models.records.values import show
from models.store.reader import Reader
from models.summaries.computed import ComputedKind

Json = dict[str, Any]


def known_kind(kind_id: str, also: Iterable[ComputedKind] = ()) -> Kind:
    """Return the registered kind; raises ClerkError that names those there are, and the lists that are taken *also*."""
    try:
        return kind_of(kind_id)
    except KeyError:
        named = [(kind.id, kind.label) for kind in all_kinds()] + [(kind.id, kind.label) for kind in also]
        known = "、".join(f"{name}（{label}）" for name, label in named)
        raise ClerkError(f"没有“{kind_id}”这种记录，可用：{known}。") from None


def records_as_of(reader: Reader, kind: Kind, as_of: date | None = None) -> list[Record]:
    """Return the live records of *kind* in the order of lists, as of the end of *as_of* when given."""
    records = reader.find(kind.record)
    if as_of is None:
        return records
    if kind.period:
        return [record for record in records if record.in_force(as_of)]
    if kind.happened:
        return [record for record in records if _happened(getattr(record, kind.happened), as_of)]
    if kind.part_of:
        whole = kind_of(kind.field(kind.part_of).target)
        there = {record.id for record in records_as_of(reader, whole, as_of)}
        return [record for record in records if getattr(record, kind.part_of) in there]
    return records


def json_rows(reader: Reader, kind: Kind, as_of: date | None = None) -> list[Json]:
    """Return the records as JSON objects: ``id``, ``display`` and every field by its name.

    Dates are ISO 8601; a reference is ``{"id", "display"}`` or null, references a list of them.
    """
    return [_json_row(reader, kind, record) for record in records_as_of(reader, kind, as_of)]


def shown_rows(reader: Reader, kind: Kind, as_of: date | None = None) -> tuple[list[str], list[list[str]]]:
    """Return the labels of the columns a list shows at first, and each record's texts under them."""
    fields = [field for field in kind.fields if field.column]
    rows = [
        [show(field, getattr(record, field.name), reader.name_of) for field in fields]
        for record in records_as_of(reader, kind, as_of)
    ]
    return [field.label for field in fields], rows


def as_table(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with the columns parted by tabs; line breaks inside a value become blanks."""
    return ["\t".join(" ".join(cell.split()) for cell in row) for row in [labels, *rows]]


def _json_row(reader: Reader, kind: Kind, record: Record) -> Json:
    row: Json = {"id": record.id, "display": record.headline(reader.name_of)}
    for field in kind.fields:
        value: Value = getattr(record, field.name)
        if field.type is FieldType.REFERENCE:
            row[field.name] = _named(reader, field.target, str(value)) if value else None
        elif isinstance(value, tuple):
            row[field.name] = [_named(reader, field.target, item) for item in value]
        elif isinstance(value, datetime):
            row[field.name] = value.isoformat(timespec="minutes")
        elif isinstance(value, date):
            row[field.name] = value.isoformat()
        else:
            row[field.name] = value
    return row


def _named(reader: Reader, target: str, record_id: str) -> dict[str, str]:
    return {"id": record_id, "display": reader.name_of(target, record_id)}


def _happened(moment: date | datetime | None, day: date) -> bool:
    on = moment.date() if isinstance(moment, datetime) else moment
    return on is not None and on <= day
