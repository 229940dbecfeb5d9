"""What a table cell shows, told by the model and painted by the one delegate.

A model answers ``CELL_ROLE`` with one of these frozen descriptions and lets :func:`cell_data` derive the
words for copying, tool tips and screen readers, so that what is seen and what is said never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt

from ui.widgets.paint import Mark

CELL_ROLE = Qt.ItemDataRole.UserRole + 100
MISSING = "—"

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class TextCell:
    """Words; *ink* is a colour token, *size* px, *chip* (word, family) follows, *tail* is a small remark."""

    text: str
    ink: str = "text"
    size: int = 14
    weight: int = 400
    align: Align = "left"
    icon: str = ""
    icon_ink: str = "text3"
    chip: tuple[str, str] | None = None
    tail: str = ""

    @property
    def plain(self) -> str:
        """The cell in words."""
        return " ".join(filter(None, (self.text, self.chip[0] if self.chip else "", self.tail)))


@dataclass(frozen=True, slots=True)
class LightCell:
    """Mark and word."""

    mark: Mark
    text: str
    weight: int = 400

    @property
    def plain(self) -> str:
        """The cell in words."""
        return self.text


@dataclass(frozen=True, slots=True)
class ChipCell:
    """A word on the ground of *family*."""

    text: str
    family: str = "grey"

    @property
    def plain(self) -> str:
        """The cell in words."""
        return self.text


@dataclass(frozen=True, slots=True)
class BarCell:
    """A bar filled to *share* 0 to 1 and the figures beside it: 3 / 4 个."""

    share: float
    text: str
    ink: str = "accent"
    width: int = 64

    @property
    def plain(self) -> str:
        """The cell in words."""
        return self.text


@dataclass(frozen=True, slots=True)
class CheckCell:
    """A box, ticked or not; the model takes ``CheckStateRole`` if it may be changed."""

    checked: bool
    on: str = "是"
    off: str = "否"

    @property
    def plain(self) -> str:
        """The cell in words."""
        return self.on if self.checked else self.off


@dataclass(frozen=True, slots=True)
class TwoLineCell:
    """Subject and what belongs to it, with a light and a state at the right: rows of 52 px."""

    text: str
    under: str
    mark: Mark | None = None
    word: str = ""
    state: str = ""

    @property
    def plain(self) -> str:
        """The cell in words."""
        return "，".join(filter(None, (self.text, self.under, self.word, self.state)))


@dataclass(frozen=True, slots=True)
class TileCell:
    """A date as a tile of 40 px: the day over its weekday; *said* is the date in words."""

    day: str
    weekday: str
    said: str

    @property
    def plain(self) -> str:
        """The cell in words."""
        return self.said


@dataclass(frozen=True, slots=True)
class GroupCell:
    """The heading of a group of rows, over all columns: light, word, count, a remark at the right."""

    text: str
    count: int
    mark: Mark | None = None
    note: str = ""

    @property
    def plain(self) -> str:
        """The cell in words."""
        return " ".join(filter(None, (self.text, str(self.count), self.note)))


Cell = TextCell | LightCell | ChipCell | BarCell | CheckCell | TwoLineCell | TileCell | GroupCell


def leading(text: str) -> TextCell:
    """Return the cell of a first column."""
    return value(text, ink="text", size=14)


def value(text: str, *, ink: str = "text2", size: int = 13) -> TextCell:
    """Return the cell of a further column; a missing value reads —."""
    return TextCell(text, ink, size) if text else TextCell(MISSING, "text3", size)


def number(text: str) -> TextCell:
    """Return the cell of a number or date, right aligned."""
    return TextCell(text or MISSING, "text2" if text else "text3", 13, align="right")


def vacant() -> TextCell:
    """Return the cell of a seat nobody holds."""
    return TextCell("（空缺）", "red")


_ALIGN = {"right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter}


def cell_data(cell: Cell, role: int) -> object:
    """Answer *role* for *cell* as an item model does; None for roles a cell says nothing about."""
    if role == CELL_ROLE:
        return cell
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return cell.plain
    if role == Qt.ItemDataRole.CheckStateRole and isinstance(cell, CheckCell):
        return Qt.CheckState.Checked if cell.checked else Qt.CheckState.Unchecked
    if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(cell, TextCell) and cell.align in _ALIGN:
        return _ALIGN[cell.align] | Qt.AlignmentFlag.AlignVCenter
    return None
