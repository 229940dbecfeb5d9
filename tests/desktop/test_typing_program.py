"""Chinese composed by real input methods arrives in the real window, in every kind of field, and is never lost."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from models.office import Setup, create_office
from models.records.organisation import Body, Person
from tests.desktop.desktop import Desktop, missing, until
from tests.desktop.program import Program
from tests.desktop.screen import Screen, missing_accessibility

REASON = missing("openbox", "ibus-daemon", "fcitx5") or missing_accessibility()
pytestmark = [pytest.mark.desktop, pytest.mark.skipif(bool(REASON), reason=REASON)]
WORD = re.compile("[\u4e00-\u9fff]{2,3}")  # what an input method makes of "zhangsan": it learns


@pytest.fixture(scope="module", params=["ibus", "fcitx5"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program over an office of one body and two persons, with an input method switched on."""
    folder = tmp_path_factory.mktemp(request.param)
    office, _code = create_office(folder / "data", Setup(office_name="澜溪县依法治县办", clerk="苏映川"))
    with office, office.ledger.action("登记样例") as action:
        action.add(Body(name="依法行政协调小组", category="协调小组"))
        action.add(Person(name="李四"))
        action.add(Person(name="王五"))
    with Desktop(folder / "session") as desktop:
        desktop.manage_windows()
        desktop.start_ibus() if request.param == "ibus" else desktop.start_fcitx5()
        with Program(desktop, folder / "data") as program:
            program.screen.focus("搜索", "text")
            desktop.use_ibus_pinyin() if request.param == "ibus" else desktop.use_fcitx5_pinyin()
            yield program
            program.kill()


@pytest.fixture
def screen(program: Program) -> Screen:
    """The window on its page 会议 with an empty form of a new one."""
    screen = program.screen
    program.desktop.keys("Escape")
    time.sleep(0.3)
    if "继续编辑" in screen.names("push button"):  # what a test before left unsaved is asked about
        screen.press("继续编辑")
    screen.press("会议", "check box")
    if "会议名称" not in screen.names("text"):
        screen.press("新建会议")
    for field in ("会议名称", "会议要求", "主持人", "找会议"):
        screen.set_text(field, "", "text")
    return screen


def compose(program: Program, field: str) -> None:
    """Type zhangsan into *field*, not yet committed: nothing of it is in the field."""
    program.screen.focus(field, "text")
    time.sleep(0.3)  # the focus travels to the input method over the bus
    program.desktop.type("zhangsan")
    time.sleep(0.5)
    assert program.screen.read(field, "text") == ""


def holds_name(screen: Screen, field: str) -> bool:
    return bool(WORD.fullmatch(screen.read(field, "text").strip()))


@pytest.mark.parametrize("field", ["会议名称", "会议要求", "主持人", "找会议", "搜索"])
def test_a_word_arrives_when_it_is_committed(program: Program, screen: Screen, field: str) -> None:
    compose(program, field)
    program.desktop.keys("space")
    until(lambda: holds_name(screen, field), f"a name in {field}")
    screen.set_text(field, "", "text")


def test_the_list_is_searched_for_whole_words_only(program: Program, screen: Screen) -> None:
    before = screen.names("label")
    compose(program, "找会议")
    assert screen.names("label") == before, "half a word searched"
    program.desktop.keys("space")
    until(lambda: holds_name(screen, "找会议"), "the word")


def test_a_text_is_typed_into_the_reader_of_documents(program: Program, screen: Screen) -> None:
    screen.press("台账", "check box")
    screen.press("从文件识别")
    compose(program, "公文全文")
    program.desktop.keys("space")
    until(lambda: holds_name(screen, "公文全文"), "a name in the text")
    screen.set_text("公文全文", "")


@pytest.mark.parametrize("field", ["会议名称", "会议要求", "主持人"])
def test_saving_while_composing_loses_nothing(program: Program, screen: Screen, field: str) -> None:
    """Either the input method takes Ctrl+S and goes on composing, or the word is in its field, as shown."""
    compose(program, field)
    program.desktop.keys("ctrl+s")
    time.sleep(0.5)
    if not screen.read(field, "text"):
        program.desktop.keys("space")
    until(lambda: screen.read(field, "text"), f"the word in {field}")


@pytest.mark.parametrize("field", ["会议名称", "会议要求", "主持人"])
def test_a_click_elsewhere_keeps_the_word(program: Program, screen: Screen, field: str) -> None:
    compose(program, field)
    program.desktop.click(*screen.place("找会议", "text"))
    until(lambda: screen.read(field, "text"), f"the word in {field}")
    assert screen.read("找会议", "text") == ""


def test_nothing_was_complained_of(program: Program) -> None:
    assert program.complaints() == []
