"""One deed of the clerk: a transaction, a sentence in the history, something that can be undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from models import clock
from models.errors import ClerkError, InvalidRecord, Problem
from models.records.base import FieldType, Kind, NameOf, R, Record, Value, all_kinds, kind_of, parts_of
from models.records.checks import problems_of
from models.records.values import from_column
from models.records.year import lock_of
from models.rules.reading import search_key
from models.store.history import Change, Columns
from models.store.ids import uuid7
from models.store.reader import stored_values

if TYPE_CHECKING:
    from models.store.ledger import Ledger


class LockedRecord(ClerkError):
    """The record may only be changed as a 更正 with a reason."""


class Action:
    """The writes of one deed; made by :meth:`Ledger.action`, never alone.

    *reason* marks the deed as a 更正: records that are locked (minutes after 印发) may then be changed.
    """

    def __init__(self, ledger: Ledger, sentence: str, reason: str) -> None:
        self.sentence = sentence
        self.reason = reason
        self.changes: list[Change] = []
        self.warnings: list[Problem] = []  # of the record written last
        self._ledger = ledger
        self._renamed: list[tuple[str, str]] = []

    def add(self, record: R) -> R:
        """Write a new record and return it with its id; raises InvalidRecord, LockedRecord."""
        made = dataclasses.replace(record, id=record.id or uuid7())
        self._refuse_locked(None, made)
        self._check(made)
        after = stored_values(made)
        now, clerk = clock.now().isoformat(" "), self._ledger.clerk
        columns: Columns = {
            "id": made.id, **after, **index_of(made, self._ledger.name_of), "entered_at": now, "entered_by": clerk,
            "changed_at": now, "changed_by": clerk,
        }  # fmt: skip
        marks = ", ".join("?" * len(columns))
        self._ledger.db.execute(
            f"INSERT INTO {made.KIND.table} ({', '.join(columns)}) VALUES ({marks})", list(columns.values())
        )
        self.changes.append(Change(made.KIND.id, made.id, "add", {}, after))
        return made

    def change(self, record: R) -> R:
        """Write the fields of *record* that differ from what is stored; raises InvalidRecord, LockedRecord."""
        stored = self._ledger.get(type(record), record.id)
        if stored is None or stored.deleted_at:
            raise ClerkError(f"这条{record.KIND.label}已不在台账里，请刷新后再改。")
        before, after = stored_values(stored), stored_values(record)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return record
        self._refuse_locked(stored, record)
        self._check(record, stored)
        self._write(record.KIND, record.id, {name: after[name] for name in changed}, record)
        self.changes.append(
            Change(
                record.KIND.id, record.id, "change",
                {name: before[name] for name in changed}, {name: after[name] for name in changed},
            )
        )  # fmt: skip
        return record

    def remove(self, record: Record) -> None:
        """Move *record* and its parts to the recycle bin; raises LockedRecord, ClerkError for a part that must stay."""
        stored = self._stored(record.KIND, record.id)
        self._refuse_locked(stored, None)
        if why := stored.check_removal(self._ledger):
            raise ClerkError(why)
        for kind, record_id in [(record.KIND, record.id), *self._parts(record.KIND, record.id)]:
            self._mark_deleted(kind, record_id)

    def restore(self, record: Record) -> None:
        """Bring *record* back from the recycle bin with the parts that went with it; raises LockedRecord."""
        together = self._ledger.db.execute(
            "SELECT action FROM change WHERE kind = ? AND record_id = ? AND operation = 'remove' "
            "ORDER BY action DESC LIMIT 1",
            (record.KIND.id, record.id),
        ).fetchone()
        parts = dict.fromkeys(
            (kind.id, record_id) for kind, record_id in self._parts(record.KIND, record.id, deleted=True)
        )
        gone_together = {
            (kind, record_id)
            for kind, record_id in self._ledger.db.execute(
                "SELECT kind, record_id FROM change WHERE action = ? AND operation = 'remove'",
                (together[0] if together else -1,),
            )
        }
        self.revive(record.KIND, record.id)
        for kind_id, record_id in parts:
            if (kind_id, record_id) in gone_together:
                self.revive(kind_of(kind_id), record_id)

    # Used by undo, which has checked that the state is the one to go back from; all raise LockedRecord

    def revive(self, kind: Kind, record_id: str) -> None:
        """Take one record out of the recycle bin."""
        self._refuse_locked(None, self._stored(kind, record_id))
        self._ledger.db.execute(f"UPDATE {kind.table} SET deleted_at = NULL WHERE id = ?", (record_id,))
        self.changes.append(Change(kind.id, record_id, "restore", {}, {}))

    def put_back(self, kind: Kind, record_id: str, before: Columns, after: Columns) -> None:
        """Set columns to the values they had, checked like any change; raises InvalidRecord."""
        stored = self._stored(kind, record_id)
        record = with_columns(stored, after)
        self._refuse_locked(stored, record)
        self._check(record)
        self._write(kind, record_id, after, record)
        self.changes.append(Change(kind.id, record_id, "change", before, after))

    def take_out(self, kind: Kind, record_id: str) -> None:
        """Move one record, without its parts, to the recycle bin."""
        self._refuse_locked(self._stored(kind, record_id), None)
        self._mark_deleted(kind, record_id)

    # Internal ------------------------------------------------------------------------------

    def finish(self) -> None:
        """Refuse a part without its whole; bring the index of records that show a changed headline up to date."""
        self._refuse_torn()
        seen: set[tuple[str, str]] = set()
        while self._renamed:
            kind_id, record_id = self._renamed.pop()
            for kind in all_kinds():
                self._reindex_users(kind, kind_id, record_id, seen)

    def _refuse_torn(self) -> None:
        last = {(change.kind, change.record_id): change.operation for change in self.changes}
        for (kind_id, record_id), operation in last.items():
            kind = kind_of(kind_id)
            if operation == "remove" and (left := next(self._parts(kind, record_id), None)):
                name, part = self._ledger.name_of(kind_id, record_id), left[0].label
                raise ClerkError(f"{kind.label}「{name}」后来又登记了{part}，先撤销那一步，再撤销这一步。")
            if operation not in ("remove", "purge") and (kind.part_of or kind_id == "attachment"):
                whole = self._stored(kind, record_id).whole(self._ledger)
                if whole and whole.deleted_at:
                    name = whole.headline(self._ledger.name_of)
                    raise ClerkError(f"所属的{whole.KIND.label}「{name}」在回收站里，先恢复那一条。")

    def _reindex_users(self, kind: Kind, target: str, record_id: str, seen: set[tuple[str, str]]) -> None:
        for field in kind.references:
            if field.target != target or field.type is not FieldType.REFERENCE:
                continue
            for record in self._ledger.find(kind.record, f"{field.name} = ?", (record_id,), order="id"):
                if (kind.id, record.id) not in seen:
                    seen.add((kind.id, record.id))
                    self._write(kind, record.id, {}, record)

    def _write(self, kind: Kind, record_id: str, columns: Columns, record: Record) -> None:
        index = index_of(record, self._ledger.name_of)
        old = self._ledger.name_of(kind.id, record_id)
        if index and index["headline"] != old:
            self._renamed.append((kind.id, record_id))
        written = {**columns, **index}
        if columns:
            written |= {"changed_at": clock.now().isoformat(" "), "changed_by": self._ledger.clerk}
        pairs = ", ".join(f"{name} = ?" for name in written)
        self._ledger.db.execute(
            f"UPDATE {kind.table} SET {pairs} WHERE id = ?", [*written.values(), record_id]
        )

    def _mark_deleted(self, kind: Kind, record_id: str) -> None:
        self._ledger.db.execute(
            f"UPDATE {kind.table} SET deleted_at = ? WHERE id = ?", (clock.now().isoformat(" "), record_id)
        )
        self.changes.append(Change(kind.id, record_id, "remove", {}, {}))

    def _parts(self, kind: Kind, record_id: str, *, deleted: bool = False) -> Iterator[tuple[Kind, str]]:
        state = "IS NOT NULL" if deleted else "IS NULL"
        for part in parts_of(kind.id):
            ids = self._ledger.db.execute(
                f"SELECT id FROM {part.table} WHERE {part.part_of} = ? AND deleted_at {state}", (record_id,)
            ).fetchall()
            for (part_id,) in ids:
                yield part, str(part_id)
                yield from self._parts(part, str(part_id), deleted=deleted)
        if kind.attachable:
            files = kind_of("attachment")
            sql = f"SELECT id FROM {files.table} WHERE owner_kind = ? AND owner = ? AND deleted_at {state}"
            for (file_id,) in self._ledger.db.execute(sql, (kind.id, record_id)).fetchall():
                yield files, str(file_id)

    def _stored(self, kind: Kind, record_id: str) -> Record:
        stored = self._ledger.get(kind.record, record_id)
        assert stored is not None
        return stored

    def _check(self, record: Record, before: Record | None = None) -> None:
        found = problems_of(record, self._ledger, before)
        self.warnings = [problem for problem in found if problem.level == "warning"]
        errors = [problem for problem in found if problem.level == "error"]
        errors += self._missing_references(record)
        if errors:
            raise InvalidRecord(errors)

    def _missing_references(self, record: Record) -> Iterator[Problem]:
        for field in record.KIND.references:
            value: Value = getattr(record, field.name)
            for record_id in value if isinstance(value, tuple) else (value,):
                if record_id and not self._is_known(kind_of(field.target), str(record_id)):
                    yield Problem(field.name, f"{field.label}指向的记录不存在，请重新选择")

    def _is_known(self, kind: Kind, record_id: str) -> bool:
        found = self._ledger.db.execute(f"SELECT 1 FROM {kind.table} WHERE id = ?", (record_id,))
        return found.fetchone() is not None

    def _refuse_locked(self, before: Record | None, after: Record | None) -> None:
        if not self.reason and (why := lock_of(self._ledger, before, after)):
            raise LockedRecord(f"{why}，只能用“更正”修改，并写明理由。")


def index_of(record: Record, name_of: NameOf) -> Columns:
    """Return the columns a record is shown and found by: its headline and its search text."""
    headline = record.headline(name_of)
    texts: list[str] = []
    read: list[str] = []
    names: list[str] = []
    if record.KIND.id == "person":
        names.append(headline)
    else:
        texts.append(headline)
        read += headline.split("·")  # names of others, read as they are and spelled once
    for field in record.KIND.fields:
        value = getattr(record, field.name)
        if field.searched and isinstance(value, str):
            texts.append(value)
        elif field.type is FieldType.REFERENCE and value:
            (names if field.target == "person" else read).append(name_of(field.target, value))
    key = search_key(texts, read=read, names=names, extra=record.extra_search())
    return {"headline": headline, "search_text": key}


def with_columns(record: R, columns: Columns) -> R:
    """Return *record* with stored *columns* put into it."""
    values = {name: from_column(record.KIND.field(name), stored) for name, stored in columns.items()}
    return dataclasses.replace(record, **values)  # type: ignore[arg-type]
