"""Who did what when: the chain of actions, and how one is undone (design: history, undo).

Each action is one transaction with one Chinese sentence. Its hash covers its own content and the hash
before it, so that a changed, removed or inserted entry is noticed. A cut tail or a whole older file
is not: the head hash is therefore written into every backup and export.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from models.store.database import Database

Operation = Literal["add", "change", "remove", "restore", "purge"]
Columns = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """What an action did to one record; *before* and *after* hold only the columns that differ."""

    kind: str
    record_id: str
    operation: Operation
    before: Columns
    after: Columns


@dataclass(frozen=True, slots=True)
class Entry:
    """One action in the history. *undoes* is the number of the action it took back."""

    seq: int
    at: datetime
    clerk: str
    sentence: str
    reason: str
    undoes: int | None
    undone: bool
    changes: int


@dataclass(frozen=True, slots=True)
class Deed:
    """One action and the first record it touched."""

    at: datetime
    clerk: str
    sentence: str
    kind: str
    record_id: str


def append(
    db: Database, *, action_id: str, at: datetime, clerk: str, sentence: str, reason: str,
    undoes: int | None, changes: Iterable[Change],
) -> int:  # fmt: skip
    """Write one action at the end of the chain (inside the caller's transaction); return its number."""
    seq, previous = _head(db)
    lines = [
        (change.kind, change.record_id, change.operation, _json(change.before), _json(change.after))
        for change in changes
    ]
    moment = at.isoformat(" ")
    digest = _digest(previous, seq + 1, action_id, moment, clerk, sentence, reason, undoes, lines)
    db.execute(
        "INSERT INTO action (seq, id, at, clerk, sentence, reason, undoes, previous_hash, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq + 1, action_id, moment, clerk, sentence, reason, undoes, previous, digest),
    )
    for position, line in enumerate(lines):
        db.execute(
            "INSERT INTO change (action, position, kind, record_id, operation, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (seq + 1, position, *line),
        )
    return seq + 1


def changes_of(db: Database, seq: int) -> list[Change]:
    """Return what action *seq* did, in order."""
    rows = db.execute(
        "SELECT kind, record_id, operation, before, after FROM change WHERE action = ? ORDER BY position",
        (seq,),
    )
    return [
        Change(kind, rid, op, json.loads(before), json.loads(after)) for kind, rid, op, before, after in rows
    ]


def entries(
    db: Database,
    *,
    limit: int = 100,
    kind: str = "",
    record_id: str = "",
    search: str = "",
    standing: Literal["deeds", "undos"] | None = None,
) -> list[Entry]:
    """Return the newest actions, of one record or of the whole ledger, newest first.

    *standing* keeps what nobody has taken back: the deeds, or the undos.
    """
    conditions, params = ["1"], []
    if standing:
        conditions.append(f"undoes IS {'' if standing == 'deeds' else 'NOT '}NULL")
        conditions.append("NOT EXISTS (SELECT 1 FROM action later WHERE later.undoes = action.seq)")
    if record_id:
        conditions.append("seq IN (SELECT action FROM change WHERE kind = ? AND record_id = ?)")
        params += [kind, record_id]
    if search:
        conditions.append("instr(sentence || reason || clerk, ?)")
        params.append(search)
    rows = db.execute(
        "SELECT seq, at, clerk, sentence, reason, undoes, "
        "EXISTS (SELECT 1 FROM action later WHERE later.undoes = action.seq), "
        "(SELECT count(*) FROM change WHERE change.action = action.seq) "
        f"FROM action WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT ?",
        (*params, limit),
    )
    return [
        Entry(seq, datetime.fromisoformat(at), clerk, sentence, reason, undoes, bool(undone), count)
        for seq, at, clerk, sentence, reason, undoes, undone, count in rows
    ]


def deeds_of_others(db: Database, clerk: str, since: date, most: int) -> list[Deed]:
    """Return what clerks other than *clerk* did from a day on and nobody took back, newest first, *most* at most."""
    rows = db.execute(
        "SELECT a.at, a.clerk, a.sentence, c.kind, c.record_id FROM action a "
        "JOIN change c ON c.action = a.seq AND c.position = 0 "
        "WHERE a.at >= ? AND a.clerk <> ? AND a.undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM action later WHERE later.undoes = a.seq) ORDER BY a.seq DESC LIMIT ?",
        (since.isoformat(), clerk, most),
    )
    return [Deed(datetime.fromisoformat(at), *rest) for at, *rest in rows]


def last_day_of(db: Database, clerk: str, before: date) -> date | None:
    """Return the last day before a day on which *clerk* did something, None for never."""
    row = db.execute(
        "SELECT max(at) FROM action WHERE clerk = ? AND at < ?", (clerk, before.isoformat())
    ).fetchone()
    return date.fromisoformat(row[0][:10]) if row[0] else None


def head_hash(db: Database) -> str:
    """Return the hash of the last action, the anchor that backups and exports carry."""
    return _head(db)[1]


def broken_at(db: Database) -> int | None:
    """Return the number of the first action whose hash does not fit, None when the chain holds."""
    previous = ""
    actions = db.execute(
        "SELECT seq, id, at, clerk, sentence, reason, undoes, previous_hash, hash FROM action ORDER BY seq"
    ).fetchall()
    for expected, stored in enumerate(actions, start=1):
        seq, action_id, at, clerk, sentence, reason, undoes, stored_previous, digest = stored
        lines = db.execute(
            "SELECT kind, record_id, operation, before, after FROM change WHERE action = ? ORDER BY position",
            (seq,),
        ).fetchall()
        computed = _digest(previous, seq, action_id, at, clerk, sentence, reason, undoes, lines)
        if seq != expected or stored_previous != previous or computed != digest:
            return int(seq)
        previous = digest
    return None


def _head(db: Database) -> tuple[int, str]:
    row = db.execute("SELECT seq, hash FROM action ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _json(columns: Columns) -> str:
    return json.dumps(columns, ensure_ascii=False, sort_keys=True)


def _digest(*parts: object) -> str:
    flat = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(flat.encode()).hexdigest()
