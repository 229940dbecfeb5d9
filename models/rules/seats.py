"""Who sits in a seat of a body on a day."""

from __future__ import annotations

from datetime import date

from models.records.base import Look
from models.records.organisation import Appointment, Seat


def holders(look: Look, seat: Seat, on: date) -> tuple[str, ...]:
    """Return the ids of the persons in *seat* that day: named, or by the post they hold."""
    if not seat.in_force(on):
        return ()
    if seat.person:
        return (seat.person,)
    posts = look.in_force(Appointment, on, "unit = ? AND post = ?", (seat.unit, seat.post))
    return tuple(post.person for post in posts)
