"""A failure is one sentence for the clerk and a traceback without personal data for the engineer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.answers import answering
from ui import crash

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = """
import logging, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from tests.ui.answers import answering
from ui import app as program, crash

folder = Path(sys.argv[1])
app = program.start(["test"], folder)
"""


def run(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run *script* as the program, in a process of its own: it takes over the process's error hooks."""
    command = (sys.executable, "-c", PROGRAM + script, str(folder))
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


def log_of(folder: Path) -> str:
    return (folder / "logs" / "program.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("id 11010519491231002X failed", "id 〔证件号〕 failed"),
        ("phone 13912346617, again", "phone 〔电话〕, again"),
        ("找不到「苏映川」和“县司法局”", "找不到「…」和“…”"),
        ("KeyError: '苏映川'", "KeyError: '…'"),
        ("no column 'name' in row 20260512", "no column 'name' in row 20260512"),
        ("0192f5c4-7a1b-7c3d-8e4f-139123466170", "0192f5c4-7a1b-7c3d-8e4f-139123466170"),
    ],
)
def test_personal_data_is_blotted_out(text: str, written: str) -> None:
    assert crash.redact(text) == written


def test_the_clerk_reads_a_sentence_and_may_copy_the_details(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with answering(crash.COPY) as asked:
        try:
            raise KeyError("苏映川 13912346617")
        except KeyError as error:
            crash.report(error)
            crash.report(error)  # the same again, as from a paint: told once
        qtbot.waitUntil(lambda: bool(asked))
        qtbot.wait(50)
    assert (asked[0].title, asked[0].deeds) == (crash.SENTENCE, ("复制", "关闭"))
    copied = QGuiApplication.clipboard().text()
    assert "test_crash.py" in copied
    assert "PySide6" in copied
    assert "苏映川" not in copied
    assert "13912346617" not in copied


def test_errors_nobody_caught_are_told_from_any_thread(tmp_path: Path) -> None:
    script = """
def fail(name):
    raise ValueError(f"「{name}」 11010519491231002X")

with answering(None, None) as asked:
    QTimer.singleShot(0, lambda: 1 / 0)
    QTimer.singleShot(100, lambda: threading.Thread(target=lambda: fail("苏映川")).start())
    QTimer.singleShot(0, lambda: qWarning("said by Qt"))
    QTimer.singleShot(500, app.quit)
    app.exec()
print(*(message.title for message in asked))
"""
    done = run(tmp_path, script)
    assert (done.stdout, done.stderr, done.returncode) == (f"{crash.SENTENCE} {crash.SENTENCE}\n", "", 0)
    log = log_of(tmp_path)
    assert "ZeroDivisionError" in log
    assert "ValueError: 「…」 〔证件号〕" in log
    assert "WARNING qt.default: said by Qt" in log


def test_a_fault_of_the_process_is_told_at_the_next_start(tmp_path: Path) -> None:
    fault = run(tmp_path, "import faulthandler; faulthandler._sigsegv()")
    assert fault.returncode < 0
    script = """
with answering({answers}) as asked:
    crash.tell_of_last_session(None)
print(*(message.title for message in asked))
"""
    assert run(tmp_path, script.format(answers="None")).stdout == f"{crash.LAST_TIME}\n"
    assert run(tmp_path, script.format(answers="")).stdout == "\n", "told once"
    assert "Segmentation fault" in log_of(tmp_path)


def test_the_log_keeps_seven_files_of_a_megabyte(tmp_path: Path) -> None:
    run(tmp_path, "for _ in range(90): logging.info('x' * 100_000)")
    files = sorted((tmp_path / "logs").glob("program.log*"))
    assert len(files) == 7
    assert max(file.stat().st_size for file in files) <= 1_000_000
