"""The catalogue: every paper in every format, subjects asked for, leftovers of templates refused."""

from __future__ import annotations

import dataclasses
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from models.documents.blocks import Column, Document, Paragraph, Table, Title
from models.errors import ClerkError
from models.records.question import QUESTION_FORMS, Question
from models.records.study import Exam, StudySession
from models.records.supervision import Case
from models.store.action import Action
from models.store.ledger import Ledger
from reports.catalog import REPORTS, ReportOptions, report_of, write_report
from reports.words import column_name, refuse_leftovers
from tests.fixtures import SmallOffice

FORMATS = [(report.identifier, suffix) for report in REPORTS.values() for suffix in report.formats]


def test_every_paper_has_a_title_of_its_own() -> None:
    titles = [report.title for report in REPORTS.values()]
    assert len(set(titles)) == len(titles) >= 10


def options(office: SmallOffice, **more: object) -> ReportOptions:
    made = ReportOptions(
        meeting_id=office.meeting.id, body_id=office.body.id, year=2026, as_of=date(2026, 11, 21)
    )
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def record_of(ledger: Ledger, office: SmallOffice, about: str) -> str:
    """Return a record of the kind a paper is about, "" where it is about a meeting, a body or a year."""
    if about not in ("case", "study_session", "exam"):
        return {"unit": office.justice.id, "person": office.head.id}.get(about, "")
    with ledger.action("登记") as action:
        if about == "exam":
            return add_exam(action)
        if about == "study_session":
            at = datetime(2026, 10, 13, 9)
            return action.add(
                StudySession(subject="学习宪法", category="集体学法", body=office.body.id, starts_at=at)
            ).id
        units = (office.justice.id,)
        case = Case(matter="整改", source="领导批示", lead_units=units, opened_on=date(2026, 9, 1))
        return action.add(case).id


def add_exam(action: Action) -> str:
    """Add an exam and questions for a paper of the usual shape; return the exam's id."""
    for form, answer in zip(QUESTION_FORMS, ("A", "AB", "对"), strict=True):
        for number in range(30):
            stem = f"第{number}道{form}"
            action.add(Question(form=form, stem=stem, option_a="甲", option_b="乙", answer=answer))
    return action.add(Exam(name="学法考试", held_on=date(2026, 10, 28))).id


@pytest.mark.parametrize(("identifier", "suffix"), FORMATS)
def test_each_is_written_in_each_format(
    ledger: Ledger, office: SmallOffice, tmp_path: Path, identifier: str, suffix: str
) -> None:
    target, report = tmp_path / f"文书{suffix}", REPORTS[identifier]
    about = options(office, record_id=record_of(ledger, office, report.about))
    written = write_report(ledger, report, about, target)
    assert written.path == target and written.size == target.stat().st_size > 1000
    if suffix == ".pdf":
        assert target.read_bytes().startswith(b"%PDF-")
    else:
        assert zipfile.ZipFile(target).testzip() is None
    assert [item.name for item in tmp_path.glob("文书*")] == [target.name]


@pytest.mark.parametrize(
    ("identifier", "missing", "sentence"),
    [
        ("minutes", "meeting_id", "要指明会议"),
        ("roster", "body_id", "要指明机构"),
        ("annual", "year", "要指明年度"),
    ],
)
def test_a_subject_is_asked_for(
    ledger: Ledger, office: SmallOffice, identifier: str, missing: str, sentence: str
) -> None:
    with pytest.raises(ClerkError, match=sentence):
        REPORTS[identifier].build(ledger, options(office, **{missing: 0 if missing == "year" else ""}))


def test_unknown_papers_and_formats_are_told(ledger: Ledger, office: SmallOffice, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="没有“poem”这种报表，可选：notice（会议通知）"):
        report_of("poem")
    with pytest.raises(ClerkError, match=r"可以存为 \.pdf、\.docx，不能存为“\.xlsx”"):
        write_report(ledger, REPORTS["minutes"], options(office), tmp_path / "纪要.xlsx")
    assert not list(tmp_path.glob("纪要*"))


@pytest.mark.parametrize("name", ["12345*热线座谈会", "评查（*号案卷）", "长2×3米", "{甲}"])
def test_what_a_record_is_called_stops_no_list(name: str) -> None:
    refuse_leftovers(Document("x", (Table((Column("名称"),), ((name,),)),)))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("法治*县", "*"), ("××县司法局", "××"), ("{area}委", "{area}"), ("中共＊委", "＊"),
        ("长2×3米", ""), ("138****1234", ""), ("（此件公开发布）", ""), ("a*b", ""),
    ],
)  # fmt: skip
def test_leftovers_stop_a_paper(text: str, left: str) -> None:
    document = Document("x", (Title("好"), Paragraph(text)))
    if not left:
        refuse_leftovers(document)
        return
    with pytest.raises(ClerkError) as told:
        refuse_leftovers(document)
    assert str(told.value).startswith(f"正文里还有没有填写的“{left}”")


def test_a_leftover_in_a_table_is_placed() -> None:
    document = Document("x", (Table((Column("序号"), Column("单位")), ((1, "好"), (2, "××局"))),))
    with pytest.raises(ClerkError, match="表格第 2 行“单位”里还有没有填写的“××”"):
        refuse_leftovers(document)


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张　三"), ("陈䶮", "陈　䶮"), ("田大利", "田大利"), ("A1", "A1")]
)
def test_two_character_names_in_columns(name: str, shown: str) -> None:
    assert column_name(name) == shown
