"""Answers to boxes and file pickers, given without showing them, and deeds in a dialog once it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui import messages
from ui.messages import Message, Picker, Question


@contextmanager
def answering(*answers: str | Path | None) -> Iterator[list[Message | Picker | Question]]:
    """Answer what ``ui.messages`` asks inside the block, in this order, None by its way out.

    Yields the list of what was asked. One question more than answers, an answer that no button
    offers, or an answer left over is an AssertionError.
    """
    left = list(answers)
    asked = list[Message | Picker | Question]()

    def next_answer(question: Message | Picker | Question) -> str | Path | None:
        asked.append(question)
        assert left, f"nobody answers {question}"
        return left.pop(0)

    def show(_parent: QWidget | None, message: Message) -> str:
        answer = next_answer(message) or message.way_out
        assert answer in message.deeds, f"{message} does not offer {answer}"
        return str(answer)

    def pick(_parent: QWidget | None, picker: Picker) -> Path | None:
        answer = next_answer(picker)
        return None if answer is None else Path(answer)

    def enter(_parent: QWidget | None, question: Question) -> str | None:
        answer = next_answer(question)
        return None if answer is None else str(answer)

    with patch.multiple(messages, _show_box=show, _pick_file=pick, _enter_text=enter):
        yield asked
    assert not left, f"never asked: {left}"


def in_dialog(kind: type, deed: Callable[..., None]) -> None:
    """Do *deed* with the dialog of *kind* that opens next."""

    def find() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        deed(dialog)

    QTimer.singleShot(0, find)
