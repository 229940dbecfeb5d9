"""What a clerk who cannot see works with: a window through its names, over the accessibility bus.

    with Desktop(folder) as desktop:
        desktop.environ |= ACCESSIBLE           # before the program starts
        desktop.start(sys.executable, "main.py", "--data", str(folder))
        with Screen(desktop) as screen:
            screen.press("新建会议")
            screen.set_text("会议名称", "第二次联席会议")
            screen.choose("会议类型", "临时会议")
            screen.press("保存")

Every deed waits for its widget (five seconds), so a page that opens late needs no sleep; a
LookupError lists what was on the screen instead.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.desktop.desktop import Desktop

ACCESSIBLE = {"QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
SYSTEM_PYTHON = "/usr/bin/python3"  # its gi is not on PyPI
DRIVER = str(Path(__file__).with_name("atspi.py"))


def missing_accessibility() -> str:
    """Say what is missing for a Screen, "" if nothing."""
    probe = (SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')")
    try:
        subprocess.run(probe, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return "not installed: python3-gi, gir1.2-atspi-2.0 (tests/desktop/install.sh)"
    return ""


class Screen:
    """The showing widgets of all programs of *desktop*; *role* narrows a name that several bear."""

    def __init__(self, desktop: Desktop, patience: float = 5.0) -> None:
        self._desktop = desktop
        pipe = subprocess.PIPE
        self._driver = subprocess.Popen(
            (SYSTEM_PYTHON, DRIVER, str(patience)),
            env=desktop.environ,
            stdin=pipe,
            stdout=pipe,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, stack: TracebackType | None
    ) -> None:
        with self._driver:
            self._driver.terminate()

    def press(self, name: str, role: str | None = None) -> None:
        """Press a button, tab, menu item or check box that is enabled."""
        self._do("press", name=name, role=role)

    def set_text(self, name: str, text: str, role: str | None = None) -> None:
        """Put *text* into a field."""
        self._do("set", name=name, text=text, role=role)

    def read(self, name: str, role: str | None = None) -> str:
        """Return the text of a field or the value of a combo box."""
        return str(self._do("read", name=name, role=role))

    def choose(self, name: str, item: str) -> None:
        """Choose *item* of a combo box: Qt can open it over the bus, the rest is done by keys."""
        number, _x, _y = self._do("item", name=name, text=item)
        self._desktop.keys("Home", *["Down"] * number, "Return")

    def place_in_list(self, name: str, item: str) -> tuple[int, int]:
        """Return the middle of *item* in the open list of a combo box, in pixels of the screen."""
        _number, x, y = self._do("item", name=name, text=item, opened=True)
        return x, y

    def select(self, name: str, item: str) -> None:
        """Select a row of the list called *name*."""
        self._do("select", name=name, text=item)

    def focus(self, name: str, role: str | None = None) -> None:
        """Give a widget the keyboard."""
        self._do("focus", name=name, role=role)

    def names(self, role: str) -> list[str]:
        """Return the names of all showing widgets of *role*: names("push button")."""
        return list(self._do("list", role=role))

    def tree(self) -> list[tuple[str, str]]:
        """Return role and name of everything that is showing."""
        return [(role, name) for role, name in self._do("tree")]

    def place(self, name: str, role: str | None = None, *, active: bool = False) -> tuple[int, int]:
        """Return the middle of a widget in pixels of the screen, for the mouse; *active*: not a mere label."""
        x, y = self._do("place", name=name, role=role, active=active)
        return x, y

    def focused(self) -> tuple[str, str]:
        """Return role and name of what has the keyboard."""
        role, name = self._do("focused")
        return role, name

    def _do(self, what: str, **values: Any) -> Any:
        assert self._driver.stdin and self._driver.stdout
        self._driver.stdin.write(json.dumps({"do": what, **values}) + "\n")
        answer = json.loads(self._driver.stdout.readline())
        if "error" in answer:
            raise LookupError(answer["error"])
        return answer["ok"]
