"""报送 in a year, as of a day: who handed in what, news by quarter and class, campaigns, the annual report's addressees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.records.filing import (
    ADDRESSEES,
    DYNAMIC_CLASSES,
    Dynamic,
    MediumUse,
    Submission,
    UsbMedium,
    adopted_by,
)
from models.records.rules import Clause
from models.records.values import stored_span
from models.rules.clause_words import who_owes
from models.rules.duties import Obligation, Owner, State
from models.rules.filing import FILED, LACKING, RECEIVED, FilingState, filing_state, filing_words, is_about
from models.settings import OfficeSettings, load_settings
from models.store.reader import Reader
from models.summaries.obligations import due_in

ANNUAL_REPORT = "法治建设年度报告"
QUARTERS = ("一季度", "二季度", "三季度", "四季度")


@dataclass(frozen=True, slots=True)
class FilingColumn:
    """One thing that is handed in, in one period: a column of the board."""

    key: tuple[str, str]
    label: str
    due: date


@dataclass(frozen=True, slots=True)
class FilingCell:
    """How one owner stands with one column; *papers* are (kind, id) of what came in or was sent back."""

    item: Obligation
    state: FilingState
    papers: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        return filing_words(self.item, self.state)


@dataclass(frozen=True, slots=True)
class FilingRow:
    """One owner and its cells by column key; *own* for the office itself, whatever a clause calls it."""

    owner: Owner
    cells: Mapping[tuple[str, str], FilingCell]
    own: bool

    @property
    def lacking(self) -> tuple[FilingCell, ...]:
        """What is not there or was sent back, by limit."""
        cells = (cell for cell in self.cells.values() if cell.state in LACKING)
        return tuple(sorted(cells, key=lambda cell: cell.item.due))

    @property
    def overdue(self) -> tuple[FilingCell, ...]:
        """What is to be urged, by limit: of what is lacking that whose limit is past."""
        return tuple(cell for cell in self.lacking if cell.item.state is State.OVERDUE)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One addressee of the annual report and the papers (ids) that reached it, *on* the first day (S1-8)."""

    addressee: str
    deed: str
    ids: tuple[str, ...]
    on: date | None


@dataclass(frozen=True, slots=True)
class FilingBoard:
    """Owners × what they hand in. *about* is the year that *deliveries* report on."""

    year: int
    as_of: date
    columns: tuple[FilingColumn, ...]
    rows: tuple[FilingRow, ...]
    about: int
    deliveries: tuple[Delivery, ...]

    def count(self, *states: FilingState) -> int:
        """Return how many cells stand so, all without *states*."""
        cells = (cell for row in self.rows for cell in row.cells.values())
        return sum(not states or cell.state in states for cell in cells)

    @property
    def sentence(self) -> str:
        """The board in figures."""
        owed = self.count() - self.count(FilingState.WAIVED)
        return (
            f"应报 {owed} 项，已报 {self.count(*RECEIVED)} 项（迟报 {self.count(FilingState.LATE)} 项），"
            f"未报 {self.count(FilingState.MISSING)} 项，退改 {self.count(FilingState.RETURNED)} 项"
        )


def filing_board(reader: Reader, year: int, as_of: date, *, over: bool = False) -> FilingBoard:
    """Return what every body and unit was to hand in during *year* and how that stands on a day; with *over* the
    day has passed."""
    items = [item for item in due_in(reader, as_of, year, over=over) if item.clause.answered_by in FILED]
    adopted = _adopted(reader, as_of)
    returned = reader.find(
        Submission, "returned_on <= ? AND year BETWEEN ? AND ?", (as_of.isoformat(), year - 1, year), "received_on, id"
    )  # fmt: skip
    office = load_settings(reader)
    owners: dict[tuple[str, str], Owner] = {}
    cells: dict[tuple[str, str], dict[tuple[str, str], FilingCell]] = defaultdict(dict)
    first: dict[tuple[str, str], Obligation] = {}
    for item in sorted(items, key=lambda item: (item.clause.position or 0, item.clause.name, item.start)):
        key, owner = (item.clause.id, item.start.isoformat()), item.owner
        whose = _OFFICE if _is_office(owner, office) else (owner.kind, owner.id)
        first.setdefault(key, item)
        owners[whose] = owner if owner.id else owners.get(whose, owner)
        back = [paper.id for paper in returned if is_about(paper, item)]
        papers = [(proof.kind, proof.id) for proof in item.evidence] + [("submission", one) for one in back]
        cells[whose][key] = FilingCell(item, filing_state(item, adopted, bool(back)), tuple(papers))
    order = ("office", "body", "unit")
    rows = [
        FilingRow(owners[whose], cells[whose], whose == _OFFICE)
        for whose in sorted(owners, key=lambda whose: order.index(whose[0]))
    ]
    return FilingBoard(
        year, as_of, _columns(first, year), tuple(rows), year - 1, deliveries(reader, year - 1, as_of)
    )


_OFFICE = ("office", "")


def _is_office(owner: Owner, office: OfficeSettings) -> bool:
    """Tell whether *owner* is the office: itself, or the body that the settings name as it."""
    return owner.kind == "office" or (
        owner.kind == "body" and (owner.id == office.main_body or owner.name == office.office_name)
    )


def deliveries(reader: Reader, about: int, as_of: date) -> tuple[Delivery, ...]:
    """Return for each of the four addressees whether the annual report on the year *about* reached it (S1-8)."""
    sent: dict[str, list[Submission]] = defaultdict(list)
    condition = "item = ? AND year = ? AND unit IS NULL AND received_on <= ? AND (returned_on IS NULL OR returned_on > ?)"
    day = as_of.isoformat()
    for paper in reader.find(Submission, condition, (ANNUAL_REPORT, about, day, day), "received_on, id"):
        sent[paper.addressee].append(paper)
    return tuple(
        Delivery(
            addressee, "通报" if "政协" in addressee else "报告", tuple(paper.id for paper in sent[addressee]),
            sent[addressee][0].received_on if sent[addressee] else None,
        )
        for addressee in ADDRESSEES[:4]
    )  # fmt: skip


def _adopted(reader: Reader, as_of: date) -> frozenset[str]:
    """Return the ids of the papers and news that had been adopted by a day, as :func:`adopted_by` tells."""
    sql = "SELECT id FROM {} WHERE adopted AND deleted_at IS NULL AND coalesce(adopted_on, received_on) <= ?"
    tables, day = (Submission.KIND.table, Dynamic.KIND.table), (as_of.isoformat(),)
    return frozenset(row[0] for table in tables for row in reader.db.execute(sql.format(table), day))


def _columns(first: Mapping[tuple[str, str], Obligation], year: int) -> tuple[FilingColumn, ...]:
    """Return a column for each key, told apart where two would have one heading: by who owes it, else by its clause."""
    labels = {key: _label(item, year) for key, item in first.items()}
    for more in (_whom, lambda clause: clause.name):
        often = Counter(labels.values())
        labels |= {
            key: _label(first[key], year, more(first[key].clause)) for key in first if often[labels[key]] > 1
        }
    return tuple(FilingColumn(key, labels[key], item.due) for key, item in first.items())


def _label(item: Obligation, year: int, more: str = "") -> str:
    """Return what is handed in, to whom, *more*, and its period; *year* goes without saying."""
    clause = item.clause
    what = clause.submission_item or clause.dynamic_class or clause.answered_by
    to = f"报{clause.addressee}" if clause.addressee else ""
    brackets = f"（{'，'.join(filter(None, (more, to)))}）" if more or to else ""
    when = item.period.removeprefix(f"{year}年")
    return f"{what}{brackets}{' ' + when if when and item.period != '一次性' else ''}"


def _whom(clause: Clause) -> str:
    return clause.owed_by if clause.owed_by == "本机构" else who_owes(clause).removeprefix("每个")


# News and campaigns ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewsLine:
    """The news of one sender (or of all, "合计") in a year: ids by quarter and class, and those adopted (S0-31)."""

    name: str
    by_quarter: tuple[tuple[str, ...], ...]
    by_class: tuple[tuple[str, ...], ...]
    adopted: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(map(len, self.by_quarter))


def news_lines(reader: Reader, year: int, as_of: date) -> list[NewsLine]:
    """Return the news received in *year* until a day, by sender, the most first, the sum of all at the end."""
    found = reader.find(Dynamic, "received_on BETWEEN ? AND ?", _year(year, as_of), "received_on, id")
    names = {**reader.names("body"), **reader.names("unit")}
    by_sender: dict[str, list[Dynamic]] = defaultdict(list)
    for news in found:
        by_sender[names.get(news.body or news.unit, "")].append(news)
    lines = [_news_line(name, own, as_of) for name, own in by_sender.items()]
    lines.sort(key=lambda line: (-line.total, line.name))
    return [*lines, _news_line("合计", found, as_of)] if lines else []


def _news_line(name: str, found: Iterable[Dynamic], as_of: date) -> NewsLine:
    own = [news for news in found if news.received_on]
    quarters = tuple(
        tuple(news.id for news in own if news.received_on and (news.received_on.month - 1) // 3 == quarter)
        for quarter in range(4)
    )
    classes = tuple(tuple(news.id for news in own if news.dynamic_class == word) for word in DYNAMIC_CLASSES)
    return NewsLine(name, quarters, classes, tuple(news.id for news in own if adopted_by(news, as_of)))


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign and the word on it (S2-6): ids of plans, progress and summaries; *silent* days since the last."""

    name: str
    plans: tuple[str, ...]
    progress: tuple[str, ...]
    summaries: tuple[str, ...]
    senders: tuple[str, ...]
    last: date
    silent: int

    @property
    def latest(self) -> str:
        """The record to open: the summary, else the last progress, else the plan."""
        return (self.summaries or self.progress or self.plans)[-1]


def campaigns(reader: Reader, as_of: date) -> list[Campaign]:
    """Return the campaigns that news was received about, the one longest without a word and not summed up first."""
    found = reader.find(
        Dynamic, "campaign <> '' AND received_on <= ?", (as_of.isoformat(),), "received_on, id"
    )
    names = {**reader.names("body"), **reader.names("unit")}
    by_name: dict[str, list[Dynamic]] = defaultdict(list)
    for news in found:
        by_name[news.campaign.strip()].append(news)
    lines = [_campaign(name, own, names, as_of) for name, own in by_name.items()]
    return sorted(lines, key=lambda one: (bool(one.summaries), -one.silent, one.name))


def _campaign(name: str, own: list[Dynamic], names: Mapping[str, str], as_of: date) -> Campaign:
    last = max(news.received_on for news in own if news.received_on)
    stages = {
        stage: tuple(news.id for news in own if (news.stage or "进展") == stage)
        for stage in ("方案", "进展", "总结")
    }
    senders = Counter(names.get(news.body or news.unit, "") for news in own)
    return Campaign(
        name, stages["方案"], stages["进展"], stages["总结"], tuple(senders), last, (as_of - last).days
    )


# The register of media --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UseLine:
    """One line of the register and the number of its stick."""

    use: MediumUse
    number: str


def media_uses(reader: Reader, year: int, as_of: date) -> list[UseLine]:
    """Return what left the program in *year* until a day, the earliest first."""
    numbers = {medium.id: medium.number for medium in reader.find(UsbMedium)}
    found = reader.find(MediumUse, "used_at BETWEEN ? AND ?", _year(year, as_of), "used_at, id")
    return [UseLine(use, numbers.get(use.medium, "")) for use in found]


def _year(year: int, as_of: date) -> tuple[str, str]:
    return stored_span(date(year, 1, 1), min(as_of, date(year, 12, 31)))
