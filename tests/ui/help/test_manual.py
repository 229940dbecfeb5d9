"""The manual: a chapter for every page, only keys that exist, found by words, opened by F1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.records.base import all_kinds
from models.store.ledger import Ledger
from tests.ui import walk
from ui.help.manual import Chapter, chapters
from ui.help.viewer import Manual, key_words
from ui.pages.meeting.attendance_view import CHOICES
from ui.session import Session
from ui.shell import make_window, page_specs

ROOT = Path(__file__).parents[3]
SOURCE = "\n".join(
    file.read_text("utf-8") for file in (ROOT / "ui").rglob("*.py") if "help" not in file.parts
)
QTS_OWN = {"Tab", "Shift+Tab", "Ctrl+C", "Up", "Down", "Enter", "Space", "Esc"}
"""Keys of Qt's own lists, fields and buttons."""


@pytest.fixture(params=chapters(), ids=lambda chapter: chapter.id)
def chapter(request: pytest.FixtureRequest) -> Chapter:
    return request.param


def test_every_page_has_its_chapter(ledger: Ledger, qapp: object) -> None:
    pages = {spec.id for spec in page_specs(Session(ledger))}
    assert pages - {one.id for one in chapters()} == set()


def test_a_chapter_has_a_title_and_something_to_say(chapter: Chapter) -> None:
    assert chapter.title
    assert not chapter.title.startswith("#")
    assert sum(block.style != "section" for block in chapter.blocks) >= 3
    steps = [block.number for block in chapter.blocks if block.style == "step"]
    assert all(
        number == 1 or number == before + 1 for before, number in zip([0, *steps], steps, strict=False)
    )


def bound(key: str) -> bool:
    """Tell whether the window binds *key*, or one of our widgets takes it."""
    if key in QTS_OWN:
        return True
    if re.fullmatch(r"Ctrl\+[1-9]", key):
        return 'f"Ctrl+{number}"' in SOURCE
    if re.fullmatch(r"[1-5]", key):
        return int(key) <= len(CHOICES)
    names = {f'"{key}"', f'"{key.replace("Enter", "Return")}"'}
    handled = re.fullmatch(r"F\d+|Del|Space", key) and f"Key_{key.replace('Del', 'Delete')}" in SOURCE
    alt_down = key == "Alt+Down" and "alt_down" in SOURCE
    return any(name in SOURCE for name in names) or bool(handled) or alt_down


def test_every_key_it_names_exists(chapter: Chapter) -> None:
    named = [piece for block in chapter.blocks for piece, is_key in block.runs if is_key]
    assert [key for key in named if not bound(key)] == []
    assert [key for key in named if QKeySequence(key).isEmpty()] == []


def test_a_key_that_nobody_binds_is_noticed() -> None:
    assert [key for key in ("Ctrl+Q", "F11", "Alt+Up") if bound(key)] == []


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Ctrl+S", "Ctrl+S"),
        ("Space", "空格"),
        ("Alt+Down", "Alt+↓"),
        ("Ctrl++", "Ctrl+加号"),
        ("Ctrl+-", "Ctrl+减号"),
    ],
)
def test_keys_are_written_as_the_keyboard_has_them(key: str, shown: str) -> None:
    assert key_words(key) == shown


def words_named(chapter: Chapter) -> list[str]:
    """Return what stands in quotes: pages, buttons and columns named in the text."""
    return [name for block in chapter.blocks for name in re.findall(r"“([^”]{2,12})”", block.text)]


def test_buttons_and_pages_it_names_are_in_the_window(chapter: Chapter) -> None:
    declared = "\n".join(file.read_text("utf-8") for file in (ROOT / "models").rglob("*.py")) + SOURCE
    declared += "".join(f"新增{kind.label}\n" for kind in all_kinds())
    assert [name for name in words_named(chapter) if name not in declared] == []


def test_the_keys_of_the_attendance_grid_are_told_right() -> None:
    text = "".join(
        block.text for chapter in chapters() if chapter.id == "meetings" for block in chapter.blocks
    )
    assert all(f"{number} {word}" in text for number, word in enumerate(CHOICES, 1))


def test_f1_opens_the_chapter_of_the_page(qtbot: QtBot, ledger: Ledger) -> None:
    session = Session(ledger)
    window = make_window(session)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_page("roster")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    manual = window.findChild(Manual)
    assert manual.isVisible()
    assert manual.current().id == "roster"
    window.open_page("settings")
    window.top.help.click()
    assert window.findChildren(Manual) == [manual]
    assert manual.current().id == "settings"


def test_words_are_found_in_the_manual(qtbot: QtBot) -> None:
    manual = Manual()
    qtbot.addWidget(manual)
    manual.show()
    manual._find("恢复码")
    shown = [chapter.id for place, chapter in enumerate(chapters()) if not manual.list.item(place).isHidden()]
    assert "backup" in shown
    assert "calendar" not in shown
    assert manual.page.textCursor().selectedText() == "恢复码"
    manual._find("")
    assert not any(manual.list.item(place).isHidden() for place in range(manual.list.count()))
    assert walk.faults(manual) == []
