"""模拟考试: a paper from the question bank answered in the window, one question at a time; nothing of it is stored."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from models.errors import ClerkError
from models.records.question import JUDGEMENT, MULTIPLE, QUESTION_AUDIENCES, VERDICTS, Question
from models.rules.exam_paper import Marked, Part, mark
from models.rules.study import grade, read_bands
from models.store.ids import uuid7
from models.summaries.exams import mock_paper
from ui import look, messages
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.widgets.label import Label
from ui.widgets.layout import column

TITLE = "模拟考试"
WIDTH, HEIGHT = 640, 300  # px, of the dialog and of what is asked
_SEVERAL = QAbstractItemView.SelectionMode.MultiSelection
_ONE = QAbstractItemView.SelectionMode.SingleSelection


def choose_audience(button: QPushButton, session: Session) -> None:
    """Ask below *button* for whom the paper is, then hold the exam."""
    menu = QMenu(button)
    for words, audience in (("不分对象", ""), *((word, word) for word in QUESTION_AUDIENCES)):
        menu.addAction(words, partial(hold, button.window(), session, audience))
    menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
    menu.deleteLater()


def hold(parent: QWidget, session: Session, audience: str) -> None:
    """Draw a paper and ask it; says why when the bank is too small."""
    try:
        parts = mock_paper(session.ledger, audience, uuid7())
    except ClerkError as error:
        messages.tell(parent, "题目不够", str(error))
        return
    MockExam(parent, session, parts).exec()


class Choices(QListWidget):
    """The options of one question: A–E picks, of several letters each by itself; Enter goes on."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("选项")
        self.setProperty("part", "choices")
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._answers: tuple[str, ...] = ()

    def show_question(self, question: Question, given: str) -> None:
        """Show the options with the answer *given* before."""
        options = question.options
        self._answers = VERDICTS if question.form == JUDGEMENT else tuple(options)
        self.clear()
        self.setSelectionMode(_SEVERAL if question.form == MULTIPLE else _ONE)
        for place, answer in enumerate(self._answers):
            self.addItem(f"{'ABCDE'[place]}. {options.get(answer, answer)}")
            self.item(place).setSelected(answer in given)

    def answer(self) -> str:
        """Return the letters picked in order, 对 or 错; "" for none."""
        return "".join(answer for place, answer in enumerate(self._answers) if self.item(place).isSelected())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_A
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit()
        elif 0 <= place < self.count() and not event.modifiers():
            item = self.item(place)
            picked = self.selectionMode() == _ONE or not item.isSelected()
            self.setCurrentItem(item, QItemSelectionModel.SelectionFlag.NoUpdate)
            item.setSelected(picked)
        else:
            super().keyPressEvent(event)


class MockExam(Dialog):
    """Asks *parts* question by question, then tells the score and what was wrong."""

    def __init__(self, parent: QWidget | None, session: Session, parts: tuple[Part, ...]) -> None:
        super().__init__(parent, TITLE)
        self.setModal(True)
        self._session, self._parts = session, parts
        self._asked = [(part.shape, question) for part in parts for question in part.questions]
        self._given: dict[str, str] = {}
        self._place = 0
        self.heading, self.stem = Label("", "secondary"), Label("", "heading", wrap=True)
        self.choices = Choices()
        self.choices.done.connect(self.go_on)
        self.wrong = QPlainTextEdit()
        self.wrong.setReadOnly(True)
        self.wrong.setAccessibleName("答错的题")
        asked = QWidget()
        asked.setLayout(column(self.stem, self.choices, spacing=12))
        self._stack = QStackedWidget()
        self._stack.addWidget(asked)
        self._stack.addWidget(self.wrong)
        self._stack.setMinimumHeight(look.px(HEIGHT))
        self.setMinimumWidth(look.px(WIDTH))
        self.body.addWidget(self.heading)
        self.body.addWidget(self._stack, 1)
        self._leave = self.add_button("退出")
        self._leave.clicked.connect(self.reject)
        self._back = self.add_button("上一题")
        self._back.clicked.connect(lambda: self._go_to(self._place - 1))
        self._next = self.add_button("下一题", "primary")
        self._next.clicked.connect(self.go_on)
        self._show()

    def go_on(self) -> None:
        """Go to the next question; after the last one tell the result."""
        self._go_to(self._place + 1)

    def _go_to(self, place: int) -> None:
        question = self._asked[self._place][1]
        self._given[question.id] = self.choices.answer()
        if place < len(self._asked):
            self._place = place
            self._show()
        else:
            self._tell(mark(self._parts, self._given))

    def _show(self) -> None:
        shape, question = self._asked[self._place]
        many = "，可选几项" if question.form == MULTIPLE else ""
        self.heading.setText(
            f"第 {self._place + 1} 题，共 {len(self._asked)} 题 · {question.form}{many} · {shape.points:g} 分"
        )
        self.stem.setText(question.stem)
        self.choices.show_question(question, self._given.get(question.id, ""))
        self._back.setEnabled(self._place > 0)
        self._next.setText("交卷" if self._place + 1 == len(self._asked) else "下一题")
        self.choices.setFocus()

    def _tell(self, marked: Marked) -> None:
        bands = read_bands(self._session.settings.exam_bands)
        word = grade(marked.score, marked.full, None, bands)
        right = len(self._asked) - len(marked.missed)
        self.heading.setText(
            f"得 {marked.score:g} 分，满分 {marked.full:g} 分，{word}；答对 {right} 题，答错 {len(marked.missed)} 题。成绩不登记。"
        )
        told = [_told(question, given) for question, given in marked.missed]
        self.wrong.setPlainText("\n\n".join(told) or "全部答对。")
        self._stack.setCurrentWidget(self.wrong)
        self._back.hide()
        self._next.hide()
        self._leave.setText("关闭")
        self.wrong.setFocus()


def _told(question: Question, given: str) -> str:
    """Return a missed question with the right answer, why, and by which law."""
    options = [f"{letter}. {said}" for letter, said in question.options.items()]
    lines = [
        question.stem, *options, f"作答：{given or '没有作答'}　正确答案：{question.right}",
        f"解析：{question.explanation}" if question.explanation else "",
        f"依据：{question.basis}" if question.basis else "",
    ]  # fmt: skip
    return "\n".join(filter(None, lines))
