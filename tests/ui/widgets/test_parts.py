"""Turning the parts of a page, whatever they are chosen with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.parts import Picker, turn_parts
from ui.widgets.section_list import SectionList
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tabs import Tabs

NAMES = ("出席", "议程", "概况")
PICKERS = (
    lambda: SegmentedControl(NAMES),
    lambda: Tabs("部分", NAMES),
    lambda: SectionList("部分", [(name, "") for name in NAMES]),
)


@pytest.mark.parametrize("make", PICKERS)
def test_a_part_that_cannot_be_left_stays(make: Callable[[], Picker], qtbot: QtBot) -> None:
    picker = make()
    qtbot.addWidget(picker)
    picker.pick(0)
    may_go, shown, asked = [False, True], list[int](), list[int]()

    def can_leave() -> bool:
        asked.append(picker.current())
        return may_go.pop(0)

    turn_parts(picker, can_leave, shown.append)
    picker.pick(2)
    qtbot.waitUntil(lambda: picker.current() == 0)
    assert (shown, asked) == ([], [2])
    picker.pick(1)
    assert (picker.current(), shown, asked) == (1, [1], [2, 1])
