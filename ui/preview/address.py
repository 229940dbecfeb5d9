"""A paper as a place of the window: which report about what, in one line of text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from models import clock

if TYPE_CHECKING:
    from reports.catalog import Report, ReportOptions

REPORT = "report"
"""What the window calls the kind of such a place."""


def to_address(report_id: str, options: Mapping[str, object]) -> str:
    """Return the place of a paper; *options* are those of ReportOptions that are given, several words with commas."""
    return f"{report_id}?{urlencode({name: str(value) for name, value in options.items() if value})}"


def from_address(address: str) -> tuple[Report, ReportOptions]:
    """Return the paper that *address* names. Raises ClerkError for an unknown one."""
    from reports.catalog import ReportOptions, report_of

    report_id, _, query = address.partition("?")
    given = dict(parse_qsl(query))
    options = ReportOptions(
        meeting_id=given.get("meeting_id", ""),
        body_id=given.get("body_id", ""),
        record_id=given.get("record_id", ""),
        year=int(given.get("year", 0)),
        order=given.get("order", ""),
        hidden=tuple(filter(None, given.get("hidden", "").split(","))),
        since=date.fromisoformat(given["since"]) if "since" in given else None,
        as_of=date.fromisoformat(given["as_of"]) if "as_of" in given else clock.today(),
    )
    return report_of(report_id), options
