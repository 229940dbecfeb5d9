"""What the office's clauses ask for in a year, and the branch meetings that still owe a report (S0-26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.records.meeting import Meeting
from models.records.organisation import Body, Membership, Unit
from models.records.rules import Clause, Holiday, Submission
from models.rules.duties import Counting, Evidence, Obligation, Owner, State, obligations_of, periods
from models.rules.meetings import missing_reports
from models.rules.workdays import day_table
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.structure import branches_among, successors


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A branch meeting that owes 会前报告 or 会后情况 on a day."""

    meeting: str
    name: str
    body: str
    on: date
    missing: tuple[str, ...]


class _Office:
    """The organisation, read once for all clauses."""

    def __init__(self, reader: Reader) -> None:
        self.bodies = reader.find(Body)
        self.units = reader.find(Unit)
        self.memberships = reader.find(Membership)
        self.today_unit = successors(self.units)
        self.names = {body.id: body.name for body in self.bodies} | {
            unit.id: unit.name for unit in self.units
        }
        self.hosts = {body.id: self.today_unit.get(body.host_unit, "") for body in self.bodies}
        self.settings = load_settings(reader)

    def owners(self, clause: Clause) -> list[Owner]:
        """Return who owes a clause, with the days they exist or belong to its body."""
        if clause.owed_by == "本机构":
            own = [body for body in self.bodies if body.id == clause.body]
            return [_owner("body", body) for body in own] or [
                Owner("office", "", self.settings.office_name or "本办公室")
            ]
        if clause.owed_by == "每个分支机构":
            return [_owner("body", body) for body in branches_among(self.bodies, clause.body)]
        if clause.owed_by == "每个成员单位":
            return [
                Owner(
                    "unit",
                    member.unit,
                    self.names.get(member.unit, ""),
                    member.valid_from,
                    member.valid_until,
                )
                for member in self.memberships
                if member.body == clause.body
            ]
        wanted = clause.unit_category
        return [_owner("unit", unit) for unit in self.units if not wanted or unit.category == wanted]


class _Duties:
    """What all clauses ask for, over *years*; read once."""

    def __init__(self, reader: Reader, as_of: date, years: tuple[int, ...]) -> None:
        self._office = _Office(reader)
        self._clauses = reader.find(Clause)
        settings = self._office.settings
        self._counting = Counting(
            as_of, day_table(reader.find(Holiday)), settings.soon_days, settings.irregular_counts
        )
        starts = [
            period.start for clause in self._clauses for year in years for period in periods(clause, year)
        ]
        self._evidence = _evidence(reader, self._office, min([date(min(years), 1, 1), *starts]), as_of)

    def of(self, year: int) -> list[Obligation]:
        """Return what the periods that touch *year* ask for."""
        found: list[Obligation] = []
        for clause in self._clauses:
            key = clause.meeting_category if clause.answered_by == "会议" else clause.submission_item
            owners, evidence = self._office.owners(clause), self._evidence.get(key, ())
            found += obligations_of(clause, owners, evidence, year, self._counting)
        return found


def obligations(reader: Reader, as_of: date, *years: int) -> list[Obligation]:
    """Return what every clause asks of everyone in the periods that touch *years*, as of a day, each once."""
    duties = _Duties(reader, as_of, years)
    return list({item.id: item for year in years for item in duties.of(year)}.values())


def open_obligations(reader: Reader, as_of: date) -> list[Obligation]:
    """Return what is to be done on a day: the year's, and what the year before still lacks."""
    duties = _Duties(reader, as_of, (as_of.year - 1, as_of.year))
    before = [item for item in duties.of(as_of.year - 1) if item.state is State.OVERDUE]
    known = {item.id for item in before}
    return before + [item for item in duties.of(as_of.year) if item.id not in known]


def missing_meeting_reports(reader: Reader, as_of: date, year: int) -> list[MissingReport]:
    """Return the branch meetings of *year* that lack a report before or after, newest first (S0-26)."""
    names = reader.names("body")
    found = []
    for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", (f"{year}-01-01", f"{year}-12-31T")):
        missing = missing_reports(meeting, as_of)
        if missing and meeting.starts_at:
            found.append(
                MissingReport(
                    meeting.id, meeting.name, names.get(meeting.body, ""), meeting.starts_at.date(), missing
                )
            )
    return found


def _owner(kind: str, record: Body | Unit) -> Owner:
    return Owner(kind, record.id, record.name, record.valid_from, record.valid_until)


def _evidence(reader: Reader, office: _Office, since: date, as_of: date) -> dict[str, list[Evidence]]:
    """Return the records that may prove something, by what they are."""
    found: dict[str, list[Evidence]] = {}
    held = reader.find(
        Meeting, "starts_at BETWEEN ? AND ?", (since.isoformat(), f"{as_of.isoformat()}T"), order="starts_at"
    )
    for meeting in held:
        if meeting.held and meeting.starts_at:
            found.setdefault(meeting.category, []).append(
                Evidence(
                    "meeting", meeting.id, meeting.name, meeting.starts_at.date(), meeting.category, meeting.body,
                    office.hosts.get(meeting.body, ""), meeting.nature != "临时",
                )
            )  # fmt: skip
    came = reader.find(
        Submission, "year >= ? AND received_on <= ?", (since.year - 1, as_of.isoformat()), order="received_on"
    )
    for paper in came:
        if paper.received_on and not (paper.returned_on and paper.returned_on <= as_of):
            headline = paper.headline(lambda kind, record_id: office.names.get(record_id, ""))
            found.setdefault(paper.item, []).append(
                Evidence(
                    "submission", paper.id, headline, paper.received_on, paper.item, paper.body,
                    office.today_unit.get(paper.unit, ""), year=paper.year or 0, half=paper.half,
                )
            )  # fmt: skip
    return found
