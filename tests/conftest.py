"""What every test stands on: no screen, no home, no surprise in the log, no thread left behind."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

THREAD_GRACE_S = 1.0

# Before Qt, and before any module that asks for a folder at import: nothing of the person who runs
# the tests is read or written.
if os.environ.get("QT_QPA_PLATFORM") != "xcb":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
HOME = Path(tempfile.mkdtemp(prefix="fazhi-test-home-"))
HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
for name in HOMES:
    os.environ[name] = str(HOME)
for name in XDG:
    folder = HOME / name.lower()
    folder.mkdir(mode=0o700)
    os.environ[name] = str(folder)

# A slow machine is no failure; the speed that matters is measured in tests/benchmarks.
settings.register_profile("project", deadline=None, database=None, derandomize="CI" in os.environ)
settings.load_profile("project")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """The application object as the program makes it: its fonts, Chinese and looks."""
    from PySide6.QtWidgets import QApplication

    from ui.app import prepare_application

    assert isinstance(qapp, QApplication)
    prepare_application(qapp)
    return qapp


class _Unexpected(logging.Handler):
    """Keeps what a test logs at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log, unless the test asks for ``caplog`` and so looks at it itself."""
    handler = _Unexpected()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    if handler.lines and "caplog" not in request.fixturenames:
        pytest.fail("logged without being expected:\n" + "\n".join(handler.lines), pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail when a thread outlives its test: Python's own, and the pool that does Qt's slow work."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not _of_qt(thread)]
    for thread in left:
        thread.join(THREAD_GRACE_S)
    alive = [thread.name for thread in left if thread.is_alive()]
    if "PySide6.QtCore" in sys.modules:
        pool = sys.modules["PySide6.QtCore"].QThreadPool.globalInstance()
        if not pool.waitForDone(int(THREAD_GRACE_S * 1000)):
            alive.append("QThreadPool")
    if alive:
        pytest.fail(f"threads left behind: {', '.join(alive)}", pytrace=False)


def _of_qt(thread: threading.Thread) -> bool:
    """Whether Python only knows *thread* by a visit: Qt owns it, and Python forgets none before 3.13."""
    return isinstance(thread, threading._DummyThread)
