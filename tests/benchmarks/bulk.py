"""Records by the hundred thousand, written as rows: as they would stand in the file, past checks and history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from models.records.base import Record
from models.store.action import index_of
from models.store.database import immediate
from models.store.ledger import Ledger
from models.store.reader import stored_values


class Bulk:
    """Writes into *ledger*; the headlines that later rows show are kept, not asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._headlines: dict[str, str] = {}

    def add(self, records: Iterable[Record], at: datetime) -> None:
        """Write *records*, all of one kind and with ids, as entered and last changed at *at*."""
        stamp = at.isoformat(" ")
        rows = []
        table = ""
        columns: list[str] = []
        for record in records:
            index = index_of(record, self._name_of)
            self._headlines[record.id] = str(index["headline"])
            values = {
                "id": record.id,
                **stored_values(record),
                **index,
                "entered_at": stamp,
                "changed_at": stamp,
            }
            table, columns = record.KIND.table, list(values)
            rows.append(list(values.values()))
        if rows:
            marks = ", ".join("?" * len(columns))
            with immediate(self._ledger.db):
                self._ledger.db.conn.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
                )

    def _name_of(self, kind_id: str, record_id: str) -> str:
        if record_id not in self._headlines:
            self._headlines[record_id] = self._ledger.name_of(kind_id, record_id)
        return self._headlines[record_id]
