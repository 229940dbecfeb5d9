"""What lists ask for, and its SQL: which records of a kind, in what order, what each column shows.

A list of 100,000 records costs one walk over its table at most. So the rowids of a chunk are found first and
only their columns are read (SQLite computes every column of every row before it sorts); a sort by a
reference joins what it points to once; and an index is left to the planner only where it spares the walk:
by itself it takes any partial index for a short cut and then looks up each row on its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models import clock
from models.records.base import Field, FieldType, Gathers, Kind, Value, kind_of
from models.records.values import to_column
from models.rules.reading import search_words
from models.store.database import Database

Operator = Literal["=", "!=", "<=", ">=", "contains", "empty", "filled", "in"]
Row = tuple[object, ...]
STAMPS = ("entered_at", "entered_by", "changed_at", "changed_by", "deleted_at")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a field; *value* is a record value, for ``in`` a tuple of them."""

    field: str
    operator: Operator
    value: Value = None


@dataclass(frozen=True, slots=True)
class RowQuery:
    """What a list shows. *columns* and sort names are field names or stamps (entered_at …);
    ``-name`` sorts downward; *as_of* keeps what is in force that day (kinds with a period)."""

    kind: str
    columns: tuple[str, ...]
    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: tuple[str, ...] = ()
    as_of: date | None = None
    deleted: bool = False


def rows_of(db: Database, query: RowQuery, limit: int, offset: int) -> list[Row]:
    """Return ``(id, column, …)`` as stored; a reference column holds the headline it points to."""
    kind = kind_of(query.kind)
    chosen = _rowids(db, query, limit, offset)
    shown = ", ".join(["t.rowid", "t.id", *(_selected(kind, name, query.as_of) for name in query.columns)])
    found = db.execute(
        f"SELECT {shown} FROM {kind.table} t WHERE t.rowid IN (SELECT value FROM json_each(?))",
        (json.dumps(chosen),),
    )
    by_rowid = {row[0]: row[1:] for row in found}
    return [by_rowid[rowid] for rowid in chosen]


def place_of(db: Database, query: RowQuery, record_id: str) -> int:
    """Return where a record stands in the list, -1 if it is not in it."""
    found = db.execute(f"SELECT rowid FROM {kind_of(query.kind).table} WHERE id = ?", (record_id,)).fetchone()
    order = _rowids(db, query)
    return order.index(found[0]) if found and found[0] in order else -1


def _rowids(db: Database, query: RowQuery, limit: int = -1, offset: int = 0) -> list[int]:
    kind = kind_of(query.kind)
    sort = query.sort or kind.sort
    if limit > 0 and _by_owner(kind, query, sort):
        found = _parts_in_order(db, kind, sort[1:], limit, offset)
        if len(found) == limit:
            return found
    condition, params = _condition(kind, query)
    joins, order = _sorting(kind, sort, query.as_of)
    walk = _walk(kind, query, sort)
    sql = f"SELECT t.rowid FROM {kind.table} t{walk}{joins} WHERE {condition}{order} LIMIT ? OFFSET ?"
    return [row[0] for row in db.execute(sql, [*params, limit, offset])]


def _by_owner(kind: Kind, query: RowQuery, sort: Sequence[str]) -> bool:
    """Tell whether the whole list is asked for by its owners, which an index has in order."""
    narrowed = query.search or query.filters or query.as_of or query.deleted
    return bool(kind.part_of) and sort[0] == kind.part_of and not narrowed and not _placed(_owner(kind))


def _parts_in_order(db: Database, kind: Kind, sort: Sequence[str], limit: int, offset: int) -> list[int]:
    """Return the rowids of parts owner by owner, as far as *limit*: nothing behind it is read or sorted.

    A part lives and dies with its owner, so only live owners are walked through.
    """
    owner, (joins, order) = _owner(kind), _sorting(kind, sort, None)
    found = db.execute(
        f"SELECT t.rowid FROM {owner.table} o INDEXED BY {owner.table}_headline "
        f"CROSS JOIN {kind.table} t ON t.{kind.part_of} = o.id{joins} "
        f"WHERE o.deleted_at IS NULL AND t.deleted_at IS NULL "
        f"{order.replace('ORDER BY', 'ORDER BY o.headline,')} LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [row[0] for row in found]


def _owner(kind: Kind) -> Kind:
    return kind_of(kind.field(kind.part_of).target)


def count_of(db: Database, query: RowQuery) -> int:
    """Return how many records *query* has in all."""
    kind = kind_of(query.kind)
    condition, params = _condition(kind, query)
    walk = _walk(kind, query, ("headline",))
    row = db.execute(f"SELECT count(*) FROM {kind.table} t{walk} WHERE {condition}", params).fetchone()
    return int(row[0])


def checked(kind: Kind, name: str) -> str:
    """Return *name* when it is a column of *kind*; raises KeyError (names never come from people)."""
    if name in STAMPS or name in ("id", "headline") or _field(kind, name):
        return name
    raise KeyError(f"{kind.id}.{name}")


def period_clause(kind: Kind, on: date, prefix: str = "") -> tuple[str, tuple[str, str]]:
    """Return the SQL condition that a record of *kind* is in force *on* that day, and its values."""
    if not kind.period:
        raise ValueError(f"{kind.id} has no period")
    day = on.isoformat()
    return _in_force(kind.period, "?", prefix), (day, day)


def _in_force(period: tuple[str, str], day: str, prefix: str) -> str:
    since, until = (prefix + name for name in period)
    return f"coalesce({since}, '') <= {day} AND coalesce({until}, '9999') >= {day}"


def _walk(kind: Kind, query: RowQuery, sort: Sequence[str]) -> str:
    """Say how to go through the table: by the planner's choice where an index narrows it to few rows (the
    attendance of one meeting) or has the order, through the index that carries the search text, or plainly."""
    references = {field.name for field in kind.fields if field.type is FieldType.REFERENCE}
    if any(item.operator == "=" and item.field in references for item in query.filters):
        return ""
    if query.filters or query.as_of or query.deleted or sort[:1] != ("headline",):
        return " NOT INDEXED"
    return f" INDEXED BY {kind.table}_headline" if query.search else ""


def _field(kind: Kind, name: str) -> Field | None:
    return next((field for field in kind.columns if field.name == name), None)


def _placed(kind: Kind) -> bool:
    """Tell whether records of *kind* have an order of their own, before their names."""
    return _field(kind, "position") is not None


def _selected(kind: Kind, name: str, as_of: date | None, table: str = "t") -> str:
    """Return the SQL of what a column shows, of the record that the query calls *table*."""
    field = _field(kind, checked(kind, name))
    if field and field.gathers:
        return _gathered(field.gathers, as_of or clock.today(), table)
    if field and field.type is FieldType.REFERENCE:
        return f"(SELECT r.headline FROM {kind_of(field.target).table} r WHERE r.id = {table}.{name})"
    if field and field.type is FieldType.REFERENCES:
        return (
            f"(SELECT group_concat(r.headline, '、') FROM json_each({table}.{name}) j "
            f"JOIN {kind_of(field.target).table} r ON r.id = j.value)"
        )
    return f"{table}.{name}"


def _gathered(what: Gathers, on: date, owner: str) -> str:
    """Return the SQL of what the records in force that day say of *owner*, in their order: 县司法局局长、…."""
    kind = kind_of(what.kind)
    words = " || ".join(f"coalesce({_selected(kind, name, on, 'g')}, '')" for name in what.fields)
    joins, order = _sorting(kind, kind.sort, on, "g")
    in_force = f" AND {_in_force(kind.period, repr(str(on)), 'g.')}" if kind.period else ""
    return (
        f"(SELECT group_concat(words, '、') FROM (SELECT {words} AS words FROM {kind.table} g{joins} "
        f"WHERE g.{what.by} = {owner}.id AND g.deleted_at IS NULL{in_force}{order}))"
    )


def _sorting(kind: Kind, names: Sequence[str], as_of: date | None, table: str = "t") -> tuple[str, str]:
    """Return the joins and the ORDER BY of *names*; a reference sorts as the list it points to."""
    joins, keys = "", []
    for name in names:
        column = checked(kind, name.lstrip("-"))
        field = _field(kind, column)
        parts = [_selected(kind, column, as_of, table) if field and field.gathers else f"{table}.{column}"]
        if field and field.type is FieldType.REFERENCE:
            target = kind_of(field.target)
            joins += f" LEFT JOIN {target.table} by_{column} ON by_{column}.id = {table}.{column}"
            placed = ("position", "headline") if _placed(target) else ("headline",)
            parts = [f"by_{column}.{part}" for part in placed]
        keys += [f"{part} {'DESC ' if name.startswith('-') else ''}NULLS LAST" for part in parts]
    return joins, f" ORDER BY {', '.join([*keys, f'{table}.rowid'])}" if keys else ""


def _condition(kind: Kind, query: RowQuery) -> tuple[str, list[object]]:
    parts = ["t.deleted_at IS NOT NULL" if query.deleted else "t.deleted_at IS NULL"]
    params: list[object] = []
    for word in search_words(query.search):
        parts.append("instr(t.search_text, ?)")
        params.append(word)
    if query.as_of and kind.period:
        clause, dates = period_clause(kind, query.as_of, "t.")
        parts.append(clause)
        params += dates
    for item in query.filters:
        sql, values = _filter(kind, item, query.as_of)
        parts.append(sql)
        params += values
    return " AND ".join(parts), params


def _filter(kind: Kind, item: Filter, as_of: date | None) -> tuple[str, list[object]]:
    name = checked(kind, item.field)
    field = _field(kind, name)
    column = _selected(kind, name, as_of) if field and field.gathers else f"t.{name}"
    if item.operator == "empty":
        return f"({column} IS NULL OR {column} IN ('', '[]'))", []
    if item.operator == "filled":
        return f"({column} IS NOT NULL AND {column} NOT IN ('', '[]'))", []
    if item.operator == "in":
        chosen = item.value if isinstance(item.value, tuple) else (str(item.value),)
        return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(chosen))]
    if field and field.type is FieldType.REFERENCES:
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = ?)", [item.value]
    stored = to_column(field, item.value) if field else item.value
    if item.operator == "contains":
        return f"instr(lower({_selected(kind, name, as_of)}), lower(?))", [stored]
    compare = "IS NOT" if item.operator == "!=" else item.operator
    return f"{column} {compare} ?", [stored]
