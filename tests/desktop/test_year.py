"""The bar of the whole: from an empty folder and a notice to minutes and a verified year, over the bus alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pdfplumber
import pytest

from models.office import Setup, create_office
from tests.desktop.desktop import Desktop, missing, until
from tests.desktop.hands import Bus
from tests.desktop.notice import MEMBERSHIPS, OFFICES, TEXT, UNITS
from tests.desktop.program import Program, command
from tests.desktop.screen import missing_accessibility
from ui.forms.record_form import DRAFT_EVERY_MS

REASON = missing("openbox") or missing_accessibility()
pytestmark = [pytest.mark.desktop, pytest.mark.skipif(bool(REASON), reason=REASON)]
BODY = "澜溪县依法行政协调指导办公室"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("year") / "session") as desktop:
        desktop.manage_windows()
        yield desktop


def set_up(hands: Bus) -> None:
    """Answer the wizard: no password, organisation from a text."""
    hands.fill("单位全称", "澜溪县依法治县领导小组办公室")
    hands.fill("所在地区", "澜溪县")
    hands.fill("经办人", "苏映川")
    hands.choose("机构方案", "从文件识别：有设立机构的通知")
    hands.press("不设密码：能用这台电脑的人都能打开台账")
    hands.press("建立台账")
    hands.tick("已经打印或抄写，并妥善保管")
    hands.press("开始使用")


def read_notice(program: Program, hands: Bus) -> None:
    """Paste the notice, accept what it proposes, write it."""
    hands.fill("公文全文", TEXT)
    hands.press("识别")
    hands.press("采用全部可靠项")
    until(lambda: _written(program), "the button that writes")
    hands.press(_written(program))
    until(lambda: "打开名册" in program.screen.names("push button"), "what was written")


def _written(program: Program) -> str:
    names = program.screen.names("push button")
    return next((name for name in names if re.fullmatch(r"写入 [1-9]\d* 条", name)), "")


def hold_meeting(hands: Bus) -> None:
    hands.go("会议")
    hands.press("新建会议")
    hands.fill("会议名称", "第一次成员单位会议")
    hands.choose("会议类型", "成员单位会议")
    hands.fill("所属机构", BODY)
    hands.fill("开始时间", "2026-03-20 9:30")
    hands.fill("地点", "县政府三楼会议室")
    hands.press("保存")
    hands.press("加列席人员")
    hands.fill("姓名", "陆怀谦")
    hands.fill("单位", "县财政局")
    hands.press("加入")


def save_as(hands: Bus, button: str, target: Path) -> None:
    hands.press(button)
    hands.fill("文件名称(N)：", str(target))
    hands.press("保存(S)")
    until(target.exists, target.name, 20)


def test_from_a_notice_to_a_verified_year(desktop: Desktop, tmp_path: Path) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    with Program(desktop, data) as program:
        hands = Bus(desktop, program.screen)
        set_up(hands)
        read_notice(program, hands)
        hold_meeting(hands)
        hands.press("会议纪要")
        save_as(hands, "另存为 PDF", tmp_path / "纪要.pdf")
        save_as(hands, "另存为 Word", tmp_path / "纪要.docx")
        hands.press("返回")
        hands.go("报表")
        export_year(program, hands, stick)
        assert program.complaints() == []
    listed = {
        kind: len(command(data, "list", kind).splitlines()) - 1 for kind in ("body", "membership", "unit")
    }
    assert listed == {"body": len(OFFICES), "membership": MEMBERSHIPS, "unit": UNITS}
    with pdfplumber.open(tmp_path / "纪要.pdf") as paper:
        words = "".join(page.extract_text() for page in paper.pages).replace("\n", "")
    written = "".join(line.text for line in docx.Document(str(tmp_path / "纪要.docx")).paragraphs)
    for part in ("第一次成员单位会议", "县政府三楼会议室", "陆怀谦"):
        assert part in words
        assert part in written
    (folder,) = stick.iterdir()
    assert command(data, "verify", str(folder))


def export_year(program: Program, hands: Bus, stick: Path) -> None:
    """Write this year to the folder *stick*, and have it checked."""
    program.screen.select("文书", "年度导出")
    hands.press("其他位置")
    choose_folder(hands, stick)
    hands.press("导出")
    until(lambda: says(program, "读回核对，可以安全拔出"), "the end of the export", 90)
    hands.press("选择文件夹校验")
    choose_folder(hands, next(stick.iterdir()))
    until(lambda: says(program, "校验通过"), "the result of the check", 30)


def choose_folder(hands: Bus, folder: Path) -> None:
    hands.fill("目录：", str(folder))
    hands.press("选择(C)")


def says(program: Program, words: str) -> bool:
    return any(words in name for name in program.screen.names("label"))


def test_what_was_typed_but_not_saved_is_offered_again(desktop: Desktop, tmp_path: Path) -> None:
    data = tmp_path / "data"
    office, _code = create_office(
        data, Setup(office_name="澜溪县依法治县办", area_name="澜溪县", clerk="苏映川")
    )
    office.close()
    with Program(desktop, data) as program:
        hands = Bus(desktop, program.screen)
        hands.go("会议")
        hands.press("新建会议")
        hands.fill("会议名称", "没来得及保存的会")
        time.sleep(DRAFT_EVERY_MS / 1000 + 1)
        program.kill()
    with Program(desktop, data) as program:
        hands = Bus(desktop, program.screen)
        hands.go("会议")
        hands.press("新建会议")
        assert program.screen.read("会议名称", "text") == "没来得及保存的会"
        assert says(program, "没有保存的内容")
        program.kill()
