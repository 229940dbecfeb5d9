"""Reading the ledger: records as frozen objects, lists as rows.

:class:`Reader` is what screens, reports and rules ask. The open :class:`~models.store.ledger.Ledger`
is one; slow work in another thread gets its own from ``ledger.reading()``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from models.records.base import Field, FieldType, Kind, R, Record, all_kinds, kind_of
from models.records.values import holds, reader_of, to_column
from models.store.database import Database
from models.store.memory import Memory
from models.store.rows import (
    STAMPS,
    Filter,
    Operator,
    Row,
    RowQuery,
    checked,
    count_of,
    period_clause,
    place_of,
    rows_of,
)  # fmt: skip

__all__ = ["Filter", "Hit", "Operator", "Reader", "Row", "RowQuery", "stored_values"]

T = TypeVar("T")
P = ParamSpec("P")


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
        self.memory = Memory(db)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* computes from the ledger, kept under *key* until a table it reads is written."""
        return self.memory.remembered(key, make)

    def forget(self) -> None:
        """Compute everything anew the next time (benchmarks)."""
        self.memory.forget()

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
        clause, dates = period_clause(kind.KIND, on)
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
        names, _ = _columns(kind)  # type: ignore[arg-type]
        sql = f"SELECT {', '.join(names)} FROM {described.table} WHERE {condition}"
        if order:
            sql += f" ORDER BY {order}"
        rows = self.db.execute(f"{sql} LIMIT {limit}", list(params)).fetchall()
        return [_record(kind, row) for row in rows]

    # Lists ---------------------------------------------------------------------------------

    def rows(self, query: RowQuery, limit: int = -1, offset: int = 0) -> list[Row]:
        """Return ``(id, column, …)`` as stored; a reference column holds the headline it points to."""
        return rows_of(self.db, query, limit, offset)

    def count(self, query: RowQuery) -> int:
        """Return how many rows *query* has in all."""
        return count_of(self.db, query)

    def place_of(self, query: RowQuery, record_id: str) -> int:
        """Return where a record stands in the list, -1 if it is not in it."""
        return place_of(self.db, query, record_id)

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

    def named_attachments(self) -> dict[str, str]:
        """Return the attachments that any record names, also those in the recycle bin: file names by digest."""
        return dict(self.db.execute("SELECT digest, name FROM attachment ORDER BY deleted_at IS NULL"))

    def setting(self, name: str) -> str:
        """Return a stored setting, "" when it was never set (models/settings.py declares them)."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""


def remembered(
    compute: Callable[Concatenate[Reader, P], T],
) -> Callable[Concatenate[Reader, P], T]:
    """Keep what a function computes from the ledger, by its arguments, until a table it reads is written.

    What it returns is shared: it must be one that nobody can change (a tuple, a frozen record), or nobody does.
    """

    @wraps(compute)
    def kept(reader: Reader, /, *args: P.args, **named: P.kwargs) -> T:
        key = (compute, args, tuple(named.items()))
        return reader.remembered(key, partial(compute, reader, *args, **named))

    return kept


_AS_STORED = (
    FieldType.TEXT, FieldType.LONG, FieldType.CHOICE, FieldType.PHONE, FieldType.INTEGER, FieldType.NUMBER,
    FieldType.MONTH_DAY,
)  # fmt: skip


def _record(kind: type[R], row: Row) -> R:
    names, read = _columns(kind)  # type: ignore[arg-type]
    record = object.__new__(kind)
    values = vars(record)  # all fields at once: a frozen class sets its thirty one by one
    values.update(zip(names, row, strict=True))
    for name, value_of in read:
        values[name] = value_of(values[name])
    return record


@cache
def _columns(kind: type[Record]) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], object]], ...]]:
    """Return the columns of a record, and those of them that are not kept as they are with what reads them.

    Looked up once: records come by the thousand.
    """
    fields = kind.KIND.fields
    moment = reader_of(Field("", FieldType.MOMENT, ""))
    read = [(field.name, reader_of(field)) for field in fields if field.type not in _AS_STORED]
    read += [(name, moment) for name in STAMPS if name.endswith("_at")]
    return ("id", *(field.name for field in fields), *STAMPS), tuple(read)


def stored_values(record: Record) -> dict[str, str | int | float | None]:
    """Return the described fields as the database stores them; raises TypeError for a value of another type."""
    for field in record.KIND.fields:
        if not holds(field, value := getattr(record, field.name)):
            raise TypeError(f"{record.KIND.id}.{field.name} is {field.type}, not {type(value).__name__}")
    return {field.name: to_column(field, getattr(record, field.name)) for field in record.KIND.fields}


def _order(kind: Kind, names: Sequence[str]) -> str:
    parts = [
        f"{checked(kind, name.lstrip('-'))}{' DESC' if name[0] == '-' else ''} NULLS LAST" for name in names
    ]
    return ", ".join([*parts, "id"]) if parts else ""
