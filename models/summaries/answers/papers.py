"""What was handed in as evidence: papers by what they are about, news by the day they came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from models.rules.duties import Evidence
from models.rules.periods import span_of
from models.summaries.answers.sources import Sources, bears

_SUBMISSIONS = """SELECT s.id, s.headline, s.item, s.addressee, s.body, s.unit, s.year, s.half, s.received_on
    FROM submission s WHERE s.deleted_at IS NULL AND s.year >= ? AND +s.received_on <= ?
    AND coalesce(s.returned_on, '9999') > ? AND s.item IN (SELECT value FROM json_each(?))
    ORDER BY s.received_on, s.id"""
_DYNAMICS = """SELECT id, title, dynamic_class, body, unit, received_on FROM dynamic
    WHERE deleted_at IS NULL AND received_on BETWEEN ? AND ? ORDER BY received_on, id"""


def submissions(sources: Sources) -> Iterator[Evidence]:
    """Papers that came in and were not returned; they count for what they are about (S0-28 … S0-30)."""
    _, last = sources.days
    items = json.dumps(sorted(sources.words("submission_item")))
    found = sources.rows(_SUBMISSIONS, sources.since.year, last, last, items)
    for paper, headline, item, addressee, body, unit, year, half, received in found:
        yield Evidence(
            "submission", paper, headline, date.fromisoformat(received),
            bears(submission_item=item, addressee=addressee), body or "", sources.units(unit), span=span_of(year, half),
        )  # fmt: skip


def dynamics(sources: Sources) -> Iterator[Evidence]:
    """News by class (S0-31)."""
    for item, title, word, body, unit, received in sources.rows(_DYNAMICS, *sources.days):
        on = date.fromisoformat(received)
        yield Evidence("dynamic", item, title, on, bears(dynamic_class=word), body or "", sources.units(unit))
