"""Turning the parts of a page: what leaving the page asks about is asked before another part is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from ui.widgets.section_list import SectionList
from ui.widgets.segmented import SegmentedControl
from ui.widgets.tabs import Tabs

Picker = SegmentedControl | SectionList | Tabs


def turn_parts(picker: Picker, can_leave: Callable[[], bool], show: Callable[[int], object]) -> None:
    """Let *picker* choose the part that *show* shows; it goes back to the one that *can_leave* holds."""
    shown = picker.current()

    def turn(place: int) -> None:
        nonlocal shown
        if place == shown:
            return
        if shown >= 0 and not can_leave():
            QTimer.singleShot(0, picker, lambda: picker.pick(shown))  # once the click is over
            return
        shown = place
        show(place)

    picker.picked.connect(turn)
