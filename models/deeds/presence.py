"""Which days a clerk used the program, so that it can tell what happened in between."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

from models.store.history import last_day_of
from models.store.ledger import Ledger
from models.summaries.absence import Presence, presence_of, presence_setting


def come_in(ledger: Ledger, today: date) -> None:
    """Note that the clerk is there today; the first time on a day keeps the last day before it.

    A day on which the clerk entered something counts, also by command.
    """
    known = presence_of(ledger, ledger.clerk)
    if known.day is not None and known.day >= today:
        return
    days = (known.day, last_day_of(ledger.db, ledger.clerk, today))
    _keep(ledger, Presence(today, max((day for day in days if day), default=None)))


def put_away(ledger: Ledger, *, away: bool) -> None:
    """Put the word of an absence away, or take it out again."""
    _keep(ledger, dataclasses.replace(presence_of(ledger, ledger.clerk), put_away=away))


def _keep(ledger: Ledger, presence: Presence) -> None:
    kept = {"day": presence.day, "before": presence.before, "put_away": presence.put_away}
    ledger.set_setting(presence_setting(ledger.clerk), json.dumps(kept, default=str))
