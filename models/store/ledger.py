"""The open ledger: one office's data file, everything that is written to it.

Every write is one transaction with one sentence for the clerk:

    with ledger.action("登记会议「第一次联席会议」") as action:
        meeting = action.add(Meeting(...))

What is raised inside rolls all of it back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import models.records  # noqa: F401  registers the kinds before anything is read
from models import clock
from models.errors import ClerkError
from models.records.base import FieldType, all_kinds, kind_of
from models.store import history
from models.store.action import Action
from models.store.database import immediate, migrate, open_reader, open_writer
from models.store.history import Change, Entry
from models.store.ids import uuid7
from models.store.migrations import migrations
from models.store.reader import Reader

UNDO_DEPTH = 100
BIN_DAYS = 90
UNDONE = "撤销"
"""The reason of an undo that is no 更正."""


class Ledger(Reader):
    """The writer of one data file; lives on the window's thread."""

    def __init__(self, path: Path, key: bytes, *, clerk: str, before_migration: Callable[[], None]) -> None:
        super().__init__(open_writer(path, key))
        self.path = path
        self.clerk = clerk
        self._key = key
        self._listeners: list[Callable[[set[str], str], None]] = []
        self._open_action: Action | None = None
        self._reason = ""
        try:
            migrate(self.db, migrations, before=before_migration)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give slow work in another thread its own connection; it sees what is committed."""
        reader = Reader(open_reader(self.path, self._key))
        try:
            yield reader
        finally:
            reader.close()

    def on_change(self, listener: Callable[[set[str], str], None]) -> None:
        """Call ``listener(kind ids, sentence)`` after each committed action."""
        self._listeners.append(listener)

    # Writing -------------------------------------------------------------------------------

    @property
    def is_writing(self) -> bool:
        """Whether a deed is open: what is written now would share its fate."""
        return self._open_action is not None

    @contextmanager
    def action(self, sentence: str, *, reason: str = "") -> Iterator[Action]:
        """Open one deed; inside another one it joins that one. *reason* makes it a 更正."""
        if self._open_action is not None:
            yield self._open_action
            return
        with self._writing(sentence, reason or self._reason, undoes=None) as action:
            yield action

    @contextmanager
    def correcting(self, reason: str) -> Iterator[None]:
        """Make every deed inside, an undo too, a 更正 with *reason*."""
        self._reason, before = reason, self._reason
        try:
            yield
        finally:
            self._reason = before

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self.memory.writing(), immediate(self.db):
            yield

    @contextmanager
    def _writing(self, sentence: str, reason: str, *, undoes: int | None) -> Iterator[Action]:
        action = self._open_action = Action(self, sentence, reason)
        try:
            with self._transaction():
                yield action
                action.finish()
                if action.changes:
                    history.append(
                        self.db, action_id=uuid7(), at=clock.now(), clerk=self.clerk,
                        sentence=action.sentence, reason=reason or (UNDONE if undoes else ""), undoes=undoes,
                        changes=action.changes,
                    )  # fmt: skip
        finally:
            self._open_action = None
        if action.changes:
            touched = {change.kind for change in action.changes}
            for listener in self._listeners:
                listener(touched, action.sentence)

    # History -------------------------------------------------------------------------------

    def history(
        self, *, limit: int = 100, kind: str = "", record_id: str = "", search: str = ""
    ) -> list[Entry]:
        """Return the newest actions first, of one record or of all."""
        return history.entries(self.db, limit=limit, kind=kind, record_id=record_id, search=search)

    def changes_of(self, seq: int) -> list[Change]:
        """Return what action *seq* did."""
        return history.changes_of(self.db, seq)

    def undoable(self) -> list[Entry]:
        """Return the last deeds that can be taken back, and the last undos that can be, newest first."""
        deeds = history.entries(self.db, limit=UNDO_DEPTH, standing="deeds")
        undos = history.entries(self.db, limit=UNDO_DEPTH, standing="undos")
        return sorted(deeds + undos, key=lambda entry: entry.seq, reverse=True)

    def undo(self, seq: int | None = None) -> str:
        """Take back action *seq*, by default the last deed that is not itself an undo; return its sentence.

        Undoing an undo does the deed again. Raises ClerkError when a later action built on it.
        """
        choices = self.undoable()
        wanted = [e for e in choices if e.seq == seq or (seq is None and e.undoes is None)]
        if not wanted:
            raise ClerkError("没有可以撤销的操作。")
        entry = wanted[0]
        changes = self.changes_of(entry.seq)
        last_of_each = {change.record_id: change for change in changes}
        for change in last_of_each.values():
            self._refuse_built_on(change)
        sentence = (
            f"撤销：{entry.sentence}"
            if entry.undoes is None
            else entry.sentence.replace("撤销：", "恢复：", 1)
        )
        with self._writing(sentence, self._reason, undoes=entry.seq) as action:
            for change in reversed(changes):
                _invert(action, change)
            self._refuse_used(action.changes, entry.seq)
        return entry.sentence

    def _refuse_built_on(self, change: Change) -> None:
        row = self.db.execute(f"SELECT * FROM {kind_of(change.kind).table} WHERE id = ?", (change.record_id,))
        names = [column[0] for column in row.description]
        found = row.fetchone()
        if found is None:
            raise ClerkError("这条记录已被彻底清除，不能撤销。")
        now = dict(zip(names, found, strict=True))
        gone = now["deleted_at"] is not None
        expected_gone = change.operation == "remove"
        changed_later = any(now[name] != value for name, value in change.after.items())
        if gone != expected_gone or (change.operation in ("add", "change") and changed_later):
            label = kind_of(change.kind).label
            raise ClerkError(f"{label}「{now['headline']}」后来又改动过，先撤销后面的改动，再撤销这一步。")

    def _refuse_used(self, changes: Iterable[Change], seq: int) -> None:
        """Refuse to take out what a deed after *seq* wrote the name of into another record."""
        out: dict[str, list[str]] = defaultdict(list)
        for change in changes:
            if change.operation == "remove":
                out[change.kind].append(change.record_id)
        for kind in all_kinds():
            for field in kind.references:
                if field.name == kind.part_of or field.target not in out:
                    continue
                named = "value" if field.type is FieldType.REFERENCES else field.name
                among = f", json_each({field.name})" if field.type is FieldType.REFERENCES else ""
                sql = (
                    f"SELECT headline FROM {kind.table}{among} WHERE deleted_at IS NULL "
                    f"AND {named} IN (SELECT value FROM json_each(?)) "
                    f"AND EXISTS (SELECT 1 FROM change c WHERE c.kind = '{kind.id}' AND c.record_id = {kind.table}.id "
                    "AND c.action > ?) LIMIT 1"
                )
                if found := self.db.execute(sql, (json.dumps(out[field.target]), seq)).fetchone():
                    raise ClerkError(
                        f"后来登记的{kind.label}「{found[0]}」用到了它，先撤销那一步，再撤销这一步。"
                    )

    def broken_history(self) -> int | None:
        """Return the first action whose hash does not fit, None when the chain holds."""
        return history.broken_at(self.db)

    def head_hash(self) -> str:
        """Return the hash that backups and exports carry as an outside anchor."""
        return history.head_hash(self.db)

    # Recycle bin ---------------------------------------------------------------------------

    def purge(self, *, older_than_days: int = BIN_DAYS) -> int:
        """Remove for good what lay in the recycle bin longer; return how many records went.

        A record that another one still names stays, so that old papers keep their names.
        """
        limit = (clock.now() - timedelta(days=older_than_days)).isoformat(" ")
        gone = 0
        with self._writing(f"清空回收站（{older_than_days} 天前删除的）", "", undoes=None) as action:
            for kind in reversed(all_kinds()):
                rows = self.db.execute(
                    f"SELECT id FROM {kind.table} WHERE deleted_at < ?", (limit,)
                ).fetchall()
                for (record_id,) in rows:
                    if not self._is_named(kind.id, record_id):
                        self.db.execute(f"DELETE FROM {kind.table} WHERE id = ?", (record_id,))
                        action.changes.append(Change(kind.id, record_id, "purge", {}, {}))
                        gone += 1
        return gone

    def _is_named(self, kind_id: str, record_id: str) -> bool:
        for kind in all_kinds():
            for field in kind.references:
                if field.target != kind_id:
                    continue
                sql = f"SELECT 1 FROM {kind.table} WHERE instr(coalesce({field.name}, ''), ?) LIMIT 1"
                if self.db.execute(sql, (record_id,)).fetchone():
                    return True
        return False

    # Settings, drafts, views ---------------------------------------------------------------

    def set_setting(self, name: str, value: str) -> None:
        """Store one setting."""
        with self._transaction():
            self.db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))

    def save_draft(self, name: str, kind: str, record_id: str, typed: dict[str, str]) -> None:
        """Keep what was typed into a form but not saved yet, so that it survives a power cut."""
        with self._transaction():
            self.db.execute(
                "INSERT OR REPLACE INTO draft (name, kind, record_id, typed, at) VALUES (?, ?, ?, ?, ?)",
                (name, kind, record_id, json.dumps(typed, ensure_ascii=False), clock.now().isoformat(" ")),
            )

    def drop_draft(self, name: str) -> None:
        """Forget a draft (saved, or given up by the clerk)."""
        with self._transaction():
            self.db.execute("DELETE FROM draft WHERE name = ?", (name,))

    def drafts(self) -> list[tuple[str, str, str, dict[str, str], datetime]]:
        """Return (name, kind, record id, typed texts by field, when) of all drafts, newest first."""
        rows = self.db.execute(
            "SELECT name, kind, record_id, typed, at FROM draft ORDER BY at DESC"
        ).fetchall()
        return [
            (name, kind, rid, json.loads(typed), datetime.fromisoformat(at))
            for name, kind, rid, typed, at in rows
        ]

    def saved_views(self, kind: str) -> dict[str, str]:
        """Return the layouts (JSON) of a list by name."""
        return dict(self.db.execute("SELECT name, layout FROM saved_view WHERE kind = ?", (kind,)).fetchall())

    def save_view(self, kind: str, name: str, layout: str) -> None:
        """Keep the layout of a list under *name*; an empty layout forgets it."""
        with self._transaction():
            if layout:
                self.db.execute(
                    "INSERT OR REPLACE INTO saved_view (kind, name, layout) VALUES (?, ?, ?)",
                    (kind, name, layout),
                )
            else:
                self.db.execute("DELETE FROM saved_view WHERE kind = ? AND name = ?", (kind, name))


def _invert(action: Action, change: Change) -> None:
    kind = kind_of(change.kind)
    match change.operation:
        case "add" | "restore":
            action.take_out(kind, change.record_id)
        case "remove":
            action.revive(kind, change.record_id)
        case "change":
            action.put_back(kind, change.record_id, change.after, change.before)
        case "purge":
            raise ClerkError("清空回收站不能撤销。")
