"""Which columns a list shows, in what order and width; kept by the clerk under a name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from models.records.base import FieldType, Kind

_WIDTHS = {
    FieldType.LONG: 260, FieldType.REFERENCE: 150, FieldType.REFERENCES: 200, FieldType.DATE: 124, FieldType.MOMENT: 160,
    FieldType.INTEGER: 84, FieldType.NUMBER: 84, FieldType.FLAG: 72, FieldType.CHOICE: 104, FieldType.PHONE: 124,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Column names in order, widths in design px, the sort ("" for the kind's own order)."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    sort: str = ""


def default_layout(kind: Kind) -> Layout:
    """Return the layout a list has at first and after 恢复默认列."""
    columns = tuple(field.name for field in kind.columns if field.column)
    return Layout(columns, tuple(width_of(kind, name) for name in columns))


def width_of(kind: Kind, name: str) -> int:
    """Return the width a column has at first."""
    if name not in {field.name for field in kind.columns}:
        return 152
    field = kind.field(name)
    leads = kind.fields[0].name == name and kind.id != "person"
    width = 260 if leads and not field.target else _WIDTHS.get(field.type, 140)
    return max(width, 28 + 13 * len(field.label))


def to_text(layout: Layout) -> str:
    """Return *layout* as it is stored."""
    return json.dumps(asdict(layout))


def from_text(kind: Kind, stored: str) -> Layout:
    """Return a stored layout; columns that no longer exist are left out, nothing left means the default."""
    kept = json.loads(stored)
    known = {field.name for field in kind.columns} | {"entered_at", "entered_by", "changed_at", "changed_by"}
    pairs = [
        (name, width) for name, width in zip(kept["columns"], kept["widths"], strict=True) if name in known
    ]
    if not pairs:
        return default_layout(kind)
    sort = kept.get("sort", "")
    columns, widths = zip(*pairs, strict=True)
    return Layout(tuple(columns), tuple(widths), sort if sort.lstrip("-") in known else "")
