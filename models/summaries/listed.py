"""Records as the list behind a figure shows them: each opens from there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.records.base import kind_of
from models.rules.duties import Evidence, Obligation
from models.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Listed:
    """One record: its day, how it stands in *words*. *duty* is what opens instead of a record when there is one:
    an obligation is computed, and *kind* and *id* name its clause."""

    kind: str
    id: str
    headline: str
    on: date | None = None
    words: str = ""
    duty: Obligation | None = None


def listed(reader: Reader, kind_id: str, ids: Iterable[str]) -> list[Listed]:
    """Return the records of one kind by their day, the latest first."""
    kind = kind_of(kind_id)
    day = f"substr({kind.happened}, 1, 10)" if kind.happened else "NULL"
    rows = reader.db.execute(
        f"SELECT id, headline, {day} FROM {kind.table} WHERE id IN (SELECT value FROM json_each(?)) "
        "ORDER BY 3 DESC, 2",
        (json.dumps(list(ids)),),
    )
    return [
        Listed(kind_id, record_id, headline, date.fromisoformat(on) if on else None)
        for record_id, headline, on in rows
    ]


def listed_proofs(evidence: Iterable[Evidence], words: str = "") -> list[Listed]:
    """Return the records that prove something, or that fall short of it as *words* say."""
    return [Listed(proof.kind, proof.id, proof.headline, proof.on, words) for proof in evidence]


def listed_duty(item: Obligation, owner: str = "") -> Listed:
    """Return one obligation; *owner* is the short name of who owes it."""
    headline = f"{owner or item.owner.label}：{item.clause.name}"
    return Listed("clause", item.clause.id, headline, item.due, item.words, item)
