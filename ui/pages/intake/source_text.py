"""The text under review, set like a paper, with what was read there marked by number and colour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

import resources
from models.documents.blocks import Addressee, Heading, Number, SignOff, Title
from models.documents.parse import Located, parse
from models.documents.proposals import Span
from ui import look

SIZE, TITLE_SIZE = 17, 20
LINE_HEIGHT = 165  # percent
_FACES = {
    "body": "fonts/fandol/FandolFangTrueType.ttf",
    "kai": "fonts/fandol/FandolKaiTrueType.ttf",
    "title": "fonts/NotoSerifSC-Bold.ttf",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """One piece of the text that proposal *number* was read from; *family* is its colour token."""

    number: int
    span: Span
    family: str


class SourceText(QTextEdit):
    """``picked`` tells the number of the mark that was clicked, or entered with the caret and Enter."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("part", "paper")
        self.setAccessibleName("原文")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text, self._marks, self._current = "", tuple[Marked, ...](), 0
        self._places: list[tuple[int, QTextCursor]] = []

    def show_text(self, text: str, marks: Sequence[Marked]) -> None:
        """Show *text* (lines ended by \\n) with *marks*."""
        self._text, self._marks = text, tuple(marks)
        self._set()

    def show_current(self, number: int) -> None:
        """Bring the marks of proposal *number* to the eye, 0 for none."""
        self._current = number
        chosen = [place for place_number, place in self._places if place_number == number]
        lit = QTextCharFormat()
        lit.setBackground(look.colour("tint2"))
        lit.setFontUnderline(True)
        selections = []
        for place in chosen:
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = place, lit
            selections.append(selection)
        self.setExtraSelections(selections)
        if chosen:
            start = QTextCursor(chosen[0])
            start.setPosition(chosen[0].selectionStart())
            top = self.cursorRect(start).top()
            if not 0 <= top <= self.viewport().height() - look.px(60):
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + top - self.viewport().height() // 3)

    def marked_text(self, number: int) -> str:
        """Return the words marked for proposal *number*, pieces parted by blanks."""
        return " ".join(place.selectedText() for at, place in self._places if at == number)

    def number_at(self, position: int) -> int:
        """Return the proposal marked at a place of the document, 0 for none."""
        for number, place in self._places:
            if place.selectionStart() <= position <= place.selectionEnd():
                return number
        return 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self._pick(self.cursorForPosition(event.position().toPoint()).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.textCursor().position())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_places"):
            self._set()

    def _pick(self, position: int) -> None:
        if number := self.number_at(position):
            self.picked.emit(number)

    # Setting the text ------------------------------------------------------------------------

    def _set(self) -> None:
        self._places.clear()
        self.setExtraSelections([])
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        starts = {located.start: located for located in parse(self._text)} if self._text else {}
        located: Located | None = None
        offset = 0
        for number, line in enumerate(self._text.split("\n")):
            begins = next((starts[at] for at in range(offset, offset + len(line) + 1) if at in starts), None)
            located = begins or (located if located and offset < located.end else None)
            if number:
                cursor.insertBlock()
            self._set_line(cursor, line, located, first=begins is not None)
            offset += len(line) + 1
        self._mark()
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.show_current(self._current)

    def _set_line(self, cursor: QTextCursor, line: str, located: Located | None, *, first: bool) -> None:
        block = located.block if located else None
        form = QTextBlockFormat()
        form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        face, size, head = "body", SIZE, 0
        if isinstance(block, Title):
            face, size = "title", TITLE_SIZE
            form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        elif isinstance(block, SignOff):
            form.setAlignment(Qt.AlignmentFlag.AlignRight)
        elif line.strip() and not isinstance(block, Addressee | Number):
            form.setTextIndent(look.px(2 * SIZE))
        if isinstance(block, Heading) and first:
            stop = line.find("。")
            head = stop + 1 if block.run_on and stop >= 0 else len(line)
        cursor.setBlockFormat(form)
        if head:
            assert isinstance(block, Heading)
            cursor.insertText(line[:head], _format({1: "hei", 2: "kai"}.get(block.level, "body"), SIZE))
        cursor.insertText(line[head:], _format(face, size))

    def _mark(self) -> None:
        """Colour the marks, then put their numbers behind them, the last first so that places hold."""
        beyond = [index for index, character in enumerate(self._text) if ord(character) > 0xFFFF]
        for mark in self._marks:
            place = QTextCursor(self.document())
            place.setKeepPositionOnInsert(True)
            place.setPosition(mark.span.start + bisect_left(beyond, mark.span.start))
            end = mark.span.end + bisect_left(beyond, mark.span.end)
            place.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            ground = QTextCharFormat()
            ground.setBackground(look.colour(f"{mark.family}_ground"))
            place.mergeCharFormat(ground)
            self._places.append((mark.number, place))
        ends = sorted(zip(self._marks, self._places, strict=True), key=lambda pair: -pair[0].span.end)
        for mark, (_number, place) in ends:
            behind = QTextCursor(self.document())
            behind.setPosition(place.selectionEnd())
            behind.insertText(str(mark.number), _number_format(mark.family))


def _number_format(family: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(look.font(12, 500))
    form.setForeground(look.colour(family))
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    return form


def _format(face: str, size: float) -> QTextCharFormat:
    form = QTextCharFormat()
    if face == "hei":
        font = look.font(size, 500)
    else:
        font = QFont([_family(face), *look.FAMILIES])
        font.setPixelSize(look.px(size))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if face == "title":
            font.setWeight(QFont.Weight.Bold)
    form.setFont(font)
    form.setForeground(look.colour("text"))
    return form


@cache
def _family(face: str) -> str:
    """Load a bundled face of papers and return the family name Qt knows it by."""
    loaded = QFontDatabase.addApplicationFont(str(resources.path(_FACES[face])))
    return QFontDatabase.applicationFontFamilies(loaded)[0]
