"""The minutes of a meeting as PDF in the open program, and the other papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from models.records.meeting import Meeting
from reports.catalog import ReportOptions, report_of, write_report
from tests.benchmarks.figures import Figure, taken
from tests.benchmarks.places import TODAY, county

_AIM_MS = 100


def measure() -> Iterator[Figure]:
    """Write each paper of the latest meeting that has been held, to a file that is read back."""
    with county() as ledger, TemporaryDirectory() as folder:
        held = [meeting for meeting in ledger.find(Meeting) if meeting.issued_on]
        options = ReportOptions(meeting_id=held[0].id, body_id=held[0].body, year=TODAY.year, as_of=TODAY)
        for identifier, suffix in (
            ("minutes", ".pdf"), ("minutes", ".docx"), ("notice", ".pdf"), ("sign_in", ".pdf"), ("roster", ".pdf"),
            ("annual", ".pdf"),
        ):  # fmt: skip
            report, target = report_of(identifier), Path(folder) / f"{identifier}{suffix}"
            spent = taken(lambda report=report, target=target: write_report(ledger, report, options, target))
            aim = _AIM_MS if (identifier, suffix) == ("minutes", ".pdf") else None
            yield Figure(f"{report.title} as {suffix[1:].upper()}", spent, at_most=aim)
