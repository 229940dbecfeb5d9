"""Meetings that would answer a duty if they were of the type it asks for: most likely entered under another one."""

from __future__ import annotations

from datetime import date

from models.records.organisation import Body, Unit
from models.rules.duties import Counting, Evidence, Obligation, State, asked_by
from models.rules.periods import periods
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.answers.meetings import meetings
from models.summaries.answers.sources import Places, Sources


def mistyped_meetings(reader: Reader, item: Obligation, as_of: date) -> list[Evidence]:
    """Return what the owner of a missing duty held in its period that answers all it asks for but the type, latest first.

    Nothing while the duty is neither overdue nor near.
    """
    clause = item.clause
    wanted = ("meeting_category", clause.meeting_category)
    missing = item.state in (State.OVERDUE, State.SOON)
    if not missing or clause.answered_by != "会议" or not clause.meeting_category:
        return []
    period = next((one for one in periods(clause, item.start.year) if one.start == item.start), None)
    if period is None:
        return []
    places = Places(reader.find(Unit), reader.find(Body), as_of)
    sources = Sources(reader, places, period.start, min(period.end, as_of), [clause])
    counting = Counting(as_of, {}, irregular_counts=load_settings(reader).irregular_counts)
    others = asked_by(clause, counting) - {wanted}
    return [
        held
        for held in reversed(list(meetings(sources)))
        if others <= held.bears
        and wanted not in held.bears
        and _held_by(held, item.owner.kind, item.owner.id)
    ]


def _held_by(held: Evidence, kind: str, owner: str) -> bool:
    return owner == held.body if kind == "body" else kind == "office" or owner in held.units
