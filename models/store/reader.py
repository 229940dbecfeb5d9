"""Reading the ledger: records as frozen objects, lists as rows.

:class:`Reader` is what screens, reports and rules ask. The open :class:`~models.store.ledger.Ledger`
is one; slow work in another thread gets its own from ``ledger.reading()``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from models.records.base import Field, FieldType, Kind, R, Record, Value, all_kinds, kind_of
from models.records.values import from_column, to_column
from models.rules.reading import search_words
from models.store.database import Database

Operator = Literal["=", "!=", "<=", ">=", "contains", "empty", "filled", "in"]
Row = tuple[object, ...]


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


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of the search over everything."""

    kind: str
    id: str
    headline: str


class Reader:
    """Queries over one connection; belongs to the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def close(self) -> None:
        self.db.close()

    # Records -------------------------------------------------------------------------------

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return the record, also one in the recycle bin, or None."""
        found = self._records(kind, "id = ?", (record_id,), "", 1) if record_id else []
        return found[0] if found else None

    def find(self, kind: type[R], where: str = "", params: Sequence[object] = (), order: str = "") -> list[R]:
        """Return the live records of *kind* for which the SQL condition *where* holds.

        SQL stays inside ``models``; screens use :meth:`rows`. *order* is SQL, default the kind's order.
        """
        condition = f"deleted_at IS NULL AND ({where})" if where else "deleted_at IS NULL"
        return self._records(kind, condition, params, order or _order(kind.KIND, kind.KIND.sort))

    def in_force(
        self, kind: type[R], on: date, where: str = "1", params: Sequence[object] = (), order: str = ""
    ) -> list[R]:
        """Return the live records whose from/until period holds *on* that day."""
        clause, dates = _period_clause(kind.KIND, on)
        return self.find(kind, f"({where}) AND {clause}", (*params, *dates), order)

    def name_of(self, kind_id: str, record_id: str) -> str:
        """Return the headline of a record, "" when there is none."""
        if not record_id:
            return ""
        row = self.db.execute(
            f"SELECT headline FROM {kind_of(kind_id).table} WHERE id = ?", (record_id,)
        ).fetchone()
        return str(row[0]) if row else ""

    def names(self, kind_id: str, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Return headlines by id, of all live records or of *ids*."""
        table = kind_of(kind_id).table
        if ids is None:
            rows = self.db.execute(f"SELECT id, headline FROM {table} WHERE deleted_at IS NULL").fetchall()
        else:
            rows = self.db.execute(
                f"SELECT id, headline FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(set(ids))),),
            ).fetchall()
        return dict(rows)

    def _records(
        self, kind: type[R], condition: str, params: Sequence[object], order: str, limit: int = -1
    ) -> list[R]:
        described = kind.KIND
        names = ["id", *(field.name for field in described.fields), *_STAMPS]
        sql = f"SELECT {', '.join(names)} FROM {described.table} WHERE {condition}"
        if order:
            sql += f" ORDER BY {order}"
        rows = self.db.execute(f"{sql} LIMIT {limit}", list(params)).fetchall()
        return [_record(kind, row) for row in rows]

    # Lists ---------------------------------------------------------------------------------

    def rows(self, query: RowQuery, limit: int = -1, offset: int = 0) -> list[Row]:
        """Return ``(id, column, …)`` as stored; a reference column holds the headline it points to."""
        kind = kind_of(query.kind)
        selected = ", ".join(_selected(kind, name) for name in query.columns)
        condition, params = _condition(kind, query)
        order = _order(kind, query.sort or kind.sort, "t.")
        sql = f"SELECT t.id{', ' if selected else ''}{selected} FROM {kind.table} t WHERE {condition}"
        sql += f" ORDER BY {order}" if order else ""
        return self.db.execute(f"{sql} LIMIT ? OFFSET ?", [*params, limit, offset]).fetchall()

    def count(self, query: RowQuery) -> int:
        """Return how many rows *query* has in all."""
        kind = kind_of(query.kind)
        condition, params = _condition(kind, query)
        row = self.db.execute(f"SELECT count(*) FROM {kind.table} t WHERE {condition}", params).fetchone()
        return int(row[0])

    def distinct(self, kind_id: str, field: str, limit: int = 200) -> list[Value]:
        """Return the different values of one field, the most frequent first (filter choices)."""
        kind = kind_of(kind_id)
        name = kind.field(field).name
        sql = (
            f"SELECT {name} FROM {kind.table} WHERE deleted_at IS NULL AND {name} IS NOT NULL AND {name} <> '' "
            f"GROUP BY {name} ORDER BY count(*) DESC LIMIT ?"
        )
        return [from_column(kind.field(field), row[0]) for row in self.db.execute(sql, (limit,))]

    def search(self, typed: str, *, limit_each: int = 8) -> list[Hit]:
        """Find *typed* (characters, pinyin, initials) in every searched kind."""
        hits: list[Hit] = []
        for kind in all_kinds():
            if any(field.searched for field in kind.fields):
                query = RowQuery(kind.id, ("headline",), search=typed)
                hits += [Hit(kind.id, str(row[0]), str(row[1])) for row in self.rows(query, limit_each)]
        return hits

    def referring(self, kind_id: str, record_id: str) -> dict[str, int]:
        """Return how many live records of which kind (by label) use this record, its parts excepted."""
        used: dict[str, int] = {}
        for kind in all_kinds():
            for field in kind.references:
                if field.target != kind_id or kind.part_of == field.name:
                    continue
                test = f"{field.name} = ?"
                if field.type is FieldType.REFERENCES:
                    test = f"EXISTS (SELECT 1 FROM json_each({field.name}) WHERE value = ?)"
                sql = f"SELECT count(*) FROM {kind.table} WHERE deleted_at IS NULL AND {test}"
                count = int(self.db.execute(sql, (record_id,)).fetchone()[0])
                if count:
                    used[kind.label] = used.get(kind.label, 0) + count
        return used

    # Settings ------------------------------------------------------------------------------

    def setting(self, name: str) -> str:
        """Return a stored setting, "" when it was never set (models/settings.py declares them)."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""


_STAMPS = ("entered_at", "entered_by", "changed_at", "changed_by", "deleted_at")
_MOMENTS = ("entered_at", "changed_at", "deleted_at")


def _record(kind: type[R], row: Row) -> R:
    fields = kind.KIND.fields
    values: dict[str, object] = {"id": row[0]}
    for field, stored in zip(fields, row[1 : len(fields) + 1], strict=True):
        values[field.name] = from_column(field, stored)  # type: ignore[arg-type]
    for name, stored in zip(_STAMPS, row[len(fields) + 1 :], strict=True):
        values[name] = datetime.fromisoformat(str(stored)) if name in _MOMENTS and stored else stored
    return kind(**values)  # type: ignore[arg-type]


def stored_values(record: Record) -> dict[str, str | int | float | None]:
    """Return the described fields as the database stores them."""
    return {field.name: to_column(field, getattr(record, field.name)) for field in record.KIND.fields}


def _checked(kind: Kind, name: str) -> str:
    """Return *name* when it is a column of *kind*; raises KeyError (names never come from people)."""
    return name if name in _STAMPS or name in ("id", "headline") else kind.field(name).name


def _field(kind: Kind, name: str) -> Field | None:
    return next((field for field in kind.fields if field.name == name), None)


def _selected(kind: Kind, name: str) -> str:
    field = _field(kind, _checked(kind, name))
    if field and field.type is FieldType.REFERENCE:
        return f"(SELECT r.headline FROM {kind_of(field.target).table} r WHERE r.id = t.{name})"
    if field and field.type is FieldType.REFERENCES:
        return (
            f"(SELECT group_concat(r.headline, '、') FROM json_each(t.{name}) j "
            f"JOIN {kind_of(field.target).table} r ON r.id = j.value)"
        )
    return f"t.{name}"


def _order(kind: Kind, names: Sequence[str], prefix: str = "") -> str:
    parts = []
    for name in names:
        down = name.startswith("-")
        column = _checked(kind, name.lstrip("-"))
        field = _field(kind, column)
        if prefix and field and field.type is FieldType.REFERENCE:
            ordered = "r.position, r.headline" if _field(kind_of(field.target), "position") else "r.headline"
            keys = [
                f"(SELECT {key.strip()} FROM {kind_of(field.target).table} r WHERE r.id = {prefix}{column})"
                for key in ordered.split(",")
            ]
        else:
            keys = [f"{prefix}{column}"]
        parts += [f"{key} {'DESC NULLS LAST' if down else 'NULLS LAST'}" for key in keys]
    return ", ".join([*parts, f"{prefix}id"]) if parts else ""


def _period_clause(kind: Kind, on: date) -> tuple[str, tuple[str, str]]:
    if not kind.period:
        raise ValueError(f"{kind.id} has no period")
    since, until = kind.period
    day = on.isoformat()
    return f"coalesce({since}, '') <= ? AND coalesce({until}, '9999') >= ?", (day, day)


def _condition(kind: Kind, query: RowQuery) -> tuple[str, list[object]]:
    parts = ["t.deleted_at IS NOT NULL" if query.deleted else "t.deleted_at IS NULL"]
    params: list[object] = []
    for word in search_words(query.search):
        parts.append("instr(t.search_text, ?)")
        params.append(word)
    if query.as_of and kind.period:
        clause, dates = _period_clause(kind, query.as_of)
        parts.append(clause)
        params += dates
    for item in query.filters:
        sql, values = _filter(kind, item)
        parts.append(sql)
        params += values
    return " AND ".join(parts), params


def _filter(kind: Kind, item: Filter) -> tuple[str, list[object]]:
    name = _checked(kind, item.field)
    field = _field(kind, name)
    column = f"t.{name}"
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
        return f"instr(lower({_selected(kind, name)}), lower(?))", [stored]
    return f"{column} {item.operator} ?", [stored]
