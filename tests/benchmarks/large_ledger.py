"""Ten years of a large county: 120 units, 5,000 people, 2,000 meetings, 100,000 rows of attendance, 20,000 cases.

All clauses of all presets are entered as they ship: those that differ from place to place are off. Made once for
each schema and each text of this module, kept in ``out/``, and copied for every use.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from models import clock
from models.clause_presets import apply_clauses, clause_sets
from models.deeds.presence import come_in
from models.presets import apply_preset
from models.records.base import Record
from models.records.filing import Dynamic, Submission
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Body, Person, Unit
from models.records.rules import Clause
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.records.supervision import Case, CaseStep
from models.rules.clause_words import words_of
from models.settings import OfficeSettings, save_settings
from models.store.ids import uuid7
from models.store.ledger import Ledger
from models.store.migrations import migrations
from tests.benchmarks.bulk import Bulk
from tests.benchmarks.places import GIVEN, SURNAMES, TODAY, ledger_in

OUT = Path(__file__).parents[2] / "out"
AREA = "澜溪县"
FIRST_YEAR, YEARS = TODAY.year - 9, 10
UNITS, PEOPLE = 120, 5_000
MEETINGS, CASES = 200, 2_000
"""A year."""
AWAY = timedelta(days=8)
"""Since when the clerk has not been there."""
HEADS = 50
"""Rows of attendance of each meeting."""
_POSTS = ("主要负责人", "分管负责人", "班子成员", "班子成员", "法制员")
_STAFF = ("公务员", "执法人员", "公务员", "事业人员")
_TOPICS = (
    "执法监督",
    "矛盾纠纷排查",
    "行政复议",
    "普法宣传",
    "法治督察",
    "案卷评查",
    "规范性文件清理",
    "营商环境",
)
_KINDS_OF_MEETING = (
    "委员会会议", "联席会议", "办公室会议", "主任办公会", "常务会", "专题会", "推进会", "成员单位会议", "组长碰头会", "工作组协调会",
)  # fmt: skip
_PER_YEAR = {"月": 12, "季度": 4, "半年": 2}


@contextmanager
def large_county() -> Iterator[Ledger]:
    """Yield the ledger of the large county, a copy that may be written to."""
    kept = _kept()
    if not kept.exists():
        _make(kept)
    with TemporaryDirectory() as folder:
        shutil.copyfile(kept, Path(folder) / "ledger.db")
        with ledger_in(Path(folder)) as ledger:
            yield ledger


def _kept() -> Path:
    text = Path(__file__).read_bytes() + repr([step.name for step in migrations._migrations]).encode()
    return OUT / f"large-county-{hashlib.sha256(text).hexdigest()[:12]}.db"


def _make(kept: Path) -> None:
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("large-county-*.db"):
        old.unlink()
    with TemporaryDirectory(dir=OUT) as folder:
        with ledger_in(Path(folder)) as ledger:
            _County(ledger).fill()
            ledger.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (Path(folder) / "ledger.db").replace(kept)


class _County:
    """The county while it is made: what the rows refer to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._bulk = ledger, Bulk(ledger)
        self._chance = random.Random(2026)
        self._units: list[Unit] = []
        self._staff: dict[str, list[str]] = {}

    def fill(self) -> None:
        with clock.held_at(datetime(FIRST_YEAR, 1, 2, 9)):
            self._found()
        self._hire()
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            for records in (self._meetings(year), self._cases(year), self._study(year), self._papers(year)):
                self._write(records, min(date(year, 12, 31), TODAY))
        come_in(self._ledger, TODAY - AWAY)

    def _write(self, records: Iterator[Record], until: date) -> None:
        """Write *records* kind by kind, those named by others first (the order in which the kinds appear)."""
        by_kind: dict[str, list[Record]] = {}
        for record in records:
            by_kind.setdefault(record.KIND.id, []).append(record)
        for same in by_kind.values():
            self._bulk.add(same, datetime.combine(until, datetime.min.time()))

    def _found(self) -> None:
        """Set up bodies and clauses through the presets, then units up to the number."""
        since = date(FIRST_YEAR, 1, 2)
        bodies = apply_preset(self._ledger, "committee", AREA, since).bodies
        save_settings(
            self._ledger,
            OfficeSettings(office_name=f"{AREA}委依法治县办", area_name=AREA, main_body=bodies["office"]),
        )
        for preset in clause_sets(since):
            apply_clauses(self._ledger, preset.id, since)
        with self._ledger.action("登记单位") as action:
            known = self._ledger.find(Unit)
            for place in range(len(known), UNITS):
                name, category = (f"第{place}镇", "镇街") if place % 3 == 0 else (f"第{place}局", "政府")
                action.add(
                    Unit(
                        name=AREA + name, category=category, position=1000 + place, enforcement=place % 2 == 0
                    )
                )
        self._units = self._ledger.find(Unit)
        self._bodies = self._ledger.find(Body)

    def _hire(self) -> None:
        """Give every unit its five posts and its staff; one in ten has left over the years."""
        people, posts = [], []
        for place in range(PEOPLE):
            unit, order = self._units[place % UNITS], place // UNITS
            post = _POSTS[order] if order < len(_POSTS) else "工作人员"
            kind = "领导干部" if order < 4 else "法制工作人员" if order == 4 else self._chance.choice(_STAFF)
            left = date(FIRST_YEAR + place % YEARS, 6, 30) if order > 4 and place % 10 == 0 else None
            name = self._chance.choice(SURNAMES) + self._chance.choice(GIVEN) + self._chance.choice(GIVEN)
            person = Person(id=uuid7(), name=name, phone=f"139{place:08d}", staff_kind=kind, left_on=left)
            people.append(person)
            posts.append(
                Appointment(
                    id=uuid7(), person=person.id, unit=unit.id, title="科员" if order > 4 else "负责人", post=post,
                    position=order + 1, valid_from=date(FIRST_YEAR, 1, 1), valid_until=left,
                )
            )  # fmt: skip
            self._staff.setdefault(unit.id, []).append(person.id)
        self._write(iter([*people, *posts]), date(FIRST_YEAR, 1, 2))

    def _days(self, year: int, count: int) -> Iterator[date]:
        """Yield *count* days spread over the part of *year* that has passed, weekends among them."""
        first, last = date(year, 1, 4), min(date(year, 12, 30), TODAY)
        for place in range(count):
            yield first + (last - first) * place // count

    def _meetings(self, year: int) -> Iterator[Record]:
        for place, on in enumerate(self._days(year, MEETINGS)):
            body = self._bodies[place % len(self._bodies)]
            meeting = Meeting(
                id=uuid7(), name=f"{year}年第{place + 1}次{_TOPICS[place % 8]}会议", body=body.id, place="第一会议室",
                category=_KINDS_OF_MEETING[place % len(_KINDS_OF_MEETING)],
                starts_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=9), notified_on=on - timedelta(days=5),
                state="归档" if (TODAY - on).days > 20 else "召开", issued_on=on + timedelta(days=6 + place % 4),
                report_before=on - timedelta(days=2), report_after=on + timedelta(days=3),
            )  # fmt: skip
            yield meeting
            yield from self._parts(meeting, place, on)

    def _parts(self, meeting: Meeting, place: int, on: date) -> Iterator[Record]:
        for row in range(HEADS):
            unit = self._units[(place * 7 + row) % UNITS]
            staff = self._staff[unit.id]
            luck = self._chance.random()
            status = "出席" if luck < 0.88 else "代" if luck < 0.93 else "请假" if luck < 0.98 else "缺席"
            yield Attendance(
                id=uuid7(), meeting=meeting.id, position=row + 1, unit=unit.id, person=staff[place % 2], expected=True,
                duty="负责人", status=status, substitute=staff[2] if status == "代" else "", signed=status == "出席",
            )  # fmt: skip
        for row, word in enumerate(("学习贯彻", "研究部署", "听取汇报")):
            yield AgendaItem(
                id=uuid7(), meeting=meeting.id, position=row + 1, subject=_TOPICS[(place + row) % 8], content_class=word
            )  # fmt: skip
        for row in range(2):
            due = on + timedelta(days=40)
            open_still = (place + row) % 20 == 0 and on.year == TODAY.year
            yield Resolution(
                id=uuid7(), meeting=meeting.id, position=row + 1, content=f"抓好{_TOPICS[(place + row) % 8]}工作",
                lead_units=(self._units[(place + row) % UNITS].id,), due_on=due,
                done_on=None if open_still or due > TODAY else due - timedelta(days=2),
            )  # fmt: skip

    def _cases(self, year: int) -> Iterator[Record]:
        """Yield cases of some sixty days, one in twelve late, and four to six steps of each."""
        for place, on in enumerate(self._days(year, CASES)):
            due = on + timedelta(days=60)
            closed = due + timedelta(days=9 if place % 12 == 0 else -place % 30)
            dates = {"交办": on + timedelta(days=2), "签收": on + timedelta(days=4), "进展": on + timedelta(days=15),
                     "报结": closed - timedelta(days=5), "审核": closed - timedelta(days=2), "办结": closed}  # fmt: skip
            reached = {kind: day for kind, day in dates.items() if day <= TODAY}
            last = next(reversed(reached), "立项")
            case = Case(
                id=uuid7(), number=f"督办〔{year}〕{place + 1}号", matter=f"办好第{place + 1}件{_TOPICS[place % 8]}实事",
                source=("领导批示", "人大建议", "目标任务", "重要会议")[place % 4], basis="有关会议和批示", opened_on=on,
                lead_units=(self._units[place % UNITS].id,), co_units=(self._units[(place + 1) % UNITS].id,),
                due_on=due, first_due_on=due, handler="值班室", handler_phone="6200100",
                state="办理中" if last == "进展" else last, assigned_on=reached.get("交办"), signed_on=reached.get("签收"),
                reported_on=reached.get("报结"), closed_on=reached.get("办结"), feedback_on=reached.get("办结"),
            )  # fmt: skip
            yield case
            for kind, day in reached.items():
                yield CaseStep(id=uuid7(), matter=case.id, happened_on=day, kind=kind, said="按期推进")

    def _study(self, year: int) -> Iterator[Record]:
        """Yield a session each week for one unit's people, the platform's hours of everybody, one exam."""
        days = list(self._days(year, 52))
        everybody = [person for staff in self._staff.values() for person in staff]
        for place, on in enumerate(days):
            unit = self._units[place % UNITS]
            heads = everybody if place == 40 else self._staff[unit.id][:30]
            kinds = ("集体学法", "会前学法", "中心组学法", "专题培训")
            session = StudySession(
                id=uuid7(), subject=f"{year}年第{place + 1}期学法", unit=unit.id, leader_speaks=place % 3 == 0,
                category="网络学法" if place == 40 else kinds[place % 4], hours=40.0 if place == 40 else 2.0,
                starts_at=datetime.combine(on, datetime.min.time()) + timedelta(hours=9),
            )  # fmt: skip
            yield session
            for person in heads:
                hours = self._chance.choice((38.0, 40.0, 42.0)) if place == 40 else None
                yield StudyAttendance(id=uuid7(), session=session.id, person=person, hours=hours)
        exam = Exam(id=uuid7(), name=f"{year}年学法考试", held_on=days[43], full_marks=100.0)
        yield exam
        for person in islice(everybody, 600):
            score = float(self._chance.randint(55, 99))
            yield ExamScore(id=uuid7(), exam=exam.id, person=person, score=score, attempt=1)

    def _papers(self, year: int) -> Iterator[Record]:
        """Yield what each unit's clauses ask for, nine in ten of it, and 500 pieces of news."""
        for clause in self._ledger.find(Clause, "answered_by = '报送' AND owed_by = '每个单位'"):
            categories = words_of(clause.unit_category)
            for unit in self._units:
                if not categories or unit.category in categories:
                    for on in self._days(year, _PER_YEAR.get(clause.per, 1)):
                        if self._chance.random() < 0.9:
                            yield Submission(
                                id=uuid7(), item=clause.submission_item, unit=unit.id, received_on=on + timedelta(days=20),
                                year=year - clause.about_before, half="全年",
                            )  # fmt: skip
        for place, on in enumerate(self._days(year, 500)):
            yield Dynamic(
                id=uuid7(), title=f"{_TOPICS[place % 8]}动态", dynamic_class="其他动态信息", received_on=on,
                unit=self._units[place % UNITS].id, body=self._bodies[place % len(self._bodies)].id,
            )  # fmt: skip
