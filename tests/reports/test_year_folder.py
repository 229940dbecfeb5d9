"""The year in one folder: what is in it and what the clerk is told is not."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from pathlib import Path

import pytest

from models import clock
from models.deeds.filing import attach, home_of
from models.deeds.supervision import record_step
from models.errors import ClerkError
from models.records.filing import Submission
from models.records.question import JUDGEMENT, Question
from models.records.study import Exam, StudySession
from models.records.supervision import Case
from models.rules.supervision import Entry
from models.settings import OfficeSettings, load_settings, save_settings
from models.store.ledger import Ledger
from models.store.manifest import compare, members_of
from reports.year_folder import YearFolder, export_year
from tests.fixtures import SmallOffice


def test_a_meeting_nobody_marked_as_held_is_told_of(
    ledger: Ledger, office: SmallOffice, tmp_path: Path
) -> None:
    save_settings(ledger, OfficeSettings(office_name="澜溪县依法治县办", area_name="澜溪县"))
    with clock.held_at(datetime(2026, 11, 21, 9, 0)):
        made = export_year(ledger, 2026, tmp_path / "先", attachments=home_of(ledger).attachments)
        assert made.left_out == ("第三季度联席会议",)
        assert "没有标为已召开" in made.remark()
        with ledger.action("召开") as action:
            action.change(dataclasses.replace(office.meeting, state="召开"))
        made = export_year(ledger, 2026, tmp_path / "后", attachments=home_of(ledger).attachments)
    assert (made.left_out, made.remark()) == ((), "")
    assert (tmp_path / "后" / "文书" / f"{date(2026, 10, 13)} 第三季度联席会议" / "签到表.pdf").exists()


def test_every_paper_that_cannot_be_made_is_named_at_once(
    ledger: Ledger, office: SmallOffice, tmp_path: Path
) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开", minutes_text="会议由××主持。"))
        action.add(
            dataclasses.replace(
                office.meeting, id="", name="另一次会议", state="召开", minutes_text="会议在**召开。"
            )
        )
    with clock.held_at(datetime(2026, 11, 21, 9, 0)), pytest.raises(ClerkError) as told:
        export_year(ledger, 2026, tmp_path / "年度", attachments=home_of(ledger).attachments)
    *papers, ending = str(told.value).splitlines()
    assert [paper.partition("的“")[0] for paper in papers] == [
        "2026-10-13 第三季度联席会议",
        "2026-10-13 另一次会议",
    ]
    assert ending == "共 2 份文书不能生成，改好后再导出。"
    assert not (tmp_path / "年度").exists()


@pytest.fixture
def filed(ledger: Ledger, office: SmallOffice, tmp_path: Path) -> Ledger:
    """Two papers of one day with files of the same name, one of the year before, a study session."""
    save_settings(ledger, OfficeSettings(office_name="澜溪县依法治县办", area_name="澜溪县"))
    paper = Submission(item="年度工作总结", unit=office.justice.id, year=2025, received_on=date(2026, 2, 20))
    with ledger.action("收件") as action:
        papers = [
            action.add(paper),
            action.add(
                dataclasses.replace(paper, unit=office.education.id, subject="县司法局2025年年度工作总结")
            ),
            action.add(dataclasses.replace(paper, year=2024, received_on=date(2025, 12, 31))),
        ]
        action.add(
            StudySession(
                subject="行政处罚法",
                category="集体学法",
                body=office.body.id,
                starts_at=datetime(2026, 4, 9, 9),
            )
        )
    for number, one in enumerate(papers):
        source = tmp_path / f"盘{number}" / ("扫描件.PDF" if number else "扫描件.pdf")
        source.parent.mkdir()
        source.write_bytes(f"第 {number} 份".encode())
        attach(ledger, one, [source])
    return ledger


def exported(ledger: Ledger, folder: Path) -> YearFolder:
    with clock.held_at(datetime(2026, 11, 21, 9, 0)):
        return export_year(ledger, 2026, folder, attachments=home_of(ledger).attachments)


def test_files_of_the_year_go_along_by_their_names(filed: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "导出"
    made = exported(filed, folder)
    place = folder / "附件" / "报送" / "2026-02-20 县司法局2025年年度工作总结"
    assert {file.name: file.read_bytes().decode() for file in folder.rglob("附件/**/*") if file.is_file()} == {
        "扫描件.pdf": "第 0 份", "扫描件 2.PDF": "第 1 份",
    }  # fmt: skip
    assert (place / "扫描件 2.PDF") in members_of(folder)
    assert (made.files, made.lost) == (len(members_of(folder)), ())
    (place / "扫描件.pdf").write_bytes(b"other")
    assert list(compare(folder).findings()) == [f"内容被改动：{(place / '扫描件.pdf').relative_to(folder)}"]


def test_what_the_year_has_to_say_on_study_and_in_words(filed: Ledger, tmp_path: Path) -> None:
    exported(filed, tmp_path / "导出")
    names = {str(file.relative_to(tmp_path / "导出")) for file in members_of(tmp_path / "导出")}
    assert names >= {
        "学法/2026-04-09 行政处罚法/学法登记表.pdf", "年度/学法情况通报.docx", "年度/法治政府建设情况报告.docx", "年度/年度总结.pdf",
    }  # fmt: skip


def test_the_paper_of_an_exam_goes_along_where_the_bank_has_it(filed: Ledger, tmp_path: Path) -> None:
    shape = "判断题1道100分"
    save_settings(filed, dataclasses.replace(load_settings(filed), exam_shape=shape))
    with filed.action("考试") as action:
        action.add(Question(form=JUDGEMENT, stem="宪法是国家的根本法。", answer="正确", audiences="领导干部"))
        for name, whom in (("领导干部考试", "领导干部"), ("执法人员考试", "执法人员")):
            action.add(Exam(name=name, held_on=date(2026, 10, 28), audience=whom))
    made = exported(filed, tmp_path / "导出")
    assert [file.parent.name for file in (tmp_path / "导出").rglob("试卷.pdf")] == ["2026-10-28 领导干部考试"]
    assert made.unset == ("执法人员考试",)
    assert made.remark().splitlines()[-1] == "1 次考试的试卷不能从题库生成，没有导出：「执法人员考试」"


def test_the_papers_of_cases_go_along_each_slip_by_itself(
    filed: Ledger, office: SmallOffice, tmp_path: Path
) -> None:
    case = Case(
        matter="案卷整改", source="领导批示", lead_units=(office.justice.id,), due_on=date(2026, 5, 30)
    )
    with filed.action("立项") as action:
        this = action.add(dataclasses.replace(case, opened_on=date(2026, 4, 1)))
        last = action.add(dataclasses.replace(case, opened_on=date(2025, 12, 1), matter="去年交办"))
        action.add(dataclasses.replace(case, opened_on=date(2026, 5, 1), matter="还没有交办"))
    with clock.held_at(datetime(2026, 11, 21, 9, 0)):
        for one, kind, on in (
            (last, "交办", "2025-12-02"), (last, "催办", "2025-12-30"), (last, "催办", "2026-06-02"),
            (this, "交办", "2026-04-02"), (this, "签收", "2026-04-03"), (this, "催办", "2026-05-20"),
            (this, "延期申请", "2026-05-21"), (this, "延期批准", "2026-05-22"), (this, "催办", "2026-06-10"),
            (this, "进展", "2026-06-11"),
            (this, "报结", "2026-06-20"),
        ):  # fmt: skip
            until = date(2026, 6, 30) if kind == "延期申请" else None
            entry = Entry(
                kind=kind,
                on=date.fromisoformat(on),
                handler="马致遥",
                phone="6200123",
                said="办",
                new_due_on=until,
            )
            record_step(filed, one.id, entry)
    exported(filed, tmp_path / "导出")
    found = {
        str(file.relative_to(tmp_path / "导出" / "督办"))
        for file in (tmp_path / "导出" / "督办").rglob("*.pdf")
    }
    assert found == {
        "2025-12-01 去年交办/第2次催办单.pdf", "2026-04-01 案卷整改/督办单.pdf", "2026-04-01 案卷整改/第1次催办单.pdf",
        "2026-04-01 案卷整改/延期审批表.pdf", "2026-04-01 案卷整改/第2次催办单.pdf", "2026-04-01 案卷整改/办结报告.pdf",
    }  # fmt: skip


def test_a_file_that_is_gone_is_told_and_stops_nothing(filed: Ledger, tmp_path: Path) -> None:
    gone = min(home_of(filed).attachments.iterdir(), key=lambda file: file.read_bytes())
    gone.unlink()
    made = exported(filed, tmp_path / "导出")
    assert made.lost == ("附件「扫描件.pdf」的文件不见了，请从备份恢复或重新添加",)
    assert made.lost[0] in made.remark()
    assert compare(tmp_path / "导出").is_whole
