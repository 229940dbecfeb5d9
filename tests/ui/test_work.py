"""Slow work goes through one door: beside the window, told of, stoppable, its result in the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.errors import ClerkError
from tests.ui.answers import answering
from ui import crash, messages, work
from ui.dialogs.progress import ProgressPanel, time_left


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield window
    work.shutdown()
    qtbot.waitUntil(lambda: not work.running())


def patient(progress: work.Progress) -> str:
    """Work until stopped."""
    while True:
        progress.report(0.5, "第 3 份，共 6 份")
        time.sleep(0.005)


def panel_of(window: QWidget) -> ProgressPanel | None:
    return next((panel for panel in window.findChildren(ProgressPanel) if panel.isVisible()), None)


def press(window: QWidget, words: str) -> None:
    panel = panel_of(window)
    assert panel is not None
    next(button for button in panel.findChildren(QPushButton) if button.text() == words).click()


def test_job_runs_beside_and_its_result_comes_in_the_windows_thread(qtbot: QtBot, window: QWidget) -> None:
    threads = []
    work.run(
        window,
        "算数",
        lambda _: threading.get_ident(),
        lambda ran: threads.extend((ran, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] != threads[1] == threading.get_ident()
    assert panel_of(window) is None


def test_panel_appears_after_400_ms_and_stops_the_job(qtbot: QtBot, window: QWidget) -> None:
    ends: list[object] = []
    began = time.monotonic()
    work.run(window, "写出年度汇总", patient, ends.append, ends.append)
    qtbot.waitUntil(lambda: panel_of(window) is not None)
    assert time.monotonic() - began > 0.9 * work.PANEL_AFTER_MS / 1000  # Qt's timers are that exact
    assert work.running() == ("写出年度汇总",)
    press(window, "停止")
    qtbot.waitUntil(lambda: not work.running())
    assert (ends, panel_of(window)) == ([], None)


def test_in_the_background_the_job_goes_on(qtbot: QtBot, window: QWidget) -> None:
    goes_on, ends = threading.Event(), list[str]()
    work.run(window, "写出报送盘", lambda _: goes_on.wait(5) and "写好", ends.append)
    qtbot.waitUntil(lambda: panel_of(window) is not None)
    press(window, "放到后台")
    qtbot.waitUntil(lambda: panel_of(window) is None)
    goes_on.set()
    qtbot.waitUntil(lambda: ends == ["写好"])


def fail(error: Exception) -> Callable[[work.Progress], None]:
    def job(_: work.Progress) -> None:
        raise error

    return job


def test_a_clerk_error_is_told_as_its_sentence(window: QWidget) -> None:
    with work.at_once(), answering(None) as asked:
        work.run(window, "导入", fail(ClerkError("文件正被另一个程序占用，关闭后再导入。")), pytest.fail)
    assert asked == [messages.Message("文件正被另一个程序占用，关闭后再导入。")]


def test_who_asks_gets_the_error_instead(window: QWidget) -> None:
    error, got = ClerkError("表里没有姓名一列。"), list[Exception]()
    with work.at_once(), answering():
        work.run(window, "导入", fail(error), pytest.fail, got.append)
    assert got == [error]


def test_an_unexpected_error_goes_to_the_log_and_the_crash_dialog(
    qtbot: QtBot, window: QWidget, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[Exception] = []
    with answering(crash.CLOSE) as asked:
        work.run(window, "导入", fail(ZeroDivisionError("零")), pytest.fail, got.append)
        qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].title == crash.SENTENCE
    assert isinstance(got[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text


def test_nothing_is_handed_to_a_window_that_is_gone(qtbot: QtBot) -> None:
    window, goes_on = QWidget(), threading.Event()
    task = work.run(window, "导入", lambda _: goes_on.wait(5), pytest.fail, pytest.fail)
    window.deleteLater()
    qtbot.waitUntil(task.progress.cancelled)
    goes_on.set()
    qtbot.waitUntil(lambda: not work.running())


def test_shutdown_stops_every_job_and_waits_for_it(qtbot: QtBot, window: QWidget) -> None:
    cleaned = []

    def job(progress: work.Progress) -> None:
        try:
            patient(progress)
        finally:
            time.sleep(0.05)
            cleaned.append(True)

    work.run(window, "一", job, pytest.fail)
    work.run(window, "二", job, pytest.fail)
    work.shutdown()
    assert cleaned == [True, True]


def test_reports_do_not_flood_the_window() -> None:
    told: list[tuple[float, str]] = []
    progress = work.Progress(lambda fraction, text: told.append((fraction, text)))
    for step in range(10_000):
        progress.report(step / 10_000)
    progress.report(2, "完")
    assert len(told) < 100
    assert told[-1] == (1.0, "完")


@pytest.mark.parametrize(
    ("elapsed", "fraction", "words"),
    [(1, 0.5, ""), (10, 0.01, ""), (10, 0.5, "约剩 10 秒"), (60, 0.2, "约剩 4 分钟"), (10, 1, "")],
)
def test_time_left_is_told_when_it_can_be_known(elapsed: float, fraction: float, words: str) -> None:
    assert time_left(elapsed, fraction) == words


def test_work_in_the_windows_thread_paints_and_can_be_stopped(qtbot: QtBot, window: QWidget) -> None:
    heard: list[int] = []
    turns = 0

    def job(progress: work.Progress) -> str:
        nonlocal turns
        while True:
            heard.append(threading.get_ident())
            progress.report(0.5)
            if panel := panel_of(window):
                assert not [b for b in panel.findChildren(QPushButton) if b.text() == "放到后台"]
                turns += 1
                panel.reject()
            time.sleep(0.005)

    work.run_in_turns(window, "导入", job, lambda _: pytest.fail("it was stopped"))
    assert turns == 1 and set(heard) == {threading.get_ident()}
    assert panel_of(window) is None and not work.running()


def test_short_work_in_the_windows_thread_shows_no_panel(qtbot: QtBot, window: QWidget) -> None:
    results: list[int] = []
    work.run_in_turns(window, "导入", lambda progress: progress.report(1) or 7, results.append)
    assert results == [7] and panel_of(window) is None
