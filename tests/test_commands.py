"""The commands as schedules, support and checks use them: results on stdout, one sentence on stderr."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

import main
from models import clock
from models.documents.blocks import Document
from models.office import Setup, create_office, open_office
from models.records.organisation import Person, Unit
from models.store.backup import list_backups
from models.store.home import DataHome
from reports.catalog import REPORTS
from tests.fixtures import SmallOffice
from tests.fixtures import office as small_office
from tests.models.intake.test_accept import NOTICE

ROOT = Path(__file__).resolve().parent.parent


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Program:
    """The program over one data folder."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def __call__(self, *words: object) -> Ran:
        self._capsys.readouterr()
        code = main.main(["--data", str(self.data), *map(str, words)])
        return Ran(code, *self._capsys.readouterr())

    def refused(self, *words: object) -> str:
        """Run a command that must be refused; return its one sentence."""
        ran = self(*words)
        assert ran.code == 2, ran
        assert ran.err.count("\n") >= 1
        assert "Traceback" not in ran.err
        return ran.err.splitlines()[-1]


@pytest.fixture
def program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(tmp_path / "台账", capsys)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE, "utf-8")
    return file


@pytest.fixture
def filled(program: Program, notice: Path) -> Program:
    """An office with what the notice sets up."""
    assert program("intake", notice, "--accept").code == 0
    return program


# Text to organisation -----------------------------------------------------------------------


def test_intake_prints_what_a_text_proposes(program: Program, notice: Path) -> None:
    read = program("intake", notice).json
    assert [body["name"] for body in read["organisations"]] == [
        "澜溪县依法行政协调指导办公室",
        "澜溪县公正司法协调指导办公室",
    ]
    assert not program.data.exists()


def test_intake_writes_json_and_gives_its_path(program: Program, notice: Path, tmp_path: Path) -> None:
    ran = program("intake", notice, "--json", tmp_path / "结果.json")
    assert ran.lines == [str(tmp_path / "结果.json")]
    assert len(json.loads((tmp_path / "结果.json").read_text("utf-8"))["duties"]) == 4


def test_intake_accepts_into_a_new_office_and_says_how_it_opens(program: Program, notice: Path) -> None:
    ran = program("intake", notice, "--accept")
    assert ran.lines == ["登记机构 2 个、单位 6 家、成员单位 7 家次、组内职务 8 席、制度条款 5 条。"]
    assert "恢复码" in ran.err
    assert len(program("list", "membership", "--json").json) == 7
    with open_office(program.data) as office:
        assert office.settings.office_name == "澜溪县依法治县领导小组办公室"
        assert office.settings.area_name == "澜溪县"


def test_accepting_again_doubles_nothing(filled: Program, notice: Path) -> None:
    assert filled("intake", notice, "--accept").lines[0].startswith("没有新内容")
    assert len(filled("list", "unit", "--json").json) == 6


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00\x00\x00", "文字编码无法识别"),
        (b"", "没有读到机构"),
        ("今天天气很好。".encode(), "没有读到机构"),
    ],
)
def test_a_text_that_sets_up_nothing_makes_no_office(
    program: Program, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "坏.txt").write_bytes(content)
    assert sentence in program.refused("intake", tmp_path / "坏.txt", "--accept")
    assert not program.data.exists()


# Lists --------------------------------------------------------------------------------------


def test_a_list_gives_fields_by_name_and_references_by_id_and_text(filled: Program) -> None:
    member = filled("list", "membership", "--json").json[0]
    assert member["unit"]["display"] == "县监察局"
    assert member["position"] == 1
    assert member["valid_from"] == "2008-07-15"
    assert member["id"] != member["unit"]["id"]


def test_a_list_is_as_of_a_day(filled: Program) -> None:
    assert filled("list", "body", "--json", "--as-of", "2008-07-14").json == []
    assert len(filled("list", "body", "--json", "--as-of", "2008-07-15").json) == 2


def test_a_list_for_reading_has_labels_above(filled: Program) -> None:
    first, second, *_ = filled("list", "membership").lines
    assert first.split("\t")[:2] == ["机构", "单位"]
    assert second.split("\t")[:2] == ["澜溪县依法行政协调指导办公室", "县监察局"]


def test_obligations_are_listed_the_same_way(filled: Program) -> None:
    owed = filled("list", "obligation", "--json", "--as-of", "2009-12-01").json
    assert {"id", "clause", "owner", "due", "state"} <= owed[0].keys()
    assert "2009-11-15" in {row["due"] for row in owed}


# Excel --------------------------------------------------------------------------------------


def test_an_export_comes_back_without_change(filled: Program, tmp_path: Path) -> None:
    for kind in ("unit", "body", "membership", "seat", "clause"):
        file = tmp_path / f"{kind}.xlsx"
        assert filled("export", kind, file).lines == [str(file)]
        assert "新增 0" in (ran := filled("import", kind, file)).out and "更新 0" in ran.out


def test_a_template_is_filled_and_imported(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "单位.xlsx"
    assert program("template", "unit", file).code == 0
    assert "一行也没有填" in program.refused("import", "unit", file)
    book = load_workbook(file)
    assert book.sheetnames == ["单位", "填写说明", "选项"]
    book["单位"].append(["县司法局", None, "政府"])
    book.save(file)
    assert program("import", "unit", file).lines == ["单位：新增 1 家，更新 0 家，未变 0 家。"]
    with open_office(program.data) as office:
        assert [(unit.name, unit.category) for unit in office.ledger.find(Unit)] == [("县司法局", "政府")]


def test_a_refused_import_writes_nothing_and_hands_the_errors_back(filled: Program, tmp_path: Path) -> None:
    file, back = tmp_path / "单位.xlsx", tmp_path / "错误.xlsx"
    book = Workbook()
    for row in (["单位名称", "建制顺序"], ["县农业农村局", 1], ["县林业局", "头一个"]):
        book.active.append(row)
    book.save(file)
    sentence = filled.refused("import", "unit", file, "--errors", back)
    assert sentence == "有 1 行不对，一行也没有写入。第 3 行“建制顺序”：“头一个”不是整数"
    assert len(filled("list", "unit", "--json").json) == 6
    rows = list(load_workbook(back).active.iter_rows(values_only=True))
    assert rows[0] == ("单位名称", "建制顺序", "错误")
    assert rows[2] == ("县林业局", "头一个", "建制顺序：“头一个”不是整数")


def test_an_import_is_preceded_by_a_backup(filled: Program, tmp_path: Path) -> None:
    filled("export", "unit", tmp_path / "单位.xlsx")
    book = load_workbook(tmp_path / "单位.xlsx")
    book.active.cell(2, 2, "新简称")
    book.save(tmp_path / "单位.xlsx")
    assert "更新 1 家" in filled("import", "unit", tmp_path / "单位.xlsx").out
    assert "导入前" in [backup.reason for backup in list_backups(DataHome(filled.data).backups)]


def test_exports_mask_telephones_and_hold_no_formulas(filled: Program, tmp_path: Path) -> None:
    with open_office(filled.data) as office, office.ledger.action("登记") as action:
        action.add(Person(name="=1+1", phone="13800008000"))
    for words, phone in (((), "138****8000"), (("--phones",), "13800008000")):
        filled("export", "person", tmp_path / "人员.xlsx", *words)
        sheet = load_workbook(tmp_path / "人员.xlsx").active
        cells = {
            sheet.cell(1, column).value: sheet.cell(2, column) for column in range(1, sheet.max_column + 1)
        }
        assert (cells["姓名"].value, cells["姓名"].data_type) == ("=1+1", "s")
        assert cells["手机"].value == phone


# Papers and the year -------------------------------------------------------------------------


@pytest.fixture
def meeting(program: Program, tmp_path: Path) -> Program:
    """An office with one meeting held on 2026-10-13."""
    made, _ = create_office(program.data, Setup(office_name="澜溪县依法治县办公室", area_name="澜溪县"))
    with made:
        office: SmallOffice = small_office.__wrapped__(made.ledger)  # type: ignore[attr-defined]
        with made.ledger.action("召开") as action:
            action.change(dataclasses.replace(office.meeting, state="召开"))
    return program


def test_the_catalogue_names_every_paper(program: Program) -> None:
    assert [line.split("\t")[0] for line in program("reports").lines] == list(REPORTS)


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_paper_is_written_by_name_of_its_meeting(meeting: Program, tmp_path: Path, suffix: str) -> None:
    ran = meeting("report", "minutes", "--meeting", "第三季度联席会议", "--to", tmp_path / f"纪要{suffix}")
    assert ran.lines == [str(tmp_path / f"纪要{suffix}")]
    assert (tmp_path / f"纪要{suffix}").read_bytes()[:4] == {".pdf": b"%PDF", ".docx": b"PK\x03\x04"}[suffix]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("report", "minutes", "--to", "x.pdf"), "要指明会议"),
        (("report", "minutes", "--meeting", "没有的会", "--to", "x.pdf"), "没有编号或名称为“没有的会”的会议"),
        (("report", "minutes", "--meeting", "第三季度联席会议", "--to", "x.odt"), "不能存为“.odt”"),
        (("report", "没有", "--to", "x.pdf"), "没有“没有”这种报表"),
        (("year", "2027", "--to", "x"), "2027 年还没有到"),
    ],
)
def test_a_paper_that_cannot_be_is_told_in_a_sentence(
    meeting: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert sentence in meeting.refused(*words)
    assert set(tmp_path.iterdir()) == before


def test_a_year_is_exported_and_verified(meeting: Program, tmp_path: Path) -> None:
    to = tmp_path / "U盘" / "2026年"
    ran = meeting("year", 2026, "--to", to)
    assert ran.lines == [str(to)]
    assert "可以安全拔出" in ran.err
    names = {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}
    assert {"manifest.json", "数据/单位.xlsx", "数据/制度要求.xlsx", "年度/年度总结.xlsx"} <= names
    assert "文书/2026-10-13 第三季度联席会议/会议纪要.pdf" in names
    manifest = json.loads((to / "manifest.json").read_text("utf-8"))
    assert (manifest["year"], manifest["office"], manifest["as_of"]) == (
        2026, "澜溪县依法治县办公室", min(date.today(), date(2026, 12, 31)).isoformat(),
    )  # fmt: skip
    assert meeting("verify", to).code == 0


def test_verify_names_what_differs(meeting: Program, tmp_path: Path) -> None:
    to = tmp_path / "2026年"
    meeting("year", 2026, "--to", to)
    (to / "数据/人员.xlsx").rename(to / "数据/人.xlsx")
    (to / "数据/单位.xlsx").write_bytes(b"x")
    ran = meeting("verify", to)
    assert ran.code == 2
    assert ran.lines == ["内容被改动：数据/单位.xlsx", "改了名：数据/人员.xlsx → 数据/人.xlsx"]
    assert ran.err == "校验不通过：改动 1 个、缺少 0 个、改名 1 个、多出 0 个文件。\n"
    assert "别的文件（数据/人.xlsx）" in meeting.refused("year", 2026, "--to", to)


def test_a_year_replaces_its_earlier_export(meeting: Program, tmp_path: Path) -> None:
    to = tmp_path / "2026年"
    for _ in range(2):
        assert meeting("year", 2026, "--to", to).code == 0
    assert meeting("verify", to).code == 0


def test_the_turn_of_the_year_is_told_then_done_once(meeting: Program) -> None:
    with clock.held_at(datetime(2027, 1, 4, 9)):
        assert "还没有过完" in meeting.refused("close-year", "--year", 2027)
        told = meeting("close-year", "--year", 2026, "--plan", "--json").json
        assert (told["closed"], told["figures"]["meetings"], told["next_number"]) == (
            False, 1, "督办〔2027〕1号",
        )  # fmt: skip
        assert meeting("list", "closed_year", "--json").json == []
        ran = meeting("close-year", "--year", 2026)
        (closed,) = meeting("list", "closed_year", "--json").json
        assert ran.lines[-1] == f"2026 年度已结转，校验值 {closed['digest']}。"
        assert f"编号 {closed['serial']}" in ran.lines[0]
        assert "已经结转" in meeting.refused("close-year", "--year", 2026)


def test_a_year_leaves_nothing_when_a_paper_cannot_be_printed(
    meeting: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: Document, suffix: str, stream: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr("reports.year_folder.render", broken)
    assert "磁盘已满" in meeting.refused("year", 2026, "--to", tmp_path / "2026年")
    assert not list((tmp_path / "2026年").iterdir())


# Safety ---------------------------------------------------------------------------------------


def test_a_backup_brings_the_ledger_back(filled: Program, tmp_path: Path) -> None:
    backup = tmp_path / "台账.fzbak"
    assert filled("backup", "--to", backup).lines == [str(backup)]
    with open_office(filled.data) as office:
        office.ledger.undo()
    assert filled("list", "unit", "--json").json == []
    assert filled("restore", backup).code == 0
    assert len(filled("list", "unit", "--json").json) == 6


def test_a_broken_backup_changes_nothing(filled: Program, tmp_path: Path) -> None:
    (tmp_path / "坏.fzbak").write_bytes(b"PK nothing")
    assert "已损坏或不是本程序的备份" in filled.refused("restore", tmp_path / "坏.fzbak")
    assert len(filled("list", "unit", "--json").json) == 6


def test_a_backup_of_another_office_needs_its_recovery_code(filled: Program, tmp_path: Path) -> None:
    other, code = create_office(tmp_path / "别处", Setup())
    with other:
        with other.ledger.action("登记") as action:
            action.add(Unit(name="别处的局"))
        other.save_backup(tmp_path / "别处.fzbak")
    assert "恢复码" in filled.refused("restore", tmp_path / "别处.fzbak")
    assert filled("restore", tmp_path / "别处.fzbak", "--recovery-code", code).code == 0
    assert [unit["name"] for unit in filled("list", "unit", "--json").json] == ["别处的局"]


def test_check_finds_nothing_in_a_sound_ledger(filled: Program) -> None:
    assert filled("check").lines == ["台账完好：文件、附件、操作记录、引用、数据表和文书数据都已检查。"]


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        ("UPDATE unit SET headline = '别名' WHERE name = '县公安局'", "单位有 1 条的名称索引过时"),
        ("ALTER TABLE unit ADD COLUMN extra TEXT", "单位的数据表多出 extra 一栏"),
        ("UPDATE body SET deleted_at = '2026-01-01 00:00:00'", "所属的机构却在回收站里"),
        ("PRAGMA foreign_keys=OFF; UPDATE body SET host_unit = 'gone' WHERE position = 1", "记录引用缺失"),
    ],
)
def test_check_names_what_is_wrong(filled: Program, harm: str, finding: str) -> None:
    with open_office(filled.data) as office:
        for statement in harm.split(";"):
            office.ledger.db.execute(statement)
    ran = filled("check")
    assert ran.code == 2
    assert finding in ran.out
    assert "处问题，请先备份" in ran.err


def test_check_finds_a_history_that_was_rewritten(filled: Program) -> None:
    with open_office(filled.data) as office:
        office.ledger.db.execute("DROP TRIGGER action_no_update")
        office.ledger.db.execute("UPDATE action SET sentence = '没有的事'")
    assert "操作记录第 1 步与校验值不符" in filled("check").out


# The command line itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("list",), "缺少参数：种类"),
        (("list", "没有的"), "没有“没有的”这种记录"),
        (("没有的命令",), "“没有的命令”不是"),
        (("list", "unit", "--没有"), "不认识的参数：--没有"),
        (("list", "unit", "--as-of", "2026-13-01"), "没有 13 月"),
        (("year", "26", "--to", "x"), "“26”不是年份"),
        (("report", "minutes", "--meeting", "a", "--body", "b", "--to", "x.pdf"), "不能一起用"),
        (("import", "obligation", "x.xlsx"), "不能导入"),
        (("template", "closed_year", "x.xlsx"), "“年度结转”不能导入：年度在“报表”的“年度导出”里结转"),
        (("template", "attachment", "x.xlsx"), "附件在它所属记录的“附件”里加入"),
        (("import", "unit", "没有.xlsx"), "打不开“没有.xlsx”"),
        (("export", "unit", "单位.csv"), "应为 .xlsx"),
        (("verify", "没有的文件夹"), "找不到文件夹"),
    ],
)
def test_what_is_wrong_with_a_command_is_one_chinese_sentence(
    filled: Program, words: tuple[str, ...], sentence: str
) -> None:
    ran = filled(*words)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_commands_that_only_read_make_no_office(program: Program) -> None:
    for words in (("list", "unit"), ("check",), ("backup", "--to", "x"), ("year", "2025", "--to", "x")):
        assert "还没有台账" in program.refused(*words)
    assert not program.data.exists()


def test_a_password_is_read_from_its_file(program: Program, notice: Path, tmp_path: Path) -> None:
    secret = tmp_path / "密码.txt"
    secret.write_text("correct horse 9\n", "utf-8")
    assert program("intake", notice, "--accept", "--password-file", secret).code == 0
    assert len(program("--password-file", secret, "list", "unit", "--json").json) == 6
    assert "有密码" in program.refused("list", "unit")
    secret.write_text("correct horse 8", "utf-8")
    assert "密码不对" in program.refused("list", "unit", "--password-file", secret)


def test_an_office_that_is_open_says_who_holds_it(filled: Program) -> None:
    with open_office(filled.data):
        assert "打开" in filled.refused("list", "unit")


def test_a_fault_of_ours_is_told_in_a_sentence_and_logged_without_names(
    filled: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("电话 13800008000")

    monkeypatch.setattr("reports.commands.records.json_rows", broken)
    ran = filled("list", "unit", "--json")
    log = filled.data / "logs" / "program.log"
    assert (ran.code, ran.out, ran.err) == (1, "", f"程序出了意外，没有完成。详情见日志 {log}\n")
    assert "RuntimeError" in log.read_text("utf-8")
    assert "13800008000" not in log.read_text("utf-8")


def test_help_is_chinese(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("--help",), ("year", "--help")):
        with pytest.raises(SystemExit) as ended:
            main.main(words)
        shown = capsys.readouterr().out
        assert ended.value.code == 0
        assert "用法：" in shown and "usage" not in shown and "show this" not in shown


# As processes of their own ---------------------------------------------------------------------


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)], capture_output=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def test_output_is_utf8_whatever_the_locale(notice: Path, tmp_path: Path) -> None:
    ran = process(
        "--data", tmp_path / "a", "intake", notice, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert ran.returncode == 0
    assert "澜溪县依法行政协调指导办公室" in ran.stdout.decode("utf-8")
    refused = process("list", "unit", "--data", tmp_path / "a", LC_ALL="C", PYTHONUTF8="0")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "还没有台账" in refused.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so(tmp_path: Path) -> None:
    ran = process("--data", tmp_path / "a", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (ran.returncode, ran.stderr.decode().count("\n")) == (2, 1)
    assert "没有图形界面" in ran.stderr.decode()


def test_the_showcase_prints_the_sample_countys_papers_and_a_picture(tmp_path: Path) -> None:
    ran = process("--data", tmp_path / "a", "showcase", "--to", tmp_path / "out")
    assert ran.returncode == 0, ran.stderr.decode()
    written = [Path(line) for line in ran.stdout.decode().splitlines()]
    assert {path.suffix for path in written} == {".pdf", ".docx", ".xlsx", ".png"}
    assert all(path.stat().st_size > 4_000 for path in written)
    assert len({path.stem for path in written}) == len(REPORTS) + 1
    again = process("--data", tmp_path / "a", "demo")
    assert again.returncode == 2
    assert "已有内容" in again.stderr.decode()
