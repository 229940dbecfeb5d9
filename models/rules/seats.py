"""Who sits in a seat of a body on a day."""

from __future__ import annotations

from datetime import date

from models.records.base import Look
from models.records.organisation import Appointment, Seat

IN_FORCE = "coalesce(valid_from, '') <= ? AND coalesce(valid_until, '9999') >= ?"
"""SQL: the record is in force on a day, which is bound twice."""


def holders(look: Look, seat: Seat, on: date) -> tuple[str, ...]:
    """Return the ids of the persons in *seat* that day: named, or by the post they hold."""
    day = on.isoformat()
    if not (seat.valid_from or date.min) <= on <= (seat.valid_until or date.max):
        return ()
    if seat.person:
        return (seat.person,)
    return tuple(
        post.person
        for post in look.find(
            Appointment, f"unit = ? AND post = ? AND {IN_FORCE}", (seat.unit, seat.post, day, day)
        )
    )
