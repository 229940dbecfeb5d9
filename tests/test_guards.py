"""The guards of conftest.py do stop a run: they are shown tests that deserve it, and tests that do not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SHOWN = """
import logging, threading, time, warnings
from pathlib import Path
from PySide6.QtCore import qWarning

def test_log_of_information(): logging.getLogger("x").info("fine")
def test_log_of_a_warning(): logging.getLogger("x").warning("odd")
def test_log_looked_at(caplog): logging.getLogger("x").warning("expected")
def test_thread_left(): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
def test_thread_that_ends(): threading.Thread(target=time.sleep, args=(0.1,)).start()
def test_python_warning(): warnings.warn("old")
def test_qt_warning(qapp): qWarning(b"x")
def test_home_is_empty(): assert [item for item in Path.home().rglob("*") if item.is_file()] == []
def test_home_is_not_mine(): assert "fazhi-test-home" in str(Path.home())
"""


def test_each_guard_stops_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "test_shown.py").write_text(SHOWN, encoding="utf-8")
    settings = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={tmp_path}", "-p", "tests.conftest", "-rfE"]
    command = [sys.executable, "-m", "pytest", *settings, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    stopped = set(re.findall(r"^(?:FAILED|ERROR) \S+::test_(\w+)", done.stdout, re.MULTILINE))
    assert stopped == {"log_of_a_warning", "thread_left", "python_warning", "qt_warning"}, done.stdout
