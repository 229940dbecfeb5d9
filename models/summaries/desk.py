"""What lies on the clerk's desk on a day, read once for everything the workbench says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.records.meeting import Meeting, Resolution
from models.records.organisation import Body, Unit
from models.records.rules import Clause
from models.rules.duties import Obligation
from models.rules.filing import FILED
from models.rules.meetings import BRANCH_CATEGORIES
from models.settings import load_settings
from models.store.reader import Reader, remembered
from models.summaries.obligations import open_among, pending_obligations
from models.summaries.organisation import Vacancy, vacancies
from models.summaries.study_team import Certificate, certificates
from models.summaries.supervision import CaseLine, open_lines, supervised_among

AHEAD = timedelta(days=7)
_BACK_YEARS = 1
_STUDIED = ("学法", "考试")


class Line(StrEnum):
    """A line of work; the page of the same name holds its records."""

    MEETINGS = "会议"
    STUDY = "学法"
    CASES = "督办"
    FILING = "报送"
    RULES = "制度"
    STAFF = "队伍"


def line_of(clause: Clause) -> Line:
    """Return the line of work that answers a clause; what is not handed in or studied is told as a rule."""
    if clause.answered_by in FILED:
        return Line.FILING
    return Line.STUDY if clause.answered_by in _STUDIED else Line.RULES


class Names:
    """Short names of bodies and units, read once."""

    def __init__(self, reader: Reader) -> None:
        self.bodies = {body.id: body for body in reader.find(Body)}
        self._names = {unit.id: unit.short_name or unit.name for unit in reader.find(Unit)}
        self._names |= {body.id: body.short_name or body.name for body in self.bodies.values()}

    def of(self, record_id: str) -> str:
        """Return the short name, "" for an unknown id."""
        return self._names.get(record_id, "")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is open on *as_of*, and what the year and the one before asked for (*by_year*).

    *duties* are the open ones and all of the year, those of bodies and units. *cases* are
    open at the end of the day, *resolutions* open and no case of their own. *soon* is the last day that is 临期.
    """

    reader: Reader
    as_of: date
    soon: date
    names: Names
    by_year: dict[int, list[Obligation]]
    duties: tuple[Obligation, ...]
    meetings: tuple[Meeting, ...]
    cases: tuple[CaseLine, ...]
    resolutions: tuple[tuple[Resolution, Meeting], ...]
    vacancies: tuple[Vacancy, ...]
    certificates: tuple[Certificate, ...]


@remembered
def read_desk(reader: Reader, as_of: date) -> Desk:
    """Read what is open on a day."""
    years = {as_of.year - 1, as_of.year, (as_of + AHEAD).year}
    by_year = pending_obligations(reader, as_of, sorted(years))
    until_now = {year: items for year, items in by_year.items() if year <= as_of.year}
    duties = {item.id: item for item in open_among(until_now)}
    for item in by_year[max(years)]:
        duties.setdefault(item.id, item)
    return Desk(
        reader=reader, as_of=as_of, soon=as_of + timedelta(days=load_settings(reader).soon_days), names=Names(reader),
        by_year=by_year, duties=tuple(duties.values()),
        meetings=tuple(unfinished_meetings(reader, as_of)), cases=open_lines(reader, as_of),
        resolutions=open_resolutions(reader, as_of), vacancies=tuple(vacancies(reader, as_of)),
        certificates=certificates(reader, as_of),
    )  # fmt: skip


def unfinished_meetings(reader: Reader, as_of: date) -> list[Meeting]:
    """Return the meetings from the beginning of the year before *as_of* on that may need something, oldest first:
    all but those whose minutes, and of branch meetings both reports, were there by the day."""
    since, day = date(as_of.year - _BACK_YEARS, 1, 1).isoformat(), as_of.isoformat()
    return reader.find(
        Meeting,
        "starts_at >= ? AND NOT (min(coalesce(issued_on, '9999'), coalesce(archived_on, '9999')) <= ? AND "
        f"(category NOT IN {BRANCH_CATEGORIES} OR max(coalesce(report_before, '9999'), coalesce(report_after, '9999')) <= ?))",
        (since, day, day),
        order="starts_at",
    )


@remembered
def open_resolutions(reader: Reader, as_of: date) -> tuple[tuple[Resolution, Meeting], ...]:
    """Return the resolutions of meetings up to *as_of* that were neither done nor cases by then, with their meeting."""
    day = as_of.isoformat()
    found = reader.find(
        Resolution,
        "(done_on IS NULL OR done_on > ?) AND meeting IN "
        "(SELECT id FROM meeting WHERE starts_at < ? AND deleted_at IS NULL)",
        (day, f"{day}T"),
        order="due_on NULLS LAST, id",
    )
    supervised = supervised_among(reader, [item.id for item in found], as_of)
    found = [item for item in found if item.id not in supervised]
    asked = {meeting_id: reader.get(Meeting, meeting_id) for meeting_id in {item.meeting for item in found}}
    return tuple((item, meeting) for item in found if (meeting := asked[item.meeting]))
