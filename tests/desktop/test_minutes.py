"""From an empty desk to minutes on paper in the real program: by mouse, by keyboard alone, over the bus alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest

from tests.desktop.desktop import Desktop, missing, until
from tests.desktop.hands import Bus, Hands, Keyboard, Mouse
from tests.desktop.program import Program, command
from tests.desktop.screen import missing_accessibility

REASON = missing("openbox") or missing_accessibility()
pytestmark = [pytest.mark.desktop, pytest.mark.skipif(bool(REASON), reason=REASON)]
WAYS = {"mouse": Mouse, "keyboard": Keyboard, "bus": Bus}
GROUP = "县委依法治县委立法协调小组"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with Desktop(tmp_path_factory.mktemp("minutes") / "session") as desktop:
        desktop.manage_windows()
        yield desktop


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county."""
    data = tmp_path_factory.mktemp("county") / "data"
    command(data, "demo")
    return data


def set_up(hands: Hands, office: str) -> None:
    """Answer the wizard of the first start and put the recovery code away."""
    hands.fill("单位全称", office)
    hands.fill("所在地区", "澜溪县")
    hands.fill("经办人", "苏映川")
    hands.choose("机构方案", "全面依法治理委员会（办公室和四个协调小组）")
    hands.fill("密码", "lanxi-2026")
    hands.fill("再输一次", "lanxi-2026")
    hands.press("建立台账")
    hands.tick("已经打印或抄写，并妥善保管")
    hands.press("开始使用")


def new_meeting(hands: Hands, body: str) -> None:
    hands.go("会议")
    hands.press("新建会议")
    hands.fill("会议名称", "第二次成员单位会议")
    hands.choose("会议类型", "成员单位会议")
    hands.fill("所属机构", body)
    hands.fill("开始时间", "2026-11-20 9:30")
    hands.fill("地点", "县政府三楼会议室")


def save_minutes(hands: Hands, target: Path) -> str:
    """Go from the meeting to its minutes, save them as PDF and return the words on the paper."""
    hands.press("会议纪要")
    hands.press("另存为 PDF")
    hands.fill("文件名称(N)：", str(target))
    hands.press("保存(S)")
    until(target.exists, f"{target.name}", 20)
    hands.press("返回")
    with pdfplumber.open(target) as paper:
        return "".join(page.extract_text() for page in paper.pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("way", WAYS)
def test_minutes_of_a_meeting(desktop: Desktop, county: Path, tmp_path: Path, way: str) -> None:
    data = Path(shutil.copytree(county, tmp_path / "data"))
    with Program(desktop, data) as program:
        hands = WAYS[way](desktop, program.screen)
        new_meeting(hands, GROUP)
        hands.fill("主持人", "常楠")
        hands.press("保存")
        hands.mark("出席")
        hands.mark("请假")
        hands.fill("请假时间", "2026-11-19 15:00")
        hands.fill("请假事由", "参加市里培训")
        hands.press("保存")
        hands.press("其余全部出席")
        words = save_minutes(hands, tmp_path / "纪要.pdf")
        assert program.complaints() == []
    for part in (
        "第二次成员单位会议",
        "2026年11月20日",
        "县政府三楼会议室",
        "常楠",
        "请假：县人大监察和司法委员会孟淑贞",
    ):
        assert part in words
    assert "2026年11月19日 15:00" in command(data, "list", "attendance"), "when leave was asked for"


@pytest.mark.parametrize("way", WAYS)
def test_minutes_in_a_new_office(desktop: Desktop, tmp_path: Path, way: str) -> None:
    """The wizard sets the office up; whoever comes is entered as a guest, since nobody is on the roster yet."""
    with Program(desktop, tmp_path / "data") as program:
        hands = WAYS[way](desktop, program.screen)
        set_up(hands, "中共澜溪县委全面依法治县委员会办公室")
        new_meeting(hands, "中共澜溪县委全面依法治县委员会办公室")
        hands.press("保存")
        hands.press("加列席人员")
        hands.fill("姓名", "陆怀谦")
        hands.fill("职务", "一级调研员")
        hands.press("加入")
        words = save_minutes(hands, tmp_path / "纪要.pdf")
        assert program.complaints() == []
    for part in ("第二次成员单位会议", "县政府三楼会议室", "列席：陆怀谦"):
        assert part in words
    assert list((tmp_path / "data" / "backups").iterdir()), "a backup was made on leaving"
