"""A whole year of an office: from the empty folder through a preset to the annual summary.

Every figure of ``report annual --json`` is held against a count of what was entered, kept here while entering, and
against what ``list … --json`` says from outside. What clauses ask for is counted by hand (:class:`Duties`).
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import main
from models import clock
from models.deeds.supervision import record_step
from models.deeds.year_turn import changed_since, close_year
from models.office import Office, Setup, create_office, open_office
from models.presets import apply_preset, presets
from models.records.filing import Dynamic, Submission
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Membership, Person, Unit
from models.records.rules import Clause
from models.records.study import AppointmentTest, Exam, StudyAttendance, StudySession
from models.records.supervision import Case
from models.rules.supervision import Entry

YEAR, LAST = 2026, date(2026, 12, 31)
MARKS = ("出席", "出席", "出席", "请假", "缺席")
UNITS = 40
TO_ITS_END = ("进展", "报结", "审核")
CATEGORY = "事业单位"
"""That of the units entered here; the preset has none of it."""
GOING, STAYING = UNITS - 3, 20
"""Of the units, by their place: one becomes part of the other in September."""


@dataclasses.dataclass
class TheYear:
    """What was entered: counts by the names of the figures, and the unit that two others became in July.

    *asked* are the clauses entered here, by what they ask for.
    """

    folder: Path
    counts: Counter[str]
    merged: str = ""
    asked: dict[str, str] = dataclasses.field(default_factory=dict)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> TheYear:
    folder = tmp_path_factory.mktemp("year") / "台账"
    made, _code = create_office(folder, Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县"))
    entered = TheYear(folder, Counter())
    with made as office:
        clerk = Clerk(office, entered)
        with clock.held_at(datetime(YEAR - 1, 1, 2, 9)):
            clerk.set_up()
            clerk.ask()
        for month in range(1, 13):
            with clock.held_at(datetime(YEAR, month, 28, 9)):
                clerk.work(month)
                if month == 5:
                    clerk.change_a_person()
                if month == 7:
                    clerk.merge_two_units()
                if month == 9:
                    clerk.merge_into_another()
    return entered


class Clerk:
    """Enters the year month by month and counts what the summary has to show."""

    def __init__(self, office: Office, entered: TheYear) -> None:
        self.ledger, self.entered, self.counts = office.ledger, entered, entered.counts
        self.units: list[Unit] = []
        self.people: list[tuple[str, str]] = []
        self.body = ""

    def set_up(self) -> None:
        preset = presets()[0].id
        self.bodies = apply_preset(self.ledger, preset, "澜溪县", date(YEAR - 1, 1, 1)).bodies
        self.body = self.bodies["committee"]
        with self.ledger.action("登记单位和人员") as action:
            for number in range(UNITS):
                unit = action.add(Unit(name=f"测试{number + 1}局", category=CATEGORY, position=100 + number))
                person = action.add(Person(name=f"赵{number + 1}", staff_kind="领导干部"))
                action.add(
                    Appointment(
                        person=person.id,
                        unit=unit.id,
                        title="局长",
                        post="主要负责人",
                        valid_from=date(YEAR - 1, 1, 1),
                    )
                )
                action.add(Membership(body=self.body, unit=unit.id, valid_from=date(YEAR - 1, 1, 1)))
                self.units.append(unit)
                self.people.append((person.id, unit.id))

    def ask(self) -> None:
        """The office's own clauses beside those of the preset."""
        units = {"owed_by": "每个单位", "unit_category": CATEGORY, "valid_from": date(YEAR, 1, 1)}
        clauses = {
            "paper": Clause(
                name="报送总结", answered_by="报送", submission_item="年度工作总结", per="年", deadline="10-31", **units
            ),
            "signature": Clause(name="三日内签收", answered_by="督办签收", per="每次", within_days=3, **units),
            "hours": Clause(
                name="每年十二学时", owed_by="每名人员", staff_kinds="领导干部", answered_by="学法", measure="学时",
                threshold=12, per="年", valid_from=date(YEAR, 1, 1),
            ),
        }  # fmt: skip
        with self.ledger.action("登记条款") as action:
            self.entered.asked = {name: action.add(clause).id for name, clause in clauses.items()}

    def work(self, month: int) -> None:
        with self.ledger.action(f"{month}月的工作") as action:
            self._meet(action, month)
            self._study(action, month)
            self._receive(action, month)
        self._supervise(month)
        with self.ledger.action("登错的") as action:
            action.add(
                Submission(item="其他", unit=self.people[1][1], year=YEAR, received_on=date(YEAR, month, 1))
            )
        self.ledger.undo()

    def change_a_person(self) -> None:
        """The head of the first unit leaves for another who is new."""
        person, unit = self.people[0]
        post = self.ledger.find(Appointment, "person = ?", (person,))[0]
        with self.ledger.action("换人") as action:
            action.change(dataclasses.replace(post, valid_until=date(YEAR, 5, 31)))
            new = action.add(Person(name="钱继任", staff_kind="领导干部"))
            action.add(
                Appointment(
                    person=new.id, unit=unit, title="局长", post="主要负责人", valid_from=date(YEAR, 6, 1)
                )
            )
        self.people[0] = (new.id, unit)

    def merge_two_units(self) -> None:
        """The last two units become a new one."""
        with self.ledger.action("合并单位") as action:
            new = action.add(Unit(name="测试合并局", category=CATEGORY, valid_from=date(YEAR, 8, 1)))
            for unit in self.units[-2:]:
                action.change(dataclasses.replace(unit, valid_until=date(YEAR, 7, 31), successor=new.id))
        self.people[-2:] = [(person, new.id) for person, _unit in self.people[-2:]]
        self.entered.merged = new.id

    def merge_into_another(self) -> None:
        """A unit becomes part of one that was there before."""
        going, staying = self.units[GOING], self.units[STAYING]
        with self.ledger.action("并入") as action:
            action.change(dataclasses.replace(going, valid_until=date(YEAR, 9, 30), successor=staying.id))
        self.people[GOING] = (self.people[GOING][0], staying.id)

    def _meet(self, action: Any, month: int) -> None:
        """One meeting a month, December's cancelled; each has one resolution, in time, late, or left open."""
        cancelled = month == 12
        meeting = action.add(
            Meeting(
                name=f"{month}月例会", category="专题会" if month % 3 else "联席会议", body=self.body,
                nature="临时" if month % 4 == 0 else "定期", starts_at=datetime(YEAR, month, 8, 9),
                state="取消" if cancelled else "召开", cancelled_on=date(YEAR, 12, 1) if cancelled else None,
            )
        )  # fmt: skip
        if cancelled:
            self.counts["meetings.cancelled"] += 1
            return
        self.counts["meetings"] += 1
        self.counts[f"meetings.{meeting.category}"] += 1
        self.counts["meetings.irregular" if meeting.nature == "临时" else "meetings.regular"] += 1
        for place, (person, unit) in enumerate(self.people):
            mark = MARKS[(place + month) % len(MARKS)]
            leave = datetime(YEAR, month, 7, 9) if mark == "请假" else None
            action.add(
                Attendance(
                    meeting=meeting.id,
                    unit=unit,
                    person=person,
                    expected=True,
                    status=mark,
                    leave_asked_at=leave,
                )
            )
            name = {"出席": "present", "请假": "excused", "缺席": "absent"}[mark]
            self.counts.update(("attendance.expected", f"attendance.{name}"))
        due = date(YEAR, month, 28)
        done, name = (
            (due, "done"), (due + timedelta(days=3), "done_late"), (None, "overdue"),
        )[month % 3]  # fmt: skip
        action.add(Resolution(meeting=meeting.id, content=f"{month}月事项", due_on=due, done_on=done))
        self.counts.update(("resolutions", f"resolutions.{name}"))

    def _study(self, action: Any, month: int) -> None:
        """One session a month, attended by every third person; an exam and a test in June."""
        session = action.add(
            StudySession(
                subject=f"{month}月学法", category="法治讲座" if month % 2 else "集体学法", body=self.body, hours=4,
                starts_at=datetime(YEAR, month, 15, 14), leader_speaks=month == 3, headcount=month,
            )
        )  # fmt: skip
        self.counts.update(("study.sessions", f"study.{session.category}"))
        self.counts["study.led"] += month == 3
        self.counts["study.heads"] += month
        for person, unit in self.people[::3]:
            action.add(StudyAttendance(session=session.id, person=person, unit=unit))
            self.counts["study.heads"] += 1
        if month == 6:
            action.add(Exam(name="年中考试", held_on=date(YEAR, 6, 20), full_marks=100, pass_marks=60))
            for passed in (True, False):
                person = self.people[passed][0]
                action.add(
                    AppointmentTest(
                        person=person, post="副县长", tested_on=date(YEAR, 6, 21), score=70, passed=passed
                    )
                )
            self.counts.update({"study.exams": 1, "study.tests": 2, "study.tests_passed": 1})

    def _supervise(self, month: int) -> None:
        """Two cases a month, signed for on the third day, every third month too late: one closed, every third of them
        late; one left open past its limit, urged once, in October not even signed for. One in February without a limit.
        """
        opened, due, late = date(YEAR, month, 3), date(YEAR, month, 20), month % 3 == 0
        signed = opened + timedelta(days=6 if late else 2)
        unit = self.people[month][1]
        closed, running = (self._open(f"{month}月{word}", unit, opened, due) for word in ("办结", "在办"))
        self._sign(closed, signed)
        for kind in TO_ITS_END:
            self._step(closed, kind, signed)
        self._step(closed, "办结", due + timedelta(days=5 if late else -1))
        if month != 10:
            self._sign(running, signed)
        self._step(running, "催办", due)
        if month == 2:
            self._sign(self._open("没有时限", self.people[GOING][1], opened, None), signed)
        self.counts.update({"cases.owed": 2, "cases.closed": 1, "cases.closed_late": int(late)})
        self.counts.update({"cases.running": 1, "cases.overdue": 1, "cases.slips": 1})
        self.counts.update({"cases.owed": month == 2, "cases.running": month == 2})

    def _open(self, matter: str, unit: str, on: date, due: date | None) -> str:
        case = Case(matter=matter, source="领导批示", lead_units=(unit,), opened_on=on, due_on=due)
        with self.ledger.action(f"立项{matter}") as action:
            case = action.add(case)
        self._step(case.id, "交办", on)
        return case.id

    def _sign(self, case: str, on: date) -> None:
        self._step(case, "签收", on, handler="孙办", phone="13800000000")

    def _step(self, case: str, kind: str, on: date, **fields: str) -> None:
        record_step(self.ledger, case, Entry(kind=kind, on=on, said="已办", **fields))

    def _receive(self, action: Any, month: int) -> None:
        """One paper and one piece of news a month, every fourth returned, every second adopted. In March one of the unit
        that will go; two groups report on the half-year, one of them too late."""
        unit = self.people[month][1]
        returned = date(YEAR, month, 26) if month % 4 == 0 else None
        action.add(
            Submission(
                item="年度工作总结", unit=unit, year=YEAR, received_on=date(YEAR, month, 25), returned_on=returned,
                adopted=month % 2 == 0,
            )
        )  # fmt: skip
        action.add(
            Dynamic(
                title=f"{month}月动态", dynamic_class="专项工作", unit=unit, received_on=date(YEAR, month, 26),
                adopted=month % 2 == 1,
            )
        )  # fmt: skip
        self.counts.update(("submissions", "dynamics"))
        self.counts["submissions.returned"] += returned is not None
        self.counts["submissions.adopted"] += month % 2 == 0
        self.counts["dynamics.adopted"] += month % 2 == 1
        if month == 3:
            paper = Submission(item="年度工作总结", unit=self.people[GOING][1], year=YEAR)
            action.add(dataclasses.replace(paper, received_on=date(YEAR, 3, 25)))
            self.counts["submissions"] += 1
        if month == 6:
            for group, day in (("enforcement", 8), ("publicity", 12)):
                action.add(
                    Submission(
                        item="半年度进展", body=self.bodies[group], year=YEAR, half="上半年",
                        received_on=date(YEAR, 6, day),
                    )
                )  # fmt: skip
                self.counts["submissions"] += 1


@pytest.fixture
def told(year: TheYear, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What ``report annual --json`` prints."""
    found: dict[str, Any] = run(
        year, capsys, "report", "annual", "--year", str(YEAR), "--as-of", LAST.isoformat(), "--json"
    )
    return found


def run(year: TheYear, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main.main(["--data", str(year.folder), *words]) == 0
    return json.loads(capsys.readouterr().out)


COMPUTED = ("attendance.own_rate", "attendance.unit_rate", "study.persons", "cases.rate")


def test_every_duty_is_counted_by_hand(told: dict[str, Any]) -> None:
    """(owed, done, of these late, missed) of each clause, as the year was entered above."""
    by_clause = {
        # Preset: two meetings of the committee and one a half-year of its office; of each of four groups one meeting
        # and three papers, of which two are there, one late; the fourth of December; no town there is.
        "preset": (1 + 2 + 4 + 3 * 4 + 1, 2, 1, 18),
        # 40 units, two of which became one, and one part of another: months 4, 8, 12 were returned, 11 is late; the
        # paper of the unit that went stands for the one it went into.
        "paper": (UNITS - 1 - 1, 9 + 1, 1, 28),
        # Two cases a month and one in February, of a unit that went later: owed once.
        "signature": (2 * 12 + 1, 2 * 12, 2 * 4, 1),
        # Every third of 40, and the two who shared the first post: four hours a month are enough in three months.
        "hours": (UNITS + 1, 14 + 1, 0, 26),
    }
    owed, done, late, missed = (sum(column) for column in zip(*by_clause.values(), strict=True))
    figures = {name: one["value"] for name, one in told["figures"].items()}
    names = ("owed", "done", "done_late", "overdue", "running", "waived", "earlier")
    found = tuple(figures[f"obligations.{name}"] for name in names)
    assert found == (owed, done, late, missed, 0, 0, 0)
    assert (figures["study.owing"], figures["study.met"]) == by_clause["hours"][:2]


def test_who_has_done_what_is_asked_by_name(year: TheYear, capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(year, capsys, "list", "obligation", "--as-of", LAST.isoformat(), "--json")
    of_paper = {row["owner"]: row["state"] for row in rows if row["id"].startswith(year.asked["paper"])}
    assert of_paper[f"测试{STAYING + 1}局"] == "已完成" and of_paper["测试合并局"].startswith("逾期")
    assert not {f"测试{number}局" for number in (GOING + 1, UNITS - 1, UNITS)} & set(of_paper)
    signed = [row["owner"] for row in rows if row["id"].startswith(year.asked["signature"])]
    assert (signed.count(f"测试{GOING + 1}局"), signed.count(f"测试{STAYING + 1}局")) == (1, 0)


def test_the_closed_year_stays_what_it_was(
    year: TheYear, told: dict[str, Any], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """In January another unit goes into one of before; papers of the year are returned and adopted, cases closed."""
    copy = dataclasses.replace(year, folder=tmp_path / "台账")
    shutil.copytree(year.folder, copy.folder)
    on = date(YEAR + 1, 1, 15)
    with clock.held_at(datetime.combine(on, time(9))), open_office(copy.folder) as office:
        ledger = office.ledger
        closed = close_year(ledger, YEAR)
        staying, into = (ledger.find(Unit, "name = ?", (f"测试{place}局",))[0] for place in (STAYING + 1, 1))
        papers = ledger.find(Submission, "returned_on IS NULL AND NOT adopted")
        with ledger.action("新年的事") as action:
            action.change(dataclasses.replace(staying, valid_until=on, successor=into.id))
            action.change(dataclasses.replace(papers[0], returned_on=on))
            action.change(dataclasses.replace(papers[1], adopted=True, adopted_on=on))
        for case in ledger.find(Case, "closed_on IS NULL AND signed_on IS NOT NULL"):
            for kind in (*TO_ITS_END, "办结"):
                record_step(ledger, case.id, Entry(kind=kind, on=on, said="已办"))
        assert changed_since(ledger, closed) == []
    words = ("report", "annual", "--year", str(YEAR), "--as-of", date(YEAR + 1, 2, 1).isoformat(), "--json")
    assert run(copy, capsys, *words)["figures"] == told["figures"]


def test_every_figure_is_what_was_entered(year: TheYear, told: dict[str, Any]) -> None:
    figures = told["figures"]
    counted = {name: one["value"] for name, one in figures.items() if one["line"] != "制度要求"}
    for name in (*COMPUTED, "study.owing", "study.met"):
        del counted[name]
    assert {name: value for name, value in counted.items() if value} == +year.counts


def test_rates_are_those_of_the_counts(year: TheYear, told: dict[str, Any]) -> None:
    counts, figures = year.counts, told["figures"]
    present = round(100 * counts["attendance.present"] / counts["attendance.expected"], 1)
    assert figures["attendance.own_rate"]["value"] == present
    assert figures["attendance.unit_rate"]["value"] == present  # nobody stood in
    assert figures["cases.rate"]["value"] == round(100 * counts["cases.closed"] / counts["cases.owed"], 1)
    assert (
        figures["study.persons"]["value"] == len(range(0, UNITS, 3)) + 1
    )  # the successor of the one who left


def test_ids_are_those_that_lists_show(
    year: TheYear, told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    lists: dict[str, set[str]] = {}
    for name, one in told["figures"].items():
        kind = one["kind"]
        if kind not in lists:
            lists[kind] = {
                row["id"] for row in run(year, capsys, "list", kind, "--as-of", LAST.isoformat(), "--json")
            }
        assert set(one["ids"]) <= lists[kind], name
        assert len(set(one["ids"])) == len(one["ids"]), name


def test_obligations_agree_with_their_list(
    year: TheYear, told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run(year, capsys, "list", "obligation", "--as-of", LAST.isoformat(), "--json")
    figures = told["figures"]
    of_year = [row for row in rows if row["id"] in set(figures["obligations.owed"]["ids"])]
    assert len(of_year) == figures["obligations.owed"]["value"] > 0
    done = sum(row["done"] >= row["needed"] for row in of_year)
    overdue = sum(row["state"].startswith(("逾期", "今天到期")) for row in of_year)  # the year is over
    assert (done, overdue) == (figures["obligations.done"]["value"], figures["obligations.overdue"]["value"])


def test_lists_counted_from_outside(
    year: TheYear, told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        kind: run(year, capsys, "list", kind, "--json")
        for kind in ("meeting", "case", "submission", "dynamic")
    }
    counted = {
        "meetings": sum(row["state"] != "取消" for row in rows["meeting"]),
        "cases.closed": sum(row["closed_on"] is not None for row in rows["case"]),
        "submissions": len(rows["submission"]),
        "dynamics.adopted": sum(row["adopted"] for row in rows["dynamic"]),
    }
    assert counted == {name: told["figures"][name]["value"] for name in counted}


def test_the_merged_units_stand_as_one(
    year: TheYear, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "总结.xlsx"
    words = ["report", "annual", "--year", str(YEAR), "--as-of", LAST.isoformat(), "--to", str(book)]
    assert main.main(["--data", str(year.folder), *words]) == 0
    rows = list(load_workbook(book)["单位出席"].iter_rows(values_only=True))
    expected = {row[1]: row[2] for row in rows if isinstance(row[0], int)}
    assert expected["测试合并局"] == expected[f"测试{STAYING + 1}局"] == 2 * 11
    assert not {f"测试{number}局" for number in (GOING + 1, UNITS - 1, UNITS)} & set(expected)
    assert len(expected) == UNITS - 2


def test_the_sheets_show_the_same_figures(year: TheYear, told: dict[str, Any], tmp_path: Path) -> None:
    book = tmp_path / "总结.xlsx"
    words = ["report", "annual", "--year", str(YEAR), "--as-of", LAST.isoformat(), "--to", str(book)]
    assert main.main(["--data", str(year.folder), *words]) == 0
    sheets = load_workbook(book)
    for sheet, line in (("学法情况", "学法"), ("督办情况", "督办")):
        shown = {row[0]: row[2] for row in sheets[sheet].iter_rows(values_only=True) if row[1]}
        for one in told["figures"].values():
            if one["line"] == line and one["value"]:
                assert shown[one["label"]] == one["value"], one["label"]
    listed = [
        row[0] for row in sheets["督办事项一览表"].iter_rows(values_only=True) if isinstance(row[0], int)
    ]
    assert len(listed) == year.counts["cases.owed"]
