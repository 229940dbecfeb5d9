"""The recycle bin: what was deleted, by the deed that deleted it, and the way back (90 days)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import clock
from models.records.base import Kind, all_kinds, kind_of
from models.store.ledger import BIN_DAYS, Ledger
from models.store.reader import Reader


@dataclass(frozen=True, slots=True)
class BinnedRecord:
    """A record in the bin; a part (*is_part*) went with its owner and comes back with it."""

    kind: str
    id: str
    headline: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class BinnedDeed:
    """What one deed deleted and is still in the bin; *days_left* until it is cleared for good."""

    seq: int
    at: datetime
    clerk: str
    sentence: str
    days_left: int
    records: tuple[BinnedRecord, ...]


def binned_deeds(reader: Reader) -> list[BinnedDeed]:
    """Return the deeds whose deleted records can be restored, newest first."""
    gone = {
        (kind.id, str(record_id)): (str(headline), str(owner))
        for kind in all_kinds()
        for record_id, headline, owner in reader.db.execute(
            f"SELECT id, headline, {_owner_sql(kind)} FROM {kind.table} WHERE deleted_at IS NOT NULL"
        )
    }
    by_deed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for seq, kind_id, record_id in reader.db.execute(
        "SELECT max(action), kind, record_id FROM change WHERE operation = 'remove' "
        "GROUP BY kind, record_id ORDER BY 1 DESC, min(position)"
    ):
        if (kind_id, record_id) in gone:
            by_deed[int(seq)].append((str(kind_id), str(record_id)))
    return [_deed(reader, seq, keys, gone) for seq, keys in by_deed.items()]


def _deed(
    reader: Reader, seq: int, keys: list[tuple[str, str]], gone: dict[tuple[str, str], tuple[str, str]]
) -> BinnedDeed:
    stored = reader.db.execute("SELECT at, clerk, sentence FROM action WHERE seq = ?", (seq,)).fetchone()
    at = datetime.fromisoformat(stored[0])
    inside = {f"{kind_id}:{record_id}" for kind_id, record_id in keys}
    records = tuple(
        BinnedRecord(
            kind_id, record_id, gone[kind_id, record_id][0], gone[kind_id, record_id][1] in inside,
        )
        for kind_id, record_id in keys
    )  # fmt: skip
    left = at + timedelta(days=BIN_DAYS) - clock.now()
    return BinnedDeed(seq, at, stored[1], stored[2], max(left.days, 0), records)


def _owner_sql(kind: Kind) -> str:
    """Return SQL that gives ``kind:id`` of the record that *kind* goes with, "" for one that stands alone."""
    if kind.part_of:
        return f"'{kind.field(kind.part_of).target}:' || {kind.part_of}"
    return "owner_kind || ':' || owner" if kind.id == "attachment" else "''"


def restore_from_bin(ledger: Ledger, records: Iterable[BinnedRecord], sentence: str) -> int:
    """Bring *records* back as one deed, owners with the parts that went with them; return how many were named.

    Parts whose owner is among *records* are not named again. Raises ClerkError.
    """
    wanted = [record for record in records if not record.is_part]
    with ledger.action(sentence) as action:
        for record in wanted:
            stored = ledger.get(kind_of(record.kind).record, record.id)
            if stored is not None and stored.deleted_at is not None:
                action.restore(stored)
    return len(wanted)
