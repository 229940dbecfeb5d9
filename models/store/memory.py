"""What was computed from the ledger, kept until one of the tables it was read from is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from models.store.database import Database

MOST_KEPT = 64
"""How many computed things are kept at most; the oldest goes first."""
_NAME = re.compile(r"(?<![\w.:])[a-z]\w*")
_WRITTEN = re.compile(r"(?:INSERT (?:OR REPLACE )?INTO|UPDATE|DELETE FROM) (\w+)")
T = TypeVar("T")


class Memory:
    """Values by key, each with the tables its queries name; belongs to one connection."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._kept: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        self._kept_at = -1
        self._reading: list[set[str]] = []

    def __len__(self) -> int:
        return len(self._kept)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* computes, kept under *key*; what uses it in turn depends on the same tables."""
        if self._db.conn.in_transaction:  # what is not committed may be taken back
            return make()
        if self._kept_at != self._db.conn.total_changes:
            self.forget()
        if key not in self._kept:
            made = self._watched(make)
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = made
        value, tables = self._kept[key]
        if self._reading:
            self._reading[-1] |= tables
        return value  # type: ignore[no-any-return]

    def _watched(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        read: set[str] = set()
        self._reading.append(read)
        try:
            with self._db.tracer(lambda sql, _: read.update(_names_in(sql))):
                return make(), frozenset(read)
        finally:
            self._reading.pop()

    def forget(self) -> None:
        """Keep nothing: something was written that nobody watched."""
        self._kept, self._kept_at = {}, self._db.conn.total_changes

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Watch a transaction: when it is committed, forget what was read from the tables it wrote.

        What is rolled back, or written outside, makes everything forgotten.
        """
        before, written = self._db.conn.total_changes, set[str]()

        def watch(sql: str, _: object) -> None:
            if found := _WRITTEN.match(sql):
                written.add(found[1])

        with self._db.tracer(watch):
            yield
        if self._kept_at == before:
            self._kept = {key: kept for key, kept in self._kept.items() if not kept[1] & written}
            self._kept_at = self._db.conn.total_changes


@lru_cache(maxsize=2048)
def _names_in(sql: str) -> frozenset[str]:
    """Return every name in a query that may be a table: more than there are does no harm."""
    return frozenset(_NAME.findall(sql))
