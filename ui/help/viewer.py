"""The manual beside the window: chapters at the left, found by words; F1 opens the one of the page shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ui import look
from ui.dialogs.base import Dialog
from ui.help.manual import FIRST, Block, Chapter, chapters
from ui.widgets.inputs import SearchField
from ui.widgets.layout import column, frame, row
from ui.widgets.section_list import SectionList

LIST_WIDTH = 176
_NAMES = {
    "Enter": "Enter", "Space": "空格", "Up": "↑", "Down": "↓", "Left": "←", "Del": "Delete",
}  # fmt: skip


class Manual(Dialog):
    """Stays open beside the work; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "使用手册")
        self.resize(look.px(880), look.px(620))
        self._chapters = chapters()
        self.search = SearchField("在手册里找")
        self.search.searched.connect(self._find)
        self.list = SectionList("章节", [(chapter.title, "") for chapter in self._chapters])
        self.list.setFixedWidth(look.px(LIST_WIDTH))
        self.page = QTextEdit()
        self.page.setReadOnly(True)
        self.page.setProperty("part", "paper")
        self.page.setAccessibleName("正文")
        self.page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        left = frame("pane-left", column(self.search, self.list, spacing=8, margins=(8, 10, 8, 8)))
        left.setFixedWidth(look.px(LIST_WIDTH + 16))
        inner = row(left, self.page, spacing=0)
        inner.setStretch(1, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(inner)
        self.add_button("关闭").clicked.connect(self.close)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.show_chapter(FIRST)

    def show_chapter(self, chapter_id: str) -> None:
        """Open the chapter of a page, the first one for a page without."""
        ids = [chapter.id for chapter in self._chapters]
        self.list.setCurrentRow(ids.index(chapter_id) if chapter_id in ids else ids.index(FIRST))
        self.list.setFocus()

    def current(self) -> Chapter:
        """Return the chapter shown."""
        return self._chapters[max(self.list.currentRow(), 0)]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "page"):
            self._show()

    def _find(self, words: str) -> None:
        found = [position for position, chapter in enumerate(self._chapters) if chapter.has(words)]
        for position in range(self.list.count()):
            self.list.item(position).setHidden(position not in found)
        if found and self.list.currentRow() not in found:
            self.list.setCurrentRow(found[0])
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if words:
            self.page.find(words)

    def _show(self) -> None:
        chapter = self.current()
        self.page.clear()
        cursor = QTextCursor(self.page.document())
        cursor.setBlockFormat(_spaced(4, 10))
        cursor.insertText(chapter.title, _words(20, 500, "text"))
        for block in chapter.blocks:
            _write(cursor, block)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)


def _write(cursor: QTextCursor, block: Block) -> None:
    if block.style == "section":
        cursor.insertBlock(_spaced(14, 4))
        cursor.insertText(block.text, _words(14, 500, "text"))
        return
    form = _spaced(2, 4)
    lead = {"item": "•", "step": f"{block.number}."}.get(block.style, "")
    if lead:
        form.setLeftMargin(look.px(22))
        form.setTextIndent(-look.px(18))
    cursor.insertBlock(form)
    plain = _words(14, 400, "text")
    if lead:
        cursor.insertText(f"{lead}  ", _words(14, 400, "text3"))
    for piece, is_key in block.runs:
        cursor.insertText(key_words(piece) if is_key else piece, _key_words() if is_key else plain)


def key_words(key: str) -> str:
    """Write a key as the keyboard has it: Ctrl+S, ↓, 空格."""
    parts = key.replace("++", "+＋").split("+")
    return "+".join(_NAMES.get(part, part.replace("＋", "加号").replace("-", "减号")) for part in parts)


def _spaced(above: int, below: int) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(look.px(above))
    form.setBottomMargin(look.px(below))
    form.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return form


def _words(size: float, weight: int, ink: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(look.font(size, weight))
    form.setForeground(look.colour(ink))
    return form


def _key_words() -> QTextCharFormat:
    form = _words(13, 500, "accent")
    form.setBackground(look.colour("accent_ground"))
    return form
