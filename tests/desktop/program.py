"""The real program in a private desktop: started, watched over the accessibility bus, closed or killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import TracebackType

from tests.desktop.desktop import PROJECT, Desktop, until
from tests.desktop.screen import ACCESSIBLE, Screen

MAIN = str(PROJECT / "main.py")


def command(data: Path, *words: str) -> str:
    """Run a command of the program on *data* to its end and return what it printed."""
    done = subprocess.run(
        (sys.executable, MAIN, "--data", str(data), *words), capture_output=True, text=True, check=True
    )
    return done.stdout


class Program:
    """``main.py --data DATA`` with its window open; leaves the window politely at the end of the block."""

    def __init__(self, desktop: Desktop, data: Path, patience: float = 15.0) -> None:
        self.desktop, self.data = desktop, data
        desktop.environ |= ACCESSIBLE
        self.screen = Screen(desktop, patience)
        self._process = desktop.start(sys.executable, MAIN, "--data", str(data))

    def __enter__(self) -> Program:
        self.screen.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, stack: TracebackType | None
    ) -> None:
        if error is not None:
            self.desktop.picture()
        self.screen.__exit__(kind, error, stack)
        if self._process.poll() is None:
            self._process.terminate() if error else self.leave()
        self._process.wait(10)

    def leave(self) -> None:
        """Close the window as the cross in its frame does, and wait for the end."""
        self.desktop.keys("alt+F4")
        until(lambda: self._process.poll() is not None, "the end of the program")
        assert self._process.returncode == 0

    def kill(self) -> None:
        """Cut the program off: kill -9."""
        self._process.kill()
        self._process.wait(10)

    @property
    def log(self) -> str:
        """What the program logged so far."""
        file = self.data / "logs" / "program.log"
        return file.read_text("utf-8") if file.exists() else ""

    def complaints(self) -> list[str]:
        """Return the warnings and errors in the log, but those of Qt's accessibility bridge.

        It complains of every question about a widget that has gone away since it was found.
        """
        bad = (line for line in self.log.splitlines() if " WARNING " in line or " ERROR " in line)
        return [line for line in bad if "qt.accessibility" not in line]
